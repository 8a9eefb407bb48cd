"""One link of a chain, `left relation right`, prepared for judging."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Any

import sympy
from sympy.core.function import AppliedUndef

from tutor.cas.calculus import indefinite, resolve
from tutor.cas.guard import check_cost
from tutor.cas.parse import Alternatives
from tutor.cas.scope import Scope, opaque

_COMMON = {"gcd": sympy.igcd, "lcm": sympy.ilcm}
_DECIMAL = re.compile(r"\d\.\d")
_DECIMALS = re.compile(r"(\d+)\.(\d+)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """Two neighbouring sides of a chain.

    Attributes:
        left: The left side as a SymPy tree, a tuple, a set, or several values.
        relation: The relation in normal form.
        right: The right side.
        left_text: The left side as it was written.
        right_text: The right side as it was written.
        is_free: Whether its letters may take any value, so that the link claims an identity.
        restates: Whether its left side calls a defined function, or differentiates one.
        recalls: Whether its right side calls one.
        differentiates: Whether a derivative stood in it.
        integrated: The letter of the indefinite integral that its chain began with: the sides are then
            equal up to a constant.
    """

    left: Any
    relation: str
    right: Any
    left_text: str = ""
    right_text: str = ""
    is_free: bool = False
    restates: bool = False
    recalls: bool = False
    differentiates: bool = False
    integrated: Any | None = None

    @property
    def is_plain(self) -> bool:
        """Whether both sides are single expressions."""
        return isinstance(self.left, sympy.Expr) and isinstance(self.right, sympy.Expr)

    @property
    def letters(self) -> frozenset[Any]:
        """The free letters of both sides; only for plain links."""
        return frozenset(self.left.free_symbols | self.right.free_symbols)

    @property
    def has_decimals(self) -> bool:
        """Whether a decimal fraction is written on either side."""
        return bool(_DECIMAL.search(self.left_text) or _DECIMAL.search(self.right_text))

    @property
    def rounding(self) -> float:
        """How far off the sides may be, as a part of them, if every decimal in them was rounded."""
        found = _DECIMALS.findall(f"{self.left_text} {self.right_text}")
        return sum(
            0.5 * 10.0 ** -len(part) / max(float(f"{whole}.{part}"), 1e-9) for whole, part in found
        )

    def with_sides(self, left: Any, right: Any) -> Link:
        """The same link between other sides."""
        return replace(self, left=left, right=right)


def prepare(link: Link, scope: Scope) -> Link:
    """A link with defined functions put in and derivatives and limits worked out.

    Raises:
        TooCostly: It is too costly to compute with.
        Unresolved: A limit, sum or derivative could not be worked out.
    """
    sides = (link.left, link.right)
    restates = isinstance(link.left, sympy.Basic) and scope.defines(link.left)
    differentiates = any(isinstance(s, sympy.Basic) and s.has(sympy.Derivative) for s in sides)
    left, right = (_prepared(side, scope) for side in sides)
    return replace(
        link,
        left=left,
        right=right,
        restates=restates,
        recalls=isinstance(link.right, sympy.Basic) and scope.defines(link.right),
        differentiates=differentiates,
    )


def _common(side: Any) -> Any:
    """A side with common divisors and multiples of whole numbers worked out."""
    found = {}
    for call in side.atoms(AppliedUndef):
        rule = _COMMON.get(call.func.__name__)
        if rule is not None and all(argument.is_Integer for argument in call.args):
            found[call] = sympy.Integer(rule(*call.args))
    return side.xreplace(found)


def _prepared(side: Any, scope: Scope) -> Any:
    if isinstance(side, Alternatives):
        return Alternatives(tuple(_prepared(item, scope) for item in side.items))
    check_cost(side)
    if not isinstance(side, sympy.Expr):
        return side
    side = _common(side)
    side = opaque(scope.expand(side)) if side.has(AppliedUndef) else side
    side = side if indefinite(side) else resolve(side)
    check_cost(side)
    return side
