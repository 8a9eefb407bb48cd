"""The window with the real processes behind it: it stays fluid, and survives their death."""

from __future__ import annotations

import statistics
import time
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import psutil
import pytest
from PySide6.QtCore import Qt, QTimer
from pytestqt.qtbot import QtBot

from tests.gui.watching import OpenWindow, press, settled
from tutor.app import open_tutor
from tutor.core.check import Verdict
from tutor.core.events import SolveCancelled, SolveFailed, SolveFinished
from tutor.core.fold import Solution
from tutor.core.solution import CheckedStep
from tutor.gui.late_engine import LateEngine
from tutor.gui.window import MainWindow

SMALL = "qwen2.5-coder-0.5b-instruct"
SOLVE_MS = 120_000
LONGEST_GAP_MS = 100
SOLVES = 3
"""The median counts: somebody else's process can hold up any program once."""

pytestmark = [pytest.mark.model, pytest.mark.worker, pytest.mark.timeout(400)]


@pytest.fixture
def engine(real_models: Path) -> Iterator[LateEngine]:
    assert real_models.is_dir()
    opened = LateEngine(lambda: open_tutor(SMALL))
    yield opened
    opened.close()


@pytest.fixture
def window(open_window: OpenWindow, engine: LateEngine) -> MainWindow:
    return open_window(engine)


def begin(window: MainWindow, text: str) -> None:
    window.side.editor.setPlainText(text)
    press(window, "solve")


def solution(window: MainWindow) -> Solution:
    return window.presenter.solution


def written(window: MainWindow) -> list[CheckedStep]:
    """The steps that stand and those that were taken back: what a small model writes is often refuted."""
    withdrawn = [step for gone in solution(window).withdrawals for step in gone.steps]
    return [*solution(window).steps, *withdrawn]


def wait_for_the_end(qtbot: QtBot, window: MainWindow) -> None:
    qtbot.waitUntil(lambda: settled(window), timeout=SOLVE_MS)


def worker(name: str) -> psutil.Process:
    children = psutil.Process().children(recursive=True)
    return next(p for p in children if p.cmdline()[-2:] == ["--worker", name])


def longest_gap(qtbot: QtBot, window: MainWindow) -> float:
    """Milliseconds between two turns of the event loop during a solve, at most."""
    turns: list[float] = []
    ticker = QTimer()
    ticker.setTimerType(Qt.TimerType.PreciseTimer)
    ticker.timeout.connect(lambda: turns.append(time.perf_counter()))
    begin(window, "Solve $x^2-5x+6=0$.")
    ticker.start(5)
    wait_for_the_end(qtbot, window)
    ticker.stop()
    assert isinstance(solution(window).ending, SolveFinished)
    assert len(turns) > 50
    return max(b - a for a, b in pairwise(turns)) * 1000


def test_solving_never_blocks_the_window(qtbot: QtBot, window: MainWindow) -> None:
    gaps = [longest_gap(qtbot, window) for _ in range(SOLVES)]
    assert statistics.median(gaps) < LONGEST_GAP_MS, gaps


def test_window_survives_the_death_of_the_model(qtbot: QtBot, window: MainWindow) -> None:
    begin(window, "Explain in many steps how to solve $x^2-5x+6=0$.")
    qtbot.waitUntil(lambda: solution(window).open_text is not None, timeout=SOLVE_MS)
    worker("model").kill()
    wait_for_the_end(qtbot, window)
    ending = solution(window).ending
    assert isinstance(ending, SolveFailed)
    assert ending.places["name"] == "model"
    assert ending.hint
    begin(window, "Solve $x^2=4$.")
    wait_for_the_end(qtbot, window)
    assert isinstance(solution(window).ending, SolveFinished)


def test_solve_survives_the_death_of_the_cas(qtbot: QtBot, window: MainWindow) -> None:
    begin(window, "Solve $x^2-5x+6=0$.")
    qtbot.waitUntil(lambda: solution(window).open_text is not None, timeout=SOLVE_MS)
    worker("cas").kill()
    wait_for_the_end(qtbot, window)
    assert isinstance(solution(window).ending, SolveFinished)
    begin(window, "Solve $x^2-7x+12=0$.")
    wait_for_the_end(qtbot, window)
    checks = [check for step in written(window) for check in step.checks]
    assert any(check.verdict is not Verdict.UNDECIDED for check in checks)


def test_stop_ends_the_computing_within_half_a_second(qtbot: QtBot, window: MainWindow) -> None:
    begin(window, "Explain in many steps how to solve $x^2-5x+6=0$.")
    qtbot.waitUntil(lambda: len(solution(window).steps) >= 1, timeout=SOLVE_MS)
    process = worker("model")
    press(window, "stop")
    qtbot.wait(500)
    used = sum(process.cpu_times()[:2])
    qtbot.wait(1000)
    assert sum(process.cpu_times()[:2]) - used < 0.1
    assert isinstance(solution(window).ending, SolveCancelled)
    assert written(window)
