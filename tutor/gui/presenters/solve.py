"""The solving of one problem as the window shows it."""

from __future__ import annotations

import enum
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from tutor.core.errors import InputError
from tutor.core.events import (
    FailureKind,
    Progress,
    SolveCancelled,
    SolveEvent,
    SolveFailed,
    SolveFinished,
    SolveRefused,
    Stage,
)
from tutor.core.fold import Solution, apply
from tutor.core.problem import Problem
from tutor.core.solution import Usage
from tutor.gui.engine_job import EngineJob
from tutor.gui.late_engine import Solver
from tutor.gui.presenters.cards import Sheet
from tutor.gui.presenters.sheet import solution_sheet, welcome_sheet
from tutor.intake.reading import read_problem
from tutor.solver.options import SolveOptions
from tutor.support.i18n import N_, Translator
from tutor.support.words import STAGES

CLOSE_GRACE_MS = 2500
"""How long a running solve may take to stop by itself when the window closes."""


class Phase(enum.Enum):
    """Where the presenter is."""

    IDLE = enum.auto()
    RUNNING = enum.auto()
    STOPPING = enum.auto()


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """Something the user has to know before anything else.

    Attributes:
        tone: `caution` or `failure`.
        title: What is the matter.
        text: What to do about it, or an empty string.
        can_override: Whether the user may go on all the same.
    """

    tone: str
    title: str
    text: str = ""
    can_override: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Status:
    """The progress line.

    Attributes:
        stage: What is being done, in words.
        detail: Pace and time, in words.
        is_busy: Whether something is being done.
        fraction: How much of it is done, 0 to 1; `None` where that is not known.
    """

    stage: str = ""
    detail: str = ""
    is_busy: bool = False
    fraction: float | None = None


class SolvePresenter(QObject):
    """Starts and stops solves and holds what is to be shown of the latest.

    Signals:
        changed: Something to be shown is different.
        failed: A solve ended with a failure of this kind.
    """

    changed = Signal()
    failed = Signal(FailureKind)

    def __init__(
        self,
        engine: Solver,
        *,
        clock: Callable[[], float] = time.monotonic,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._engine = engine
        self._clock = clock
        self._job: EngineJob | None = None
        self._problem: Problem | None = None
        self._progress = Progress(stage=Stage.LOADING)
        self._started = 0.0
        self._objection: InputError | None = None
        self.phase = Phase.IDLE
        self.solution = Solution()

    @property
    def is_running(self) -> bool:
        """Whether a solve is under way."""
        return self.phase is not Phase.IDLE

    @property
    def can_stop(self) -> bool:
        """Whether a solve is under way that was not told to stop."""
        return self.phase is Phase.RUNNING

    def solve(self, text: str) -> None:
        """Solve the problem in a text, unless a solve is under way."""
        if self.is_running:
            return
        self._reset()
        try:
            self._problem = read_problem(text)
        except InputError as error:
            self.take([SolveFailed.of(error)])
        else:
            self._run(self._problem, SolveOptions())

    def solve_anyway(self) -> None:
        """Solve the refused problem in spite of the figure that is not there."""
        if self._problem is not None and not self.is_running:
            problem = self._problem
            self._reset()
            self._run(problem, SolveOptions(anyway=True))

    def stop(self) -> None:
        """Stop the solve; what is written stays."""
        if self._job is not None and self.phase is Phase.RUNNING:
            self.phase = Phase.STOPPING
            self._job.cancel()
            self.changed.emit()

    def clear(self) -> None:
        """Go back to the beginning, unless a solve is under way."""
        if not self.is_running:
            self._reset()
            self.changed.emit()

    def forget_text(self) -> None:
        """Take back what was said about a text that is no longer there: a refusal, an objection."""
        if self._objection is None and not self._is_turned_down():
            return
        self._objection = None
        if self._is_turned_down() and not self.is_running:
            self._reset()
        self.changed.emit()

    def object_to(self, text: str) -> None:
        """Say why a text is no problem; the solution stays."""
        try:
            read_problem(text)
        except InputError as error:
            self._objection = error
            self.changed.emit()

    def close(self) -> None:
        """Stop the solve and close the engine; waits until both are done."""
        job, self._job = self._job, None
        if job is not None:
            job.cancel()
            job.wait(CLOSE_GRACE_MS)
        self._engine.close()
        if job is not None:
            job.wait()

    def take(self, events: Iterable[SolveEvent]) -> None:
        """Take what the engine says."""
        for event in events:
            self.solution = apply(self.solution, event)
            if isinstance(event, Progress):
                self._progress = event
            if isinstance(event, SolveFailed):
                self.failed.emit(event.kind)
        self.changed.emit()

    def sheet(self, tr: Translator) -> Sheet:
        """The solution as cards."""
        if self.solution.problem is None:
            return welcome_sheet(tr)
        return solution_sheet(self.solution, tr)

    def notice(self, tr: Translator) -> Notice | None:
        """What stands above the solution."""
        if self._objection is not None:
            return _failure_notice(SolveFailed.of(self._objection), tr)
        match self.solution.ending:
            case SolveRefused(cues=cues):
                quoted = tr(N_(", ")).join(tr(N_('"{cue}"'), cue=cue) for cue in cues)
                return Notice(
                    tone="caution",
                    title=tr(N_("This problem needs a figure that is not here")),
                    text=tr(N_("It speaks of one: {cues}"), cues=quoted),
                    can_override=True,
                )
            case SolveFailed() as failed:
                return _failure_notice(failed, tr)
            case _:
                return None

    def status(self, tr: Translator) -> Status:
        """The progress line."""
        match self.solution.ending:
            case SolveFinished(usage=usage):
                return Status(stage=tr(N_("Done")), detail=_usage(usage, tr))
            case SolveCancelled(usage=usage):
                return Status(stage=tr(N_("Stopped")), detail=_usage(usage, tr))
            case _:
                return self._busy(tr) if self.is_running else Status()

    def _busy(self, tr: Translator) -> Status:
        stopping = self.phase is Phase.STOPPING
        now = self._progress
        usage = Usage(
            tokens=now.tokens,
            tokens_per_second=now.tokens_per_second,
            seconds=self._clock() - self._started,
        )
        return Status(
            stage=tr(N_("Stopping")) if stopping else tr(STAGES[now.stage]),
            detail=_usage(usage, tr),
            is_busy=True,
            fraction=now.fraction,
        )

    def _is_turned_down(self) -> bool:
        """Whether the text was no problem that could be solved."""
        match self.solution.ending:
            case SolveRefused() | SolveFailed(kind=FailureKind.INPUT):
                return True
            case _:
                return False

    def _reset(self) -> None:
        self.solution = Solution()
        self._progress = Progress(stage=Stage.LOADING)
        self._problem = None
        self._objection = None

    def _run(self, problem: Problem, options: SolveOptions) -> None:
        self._problem = problem
        self.solution = Solution(problem=problem)
        self._started = self._clock()
        self.phase = Phase.RUNNING
        job = EngineJob(self._engine, problem, options)
        job.events_arrived.connect(self._on_events_arrived)
        job.finished.connect(self._on_job_finished)
        self._job = job
        job.start()
        self.changed.emit()

    def _on_events_arrived(self) -> None:
        if self._job is not None:
            self.take(self._job.take())

    def _on_job_finished(self) -> None:
        job, self._job = self._job, None
        if job is None:
            return
        job.wait()
        self.phase = Phase.IDLE
        rest = job.take()
        self.take(rest)
        if self.solution.ending is None:
            self.take([_SILENT_END])


_SILENT_END = SolveFailed(
    kind=FailureKind.WORKER,
    message=N_("The solver stopped without saying why"),
    hint=N_("Solve the problem again."),
)


def _usage(usage: Usage, tr: Translator) -> str:
    parts = [tr(N_("{seconds} s"), seconds=f"{usage.seconds:.1f}")]
    if usage.tokens_per_second:
        parts.append(tr(N_("{pace} tokens/s"), pace=f"{usage.tokens_per_second:.1f}"))
    if usage.tokens:
        parts.append(tr(N_("{count} tokens"), count=usage.tokens))
    return " · ".join(parts)


def _failure_notice(failed: SolveFailed, tr: Translator) -> Notice:
    title = tr(failed.message, **failed.places)
    text = tr(failed.hint, **failed.places)
    return Notice(tone="failure", title=title[:1].upper() + title[1:], text=text)
