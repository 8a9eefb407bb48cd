"""How tests wait for the window and look into its pages."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from tutor.gui.web.view import MathView
from tutor.gui.window import MainWindow

PAGE_MS = 20_000

OpenWindow = Callable[..., MainWindow]
Shoot = Callable[[QWidget, str], None]


def settled(window: MainWindow) -> bool:
    """Whether nothing runs and everything is drawn that there is to draw."""
    return window.is_settled


def drawn(window: MainWindow) -> bool:
    """Whether the pages show the newest there is."""
    waits = window._refresh.isActive() or window.side._delay.isActive()
    return not waits and all(
        view.is_settled for view in (window.page, window.side.preview, window.plot)
    )


def evaluate(qtbot: QtBot, view: MathView, script: str) -> Any:
    """What a script comes to inside the page."""
    answers: list[str] = []
    view.page().runJavaScript(f"JSON.stringify({script})", 0, answers.append)
    qtbot.waitUntil(lambda: bool(answers), timeout=PAGE_MS)
    return json.loads(answers[0])


def press(window: MainWindow, name: str) -> None:
    """Click the button of that name."""
    button = window.findChild(QPushButton, name)
    assert button is not None
    assert button.isEnabled()
    button.click()


def solve(qtbot: QtBot, window: MainWindow, text: str = "Solve $x^2-5x+6=0$.") -> None:
    """Have a problem solved and wait until all of it is on the screen."""
    window.side.editor.setPlainText(text)
    press(window, "solve")
    qtbot.waitUntil(lambda: settled(window), timeout=PAGE_MS)
