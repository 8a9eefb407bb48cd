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
    if sign in (">", r"\ge") and reader.accept_script("0"):
        sign += "0"
    if sign not in ("*", "+", "-", ">0", r"\ge0") or (braced and not reader.accept("}")):
        reader.fail("a power of a set", token)
    return _restricted(reader, letter, sign, token)


def _restricted(reader: Reader, letter: str, sign: str, token: Token) -> sympy.Set:
    if sign in ("*", "+", ">0") and letter == "N":
        return sympy.Naturals
    if sign in ("+", ">0") and letter == "Z":
        return sympy.Naturals
    if sign == r"\ge0" and letter == "Z":
        return sympy.Naturals0
    if sign == r"\ge0" and letter == "R":
        ends = (sympy.Integer(0), sympy.oo)
        return build.interval(*ends, opens=(False, True), position=token.position)
    if sign in ("+", "-", ">0") and letter == "R":
        zero = sympy.Integer(0)
        ends = (-sympy.oo, zero) if sign == "-" else (zero, sympy.oo)
        return build.interval(*ends, opens=(True, True), position=token.position)
    return reader.fail("an unknown set", token)


def read_braces(reader: Reader, token: Token) -> Node:
    """A finite set, or the numbers that satisfy a simple inequality."""
    if reader.accept(r"\}"):
        return sympy.EmptySet
    if reader.peek().kind is Kind.LETTER and reader.peek(1).text in (*_SUCH_THAT, r"\in"):
        return _such_that(reader, token)
    opened = reader.peek(-2) if reader.index > 1 else token
    with reader.bracketed():
        items = [reader.value()]
        while reader.accept(",", ";"):
            items.append(reader.value())
    reader.expect(r"\}")
    if len(items) == 1 and _is_sum_in_braces(reader, items[0], opened):
        return items[0]
    flat = [one for item in items for one in _each(item)]
    return sympy.FiniteSet(*flat, evaluate=False)


def _is_sum_in_braces(reader: Reader, node: Node, before: Token) -> bool:
    r"""`\{[(1+2)\times 3]+4\}\times 5`: the third kind of brackets of arithmetic, not a set."""
    signs = ("+", "-", "*", "/", r"\times", r"\cdot", r"\div")
    is_sum = isinstance(node, sympy.Add | sympy.Mul) and not node.free_symbols
    return is_sum and (reader.at(*signs) or before.text in signs)


def _each(node: Node) -> tuple[sympy.Basic, ...]:
    return node.items if isinstance(node, Alternatives) else (node,)


def _such_that(reader: Reader, token: Token) -> sympy.Set:
    variable = sympy.Symbol(reader.take().text)
    parts = []
    if reader.accept(r"\in"):
        parts.append(_domain(reader, token))
    if not reader.accept(*_SUCH_THAT):
        reader.fail("a set without a condition", token)
    with reader.bracketed():
        condition = _conditions(reader, variable, token)
    reader.expect(r"\}")
    parts = [part for part in [*parts, condition] if part != sympy.Reals]
    return parts[0] if len(parts) == 1 else sympy.Intersection(*parts, evaluate=False)


def _domain(reader: Reader, token: Token) -> sympy.Set:
    name = reader.peek()
    if name.kind is Kind.LETTER and name.text in SETS:
        return named_set(reader, reader.take().text, name)
    return build.as_set(reader.value(), token.position)


def _conditions(reader: Reader, variable: sympy.Symbol, token: Token) -> sympy.Set:
    found = [_condition(reader, variable, token)]
    words = set()
    while reader.peek().kind is Kind.WORD or reader.at(",", ";"):
        word = reader.take()
        words.add("or" if word.text == "or" else "and")
        found.append(_condition(reader, variable, token))
    if len(words) > 1:
        reader.fail("both 'and' and 'or'", token)
    if len(found) == 1:
        return found[0]
    maker = sympy.Union if words == {"or"} else sympy.Intersection
    return maker(*found, evaluate=False)


def _condition(reader: Reader, variable: sympy.Symbol, token: Token) -> sympy.Set:
    if reader.peek().text == variable.name and reader.peek(1).text == r"\in":
        reader.index += 2
        return _domain(reader, token)
    sides, relations = read_chain(reader)
    if relations in (["!="], ["="]) and sides[0] == variable:
        point = build.scalar(sides[1], token.position)
        if point.free_symbols:
            reader.fail("a set by a condition that is not a simple inequality", token)
        one = sympy.FiniteSet(point, evaluate=False)
        return one if relations == ["="] else sympy.Complement(sympy.Reals, one, evaluate=False)
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
