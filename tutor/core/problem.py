"""What the learner asks."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from typing import NewType

Latex = NewType("Latex", str)
"""A formula as LaTeX, without delimiters. It becomes SymPy only inside the CAS worker."""


class Language(enum.StrEnum):
    """The languages that problems and solutions are written in."""

    ENGLISH = "en"
    CHINESE = "zh"


class Task(enum.StrEnum):
    """What a problem asks for, as far as its words tell."""

    SOLVE = "solve"
    COMPUTE = "compute"
    SIMPLIFY = "simplify"
    EXPAND = "expand"
    FACTOR = "factor"
    DIFFERENTIATE = "differentiate"
    INTEGRATE = "integrate"
    PROVE = "prove"
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """A problem as the learner gave it.

    Attributes:
        text: Markdown with LaTeX.
        language: The language to answer in.
    """

    text: str
    language: Language = Language.ENGLISH


@dataclass(frozen=True, slots=True, kw_only=True)
class Goal:
    """What the problem's formulas give and what it asks for, read from its text.

    Attributes:
        task: What is to be done.
        given: Relations the problem states as true (equations, definitions), in order.
        values: Numbers the text names for letters (`x = 2`, "when x = 2"): they help to work the answer out, but a
            step that agrees with them at that one number proves nothing, and one that does not is not wrong.
        target: The expression that is asked about (to simplify, differentiate, evaluate), if one is named.
        unknowns: Names of the letters to solve for; empty where the words name none.
    """

    task: Task
    given: tuple[Latex, ...] = ()
    values: tuple[Latex, ...] = ()
    target: Latex | None = None
    unknowns: tuple[str, ...] = ()
