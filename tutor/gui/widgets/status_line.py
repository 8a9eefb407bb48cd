"""The line below the solution: what is being done, how fast, for how long."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QLabel, QSizePolicy

from tutor.gui.presenters.solve import Status
from tutor.gui.widgets.parts import named, progress_bar, row
from tutor.support.i18n import N_, Translator

PROGRESS_STEPS = 1000


class StatusLine(QFrame):
    """Shows a status."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("status")
        self.stage = named(QLabel(), "stage")
        self.detail = named(QLabel(), "detail")
        self.bar = progress_bar(PROGRESS_STEPS)
        self.bar.setFixedWidth(84)
        line = row(self, spacing=12, margins=(26, 9, 26, 9))
        line.addWidget(self.stage)
        line.addWidget(self.detail, 1)
        line.addWidget(self.bar)
        policy = self.sizePolicy()
        policy.setVerticalPolicy(QSizePolicy.Policy.Fixed)
        self.setSizePolicy(policy)
        self.hide()

    def show_status(self, status: Status, tr: Translator) -> None:
        """Show a status; an empty one hides the line."""
        self.setVisible(bool(status.stage))
        self.stage.setText(status.stage)
        self.detail.setText(status.detail)
        self.bar.setAccessibleName(tr(N_("Progress")))
        # No bar that moves without end: without a graphics processor its frames cost a core, which the model needs.
        self.bar.setVisible(status.is_busy and status.fraction is not None)
        self.bar.setValue(round((status.fraction or 0.0) * PROGRESS_STEPS))
