"""The loop inside a worker process.

Descriptor 1 is kept for the protocol before any library that prints is imported; whatever else is printed goes
to descriptor 2, which the parent keeps as the worker's log.
"""

from __future__ import annotations

import importlib
import os
import queue
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import BinaryIO

from tutor.core.errors import Cancelled, ProtocolError, TutorError
from tutor.support.codec import CodecError, JsonValue
from tutor.workers.protocol import (
    CANCEL,
    PROTOCOL,
    Kind,
    Reply,
    Request,
    error_body,
    read_request,
    write_reply,
)

GRACE = 2.0
"""Seconds a running operation gets to end after the parent has gone."""

CHUNK = 65536
"""Most bytes that are taken from the pipe at once."""

WORKERS = {"cas": "tutor.cas.worker:main", "model": "tutor.inference.worker:main"}
"""Where each worker's `main` is, as a string, so that nothing heavy is imported to know it."""


@dataclass(frozen=True, slots=True)
class Call:
    """The request that an operation is answering.

    Attributes:
        send: Sends one part of the answer at once.
        cancelled: Set when the request is cancelled; the operation looks at it and raises `Cancelled`.
    """

    send: Callable[[JsonValue], None]
    cancelled: threading.Event


Handler = Callable[[JsonValue, Call], JsonValue]
"""Does one operation: takes the request's body, returns the body of the final reply."""


def run_worker(name: str) -> int:
    """Become the worker called `name`; returns the exit code."""
    protocol_out = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    sys.stdout = sys.stderr
    target = WORKERS.get(name)
    if target is None:
        sys.stderr.write(f"no worker is called {name!r}\n")
        return 2
    module, _, function = target.partition(":")
    main: Callable[[BinaryIO], int] = getattr(importlib.import_module(module), function)
    return main(protocol_out)


def limit_memory(limit_bytes: int) -> None:
    """Make allocations beyond `limit_bytes` of address space fail, where the system can."""
    if sys.platform != "darwin":  # macOS refuses to set RLIMIT_AS
        _limit("RLIMIT_AS", limit_bytes)


def limit_cpu(seconds: int) -> None:
    """Let the system end this process when it computes for more than `seconds` from now.

    The parent's deadline comes first; this is for a parent that died while the child computes and cannot
    notice, because one big-integer operation holds the interpreter.
    """
    _limit("RLIMIT_CPU", int(time.process_time()) + seconds)


def _limit(name: str, wanted: int) -> None:
    """Set a limit of the system, or the lower one that somebody has set for all of us."""
    try:
        import resource  # noqa: PLC0415 - not on Windows
    except ImportError:
        return
    kind = getattr(resource, name)
    _, hard = resource.getrlimit(kind)
    soft = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
    resource.setrlimit(kind, (soft, hard))


def serve(
    name: str, handlers: Mapping[str, Handler], out: BinaryIO, *, cpu_seconds: int | None = None
) -> int:
    """Greet, then answer requests one at a time until the pipe from the parent closes.

    A reader thread takes requests, so that a cancellation is seen while an operation runs.

    Args:
        name: The worker's name.
        handlers: What it can do.
        out: Where replies go.
        cpu_seconds: Most processor time one request may take; `None` for no limit.
    """
    requests: queue.SimpleQueue[Request | None] = queue.SimpleQueue()
    cancelled: dict[int, threading.Event] = {}
    thread = threading.Thread(target=_read, args=(requests, cancelled), daemon=True)
    _send(out, 0, Kind.HELLO, {"protocol": PROTOCOL, "name": name})
    thread.start()
    while (request := requests.get()) is not None:
        if cpu_seconds is not None:
            limit_cpu(cpu_seconds)
        _answer(request, handlers, cancelled[request.id], out)
        del cancelled[request.id]
    return 0


def _read(
    requests: queue.SimpleQueue[Request | None], cancelled: dict[int, threading.Event]
) -> None:
    try:
        for line in _lines(0):
            _take(read_request(line), requests, cancelled)
    except (ProtocolError, OSError) as error:
        sys.stderr.write(f"no more requests are read: {error}\n")
    finally:
        # The parent is gone or has closed the pipe: whatever is running is of no use to anyone.
        for event in list(cancelled.values()):
            event.set()
        requests.put(None)
        time.sleep(GRACE)
        os._exit(0)


def _lines(descriptor: int) -> Iterator[bytes]:
    """The lines that come through a pipe; a last one that was cut off is left out.

    Not through `sys.stdin`: its lock, held while a thread waits for a line, makes the interpreter abort at its end.
    """
    rest = b""
    while chunk := os.read(descriptor, CHUNK):
        *lines, rest = (rest + chunk).split(b"\n")
        yield from lines


def _take(
    request: Request,
    requests: queue.SimpleQueue[Request | None],
    cancelled: dict[int, threading.Event],
) -> None:
    if request.op == CANCEL:
        event = cancelled.get(request.id)
        if event is not None:
            event.set()
    else:
        cancelled[request.id] = threading.Event()
        requests.put(request)


def _answer(
    request: Request, handlers: Mapping[str, Handler], cancelled: threading.Event, out: BinaryIO
) -> None:
    def part(body: JsonValue) -> None:
        _send(out, request.id, Kind.PART, body)

    try:
        handler = handlers.get(request.op)
        if handler is None:
            msg = f"no operation is called {request.op!r}"
            raise ProtocolError(msg)
        body = handler(request.body, Call(part, cancelled))
        _send(out, request.id, Kind.DONE, body)
    except Cancelled:
        _send(out, request.id, Kind.DONE, None)
    except TutorError as error:
        _send(out, request.id, Kind.ERROR, error_body(error))
    except CodecError as error:
        _send(out, request.id, Kind.ERROR, error_body(ProtocolError(str(error))))


def _send(out: BinaryIO, number: int, kind: Kind, body: JsonValue) -> None:
    out.write(write_reply(Reply(id=number, kind=kind, body=body)))
    out.flush()
