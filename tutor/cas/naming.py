"""Which letters are functions, as far as the formulas that stand together show it."""

from __future__ import annotations

import re
from collections.abc import Iterable

from tutor.cas.parse import FUNCTION_LETTERS, Names

_CALL = re.compile(
    r"\s*([A-Zpqrstuv])\s*(?:\\left)?\(\s*(?:-?\d+|[A-Za-z])(?:\s*,\s*(?:-?\d+|[A-Za-z]))*\s*(?:\\right)?\)\s*"
)
_RELATION = re.compile(r"=|<|>|\\(?:leq?|geq?|neq?|approx|in)(?![A-Za-z])")


def names_in(formulas: Iterable[str]) -> Names:
    """The function letters of formulas: the usual ones, and those that are a side as `P(1)` or `s(t)`."""
    sides = (side for formula in formulas for side in _RELATION.split(formula))
    found = (_CALL.fullmatch(side) for side in sides)
    return Names(functions=FUNCTION_LETTERS | {match[1] for match in found if match})
