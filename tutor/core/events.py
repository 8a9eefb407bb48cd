"""What a solve says while it runs: small frozen classes with a grammar.

The grammar (`tutor.core.grammar` checks it):

    SolveStarted Triaged PlanReady? ( ThinkingDelta* | StepStarted TextDelta* StepFinished )* AnswerReady?
      with CheckFinished, EvidenceFound, PlotReady and Progress in between;
      StepsWithdrawn(first, why) takes back a tail, and steps are counted from `first` again
    then exactly one of SolveFinished | SolveRefused | SolveCancelled | SolveFailed, and nothing after it.

Where there is nothing to begin with (no readable problem, no model), SolveFailed or SolveCancelled stands alone.
"""

from __future__ import annotations

import enum
from dataclasses import dataclass, field

from tutor.core.check import Check
from tutor.core.errors import InputError, ModelError, SettingsError, TutorError
from tutor.core.plot import PlotData
from tutor.core.problem import Goal, Problem
from tutor.core.solution import Answer, Badge, Step, Usage


class Stage(enum.StrEnum):
    """What the engine is busy with."""

    VERIFYING = "verifying"
    LOADING = "loading"
    READING = "reading"
    WRITING = "writing"
    CHECKING = "checking"


class FailureKind(enum.StrEnum):
    """What kind of failure ended a solve; front ends choose exit codes and buttons by it."""

    INPUT = "input"
    MODEL = "model"
    WORKER = "worker"


class RefusalReason(enum.StrEnum):
    """Why a problem cannot be solved as it stands."""

    NEEDS_FIGURE = "needs_figure"
    """It speaks of a figure that it does not bring."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SolveStarted:
    """The solve has begun.

    Attributes:
        problem: What is being solved.
        model: Name of the language model; empty where none is needed.
        seed: Seed of its sampling.
    """

    problem: Problem
    model: str
    seed: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Triaged:
    """What the problem's text tells before anything is solved.

    Attributes:
        goal: What is given and asked.
        figure_cues: The words that speak of a drawing that is not there.
    """

    goal: Goal
    figure_cues: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """A sign of life.

    Attributes:
        stage: What is being done.
        tokens: Tokens written so far.
        tokens_per_second: The pace of writing; 0 before the second token.
        fraction: Share of the stage that is done, 0 to 1, where it is known.
    """

    stage: Stage
    tokens: int = 0
    tokens_per_second: float = 0.0
    fraction: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanReady:
    """The model has said how it will go about it.

    Attributes:
        text: Markdown with LaTeX.
    """

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ThinkingDelta:
    """More of the model's thinking, which is not part of the solution.

    Attributes:
        text: The new characters.
    """

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StepStarted:
    """A step begins.

    Attributes:
        index: Its place, counted from 1.
    """

    index: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TextDelta:
    """More of the open step's text.

    Attributes:
        index: The step's place.
        text: The new characters.
    """

    index: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StepFinished:
    """A step is written; its checks follow.

    Attributes:
        step: The step with its whole text.
        claims: How many `CheckFinished` it will get.
    """

    step: Step
    claims: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckFinished:
    """One claim of a step has been judged.

    Attributes:
        step: The step's place.
        check: The judgement.
    """

    step: int
    check: Check


@dataclass(frozen=True, slots=True, kw_only=True)
class StepsWithdrawn:
    """The steps from `first` on are taken back and will be written again.

    Attributes:
        first: Place of the first step taken back.
        check: The refutation that made it necessary.
    """

    first: int
    check: Check


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerReady:
    """The final answer is written.

    Attributes:
        answer: The answer.
    """

    answer: Answer


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceFound:
    """The final answer has been checked against the problem.

    Attributes:
        check: The judgement on the answer.
    """

    check: Check


@dataclass(frozen=True, slots=True, kw_only=True)
class PlotReady:
    """There is something to draw.

    Attributes:
        plot: The curves and points.
    """

    plot: PlotData


@dataclass(frozen=True, slots=True, kw_only=True)
class SolveFinished:
    """The solve has come to its end.

    Attributes:
        badge: How sure the tutor is of the answer; `None` when no answer was reached.
        usage: What it cost.
    """

    badge: Badge | None
    usage: Usage


@dataclass(frozen=True, slots=True, kw_only=True)
class SolveRefused:
    """The problem is not supported: it cannot be solved as it stands.

    Attributes:
        cues: The words that gave it away.
        reason: Why.
    """

    cues: tuple[str, ...]
    reason: RefusalReason = RefusalReason.NEEDS_FIGURE


@dataclass(frozen=True, slots=True, kw_only=True)
class SolveCancelled:
    """The user stopped the solve; what was written stays.

    Attributes:
        usage: What it cost so far.
    """

    usage: Usage


@dataclass(frozen=True, slots=True, kw_only=True)
class SolveFailed:
    """Something went wrong; what was written stays.

    Attributes:
        kind: What failed.
        message: What happened, an English sentence that may have `{name}` places; the key of its translation.
        hint: What to do next, likewise, or an empty string.
        places: What goes into the places of both.
        told: All of it as one English text with nothing left to fill, for those who read the events as JSON; empty
            where the message is that already.
    """

    kind: FailureKind
    message: str
    hint: str = ""
    places: dict[str, str] = field(default_factory=dict)
    told: str = field(default="", compare=False)

    @classmethod
    def of(cls, error: TutorError) -> SolveFailed:
        """The event for an error."""
        kind = FailureKind.WORKER
        if isinstance(error, InputError | SettingsError):
            kind = FailureKind.INPUT
        elif isinstance(error, ModelError):
            kind = FailureKind.MODEL
        return cls(
            kind=kind,
            message=error.template,
            hint=error.hint_template,
            places=error.places,
            told=str(error),
        )


SolveEvent = (
    SolveStarted
    | Triaged
    | Progress
    | PlanReady
    | ThinkingDelta
    | StepStarted
    | TextDelta
    | StepFinished
    | CheckFinished
    | StepsWithdrawn
    | AnswerReady
    | EvidenceFound
    | PlotReady
    | SolveFinished
    | SolveRefused
    | SolveCancelled
    | SolveFailed
)
"""Everything a solve can say."""

Ending = SolveFinished | SolveRefused | SolveCancelled | SolveFailed
"""The events that end a solve."""
