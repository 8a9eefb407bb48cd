r"""What the words behind a formula add to it: the percent sign of `$\frac12 = 50$%`, the unit of `$\frac12 = 30$ minutes`."""

from __future__ import annotations

import re
from dataclasses import replace

from tutor.checking.moods import has_letters
from tutor.mathtext.chains import Chain
from tutor.mathtext.units import STOPS, may_differ, singular

_PERCENT = re.compile(r"\s*(?:\\?%|％|percent\b|per[ -]cent\b)", re.IGNORECASE)
_UNIT = re.compile(r"\s*(?:\\[ ,])*([A-Za-z]+(?:/[A-Za-z]+)?|[\u4e00-\u9fff]+)")
_WORDS = re.compile(r"\\(?:text|mathrm|textbf|mbox)\s*\{([^{}]*)\}")
_NUMBER = re.compile(r"\s*-?(?:\d+(?:\.\d+)?|\.\d+)\s*")
_PART = re.compile(r"\s*(?:0?\.\d+|\\[dt]?frac\s*(?:\{(\d+)\}|(\d))\s*(?:\{(\d+)\}|(\d)))\s*")


def with_what_follows(chains: list[Chain], formula: str, after: str) -> list[Chain]:
    """The chains of a formula, the last one without a claim where its sides count different things.

    Args:
        chains: What the formula states.
        formula: Its text.
        after: The prose behind it.
    """
    if not chains or not chains[-1].relations:
        return chains
    *others, last = chains
    if _PERCENT.match(after):
        if has_letters(last.text) or not _NUMBER.fullmatch(last.sides[-1]):
            return others
        sides = (*last.sides[:-1], last.sides[-1] + r"\%")
        return [*others, replace(last, text=last.text.rstrip() + r"\%", sides=sides)]
    unit = _UNIT.match(after)
    if unit is None or unit[1].lower() in STOPS:
        return chains
    return others if _counts_other(last, formula, unit[1]) else chains


def _counts_other(chain: Chain, formula: str, unit: str) -> bool:
    """Whether the number with the unit may equal a part of something, or a number in another unit."""
    left, right = chain.sides[-2:]
    is_bare = len(chain.sides) == 2 and _NUMBER.fullmatch(left) is not None
    if _NUMBER.fullmatch(right) and (is_bare or (_is_part(left) and float(right) >= 1)):
        return True
    inside = {singular(word) for text in _WORDS.findall(formula) for word in text.split()}
    behind = {singular(word) for word in unit.lower().split("/")}
    return may_differ(frozenset(inside), frozenset(behind))


def _is_part(side: str) -> bool:
    """Whether it is a plain number between 0 and 1."""
    part = _PART.fullmatch(side)
    if part is None:
        return False
    above, below = part[1] or part[2], part[3] or part[4]
    return above is None or int(above) < int(below)
