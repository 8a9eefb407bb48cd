"""The engine behind the window, and the thread that listens to it."""

from __future__ import annotations

import contextlib
from collections import deque
from typing import Protocol

from PySide6.QtCore import QObject, QThread, Signal

from tutor.core.cancel import CancelToken
from tutor.core.errors import TutorError
from tutor.core.events import SolveEvent, SolveFailed
from tutor.core.problem import Problem
from tutor.gui.late_engine import Solver
from tutor.solver.options import SolveOptions


class Engine(Solver, Protocol):
    """A solver that can be told to get ready; `LateEngine` is the real one."""

    def warm(self) -> None:
        """Get ready for the first solve; may take seconds.

        Raises:
            TutorError: It cannot get ready.
        """
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
        engine: Solver,
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

    def run(self) -> None:
        """Warm the engine; what goes wrong is told when a problem is to be solved."""
        with contextlib.suppress(TutorError):
            self._engine.warm()
