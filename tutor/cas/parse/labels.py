"""Numbers of equations: `(2)` behind a statement or before it, which is not a factor."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from tutor.cas.parse import layout
from tutor.cas.parse.errors import Unread
from tutor.cas.parse.tokens import Kind, Token
from tutor.cas.parse.values import FUNCTION_LETTERS

_HIGHEST = 20
_WIDE = re.compile(r"\s{3,}|\\q?quad")
_LONG_DASH = re.compile(r"[–—―─]|-\s*-")


def without_labels(text: str, tokens: Sequence[Token]) -> list[Token]:
    """Leaves out the numbers of equations.

    Args:
        text: The formula.
        tokens: What it was cut into.

    Raises:
        Unread: It may be such a number or a factor.
    """
    kept = list(tokens)
    for start, stop in reversed(_spans(tokens)):
        if any(layout.is_relation(token) for token in tokens[start:stop]):
            _refuse_in_front(text, tokens, start)
            kept[start:stop] = _without_last(text, tokens, start, stop)
    return kept


def _spans(tokens: Sequence[Token]) -> list[tuple[int, int]]:
    """Where statements begin and end."""
    marks = [-1, *(index for index, token in enumerate(tokens) if _is_border(token))]
    return [(a + 1, b) for a, b in pairwise(marks)]


def _is_border(token: Token) -> bool:
    if token.kind in (Kind.BEGIN, Kind.END, Kind.WORD, Kind.STOP) or layout.is_separator(token):
        return True
    is_full_stop = token.kind is Kind.SYMBOL and token.text == "."
    return is_full_stop or layout.is_row_end(token) or layout.is_arrow(token)


def _is_label(tokens: Sequence[Token]) -> bool:
    if [token.text for token in tokens[::2]] != ["(", ")"] or tokens[1].kind is not Kind.NUMBER:
        return False
    return tokens[1].text.isdigit() and 1 <= int(tokens[1].text) <= _HIGHEST


def _refuse_in_front(text: str, tokens: Sequence[Token], start: int) -> None:
    while tokens[start].text in ("&", r"\quad"):
        start += 1
    if not _is_label(tokens[start : start + 3]):
        return
    after = tokens[start + 3]
    spaced = text[tokens[start + 2].end : after.position] != ""
    if after.kind in (Kind.NUMBER, Kind.LETTER) or (spaced and after.text in (r"\frac", r"\sqrt")):
        raise Unread("the number of an equation or a factor", tokens[start].position)


def _without_last(text: str, tokens: Sequence[Token], start: int, stop: int) -> list[Token]:
    span = list(tokens[start:stop])
    if len(span) < 6 or not _is_label(span[-3:]):
        return span
    rest = span[:-3]
    while rest[-1].text in ("&", r"\quad", "-"):
        rest.pop()
    gap = text[rest[-1].end : span[-3].position]
    if layout.is_relation(rest[-1]) or rest[-1].text.endswith("dots"):
        return span
    if "&" in gap or _WIDE.search(gap) or gap.count("-") > 1:
        return rest
    if len(rest) < len(span) - 3:
        if _LONG_DASH.search(gap):
            raise Unread("the number of an equation or a term", span[-3].position)
        return span
    if span[-2].text != "1" and _may_be_label(span, gap):
        raise Unread("the number of an equation or a factor", span[-3].position)
    return span


def _may_be_label(span: Sequence[Token], gap: str) -> bool:
    """Whether `(n)` at the end may be more than a factor or an argument."""
    before, sign = span[-4], span[-5].text
    if "\\" in gap:
        return True
    has_letters = any(token.kind is Kind.LETTER for token in span)
    if before.kind is Kind.NUMBER:
        if sign == "_" or (sign == "^" and span[-6].kind is Kind.COMMAND):
            return False
        return has_letters or bool(gap)
    if before.kind is Kind.LETTER:
        return bool(gap) and before.text not in FUNCTION_LETTERS and before.text.islower()
    return before.text == ")" and bool(gap) and has_letters
