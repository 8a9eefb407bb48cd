"""Ctrl-C in the terminal, and the system's wish that the program end: the windows close as if by hand."""

from __future__ import annotations

import contextlib
import signal
import socket
from collections.abc import Iterator
from types import FrameType

from PySide6.QtCore import QSocketNotifier
from PySide6.QtWidgets import QApplication

SIGNALS = (signal.SIGINT, signal.SIGTERM)


@contextlib.contextmanager
def closing_on_signals() -> Iterator[None]:
    """While inside, the first such signal closes all windows; a second one ends the program at once."""
    before = {number: signal.signal(number, _note) for number in SIGNALS}
    read_end, write_end = socket.socketpair()
    for end in (read_end, write_end):
        end.setblocking(False)
    # Qt's event loop runs no Python: the interpreter writes to the socket, and the socket wakes Qt.
    fd_before = signal.set_wakeup_fd(write_end.fileno(), warn_on_full_buffer=False)
    notifier = QSocketNotifier(read_end.fileno(), QSocketNotifier.Type.Read)
    notifier.activated.connect(lambda: _close_windows(read_end))
    try:
        yield
    finally:
        notifier.setEnabled(False)
        signal.set_wakeup_fd(fd_before)
        for number, handler in before.items():
            signal.signal(number, handler)
        read_end.close()
        write_end.close()


def _note(number: int, frame: FrameType | None) -> None:
    """Nothing to do here: what is done in a handler is done in the middle of something else."""


def _close_windows(read_end: socket.socket) -> None:
    if not set(read_end.recv(64)) & set(SIGNALS):
        return
    for number in SIGNALS:
        signal.signal(number, signal.SIG_DFL)
    QApplication.closeAllWindows()
