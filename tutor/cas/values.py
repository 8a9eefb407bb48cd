"""Values given to letters: `x = 2`, `x = 2, 3`, `(x, y) = (1, 2)`, tested in the equations that constrain them."""

from __future__ import annotations

import itertools
import re
from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

import sympy

from tutor.cas.findings import fails, holds, new, show, show_point, sometimes, unknown
from tutor.cas.identity import COUNTERS, Agreement, compare_everywhere, compare_on_counters
from tutor.cas.links import Link
from tutor.cas.numeric import Gap, value_of
from tutor.cas.numeric_build import NotNumeric, Undefined
from tutor.cas.numeric_rules import exact_fraction
from tutor.cas.parse import Alternatives
from tutor.cas.requests import Finding, Truth
from tutor.cas.roots import DIGITS
from tutor.cas.scope import Scope
from tutor.cas.solving import Equation, Solutions, satisfies
from tutor.support.i18n import N_

SATISFIES = N_("Put in, {point} satisfies the equation.")
VIOLATES = N_("With {point} the left side of {equation} is {left}, the right side is {right}.")
NO_SOLUTION_HAS = N_("No solution of what is given has {point}.")
EXCLUDED = N_("{point} satisfies the equation but not the conditions that are given.")
EXTRANEOUS = N_(
    "{point} comes from squaring or from a case; it does not satisfy the equation itself."
)
NOT_DECIDED = N_("Nothing that is given decides the value of {name}.")
NOT_DEFINED = N_("With {point} a side of the equation has no value.")
ROUNDED = N_("It may be a solution of what is given, rounded.")
SUBSTITUTION = "substitution"
NEAR = 0.02
"""How far a rounded value may be from the exact one, as a part of it."""

Assignment = Mapping[Any, Any]
_SUBSCRIPT = re.compile(r"_\{?\d\}?$")


def assignments(link: Link) -> list[dict[Any, Any]] | None:
    """The values that a link gives to letters, one mapping for each alternative; `None` for other links."""
    if link.relation != "=":
        return None
    for names, values in ((link.left, link.right), (link.right, link.left)):
        letters = _letters(names)
        if letters is None:
            continue
        items = values.items if isinstance(values, Alternatives) else (values,)
        found = [_assigned(letters, item) for item in items]
        if all(found):
            return [one for one in found if one]
    return None


def _letters(node: Any) -> tuple[Any, ...] | None:
    if isinstance(node, sympy.Symbol):
        return (node,)
    if isinstance(node, sympy.Tuple) and all(isinstance(part, sympy.Symbol) for part in node):
        return tuple(node)
    return None


def _assigned(letters: tuple[Any, ...], value: Any) -> dict[Any, Any] | None:
    parts = tuple(value) if isinstance(value, sympy.Tuple) else (value,)
    if len(parts) != len(letters) or not all(isinstance(part, sympy.Expr) for part in parts):
        return None
    if any(part.free_symbols & set(letters) for part in parts):
        return None
    return dict(zip(letters, parts, strict=True))


def check_values(candidates: Sequence[Assignment], scope: Scope) -> Finding:
    """Judge values: every candidate must satisfy what is given."""
    findings = [_check_candidate(_renamed(candidate, scope), scope) for candidate in candidates]
    for truth in (Truth.FAILS, Truth.UNKNOWN, Truth.HOLDS_SOMETIMES, Truth.NEW):
        chosen = next((finding for finding in findings if finding.truth is truth), None)
        if chosen is not None:
            return chosen
    points = ", ".join(show_point(candidate) for candidate in candidates)
    return holds(SUBSTITUTION, SATISFIES, point=points)


def _renamed(candidate: Assignment, scope: Scope) -> dict[Any, Any]:
    """`x_1` stands for `x` where only `x` is known."""
    known = {letter.name for equation in scope.equations for letter in equation.letters}
    renamed = {}
    for letter, value in candidate.items():
        base = _SUBSCRIPT.sub("", letter.name)
        use = base if letter.name not in known and base in known else letter.name
        renamed[sympy.Symbol(use)] = value
    return renamed


def _check_candidate(candidate: dict[Any, Any], scope: Scope) -> Finding:
    equations = scope.related(candidate)
    if not equations:
        return new(NOT_DECIDED, name=show(next(iter(candidate))))
    if any(value.free_symbols for value in candidate.values()):
        return _check_formula(candidate, equations, scope)
    direct = [equation for equation in equations if equation.letters <= set(candidate)]
    if len(direct) == len(equations):
        finding = _check_directly(candidate, direct, scope)
    else:
        finding = _check_among_solutions(candidate, direct, equations, scope)
    if finding.truth is not Truth.FAILS:
        return finding
    if _contradict(equations, scope):
        return unknown()
    return unknown(ROUNDED) if _is_rounded(candidate, equations, scope) else finding


def _is_rounded(candidate: Assignment, equations: Sequence[Equation], scope: Scope) -> bool:
    """Whether the values may be decimals that round a solution."""
    if _is_rounded_angle(candidate, equations):
        return True
    if not all(_is_decimal(value) for value in candidate.values()):
        return False
    try:
        points = scope.solutions(equations).real
    except Undefined:
        return False
    return any(
        all(abs(point[k] - value_of(v)) <= NEAR * abs(point[k]) for k, v in candidate.items())
        for point in points
        if set(candidate) <= set(point)
    )


def _degrees(value: Any) -> Fraction | None:
    """The decimal before a degree sign, where a value may have been written with one."""
    if value.free_symbols or not value.has(sympy.pi):
        return None
    degrees = exact_fraction(sympy.Mul(value, sympy.Integer(180), sympy.Pow(sympy.pi, -1)))
    return degrees if degrees is not None and 10**6 % degrees.denominator == 0 else None


def _is_rounded_angle(candidate: Assignment, equations: Sequence[Equation]) -> bool:
    r"""Whether an angle is right to its last digit: `36.9^\circ`, `37^\circ` where `\sin A = \frac35`.

    An angle that is right lies within half of the last digit: the two sides change places there.
    """
    if len(candidate) != 1:
        return False
    letter, value = next(iter(candidate.items()))
    degrees = _degrees(value)
    if degrees is None or any(e.letters != {letter} for e in equations):
        return False
    places = next(n for n in range(7) if 10**n % degrees.denominator == 0)
    half = sympy.pi / (360 * 10**places)
    return all(_changes_sign(e, letter, (value - half, value + half)) for e in equations)


def _changes_sign(equation: Equation, letter: Any, ends: tuple[Any, Any]) -> bool:
    try:
        low, high = (value_of(equation.difference, {letter: value_of(end)}) for end in ends)
    except (Undefined, NotNumeric):
        return False
    return bool(low.real * high.real <= 0)


def _is_decimal(value: Any) -> bool:
    """Whether a number can be written with finitely many decimals, and is not whole."""
    fraction = exact_fraction(value)
    if fraction is None or fraction.denominator == 1:
        return False
    return 10**12 % fraction.denominator == 0


def _contradict(equations: Sequence[Equation], scope: Scope) -> bool:
    """Whether what is given cannot all be true at once: then it lists cases, and refutes nothing."""
    if len(equations) == 1:
        return False
    try:
        solutions = scope.solutions(equations)
    except Undefined:
        return False
    return solutions.complete and not solutions.points


def _check_directly(
    candidate: dict[Any, Any], equations: Sequence[Equation], scope: Scope
) -> Finding:
    try:
        point = {letter: value_of(value, {}, DIGITS) for letter, value in candidate.items()}
    except (Undefined, NotNumeric):
        return unknown()
    for equation in equations:
        gap = satisfies(equation, point)
        if gap is Gap.DIFFERENT and _is_extraneous(equation, point):
            return sometimes(SUBSTITUTION, EXTRANEOUS, point=show_point(candidate))
        if gap is Gap.DIFFERENT:
            return _violation(candidate, equation, point)
        if gap is Gap.UNCLEAR:
            return unknown(NOT_DEFINED, point=show_point(candidate))
    if not scope.allows(point):
        return sometimes(SUBSTITUTION, EXCLUDED, point=show_point(candidate))
    return holds(SUBSTITUTION, SATISFIES, point=show_point(candidate))


def _is_extraneous(equation: Equation, point: dict[Any, Any]) -> bool:
    """Whether a value satisfies the equation with the sign of a root or of an absolute value changed.

    Squaring and splitting into cases bring such values about; they are sorted out in the end.
    """
    sides = (equation.left, equation.right)
    parts = [part for side in sides for part in sympy.preorder_traversal(side) if _has_sign(part)]
    for signs in itertools.islice(itertools.product((1, -1), repeat=min(len(parts), 3)), 1, None):
        changed = {part: sign * part for part, sign in zip(parts, signs, strict=False)}
        left, right = (side.xreplace(changed) for side in sides)
        if satisfies(Equation(left=left, right=right), point) is Gap.EQUAL:
            return True
    return False


def _has_sign(node: Any) -> bool:
    if not node.free_symbols:
        return False
    exponent = exact_fraction(node.exp) if isinstance(node, sympy.Pow) else None
    return isinstance(node, sympy.Abs) or (exponent is not None and exponent.denominator % 2 == 0)


def _violation(candidate: Assignment, equation: Equation, point: dict[Any, Any]) -> Finding:
    return fails(
        SUBSTITUTION,
        VIOLATES,
        point=show_point(candidate),
        equation=f"{show(equation.left)} = {show(equation.right)}",
        left=show(value_of(equation.left, point)),
        right=show(value_of(equation.right, point)),
    )


def _check_among_solutions(
    candidate: dict[Any, Any],
    direct: Sequence[Equation],
    equations: Sequence[Equation],
    scope: Scope,
) -> Finding:
    """Judge values of some of the letters of a system."""
    finding = _check_directly(candidate, direct, scope) if direct else None
    if finding is not None and finding.truth is not Truth.HOLDS:
        return finding
    solutions = scope.solutions(equations)
    if set(candidate) <= solutions.free or solutions.free:
        return finding or new(NOT_DECIDED, name=show(next(iter(candidate))))
    return _found_among(candidate, solutions)


def _found_among(candidate: dict[Any, Any], solutions: Solutions) -> Finding:
    shown = show_point(candidate)
    gaps = [_gap_at(candidate, point) for point in solutions.points]
    if Gap.EQUAL in gaps:
        return holds(SUBSTITUTION, SATISFIES, point=shown)
    if solutions.points and solutions.complete and Gap.UNCLEAR not in gaps:
        return fails(SUBSTITUTION, NO_SOLUTION_HAS, point=shown)
    return unknown()


def _gap_at(candidate: Assignment, point: dict[Any, Any]) -> Gap:
    """Whether a solution has the candidate's values."""
    gaps = []
    for letter, value in candidate.items():
        if letter not in point:
            return Gap.UNCLEAR
        gaps.append(satisfies(Equation(left=letter, right=value), point))
    if Gap.DIFFERENT in gaps:
        return Gap.DIFFERENT
    return Gap.UNCLEAR if Gap.UNCLEAR in gaps else Gap.EQUAL


def _check_formula(
    candidate: dict[Any, Any], equations: Sequence[Equation], scope: Scope
) -> Finding:
    r"""Judge a value that has letters of its own: a formula, or a family `\frac{\pi}{6} + 2k\pi`."""
    known = {letter for equation in equations for letter in equation.letters}
    extra = set().union(*(value.free_symbols for value in candidate.values())) - known
    if extra and not all(letter.name in COUNTERS for letter in extra):
        return unknown() if known else new(NOT_DECIDED, name=show(next(iter(candidate))))
    tested = [equation for equation in equations if set(candidate) & equation.letters]
    outcomes = [_formula_agreement(candidate, equation, bool(extra)) for equation in tested]
    shown = show_point(candidate)
    if all(outcome is Agreement.ALWAYS for outcome in outcomes):
        return holds(SUBSTITUTION, SATISFIES, point=shown)
    wrong = [e for e, outcome in zip(tested, outcomes, strict=True) if outcome is Agreement.NEVER]
    if wrong and _is_solved_for(candidate, wrong[0], scope):
        equation = wrong[0]
        return fails(
            SUBSTITUTION,
            FORMULA_VIOLATES,
            point=shown,
            equation=f"{show(equation.left)} = {show(equation.right)}",
        )
    return unknown()


FORMULA_VIOLATES = N_("Put in, {point} does not satisfy {equation}.")


def _formula_agreement(candidate: dict[Any, Any], equation: Equation, counts: bool) -> Agreement:
    left, right = equation.left.xreplace(candidate), equation.right.xreplace(candidate)
    compared = compare_on_counters(left, right) if counts else compare_everywhere(left, right)
    return compared.agreement


def _is_solved_for(candidate: Assignment, equation: Equation, scope: Scope) -> bool:
    """Whether the candidate gives the one unknown of an equation by all of the equation's other letters."""
    if len(candidate) != 1 or len(scope.equations) != 1:
        return False
    letter, value = next(iter(candidate.items()))
    parameters = equation.letters - {letter}
    return (
        letter.name in scope.unknowns
        and parameters <= value.free_symbols
        and len(scope.unknowns) == 1
    )
