"""A language model on this machine, in a process of its own."""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Callable
from functools import cached_property
from typing import Final, cast

from tutor.core.errors import Cancelled, ModelMissing, ProtocolError, TutorError, WorkerError
from tutor.inference.catalogue import InstalledModel, ensure_fits, ensure_unaltered
from tutor.inference.gguf import read_header
from tutor.inference.messages import (
    Finish,
    Generation,
    GenerationFailed,
    GenerationFinished,
    Message,
    ModelEvent,
    ModelLoading,
    ModelSink,
    ModelVerifying,
    PromptReading,
    RunningGeneration,
    TextWritten,
)
from tutor.inference.wire import GENERATE, LOAD, LoadModel
from tutor.support.codec import CodecError, decode, encode
from tutor.support.i18n import N_
from tutor.workers.host import WorkerProcess
from tutor.workers.protocol import Kind, Reply, error_from

GRACE: Final = 2.0
"""Seconds a cancelled generation may take to end before its process is killed."""

_WAKE: Final = 0.25
"""Seconds between two looks at whether to give up waiting."""

CONTEXT: Final = 4096
"""Tokens of context."""

_ENVIRONMENT: Final = {"GOMP_SPINCOUNT": "3000"}
"""How llama.cpp's threads wait for one another: they spin for some microseconds, then sleep.

Measured on two cores with the default model, idle and beside a busy process of niceness 19: spinning on (the default)
16.0 and 2 tokens/s, 4,000 turns 16.3 and 6.4, 2,000 turns 15.9 and 7.5, sleeping at once 11.6 and 8.8.
"""


class LocalModel:
    """Generates with llama.cpp; its process is started when it is first needed, and again after it died.

    All waiting happens on one thread of its own. Use it as a context manager, or call `close`.
    """

    def __init__(
        self,
        installed: InstalledModel,
        *,
        n_ctx: int = CONTEXT,
        threads: int = 0,
        gpu: bool = True,
        nice: int = 0,
    ) -> None:
        """Describe the model; nothing is started yet.

        Args:
            installed: The model's file.
            n_ctx: Tokens of context.
            threads: Threads to compute with; 0 for one a physical core.
            gpu: Whether a graphics processor may be used.
            nice: How much lower than ours the process's priority is.
        """
        self._installed = installed
        self._nice = nice
        self._request = LoadModel(path=str(installed.path), n_ctx=n_ctx, threads=threads, gpu=gpu)
        self._orders: queue.SimpleQueue[_Order | None] = queue.SimpleQueue()
        self._open_orders: set[_Order] = set()
        self._lock = threading.Lock()
        self._closed = False
        self._worker: WorkerProcess | None = None
        self._thread = threading.Thread(target=self._run, name="model", daemon=True)
        self._thread.start()

    def __enter__(self) -> LocalModel:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def name(self) -> str:
        """Its name in the catalogue."""
        return self._installed.name

    @property
    def pid(self) -> int | None:
        """Process id of the worker, or `None` while none runs."""
        worker = self._worker
        return worker.pid if worker is not None and worker.is_alive else None

    @cached_property
    def thinks(self) -> bool:
        """Whether it thinks before it writes; takes a moment when it is first asked.

        Raises:
            ModelDamaged: The file's header cannot be read.
            StorageError: The file cannot be read.
        """
        return read_header(self._installed.path).thinks

    def generate(self, generation: Generation, sink: ModelSink) -> RunningGeneration:
        """Begin to generate and return at once; the events go to `sink`, on the model's thread.

        Exactly one `GenerationFinished` or `GenerationFailed` comes, and it is the last event. A warm-up under
        way makes room.
        """
        return self._submit(_Order(generation, sink, is_warm_up=False))

    def warm(self, messages: tuple[Message, ...]) -> None:
        """Start the process, load the model and read the beginning of a conversation, in the background.

        A failure is kept for the next `generate`, which meets it again.
        """
        generation = Generation(messages=messages, max_tokens=0)
        self._submit(_Order(generation, lambda _event: None, is_warm_up=True))

    def close(self) -> None:
        """End the process and the thread; open generations end as cancelled."""
        with self._lock:
            self._closed = True
            orders = tuple(self._open_orders)
        for order in orders:
            order.cancel()
        self._orders.put(None)
        worker = self._worker
        if worker is not None:
            worker.kill()
        self._thread.join()

    def _submit(self, order: _Order) -> RunningGeneration:
        with self._lock:
            is_closed = self._closed
            warm_ups = tuple(o for o in self._open_orders if o.is_warm_up)
            if not is_closed:
                self._open_orders.add(order)
                self._orders.put(order)
        if is_closed:
            order.end(GenerationFinished(finish=Finish.CANCELLED))
        for warm_up in warm_ups:
            warm_up.cancel()
        return order

    def _run(self) -> None:
        while (order := self._orders.get()) is not None:
            order.end(self._serve(order))
            with self._lock:
                self._open_orders.discard(order)
        self._stop()

    def _serve(self, order: _Order) -> ModelEvent:
        """Do what was asked; returns the last event."""
        try:
            worker = self._loaded_worker(order)
            return self._generate(worker, order)
        except Cancelled:
            return GenerationFinished(finish=Finish.CANCELLED)
        except CodecError as error:
            self._stop()
            return GenerationFailed(ProtocolError(str(error)))
        except WorkerError as error:
            self._stop()
            if order.is_cancelled:
                return GenerationFinished(finish=Finish.CANCELLED)
            return GenerationFailed(error)
        except TutorError as error:
            return GenerationFailed(error)

    def _loaded_worker(self, order: _Order) -> WorkerProcess:
        """The process with the model in it, started and loaded if need be."""
        if order.is_cancelled:
            raise Cancelled
        if self._worker is not None and self._worker.is_alive:
            return self._worker
        self._ensure_present()
        self._ensure_unaltered(order)
        order.sink(ModelLoading())
        ensure_fits(self._installed, self._request.n_ctx)
        worker = WorkerProcess("model", nice=self._nice, env=_ENVIRONMENT)
        worker.start()
        with self._lock:
            self._worker = worker  # from here on `close` finds it
            is_closed = self._closed
        if is_closed:
            self._stop()
            raise Cancelled
        try:
            worker.greet()
            self._load(worker, order)
        except TutorError:
            self._stop()
            raise
        return worker

    def _ensure_present(self) -> None:
        if not self._installed.path.is_file():
            places = {"file": self._installed.path.name, "name": self._installed.name}
            message = N_("The model file {file} is not there")
            raise ModelMissing(message, hint=self._installed.remedy, places=places)

    def _ensure_unaltered(self, order: _Order) -> None:
        """Read a file in full that was written to; that takes seconds, so a cancelled order gives up."""
        if self._installed.record is None:
            return
        size, shown = max(self._installed.record.bytes, 1), -1

        def progress(done: int) -> None:
            nonlocal shown
            if order.is_cancelled or self._closed:
                raise Cancelled
            if (step := 50 * done // size) > shown:
                shown = step
                order.sink(ModelVerifying(fraction=min(done / size, 1.0)))

        ensure_unaltered(self._installed, progress)

    def _load(self, worker: WorkerProcess, order: _Order) -> None:
        """Load the model to the end even when the order is cancelled: the next one will want it."""
        worker.send(LOAD, encode(self._request))
        reply = self._receive(worker, lambda: self._closed)
        if reply.kind is Kind.ERROR:
            raise error_from(reply.body)
        if order.is_cancelled:
            raise Cancelled

    def _generate(self, worker: WorkerProcess, order: _Order) -> ModelEvent:
        order.begin(worker, worker.send(GENERATE, encode(order.generation)))
        while True:
            reply = self._receive(worker, order.is_overdue)
            if reply.kind is Kind.DONE:
                return decode(GenerationFinished, reply.body)
            if reply.kind is Kind.ERROR:
                return GenerationFailed(error_from(reply.body))
            event = decode(cast("type[PromptReading]", PromptReading | TextWritten), reply.body)
            order.sink(event)

    def _receive(self, worker: WorkerProcess, is_over: Callable[[], bool]) -> Reply:
        """The next reply; when there is no point in waiting any longer, the process is killed."""
        while True:
            try:
                return worker.receive(_WAKE)
            except TimeoutError:
                if is_over():
                    self._stop()
                    raise Cancelled from None

    def _stop(self) -> None:
        if self._worker is not None:
            self._worker.kill()
            self._worker = None


class _Order:
    """One generation that was asked for."""

    def __init__(self, generation: Generation, sink: ModelSink, *, is_warm_up: bool) -> None:
        self.generation = generation
        self.sink = sink
        self.is_warm_up = is_warm_up
        self._cancelled_at: float | None = None
        self._running: tuple[WorkerProcess, int] | None = None

    @property
    def is_cancelled(self) -> bool:
        """Whether it was cancelled."""
        return self._cancelled_at is not None

    def cancel(self) -> None:
        """Stop computing; the last event follows."""
        if self._cancelled_at is None:
            self._cancelled_at = time.monotonic()
        self._tell()

    def begin(self, worker: WorkerProcess, number: int) -> None:
        """The request is on its way; a cancellation that came before is sent after it."""
        self._running = (worker, number)
        if self.is_cancelled:
            self._tell()

    def is_overdue(self) -> bool:
        """Whether it was cancelled so long ago that its process must be stuck."""
        return self._cancelled_at is not None and time.monotonic() - self._cancelled_at > GRACE

    def end(self, event: ModelEvent) -> None:
        """Send the last event."""
        self._running = None
        self.sink(event)

    def _tell(self) -> None:
        running = self._running
        if running is not None:
            worker, number = running
            worker.cancel(number)
