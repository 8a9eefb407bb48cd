"""Derivatives, limits and infinite sums worked out, and antiderivatives compared by differentiating them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import mpmath
import sympy

from tutor.cas.numeric import NUMERIC_ERRORS, compile_node
from tutor.cas.numeric_build import NotNumeric
from tutor.cas.solving import Equation

SYMBOLIC_ERRORS = (
    NotImplementedError,
    AttributeError,
    IndexError,
    NotNumeric,
    sympy.polys.polyerrors.BasePolynomialError,
    *NUMERIC_ERRORS,
)
"""What SymPy raises where it cannot do something."""


class Unresolved(Exception):
    """A derivative, limit, sum or integral could not be worked out."""


def resolve(node: Any) -> Any:
    """`node` with its derivatives, limits and infinite sums worked out.

    Raises:
        Unresolved: One of them has no known value.
    """
    try:
        if node.has(sympy.Derivative, sympy.Subs):
            node = _with_real_letters(node, _differentiated)
        if node.has(sympy.Limit):
            node = node.xreplace({part: _limit(part) for part in node.atoms(sympy.Limit)})
        if node.has(sympy.Sum, sympy.Product):
            endless = [p for p in node.atoms(sympy.Sum, sympy.Product) if _is_endless(p)]
            node = node.xreplace({part: _summed(part) for part in endless})
    except SYMBOLIC_ERRORS as error:
        raise Unresolved(str(error)) from error
    return node


def differentiate(node: Any, variable: Any) -> Any:
    """The derivative of `node`, its letters taken as real."""
    return _with_real_letters(node, lambda n: n.diff(sympy.Symbol(variable.name, real=True)))


def indefinite(node: Any) -> list[Any]:
    """The indefinite integrals in `node`."""
    return [i for i in node.atoms(sympy.Integral) if any(len(limits) == 1 for limits in i.limits)]


def rates(left: Any, right: Any, equations: Iterable[Equation]) -> tuple[Any, Any] | None:
    """Two sides that hold indefinite integrals, both differentiated; `None` where that says nothing.

    A substitution `u = g(x)` among the equations is followed; beside an integral over `u` an `x` says nothing.
    """
    equations = tuple(equations)
    integrals = indefinite(left) + indefinite(right)
    if any(len(i.limits) != 1 for i in integrals):
        return None
    variables = [i.limits[0][0] for i in integrals]
    replaced = _substitutions(equations)
    if len(set(variables)) == 1:
        if _depends_on(variables[0], equations) & (left.free_symbols | right.free_symbols):
            return None
        replaced.pop(variables[0], None)
    base = next((v for v in variables if v not in replaced), None)
    if base is None or any(v != base and base not in _reach(v, replaced) for v in variables):
        return None
    one_sided = left.free_symbols ^ right.free_symbols
    if any(v not in (base, *variables, *replaced) and not _is_constant(v) for v in one_sided):
        return None  # its rate is not known: `v` beside `u`, which may both depend on an `x`
    return _rate(left, base, replaced), _rate(right, base, replaced)


def _is_constant(letter: Any) -> bool:
    """Whether a letter is named as constants of integration are."""
    return bool(letter.name[:1] in "CKck")


def _depends_on(variable: Any, equations: Iterable[Equation]) -> set[Any]:
    """The letters that equations give a letter of integration by."""
    giving = [e.letters for e in equations if variable in (e.left, e.right)]
    return set().union(*giving) - {variable}


def _reach(variable: Any, replaced: dict[Any, Any]) -> set[Any]:
    return set(replaced[variable].free_symbols) if variable in replaced else set()


def _substitutions(equations: Iterable[Equation]) -> dict[Any, Any]:
    return {
        e.left: e.right
        for e in equations
        if isinstance(e.left, sympy.Symbol)
        and len(e.right.free_symbols) == 1
        and e.left not in e.right.free_symbols
    }


def _rate(side: Any, base: Any, replaced: dict[Any, Any]) -> Any:
    """The derivative of a side; an indefinite integral's is its integrand."""
    names = {}
    for number, integral in enumerate(sorted(indefinite(side), key=str)):
        variable = integral.limits[0][0]
        inner = replaced.get(variable, variable)
        integrand = integral.function.xreplace({variable: inner}) * inner.diff(base)
        names[integral] = sympy.Function(f"integral{number}")(base), integrand
    side = side.xreplace({integral: name for integral, (name, _) in names.items()})
    side = side.xreplace(
        {u: g for u, g in replaced.items() if base in g.free_symbols and u != base}
    )
    rate = differentiate(side, base)
    return rate.xreplace({sympy.Derivative(name, base): f for name, f in names.values()})


def _with_real_letters(node: Any, work: Callable[[Any], Any]) -> Any:
    """Do something to `node` with real letters, so that `|x|` has its school derivative."""
    real = {letter: sympy.Symbol(letter.name, real=True) for letter in node.atoms(sympy.Symbol)}
    back = {new: old for old, new in real.items()}
    return work(node.xreplace(real)).xreplace(back)


def _differentiated(node: Any) -> Any:
    parts = node.atoms(sympy.Derivative, sympy.Subs)
    outer = [p for p in parts if not any(p is not q and q.has(p) for q in parts)]
    return node.xreplace({part: part.doit(integrals=False) for part in outer})


def _limit(node: Any) -> Any:
    """A limit, confirmed by values near the point."""
    function, variable = node.args[:2]
    value = node.doit()
    if value.has(sympy.Limit, sympy.AccumBounds, sympy.nan, sympy.zoo):
        raise Unresolved("limit")
    if function.free_symbols <= {variable} and not _is_approached(node, value):
        raise Unresolved("limit")
    return value


def _is_approached(node: Any, value: Any) -> bool:
    """Whether the function's values come nearer to `value` as its letter goes to the limit's point."""
    function, variable, target, direction = node.args
    compiled = compile_node(function)
    sides = {"+": (1,), "-": (-1,), "+-": (1, -1)}[str(direction)]
    for side in (1,) if target.is_infinite else sides:
        near = [compiled.at({variable: _near(target, side, size)}, 60) for size in (2, 4, 6)]
        if value.is_infinite:
            sign = 1 if value is sympy.oo else -1
            if not sign * near[0] < sign * near[1] < sign * near[2]:
                return False
        else:
            exact = mpmath.mpf(sympy.N(value, 40))
            gaps = [abs(y - exact) for y in near]
            if gaps[2] > gaps[0] or gaps[2] > 0.2 * (1 + abs(exact)):
                return False
    return True


def _near(target: Any, side: int, size: int) -> Any:
    if target.is_infinite:
        return sympy.Integer(10) ** size * (1 if target is sympy.oo else -1)
    with mpmath.mp.workdps(80):
        return mpmath.mpf(sympy.N(target, 80)) + side * mpmath.mpf(10) ** -size


def _is_endless(node: Any) -> bool:
    return isinstance(node, sympy.Sum | sympy.Product) and any(
        end.is_finite is False for limits in node.limits for end in limits[1:]
    )


def _summed(node: Any) -> Any:
    value = node.doit()
    if value.has(sympy.Sum, sympy.Product, sympy.nan, sympy.zoo, sympy.Piecewise):
        raise Unresolved("sum")
    return value
