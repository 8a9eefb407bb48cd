"""What the exit codes mean."""

from __future__ import annotations

import enum


class Exit(enum.IntEnum):
    """Exit codes of every command."""

    OK = 0
    FAILED = 1
    BAD_INPUT = 2
    NEEDS_FIGURE = 3
    NO_ANSWER = 4
    MODEL = 5
    INTERRUPTED = 130
