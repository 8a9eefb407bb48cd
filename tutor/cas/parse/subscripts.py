"""Subscripts: part of a name, or an index that counts."""

from __future__ import annotations

from itertools import pairwise

import sympy

from tutor.cas.parse.reader import Reader
from tutor.cas.parse.tables import SUBSCRIPT
from tutor.cas.parse.tokens import Kind, Token

_MOST_TOKENS = 16


def subscripted(reader: Reader, letter: str) -> sympy.Expr:
    """A letter with the subscript that stands here.

    Under a sum or a limit that counts with a letter of the subscript it is an `Indexed`, so that
    it is not taken for a constant; elsewhere a symbol such as `a_1` or `a_{10}`.
    """
    if _counts(reader):
        return _indexed(reader, letter)
    reader.expect("_")
    written = subscript(reader)
    return sympy.Symbol(f"{letter}_{written}" if len(written) == 1 else f"{letter}_{{{written}}}")


def _script_tokens(reader: Reader) -> list[Token]:
    return [reader.peek(offset) for offset in range(1, reader.after_argument(1))]


def _counts(reader: Reader) -> bool:
    return any(token.text in reader.bound for token in _script_tokens(reader))


def _indexed(reader: Reader, letter: str) -> sympy.Expr:
    tokens = _script_tokens(reader)
    for one, two in pairwise(tokens):
        if one.kind is Kind.LETTER and two.kind is Kind.LETTER:
            reader.fail("two letters in a subscript that counts", one)
    reader.expect("_")
    return sympy.Indexed(sympy.IndexedBase(letter), reader.script())


def subscript(reader: Reader) -> str:
    """Takes a subscript as written.

    Raises:
        Unread: It is not a short run of letters, digits, plus, minus and commas.
    """
    first = reader.peek()
    parts = _braced(reader) if reader.accept("{") else [_single(reader)]
    written = "".join(part.removeprefix("\\") for part in parts if part != r"\triangle")
    if not SUBSCRIPT.fullmatch(written):
        reader.fail("a subscript that is not a name", first)
    return written


def _single(reader: Reader) -> str:
    token = reader.take()
    if token.kind is Kind.NUMBER and len(token.text) > 1:
        reader.fail("several digits without braces after _", token)
    return token.text


def _braced(reader: Reader) -> list[str]:
    parts: list[str] = []
    while not reader.at("}"):
        if len(parts) > _MOST_TOKENS or reader.peek().kind is Kind.STOP:
            reader.fail("a long subscript")
        parts.append(reader.take().text)
    reader.take()
    return parts
