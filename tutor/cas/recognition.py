"""Exact forms of numbers that are known to many digits: fractions, multiples of pi, quadratic surds."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import mpmath
import sympy

_TOLERANCE = mpmath.mpf(10) ** -30
MAX_DENOMINATOR = 360
MAX_COEFFICIENT = 400


def recognize(value: Any) -> Any | None:
    """The simple exact number that `value` is, as SymPy; `None` if it is none.

    Args:
        value: A real number known to at least 40 digits.
    """
    with mpmath.mp.workdps(45):
        for unit in (sympy.Integer(1), sympy.pi):
            fraction = _fraction(value / (mpmath.pi if unit is sympy.pi else 1))
            if fraction is not None:
                return fraction * unit
        return _surd(value)


def _fraction(value: Any) -> Any | None:
    if abs(value) > 10**6:
        return None
    scaled = Fraction(int(mpmath.nint(value * 10**30)), 10**30)
    near = scaled.limit_denominator(MAX_DENOMINATOR)
    exact = mpmath.mpf(near.numerator) / near.denominator
    if abs(value - exact) > _TOLERANCE * (1 + abs(value)):
        return None
    return sympy.Rational(near.numerator, near.denominator)


def _surd(value: Any) -> Any | None:
    """A root of a quadratic with small whole coefficients."""
    relation = mpmath.pslq([value * value, value, 1], maxcoeff=MAX_COEFFICIENT, maxsteps=2000)
    if relation is None or relation[0] == 0:
        return None
    a, b, c = (sympy.Integer(number) for number in relation)
    root = sympy.sqrt(b**2 - 4 * a * c)
    for candidate in ((-b + root) / (2 * a), (-b - root) / (2 * a)):
        if abs(mpmath.mpf(sympy.N(candidate, 40)) - value) < _TOLERANCE * (1 + abs(value)):
            return sympy.expand(candidate)
    return None
