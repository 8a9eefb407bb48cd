"""Sums whose numbers cannot be taken without their units: `1 hour + 30 minutes`, `40 km/h × 30 min`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from tutor.mathtext.units import dimension

_RATES = {"mph": ("mile", "hour"), "kph": ("km", "hour")}
_DIVIDED = ("/", r"\div", r"\frac")
_COUNTED = ("", "pack")
_PART = re.compile(r"(\d+) / (\d+)|\\frac\{(\d+)\}\{(\d+)\}|0?\.\d+")
_NUMBER = re.compile(r"(?:\\\$)?(\d+(?:\.\d+)?)")


@dataclass(frozen=True, slots=True)
class Measure:
    """What stands beside one number.

    Attributes:
        term: Which term of the sum the number is in.
        units: The units it is counted in.
        per: The units behind a stroke, or behind "per".
    """

    term: int
    units: frozenset[str]
    per: frozenset[str]


def measure(term: int, units: Sequence[str], per: Sequence[str]) -> Measure:
    """A measure, with the units that are short for two written out."""
    rates = [_RATES[unit] for unit in units if unit in _RATES]
    counted = {*units, *(above for above, _ in rates)} - set(_RATES)
    return Measure(term, frozenset(counted), frozenset({*per, *(below for _, below in rates)}))


def is_mixed(latex: str, measures: Sequence[Measure], result: frozenset[str]) -> bool:
    """Whether units of one dimension meet in a sum in a way that changes its numbers.

    Args:
        latex: The sum.
        measures: What stands beside its numbers.
        result: Units of what it is said to be.
    """
    units = frozenset[str]().union(*(one.units for one in measures))
    per = frozenset[str]().union(*(one.per for one in measures))
    above, below = units - per, per - units
    for name in {dimension(unit) for unit in above} - set(_COUNTED):
        counted = {unit for unit in above if dimension(unit) == name}
        if len(counted) > 1 and any(sign in latex for sign in _DIVIDED):
            return True
        if len(_of_terms(measures, counted)) > 1:
            return True
        shared = {unit for unit in below if dimension(unit) == name}
        if shared and not counted <= result:
            return True
    return False


def _of_terms(measures: Sequence[Measure], counted: set[str]) -> set[str]:
    """The unit of each term: that of its last number, as `3 hours × 60 minutes` are minutes."""
    last = {one.term: sorted(one.units & counted)[0] for one in measures if one.units & counted}
    return set(last.values())


def is_part_of(left: str, right: str) -> bool:
    """Whether `5/6 = 50` or `1.5 = 90`, with a unit on the right, says what a part or another unit counts."""
    part, number, bare = _PART.fullmatch(left), _NUMBER.fullmatch(right), _NUMBER.fullmatch(left)
    if number is None:
        return False
    if part is None:
        return bare is not None and float(bare[1]) != float(number[1])
    above, below = part[1] or part[3], part[2] or part[4]
    return float(number[1]) >= 1 and (above is None or int(above) < int(below))
