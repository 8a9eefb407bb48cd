"""Files that ship with the program but hold no Python; the only module that knows where they are."""

from __future__ import annotations

from functools import cache
from pathlib import Path


@cache
def assets_dir() -> Path:
    """The folder `assets`: beside the package in a checkout, inside it when installed."""
    package = Path(__file__).resolve().parent.parent
    beside, inside = package.parent / "assets", package / "assets"
    return beside if beside.is_dir() else inside


def asset(*parts: str) -> Path:
    """The path of one file under `assets`."""
    return assets_dir().joinpath(*parts)
