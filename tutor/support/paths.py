"""Where the user's data lives; the only module that knows."""

from __future__ import annotations

import os
from pathlib import Path

import platformdirs

APP = "moonstep"
HOME_VARIABLE = "MOONSTEP_HOME"
"""Set it to keep all of the tutor's data in one folder of your choice."""


def _root(default: str) -> Path:
    home = os.environ.get(HOME_VARIABLE)
    return Path(home) if home else Path(default)


def data_dir() -> Path:
    """The folder for the user's data."""
    return _root(platformdirs.user_data_dir(APP, appauthor=False))


def model_dir() -> Path:
    """The folder that holds the language models."""
    return data_dir() / "models"
