"""Notices a model that repeats itself without end."""

from __future__ import annotations

import re

_LONGEST_PERIOD = 400
_LINES = 40
_DISTINCT = 8


def is_looping(text: str) -> bool:
    """Whether a text has come to say the same thing over and over; cheap enough to ask after every piece."""
    tail = text[-4 * _LONGEST_PERIOD - 1 :]
    if _is_periodic(tail, repeats=4, least=160):
        return True
    return _is_counting(text[-8 * _LONGEST_PERIOD :]) or _has_few_lines(text)


def _is_periodic(tail: str, *, repeats: int, least: int) -> bool:
    """Whether the end of the text repeats a piece at least `repeats` times, over `least` characters."""
    for period in range(1, min(_LONGEST_PERIOD, len(tail) // repeats) + 1):
        length = max(repeats * period, least)
        if length <= len(tail) and tail[-(length - period) :] == tail[-length:-period]:
            return True
    return False


def _is_counting(tail: str) -> bool:
    """Whether the end repeats a piece in which only numbers change, as in endless numbered steps."""
    blank = re.sub(r"\d+", "#", tail)
    return _is_periodic(blank, repeats=8, least=700)


def _has_few_lines(text: str) -> bool:
    lines = [line.strip() for line in text[-6000:].splitlines() if len(line.strip()) > 12]
    return len(lines) >= _LINES and len(set(lines[-_LINES:])) <= _DISTINCT
