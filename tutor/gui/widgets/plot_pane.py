"""The right side: the plot, when there is one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QThread
from PySide6.QtWidgets import QWidget

from tutor.core.plot import PlotData
from tutor.gui.theme import Theme
from tutor.gui.widgets.columns import PLOT_WIDTH
from tutor.gui.widgets.parts import column
from tutor.support.i18n import Translator

if TYPE_CHECKING:
    from tutor.gui.widgets.plot_canvas import PlotView


class PlotWarmUp(QThread):
    """Imports matplotlib and draws once, out of the window's way."""

    def run(self) -> None:
        """Import and draw."""
        from tutor.gui.widgets.plot_canvas import prepare  # noqa: PLC0415 - off the start path

        prepare()


class PlotPane(QWidget):
    """Shows the newest plot; hidden without one."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("plot")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._column = column(self, spacing=6, margins=(18, 14, 18, 18))
        self._view: PlotView | None = None
        self._shown: tuple[PlotData, Theme, Translator] | None = None
        self._warm_up = PlotWarmUp(self)
        self._warm_up.finished.connect(self._draw)
        self.setMinimumWidth(PLOT_WIDTH[0])
        self.hide()

    def warm_up(self) -> None:
        """Get matplotlib ready in the background."""
        self._warm_up.start(QThread.Priority.LowPriority)

    def close_down(self) -> None:
        """Wait until nothing runs in the background."""
        self._warm_up.wait()

    def show_plot(self, data: PlotData | None, theme: Theme, tr: Translator) -> None:
        """Show a plot, or hide."""
        wanted = None if data is None else (data, theme, tr)
        if wanted == self._shown:
            return
        self._shown = wanted
        self._draw()

    def _draw(self) -> None:
        self.setVisible(self._shown is not None)
        if self._warm_up.isRunning():
            return
        if self._shown is None:
            return
        data, theme, tr = self._shown
        self._made_view().show_plot(data, theme, tr)

    def _made_view(self) -> PlotView:
        """The view, made when it is first needed."""
        if self._view is None:
            from tutor.gui.widgets.plot_canvas import PlotView  # noqa: PLC0415 - off the start path

            self._view = PlotView()
            self._column.addWidget(self._view, 1)
        return self._view
