"""How counting, summing, integrating and cases are evaluated: builders as in `numeric_rules`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import sympy

from tutor.cas.numeric_build import Build, NotNumeric, Run, Undefined

MAX_TERMS = 10_000


def rounding(name: str) -> Callable[[Build, Any], Run]:
    """Floor and ceiling, named as in the context."""

    def builder(build: Build, node: Any) -> Run:
        context, argument = build.context, build(node.args[0])
        function = getattr(context, name)

        def run(values: dict[Any, Any]) -> Any:
            value = argument(values)
            nearest = context.floor(value + 0.5)
            if value != nearest and abs(value - nearest) < 1e-12:
                raise Undefined("too near to a jump")
            return function(value)

        return run

    return builder


def _whole(value: Any) -> int:
    """A value that must be a whole number."""
    nearest = round(float(value.real))
    if abs(value - nearest) > 1e-12:
        raise Undefined("not a whole number")
    return nearest


def factorial(build: Build, node: Any) -> Run:
    """A factorial of a whole number."""
    context, argument = build.context, build(node.args[0])

    def run(values: dict[Any, Any]) -> Any:
        number = _whole(argument(values))
        if not 0 <= number <= MAX_TERMS:
            raise Undefined("a factorial outside of the whole numbers")
        return context.mpf(context.factorial(number))

    return run


def binomial(build: Build, node: Any) -> Run:
    """A binomial coefficient with a whole lower number."""
    context, top, bottom = build.context, build(node.args[0]), build(node.args[1])

    def run(values: dict[Any, Any]) -> Any:
        n, k = top(values), _whole(bottom(values))
        if not 0 <= k <= 500:
            raise Undefined("a binomial outside of the whole numbers")
        total = context.mpf(1)
        for j in range(k):
            total = total * (n - j) / (j + 1)
        return total

    return run


def remainder(build: Build, node: Any) -> Run:
    """A remainder of whole numbers."""
    top, bottom = build(node.args[0]), build(node.args[1])
    context = build.context
    return lambda values: context.mpf(_whole(top(values)) % _whole(bottom(values)))


def integral(build: Build, node: Any) -> Run:
    """A definite integral, by quadrature."""
    if any(len(limits) != 3 for limits in node.limits):
        raise NotNumeric("indefinite integral")
    run = build(node.function)
    for variable, low, high in node.limits:
        run = _quadrature(build, run, variable, (_end(build, low), _end(build, high)))
    return run


def _end(build: Build, node: Any) -> Run:
    context = build.context
    if node in (sympy.oo, -sympy.oo):
        return lambda _: context.inf if node is sympy.oo else -context.inf
    return build(node)


def _quadrature(build: Build, inner: Run, variable: Any, ends: tuple[Run, Run]) -> Run:
    context = build.context

    def run(values: dict[Any, Any]) -> Any:
        low, high = ends[0](values), ends[1](values)
        result, error = context.quad(
            lambda t: inner({**values, variable: t}), [low, high], error=True
        )
        if error > 1e-9 * (1 + abs(result)):
            raise Undefined("the integral did not settle")
        return result

    return run


def series(combine: Callable[[Any, Any], Any], start: int) -> Callable[[Build, Any], Run]:
    """A finite sum or product, term by term."""

    def builder(build: Build, node: Any) -> Run:
        if len(node.limits) != 1 or len(node.limits[0]) != 3:
            raise NotNumeric("several indices")
        variable, low, high = node.limits[0]
        if sympy.oo in (high, -low):
            raise NotNumeric("infinite range")
        context, inner, first, last = build.context, build(node.function), build(low), build(high)

        def run(values: dict[Any, Any]) -> Any:
            begin, end = _whole(first(values)), _whole(last(values))
            if end - begin > MAX_TERMS or end < begin - 1:
                raise Undefined("a range that cannot be run through")
            total = context.mpf(start)
            for index in range(begin, end + 1):
                total = combine(total, inner({**values, variable: context.mpf(index)}))
            return total

        return run

    return builder


def determinant(build: Build, node: Any) -> Run:
    """A determinant of an explicit matrix."""
    return build(node.arg.as_explicit().det())


def pieces(build: Build, node: Any) -> Run:
    """A function defined piece by piece."""
    cases = [(build(value), _condition(build, test)) for value, test in node.args]

    def run(values: dict[Any, Any]) -> Any:
        for value, test in cases:
            if test(values):
                return value(values)
        raise Undefined("no piece applies")

    return run


def _condition(build: Build, test: Any) -> Run:
    if test in (sympy.true, sympy.false):
        return lambda _: test is sympy.true
    if isinstance(test, sympy.And | sympy.Or):
        parts = [_condition(build, part) for part in test.args]
        every = all if isinstance(test, sympy.And) else any
        return lambda values: every(part(values) for part in parts)
    order = _ORDERS.get(type(test))
    if order is None:
        raise NotNumeric("a condition")
    left, right = build(test.args[0]), build(test.args[1])
    return lambda values: order(left(values), right(values))


_ORDERS: dict[type, Callable[[Any, Any], bool]] = {
    sympy.StrictLessThan: lambda a, b: a < b,
    sympy.LessThan: lambda a, b: a <= b,
    sympy.StrictGreaterThan: lambda a, b: a > b,
    sympy.GreaterThan: lambda a, b: a >= b,
    sympy.Equality: lambda a, b: a == b,
    sympy.Unequality: lambda a, b: a != b,
}
