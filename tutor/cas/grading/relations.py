"""Equations side by side: the same up to a factor that is never zero, or with the same solutions."""

from __future__ import annotations

from typing import Any

import sympy

from tutor.cas.calculus import SYMBOLIC_ERRORS, Unresolved, resolve
from tutor.cas.findings import show_point
from tutor.cas.grading.verdicts import correct, partly, undecided, wrong
from tutor.cas.guard import TooCostly
from tutor.cas.identity import Agreement, compare_everywhere, spread
from tutor.cas.numeric import Gap, compile_node
from tutor.cas.numeric_build import NotNumeric, Undefined
from tutor.cas.roots import polynomial
from tutor.cas.scope import opaque
from tutor.cas.solving import Equation, satisfies, solve_system
from tutor.core.check import Evidence
from tutor.core.grade import Graded
from tutor.support.i18n import N_

NOT_OTHER = N_("{point} satisfies the expected equation but not this one.")
NOT_EXPECTED = N_("{point} satisfies this equation but not the expected one.")
PART_OF_EQUATIONS = N_("One of the equations is missing, or one does not belong there.")


def compare_equations(expected: tuple[Equation, ...], given: tuple[Equation, ...]) -> Graded:
    """Compare equations that stand for a curve or a condition."""
    try:
        ours, theirs = ([_prepared(one) for one in side] for side in (expected, given))
        if len(ours) == len(theirs) == 1:
            return _compare_two(ours[0], theirs[0])
        return _compare_lists(ours, theirs)
    except (Unresolved, Undefined, NotNumeric, TooCostly, *SYMBOLIC_ERRORS):
        return undecided()


def _prepared(equation: Equation) -> Equation:
    left, right = (opaque(resolve(side)) for side in (equation.left, equation.right))
    return Equation(left=left, right=right)


def _compare_lists(ours: list[Equation], theirs: list[Equation]) -> Graded:
    table = [[_compare_two(a, b).grade.accepts for b in theirs] for a in ours]
    found = [any(row) for row in table]
    back = [any(column) for column in zip(*table, strict=True)]
    if all(found) and all(back):
        return correct()
    return partly(PART_OF_EQUATIONS) if any(found) else undecided()


def _compare_two(one: Equation, two: Equation) -> Graded:
    if _is_multiple(one.difference, two.difference) or _same_polynomial(one, two):
        return correct()
    evidence = _counterexample(one, two, NOT_OTHER) or _counterexample(two, one, NOT_EXPECTED)
    return wrong(evidence=evidence) if evidence is not None else undecided()


def _is_multiple(left: Any, right: Any) -> bool:
    """Whether the one is the other times a number that is not zero."""
    letters = sorted(left.free_symbols | right.free_symbols, key=str)
    for point in spread(letters):
        at_left, at_right = left.xreplace(point), right.xreplace(point)
        try:
            if any(abs(compile_node(one).at({}, 20)) < 1e-12 for one in (at_left, at_right)):
                continue
        except (Undefined, NotNumeric):
            continue
        crossed = sympy.Mul(left, at_right), sympy.Mul(right, at_left)
        return compare_everywhere(*crossed).agreement is Agreement.ALWAYS
    return False


def _same_polynomial(one: Equation, two: Equation) -> bool:
    """Whether the numerators are the same up to a number, so that only denominators differ."""
    letters = sorted(one.letters | two.letters, key=str)
    left, right = (polynomial(equation.difference, letters) for equation in (one, two))
    if left is None or right is None or left.is_zero or right.is_zero:
        return False
    plain = left.primitive()[1]
    return right.primitive()[1] in (plain, -plain)


def _counterexample(holds: Equation, other: Equation, message: str) -> Evidence | None:
    """A point on the one curve that is not on the other."""
    letters = holds.letters | other.letters
    for letter in sorted(letters, key=lambda one: (one.name not in ("y", "x"), one.name)):
        for point in _points_on(holds, letter, letters):
            if satisfies(other, point) is Gap.DIFFERENT:
                return Evidence(message=message, details={"point": show_point(point)})
    return None


def _points_on(equation: Equation, letter: Any, letters: frozenset[Any]) -> list[dict[Any, Any]]:
    found: list[dict[Any, Any]] = []
    rest = sorted(letters - {letter}, key=str)
    for start in (0, 1, 2, -1):
        values = {other: sympy.Integer(start + place) for place, other in enumerate(rest)}
        sides = [side.xreplace(values) for side in (equation.left, equation.right)]
        try:
            solutions = solve_system([Equation(left=sides[0], right=sides[1])])
        except Undefined:
            continue
        found += [values | dict(point) for point in solutions.real if letter in point]
    return found
