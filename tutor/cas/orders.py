"""Inequalities with letters: true everywhere, at every solution of what is given, or describing a solution set."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import mpmath
import sympy

from tutor.cas.closed import closed_order
from tutor.cas.findings import fails, holds, new, show_number, show_point, sometimes, unknown
from tutor.cas.links import Link
from tutor.cas.numeric_build import Undefined
from tutor.cas.requests import Finding, Truth
from tutor.cas.roots import polynomial, polynomial_roots, scan_roots
from tutor.cas.scope import Order, Scope
from tutor.support.i18n import N_

SAME_SET = N_("It has the same solutions as the inequality that is given.")
TOO_MANY = N_("{point} satisfies it but not the inequality that is given.")
TOO_FEW = N_("{point} satisfies the inequality that is given but not this one.")
BOTH_WAYS = N_(
    "{inside} satisfies it but not what is given; with {outside} it is the other way round."
)
AT_SOLUTIONS = N_("It is true at every solution of what is given.")
NOT_AT_SOLUTION = N_("It is false at the solution {point}.")
AT_SOME = N_("It is true at some solutions of what is given only; it is false at {point}.")
CONDITION = N_("It is a condition on its letters; nothing that is given decides it.")
SIGN_CHART, SUBSTITUTION = "sign chart", "substitution"


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Where two solution sets in one letter hold, at all points that matter.

    Attributes:
        letter: The letter.
        edges: The critical values of both.
        rows: Points, each with whether it is in the one and in the other.
        has_same_ends: Whether both have the same critical values.
    """

    letter: Any
    edges: frozenset[Any]
    rows: tuple[tuple[Any, bool, bool], ...]
    has_same_ends: bool


def check_order(link: Link, scope: Scope) -> Finding:
    """Judge `left < right` and its kin."""
    if not link.letters:
        return closed_order(link)
    order = Order(left=link.left, relation=link.relation, right=link.right)
    related = scope.related(order.letters)
    if related:
        return _check_at_solutions(order, scope)
    known = [one for one in scope.assumptions if one.letters & order.letters]
    if len(order.letters) == 1 and known and all(one.letters == order.letters for one in known):
        return compare_sets([[order]], [known])
    return new(CONDITION)


def check_order_chain(links: Sequence[Link], scope: Scope) -> Finding | None:
    """Judge `2 < x < 3` as one set against the inequalities given; `None` where it is not of that kind."""
    if any(closed_order(link).truth is not Truth.HOLDS for link in links if not link.letters):
        return None
    links = [link for link in links if link.letters]
    letters = links[0].letters if links else frozenset()
    known = [one for one in scope.assumptions if one.letters & letters]
    beside = [*(link.letters for link in links), *(one.letters for one in known)]
    alike = all(one == letters for one in beside)
    if len(letters) != 1 or not known or not alike or scope.related(letters):
        return None
    chain = [Order(left=link.left, relation=link.relation, right=link.right) for link in links]
    return compare_sets([chain], [known])


def _check_at_solutions(order: Order, scope: Scope) -> Finding:
    try:
        solutions = scope.solutions(scope.related(order.letters))
    except Undefined:
        return unknown()
    points = solutions.real
    if solutions.free or not points or not order.letters <= set(points[0]):
        return new(CONDITION)
    outcomes = [(point, order.at(point)) for point in points]
    wrong = [point for point, truth in outcomes if truth is False]
    if all(truth for _, truth in outcomes):
        return holds(SUBSTITUTION, AT_SOLUTIONS)
    if len(wrong) == len(outcomes) and solutions.complete:
        return fails(SUBSTITUTION, NOT_AT_SOLUTION, point=show_point(wrong[0]))
    return sometimes(SUBSTITUTION, AT_SOME, point=show_point(wrong[0])) if wrong else unknown()


def compare_sets(claimed: Sequence[Sequence[Order]], given: Sequence[Sequence[Order]]) -> Finding:
    """Compare two solution sets in one letter, each the union of what some systems of inequalities describe.

    Points between all of the critical values and the values themselves are tried.
    """
    try:
        table = tabulate(claimed, given)
    except Undefined:
        return unknown()
    extra = [x for x, claims, holds_there in table.rows if claims and not holds_there]
    missing = [x for x, claims, holds_there in table.rows if holds_there and not claims]
    if not extra and not missing:
        return holds(SIGN_CHART, SAME_SET)
    apart = not any(claims and holds_there for _, claims, holds_there in table.rows)
    return _difference(table.letter, extra, missing, is_surely_wrong=apart and table.has_same_ends)


def tabulate(claimed: Sequence[Sequence[Order]], given: Sequence[Sequence[Order]]) -> Table:
    """Find out where two solution sets in one letter hold.

    Raises:
        Undefined: The critical values could not be found.
    """
    orders = [order for system in (*claimed, *given) for order in system]
    letter = next(iter(set().union(*(order.letters for order in orders))))
    ours, theirs = (_edges(systems, letter) for systems in (claimed, given))
    points = _probes(sorted({*ours, *theirs}))
    rows = tuple((x, _is_in(claimed, letter, x), _is_in(given, letter, x)) for x in points)
    return Table(
        letter=letter,
        edges=frozenset({*ours, *theirs}),
        rows=rows,
        has_same_ends=_are_same(ours, theirs),
    )


def _edges(systems: Sequence[Sequence[Order]], letter: Any) -> list[Any]:
    values = {x for system in systems for order in system for x in _critical_values(order, letter)}
    return sorted(values)


def _are_same(ours: list[Any], theirs: list[Any]) -> bool:
    pairs = zip(ours, theirs, strict=False)
    return len(ours) == len(theirs) and all(abs(a - b) < 1e-20 for a, b in pairs)


def _difference(
    letter: Any, extra: list[Any], missing: list[Any], *, is_surely_wrong: bool
) -> Finding:
    if not missing:
        return sometimes(SIGN_CHART, TOO_MANY, point=_at(letter, extra[0]))
    if not extra:
        return sometimes(SIGN_CHART, TOO_FEW, point=_at(letter, missing[0]))
    places = {"inside": _at(letter, extra[0]), "outside": _at(letter, missing[0])}
    # A case (`x >= 1`) also lies across the set; only the same ends the other way round are surely a mistake.
    judge = fails if is_surely_wrong else sometimes
    return judge(SIGN_CHART, BOTH_WAYS, **places)


def _at(letter: Any, x: Any) -> str:
    return f"{letter} = {show_number(x)}"


def _is_in(systems: Sequence[Sequence[Order]], letter: Any, x: Any) -> bool:
    return any(all(order.at({letter: x}) is True for order in system) for system in systems)


def _critical_values(order: Order, letter: Any) -> list[Any]:
    """Where the difference of the sides may change its sign: roots, poles, ends of the domain."""
    difference = sympy.Add(order.left, sympy.Mul(-1, order.right))
    found: list[Any] = []
    for part in _parts(difference, letter):
        poly = polynomial(part, [letter])
        found += polynomial_roots(poly) if poly is not None else scan_roots(part, letter)
    # As they are: a conversion would round them, and an end that is not exact is in no closed set.
    return [x for x in found if not isinstance(x, mpmath.mpc)]


def _parts(node: Any, letter: Any) -> list[Any]:
    """The expression, its denominators, and whatever stands under roots, logarithms and bars."""
    parts = [node]
    for inner in sympy.preorder_traversal(node):
        is_power = isinstance(inner, sympy.Pow) and not (inner.exp.is_Integer and inner.exp > 0)
        if is_power or isinstance(inner, sympy.log | sympy.Abs):
            parts.append(inner.args[0])
    return [part for part in parts if letter in part.free_symbols]


def _probes(edges: list[Any]) -> list[Any]:
    if not edges:
        return [mpmath.mpf(x) for x in (-3, 0, 1, 7)]
    inner = [(a + b) / 2 for a, b in pairwise(edges)]
    outer = [edges[0] - 100, edges[0] - 1, edges[-1] + 1, edges[-1] + 100]
    # Critical values of two inequalities that differ only by rounding must count as one.
    return [*edges, *(x for x in inner if min(abs(x - e) for e in edges) > 1e-20), *outer]
