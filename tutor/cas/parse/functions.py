"""Named functions, fractions and roots."""

from __future__ import annotations

import sympy

from tutor.cas.parse import build
from tutor.cas.parse.reader import Reader
from tutor.cas.parse.tables import FUNCTIONS, INVERSES, LOGARITHMS
from tutor.cas.parse.tokens import Kind, Token
from tutor.cas.parse.values import Node

_NAMED = frozenset("\\" + name for name in (*FUNCTIONS, *LOGARITHMS, "exp"))


def read_function(reader: Reader, token: Token) -> Node:
    r"""`\sin x`, `\sin^2 x`, `\sin^{-1} x`."""
    name = token.text[1:]
    exponent = reader.script() if reader.accept("^") else None
    argument = bare_argument(reader)
    if exponent == build.MINUS_ONE:
        if name not in INVERSES:
            reader.fail("an inverse that has no name", token)
        return build.apply(INVERSES[name], argument, token.position)
    node = build.apply(FUNCTIONS[name], argument, token.position)
    return node if exponent is None else build.power(node, exponent, token.position)


def read_logarithm(reader: Reader, token: Token) -> Node:
    r"""`\ln`, `\lg` and `\log`; without a base, `\log` is to the base ten."""
    base: Node | None = None if token.text == r"\ln" else sympy.Integer(10)
    exponent = None
    while reader.at("_", "^"):
        if reader.take().text == "_":
            base = reader.script()
        else:
            exponent = reader.script()
    is_bracketed = reader.at("(", "[")
    node = build.logarithm(bare_argument(reader), base, token.position)
    if is_bracketed and reader.at("(", "["):
        reader.fail("where the argument of the logarithm ends is not clear")
    return node if exponent is None else build.power(node, exponent, token.position)


def read_exponential(reader: Reader, token: Token) -> Node:
    r"""`\exp(x)`."""
    return build.apply(sympy.exp, bare_argument(reader), token.position)


def bare_argument(reader: Reader) -> Node:
    """The argument of a named function: brackets, or factors up to the next sign."""
    with reader.deeper():
        position = reader.peek().position
        if reader.accept("-"):
            return build.negate(bare_argument(reader), position)
        if reader.at("(", "[", "|", "|(", r"\lfloor", *_NAMED):
            return _bracketed_argument(reader) if reader.at("(", "[") else reader.factor()
        return _bare_product(reader)


def _bracketed_argument(reader: Reader) -> Node:
    node = reader.atom()
    if reader.at("^"):
        reader.fail("whether the function or its argument is raised is not clear")
    return node


def _bare_product(reader: Reader) -> Node:
    start = reader.peek()
    if start.text == "{" and reader.peek(reader.after_argument(0)).text == "^":
        reader.fail("whether the function or its argument is raised is not clear", start)
    factors: list[Node] = []
    while _continues(reader):
        if factors:
            _refuse_unclear_end(reader, factors, start)
        factors.append(reader.factor())
    if not factors:
        reader.fail("a function without an argument", start)
    if reader.at("(", "[", "/", r"\div"):
        _refuse_unless_product(reader, factors)
    return build.multiply(factors, start.position)


def _continues(reader: Reader) -> bool:
    if not reader.starts_factor() or reader.at_differential():
        return False
    return not reader.at(
        "(", "[", "|", "|(", r"\exp", r"\int", r"\sum", r"\prod", r"\lim", r"\{", *_NAMED
    )


def _refuse_unclear_end(reader: Reader, factors: list[Node], start: Token) -> None:
    if all(isinstance(factor, sympy.Expr) and factor.is_number for factor in factors):
        return
    token = reader.peek()
    if token.kind is Kind.LETTER and token.text != "e":
        return
    if token.text == r"\pi" or token.text[1:] in reader.scope.greek:
        return
    reader.fail("where the argument of the function ends is not clear", start)


def _refuse_unless_product(reader: Reader, factors: list[Node]) -> None:
    token = reader.peek()
    if token.text in ("(", "[") and len(factors) == 1 and isinstance(factors[0], sympy.Symbol):
        for offset in range(1, 60):
            inside = reader.peek(offset).text
            if inside in (")", "]"):
                break
            if inside in _NAMED:
                return
    reader.fail("where the argument of the function ends is not clear")


def read_root(reader: Reader, token: Token) -> Node:
    r"""`\sqrt{a}` and `\sqrt[n]{a}`."""
    degree: Node = sympy.Integer(2)
    if reader.accept("["):
        with reader.bracketed():
            degree = reader.sum()
        reader.expect("]")
    inside = _radicand(reader)
    exponent = build.divide(sympy.Integer(1), degree, token.position)
    return build.power(inside, exponent, token.position)


def _radicand(reader: Reader) -> Node:
    token = reader.peek()
    if token.text == "(":
        return reader.atom()
    if token.kind is Kind.NUMBER and len(token.text) > 1:
        reader.fail("several digits without braces under the root")
    return reader.argument()


def read_plain_root(reader: Reader, token: Token) -> Node:
    """`√2`, `√12` or `√(x+1)`, where whole numbers are taken together."""
    following = reader.peek()
    if following.kind not in (Kind.NUMBER, Kind.LETTER) and following.text not in ("(", "{"):
        reader.fail("a root of nothing", token)
    inside = reader.atom()
    bare = following.kind in (Kind.NUMBER, Kind.LETTER)
    if bare and reader.peek().kind is Kind.LETTER:
        reader.fail("how far the root reaches is not clear")
    return build.power(inside, sympy.Rational(1, 2), token.position)


def read_binomial(reader: Reader, token: Token) -> Node:
    r"""`\binom{n}{k}`."""
    upper = reader.argument()
    return reader.binomial(upper, reader.argument(), token.position)


def read_rounded(reader: Reader, token: Token) -> Node:
    r"""`\lfloor x \rfloor` and `\lceil x \rceil`."""
    with reader.bracketed():
        node = reader.sum()
    reader.expect("\\r" + token.text[2:])
    function = sympy.floor if token.text == r"\lfloor" else sympy.ceiling
    return build.apply(function, node, token.position)


def read_several(reader: Reader, token: Token) -> Node:
    r"""`\max(a, b)`, `\min`, and `\gcd`, `\lcm` as functions without a value."""
    reader.expect("(" if reader.at("(") else r"\{")
    with reader.bracketed():
        arguments = [build.scalar(reader.sum(), token.position)]
        while reader.accept(","):
            arguments.append(build.scalar(reader.sum(), token.position))
    if not reader.accept(")", r"\}"):
        reader.fail("a bracket is not closed", token)
    if token.text in (r"\max", r"\min"):
        maker = sympy.Max if token.text == r"\max" else sympy.Min
        return maker(*arguments, evaluate=False)
    return sympy.Function(token.text[1:])(*arguments)


def read_determinant(reader: Reader, token: Token) -> Node:
    r"""`\det` of a matrix that is written out."""
    node = reader.factor()
    if not build.is_matrix(node):
        reader.fail("the determinant of something that is not a matrix", token)
    return sympy.Determinant(node)
