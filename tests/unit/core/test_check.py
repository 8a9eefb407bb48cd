"""Verdicts."""

import pytest

from tutor.core.check import Verdict


@pytest.mark.parametrize("verdict", Verdict)
def test_verdict_is_not_a_bool(verdict: Verdict) -> None:
    with pytest.raises(TypeError, match="compare"):
        bool(verdict)
