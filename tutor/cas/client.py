"""The parent's side of the CAS: requests with a hard deadline, one worker busy and one warm.

A deadline is a kill: the warm worker takes over at once and a new one is started behind it.
"""

from __future__ import annotations

import contextlib
import itertools
import queue
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

from tutor.cas.requests import CasAnswer, CasRequest, CasResult, Outcome
from tutor.core.errors import TutorError, WorkerCrashed, WorkerError
from tutor.support.codec import CodecError, decode, encode
from tutor.workers.host import WorkerProcess
from tutor.workers.protocol import Kind, Reply

Sink = Callable[[CasResult], None]
"""Takes a result; called on the client's own thread, so it only hands it on (to a queue)."""

PATIENCE = 0.25
"""Seconds that a request nobody waits for any more may still take: most are done by then, and a kill costs a start."""

SLICE = 0.05
"""Seconds between two looks at whether anybody still waits."""

NICE = 19
"""CAS workers yield to the model: its spinning threads lose everything when the cores are contended."""


@dataclass(frozen=True, slots=True)
class _Order:
    ticket: int
    request: CasRequest
    deadline: float
    sink: Sink


class CasClient:
    """Sends requests to CAS workers; all of its work happens on one thread of its own.

    Use it as a context manager, or call `close`.
    """

    def __init__(self) -> None:
        self._tickets = itertools.count(1)
        self._is_closed = False
        self._done = 0
        self._withdrawn: set[int] = set()
        self._orders: queue.SimpleQueue[_Order | None] = queue.SimpleQueue()
        self._busy: WorkerProcess | None = None
        self._warm: WorkerProcess | None = None
        self._thread = threading.Thread(target=self._run, name="cas", daemon=True)
        self._thread.start()

    def __enter__(self) -> CasClient:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def submit(self, request: CasRequest, *, deadline: float, sink: Sink) -> int:
        """Queue a request and return at once; its result goes to `sink`.

        Args:
            request: What to ask.
            deadline: Seconds the worker may take before it is killed.
            sink: Gets exactly one `CasResult` with the ticket that is returned.
        """
        ticket = next(self._tickets)
        if self._is_closed:
            sink(CasResult(ticket=ticket, outcome=Outcome.EXPIRED))
        else:
            self._orders.put(_Order(ticket, request, deadline, sink))
        return ticket

    def withdraw(self, ticket: int) -> None:
        """Say that nobody waits for a result any more: it comes soon, and may be *expired*."""
        if ticket > self._done:
            self._withdrawn.add(ticket)

    def ask(self, request: CasRequest, *, deadline: float) -> CasResult:
        """Ask and wait for the result."""
        results: queue.SimpleQueue[CasResult] = queue.SimpleQueue()
        self.submit(request, deadline=deadline, sink=results.put)
        return results.get()

    def close(self) -> None:
        """End the workers and the thread; open requests are dropped."""
        self._is_closed = True
        self._orders.put(None)
        for worker in (self._busy, self._warm):
            if worker is not None:
                worker.kill()
        self._thread.join()

    def _run(self) -> None:
        self._busy, self._warm = self._fresh(), self._fresh()
        while (order := self._orders.get()) is not None:
            order.sink(self._serve(order))
            self._done = order.ticket
            self._withdrawn.discard(order.ticket)
        for worker in (self._busy, self._warm):
            if worker is not None:
                worker.kill()

    def _serve(self, order: _Order) -> CasResult:
        started = time.monotonic()
        if self._is_closed or order.ticket in self._withdrawn:
            return CasResult(ticket=order.ticket, outcome=Outcome.EXPIRED)
        try:
            worker = self._ready()
            started = time.monotonic()
            answer = self._exchange(order, worker)
            outcome = Outcome.ANSWERED
        except TimeoutError:
            answer, outcome = None, Outcome.EXPIRED
            self._replace()
        except (TutorError, CodecError):
            answer, outcome = None, Outcome.CRASHED
            self._replace()
        elapsed = time.monotonic() - started
        return CasResult(ticket=order.ticket, outcome=outcome, answer=answer, elapsed=elapsed)

    def _ready(self) -> WorkerProcess:
        """A worker that has greeted; one that died in the meantime is replaced."""
        for _ in range(2):
            if self._busy is None or not self._busy.is_alive:
                self._replace()
            if self._busy is not None:
                with contextlib.suppress(WorkerError):
                    self._busy.greet()
                    return self._busy
        raise WorkerCrashed("the CAS did not come up", exit_code=1, log_tail="")

    def _exchange(self, order: _Order, worker: WorkerProcess) -> CasAnswer:
        worker.send("ask", encode(order.request))
        reply = self._receive(order, worker)
        if reply.kind is not Kind.DONE:
            raise WorkerCrashed("the CAS failed", exit_code=0, log_tail=worker.log_tail())
        return decode(CasAnswer, reply.body)  # type: ignore[arg-type] # a union is not a type to mypy

    def _receive(self, order: _Order, worker: WorkerProcess) -> Reply:
        """The worker's reply, waited for as long as somebody waits for us.

        Raises:
            TimeoutError: The deadline has expired.
        """
        started = time.monotonic()
        while True:
            limit = PATIENCE if order.ticket in self._withdrawn else order.deadline
            left = min(limit, order.deadline) - (time.monotonic() - started)
            if left <= 0 or self._is_closed:
                raise TimeoutError
            with contextlib.suppress(TimeoutError):
                return worker.receive(min(left, SLICE))

    def _replace(self) -> None:
        if self._busy is not None:
            self._busy.kill()
        self._busy, self._warm = self._warm, self._fresh()

    def _fresh(self) -> WorkerProcess | None:
        if self._is_closed:
            return None
        worker = WorkerProcess("cas", nice=NICE)
        try:
            worker.start()
        except WorkerError:
            return None
        return worker
