"""The parent's side of one worker process: start, send, receive, kill."""

from __future__ import annotations

import contextlib
import itertools
import os
import queue
import subprocess
import sys
import threading
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import psutil

from tutor.core.errors import ProtocolError, WorkerCrashed, WorkerStartError
from tutor.support.codec import JsonValue
from tutor.support.i18n import N_
from tutor.workers.protocol import (
    CANCEL,
    PROTOCOL,
    Kind,
    Reply,
    Request,
    read_reply,
    write_request,
)
from tutor.workers.telling import sentences

START_TIMEOUT = 60.0
"""Seconds a child may take to greet; importing its libraries from a cold disk is slow."""

LOG_LINES = 40
"""Lines of a child's log that are kept for reports."""

UNKNOWN_EXIT = 255
"""Stands for the exit code of a child that has closed its pipes but whose end was not seen."""

_START_HINT = N_("Set the program up again: bash packaging/run")


class WorkerProcess:
    """One child process. One thread may use it at a time; `kill` and `cancel` may come from any.

    Attributes:
        name: The worker's name in `child.WORKERS`.
    """

    def __init__(
        self,
        name: str,
        *,
        nice: int = 0,
        env: Mapping[str, str] | None = None,
        program: Sequence[str] | None = None,
    ) -> None:
        """Describe the worker; nothing is started yet.

        Args:
            name: The worker's name.
            nice: How much lower than ours its priority is, 0 to 19, where the system has such a thing.
            env: Environment variables set for it besides ours.
            program: The command that takes `--worker NAME`; this program by default.
        """
        self.name = name
        self._sentences = sentences(name)
        self._nice = nice
        self._env = {**os.environ, **(env or {})}
        self._program = list(program) if program is not None else _program()
        self._numbers = itertools.count(1)
        self._replies: queue.SimpleQueue[Reply | ProtocolError | None] = queue.SimpleQueue()
        self._log: deque[str] = deque(maxlen=LOG_LINES)
        self._process: subprocess.Popen[bytes] | None = None
        self._log_reader: threading.Thread | None = None
        self._greeted = False

    @property
    def pid(self) -> int | None:
        """The child's process id, or `None` before the start."""
        return self._process.pid if self._process else None

    @property
    def is_alive(self) -> bool:
        """Whether the child runs."""
        return self._process is not None and self._process.poll() is None

    def start(self) -> None:
        """Start the child without waiting for its greeting.

        Raises:
            WorkerStartError: The system would not start it.
        """
        command = [*self._program, "--worker", self.name]
        try:
            self._process = subprocess.Popen(
                command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                env=self._env,
                start_new_session=True,  # Ctrl-C is ours to handle
            )
        except OSError as error:
            places = {"name": self.name, "how": error.strerror}
            raise WorkerStartError(
                self._sentences.not_started, hint=_START_HINT, places=places
            ) from error
        self._lower_priority()
        self._log_reader = self._thread(self._read_log)
        self._thread(self._read_replies)

    def greet(self, timeout: float = START_TIMEOUT) -> None:
        """Wait until the child is ready; returns at once when it already is.

        Raises:
            WorkerStartError: It ended, or did not greet in time, or speaks another protocol.
        """
        if self._greeted:
            return
        try:
            reply = self._next(timeout)
        except (TimeoutError, WorkerCrashed) as error:
            self.kill()
            raise WorkerStartError(
                self._sentences.not_up,
                log_tail=self._last_words(),
                hint=_START_HINT,
                places={"name": self.name},
            ) from error
        body = reply.body if isinstance(reply.body, Mapping) else {}
        if reply.kind is not Kind.HELLO or body.get("protocol") != PROTOCOL:
            self.kill()
            msg = self._sentences.other_version
            raise WorkerStartError(msg, hint=_START_HINT, places={"name": self.name})
        self._greeted = True

    def send(self, op: str, body: JsonValue = None) -> int:
        """Send a request to a child that has greeted; returns its number.

        Raises:
            WorkerCrashed: The child has ended.
        """
        number = next(self._numbers)
        self._write(Request(id=number, op=op, body=body))
        return number

    def cancel(self, number: int) -> None:
        """Ask the child to stop working on a request; its final reply still comes."""
        with contextlib.suppress(WorkerCrashed):
            self._write(Request(id=number, op=CANCEL))

    def receive(self, timeout: float | None = None) -> Reply:
        """The next reply.

        Args:
            timeout: Seconds to wait at most; `None` waits for ever.

        Raises:
            TimeoutError: Nothing came in time.
            WorkerCrashed: The child has ended.
            ProtocolError: The child said something else than a reply.
        """
        return self._next(timeout)

    def kill(self) -> None:
        """End the child at once and reap it."""
        process = self._process
        if process is None:
            return
        with contextlib.suppress(OSError):
            process.kill()
        process.wait()
        with contextlib.suppress(OSError):
            if process.stdin:
                process.stdin.close()

    def log_tail(self) -> str:
        """The last lines the child wrote besides the protocol."""
        return "\n".join(list(self._log)[-8:])

    def _next(self, timeout: float | None) -> Reply:
        try:
            reply = self._replies.get(timeout=timeout)
        except queue.Empty:
            raise TimeoutError from None
        if isinstance(reply, ProtocolError):
            raise reply
        if reply is None:
            self._replies.put(None)  # whoever asks next is told as well
            raise self._crash()
        return reply

    def _write(self, request: Request) -> None:
        if self._process is None or self._process.stdin is None:
            raise self._crash()
        try:
            self._process.stdin.write(write_request(request))
            self._process.stdin.flush()
        except (OSError, ValueError) as error:
            raise self._crash() from error

    def _crash(self) -> WorkerCrashed:
        code = self._exit_code()
        return WorkerCrashed(
            self._sentences.ended(code, unknown=UNKNOWN_EXIT),
            exit_code=code,
            log_tail=self._last_words(),
            hint=N_("Solve the problem again: it is started anew."),
            places={"name": self.name, "code": abs(code)},
        )

    def _last_words(self) -> str:
        """The end of the log of a child that has ended, once all of it has arrived."""
        if self._log_reader is not None:
            self._log_reader.join(timeout=1)
        return self.log_tail()

    def _thread(self, target: Callable[[], None]) -> threading.Thread:
        thread = threading.Thread(target=target, daemon=True, name=f"{self.name}-{target.__name__}")
        thread.start()
        return thread

    def _exit_code(self) -> int:
        if self._process is None:
            return UNKNOWN_EXIT
        try:
            return self._process.wait(timeout=1)
        except subprocess.TimeoutExpired:
            return UNKNOWN_EXIT

    def _read_replies(self) -> None:
        assert self._process is not None and self._process.stdout is not None  # noqa: S101, PT018
        for line in self._process.stdout:
            try:
                self._replies.put(read_reply(line))
            except ProtocolError as error:
                self._replies.put(error)
        self._replies.put(None)
        self._process.stdout.close()

    def _read_log(self) -> None:
        assert self._process is not None and self._process.stderr is not None  # noqa: S101, PT018
        for line in self._process.stderr:
            self._log.append(line.decode(errors="replace").rstrip())
        self._process.stderr.close()

    def _lower_priority(self) -> None:
        if not self._nice or self._process is None:
            return
        with contextlib.suppress(psutil.Error, OSError):
            process = psutil.Process(self._process.pid)
            if sys.platform == "win32":
                process.nice(psutil.BELOW_NORMAL_PRIORITY_CLASS)
            else:
                process.nice(min(19, process.nice() + self._nice))


def _program() -> list[str]:
    if getattr(sys, "frozen", False):
        return [sys.executable]
    package_parent = Path(__file__).resolve().parent.parent.parent
    # -P and the explicit path: the folder we happen to stand in must not decide which code runs.
    return [sys.executable, "-P", "-c", _BOOT.format(path=str(package_parent))]


_BOOT = (
    "import sys; sys.path.insert(0, {path!r}); from tutor.__main__ import main; sys.exit(main())"
)
