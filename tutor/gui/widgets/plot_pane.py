"""The right side: the plot, when there is one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QThread, QTimer, Signal
from PySide6.QtWidgets import QWidget

from tutor.core.plot import PlotData
from tutor.gui.theme import Theme
from tutor.gui.widgets.columns import PLOT_HEIGHT, PLOT_WIDTH
from tutor.gui.widgets.parts import column
from tutor.support.i18n import Translator

if TYPE_CHECKING:
    from tutor.gui.widgets.plot_canvas import PlotView


SETTLE_MS = 20
"""How long the pane has to take its place before it is drawn on: else it is drawn once for each size."""


class PlotRehearsal(QThread):
    """Draws a plot out of sight, in a thread of its own.

    The import of matplotlib and the first setting of each label take a tenth of a second and more, which
    the window must not stand still for. Afterwards matplotlib remembers both.
    """

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._ratio = parent.devicePixelRatioF()
        self.data: PlotData | None = None

    def run(self) -> None:
        """Import and draw."""
        from tutor.gui.widgets.plot_canvas import rehearse  # noqa: PLC0415 - off the start path

        rehearse(self.data, self._ratio)


class PlotPane(QWidget):
    """Shows the newest plot; hidden without one.

    Signals:
        visibility_changed: It has come or gone.
    """

    visibility_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("plot")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._column = column(self, spacing=6, margins=(18, 14, 18, 18))
        self._view: PlotView | None = None
        self._wanted: tuple[PlotData, Theme, Translator] | None = None
        self._drawing = QTimer(self)
        self._drawing.setSingleShot(True)
        self._drawing.setInterval(SETTLE_MS)
        self._drawing.timeout.connect(self._draw)
        self._rehearsal = PlotRehearsal(self)
        self._rehearsal.finished.connect(self._on_rehearsal_finished)
        self.setMinimumSize(PLOT_WIDTH[0], PLOT_HEIGHT)
        self.hide()

    @property
    def is_settled(self) -> bool:
        """Whether the newest plot is on the screen."""
        return not (self._rehearsal.isRunning() or self._drawing.isActive())

    def warm_up(self) -> None:
        """Get matplotlib ready in the background."""
        self._rehearsal.start(QThread.Priority.LowPriority)

    def close_down(self) -> None:
        """Wait until nothing runs in the background."""
        self._drawing.stop()
        self._rehearsal.wait()

    def show_plot(self, data: PlotData | None, theme: Theme, tr: Translator) -> None:
        """Show a plot soon, or hide."""
        wanted = None if data is None else (data, theme, tr)
        if wanted == self._wanted:
            return
        self._wanted = wanted
        if not self._rehearsal.isRunning():
            self._on_rehearsal_finished()

    def _on_rehearsal_finished(self) -> None:
        """Draw what is wanted, once that very plot has been rehearsed."""
        if self._wanted is None:
            self._set_shown(False)
        elif self._rehearsal.data is not self._wanted[0]:
            self._rehearsal.data = self._wanted[0]
            self._rehearsal.start()
        else:
            self._made_view()
            self._set_shown(True)
            self._drawing.start()

    def _draw(self) -> None:
        if self._wanted is not None:
            self._made_view().show_plot(*self._wanted)

    def _set_shown(self, shown: bool) -> None:
        if self.isHidden() == shown:
            self.setVisible(shown)
            self.visibility_changed.emit()

    def _made_view(self) -> PlotView:
        """The view, made when it is first needed."""
        if self._view is None:
            from tutor.gui.widgets.plot_canvas import PlotView  # noqa: PLC0415 - off the start path

            self._view = PlotView()
            self._column.addWidget(self._view, 1)
        return self._view
