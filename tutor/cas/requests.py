"""What can be asked of the CAS worker, and what it answers. No SymPy here."""

from __future__ import annotations

import enum
from dataclasses import dataclass

from tutor.core.check import Claim, Evidence, Why
from tutor.core.plot import PlotData, PlotSpec
from tutor.core.problem import Goal, Latex


class Truth(enum.StrEnum):
    """What algebra found out about a claim. Judging what follows from it is `checking`'s work."""

    HOLDS = "holds"
    """It is true wherever the context is: for all values, or for every solution of what is given."""
    FAILS = "fails"
    """There is a counterexample inside the context."""
    HOLDS_SOMETIMES = "holds sometimes"
    """Some solutions of what is given satisfy it and some do not: a case, or a lost or extra root."""
    NEW = "new"
    """It gives a name or a condition that nothing in the context decides."""
    UNKNOWN = "unknown"
    """It could not be decided; `why` says the reason."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """What is known where a claim stands.

    Attributes:
        given: Relations that hold: the problem's own, and definitions made in earlier steps, in order.
        unknowns: Letters to be solved for; empty where they must be guessed from `given`.
        target: The problem's own expression that is to be worked out, if there is one.
    """

    given: tuple[Latex, ...] = ()
    unknowns: tuple[str, ...] = ()
    target: Latex | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckClaim:
    """Ask whether a claim holds.

    Attributes:
        claim: The claim.
        context: Where it stands.
    """

    claim: Claim
    context: Context


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckAnswer:
    """Ask whether a final answer answers the problem.

    Attributes:
        goal: What the problem gives and asks.
        answer: What stood in the box.
    """

    goal: Goal
    answer: Latex


@dataclass(frozen=True, slots=True, kw_only=True)
class SamplePlot:
    """Ask for the points of a plot.

    Attributes:
        spec: What to draw.
    """

    spec: PlotSpec


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What algebra found out about a claim or an answer.

    Attributes:
        truth: The outcome.
        method: How it was found, in a word or two.
        evidence: What it rests on.
        why: For `UNKNOWN`, the reason.
    """

    truth: Truth
    method: str = ""
    evidence: Evidence | None = None
    why: Why | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sampled:
    """The answer to `SamplePlot`.

    Attributes:
        plot: The plot, or `None` where none makes sense.
    """

    plot: PlotData | None


CasRequest = CheckClaim | CheckAnswer | SamplePlot
CasAnswer = Finding | Sampled


class Outcome(enum.StrEnum):
    """How a request ended."""

    ANSWERED = "answered"
    EXPIRED = "expired"
    CRASHED = "crashed"


@dataclass(frozen=True, slots=True, kw_only=True)
class CasResult:
    """The end of a request.

    Attributes:
        ticket: The number `CasClient.submit` gave.
        outcome: How it ended.
        answer: The worker's answer; `None` unless answered.
        elapsed: Seconds from the moment the worker got it.
    """

    ticket: int
    outcome: Outcome
    answer: CasAnswer | None = None
    elapsed: float = 0.0
