"""Signs that stand behind a part: factorial, percent, degrees, primes, evaluation bars."""

from __future__ import annotations

import sympy

from tutor.cas.parse import build
from tutor.cas.parse.applied import take_primes
from tutor.cas.parse.reader import Reader
from tutor.cas.parse.tokens import Kind, Token
from tutor.cas.parse.values import Node


def mark_factorial(reader: Reader, node: Node, token: Token) -> Node:
    """`n!`."""
    if reader.behind_exponent():
        reader.fail("a factorial behind an exponent")
    reader.take()
    if reader.at("!"):
        reader.fail("a double factorial")
    return build.apply(sympy.factorial, node, token.position)


def mark_percent(reader: Reader, node: Node, token: Token) -> Node:
    """`25%`."""
    reader.take()
    return build.multiply([node, sympy.Rational(1, 100)], token.position)


def mark_degrees(reader: Reader, node: Node, token: Token) -> Node:
    """`30°` and `12° 30' 15''`, in radians."""
    after = reader.peek()
    if after.kind is Kind.LETTER and after.text in ("C", "F"):
        reader.fail("a temperature")
    if isinstance(node, sympy.Rational):
        node = node + _smaller_part(reader, 1, 60) + _smaller_part(reader, 2, 3600)
    return build.multiply([node, sympy.pi, sympy.Rational(1, 180)], token.position)


def _smaller_part(reader: Reader, primes: int, share: int) -> sympy.Expr:
    start = reader.index
    number = reader.take()
    if number.kind is Kind.NUMBER and take_primes(reader) == primes:
        return sympy.Rational(number.text) / share
    reader.index = start
    return sympy.Integer(0)


def mark_prime(reader: Reader, node: Node, token: Token) -> Node:
    """`(x^2)'`: the derivative of an expression with one letter, or with `x` in it."""
    order = take_primes(reader)
    if order is None or not reader.behind_bracket():
        reader.fail("a prime behind something that is not a function", token)
    body = build.scalar(node, token.position)
    letters = {symbol.name: symbol for symbol in body.free_symbols}
    variable = letters.get("x") or (next(iter(letters.values())) if len(letters) == 1 else None)
    if variable is None or "y" in letters.keys() - {variable.name}:
        reader.fail("the derivative by which letter is not said", token)
    return sympy.Derivative(body, (variable, order))


def mark_evaluated(reader: Reader, node: Node, token: Token) -> Node:
    """`F|_a^b` and `F|_{x=1}`, with the bar already taken."""
    body = build.scalar(node, token.position)
    reader.expect("_")
    if reader.at("{") and reader.peek(2).text == "=":
        return _at_values(reader, body)
    lower = build.scalar(reader.script(), token.position)
    reader.expect("^")
    upper = build.scalar(reader.script(), token.position)
    if len(body.free_symbols) != 1:
        reader.fail("between the bounds of which letter is not said", token)
    variable = next(iter(body.free_symbols))
    ends = [sympy.Subs(body, variable, end) for end in (upper, lower)]
    return build.add([ends[0], build.negate(ends[1], token.position)], token.position)


def _at_values(reader: Reader, body: sympy.Expr) -> Node:
    reader.expect("{")
    names, values = [], []
    while True:
        name = reader.take()
        if name.kind is not Kind.LETTER and name.text[1:] not in reader.scope.greek:
            reader.fail("a letter is needed here", name)
        names.append(sympy.Symbol(name.text.removeprefix("\\")))
        reader.expect("=")
        values.append(build.scalar(reader.sum(), reader.peek().position))
        if not reader.accept(","):
            break
    reader.expect("}")
    if len(set(names)) != len(names):
        reader.fail("a letter with two values")
    return sympy.Subs(body, tuple(names), tuple(values))
