"""Equations between things that are not single expressions: several values, tuples, sets, matrices."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import sympy

from tutor.cas.equality import check_equality, gap_at
from tutor.cas.findings import fails, holds, new, show, unknown, unsupported
from tutor.cas.identity import Agreement, compare_everywhere
from tutor.cas.links import Link
from tutor.cas.numeric import Gap
from tutor.cas.numeric_build import Undefined
from tutor.cas.parse import Alternatives
from tutor.cas.requests import Finding, Truth
from tutor.cas.scope import Scope
from tutor.support.i18n import N_

SAME_VALUES = N_("Both sides stand for the same values.")
NOT_AMONG = N_("{value} is not among the values of the other side.")
ENTRY = N_("The entries {left} and {right} are not equal.")
ONE_OF = N_("Every solution of what is given satisfies one of the cases.")
CONDITION = N_("It is a condition on its letters; nothing that is given decides it.")


def check_several(link: Link, scope: Scope) -> Finding:
    """Judge an equation in which a side has several parts."""
    left, right = link.left, link.right
    if isinstance(left, sympy.MatrixBase) and isinstance(right, sympy.MatrixBase):
        return _check_entries(left, right)
    if isinstance(left, sympy.Tuple) and isinstance(right, sympy.Tuple):
        return _check_components(link, scope)
    ours, theirs = _items(left), _items(right)
    if ours is not None and theirs is not None:
        return _check_values(ours, theirs)
    if isinstance(left, sympy.Expr) and theirs is not None:
        return _check_cases(link, theirs, scope)
    return unsupported()


def _items(node: Any) -> tuple[Any, ...] | None:
    if isinstance(node, Alternatives):
        return node.items if all(isinstance(item, sympy.Expr) for item in node.items) else None
    return tuple(node.args) if isinstance(node, sympy.FiniteSet) else None


def _check_entries(left: Any, right: Any) -> Finding:
    if left.shape != right.shape:
        return unsupported()
    for a, b in zip(left, right, strict=True):
        agreement = compare_everywhere(a, b).agreement
        if agreement is Agreement.NEVER and not a.free_symbols | b.free_symbols:
            return fails("arithmetic", ENTRY, left=show(a), right=show(b))
        if agreement is not Agreement.ALWAYS:
            return unknown()
    return holds("arithmetic", SAME_VALUES)


def _check_components(link: Link, scope: Scope) -> Finding:
    if len(link.left) != len(link.right):
        return unsupported()
    findings = [
        check_equality(link.with_sides(a, b), scope)
        for a, b in zip(link.left, link.right, strict=True)
    ]
    for truth in (Truth.FAILS, Truth.UNKNOWN, Truth.HOLDS_SOMETIMES, Truth.NEW):
        for finding in findings:
            if finding.truth is truth:
                return finding
    return holds("arithmetic", SAME_VALUES)


def _check_values(left: Sequence[Any], right: Sequence[Any]) -> Finding:
    """Two lists of values are equal when each value of one is among the other's."""
    closed = not any(item.free_symbols for item in (*left, *right))
    for ours, theirs in ((left, right), (right, left)):
        for item in ours:
            agreements = [compare_everywhere(item, other).agreement for other in theirs]
            if Agreement.ALWAYS in agreements:
                continue
            if closed and all(agreement is Agreement.NEVER for agreement in agreements):
                return fails("arithmetic", NOT_AMONG, value=show(item))
            return unknown()
    return holds("arithmetic", SAME_VALUES)


def _check_cases(link: Link, cases: Sequence[Any], scope: Scope) -> Finding:
    r"""`2x - 5 = \pm 1`: true where one of the cases is true at every solution of what is given."""
    related = scope.related(link.left.free_symbols)
    if not related:
        return new(CONDITION)
    try:
        solutions = scope.solutions(related)
    except Undefined:
        return unknown()
    points = solutions.real
    if solutions.free or not points or not link.left.free_symbols <= set(points[0]):
        return new(CONDITION)
    for point in points:
        gaps = [gap_at(link.with_sides(link.left, case), point) for case in cases]
        if Gap.EQUAL not in gaps:
            return unknown()
    return holds("substitution", ONE_OF)
