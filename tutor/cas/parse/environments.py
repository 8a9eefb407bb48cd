"""Matrices, determinants and functions given by cases."""

from __future__ import annotations

import sympy

from tutor.cas.parse import build
from tutor.cas.parse.conditions import read_chain
from tutor.cas.parse.reader import Reader
from tutor.cas.parse.tokens import Kind, Token
from tutor.cas.parse.values import Node

_MATRICES = frozenset({"matrix", "pmatrix", "bmatrix", "Bmatrix", "smallmatrix", "vmatrix"})
_ROW = r"\\"


def read_environment(reader: Reader, token: Token) -> Node:
    r"""`\begin{pmatrix}`, `\begin{vmatrix}`, `\begin{cases}`, and arrays in brackets."""
    if token.text == "cases":
        return _cases(reader, token)
    if token.text in _MATRICES or (token.text == "array" and _is_bracketed(reader)):
        return _matrix(reader, token)
    return reader.fail(f"the environment '{token.text}' inside an expression", token)


def read_brace_with_cases(reader: Reader, token: Token) -> Node | None:
    r"""`\left\{ \begin{array}... \end{array} \right.` as cases, after the brace was taken."""
    if reader.peek().kind is not Kind.BEGIN:
        return None
    begin = reader.take()
    if begin.text not in ("cases", "array", "aligned"):
        reader.fail("a brace before something that is not cases", token)
    node = _cases(reader, begin)
    reader.expect("right.")
    return node


def _is_bracketed(reader: Reader) -> bool:
    before = reader.peek(-2) if reader.index > 1 else None
    return before is not None and before.text in ("(", "[", "|(", "|")


def _matrix(reader: Reader, token: Token) -> Node:
    rows = []
    with reader.bracketed():
        while not _at_end(reader):
            rows.append(_row(reader, token))
    _close(reader, token)
    if not rows or len({len(row) for row in rows}) != 1:
        reader.fail("rows of different length", token)
    matrix = sympy.ImmutableMatrix(rows)
    if token.text != "vmatrix":
        return matrix
    if not matrix.is_square:
        reader.fail("the determinant of a matrix that is not square", token)
    return sympy.Determinant(matrix)


def _row(reader: Reader, token: Token) -> list[sympy.Expr]:
    row = [build.scalar(reader.sum(), token.position)]
    while reader.accept("&"):
        row.append(build.scalar(reader.sum(), token.position))
    if not reader.accept(_ROW) and not _at_end(reader):
        reader.fail("a row does not end here")
    return row


def _at_end(reader: Reader) -> bool:
    return reader.peek().kind in (Kind.END, Kind.STOP)


def _close(reader: Reader, token: Token) -> None:
    closing = reader.take()
    if closing.kind is not Kind.END or closing.text != token.text:
        reader.fail(f"'{token.text}' is not closed", token)


def _cases(reader: Reader, token: Token) -> Node:
    pairs = []
    with reader.bracketed():
        while not _at_end(reader):
            pairs.append(_case(reader, token))
    _close(reader, token)
    if not pairs:
        reader.fail("no cases", token)
    return sympy.Piecewise(*pairs, evaluate=False)


def _case(reader: Reader, token: Token) -> tuple[sympy.Expr, sympy.Basic]:
    value = build.scalar(reader.sum(), token.position)
    reader.accept(",", ";")
    reader.accept("&")
    condition = _case_condition(reader)
    reader.accept(",", ";", ".")
    if not reader.accept(_ROW) and not _at_end(reader):
        reader.fail("a case does not end here")
    return value, condition


def _case_condition(reader: Reader) -> sympy.Basic:
    word = reader.peek()
    if word.kind is Kind.WORD and word.text in ("if", "otherwise"):
        reader.take()
        if word.text == "otherwise":
            return sympy.true
    bracketed = reader.at("(")
    if bracketed:
        reader.take()
    position = reader.peek().position
    sides, relations = read_chain(reader)
    if bracketed:
        reader.expect(")")
    return build.condition(sides, relations, position)
