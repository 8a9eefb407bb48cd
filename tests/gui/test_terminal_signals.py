from __future__ import annotations

import signal
from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from pytestqt.qtbot import QtBot

from tests.gui.scripted import ScriptedEngine, quadratic
from tests.gui.watching import OpenWindow, press
from tutor.gui.terminal_signals import SIGNALS, _asking, _woken, closing_on_signals


@pytest.mark.parametrize("number", SIGNALS)
def test_a_signal_closes_the_window_and_what_runs_in_it(
    open_window: OpenWindow, qtbot: QtBot, number: signal.Signals
) -> None:
    engine = ScriptedEngine(quadratic(), held_at=10)
    window = open_window(engine)
    window.side.editor.setPlainText("Solve $x^2-5x+6=0$.")
    press(window, "solve")
    with closing_on_signals():
        signal.raise_signal(number)
        qtbot.waitUntil(lambda: not window.isVisible())
    assert engine.is_closed


@pytest.mark.parametrize("wakes", [_asking, _woken])
def test_either_way_of_waking_asks_for_signals(
    qtbot: QtBot, wakes: Callable[[Callable[[], None]], AbstractContextManager[None]]
) -> None:
    heard: list[int] = []
    looks: list[int] = []
    before = signal.signal(signal.SIGTERM, lambda number, _: heard.append(number))
    with wakes(lambda: looks.extend(heard)):
        signal.raise_signal(signal.SIGTERM)
        qtbot.waitUntil(lambda: bool(looks))
    signal.signal(signal.SIGTERM, before)


def test_handlers_are_as_before_in_the_end(qtbot: QtBot) -> None:
    before = [signal.getsignal(number) for number in SIGNALS]
    with closing_on_signals():
        assert [signal.getsignal(number) for number in SIGNALS] != before
    assert [signal.getsignal(number) for number in SIGNALS] == before
    assert signal.set_wakeup_fd(-1) == -1
