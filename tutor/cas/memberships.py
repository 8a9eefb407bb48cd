r"""`x \in A` and `a \equiv b \pmod m`, decided for numbers."""

from __future__ import annotations

from typing import Any

import sympy

from tutor.cas.closed import number_gap
from tutor.cas.findings import fails, holds, show, unknown
from tutor.cas.links import Link
from tutor.cas.numeric import Gap
from tutor.cas.numeric_rules import exact_fraction
from tutor.cas.requests import Finding
from tutor.cas.scope import Order
from tutor.support.i18n import N_

MEMBER = N_("{value} is in the set.")
NO_MEMBER = N_("{value} is not in the set.")
CONGRUENT = N_("The difference of the sides is {difference}.")


def check_membership(link: Link) -> Finding:
    r"""Judge `a \in A` for a number and a list of numbers or an interval."""
    if not isinstance(link.left, sympy.Expr) or link.left.free_symbols:
        return unknown()
    inside = _is_member(link.left, link.right)
    if inside is None:
        return unknown()
    judge, message = (holds, MEMBER) if inside else (fails, NO_MEMBER)
    return judge("arithmetic", message, value=show(link.left))


def _is_member(value: Any, container: Any) -> bool | None:
    if isinstance(container, sympy.FiniteSet):
        gaps = [number_gap(value, item) for item in container.args if not item.free_symbols]
        if Gap.EQUAL in gaps:
            return True
        return False if len(gaps) == len(container.args) and Gap.UNCLEAR not in gaps else None
    if isinstance(container, sympy.Interval) and not container.free_symbols:
        return _is_between(value, container)
    return None


def _is_between(value: Any, interval: Any) -> bool | None:
    ends = (
        (interval.start, ">" if interval.left_open else ">="),
        (interval.end, "<" if interval.right_open else "<="),
    )
    tests = [
        Order(left=value, relation=relation, right=end).at({})
        for end, relation in ends
        if end not in (sympy.oo, -sympy.oo)
    ]
    return None if None in tests else all(tests)


def check_congruence(link: Link, modulus: Any) -> Finding:
    r"""Judge `a \equiv b \pmod m` for whole numbers."""
    if modulus is None or not link.is_plain or link.letters:
        return unknown()
    a, b, m = (exact_fraction(node) for node in (link.left, link.right, modulus))
    if a is None or b is None or m is None or m == 0:
        return unknown()
    if any(number.denominator != 1 for number in (a, b, m)):
        return unknown()  # `11^{-1}` is an inverse modulo m here, not a fraction
    judge = holds if (a - b) % m == 0 else fails
    return judge("arithmetic", CONGRUENT, difference=str(a - b))
