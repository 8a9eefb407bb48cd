"""The window on the offscreen platform, with an engine that plays a script."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWebEngineCore import QWebEngineProfile
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from tests.gui.scripted import ScriptedEngine, ScriptedLibrary
from tests.gui.watching import PAGE_MS, OpenWindow, Shoot, drawn
from tutor.core.problem import Language
from tutor.gui.language import LanguageSource
from tutor.gui.main import prepare_application, prepare_web_engine
from tutor.gui.theme import ThemeChoice, ThemeSource
from tutor.gui.web.scheme import make_profile
from tutor.gui.window import MainWindow

SHOTS = "MOONSTEP_SHOTS"
"""Set it to a folder to have the screens that the tests pass through kept there as pictures."""

NO_SCREEN = (
    "QRhiGles2: Failed to create",
    "Failed to create RHI for backend",
    "GPUInfo not initialized",
    "This plugin does not support propagateSizeHints",
)
"""What Qt says about a platform without a screen."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        if item.path.is_relative_to(here):
            item.add_marker(pytest.mark.qt_log_ignore(*NO_SCREEN))


@pytest.fixture(scope="session")
def qapp_cls() -> type[QApplication]:
    prepare_web_engine()
    return QApplication


@pytest.fixture(scope="session")
def profile(qapp: QApplication) -> QWebEngineProfile:
    prepare_application(qapp)
    return make_profile(qapp)


@pytest.fixture
def open_window(qtbot: QtBot, profile: QWebEngineProfile) -> Iterator[OpenWindow]:
    """Opens windows; waits for their pages; closes them in the end."""
    windows: list[MainWindow] = []

    def open_one(
        engine: ScriptedEngine,
        *,
        language: Language = Language.ENGLISH,
        theme: ThemeChoice = ThemeChoice.LIGHT,
        library: ScriptedLibrary | None = None,
        size: tuple[int, int] = (1280, 800),
    ) -> MainWindow:
        themes = ThemeSource()
        themes.choose(theme)
        window = MainWindow(
            engine,
            library or ScriptedLibrary(),
            profile=profile,
            language=LanguageSource(language),
            theme=themes,
        )
        windows.append(window)
        window.resize(*size)
        window.show()
        window.begin()
        qtbot.waitUntil(lambda: drawn(window), timeout=PAGE_MS)
        return window

    yield open_one
    for window in windows:
        window.close()
        window.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture
def shoot(qtbot: QtBot) -> Shoot:
    """Keeps a picture of a widget where `MOONSTEP_SHOTS` says so."""

    def keep(widget: QWidget, name: str) -> None:
        if folder := os.environ.get(SHOTS):
            qtbot.wait(600)  # the compositor is a frame or two behind the page
            Path(folder).mkdir(parents=True, exist_ok=True)
            widget.grab().save(str(Path(folder) / f"{name}.png"))

    return keep
