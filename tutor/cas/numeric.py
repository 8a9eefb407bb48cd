"""Values of formulas to any precision, in the reals as school means them.

A SymPy tree is compiled once into closures over mpmath and then evaluated at many points and precisions. Nothing is
simplified on the way, so what is measured is what was written. In the real domain an odd root of a negative number
is negative, an even one has no value.
"""

from __future__ import annotations

import enum
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import mpmath
import sympy

from tutor.cas.numeric_build import Build, NotNumeric, Undefined
from tutor.cas.numeric_rules import builder_for

Point = Mapping[Any, Any]
"""Values of letters: SymPy rationals, or mpmath numbers known to more digits than are asked for."""

LADDER = (30, 60, 120)
"""Digits at which a difference is measured; the next rung is used when two do not decide."""
MAX_LENGTH = 5000
"""Most digits a number may have to be compared digit by digit."""
MAX_INEXACT = 140
"""Most digits that numbers of a point which are not exact can be trusted to."""
NUMERIC_ERRORS = (
    ArithmeticError,
    ValueError,
    TypeError,
    KeyError,
    mpmath.libmp.NoConvergence,
    RecursionError,
)


class Domain(enum.Enum):
    """Where values live."""

    REAL = "real"
    COMPLEX = "complex"


class Gap(enum.Enum):
    """How two values compare."""

    EQUAL = "equal"
    DIFFERENT = "different"
    UNCLEAR = "unclear"
    """Without a value, or not settled at the highest precision."""


@dataclass(frozen=True, slots=True)
class Compiled:
    """A formula that can be evaluated.

    Attributes:
        run: Takes the letters' values as numbers of the context, returns the value.
        letters: The free letters.
        digits: Digits of the longest number that is written in it.
    """

    run: Callable[[dict[Any, Any]], Any]
    letters: frozenset[Any]
    digits: int

    def at(self, point: Point, digits: int) -> Any:
        """The value at a point.

        Raises:
            Undefined: There is none.
        """
        with mpmath.mp.workdps(digits + 5):
            values = {letter: _number(value) for letter, value in point.items()}
            return _settled(self.run, values)

    def quick(self, letter: Any, value: float) -> float:
        """The value in double precision as a function of one letter; NaN where there is none.

        Only for formulas compiled for doubles.
        """
        try:
            result = self.run({letter: value})
        except (*NUMERIC_ERRORS, Undefined):
            return float("nan")
        return float(result) if isinstance(result, int | float) else float("nan")


def compile_node(node: Any, domain: Domain = Domain.REAL, *, doubles: bool = False) -> Compiled:
    """Make a formula ready for evaluation.

    Raises:
        NotNumeric: It holds something without a numeric value: an undefined function, a limit, a set.
    """
    context = mpmath.fp if doubles else mpmath.mp
    build = Build(context=context, real=domain is Domain.REAL, rule=builder_for)
    return Compiled(build(node), frozenset(node.free_symbols), _longest_number(node))


def compare(left: Compiled, right: Compiled, point: Point) -> Gap:
    """Compare two values at a point.

    The difference is measured at rising precision: one that shrinks with the precision is zero, one that stays is not.
    """
    extra = max(left.digits, right.digits)
    is_exact = all(isinstance(value, sympy.Basic) for value in point.values())
    before = None
    for digits in LADDER:
        if not is_exact and digits + extra > MAX_INEXACT:
            return Gap.UNCLEAR
        try:
            now = _difference(left, right, point, digits + extra)
        except Undefined:
            return Gap.UNCLEAR
        if before is not None:
            gap = _settle(before, now)
            if gap is Gap.EQUAL and is_exact:
                return _confirmed(left, right, point, digits + extra)
            if gap is not Gap.UNCLEAR:
                return gap
        before = now
    return Gap.UNCLEAR


def _confirmed(left: Compiled, right: Compiled, point: Point, digits: int) -> Gap:
    """Equal to so many digits; for whole numbers that are longer, look at all of their digits."""
    length = int(mpmath.log10(abs(left.at(point, 15)) + 1))
    if length < digits - 5:
        return Gap.EQUAL
    if length > MAX_LENGTH:
        return Gap.UNCLEAR
    gaps = (_difference(left, right, point, length + more) for more in LADDER[:2])
    return _settle(*gaps)


def value_of(node: Any, point: Point | None = None, digits: int = 20) -> Any:
    """The value of a formula in the reals, else in the complex plane.

    Raises:
        Undefined: There is none.
        NotNumeric: The formula has no numeric meaning.
    """
    try:
        return compile_node(node).at(point or {}, digits)
    except (Undefined, NotNumeric):
        return compile_node(node, Domain.COMPLEX).at(point or {}, digits)


def _difference(left: Compiled, right: Compiled, point: Point, digits: int) -> Any:
    a, b = left.at(point, digits), right.at(point, digits)
    with mpmath.mp.workdps(digits + 5):
        return abs(a - b)


def _settle(before: Any, now: Any) -> Gap:
    if now == 0 and before == 0:
        return Gap.EQUAL
    if now <= before * mpmath.mpf(10) ** -20:
        return Gap.EQUAL
    if abs(before - now) <= now * mpmath.mpf(10) ** -8:
        return Gap.DIFFERENT
    return Gap.UNCLEAR


def _settled(run: Callable[[dict[Any, Any]], Any], values: dict[Any, Any]) -> Any:
    try:
        result = +run(values)
    except NUMERIC_ERRORS as error:
        raise Undefined(str(error)) from error
    if not mpmath.isfinite(result):
        raise Undefined("infinite")
    return result


def _number(value: Any) -> Any:
    if isinstance(value, sympy.Rational):
        return mpmath.mpf(int(value.p)) / int(value.q)
    return +value  # rounded, so that the error of a root shrinks and grows with the precision


def _longest_number(node: Any) -> int:
    numbers = node.atoms(sympy.Rational)
    sizes = (max(abs(int(n.p)), int(n.q)).bit_length() for n in numbers)
    return int(max(sizes, default=0) * 0.302)
