"""One tutor with the default model for all of these tests."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

from tests.conftest import REAL_MODELS
from tutor.app import Tutor, open_tutor
from tutor.support.paths import HOME_VARIABLE


@pytest.fixture(scope="session")
def tutor() -> Iterator[Tutor]:
    """A tutor with the default model, loaded once."""
    before = os.environ.get(HOME_VARIABLE)
    os.environ[HOME_VARIABLE] = str(REAL_MODELS.parent)
    try:
        opened = open_tutor()
    finally:
        if before is None:
            del os.environ[HOME_VARIABLE]
        else:
            os.environ[HOME_VARIABLE] = before
    with opened:
        yield opened
