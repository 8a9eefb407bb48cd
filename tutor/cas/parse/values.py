"""What reading gives: nodes, alternatives, statements."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

import sympy

Node: TypeAlias = "sympy.Basic | Alternatives"
"""An unevaluated SymPy expression, matrix, set or tuple, or several of them."""

Joined: TypeAlias = Literal["and", "or", "then"]

FUNCTION_LETTERS = frozenset({"f", "g", "h", "F", "G", "H"})


@dataclass(frozen=True, slots=True)
class Alternatives:
    r"""Several values where one could stand: `1, 2`, `2 \text{ or } 3`, `\pm 2`.

    Attributes:
        items: The values, in the order written; for `\pm` the plus first.
    """

    items: tuple[sympy.Basic, ...]


@dataclass(frozen=True, slots=True)
class Names:
    """What is known about letters before reading.

    Attributes:
        functions: Letters that are functions when a bracket or a prime follows; a name with a
            subscript is a function if its letter is.
    """

    functions: frozenset[str] = FUNCTION_LETTERS


@dataclass(frozen=True, slots=True)
class Statement:
    """A chain of sides with a relation between each two, or one bare expression.

    Attributes:
        sides: The sides from left to right.
        relations: One fewer than sides, each of `= != < <= > >= approx in notin subset equiv`.
        modulus: The modulus of an `equiv`, otherwise `None`.
        unit: The one unit that stood beside the numbers and was taken off, or an empty string.
    """

    sides: tuple[Node, ...]
    relations: tuple[str, ...] = ()
    modulus: sympy.Basic | None = None
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Statements:
    """Statements that stood together.

    Attributes:
        items: The statements, in order.
        joined: `and` for systems and where the text says so, `or` where it says so, `then` for
            arrows; `None` for one statement and where only commas or line breaks stand.
    """

    items: tuple[Statement, ...]
    joined: Joined | None = None
