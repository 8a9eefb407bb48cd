"""A solution is `fold(events)`: the state that every front end shows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from tutor.core.check import Check
from tutor.core.events import (
    AnswerReady,
    CheckFinished,
    Ending,
    EvidenceFound,
    PlanReady,
    PlotReady,
    SolveEvent,
    SolveStarted,
    StepFinished,
    StepStarted,
    StepsWithdrawn,
    TextDelta,
    ThinkingDelta,
    Triaged,
)
from tutor.core.plot import PlotData
from tutor.core.problem import Goal, Problem
from tutor.core.solution import Answer, CheckedStep


@dataclass(frozen=True, slots=True, kw_only=True)
class Withdrawal:
    """Steps that were taken back.

    Attributes:
        steps: What was taken back.
        check: The refutation that made it necessary.
    """

    steps: tuple[CheckedStep, ...]
    check: Check


@dataclass(frozen=True, slots=True, kw_only=True)
class Solution:
    """All that a solve has said so far.

    Attributes:
        problem: What is solved; `None` before the first event.
        goal: What the text gives and asks.
        plan: The plan, or an empty string.
        thinking: The model's thinking so far.
        steps: The finished steps with their checks.
        open_text: Text of the step being written; `None` when none is open.
        withdrawals: What was taken back, in order.
        answer: The final answer.
        answer_check: The judgement on it.
        plot: What to draw.
        ending: The event that ended the solve; `None` while it runs.
    """

    problem: Problem | None = None
    goal: Goal | None = None
    plan: str = ""
    thinking: str = ""
    steps: tuple[CheckedStep, ...] = ()
    open_text: str | None = None
    withdrawals: tuple[Withdrawal, ...] = ()
    answer: Answer | None = None
    answer_check: Check | None = None
    plot: PlotData | None = None
    ending: Ending | None = None


def apply(solution: Solution, event: SolveEvent) -> Solution:  # noqa: C901, PLR0911, PLR0912 - one line an event
    """The solution after one more event."""
    match event:
        case SolveStarted(problem=problem):
            return replace(solution, problem=problem)
        case Triaged(goal=goal):
            return replace(solution, goal=goal)
        case PlanReady(text=text):
            return replace(solution, plan=text)
        case ThinkingDelta(text=text):
            return replace(solution, thinking=solution.thinking + text)
        case StepStarted():
            return replace(solution, open_text="")
        case TextDelta(text=text):
            return replace(solution, open_text=(solution.open_text or "") + text)
        case StepFinished(step=step, claims=claims):
            done = CheckedStep(step=step, expected=claims)
            return replace(solution, open_text=None, steps=(*solution.steps, done))
        case CheckFinished(step=index, check=check):
            return replace(solution, steps=_with_check(solution.steps, index, check))
        case StepsWithdrawn(first=first, check=check):
            return _withdraw(solution, first, check)
        case AnswerReady(answer=answer):
            return replace(solution, answer=answer, answer_check=None)
        case EvidenceFound(check=check):
            return replace(solution, answer_check=check)
        case PlotReady(plot=plot):
            return replace(solution, plot=plot)
        case ending if isinstance(ending, Ending):
            return replace(solution, open_text=solution.open_text or None, ending=ending)
        case _:
            return solution


def fold(events: Iterable[SolveEvent]) -> Solution:
    """The solution that a stream of events tells."""
    solution = Solution()
    for event in events:
        solution = apply(solution, event)
    return solution


def _with_check(
    steps: tuple[CheckedStep, ...], index: int, check: Check
) -> tuple[CheckedStep, ...]:
    return tuple(
        replace(done, checks=(*done.checks, check)) if done.step.index == index else done
        for done in steps
    )


def _withdraw(solution: Solution, first: int, check: Check) -> Solution:
    kept = tuple(done for done in solution.steps if done.step.index < first)
    gone = tuple(done for done in solution.steps if done.step.index >= first)
    return replace(
        solution,
        steps=kept,
        open_text=None,
        answer=None,
        answer_check=None,
        withdrawals=(*solution.withdrawals, Withdrawal(steps=gone, check=check)),
    )
