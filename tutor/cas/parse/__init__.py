r"""LaTeX to SymPy: a reader that refuses rather than guesses.

Every node is built from SymPy constructors without evaluation; no text ever reaches SymPy except
as the name of a symbol or function that the reader itself has put together.

Conventions: `e` and `i` are the constants unless they carry a subscript, count in a sum, or stand
among letters (`i` beside `j`). `\log` without a base is to the base ten, degrees are radians,
decimals are exact fractions, `(a,b)` is a tuple except at infinity, after `\in` and beside a union.
"""

from __future__ import annotations

from collections.abc import Sequence

from tutor.cas.parse import statements as _statements
from tutor.cas.parse.errors import TooBig, Unread
from tutor.cas.parse.values import (
    FUNCTION_LETTERS,
    Alternatives,
    Joined,
    Names,
    Node,
    Statement,
    Statements,
)

__all__ = [
    "FUNCTION_LETTERS",
    "Alternatives",
    "Joined",
    "Names",
    "Node",
    "Statement",
    "Statements",
    "TooBig",
    "Unread",
    "read",
    "read_statement",
    "read_statements",
    "refuse_doubtful_sides",
]

_DEFAULT = Names()


def read(latex: str, names: Names = _DEFAULT) -> Node:
    r"""Reads one side: an expression, a matrix, a set, a tuple, or several of them.

    Args:
        latex: The formula, without dollar signs or with them.
        names: Which letters are functions.

    Raises:
        Unread: It cannot be read without guessing.
        TooBig: It is over a limit.
    """
    return _statements.read(latex, names)


def read_statement(latex: str, names: Names = _DEFAULT) -> Statement:
    r"""Reads one chain of relations, `a = b = c` or `-3 < 2x+1 \le 7`, or one bare expression.

    Args:
        latex: The formula.
        names: Which letters are functions.

    Raises:
        Unread: It cannot be read without guessing, or is more than one statement.
        TooBig: It is over a limit.
    """
    return _statements.read_statement(latex, names)


def read_statements(latex: str, names: Names = _DEFAULT) -> Statements:
    r"""Reads everything a formula states: systems, lists, cases and arrows.

    Args:
        latex: The formula.
        names: Which letters are functions.

    Raises:
        Unread: It cannot be read without guessing.
        TooBig: It is over a limit.
    """
    return _statements.read_statements(latex, names)


def refuse_doubtful_sides(sides: Sequence[str], relations: Sequence[str]) -> None:
    r"""Looks at sides that are read one by one as the chain they are.

    `180-60=120^\circ` has two sides that can be read, and is no equation that can be judged.

    Args:
        sides: The sides as written.
        relations: The relations between them, as in `Statement`.

    Raises:
        Unread: The chain is one that `read_statement` would not read.
    """
    _statements.refuse_doubtful_sides(sides, relations)
