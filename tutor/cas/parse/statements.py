"""Sides, chains of relations, and lists of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tutor.cas.parse.errors import TooBig, Unread
from tutor.cas.parse.grammar import GRAMMAR
from tutor.cas.parse.lexer import tokenize
from tutor.cas.parse.reader import Reader
from tutor.cas.parse.scope import Scope, scope_of
from tutor.cas.parse.tables import RELATIONS
from tutor.cas.parse.tokens import Kind, Token
from tutor.cas.parse.values import Alternatives, Joined, Names, Node, Statement, Statements

_OPENING = ("(", "[", "{", r"\{", "|(")
_CLOSING = (")", "]", "}", r"\}", ")|")


def read(latex: str, names: Names) -> Node:
    """One side."""
    statement = read_statement(latex, names)
    if statement.relations:
        raise Unread("a relation where an expression is needed", 0)
    return statement.sides[0]


def read_statement(latex: str, names: Names) -> Statement:
    """One chain."""
    statements = read_statements(latex, names)
    if len(statements.items) != 1:
        raise Unread("more than one statement", 0)
    return statements.items[0]


def read_statements(latex: str, names: Names) -> Statements:
    """Everything that stands in the text."""
    try:
        tokens = _without_end_marks(tokenize(latex))
        scope = scope_of(tokens, names)
        pieces, joined = _pieces(tokens)
        return Statements(tuple(_chain(piece, scope) for piece in pieces), joined)
    except RecursionError:
        raise TooBig("the formula is nested too deeply", 0) from None


def _without_end_marks(tokens: list[Token]) -> list[Token]:
    stop = tokens[-1]
    rest = tokens[:-1]
    while rest and rest[-1].text in (".", ",", ";", ":"):
        rest.pop()
    return [*rest, stop]


def _top_level(tokens: Sequence[Token]) -> Iterator[int]:
    depth = 0
    for index, token in enumerate(tokens):
        if token.kind is Kind.BEGIN or token.text in _OPENING:
            depth += 1
        elif token.kind is Kind.END or token.text in _CLOSING:
            depth -= 1
        elif depth == 0:
            yield index


def _split(tokens: list[Token], at: Sequence[int]) -> list[list[Token]]:
    parts = []
    start = 0
    for index in [*at, len(tokens) - 1]:
        mark = tokens[index]
        stop = Token(Kind.STOP, "", mark.position, mark.position)
        parts.append([*tokens[start:index], stop])
        start = index + 1
    return parts


def _is_relation(token: Token) -> bool:
    return token.kind is not Kind.WORD and token.text in RELATIONS


def _pieces(tokens: list[Token]) -> tuple[list[list[Token]], Joined | None]:
    marks = [
        i for i in _top_level(tokens) if tokens[i].text in (",", ";") or tokens[i].kind is Kind.WORD
    ]
    joined: Joined | None = None
    for index in marks:
        if tokens[index].kind is Kind.WORD:
            joined = "or" if tokens[index].text == "or" else "and"
    parts = [part for part in _split(tokens, marks) if len(part) > 1]
    related = [any(_is_relation(part[i]) for i in _top_level(part)) for part in parts]
    if sum(related) > 1:
        return parts, joined
    return [tokens], None


def _chain(tokens: list[Token], scope: Scope) -> Statement:
    marks = [i for i in _top_level(tokens) if _is_relation(tokens[i])]
    sides = tuple(_side(part, scope) for part in _split(tokens, marks))
    return Statement(sides, tuple(RELATIONS[tokens[i].text] for i in marks))


def _side(tokens: list[Token], scope: Scope) -> Node:
    marks = [
        i for i in _top_level(tokens) if tokens[i].text in (",", ";") or tokens[i].kind is Kind.WORD
    ]
    items = [_expression(part, scope) for part in _split(tokens, marks)]
    if len(items) == 1:
        return items[0]
    flat = [
        one for item in items for one in (item.items if isinstance(item, Alternatives) else (item,))
    ]
    return Alternatives(tuple(flat))


def _expression(tokens: list[Token], scope: Scope) -> Node:
    reader = Reader(tokens, GRAMMAR, scope)
    node = reader.sum()
    if reader.peek().kind is not Kind.STOP:
        reader.fail(f"'{reader.peek().text}' cannot be read here")
    return node
