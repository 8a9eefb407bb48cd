"""Grades with the sentences they come with."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from tutor.cas.findings import show, show_point
from tutor.core.check import Evidence
from tutor.core.grade import Grade, Graded
from tutor.support.i18n import N_

SAME = N_("It agrees with the expected answer.")
DIFFERENT = N_("It does not agree with the expected answer.")
OPPOSITE = N_("Only the sign is wrong.")
PART = N_("Only a part of it agrees with the expected answer.")
OPEN = N_("It could not be decided whether it agrees with the expected answer.")
OTHER_KIND = N_("It is not the kind of answer that is expected.")
UNREAD_EXPECTED = N_("The expected answer could not be read.")
UNREAD_GIVEN = N_("The answer could not be read.")
TOO_COSTLY = N_("Comparing the answers would take too long.")
VALUES = N_("The expected value is {expected}, the answer's is {given}.")
VALUES_AT = N_("At {point} the expected answer is {expected}, this one is {given}.")
MISSING = N_("{value} is missing.")
EXTRA = N_("{value} does not belong to it.")

_ORDER = (
    Grade.CORRECT,
    Grade.EQUIVALENT,
    Grade.UNREAD,
    Grade.UNDECIDED,
    Grade.PARTLY,
    Grade.WRONG,
)


def graded(grade: Grade, message: str, evidence: Evidence | None = None, **details: str) -> Graded:
    """A grade with its sentence."""
    return Graded(grade=grade, why=Evidence(message=message, details=details), evidence=evidence)


def correct() -> Graded:
    """Both agree."""
    return graded(Grade.CORRECT, SAME)


def equivalent(message: str) -> Graded:
    """Both agree, but the form is not the one asked for."""
    return graded(Grade.EQUIVALENT, message)


def wrong(message: str = DIFFERENT, evidence: Evidence | None = None) -> Graded:
    """They do not agree."""
    return graded(Grade.WRONG, message, evidence)


def partly(message: str = PART, evidence: Evidence | None = None) -> Graded:
    """A part of it is right."""
    return graded(Grade.PARTLY, message, evidence)


def undecided(message: str = OPEN, evidence: Evidence | None = None) -> Graded:
    """Algebra cannot tell."""
    return graded(Grade.UNDECIDED, message, evidence)


def values_differ(expected: Any, given: Any) -> Evidence:
    """Two values that differ, exactly where rounding would hide it."""
    return Evidence(message=VALUES, details={"expected": show(expected), "given": show(given)})


def differ_at(point: dict[Any, Any], expected: str, given: str) -> Evidence:
    """A point where two formulas differ."""
    return Evidence(
        message=VALUES_AT,
        details={"point": show_point(point), "expected": expected, "given": given},
    )


def lacks(value: Any) -> Evidence:
    """What is missing."""
    return Evidence(message=MISSING, details={"value": show(value)})


def has_extra(value: Any) -> Evidence:
    """What is too much."""
    return Evidence(message=EXTRA, details={"value": show(value)})


def worst(all_graded: Iterable[Graded]) -> Graded:
    """The grade of a whole whose parts all matter."""
    return max(all_graded, key=lambda one: _ORDER.index(one.grade))
