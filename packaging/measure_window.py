"""Measures the window on this machine: python packaging/measure_window.py [--solves N].

Prints when the window is on the screen and when its pages are drawn, counted from the start of the process, and
the longest time between two turns of its event loop during a solve with the real model.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import time
from collections.abc import Callable
from itertools import pairwise

import psutil
from PySide6.QtCore import QCoreApplication, QEventLoop, Qt, QTimer
from PySide6.QtWidgets import QApplication

from tutor.gui.main import open_window, prepare_application, prepare_web_engine
from tutor.gui.window import MainWindow

PROBLEM = "Solve $x^2-5x+6=0$."
TURN_MS = 5
PATIENCE_SECONDS = 300


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--solves", type=int, default=5)
    solves: int = parser.parse_args().solves
    prepare_web_engine()
    application = QApplication(sys.argv[:1])
    prepare_application(application)
    window = open_window(application)
    wait_until(window.windowHandle().isExposed)
    print(f"window shown {age():.2f} s after the start of the process", flush=True)
    wait_until(lambda: window.is_settled)
    print(f"its pages drawn after {age():.2f} s", flush=True)
    gaps = [longest_gap(window) for _ in range(solves)]
    print(
        f"longest gap of the event loop in each of {solves} solves, ms:",
        ", ".join(f"{gap:.0f}" for gap in gaps),
    )
    print(f"median {statistics.median(gaps):.0f} ms, worst {max(gaps):.0f} ms")
    window.close()


def age() -> float:
    """Seconds since this process was started."""
    return time.time() - psutil.Process().create_time()


def wait_until(condition: Callable[[], bool]) -> None:
    """Run the event loop until something is so."""
    until = time.monotonic() + PATIENCE_SECONDS
    while not condition():
        if time.monotonic() > until:
            raise SystemExit("The window does not get on; nothing was measured.")
        QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, TURN_MS)


def longest_gap(window: MainWindow) -> float:
    """Milliseconds between two turns of the event loop during a solve, at most."""
    turns: list[float] = []
    ticker = QTimer()
    ticker.setTimerType(Qt.TimerType.PreciseTimer)
    ticker.timeout.connect(lambda: turns.append(time.perf_counter()))
    window.side.editor.setPlainText(PROBLEM)
    window.presenter.solve(PROBLEM)
    ticker.start(TURN_MS)
    loop = QEventLoop()
    watcher = QTimer()
    watcher.timeout.connect(lambda: loop.quit() if window.is_settled else None)
    watcher.start(100)
    loop.exec()
    ticker.stop()
    return max(b - a for a, b in pairwise(turns)) * 1000


if __name__ == "__main__":
    main()
