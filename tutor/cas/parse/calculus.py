"""Fractions and what looks like them, integrals, sums, products and limits."""

from __future__ import annotations

from typing import NamedTuple

import sympy

from tutor.cas.parse import build
from tutor.cas.parse.reader import Reader
from tutor.cas.parse.state import Dependence, OpenIntegral
from tutor.cas.parse.tokens import Kind, Token
from tutor.cas.parse.values import Node

_D = ("d", r"\partial")
_ARROWS = {r"\to": "+-", r"\searrow": "+", r"\downarrow": "+", r"\nearrow": "-", r"\uparrow": "-"}
_MOST_ORDER = 9


def read_fraction(reader: Reader, token: Token) -> Node:
    r"""`\frac{a}{b}`, and derivatives written as `\frac{d}{dx}` or `\frac{dy}{dx}`."""
    if reader.at("{") and reader.peek(1).text in _D and _below_is_differential(reader):
        return _derivative(reader, token)
    upper = reader.argument()
    return build.divide(upper, reader.argument(), token.position)


def _below_is_differential(reader: Reader) -> bool:
    sign = reader.peek(1).text
    below = reader.after_argument(0)
    name = reader.peek(below + 2)
    return (
        reader.peek(below).text == "{"
        and reader.peek(below + 1).text == sign
        and (name.kind is Kind.LETTER or name.text[1:] in reader.scope.greek)
    )


def _derivative(reader: Reader, token: Token) -> Node:
    sign = reader.peek(1).text
    variables = _variables_below(reader, sign, token)
    reader.expect("{")
    reader.take()
    order = _order(reader) if reader.accept("^") else 1
    if order != sum(count for _, count in variables):
        reader.fail("the orders above and below differ", token)
    if reader.accept("}"):
        reader.index += reader.after_argument(0)
        body = _operand(reader, sign, variables, whole=False)
    else:
        body = _operand(reader, sign, variables, whole=True)
        reader.expect("}")
        reader.index += reader.after_argument(0)
    return sympy.Derivative(build.scalar(body, token.position), *variables)


def _order(reader: Reader) -> int:
    braced = reader.accept("{")
    token = reader.take()
    if not token.text.isdigit() or int(token.text) > _MOST_ORDER or int(token.text) < 1:
        reader.fail("the order of a derivative", token)
    if braced:
        reader.expect("}")
    return int(token.text)


def _variables_below(reader: Reader, sign: str, token: Token) -> list[tuple[sympy.Symbol, int]]:
    start = reader.index
    reader.index += reader.after_argument(0)
    reader.expect("{")
    variables = []
    while not reader.at("}"):
        if reader.take().text != sign:
            reader.fail("a derivative whose lower part cannot be read", token)
        name = reader.take()
        if name.kind is not Kind.LETTER and name.text[1:] not in reader.scope.greek:
            reader.fail("a derivative by something that is not a letter", name)
        count = _order(reader) if reader.accept("^") else 1
        variables.append((sympy.Symbol(name.text.removeprefix("\\")), count))
    reader.index = start
    return variables


def _operand(
    reader: Reader, sign: str, variables: list[tuple[sympy.Symbol, int]], *, whole: bool
) -> Node:
    names = tuple(dict.fromkeys(symbol for symbol, _ in variables))
    dependence = Dependence(letters=_dependent(reader, sign, names), variables=names)
    with reader.depending(dependence), reader.bracketed():
        return reader.sum() if whole else reader.product()


def _dependent(reader: Reader, sign: str, names: tuple[sympy.Symbol, ...]) -> frozenset[str] | None:
    """Which letters are functions: all if the variable does not occur, else the usual ones."""
    written = {symbol.name for symbol in names}
    for offset in range(200):
        token = reader.peek(offset)
        if token.kind is Kind.STOP or token.text in ("}", ","):
            break
        if token.text.removeprefix("\\") in written:
            return reader.scope.functions | ({"y"} if sign == "d" else set())
    return None


class _Bounds(NamedTuple):
    lower: Node | None
    upper: Node | None


def _bounds(reader: Reader) -> _Bounds:
    lower: Node | None = None
    upper: Node | None = None
    for _ in range(2):
        if lower is None and reader.accept("_"):
            lower = reader.script()
        elif upper is None and reader.accept("^"):
            upper = reader.script()
    return _Bounds(lower, upper)


def read_integral(reader: Reader, token: Token) -> Node:
    r"""`\int_a^b f \, dx`; the differential may stand in the numerator of a fraction."""
    bounds = _bounds(reader)
    if (bounds.lower is None) != (bounds.upper is None):
        reader.fail("an integral with one bound", token)
    reader.integrals.append(OpenIntegral(level=reader.level))
    try:
        body = sympy.Integer(1) if reader.looks_like_differential() else reader.sum()
        variable = reader.integrals[-1].variable or _closing_differential(reader, token)
    finally:
        reader.integrals.pop()
    if reader.looks_like_differential() and not reader.at_differential():
        reader.fail("more differentials than integrals")
    integrand = build.scalar(_with_inner_integral(reader, body, variable), token.position)
    if bounds.lower is None:
        return sympy.Integral(integrand, variable)
    ends = [build.scalar(end, token.position) for end in bounds]
    return sympy.Integral(integrand, (variable, *ends))


def _with_inner_integral(reader: Reader, body: Node, variable: sympy.Symbol) -> Node:
    r"""`\int_0^1 dx \int_0^x y \, dy`: the inner integral behind the outer differential."""
    if not reader.at(r"\int"):
        if body == 1 and reader.starts_factor():
            reader.fail("what stands behind the differential may belong to the integral")
        return body
    token = reader.take()
    inner = read_integral(reader, token)
    if isinstance(inner, sympy.Integral) and variable in inner.variables:
        reader.fail("two integrals by the same letter", token)
    return build.multiply([body, inner], token.position)


def _closing_differential(reader: Reader, token: Token) -> sympy.Symbol:
    if not reader.looks_like_differential():
        reader.fail("an integral without a differential", token)
    reader.take()
    return sympy.Symbol(reader.take().text.removeprefix("\\"))


def read_sum(reader: Reader, token: Token) -> Node:
    r"""`\sum_{k=1}^n` and `\prod_{k=1}^n` of the factors that follow."""
    upper = reader.script() if reader.accept("^") else None
    reader.expect("_")
    reader.expect("{")
    index = reader.take()
    if index.kind is not Kind.LETTER or not reader.accept("="):
        reader.fail("a sum over something that is not counted", index)
    with reader.bracketed():
        lower = build.scalar(reader.sum(), token.position)
    reader.expect("}")
    if upper is None:
        reader.expect("^")
        upper = reader.script()
    with reader.binding(index.text):
        body = build.scalar(reader.product(), token.position)
    maker = sympy.Sum if token.text == r"\sum" else sympy.Product
    ends = (lower, build.scalar(upper, token.position))
    return maker(body, (sympy.Symbol(index.text), *ends))


def read_limit(reader: Reader, token: Token) -> Node:
    r"""`\lim_{x \to a}`, from a side if `a` carries a sign."""
    reader.expect("_")
    reader.expect("{")
    name = reader.take()
    if name.kind is not Kind.LETTER and name.text[1:] not in reader.scope.greek:
        reader.fail("a limit of something that is not a letter", name)
    if not reader.at(*_ARROWS):
        reader.fail("a limit without an arrow", name)
    side = _ARROWS[reader.take().text]
    with reader.bracketed():
        one_sided = _is_one_sided(reader)
        point = build.scalar(reader.factor() if one_sided else reader.sum(), token.position)
    side = _bare_side(reader) if one_sided else _side_mark(reader) or side
    reader.expect("}")
    variable = sympy.Symbol(name.text.removeprefix("\\"))
    if variable in point.free_symbols:
        reader.fail("a limit at a point that moves", token)
    with reader.binding(variable.name):
        body = build.scalar(reader.product(), token.position)
    return sympy.Limit(body, variable, point, side)


def _is_one_sided(reader: Reader) -> bool:
    """`0+` and `0+0`."""
    texts = [reader.peek(offset).text for offset in range(1, 4)]
    return texts[0] in ("+", "-") and (texts[1] == "}" or texts[1:] == ["0", "}"])


def _bare_side(reader: Reader) -> str:
    side = reader.take().text
    reader.accept_script("0")
    return side


def _side_mark(reader: Reader) -> str:
    if not reader.accept("^"):
        return ""
    braced = reader.accept("{")
    sign = reader.take().text
    if braced:
        reader.expect("}")
    return sign
