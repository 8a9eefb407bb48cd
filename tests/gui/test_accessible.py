from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWebEngineWidgets import QWebEngineView
from PySide6.QtWidgets import (
    QAbstractButton,
    QPlainTextEdit,
    QProgressBar,
    QToolButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from tests.gui.scripted import ScriptedEngine, ScriptedLibrary, quadratic
from tests.gui.watching import OpenWindow, evaluate, solve
from tutor.core.problem import Language
from tutor.gui.window import MainWindow

INTERACTIVE = (QAbstractButton, QPlainTextEdit, QProgressBar, QWebEngineView)


def interactive(window: MainWindow) -> list[QWidget]:
    """The widgets that a person uses; matplotlib's own hidden tool bar is not among them."""
    found = [widget for kind in INTERACTIVE for widget in window.findChildren(kind)]
    return [w for w in found if not w.objectName().startswith("qt_toolbar_ext")]


@pytest.mark.parametrize("language", list(Language))
def test_every_control_has_an_accessible_name(
    open_window: OpenWindow, qtbot: QtBot, language: Language
) -> None:
    window = open_window(ScriptedEngine(quadratic()), language=language)
    solve(qtbot, window)
    qtbot.waitUntil(lambda: any(b.isVisible() for b in window.plot.findChildren(QToolButton)))
    window.installer.look()
    nameless = [w for w in interactive(window) if w.isVisible() and not w.accessibleName()]
    assert nameless == []
    assert len([w for w in interactive(window) if w.isVisible()]) >= 15


def test_the_banners_name_their_buttons(open_window: OpenWindow) -> None:
    window = open_window(ScriptedEngine([]), library=ScriptedLibrary(is_here=False))
    banner = window.install_banner
    assert banner.install_button.accessibleName() == "Install"
    assert banner.cancel_button.accessibleName() == "Cancel"
    assert banner.bar.accessibleName() == "Installation progress"


def test_the_tab_key_visits_every_control(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window(ScriptedEngine(quadratic()))
    solve(qtbot, window)
    visited: list[QWidget] = [window.side.editor]
    while (following := visited[-1].nextInFocusChain()) is not visited[0]:
        visited.append(following)
    wanted = [w for w in interactive(window) if not isinstance(w, QProgressBar)]
    assert [w for w in wanted if w not in visited or not takes_tab(w)] == []


def takes_tab(widget: QWidget) -> bool:
    """Whether the Tab key stops here, or at the part of it that stands for it."""
    stop = widget.focusProxy() or widget
    return bool(stop.focusPolicy() & Qt.FocusPolicy.TabFocus)


def test_what_unfolds_in_the_page_is_a_button_that_says_so(
    open_window: OpenWindow, qtbot: QtBot
) -> None:
    window = open_window(ScriptedEngine(quadratic()))
    solve(qtbot, window)
    script = """[...document.querySelectorAll("[aria-controls]")].map((node) => [
        node.nodeName, node.getAttribute("aria-expanded"), node.innerText.trim() !== "",
        document.getElementById(node.getAttribute("aria-controls")) !== null])"""
    buttons = evaluate(qtbot, window.page, script)
    assert len(buttons) == 7
    assert all(button == ["BUTTON", "false", True, True] for button in buttons)


def test_a_verdict_is_told_by_shape_and_word(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window(ScriptedEngine(quadratic()))
    solve(qtbot, window)
    script = "[...document.querySelectorAll('.badge .label')].map((node) => node.innerText)"
    marks = {tuple(text.split("\n")) for text in evaluate(qtbot, window.page, script)}
    assert marks == {("–", "not checkable"), ("✓", "verified"), ("?", "undecided")}
