"""What stands above the solution: a notice, or the offer to install the model."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame

from tutor.gui.presenters.install import InstallPanel
from tutor.gui.presenters.solve import Notice
from tutor.gui.widgets.parts import button, column, label, progress_bar, row
from tutor.support.i18n import N_, Translator

PROGRESS_STEPS = 1000


class Banner(QFrame):
    """A title with a text below it and buttons beside it."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self._title = label("title")
        self._text = label("soft")
        for words in (self._title, self._text):
            words.setTextFormat(Qt.TextFormat.PlainText)
        self._words = column(spacing=4)
        self._words.addWidget(self._title)
        self._words.addWidget(self._text)
        self._row = row(self, spacing=12, margins=(18, 13, 14, 13))
        self._row.addLayout(self._words, 1)
        self.hide()

    def _say(self, title: str, text: str) -> None:
        self._title.setText(title)
        self._text.setText(text)
        self._text.setVisible(bool(text))


class NoticeBanner(Banner):
    """Shows a refusal or a failure.

    Signals:
        override_clicked: The user wants to go on all the same.
    """

    override_clicked = Signal()

    def __init__(self) -> None:
        super().__init__("notice")
        self.override_button = button("override")
        self.override_button.clicked.connect(self.override_clicked)
        self._row.addWidget(self.override_button, 0, Qt.AlignmentFlag.AlignVCenter)

    def show_notice(self, notice: Notice | None, tr: Translator) -> None:
        """Show a notice, or nothing."""
        self.setVisible(notice is not None)
        if notice is None:
            return
        self._say(notice.title, notice.text)
        self.override_button.setText(tr(N_("Solve anyway")))
        self.override_button.setAccessibleName(tr(N_("Solve anyway")))
        self.override_button.setVisible(notice.can_override)
        if self.property("tone") != notice.tone:
            self.setProperty("tone", notice.tone)
            self.style().unpolish(self)
            self.style().polish(self)


class InstallBanner(Banner):
    """Offers the model and shows how its installation goes.

    Signals:
        install_clicked: The user wants it.
        cancel_clicked: The user wants it no more.
    """

    install_clicked = Signal()
    cancel_clicked = Signal()

    def __init__(self) -> None:
        super().__init__("installer")
        self.install_button = button("install", "primary")
        self.cancel_button = button("cancel_install")
        self.bar = progress_bar(PROGRESS_STEPS)
        self.install_button.clicked.connect(self.install_clicked)
        self.cancel_button.clicked.connect(self.cancel_clicked)
        self._words.addSpacing(4)
        self._words.addWidget(self.bar)
        self._row.addWidget(self.install_button)
        self._row.addWidget(self.cancel_button)

    def show_panel(self, panel: InstallPanel | None, tr: Translator) -> None:
        """Show how things stand, or nothing."""
        self.setVisible(panel is not None)
        if panel is None:
            return
        self._say(panel.title, panel.text)
        for made, text in (
            (self.install_button, N_("Install")),
            (self.cancel_button, N_("Cancel")),
        ):
            made.setText(tr(text))
            made.setAccessibleName(tr(text))
        self.bar.setAccessibleName(tr(N_("Installation progress")))
        self.install_button.setVisible(not panel.is_running)
        self.cancel_button.setVisible(panel.is_running)
        self.bar.setVisible(panel.fraction is not None)
        self.bar.setValue(round((panel.fraction or 0.0) * PROGRESS_STEPS))
