"""A solution's parts."""

from __future__ import annotations

import enum
from dataclasses import dataclass

from tutor.core.check import Check, Verdict
from tutor.core.problem import Latex


class Badge(enum.StrEnum):
    """How sure the tutor is of an answer."""

    VERIFIED = "verified"
    AGREED = "agreed"
    UNSURE = "unsure"


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One finished step.

    Attributes:
        index: Its place, counted from 1.
        text: Markdown with LaTeX.
    """

    index: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """The final answer.

    Attributes:
        latex: What stood in the box, as LaTeX.
        step: Index of the step it stood in.
    """

    latex: Latex
    step: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Usage:
    """What a solve cost.

    Attributes:
        prompt_tokens: Tokens read.
        tokens: Tokens written.
        seconds: Wall time from the first event to the last.
        tokens_per_second: Tokens written per second of writing; 0 where none was written.
    """

    prompt_tokens: int = 0
    tokens: int = 0
    seconds: float = 0.0
    tokens_per_second: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckedStep:
    """A step with the checks that are known so far.

    Attributes:
        step: The step.
        checks: Its checks, in the order they arrived.
        expected: How many checks the step has in all.
    """

    step: Step
    checks: tuple[Check, ...] = ()
    expected: int = 0

    @property
    def verdict(self) -> Verdict | None:
        """The step's verdict as a whole; `None` while checks are still running.

        One refuted claim refutes the step. It is verified only if every claim is.
        """
        found = {check.verdict for check in self.checks}
        if Verdict.REFUTED in found:
            return Verdict.REFUTED
        if len(self.checks) < self.expected:
            return None
        decided = found - {Verdict.NOT_CHECKABLE}
        if not decided:
            return Verdict.NOT_CHECKABLE
        return Verdict.UNDECIDED if Verdict.UNDECIDED in decided else Verdict.VERIFIED
