"""The engine behind the window, and the thread that listens to it."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from typing import Protocol

from PySide6.QtCore import QObject, QThread, Signal

from tutor.core.cancel import CancelToken
from tutor.core.errors import TutorError
from tutor.core.events import SolveEvent, SolveFailed
from tutor.core.problem import Problem
from tutor.solver.options import SolveOptions


class Engine(Protocol):
    """What solves problems; `tutor.app.Tutor` is the real one."""

    def solve(
        self, problem: Problem, *, options: SolveOptions, cancel: CancelToken
    ) -> Iterator[SolveEvent]:
        """The events of one solve."""
        ...

    def warm(self) -> None:
        """Get ready for the first solve; may take seconds."""
        ...

    def close(self) -> None:
        """Let go of everything; a solve that is running ends."""
        ...


class EngineJob(QThread):
    """One solve, listened to in a thread of its own.

    Events wait until they are taken; one signal announces all that are waiting, so that no pace of writing
    can flood the window.

    Signals:
        events_arrived: There is something to take.
    """

    events_arrived = Signal()

    def __init__(
        self,
        engine: Engine,
        problem: Problem,
        options: SolveOptions,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._engine = engine
        self._problem = problem
        self._options = options
        self._cancel = CancelToken()
        self._waiting: deque[SolveEvent] = deque()
        self._is_announced = False

    def run(self) -> None:
        """Listen until the engine is done."""
        try:
            events = self._engine.solve(self._problem, options=self._options, cancel=self._cancel)
            for event in events:
                self._put(event)
        except TutorError as error:
            self._put(SolveFailed.of(error))

    def cancel(self) -> None:
        """Ask the engine to stop; its last event comes as always."""
        self._cancel.cancel()

    def take(self) -> tuple[SolveEvent, ...]:
        """The events that came since the last call."""
        self._is_announced = False
        taken = []
        while self._waiting:
            taken.append(self._waiting.popleft())
        return tuple(taken)

    def _put(self, event: SolveEvent) -> None:
        self._waiting.append(event)
        if not self._is_announced:
            self._is_announced = True
            self.events_arrived.emit()


class WarmUpJob(QThread):
    """Lets the engine get ready while the user reads and types."""

    def __init__(self, engine: Engine, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._engine = engine
        self.error: TutorError | None = None

    def run(self) -> None:
        """Warm the engine; what goes wrong is told again when a problem is to be solved."""
        try:
            self._engine.warm()
        except TutorError as error:
            self.error = error
