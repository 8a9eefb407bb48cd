r"""Answers that run through the whole numbers: `k\pi + \frac{\pi}{3}`, `[2k\pi, 2k\pi + \pi]`.

Each formula is an offset and a step. Over the longest common step a family is a finite set of remainders.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import mpmath
import sympy

from tutor.cas.calculus import SYMBOLIC_ERRORS
from tutor.cas.findings import show, show_number
from tutor.cas.grading.verdicts import correct, partly, undecided, wrong
from tutor.cas.identity import COUNTERS
from tutor.cas.numeric import value_of
from tutor.cas.numeric_build import NotNumeric, Undefined
from tutor.cas.recognition import recognize
from tutor.core.check import Evidence
from tutor.core.grade import Graded
from tutor.support.i18n import N_

IS_MISSING = N_("{value} belongs to the expected values but not to these.")
IS_EXTRA = N_("{value} does not belong to the expected values.")
MAX_REMAINDERS = 400
_DIGITS = 40
_CLOSE = mpmath.mpf(10) ** -25


@dataclass(frozen=True, slots=True)
class Progression:
    """All `offset + k step`; a step of zero is one value."""

    offset: Any
    step: Any


def counters_in(items: Sequence[Any], declared: Sequence[str]) -> frozenset[Any]:
    """The letters of values that run through the whole numbers."""
    letters = set().union(*(item.free_symbols for item in items)) if items else set()
    if declared:
        found = frozenset(letter for letter in letters if letter.name in declared)
        rest = {letter for letter in letters - found if letter.name.split("_")[0] not in COUNTERS}
        return found if rest else frozenset(letters)
    periodic = all(item.has(sympy.pi) or not item.free_symbols for item in items)
    named = {letter for letter in letters if letter.name.split("_")[0] in COUNTERS}
    return frozenset(named) if periodic and named == letters else frozenset()


def compare_families(
    expected: Sequence[Any], given: Sequence[Any], counters: frozenset[Any]
) -> Graded:
    """Compare two collections of numbers that run through the whole numbers."""
    try:
        ours, theirs = (_progressions(side, counters) for side in (expected, given))
        if ours is None or theirs is None:
            return undecided()
        return _compare(ours, theirs)
    except (Undefined, NotNumeric, *SYMBOLIC_ERRORS):
        return undecided()


def _progressions(items: Sequence[Any], counters: frozenset[Any]) -> list[Progression] | None:
    found: list[Progression] = []
    for item in items:
        letters = item.free_symbols
        if not letters:
            found.append(Progression(item, sympy.Integer(0)))
            continue
        if len(letters) != 1 or not letters <= counters:
            return None
        split = _split(item, next(iter(letters)))
        if split is None:
            return None
        found += split
    return found


def _split(item: Any, counter: Any) -> list[Progression] | None:
    """A formula as one progression, or as two where it alternates."""
    whole = progression_of(item, counter)
    if whole is not None:
        return [whole]
    halves = [
        progression_of(item.xreplace({counter: 2 * counter + rest}), counter) for rest in (0, 1)
    ]
    return None if None in halves else [half for half in halves if half is not None]


def progression_of(item: Any, counter: Any) -> Progression | None:
    """A formula that grows by the same step from each whole number to the next."""
    values = [item.xreplace({counter: sympy.Integer(k)}).doit() for k in (0, 1, 2, 5, -3)]
    step = sympy.simplify(values[1] - values[0])
    for k, value in zip((2, 5, -3), values[2:], strict=True):
        if sympy.simplify(value - values[0] - k * step) != 0:
            return None
    return Progression(sympy.simplify(values[0]), sympy.Abs(step))


def _compare(ours: list[Progression], theirs: list[Progression]) -> Graded:
    steps = [one.step for one in (*ours, *theirs) if one.step != 0]
    if not steps:
        return undecided()
    if any(one.step == 0 for one in (*ours, *theirs)):
        return _compare_mixed(ours, theirs)
    ratios = [sympy.simplify(step / steps[0]) for step in steps]
    if not all(ratio.is_Rational for ratio in ratios):
        return wrong()
    period = steps[0] * sympy.ilcm(*(r.p for r in ratios)) / sympy.igcd(*(r.q for r in ratios))
    ours_left, theirs_left = _remainders(ours, period), _remainders(theirs, period)
    if ours_left is None or theirs_left is None:
        return undecided()
    return _judged(ours_left, theirs_left, period)


def _compare_mixed(ours: list[Progression], theirs: list[Progression]) -> Graded:
    """A family beside single values: infinitely many are missing or too many."""
    if all(one.step != 0 for one in ours) and all(one.step == 0 for one in theirs):
        inside = [one for one in theirs if any(_holds(family, one.offset) for family in ours)]
        return partly() if inside else wrong()
    return undecided()


def _holds(family: Progression, value: Any) -> bool:
    with mpmath.mp.workdps(_DIGITS):
        times = (value_of(value, {}, _DIGITS) - value_of(family.offset, {}, _DIGITS)) / value_of(
            family.step, {}, _DIGITS
        )
        return bool(abs(times - mpmath.nint(times)) < _CLOSE)


def _remainders(families: list[Progression], period: Any) -> list[Any] | None:
    """The members within one period, as shares of it."""
    found: list[Any] = []
    length = value_of(period, {}, _DIGITS)
    for family in families:
        count = sympy.simplify(period / family.step)
        if not count.is_Integer or count > MAX_REMAINDERS:
            return None
        offset, step = (value_of(x, {}, _DIGITS) for x in (family.offset, family.step))
        with mpmath.mp.workdps(_DIGITS):
            shares = [(offset + k * step) / length for k in range(int(count))]
            found += [share - mpmath.floor(share + _CLOSE) for share in shares]
    return found


def _judged(ours: list[Any], theirs: list[Any], period: Any) -> Graded:
    missing = [x for x in ours if not _is_among(x, theirs)]
    extra = [x for x in theirs if not _is_among(x, ours)]
    if not missing and not extra:
        return correct()
    message, place = (IS_MISSING, missing[0]) if missing else (IS_EXTRA, extra[0])
    evidence = Evidence(message=message, details={"value": _shown(place, period)})
    is_part = len(missing) < len(ours)
    return partly(evidence=evidence) if is_part else wrong(evidence=evidence)


def _is_among(share: Any, others: Sequence[Any]) -> bool:
    gaps = (abs(share - other) for other in others)
    return any(gap < _CLOSE or abs(gap - 1) < _CLOSE for gap in gaps)


def _shown(share: Any, period: Any) -> str:
    with mpmath.mp.workdps(_DIGITS):
        value = share * value_of(period, {}, _DIGITS)
        exact = recognize(value)
    return show_number(value) if exact is None else show(exact)


def compare_interval_families(expected: Any, given: Any, counters: frozenset[Any]) -> Graded:
    """Compare two intervals that are repeated with a step."""
    try:
        one, two = _repeated(expected, counters), _repeated(given, counters)
        if one is None or two is None:
            return undecided()
        (low, length, ours), (other, size, theirs) = one, two
        if not _are_equal(length, size) or not _are_equal(ours, theirs):
            return wrong()
        if not _holds(Progression(low, ours), other):
            return wrong()
    except (Undefined, NotNumeric, *SYMBOLIC_ERRORS):
        return undecided()
    flags = [(i.left_open, i.right_open) for i in (expected, given)]
    return correct() if flags[0] == flags[1] else partly(ENDS)


ENDS = N_("Only an endpoint is wrong.")


def _repeated(interval: Any, counters: frozenset[Any]) -> tuple[Any, Any, Any] | None:
    """Where an interval of the family begins, how long it is, and the step."""
    letters = interval.free_symbols
    if len(letters) != 1 or not letters <= counters:
        return None
    counter = next(iter(letters))
    low, high = (progression_of(end, counter) for end in (interval.start, interval.end))
    if low is None or high is None or low.step != high.step:
        return None
    return low.offset, sympy.simplify(high.offset - low.offset), low.step


def _are_equal(left: Any, right: Any) -> bool:
    return bool(sympy.simplify(left - right) == 0)
