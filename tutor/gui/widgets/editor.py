"""The editor that a problem is typed in."""

from __future__ import annotations

from PySide6.QtCore import QMimeData, Signal
from PySide6.QtWidgets import QPlainTextEdit

from tutor.intake.reading import MAX_CHARACTERS


class ProblemEditor(QPlainTextEdit):
    """Edits plain text, and keeps out what is too long to be a problem.

    A megabyte in one line would keep the layout busy for minutes.

    Signals:
        paste_refused: This text was kept out.
    """

    paste_refused = Signal(str)

    def insertFromMimeData(self, source: QMimeData) -> None:  # noqa: N802 - Qt's name
        """Take what is pasted or dropped, if it is not too long."""
        if len(source.text()) > MAX_CHARACTERS:
            self.paste_refused.emit(source.text())
        else:
            super().insertFromMimeData(source)
