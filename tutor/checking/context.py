"""What is known where a claim stands: the problem's givens, and what earlier steps defined."""

from __future__ import annotations

import re

from tutor.cas.requests import Context
from tutor.core.check import Claim
from tutor.core.problem import Goal, Latex
from tutor.mathtext.chains import split_chains

_DEFINES = re.compile(r"\\?[A-Za-z]+(?:_(?:\w|\{[^{}]+\}))?(?:\([A-Za-z](?:,\s*[A-Za-z])*\))?")

_LETTER = re.compile(r"(?:\\[A-Za-z]+|[A-Za-z])(?:_(?:\w|\{[^{}]+\}))?")
_COMMAND = re.compile(
    r"\\(?:text|mathrm)\s*\{[^{}]*\}|\\(?:[dt]?frac|sqrt|cdot|times|left|right|quad|sin|cos|tan|ln|log|binom|pi)(?![A-Za-z])"
)
_DIFFERENTIAL = re.compile(r"d[a-z]")
_SEVERAL = re.compile(r"\\(?:pm|mp)\b|[±,，]")


def source_context(source: Latex) -> Context:
    """The context that is nothing but the formula a claim was made from."""
    if any(chain.relations for chain in split_chains(source)):
        return Context(given=(source,), is_source=True)
    return Context(target=source, is_source=True)


class Ledger:
    """The statements that hold so far.

    What the problem gives can refute a claim. What a step has defined can only confirm one: a letter may be
    used again for something else, and a false refutation is the worst fault there is.
    """

    def __init__(self, goal: Goal) -> None:
        self._goal = goal
        self._defined: dict[str, tuple[int, Latex]] = {}
        self._tied: dict[str, int] = {}

    def is_given(self, claim: Claim) -> bool:
        """Whether the problem says the same, word for word."""
        said = (*self._goal.given, *self._goal.values)
        return _packed(claim.latex) in {_packed(latex) for latex in said}

    @property
    def given(self) -> tuple[Latex, ...]:
        """What the problem gives."""
        return self._goal.given

    @property
    def has_definitions(self) -> bool:
        """Whether earlier steps have defined anything."""
        return bool(self._defined)

    def defines_letters_of(self, latex: Latex) -> bool:
        """Whether a formula uses a name that a step has defined."""
        bare = re.sub(r"\\(?:frac|sqrt|int|sum|text|cdot|times|left|right)(?![A-Za-z])", " ", latex)
        return any(
            re.search(rf"(?<![A-Za-z\\]){re.escape(name.partition('(')[0])}(?![A-Za-z])", bare)
            for name in self._defined
        )

    def firm(self) -> Context:
        """The problem's own context."""
        goal = self._goal
        return Context(
            given=goal.given, unknowns=goal.unknowns, target=goal.target, tied=tuple(self._tied)
        )

    def full(self) -> Context:
        """The problem's context with the definitions of the steps."""
        goal = self._goal
        given = (*goal.given, *(latex for _, latex in self._defined.values()))
        return Context(
            given=given, unknowns=goal.unknowns, target=goal.target, tied=tuple(self._tied)
        )

    def note(self, step: int, claim: Claim) -> None:
        """Remember a statement that gives a name a value or a function its formula; the newest counts."""
        name = claim.sides[0]
        if (
            _DIFFERENTIAL.fullmatch(name)
            or not _DEFINES.fullmatch(name)
            or claim.relations[:1] != ("=",)
        ):
            return
        if claim.latex not in self._goal.given and not _SEVERAL.search(claim.latex):
            self._defined[name] = (step, claim.latex)

    def tie(self, step: int, claim: Claim) -> None:
        """Remember the letters of an equation that is a condition on them."""
        if "=" not in claim.relations:
            return
        name = claim.sides[0]
        if _DEFINES.fullmatch(name):
            if "(" not in name:
                self._tied.setdefault(_bare(name), step)
            return
        for letter in _LETTER.findall(_COMMAND.sub(" ", claim.latex)):
            self._tied.setdefault(_bare(letter), step)

    def forget_from(self, step: int) -> None:
        """Forget what the steps from `step` on defined: they were taken back."""
        self._tied = {letter: at for letter, at in self._tied.items() if at < step}
        self._defined = {n: (at, latex) for n, (at, latex) in self._defined.items() if at < step}


def _packed(latex: str) -> str:
    return re.sub(r"\s|\\[,;!]", "", latex)


def _bare(name: str) -> str:
    return name.removeprefix("\\").replace("{", "").replace("}", "")
