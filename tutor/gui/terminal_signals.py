"""Ctrl-C in the terminal, and the system's wish that the program end: the windows close as if by hand."""

from __future__ import annotations

import contextlib
import os
import signal
import sys
from collections.abc import Callable, Iterator

from PySide6.QtCore import QSocketNotifier, QTimer
from PySide6.QtWidgets import QApplication

SIGNALS = (signal.SIGINT, signal.SIGTERM)

LOOK_MS = 200
"""How often a system without wake-ups is asked whether a signal came."""


@contextlib.contextmanager
def closing_on_signals() -> Iterator[None]:
    """While inside, the first such signal closes all windows; a second one ends the program at once."""
    heard: list[int] = []

    def look() -> None:
        if heard:
            heard.clear()
            for number in SIGNALS:
                signal.signal(number, signal.SIG_DFL)
            QApplication.closeAllWindows()

    # A handler runs in the middle of something else, so it only takes note.
    before = {number: signal.signal(number, lambda n, _: heard.append(n)) for number in SIGNALS}
    try:
        with _asking(look) if sys.platform == "win32" else _woken(look):
            yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


@contextlib.contextmanager
def _woken(look: Callable[[], None]) -> Iterator[None]:
    """Qt's event loop runs no Python: the interpreter writes to a pipe, and the pipe wakes Qt."""
    read_end, write_end = os.pipe()
    os.set_blocking(write_end, False)
    before = signal.set_wakeup_fd(write_end, warn_on_full_buffer=False)
    notifier = QSocketNotifier(read_end, QSocketNotifier.Type.Read)

    def drain() -> None:
        os.read(read_end, 64)
        look()

    notifier.activated.connect(drain)
    try:
        yield
    finally:
        notifier.setEnabled(False)
        signal.set_wakeup_fd(before)
        os.close(read_end)
        os.close(write_end)


@contextlib.contextmanager
def _asking(look: Callable[[], None]) -> Iterator[None]:
    timer = QTimer()
    timer.timeout.connect(look)
    timer.start(LOOK_MS)
    try:
        yield
    finally:
        timer.stop()
