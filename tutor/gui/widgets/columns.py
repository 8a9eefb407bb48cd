"""The three columns of the window; in a narrow one the plot comes below the solution."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSplitter, QWidget

SIDE_WIDTH = (262, 330)
MIDDLE_WIDTH = 340
PLOT_WIDTH = (250, 400)
PLOT_HEIGHT = 200
SHARE = 0.29
"""What the outer columns take of the width, within their bounds in pixels."""

PLOT_SHARE = 0.46
"""What a plot below the solution takes of the height."""


ABREAST = SIDE_WIDTH[0] + MIDDLE_WIDTH + PLOT_WIDTH[0] + 8
"""The least width for three columns side by side."""


class Columns(QSplitter):
    """Shares out the room until the user takes hold of a border."""

    def __init__(self, side: QWidget, middle: QWidget, plot: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self._plot = plot
        self._is_users = False
        self._right = QSplitter(Qt.Orientation.Horizontal)
        self._right.setMinimumWidth(
            MIDDLE_WIDTH
        )  # or a plot beside the solution would widen the window
        for splitter, parts in ((self._right, (middle, plot)), (self, (side, self._right))):
            for part in parts:
                splitter.addWidget(part)
            splitter.setChildrenCollapsible(False)
            splitter.setHandleWidth(1)
            splitter.splitterMoved.connect(self._on_splitter_moved)

    def share_out(self) -> None:
        """Give each column its part, unless the user has done so."""
        if self._is_users:
            return
        side, plot = (
            min(most, max(least, round(SHARE * self.width())))
            for least, most in (SIDE_WIDTH, PLOT_WIDTH)
        )
        self.setSizes([side, self.width() - side])
        if self._right.orientation() is Qt.Orientation.Vertical:
            whole, plot = self.height(), max(PLOT_HEIGHT, round(PLOT_SHARE * self.height()))
        else:
            whole = self.width() - side
        self._right.setSizes([whole - plot, plot])

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share out the new room."""
        self._turn()
        super().resizeEvent(event)
        self.share_out()

    def _turn(self) -> None:
        """Put the plot beside the solution, or below it."""
        abreast = self.width() >= ABREAST
        turned = Qt.Orientation.Horizontal if abreast else Qt.Orientation.Vertical
        if turned is not self._right.orientation():
            self._right.setOrientation(turned)
            self._is_users = False

    def _on_splitter_moved(self) -> None:
        self._is_users = True
