"""The three columns of the window."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSplitter, QWidget

SIDE_WIDTH = (262, 330)
PLOT_WIDTH = (250, 400)
SHARE = 0.29
"""What the outer columns take of the width, within their bounds in pixels."""


class Columns(QSplitter):
    """Shares out the width until the user takes hold of a border."""

    def __init__(self, side: QWidget, middle: QWidget, plot: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self._plot = plot
        self._is_users = False
        for part in (side, middle, plot):
            self.addWidget(part)
        self.setChildrenCollapsible(False)
        self.setHandleWidth(1)
        self.splitterMoved.connect(self._on_splitter_moved)

    def share_out(self) -> None:
        """Give each column its part, unless the user has done so."""
        if self._is_users:
            return
        side, plot = (
            min(most, max(least, round(SHARE * self.width())))
            for least, most in (SIDE_WIDTH, PLOT_WIDTH)
        )
        if self._plot.isHidden():
            plot = 0
        self.setSizes([side, self.width() - side - plot, plot])

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share out the new width."""
        super().resizeEvent(event)
        self.share_out()

    def _on_splitter_moved(self) -> None:
        self._is_users = True
