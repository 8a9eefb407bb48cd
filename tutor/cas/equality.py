"""Equations with letters: identities, and equations that follow from what is given."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import mpmath
import sympy
from sympy.core.function import AppliedUndef

from tutor.cas.calculus import Unresolved, differentiate, indefinite, rates, resolve
from tutor.cas.closed import closed_equality
from tutor.cas.findings import fails, holds, new, show, show_point, sometimes, unknown
from tutor.cas.identity import (
    Agreement,
    Comparison,
    compare_everywhere,
    compare_on_counters,
    spread,
)
from tutor.cas.links import Link
from tutor.cas.numeric import Domain, Gap, compare, compile_node, value_of
from tutor.cas.numeric_build import NotNumeric, Undefined
from tutor.cas.requests import Finding, Truth
from tutor.cas.scope import Scope
from tutor.cas.solving import Equation, Solutions, satisfies, solve_system
from tutor.support.i18n import N_

NEVER_EQUAL = N_(
    "No value of its letters makes it true: at {point} the left side is {left}, the right side is {right}."
)
IDENTITY = N_("Both sides agree at {count} points.")
COUNTED = N_("Both sides agree for all whole numbers that were tried.")
NOT_IDENTITY = N_("At {point} the left side is {left}, the right side is {right}.")
PARTLY = N_("The sides agree for some values only; at {point} they are {left} and {right}.")
AT_SOLUTIONS = N_("It is true at every solution of what is given: {points}.")
AT_SAMPLES = N_("It follows from what is given; tried at {count} points.")
NOT_AT_SOLUTION = N_("At the solution {point} the left side is {left}, the right side is {right}.")
AT_SOME = N_("It is true at the solution {point} but not at {other}.")
AS_GIVEN = N_("It is one of the equations that are given.")
CONDITION = N_("It is a condition on its letters; nothing that is given decides it.")
ANTIDERIVATIVE = N_("Differentiating both sides gives the same.")
NOT_ANTIDERIVATIVE = N_(
    "The derivatives of the sides differ: at {point} they are {left} and {right}."
)
SAMPLING, SUBSTITUTION, DERIVATIVE = "sampling", "substitution", "derivative"
MAX_SHOWN = 4
NEAR = 0.01
"""How far apart sides with decimals may be, as a part of them, when earlier roundings may explain it."""


def check_equality(link: Link, scope: Scope) -> Finding:
    """Judge `left = right` between two expressions."""
    if indefinite(link.left) or indefinite(link.right):
        return _check_antiderivative(link, scope)
    if not link.letters:
        return _softened(closed_equality(link), link, scope)
    compared = _compared(link, scope)
    if compared.agreement is Agreement.ALWAYS:
        return _identity(link, compared)
    if compare_on_counters(link.left, link.right).agreement is Agreement.ALWAYS:
        return holds(SAMPLING, COUNTED)
    if link.integrated is not None:
        return _check_up_to_constant(link, scope)
    return _check_in_context(link, scope, compared)


def _compared(link: Link, scope: Scope) -> Comparison:
    """How the sides compare where the assumptions hold; where too few points do, everywhere.

    Points outside of the assumptions can confirm an identity but refute nothing.
    """
    compared = compare_everywhere(link.left, link.right, scope.allows)
    if compared.agreement is not Agreement.UNKNOWN or not scope.assumptions:
        return compared
    anywhere = compare_everywhere(link.left, link.right)
    return anywhere if anywhere.agreement is Agreement.ALWAYS else compared


def _softened(finding: Finding, link: Link, scope: Scope) -> Finding:
    """A false equation between numbers is how it shows that a system has no solution: that is no mistake."""
    if finding.truth is not Truth.FAILS or not scope.equations or link.is_free:
        return finding
    try:
        solutions = solve_system(scope.equations, scope.unknowns)
    except Undefined:
        return finding
    return unknown() if solutions.complete and not solutions.real else finding


def _identity(link: Link, compared: Comparison) -> Finding:
    method = DERIVATIVE if link.differentiates else SAMPLING
    return holds(method, IDENTITY, count=str(compared.points))


def _check_in_context(link: Link, scope: Scope, compared: Comparison) -> Finding:
    related = scope.related(link.letters)
    if any({link.left, link.right} == {given.left, given.right} for given in related):
        return holds(SUBSTITUTION, AS_GIVEN)
    if related:
        finding = _check_at_solutions(link, related, scope)
        is_false = compared.agreement is Agreement.NEVER and _rewrites_given(link, related)
        if is_false and (finding is None or finding.truth is not Truth.HOLDS):
            return _counterexample(fails, NOT_IDENTITY, link, _shown_point(link, scope, compared))
        if finding is not None:
            return finding
    return _check_unconstrained(link, scope, compared)


def _rewrites_given(link: Link, related: Sequence[Equation]) -> bool:
    """Whether a side of what is given is rewritten: `x^2 - 5x + 6 = (x - 2)(x - 3)`, a sum as a product."""
    if not any(link.left in (given.left, given.right) for given in related):
        return False
    letters = tuple(link.letters)
    is_rewritten = isinstance(link.left, sympy.Add) and isinstance(link.right, sympy.Mul)
    if len(letters) != 1 or not is_rewritten or not link.right.free_symbols:
        return False
    if not all(side.is_polynomial(*letters) for side in (link.left, link.right)):
        return False
    left, right = (sympy.Poly(side, *letters) for side in (link.left, link.right))
    return bool(left.degree() == right.degree() and left.LC() == right.LC())


def _check_unconstrained(link: Link, scope: Scope, compared: Comparison) -> Finding:
    """No equation says anything about the letters: an identity is claimed, or a condition set."""
    if not _claims_identity(link, scope):
        return _check_condition(link, scope, compared)
    if compared.agreement is Agreement.NEVER:
        return _counterexample(fails, NOT_IDENTITY, link, _shown_point(link, scope, compared))
    if compared.agreement is Agreement.SOMETIMES:
        return _counterexample(sometimes, PARTLY, link, compared.point)
    return unknown()


def _claims_identity(link: Link, scope: Scope) -> bool:
    """Whether a link can only be meant for all values of its letters.

    Where a letter is gone, or tied to others by a condition, something was put in; but not in a derivative.
    """
    left, right = link.left.free_symbols, link.right.free_symbols
    if left and right and left != right:
        return False
    if any(_plain(letter.name) in scope.tied for letter in left | right):
        return link.differentiates and _asserts_identity(link)
    return (link.is_free and not _sets_a_value(link)) or _asserts_identity(link)


def _plain(name: str) -> str:
    return name.replace("{", "").replace("}", "")


def _check_condition(link: Link, scope: Scope, compared: Comparison) -> Finding:
    """An equation that no value of its letters satisfies is false whatever is known of them."""
    sides = (link.left, link.right)
    if compared.agreement is not Agreement.NEVER or any(side.is_Symbol for side in sides):
        return new(CONDITION)
    if not _differ_by_a_number(*_bared(*sides)):
        is_alike = link.left.free_symbols == link.right.free_symbols
        return unknown(CONDITION) if is_alike else new(CONDITION)
    return _counterexample(fails, NEVER_EQUAL, link, _shown_point(link, scope, compared))


def _bared(left: Any, right: Any) -> tuple[Any, Any]:
    """What stands under the roots where both sides are square roots."""
    if all(
        isinstance(side, sympy.Pow) and side.exp == sympy.Rational(1, 2) for side in (left, right)
    ):
        return left.base, right.base
    return left, right


def _differ_by_a_number(left: Any, right: Any) -> bool:
    """Whether the sides differ by the same number, not zero, wherever they have values."""
    letters = tuple(left.free_symbols | right.free_symbols)
    if not letters or not left.free_symbols or not right.free_symbols:
        return False
    difference = sympy.Add(left, sympy.Mul(-1, right))
    at_a_point = difference.xreplace(spread(letters)[0])
    return compare_everywhere(difference, at_a_point).agreement is Agreement.ALWAYS


def _sets_a_value(link: Link) -> bool:
    """Whether an expression whose value depends on its letters is said to be one number."""
    for side, number in ((link.left, link.right), (link.right, link.left)):
        if not number.free_symbols:
            at_a_point = side.xreplace(spread(tuple(side.free_symbols))[0])
            return compare_everywhere(side, at_a_point).agreement is not Agreement.ALWAYS
    return False


def _asserts_identity(link: Link) -> bool:
    """Whether a link about a defined function or a derivative can only be meant as an identity.

    `f(x) = 0`, `f(x) = x` and `f'(x) = 2` set conditions; `f'(x) = 2x + 1` does not.
    """
    if not (link.restates or link.differentiates) or link.right.has(AppliedUndef):
        return False
    if link.restates and link.recalls:
        return False  # `f(3) = 2 f(1)` is a condition
    letters = link.right.free_symbols
    if not letters or not letters <= link.left.free_symbols:
        return False
    return (
        link.differentiates or not _is_linear(link.right, letters) or _is_linear(link.left, letters)
    )


def _is_linear(node: Any, letters: Any) -> bool:
    return bool(node.is_polynomial(*letters) and sympy.Poly(node, *letters).total_degree() <= 1)


def _shown_point(link: Link, scope: Scope, compared: Comparison) -> dict[Any, Any]:
    """A point of small whole numbers where the sides differ, else the one that was found."""
    letters = sorted(link.letters, key=str)
    for first in (2, 3, 5):
        point = {letter: sympy.Integer(first + place) for place, letter in enumerate(letters)}
        if scope.allows(point) and gap_at(link, point) is Gap.DIFFERENT:
            return point
    return compared.point


def _counterexample(
    judge: Callable[..., Finding], message: str, link: Link, point: dict[Any, Any]
) -> Finding:
    left, right = values_at(link, point)
    return judge(SAMPLING, message, point=show_point(point), left=left, right=right)


def values_at(link: Link, point: dict[Any, Any]) -> tuple[str, str]:
    """What both sides of a plain link are at a point, for showing."""
    left, right = (_value(side, point) for side in (link.left, link.right))
    return left, right


def _value(side: Any, point: dict[Any, Any]) -> str:
    complex_point = any(isinstance(value, mpmath.mpc) for value in point.values())
    domains = (Domain.COMPLEX,) if complex_point else (Domain.REAL, Domain.COMPLEX)
    for domain in domains:
        try:
            return show(compile_node(side, domain).at(point, 20))
        except (Undefined, NotNumeric):
            continue
    return r"\text{?}"


def _check_at_solutions(link: Link, related: Sequence[Equation], scope: Scope) -> Finding | None:
    """Judge an equation at the solutions of the equations that are related to it; `None` if they say nothing."""
    try:
        solutions = scope.solutions(related)
    except Undefined:
        return unknown()
    if not solutions.points:
        return unknown()
    covered = set(solutions.points[0])
    if link.letters <= solutions.free:
        return None
    if not link.letters <= covered:
        return _check_with_new_letters(link, solutions)
    gaps = [(point, gap_at(link, point)) for point in solutions.points]
    if solutions.free:
        return _over_family(link, gaps, scope, solutions)
    return _over_solutions(link, gaps, solutions, scope)


def gap_at(link: Link, point: dict[Any, Any]) -> Gap:
    """How the sides of a plain link compare at a point that may be complex."""
    domain = (
        Domain.COMPLEX if any(isinstance(v, mpmath.mpc) for v in point.values()) else Domain.REAL
    )
    if link.left.has(sympy.I) or link.right.has(sympy.I):
        domain = Domain.COMPLEX
    try:
        return compare(compile_node(link.left, domain), compile_node(link.right, domain), point)
    except NotNumeric:
        return Gap.UNCLEAR


def _check_with_new_letters(link: Link, solutions: Solutions) -> Finding | None:
    """Letters that nothing is known of stay free: only an identity in them can be confirmed."""
    extra = sorted(link.letters - set(solutions.points[0]), key=str)
    points = solutions.real or solutions.points
    tried = [point | values for point in points for values in spread(extra)]
    if all(gap_at(link, point) is Gap.EQUAL for point in tried):
        return holds(SAMPLING, AT_SAMPLES, count=str(len(tried)))
    return None


def _over_family(
    link: Link, gaps: list[tuple[dict[Any, Any], Gap]], scope: Scope, solutions: Solutions
) -> Finding | None:
    real = [gap for p, gap in gaps if not _has_complex(p)] or [gap for _, gap in gaps]
    outcomes = set(real)
    if outcomes == {Gap.EQUAL} and len(real) >= 3:
        return holds(SAMPLING, AT_SAMPLES, count=str(len(real)))
    wrong = [point for point, gap in gaps if gap is Gap.DIFFERENT]
    has_all = scope.is_source and set(gaps[0][0]) <= link.letters
    if len(wrong) == len(gaps) >= 3 and (has_all or _keeps_every_letter(link, scope, solutions)):
        return _refuted_at(link, wrong[0], scope)
    return None if Gap.EQUAL not in outcomes else unknown()


def _keeps_every_letter(link: Link, scope: Scope, solutions: Solutions) -> bool:
    """Whether the link is about the unknown and all of its parameters, so that it sets no condition on them."""
    unknowns = set(scope.unknowns)
    mentioned = {letter.name for letter in link.letters}
    parameters = {letter.name for letter in solutions.free}
    return bool(unknowns & mentioned) and not unknowns & parameters and parameters <= mentioned


def _has_complex(point: dict[Any, Any]) -> bool:
    return any(isinstance(value, mpmath.mpc) for value in point.values())


def _over_solutions(
    link: Link,
    gaps: list[tuple[dict[Any, Any], Gap]],
    solutions: Solutions,
    scope: Scope,
) -> Finding:
    real = [(p, gap) for p, gap in gaps if not _has_complex(p)] or gaps
    right = [point for point, gap in real if gap is Gap.EQUAL]
    wrong = [point for point, gap in real if gap is Gap.DIFFERENT]
    if len(right) == len(real):
        return holds(SUBSTITUTION, AT_SOLUTIONS, points=_shown(right, link))
    if right and wrong:
        letters = set(right[0])
        shown = show_point(right[0], letters), show_point(wrong[0], letters)
        return sometimes(SUBSTITUTION, AT_SOME, point=shown[0], other=shown[1])
    if len(wrong) < len(real) or any(gap is not Gap.DIFFERENT for _, gap in gaps):
        return unknown()
    if solutions.complete or not _shares_a_root(link, scope.related(link.letters)):
        return _refuted_at(link, wrong[0], scope)
    return unknown()


def _shares_a_root(link: Link, related: Sequence[Equation]) -> bool:
    """Whether a root of the link itself might satisfy what is given, although no solution found satisfies the link."""
    own = solve_system([Equation(left=link.left, right=link.right)])
    if own.free:
        return True
    gaps = [
        satisfies(equation, point)
        for point in own.real
        for equation in related
        if equation.letters <= set(point)
    ]
    return any(gap is not Gap.DIFFERENT for gap in gaps) or not own.points


def _refuted_at(link: Link, point: dict[Any, Any], scope: Scope) -> Finding:
    # One line made from another has no other roundings than its own.
    margin = min(NEAR, link.rounding) if scope.is_source else NEAR
    if link.has_decimals and _is_near(link, point, margin):
        return unknown()
    left, right = values_at(link, point)
    return fails(SUBSTITUTION, NOT_AT_SOLUTION, point=show_point(point), left=left, right=right)


def _is_near(link: Link, point: dict[Any, Any], margin: float) -> bool:
    """Whether the sides differ by no more than decimals that were rounded can explain."""
    left, right = (value_of(side, point) for side in (link.left, link.right))
    return bool(abs(left - right) <= margin * max(abs(left), abs(right)))


def _shown(points: Sequence[dict[Any, Any]], link: Link) -> str:
    shown = [show_point(point, link.letters) for point in points[:MAX_SHOWN]]
    return "; ".join([*shown, r"\ldots"] if len(points) > MAX_SHOWN else shown)


def _check_up_to_constant(link: Link, scope: Scope) -> Finding:
    """Two antiderivatives of one function may differ by a constant."""
    rates_of = (differentiate(side, link.integrated) for side in (link.left, link.right))
    compared = compare_everywhere(*rates_of)
    if compared.agreement is Agreement.ALWAYS:
        return holds(DERIVATIVE, ANTIDERIVATIVE)
    return _check_in_context(link, scope, compared)


def _check_antiderivative(link: Link, scope: Scope) -> Finding:
    pair = rates(link.left, link.right, scope.equations)
    if pair is None:
        return unknown()
    try:
        left, right = (resolve(side) for side in pair)
    except Unresolved:
        return unknown()
    if left.has(sympy.Integral) or right.has(sympy.Integral):
        return unknown()
    compared = compare_everywhere(left, right)
    if compared.agreement is Agreement.ALWAYS:
        return holds(DERIVATIVE, ANTIDERIVATIVE)
    known = left.free_symbols >= right.free_symbols
    if compared.agreement is Agreement.NEVER and known:
        return _counterexample(
            fails, NOT_ANTIDERIVATIVE, link.with_sides(left, right), compared.point
        )
    return unknown()
