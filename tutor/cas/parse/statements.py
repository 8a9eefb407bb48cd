"""Sides, chains of relations, and lists of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import sympy

from tutor.cas.parse import build, layout
from tutor.cas.parse.doubts import refuse_doubtful, refuse_letters
from tutor.cas.parse.errors import TooBig, Unread
from tutor.cas.parse.grammar import GRAMMAR
from tutor.cas.parse.labels import without_labels
from tutor.cas.parse.lexer import tokenize
from tutor.cas.parse.reader import Reader
from tutor.cas.parse.scope import Scope, has_index, scope_of
from tutor.cas.parse.sets import named_set
from tutor.cas.parse.spelling import in_one_spelling, with_ratios
from tutor.cas.parse.tables import RELATIONS, SETS
from tutor.cas.parse.tokens import Kind, Token
from tutor.cas.parse.values import Alternatives, Joined, Names, Node, Statement, Statements

_ORDER = frozenset({"<", "<=", ">", ">="})
_MEMBERSHIP = frozenset({"in", "notin", "subset"})
_MOST_RELATIONS = 60


class _Text(NamedTuple):
    tokens: list[Token]
    scope: Scope
    unit: str
    measured: frozenset[int]


class _Found(NamedTuple):
    statement: Statement
    position: int


class _Group(NamedTuple):
    found: list[_Found]
    joined: Joined | None


def read_statements(latex: str, names: Names) -> Statements:
    """Everything that stands in the text."""
    group = _read(latex, names)
    for found in group.found:
        _refuse_bare_angle(found)
    return Statements(tuple(one.statement for one in group.found), group.joined)


def _refuse_bare_angle(found: _Found) -> None:
    """`∠C` alone is a thing of geometry; its size is meant where it is compared."""
    side = found.statement.sides[0]
    if not found.statement.relations and str(getattr(side, "name", "")).startswith("angle{"):
        raise Unread("an angle that is only named", found.position)


def refuse_doubtful_sides(sides: Sequence[str], relations: Sequence[str]) -> None:
    """Looks at sides that are read one by one as the chain they are.

    Raises:
        Unread: The chain is one of those that are not read.
    """
    found: list[list[Token]] = []
    measured: set[int] = set()
    for latex in sides:
        one = layout.without_units(layout.without_gaps(in_one_spelling(tokenize(latex))))
        offset = sum(len(side) + 1 for side in sides[: len(found)])
        found.append([t._replace(position=t.position + offset) for t in layout.trimmed(one.tokens)])
        measured |= {position + offset for position in one.numbers}
    _refuse_label(sides)
    _refuse_index_elsewhere(found)
    refuse_letters(found, relations)
    refuse_doubtful(found, relations, frozenset(measured))


def _refuse_label(sides: Sequence[str]) -> None:
    """The number of an equation would be read as a factor of the last side or the first one."""
    whole = " = ".join(side.strip() for side in sides)
    tokens = tokenize(whole)
    if len(without_labels(whole, tokens)) < len(tokens):
        raise Unread("the number of an equation", 0)


def read_statement(latex: str, names: Names) -> Statement:
    """One chain.

    Raises:
        Unread: There are several.
    """
    group = _read(latex, names)
    if len(group.found) > 1:
        raise Unread("more than one statement", group.found[1].position)
    return group.found[0].statement


def read(latex: str, names: Names) -> Node:
    """One side.

    Raises:
        Unread: There is a relation.
    """
    statement = read_statement(latex, names)
    if statement.relations:
        tokens = tokenize(latex)
        mark = next(token for token in tokens if layout.is_relation(token))
        raise Unread("a relation where an expression is needed", mark.position)
    return statement.sides[0]


def _read(latex: str, names: Names) -> _Group:
    found = without_labels(latex, tokenize(latex))
    spelt = layout.with_connectives(in_one_spelling(found))
    tokens, unit, measured = layout.without_units(layout.without_gaps(spelt))
    text = _Text(tokens, scope_of(tokens, names), unit, measured)
    try:
        return _group(text, tokens)
    except RecursionError:
        raise TooBig("the formula is nested too deeply", 0) from None


def _refuse_index_elsewhere(sides: list[list[Token]]) -> None:
    """`a_i=n+1-i`: on the right side alone `i` would be the imaginary unit."""
    counting = [has_index(side) for side in sides]
    for side, counts in zip(sides, counting, strict=True):
        if any(counting) and not counts and any(token.text == "i" for token in side):
            raise Unread("the imaginary unit or an index", side[0].position)


def _group(text: _Text, tokens: list[Token]) -> _Group:
    tokens = layout.trimmed(tokens)
    arrows = layout.top_level(tokens, layout.is_arrow)
    if arrows:
        return _consequences(text, layout.split(tokens, arrows))
    rows = layout.rows_of(tokens)
    if rows is None:
        return _listed(text, tokens)
    groups = [_group(text, row) for row in rows.rows]
    if any(group.joined == "or" for group in groups):
        raise Unread("alternatives inside a system", tokens[0].position)
    found = [one for group in groups for one in group.found]
    return _Group(found, "and" if rows.is_system else None)


def _consequences(text: _Text, parts: list[list[Token]]) -> _Group:
    groups = [_group(text, part) for part in parts if len(part) > 1]
    if len(groups) == 1:
        return groups[0]
    for group in groups:
        if len(group.found) > 1:
            raise Unread("an arrow beside several statements", group.found[0].position)
    return _Group([group.found[0] for group in groups], "then")


def _listed(text: _Text, tokens: list[Token]) -> _Group:
    """Statements between commas and words; a value after `x = 1,` belongs to what is before."""
    marks = layout.top_level(tokens, layout.is_separator)
    if not any(layout.top_level(tokens, layout.is_relation)) or not marks:
        return _Group([_chain(text, tokens)], None)
    found: list[list[Token]] = []
    words: set[str] = set()
    for part, mark in zip(layout.split(tokens, marks), [None, *marks], strict=True):
        if len(part) == 1:
            continue
        before = tokens[mark] if mark is not None else None
        if found and _belongs(found[-1], part, before):
            found[-1] = [*found[-1][:-1], *([before] if before else []), *part]
        else:
            if found and before is not None and before.kind is Kind.WORD:
                words.add(before.text)
            found.append(part)
    if len(words) > 1:
        raise Unread("both 'and' and 'or'", tokens[0].position)
    _refuse_lone_letter(found)
    joined: Joined | None = "or" if "or" in words else "and" if words else None
    return _Group([_chain(text, part) for part in found], joined)


def _belongs(before: list[Token], part: list[Token], mark: Token | None) -> bool:
    r"""Whether a part goes on with the statement before: `x = 1, 2` and `x, y \in R`."""
    if mark is None:
        return False
    last = _last_relation(before)
    if layout.top_level(part, layout.is_relation):
        _refuse_shared_bounds(before, part)
        return last == "" and _first_relation(part) in _MEMBERSHIP
    if last in _ORDER or last in _MEMBERSHIP:
        raise Unread("what this belongs to is not clear", part[0].position)
    return last != ""


def _refuse_shared_bounds(before: list[Token], part: list[Token]) -> None:
    """`1<x, y<2` may mean that both lie between."""
    first = layout.top_level(before, layout.is_relation)
    second = layout.top_level(part, layout.is_relation)
    if not first or _last_relation(before) not in _ORDER or _first_relation(part) not in _ORDER:
        return
    last_side, first_side = before[first[-1] + 1 : -1], part[: second[0]]
    if all(len(side) == 1 and side[0].kind is Kind.LETTER for side in (last_side, first_side)):
        raise Unread("bounds of one letter or of several", part[0].position)


def _last_relation(tokens: list[Token]) -> str:
    marks = layout.top_level(tokens, layout.is_relation)
    return RELATIONS[tokens[marks[-1]].text] if marks else ""


def _first_relation(tokens: list[Token]) -> str:
    marks = layout.top_level(tokens, layout.is_relation)
    return RELATIONS[tokens[marks[0]].text] if marks else ""


def _refuse_lone_letter(parts: list[list[Token]]) -> None:
    for part in parts:
        if len(part) == 2 and len(parts) > 1:
            raise Unread("a letter without a relation", part[0].position)


def _chain(text: _Text, tokens: list[Token]) -> _Found:
    tokens = layout.trimmed(tokens)
    marks = layout.top_level(tokens, layout.is_relation)
    if len(marks) > _MOST_RELATIONS:
        raise TooBig("the chain is too long", tokens[marks[-1]].position)
    relations = tuple(RELATIONS[tokens[mark].text] for mark in marks)
    modulus = None
    if "equiv" in relations:
        tokens, modulus = _without_modulus(text, tokens)
    parts = with_ratios(layout.split(tokens, marks))
    refuse_doubtful(parts, relations, text.measured)
    sides = [
        _set_named(text, part) or _side(text, part) if before in _MEMBERSHIP else _side(text, part)
        for before, part in zip(["", *relations], parts, strict=True)
    ]
    for index, relation in enumerate(relations):
        _fit(text, parts, sides, index, relation)
    statement = Statement(tuple(sides), relations, modulus, text.unit)
    return _Found(statement, tokens[0].position)


def _fit(
    text: _Text, parts: list[list[Token]], sides: list[Node], index: int, relation: str
) -> None:
    """Makes two neighbours fit the relation between them."""
    left, right = sides[index], sides[index + 1]
    position = parts[index + 1][0].position
    if relation in _MEMBERSHIP:
        if isinstance(left, sympy.Tuple) and relation != "subset":
            raise Unread("a point in a set", position)
        sides[index + 1] = build.as_set(right, position)
        if relation == "subset":
            sides[index] = build.as_set(left, position)
    elif _is_number(left) != _is_number(right) and _is_collection(left) != _is_collection(right):
        raise Unread("a number beside brackets that hold no number", position)
    elif _is_part(left, right) or _is_part(right, left):
        raise Unread("a set or a fractional part", position)
    elif isinstance(left, sympy.Set) and isinstance(right, sympy.Tuple):
        sides[index + 1] = build.as_set(right, position)
    elif relation in _ORDER:
        for node in (left, right):
            if not isinstance(node, Alternatives):
                build.scalar(node, position)


def _is_part(braces: Node, other: Node) -> bool:
    r"""Whether `\{x\}` stands beside an expression that is not just a name."""
    if not isinstance(braces, sympy.FiniteSet) or len(braces.args) != 1:
        return False
    return isinstance(other, sympy.Expr) and not isinstance(other, sympy.Symbol)


def _is_number(node: Node) -> bool:
    return isinstance(node, sympy.Expr) and not build.is_matrix(node) and not node.free_symbols


def _is_collection(node: Node) -> bool:
    return isinstance(node, sympy.Set | sympy.Tuple) or build.is_matrix(node)


def _set_named(text: _Text, tokens: list[Token]) -> sympy.Set | None:
    r"""The set that `Z`, `N^*` or `\mathbf{R}` means behind `\in`."""
    plain = [token for token in tokens if token.text not in (r"\mathbf", "{", "}")]
    signs = [token.text for token in plain[1:-1]]
    if plain[0].text not in SETS or (signs and signs[0] not in ("^", "_")):
        return None
    reader = Reader(plain, GRAMMAR, text.scope)
    return named_set(reader, plain[0].text, reader.take())


def _without_modulus(text: _Text, tokens: list[Token]) -> tuple[list[Token], sympy.Basic]:
    r"""Takes `\pmod{7}` or `(\bmod 7)` off the end."""
    words = (r"\pmod", r"\mod", r"\bmod")
    index = next((at for at, token in enumerate(tokens) if token.text in words), 0)
    if not index:
        raise Unread("a congruence without a modulus", tokens[-1].position)
    bracketed = tokens[index - 1].text == "("
    end = len(tokens) - 2 if bracketed else len(tokens) - 1
    if bracketed and tokens[end].text != ")":
        raise Unread("a bracket is not closed", tokens[index - 1].position)
    stop = tokens[-1]
    modulus = build.scalar(_side(text, [*tokens[index + 1 : end], stop]), tokens[index].position)
    return [*tokens[: index - bracketed], stop], modulus


def _side(text: _Text, tokens: Sequence[Token]) -> Node:
    tokens = layout.trimmed(tokens)
    marks = layout.top_level(tokens, layout.is_separator)
    items = [_expression(text, part) for part in layout.split(tokens, marks)]
    if len(items) == 1:
        return items[0]
    flat = [one for item in items for one in _each(item)]
    return Alternatives(tuple(flat))


def _each(node: Node) -> tuple[sympy.Basic, ...]:
    return node.items if isinstance(node, Alternatives) else (node,)


def _expression(text: _Text, tokens: list[Token]) -> Node:
    reader = Reader(list(tokens), GRAMMAR, text.scope)
    node = reader.value()
    if reader.peek().kind is not Kind.STOP:
        reader.fail(f"'{reader.peek().text}' cannot be read here")
    return node
