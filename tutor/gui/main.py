"""Opens the window."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication

from tutor.app import open_tutor
from tutor.gui.language import LanguageSource
from tutor.gui.late_engine import LateEngine
from tutor.gui.model_library import InstalledModels
from tutor.gui.terminal_signals import closing_on_signals
from tutor.gui.theme import ThemeSource, interface_font
from tutor.gui.web.scheme import make_profile, register_scheme
from tutor.gui.window import MainWindow

FLAGS = "QTWEBENGINE_CHROMIUM_FLAGS"


def prepare_web_engine() -> None:
    """What the web engine has to know before the application object exists."""
    flags = os.environ.get(FLAGS, "").split()
    # Chromium's sandbox refuses to start for root. The page is local, fenced in, and runs no foreign script.
    if sys.platform == "linux" and os.geteuid() == 0 and "--no-sandbox" not in flags:
        flags.append("--no-sandbox")
    os.environ[FLAGS] = " ".join(flags)
    if sys.platform == "linux" and not Path("/dev/dri").exists():
        # No graphics processor: Qt's own painter instead of an imitation of OpenGL leaves the model a third of a core.
        os.environ.setdefault("QT_QUICK_BACKEND", "software")
    register_scheme()
    QApplication.setAttribute(Qt.ApplicationAttribute.AA_ShareOpenGLContexts)


def prepare_application(application: QApplication) -> None:
    """The look of everything, before there is a widget."""
    application.setApplicationName("Moonstep")
    application.setStyle("Fusion")
    application.setFont(interface_font())


def open_window(application: QApplication) -> MainWindow:
    """Show the window; its pages and processes come up behind it."""
    window = MainWindow(
        LateEngine(open_tutor),
        InstalledModels(),
        profile=make_profile(application),
        language=LanguageSource(),
        theme=ThemeSource(),
    )
    window.show()
    QTimer.singleShot(0, window, window.begin)
    return window


def run_window() -> int:
    """Open the window and stay until it is closed; returns the exit code."""
    prepare_web_engine()
    application = QApplication(sys.argv[:1])
    prepare_application(application)
    window = open_window(application)
    with closing_on_signals():
        code = application.exec()
    del window  # held until here: Qt does not own a window
    return code
