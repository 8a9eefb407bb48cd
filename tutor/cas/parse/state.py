"""What a reader remembers while it is inside something."""

from __future__ import annotations

from dataclasses import dataclass, field

import sympy


@dataclass(slots=True)
class OpenIntegral:
    """An integral whose differential has not been seen yet.

    Attributes:
        level: How many brackets were open when it began.
        variable: The variable, once a differential inside a fraction gave it.
    """

    level: int
    variable: sympy.Symbol | None = None


@dataclass(frozen=True, slots=True)
class Dependence:
    """Letters that depend on others while the argument of `d/dx` is read.

    Attributes:
        letters: Which letters depend; `None` for all but the variables.
        variables: On what.
    """

    letters: frozenset[str] | None
    variables: tuple[sympy.Symbol, ...]


@dataclass(slots=True)
class State:
    """What is open around the place.

    Attributes:
        bound: Letters that count.
        dependence: Letters that are functions of others, if any.
        bars: How many bars can close.
        level: How many brackets are open.
        integrals: Integrals that wait for their differential, the innermost last.
    """

    bound: frozenset[str] = frozenset()
    dependence: Dependence | None = None
    bars: int = 0
    level: int = 0
    integrals: list[OpenIntegral] = field(default_factory=list)
