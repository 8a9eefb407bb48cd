"""An engine that is opened when it is first needed, because there may be no model when the window opens."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from typing import Protocol

from tutor.core.cancel import CancelToken
from tutor.core.events import SolveEvent
from tutor.core.problem import Problem
from tutor.solver.options import SolveOptions


class Solver(Protocol):
    """What solves once it is open; `tutor.app.Tutor` is the real one."""

    def solve(
        self, problem: Problem, *, options: SolveOptions, cancel: CancelToken
    ) -> Iterator[SolveEvent]:
        """The events of one solve."""
        ...

    def close(self) -> None:
        """Let go of everything; a solve that is running ends."""
        ...


class LateEngine:
    """Opens a solver when there is something to do; an opening that failed is tried again the next time."""

    def __init__(self, open_solver: Callable[[], Solver]) -> None:
        self._open_solver = open_solver
        self._lock = threading.Lock()
        self._solver: Solver | None = None

    def solve(
        self, problem: Problem, *, options: SolveOptions, cancel: CancelToken
    ) -> Iterator[SolveEvent]:
        """The events of one solve.

        Raises:
            TutorError: The solver could not be opened.
        """
        return self._opened().solve(problem, options=options, cancel=cancel)

    def warm(self) -> None:
        """Open it now.

        Raises:
            TutorError: It could not be opened.
        """
        self._opened()

    def close(self) -> None:
        """Close it, if it was opened."""
        with self._lock:
            solver, self._solver = self._solver, None
        if solver is not None:
            solver.close()

    def _opened(self) -> Solver:
        with self._lock:
            if self._solver is None:
                self._solver = self._open_solver()
            return self._solver
