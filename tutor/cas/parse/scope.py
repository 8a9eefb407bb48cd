"""What the letters of a text stand for."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import sympy

from tutor.cas.parse.tables import GREEK, GREEK_VARIANTS
from tutor.cas.parse.tokens import Kind, Token
from tutor.cas.parse.values import Names

_CAPITALS = re.compile("[A-Z]")
GREEK_NAMES = GREEK | GREEK_VARIANTS.keys()


@dataclass(frozen=True, slots=True)
class Scope:
    """What is known about the letters of a whole text.

    Attributes:
        functions: Letters that are functions when a bracket or a prime follows.
        plain: Letters among `e` and `i` that are ordinary here.
        lone: Capital letters that occur without another capital beside them.
        pairs: Pairs of capitals that occur.
    """

    functions: frozenset[str]
    plain: frozenset[str] = frozenset()
    lone: frozenset[str] = frozenset()
    pairs: frozenset[str] = frozenset()

    @property
    def greek(self) -> frozenset[str]:
        """Names of Greek letters."""
        return GREEK_NAMES

    def constant(self, letter: str, bound: frozenset[str]) -> sympy.Expr:
        """The value of a letter that stands alone: e and i unless they are used as letters."""
        if letter == "e" and letter not in self.plain | bound:
            return sympy.E
        if letter == "i" and letter not in self.plain | bound:
            return sympy.I
        return sympy.Symbol(letter)


def scope_of(tokens: Sequence[Token], names: Names) -> Scope:
    """Looks over a whole text before it is read.

    Args:
        tokens: All tokens of the text.
        names: What is known already.
    """
    runs = list(_capital_runs(tokens))
    return Scope(
        functions=names.functions | _defined(tokens),
        plain=_plain_letters(tokens),
        lone=frozenset(run for run in runs if len(run) == 1),
        pairs=frozenset(run for run in runs if len(run) == 2),
    )


def _capital_runs(tokens: Sequence[Token]) -> list[str]:
    runs: list[str] = []
    end = -1
    for token in tokens:
        if token.kind is Kind.LETTER and _CAPITALS.fullmatch(token.text):
            if token.position == end and runs:
                runs[-1] += token.text
            else:
                runs.append(token.text)
            end = token.end
    return runs


def _plain_letters(tokens: Sequence[Token]) -> frozenset[str]:
    counts = Counter(token.text for token in tokens if token.kind is Kind.LETTER)
    plain = set()
    if counts["j"] or (counts["g"] and counts["h"]):
        plain.add("i")
    raised = any(
        one.text == "e" and two.text == "^" for one, two in zip(tokens, tokens[1:], strict=False)
    )
    if counts["d"] and counts["f"] and not raised and counts["c"]:
        plain.add("e")
    return frozenset(plain)


def _defined(tokens: Sequence[Token]) -> frozenset[str]:
    """Letters of sides that are just `P(t)` or `v(0)`."""
    found = set()
    for index in range(len(tokens) - 4):
        name, opening, inside, closing, after = tokens[index : index + 5]
        if (
            name.kind is Kind.LETTER
            and opening.text == "("
            and inside.kind in (Kind.LETTER, Kind.NUMBER)
            and closing.text == ")"
            and after.text in ("=", "<", ">", r"\le", r"\ge")
            and _begins_side(tokens, index)
            and (inside.kind is Kind.LETTER or name.text in "PQRSTUVWpqrsuvwy")
        ):
            found.add(name.text)
    return frozenset(name for name in found if not _occurs_bare(name, tokens))


def _begins_side(tokens: Sequence[Token], index: int) -> bool:
    before = tokens[index - 1] if index else None
    return before is None or before.text in ("=", "<", ">", ",", ";", r"\\", "&")


def _occurs_bare(name: str, tokens: Sequence[Token]) -> bool:
    return any(
        one.kind is Kind.LETTER and one.text == name and two.text not in ("(", "'", "_", "^")
        for one, two in zip(tokens, tokens[1:], strict=False)
    )
