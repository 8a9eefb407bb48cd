"""How each kind of node is evaluated: one small builder per SymPy class.

A builder takes the node and returns a closure from the letters' values to a number of the context (`mpmath.mp` for any
precision, `mpmath.fp` for doubles).
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

import sympy
from sympy.functions.special.gamma_functions import gamma

from tutor.cas.numeric_build import Build, NotNumeric, Run, Undefined
from tutor.cas.numeric_discrete import (
    binomial,
    determinant,
    factorial,
    integral,
    pieces,
    remainder,
    rounding,
    series,
)

MAX_LOG_SIZE = 1e6
"""Largest natural logarithm of a power that is still computed."""


def builder_for(node: Any) -> Callable[[Build, Any], Run]:
    """The builder for a node's class.

    Raises:
        NotNumeric: There is none.
    """
    for kind in type(node).__mro__:
        if kind in _BUILDERS:
            return _BUILDERS[kind]
    raise NotNumeric(type(node).__name__)


def _rational(build: Build, node: Any) -> Run:
    context, p, q = build.context, int(node.p), int(node.q)
    if q == 1:
        return lambda _: context.mpf(p)
    return lambda _: context.mpf(p) / q


def _decimal(build: Build, node: Any) -> Run:
    return _rational(build, sympy.Rational(node))


def _constant(build: Build, node: Any) -> Run:
    names = {
        sympy.pi: "pi",
        sympy.E: "e",
        sympy.EulerGamma: "euler",
        sympy.GoldenRatio: "phi",
    }
    if node not in names:
        raise NotNumeric(str(node))
    context, name = build.context, names[node]
    return lambda _: +getattr(context, name)


def _imaginary_unit(build: Build, _: Any) -> Run:
    if build.real:
        raise NotNumeric("imaginary unit")
    context = build.context
    return lambda _: context.mpc(0, 1)


def _letter(_: Build, node: Any) -> Run:
    return lambda values: values[node]


def _sum_of_terms(build: Build, node: Any) -> Run:
    terms = [build(term) for term in node.args]

    def run(values: dict[Any, Any]) -> Any:
        total = terms[0](values)
        for term in terms[1:]:
            total = total + term(values)
        return total

    return run


def _product_of_factors(build: Build, node: Any) -> Run:
    factors = [build(factor) for factor in node.args]

    def run(values: dict[Any, Any]) -> Any:
        total = factors[0](values)
        for factor in factors[1:]:
            total = total * factor(values)
        return total

    return run


def _power(build: Build, node: Any) -> Run:
    base, exact = build(node.base), exact_fraction(node.exp)
    if exact is not None and exact.denominator == 1:
        return _integer_power(base, exact.numerator)
    if exact is not None:
        return _fraction_power(build, base, exact)
    if node.base is sympy.E:
        exponent = build(node.exp)
        return lambda values: _exp(build.context, exponent(values))
    return _general_power(build, base, build(node.exp))


def _integer_power(base: Run, exponent: int) -> Run:
    def run(values: dict[Any, Any]) -> Any:
        value = base(values)
        if value == 0 and exponent <= 0:
            raise Undefined("zero to a power that is not positive")
        return value**exponent

    return run


def _fraction_power(build: Build, base: Run, exponent: Fraction) -> Run:
    context, p, q = build.context, exponent.numerator, exponent.denominator

    def run(values: dict[Any, Any]) -> Any:
        value = base(values)
        negative = _is_negative(context, value)
        if value == 0 and p < 0:
            raise Undefined("zero to a negative power")
        if negative and q % 2 == 0 and build.real:
            raise Undefined("an even root of a negative number")
        if negative and q % 2 == 1:
            if not build.real:
                raise Undefined("an odd root of a negative number has two readings")
            root = -context.power(-value, context.mpf(1) / q)
            return root**p
        if p in (1, -1) and q == 2:
            return context.sqrt(value) ** p
        return context.power(value, context.mpf(p) / q)

    return run


def _general_power(build: Build, base: Run, exponent: Run) -> Run:
    context = build.context

    def run(values: dict[Any, Any]) -> Any:
        value, power = base(values), exponent(values)
        if value == 0:
            if power.real > 0:
                return value
            raise Undefined("zero to a power that is not positive")
        if abs(power) * abs(context.log(abs(value))) > MAX_LOG_SIZE:
            raise Undefined("too large")
        if _is_negative(context, value) and build.real:
            if power != int(power):
                raise Undefined("a negative number to a broken power")
            return value ** int(power)
        return context.power(value, power)

    return run


def _exp(context: Any, value: Any) -> Any:
    if value.real < -MAX_LOG_SIZE:
        return context.mpf(0)
    if abs(value) > MAX_LOG_SIZE:
        raise Undefined("too large")
    return context.exp(value)


def _exponential(build: Build, node: Any) -> Run:
    argument = build(node.args[0])
    return lambda values: _exp(build.context, argument(values))


def _is_negative(context: Any, value: Any) -> bool:
    if isinstance(value, complex | context.mpc):
        return bool(value.imag == 0 and value.real < 0)
    return bool(value < 0)


def exact_fraction(node: Any) -> Fraction | None:
    """The value of a small sum, product or power of whole numbers; `None` for everything else."""
    if node.is_Rational:
        return Fraction(int(node.p), int(node.q))
    if not node.args or len(node.args) > 6:
        return None
    parts = [exact_fraction(part) for part in node.args]
    known = [part for part in parts if part is not None]
    if len(known) < len(parts):
        return None
    if isinstance(node, sympy.Add):
        return sum(known, Fraction(0))
    if isinstance(node, sympy.Mul):
        product = Fraction(1)
        for part in known:
            product *= part
        return product
    if isinstance(node, sympy.Pow) and known[1] == -1 and known[0]:
        return 1 / known[0]
    return None


def _named(name: str) -> Callable[[Build, Any], Run]:
    def builder(build: Build, node: Any) -> Run:
        function, argument = getattr(build.context, name), build(node.args[0])
        return lambda values: function(argument(values))

    return builder


def _logarithm(build: Build, node: Any) -> Run:
    context, argument = build.context, build(node.args[0])
    base = build(node.args[1]) if len(node.args) == 2 else None

    def log(value: Any) -> Any:
        if value == 0 or (build.real and _is_negative(context, value)):
            raise Undefined("the logarithm of a number that is not positive")
        return context.log(value)

    if base is None:
        return lambda values: log(argument(values))
    return lambda values: log(argument(values)) / log(base(values))


def _inverse(name: str) -> Callable[[Build, Any], Run]:
    """Inverse sine and cosine: defined on [-1, 1], where rounding may step over the ends."""

    def builder(build: Build, node: Any) -> Run:
        context, argument = build.context, build(node.args[0])
        function = getattr(context, name)

        def run(values: dict[Any, Any]) -> Any:
            value = argument(values)
            if build.real and abs(value) > 1:
                if abs(value) - 1 > 100 * context.eps:
                    raise Undefined("outside of [-1, 1]")
                value = context.sign(value)
            return function(value)

        return run

    return builder


def _absolute(build: Build, node: Any) -> Run:
    argument = build(node.args[0])
    return lambda values: abs(argument(values))


def _extremum(choose: Callable[[list[Any]], Any]) -> Callable[[Build, Any], Run]:
    def builder(_build: Build, node: Any) -> Run:
        arguments = [_build(argument) for argument in node.args]
        return lambda values: choose([argument(values) for argument in arguments])

    return builder


def _sign(build: Build, node: Any) -> Run:
    context, argument = build.context, build(node.args[0])
    return lambda values: context.sign(argument(values))


_BUILDERS: dict[type, Callable[[Build, Any], Run]] = {
    sympy.Rational: _rational,
    sympy.Float: _decimal,
    sympy.NumberSymbol: _constant,
    type(sympy.I): _imaginary_unit,
    sympy.Symbol: _letter,
    sympy.Add: _sum_of_terms,
    sympy.Mul: _product_of_factors,
    sympy.Pow: _power,
    sympy.log: _logarithm,
    sympy.asin: _inverse("asin"),
    sympy.acos: _inverse("acos"),
    sympy.Abs: _absolute,
    sympy.sign: _sign,
    sympy.floor: rounding("floor"),
    sympy.ceiling: rounding("ceil"),
    sympy.Max: _extremum(max),
    sympy.Min: _extremum(min),
    sympy.factorial: factorial,
    sympy.binomial: binomial,
    sympy.Mod: remainder,
    sympy.Integral: integral,
    sympy.Sum: series(lambda total, term: total + term, 0),
    sympy.Product: series(lambda total, term: total * term, 1),
    sympy.Determinant: determinant,
    sympy.Piecewise: pieces,
    gamma: _named("gamma"),
    sympy.exp: _exponential,
    sympy.conjugate: _named("conj"),
    sympy.re: _named("re"),
    sympy.im: _named("im"),
    sympy.arg: _named("arg"),
    **{
        getattr(sympy, name): _named(name)
        for name in (
            *("sin", "cos", "tan", "cot", "sec", "csc", "atan", "acot", "asec", "acsc"),
            *("sinh", "cosh", "tanh", "coth", "asinh", "acosh", "atanh"),
        )
    },
}
