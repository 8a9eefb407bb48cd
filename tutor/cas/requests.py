"""What can be asked of the CAS worker, and what it answers. No SymPy here."""

from __future__ import annotations

import enum
from dataclasses import dataclass, field

from tutor.core.check import Claim, Evidence, Why
from tutor.core.grade import Graded
from tutor.core.plot import PlotData, PlotSpec
from tutor.core.problem import Goal, Latex, Task


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
        tied: Letters that conditions outside of `given` tie to others: an expression in them may be
            rewritten in ways that are no identity.
        is_source: Whether `given` or `target` is the one formula that the claim was made from, and nothing else.
    """

    given: tuple[Latex, ...] = ()
    unknowns: tuple[str, ...] = ()
    target: Latex | None = None
    tied: tuple[str, ...] = ()
    is_source: bool = False


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
class AnswerForm:
    """What an answer is to look like, as far as the problem says it.

    Attributes:
        task: What was to be done; only where it says something about the form.
        decimals: Places after the point that are asked for; negative for tens, hundreds.
        figures: Significant figures that are asked for.
        is_rounded: Whether an approximate value is asked for without a precision.
        is_ordered: Whether the parts of a list belong to places.
        is_unordered: Whether even a tuple stands for a set.
        is_equation: Whether the answer is an equation: of a curve, a function, a plane.
        is_solved: Whether an equation has to be solved for a letter.
        is_percent: Whether the problem speaks of percent.
        is_simplest: Whether the simplest form is asked for, without roots below a fraction line.
        fixed: Letters of the problem's formulas, which are no constants of integration.
        is_integral: Whether an antiderivative is asked for.
        is_discrete: Whether the customary letters for whole numbers stand for whole numbers.
    """

    task: Task = Task.OTHER
    decimals: int | None = None
    figures: int | None = None
    is_rounded: bool = False
    is_ordered: bool = False
    is_unordered: bool = False
    is_equation: bool = False
    is_solved: bool = False
    is_percent: bool = False
    is_simplest: bool = False
    fixed: tuple[str, ...] = ()
    is_integral: bool = False
    is_discrete: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class CompareAnswers:
    r"""Ask how an answer compares with the expected one.

    Attributes:
        expected: The expected answer.
        given: The answer to be graded.
        form: What the problem says of its form.
        assumptions: What holds for the letters, such as `n > 0`.
        expected_counters: Letters of the expected answer that run through the whole numbers.
        given_counters: The same of the other answer.
    """

    expected: Latex
    given: Latex
    form: AnswerForm = field(default_factory=AnswerForm)
    assumptions: tuple[Latex, ...] = ()
    expected_counters: tuple[str, ...] = ()
    given_counters: tuple[str, ...] = ()


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


CasRequest = CheckClaim | CheckAnswer | CompareAnswers | SamplePlot
CasAnswer = Finding | Graded | Sampled


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
