"""Finite sets, sets of numbers, and sets given by an inequality."""

from __future__ import annotations

import sympy

from tutor.cas.parse import build
from tutor.cas.parse.conditions import read_chain
from tutor.cas.parse.reader import Reader
from tutor.cas.parse.tables import SETS
from tutor.cas.parse.tokens import Kind, Token
from tutor.cas.parse.values import Alternatives, Node

_SUCH_THAT = (r"\mid", "|", ":")
_POSITIVE = {"Z": sympy.Naturals, "N": sympy.Naturals}


def read_number_set(reader: Reader, token: Token) -> Node:
    r"""`\mathbb{R}`, `\mathbb{N}^*`, `\mathbb{Z}^+`."""
    braced = reader.accept("{")
    letter = reader.take().text
    if letter not in SETS or (braced and not reader.accept("}")):
        reader.fail("an unknown set", token)
    return named_set(reader, letter, token)


def named_set(reader: Reader, letter: str, token: Token) -> sympy.Set:
    """The set of that letter, with the star or sign that may follow."""
    if not reader.at("^", "_"):
        return SETS[letter]
    reader.take()
    braced = reader.accept("{")
    sign = reader.take().text
    if sign not in ("*", "+", "-") or (braced and not reader.accept("}")):
        reader.fail("a power of a set", token)
    return _restricted(reader, letter, sign, token)


def _restricted(reader: Reader, letter: str, sign: str, token: Token) -> sympy.Set:
    if sign in ("*", "+") and letter == "N":
        return sympy.Naturals
    if sign == "+" and letter == "Z":
        return sympy.Naturals
    if sign in ("+", "-") and letter == "R":
        zero = sympy.Integer(0)
        ends = (zero, sympy.oo) if sign == "+" else (-sympy.oo, zero)
        return build.interval(*ends, opens=(True, True), position=token.position)
    return reader.fail("an unknown set", token)


def read_braces(reader: Reader, token: Token) -> Node:
    """A finite set, or the numbers that satisfy a simple inequality."""
    if reader.accept(r"\}"):
        return sympy.EmptySet
    if reader.peek().kind is Kind.LETTER and reader.peek(1).text in _SUCH_THAT:
        return _such_that(reader, token)
    with reader.bracketed():
        items = [reader.value()]
        while reader.accept(",", ";"):
            items.append(reader.value())
    reader.expect(r"\}")
    flat = [one for item in items for one in _each(item)]
    return sympy.FiniteSet(*flat, evaluate=False)


def _each(node: Node) -> tuple[sympy.Basic, ...]:
    return node.items if isinstance(node, Alternatives) else (node,)


def _such_that(reader: Reader, token: Token) -> sympy.Set:
    variable = sympy.Symbol(reader.take().text)
    reader.take()
    with reader.bracketed():
        sides, relations = read_chain(reader)
    reader.expect(r"\}")
    if any(relation in (">", ">=") for relation in relations):
        flipped = {">": "<", ">=": "<="}
        sides = sides[::-1]
        relations = [flipped.get(relation, "") for relation in reversed(relations)]
    if any(relation not in ("<", "<=") for relation in relations):
        reader.fail("a set by a condition that is not a simple inequality", token)
    return _between(reader, variable, sides, relations, token)


def _between(
    reader: Reader, variable: sympy.Symbol, sides: list[Node], relations: list[str], token: Token
) -> sympy.Set:
    if len(sides) == 2 and sides[0] == variable:
        sides, relations = [-sympy.oo, *sides], ["<", *relations]
    elif len(sides) == 2 and sides[1] == variable:
        sides, relations = [*sides, sympy.oo], [*relations, "<"]
    ends = [side for side in sides if side != variable]
    if len(sides) != 3 or sides[1] != variable or len(ends) != 2:
        reader.fail("a set by a condition that is not a simple inequality", token)
    if any(variable in build.scalar(end, token.position).free_symbols for end in ends):
        reader.fail("a set by a condition that is not a simple inequality", token)
    opens = (relations[0] == "<", relations[1] == "<")
    return build.interval(ends[0], ends[1], opens=opens, position=token.position)
