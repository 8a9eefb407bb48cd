"""The window: its parts, side by side, and what goes between them."""

from __future__ import annotations

from PySide6.QtCore import QTimer
from PySide6.QtGui import QCloseEvent, QIcon, QKeySequence, QShortcut
from PySide6.QtWebEngineCore import QWebEngineProfile
from PySide6.QtWidgets import QApplication, QMainWindow, QWidget

from tutor.core.events import FailureKind
from tutor.gui.commands import COMMANDS, EDIT, LARGER, NEW, QUIT, SMALLER, SOLVE, STOP
from tutor.gui.engine_job import Engine, WarmUpJob
from tutor.gui.language import LanguageSource
from tutor.gui.model_library import ModelLibrary
from tutor.gui.presenters.install import InstallPresenter
from tutor.gui.presenters.solve import SolvePresenter
from tutor.gui.theme import ThemeSource, qt_palette, style_sheet
from tutor.gui.web.view import MathView
from tutor.gui.widgets.banners import InstallBanner, NoticeBanner
from tutor.gui.widgets.columns import MIDDLE_WIDTH, Columns
from tutor.gui.widgets.header import Header
from tutor.gui.widgets.parts import column, named
from tutor.gui.widgets.plot_pane import PlotPane
from tutor.gui.widgets.side_pane import SidePane
from tutor.gui.widgets.status_line import StatusLine
from tutor.support.i18n import N_
from tutor.support.resources import asset

REFRESH_MS = 30
"""How long changes of the solution are gathered before they are shown."""

TICK_MS = 250
"""How often the elapsed time is shown anew."""

ZOOM_STEP = 1.1
ZOOM_RANGE = (0.6, 2.0)


class MainWindow(QMainWindow):
    """One page: the problem, its solution, its graph."""

    def __init__(
        self,
        engine: Engine,
        library: ModelLibrary,
        *,
        profile: QWebEngineProfile,
        language: LanguageSource,
        theme: ThemeSource,
    ) -> None:
        super().__init__()
        self._engine = engine
        self._language = language
        self._theme = theme
        self.presenter = SolvePresenter(engine, parent=self)
        self.installer = InstallPresenter(library, parent=self)
        self.header = Header(language, theme)
        self.side = SidePane(language, profile)
        self.notice = NoticeBanner()
        self.install_banner = InstallBanner()
        self.page = MathView(profile, mode="solution")
        self.status = StatusLine()
        self.plot = PlotPane()
        self._warm_up: WarmUpJob | None = None
        self._refresh = QTimer(self)
        self._refresh.setSingleShot(True)
        self._refresh.setInterval(REFRESH_MS)
        self._tick = QTimer(self)
        self._tick.setInterval(TICK_MS)
        self._lay_out()
        self._connect()
        self._dress()
        self._translate()

    @property
    def is_settled(self) -> bool:
        """Whether nothing runs and all there is to show is on the screen."""
        waits = self.presenter.is_running or self._refresh.isActive()
        views = (self.page, self.side.preview, self.plot)
        return not waits and all(view.is_settled for view in views)

    def begin(self) -> None:
        """Load the pages and get everything else ready; to be called once the window is shown."""
        self.side.editor.setFocus()
        self.page.load_page()
        self.side.preview.load_page()
        self.installer.look()
        self.plot.warm_up()
        if not self.installer.is_needed:
            self._warm_engine()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Stop what runs, then close."""
        self.hide()
        self._tick.stop()
        self._refresh.stop()
        self.installer.close()
        if self._warm_up is not None:
            self._warm_up.wait()  # or it would open what is about to be closed
        self.presenter.close()
        self.plot.close_down()
        for view in (self.page, self.side.preview):
            view.page().deleteLater()  # a page must not outlive its profile
        super().closeEvent(event)

    def _lay_out(self) -> None:
        self._columns = Columns(self.side, self._middle(), self.plot)
        whole = QWidget()
        rows = column(whole)
        rows.addWidget(self.header)
        rows.addWidget(self._columns, 1)
        self.setCentralWidget(whole)
        self.setWindowIcon(QIcon(str(asset("icons", "moonstep.svg"))))
        self.resize(1280, 800)

    def _middle(self) -> QWidget:
        middle = named(QWidget(), "middle")
        middle.setMinimumWidth(MIDDLE_WIDTH)
        rows = column(middle)
        rows.addWidget(self.install_banner)
        rows.addWidget(self.notice)
        rows.addWidget(self.page, 1)
        rows.addWidget(self.status)
        return middle

    def _connect(self) -> None:
        self.side.solve_clicked.connect(self._on_solve_clicked)
        self.side.stop_clicked.connect(self.presenter.stop)
        self.side.paste_refused.connect(self.presenter.object_to)
        self.side.problem_edited.connect(self._on_problem_edited)
        self.notice.override_clicked.connect(self.presenter.solve_anyway)
        self.install_banner.install_clicked.connect(self.installer.install)
        self.install_banner.cancel_clicked.connect(self.installer.cancel)
        self.installer.changed.connect(self._on_installer_changed)
        self.installer.installed.connect(self._warm_engine)
        self.presenter.changed.connect(self._on_presenter_changed)
        self._refresh.timeout.connect(self._show_solution)
        self.presenter.failed.connect(self._on_presenter_failed)
        self._language.changed.connect(self._translate)
        self._theme.changed.connect(self._dress)
        self._tick.timeout.connect(self._show_status)
        self.plot.visibility_changed.connect(self._columns.share_out)
        self.header.command_triggered.connect(self._on_command_triggered)
        for command in COMMANDS:
            shortcut = QShortcut(self)
            shortcut.setKeys([QKeySequence(key) for key in command.keys])
            shortcut.setObjectName(command.name)
            shortcut.activated.connect(self._on_shortcut_activated)

    def _on_shortcut_activated(self) -> None:
        self._on_command_triggered(self.sender().objectName())

    def _on_command_triggered(self, name: str) -> None:
        actions = {
            SOLVE.name: self._on_solve_clicked,
            STOP.name: self.presenter.stop,
            NEW.name: self._begin_anew,
            EDIT.name: self.side.editor.setFocus,
            LARGER.name: lambda: self._zoom(ZOOM_STEP),
            SMALLER.name: lambda: self._zoom(1 / ZOOM_STEP),
            QUIT.name: self.close,
        }
        actions[name]()

    def _on_solve_clicked(self) -> None:
        if self.side.solve_button.isEnabled():
            self.presenter.solve(self.side.text)

    def _on_problem_edited(self) -> None:
        self.presenter.forget_text()
        self._show_buttons()

    def _on_presenter_changed(self) -> None:
        """Show it soon: a fast model changes more often than anybody can see."""
        if not self._refresh.isActive():
            self._refresh.start()

    def _show_solution(self) -> None:
        tr = self._language.translator
        self.page.show_sheet(self.presenter.sheet(tr))
        self.notice.show_notice(self.presenter.notice(tr), tr)
        self._show_plot()
        self._show_status()
        self._show_buttons()
        if self.presenter.is_running != self._tick.isActive():
            (self._tick.start if self.presenter.is_running else self._tick.stop)()

    def _on_presenter_failed(self, kind: FailureKind) -> None:
        if kind is FailureKind.MODEL:
            self.installer.look()

    def _on_installer_changed(self) -> None:
        tr = self._language.translator
        self.install_banner.show_panel(self.installer.panel(tr), tr)
        self._show_buttons()

    def _show_plot(self) -> None:
        tr = self._language.translator
        self.plot.show_plot(self.presenter.solution.plot, self._theme.theme, tr)

    def _show_status(self) -> None:
        tr = self._language.translator
        self.status.show_status(self.presenter.status(tr), tr)

    def _show_buttons(self) -> None:
        running = self.presenter.is_running
        ready = bool(self.side.text.strip()) and not self.installer.is_needed
        self.side.set_solving(can_solve=ready and not running, can_stop=self.presenter.can_stop)

    def _begin_anew(self) -> None:
        self.presenter.clear()
        self.side.set_text("")
        self.side.editor.setFocus()

    def _zoom(self, factor: float) -> None:
        low, high = ZOOM_RANGE
        for view in (self.page, self.side.preview):
            view.setZoomFactor(min(high, max(low, view.zoomFactor() * factor)))

    def _translate(self) -> None:
        tr = self._language.translator
        self.setWindowTitle(tr(N_("Moonstep – a maths tutor that checks its steps")))
        self.page.setAccessibleName(tr(N_("Solution")))
        self.header.translate()
        self.side.translate()
        self._show_solution()
        self._on_installer_changed()

    def _dress(self) -> None:
        theme = self._theme.theme
        QApplication.setPalette(qt_palette(theme))
        self.setStyleSheet(style_sheet(theme))
        self.page.set_theme(theme, theme.paper)
        self.side.set_theme(theme)
        self._show_plot()

    def _warm_engine(self) -> None:
        self._warm_up = WarmUpJob(self._engine, self)
        self._warm_up.start()
