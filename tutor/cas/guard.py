"""What a formula would cost, estimated on the unevaluated tree before anything computes with it.

Towers of powers, factorials, binomials, long ranges and big determinants are refused in microseconds; what passes
may still be slow, so the deadline of the worker stays necessary.
"""

from __future__ import annotations

import math
from typing import Any

import sympy
from sympy.matrices.expressions.determinant import Determinant

MAX_NODES = 3000
MAX_DIGITS = 4000.0
"""Most decimal digits a number may have."""
MAX_FACTORIAL = 3.2
"""Power of ten of the largest number whose factorial is taken."""
MAX_ARGUMENT = 30.0
"""Power of ten of the largest argument of a periodic function."""
MAX_TERMS = 10_000
MAX_MATRIX = 8
MAX_SYMBOLIC_DETERMINANT = 4
LETTER = 1.5
"""Power of ten that a letter is taken to stay under where it is replaced by a number."""


class TooCostly(Exception):
    """Computing with the formula could take for ever, or all of the memory."""


def check_cost(node: Any) -> None:
    """Refuse a formula that is too costly to compute with.

    Args:
        node: An unevaluated SymPy tree.

    Raises:
        TooCostly: It is.
    """
    for count, part in enumerate(sympy.preorder_traversal(node)):
        if count > MAX_NODES:
            raise TooCostly("nodes")
        _check_shape(part)
    if isinstance(node, sympy.Expr):
        _magnitude(node)
    else:
        for part in getattr(node, "args", ()):
            check_cost(part)


def _check_shape(node: Any) -> None:
    if isinstance(node, sympy.Sum | sympy.Product):
        for limits in node.limits:
            _check_range(limits)
    elif isinstance(node, sympy.MatrixBase) and max(node.shape) > MAX_MATRIX:
        raise TooCostly("matrix")
    elif isinstance(node, Determinant) and node.free_symbols:
        rows = node.arg.shape[0]
        if not rows.is_Integer or rows > MAX_SYMBOLIC_DETERMINANT:
            raise TooCostly("determinant")


def _check_range(limits: Any) -> None:
    ends = limits[1:]
    if len(ends) == 2 and all(end.is_Number and end.is_finite for end in ends):
        if abs(ends[1] - ends[0]) > MAX_TERMS:
            raise TooCostly("range")
    elif any(end.is_number and end.is_finite and _magnitude(end) > 4 for end in ends):
        raise TooCostly("range")


def _magnitude(node: Any) -> float:
    """Power of ten that bounds the absolute value of `node`."""
    if node.is_Number:
        return _number(node)
    if not node.args or not isinstance(node, sympy.Expr):
        return LETTER if isinstance(node, sympy.Symbol) else 1.0
    parts = [_magnitude(part) for part in node.args if isinstance(part, sympy.Expr)]
    if isinstance(node, sympy.Add):
        return max(parts) + math.log10(len(parts))
    if isinstance(node, sympy.Mul):
        return _bounded(sum(parts))
    if isinstance(node, sympy.Pow):
        return _power(node, *parts)
    return _function(node, parts)


def _number(node: Any) -> float:
    if not node.is_finite:
        return 1.0
    if node.is_Integer:
        return max(0.0, abs(int(node)).bit_length() * 0.30103)
    if node.is_Rational:
        return max(0.0, (abs(int(node.p)).bit_length() - int(node.q).bit_length() + 1) * 0.30103)
    return max(0.0, math.log10(abs(float(node)) + 1))


def _power(node: Any, base: float, exponent: float) -> float:
    if exponent > 6:
        raise TooCostly("exponent")
    if node.exp.is_Rational and node.exp < 0 and base <= 0.31:
        return LETTER
    exponent_size = abs(float(node.exp)) if node.exp.is_Rational else float(10**exponent)
    if node.base.is_number and node.exp.is_number:
        return _bounded(max(base, 0.31) * exponent_size)
    return max(base, 1.0) * min(exponent_size, 300.0)


def _function(node: Any, parts: list[float]) -> float:
    argument = max(parts, default=0.0)
    if isinstance(node, sympy.factorial | sympy.factorial2 | sympy.binomial | sympy.gamma):
        if node.is_number and argument > MAX_FACTORIAL:
            raise TooCostly("factorial")
        return _bounded(min(10**argument, 2000.0) * max(argument, 0.5))
    if isinstance(node, sympy.exp | sympy.sinh | sympy.cosh):
        if node.is_number and argument > 5:
            raise TooCostly("exponential")
        return float(min(10**argument, 2000.0))
    if isinstance(node, sympy.sin | sympy.cos | sympy.tan | sympy.cot) and argument > MAX_ARGUMENT:
        raise TooCostly("argument")
    return argument


def _bounded(digits: float) -> float:
    if digits > MAX_DIGITS:
        raise TooCostly("digits")
    return digits
