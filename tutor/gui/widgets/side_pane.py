"""The left side: the problem as it is typed, as it will be read, and a few to begin with."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QAction, QTextCursor
from PySide6.QtWebEngineCore import QWebEngineProfile
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QWidget,
)

from tutor.gui.commands import SOLVE, STOP
from tutor.gui.language import LanguageSource
from tutor.gui.presenters.cards import Sheet, TextCard
from tutor.gui.presenters.examples import EXAMPLES
from tutor.gui.theme import Theme
from tutor.gui.web.view import MathView
from tutor.gui.widgets.columns import SIDE_WIDTH
from tutor.gui.widgets.editor import ProblemEditor
from tutor.gui.widgets.parts import button, column, label, named, row
from tutor.support.i18n import N_

PREVIEW_DELAY_MS = 150
PREVIEW_CHARACTERS = 20_000
"""Longest text that the preview sets; what is longer is cut off there."""


class SidePane(QWidget):
    """Edits the problem.

    Signals:
        problem_edited: The text is different.
        solve_clicked: The user wants it solved.
        stop_clicked: The user wants the solve to stop.
        paste_refused: This text was too long to be pasted.
    """

    problem_edited = Signal()
    solve_clicked = Signal()
    stop_clicked = Signal()
    paste_refused = Signal(str)

    def __init__(
        self,
        language: LanguageSource,
        profile: QWebEngineProfile,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("side")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._language = language
        self.editor = named(ProblemEditor(), "editor")
        self.preview = MathView(profile, mode="preview")
        self.solve_button = button("solve", "primary")
        self.stop_button = button("stop")
        self._problem_label = label("heading")
        self._examples_label = label("heading")
        self._examples = [button(f"example-{i}", "chip") for i in range(6)]
        self._delay = QTimer(self)
        self._delay.setSingleShot(True)
        self._delay.setInterval(PREVIEW_DELAY_MS)
        self._lay_out()
        self._connect()
        self.translate()

    @property
    def text(self) -> str:
        """The problem as it stands."""
        return str(self.editor.toPlainText())

    def set_text(self, text: str) -> None:
        """Put another problem in, in a way that can be undone."""
        cursor = self.editor.textCursor()
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.insertText(text)
        self.editor.setTextCursor(cursor)

    def set_solving(self, *, can_solve: bool, can_stop: bool) -> None:
        """Say what can be done now."""
        had_focus = self.solve_button.hasFocus() or self.stop_button.hasFocus()
        self.solve_button.setEnabled(can_solve)
        self.stop_button.setEnabled(can_stop)
        if had_focus and not (self.solve_button.hasFocus() or self.stop_button.hasFocus()):
            (self.stop_button if can_stop else self.solve_button).setFocus()

    def set_theme(self, theme: Theme) -> None:
        """Take other colours."""
        self.preview.set_theme(theme, theme.surface)

    def translate(self) -> None:
        """Say everything in the language in force."""
        tr = self._language.translator
        self._problem_label.setText(tr(N_("Problem")))
        self._examples_label.setText(tr(N_("Try one of these")))
        self.editor.setAccessibleName(tr(N_("Problem, as text with LaTeX")))
        self.editor.setPlaceholderText(tr(N_("Solve $x^2-5x+6=0$\n\nFormulas go between $ signs.")))
        self.preview.setAccessibleName(tr(N_("Preview of the problem")))
        for made, command in ((self.solve_button, SOLVE), (self.stop_button, STOP)):
            made.setText(tr(command.text))
            made.setAccessibleName(tr(command.text))
            made.setToolTip(f"{tr(command.text)} ({command.shown_key})")
        for made, example in zip(self._examples, EXAMPLES[tr.language], strict=True):
            made.setText(example.title)
            made.setAccessibleName(tr(N_("Example: {title}"), title=example.title))
        self._show_preview()

    def _lay_out(self) -> None:
        self.editor.setTabChangesFocus(True)
        frame = named(QFrame(), "preview_frame")
        column(frame, margins=(5, 5, 5, 5)).addWidget(self.preview)
        buttons = row(spacing=8)
        buttons.addWidget(self.solve_button, 1)
        buttons.addWidget(self.stop_button)
        whole = column(self, spacing=10, margins=(18, 18, 18, 18))
        whole.addWidget(self._problem_label)
        whole.addWidget(self.editor, 1)
        whole.addWidget(frame, 1)
        whole.addLayout(buttons)
        whole.addSpacing(8)
        whole.addWidget(self._examples_label)
        whole.addLayout(self._example_grid())
        self.editor.setMinimumHeight(96)
        frame.setMinimumHeight(84)
        self.setMinimumWidth(SIDE_WIDTH[0])

    def _example_grid(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setSpacing(7)
        for i, example in enumerate(self._examples):
            grid.addWidget(example, i // 2, i % 2)
        return grid

    def _connect(self) -> None:
        self.editor.paste_refused.connect(self.paste_refused)
        self._delay.timeout.connect(self._show_preview)
        self.editor.textChanged.connect(self._on_text_changed)
        self.solve_button.clicked.connect(self.solve_clicked)
        self.stop_button.clicked.connect(self.stop_clicked)
        for i, example in enumerate(self._examples):
            action = QAction(self)
            action.setData(i)
            action.triggered.connect(self._on_example_triggered)
            example.clicked.connect(action.trigger)

    def _on_text_changed(self) -> None:
        self._delay.start()
        self.problem_edited.emit()

    def _on_example_triggered(self) -> None:
        action = self.sender()
        if isinstance(action, QAction):
            self.set_text(EXAMPLES[self._language.language][action.data()].text)
            self.editor.setFocus()

    def _show_preview(self) -> None:
        text = self.text[:PREVIEW_CHARACTERS].strip()
        hint = self._language.translator(N_("What you type is shown here the way it will be read."))
        card = TextCard(key="problem", text=text) if text else TextCard(key="hint", text=hint)
        self.preview.show_sheet(Sheet(cards=(card,), language=self._language.language.value))
