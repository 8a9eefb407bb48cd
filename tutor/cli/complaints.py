"""How people are told that something went wrong: in one line on the standard error output."""

from __future__ import annotations

import sys


def complain(text: object) -> None:
    """Say what went wrong, on one line."""
    sys.stderr.write(f"tutor: {' '.join(str(text).split())}\n")
