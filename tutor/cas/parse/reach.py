"""How far a sum, a limit or a derivative reaches."""

from __future__ import annotations

import sympy

from tutor.cas.parse.cursor import Cursor
from tutor.cas.parse.tokens import Kind
from tutor.cas.parse.values import Node

_SCOPE_ENDS = (r"\sum", r"\prod", r"\int", r"\lim", "=", ",", ";")
_NESTING = {
    "(": 1,
    "[": 1,
    "{": 1,
    r"\{": 1,
    "|(": 1,
    ")": -1,
    "]": -1,
    "}": -1,
    r"\}": -1,
    ")|": -1,
}
_LONGEST_LOOK_AHEAD = 200


def refuse_stray_index(cursor: Cursor, term: Node) -> None:
    r"""Refuses a letter that counts in a sum, limit or derivative and comes back after it.

    `\sum_{k=1}^n k + k` may mean the sum of both terms; the place is at the sign between them.

    Raises:
        Unread: The letter comes back.
    """
    if not isinstance(term, sympy.Sum | sympy.Product | sympy.Limit | sympy.Derivative):
        return
    index = _variable_of(term)
    depth = 0
    for offset in range(1, _LONGEST_LOOK_AHEAD):
        token = cursor.peek(offset)
        depth += _NESTING.get(token.text, 0)
        if depth < 0 or token.kind is Kind.STOP or (not depth and token.text in _SCOPE_ENDS):
            return
        if token.text.removeprefix("\\") == index:
            cursor.fail("how far the sum, limit or derivative reaches is not clear", token)


def _variable_of(term: sympy.Expr) -> str:
    if isinstance(term, sympy.Limit):
        return str(term.args[1].name)
    if isinstance(term, sympy.Derivative):
        return str(term.variables[0].name)
    return str(term.limits[0][0].name)
