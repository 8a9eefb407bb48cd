"""The loop: the model writes, the algebra checks beside it, a refuted step is taken back and redone."""

from __future__ import annotations

import queue
from collections.abc import Iterator

from tutor.cas.requests import CasResult, Sampled, SamplePlot
from tutor.checking.checker import Cas, Checker, StepCheck
from tutor.core.cancel import CancelToken
from tutor.core.check import Check, Verdict
from tutor.core.errors import TutorError
from tutor.core.events import (
    AnswerReady,
    CheckFinished,
    EvidenceFound,
    PlotReady,
    Progress,
    SolveCancelled,
    SolveEvent,
    SolveFailed,
    SolveFinished,
    SolveStarted,
    Stage,
    StepFinished,
    StepsWithdrawn,
)
from tutor.core.problem import Goal, Problem
from tutor.core.solution import Answer, Badge, Step
from tutor.inference.messages import Model
from tutor.intake.picture import plot_spec
from tutor.solver.answering import find_answer
from tutor.solver.authoring import Author, Halt, Written
from tutor.solver.options import SolveOptions
from tutor.solver.triage import refusal, triage

TICK = 0.05
"""Seconds between two looks at the cancel token."""

PLOT_DEADLINE = 4.0
"""Seconds the points of a plot may take."""

CORRECTIONS_A_STEP = 2
CORRECTIONS = 4
"""How often steps are taken back: at most twice at one place, four times in all."""


def solve(
    problem: Problem, *, model: Model, cas: Cas, options: SolveOptions, cancel: CancelToken
) -> Iterator[SolveEvent]:
    """Solve a problem; the events follow the grammar of `tutor.core.events`.

    Closing the iterator early stops the model as `cancel` does.

    Args:
        problem: What to solve.
        model: Writes the solution.
        cas: Checks it.
        options: Seed, budget and the like.
        cancel: Stops the solve; what is written stays.
    """
    if refused := refusal(problem, options):
        yield from refused
        return
    triaged = triage(problem)
    yield SolveStarted(problem=problem, model=model.name, seed=options.seed)
    yield triaged
    run = _Run(problem, triaged.goal, model, cas, options, cancel)
    try:
        yield from run.events()
    finally:
        run.stop()


class _Run:
    """One solve under way; everything it hears comes through one queue."""

    def __init__(
        self,
        problem: Problem,
        goal: Goal,
        model: Model,
        cas: Cas,
        options: SolveOptions,
        cancel: CancelToken,
    ) -> None:
        self._goal = goal
        self._cas = cas
        self._cancel = cancel
        self._inbox: queue.SimpleQueue[object] = queue.SimpleQueue()
        self._author = Author(problem, model, options, self._inbox.put)
        self._checker = Checker(cas, goal, self._inbox.put)
        self._corrections: dict[int, int] = {}
        self._answer: Answer | None = None
        self._judgement: Check | None = None
        self._plot_ticket = 0
        self._plot_waits = False
        self._checking_shown = False
        self._proven: dict[int, bool] = {}
        self._standing: set[int] = set()

    def events(self) -> Iterator[SolveEvent]:
        """The events after triage, to the end."""
        self._ask_for_plot()
        try:
            self._author.begin()
            while not self._is_done():
                if self._cancel.is_cancelled:
                    self._author.stop()
                    yield SolveCancelled(usage=self._author.usage())
                    return
                yield from self._next()
        except TutorError as error:
            yield SolveFailed.of(error)
            return
        yield SolveFinished(badge=self._badge(), usage=self._author.usage())

    def stop(self) -> None:
        """Stop the model if it still writes, and let go of the CAS."""
        self._author.stop()
        self._checker.withdraw_from(0)
        if self._plot_waits:
            self._cas.withdraw(self._plot_ticket)

    def _is_done(self) -> bool:
        if self._author.is_writing or self._checker.is_busy or self._plot_waits:
            return False
        return self._answer is None or self._judgement is not None

    def _next(self) -> Iterator[SolveEvent]:
        """What the next message, or the lack of one, brings."""
        try:
            message = self._inbox.get(timeout=TICK)
        except queue.Empty:
            message = None
        if isinstance(message, CasResult):
            yield from self._take_result(message)
        elif message is not None:
            yield from self._take_writing(message)
        if not self._author.is_writing and not self._checker.is_busy and self._answer is None:
            yield from self._conclude()

    def _take_writing(self, message: object) -> Iterator[SolveEvent]:
        if not isinstance(message, Written):
            return
        for item in self._author.take(message):
            if isinstance(item, Step):
                yield StepFinished(step=item, claims=self._checker.add_step(item))
            else:
                yield item
        yield from self._show(self._checker.start())
        if not self._author.is_writing and self._checker.is_busy and not self._checking_shown:
            self._checking_shown = True
            yield Progress(stage=Stage.CHECKING, tokens=self._author.tokens)

    def _take_result(self, result: CasResult) -> Iterator[SolveEvent]:
        if result.ticket == self._plot_ticket:
            self._plot_waits = False
            if isinstance(result.answer, Sampled) and result.answer.plot is not None:
                yield PlotReady(plot=result.answer.plot)
            return
        yield from self._show(self._checker.take(result))

    def _show(self, checks: tuple[StepCheck, ...]) -> Iterator[SolveEvent]:
        for done in checks:
            if done.step == 0:
                self._judgement = done.check
                yield EvidenceFound(check=done.check)
                first = self._first_unproven()
            else:
                self._note(done)
                yield CheckFinished(step=done.step, check=done.check)
                first = done.step
            if done.check.verdict is Verdict.REFUTED:
                if self._may_correct(first):
                    yield from self._correct(first, done.check)
                    return
                self._standing.add(first)

    def _note(self, done: StepCheck) -> None:
        proven = done.check.verdict in (Verdict.VERIFIED, Verdict.NOT_CHECKABLE)
        self._proven[done.step] = self._proven.get(done.step, True) and proven

    def _first_unproven(self) -> int:
        """The step to begin again with when the answer is wrong: the first that is not proven."""
        doubtful = (step.index for step in self._author.steps if not self._proven.get(step.index))
        last = self._answer.step if self._answer else 1
        return min(next(doubtful, last), last)

    def _may_correct(self, first: int) -> bool:
        if self._standing:
            return False  # what follows from a step that stays wrong is wrong with it
        in_place = self._corrections.get(first, 0) < CORRECTIONS_A_STEP
        return (
            in_place and sum(self._corrections.values()) < CORRECTIONS and self._author.has_budget
        )

    def _correct(self, first: int, check: Check) -> Iterator[SolveEvent]:
        self._corrections[first] = self._corrections.get(first, 0) + 1
        self._checker.withdraw_from(first)
        self._answer = self._judgement = None
        self._proven = {step: p for step, p in self._proven.items() if step < first}
        self._checking_shown = False
        yield StepsWithdrawn(first=first, check=check)
        self._author.correct(first, check)

    def _conclude(self) -> Iterator[SolveEvent]:
        """All is written and checked: take the answer out, or have it written."""
        found = find_answer(self._author.steps, cut_off=self._author.cut_off)
        if found is None:
            if self._author.halt is not Halt.CONCLUDED and self._author.has_tokens:
                self._author.ask_for_answer()
            return
        self._answer = found
        self._checker.add_answer(found.latex)
        yield AnswerReady(answer=found)
        yield from self._show(self._checker.start())

    def _ask_for_plot(self) -> None:
        spec = plot_spec(self._goal)
        if spec is not None:
            self._plot_waits = True
            self._plot_ticket = self._cas.submit(
                SamplePlot(spec=spec), deadline=PLOT_DEADLINE, sink=self._inbox.put
            )

    def _badge(self) -> Badge | None:
        if self._answer is None:
            return None
        proven = self._judgement is not None and self._judgement.verdict is Verdict.VERIFIED
        return Badge.VERIFIED if proven else Badge.UNSURE
