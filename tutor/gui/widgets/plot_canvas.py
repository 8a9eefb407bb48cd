"""The canvas that a plot is drawn on. Imports matplotlib, so only what draws may import it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.backends.backend_qt import NavigationToolbar2QT
from matplotlib.backends.backend_qtagg import FigureCanvasQTAgg
from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtWidgets import QToolButton, QWidget

from tutor.core.plot import Curve, PlotData, PlotPoint, PointKind
from tutor.core.problem import Latex
from tutor.gui.icons import tinted_icon
from tutor.gui.theme import LIGHT, Theme
from tutor.gui.widgets.parts import column, label, named, row
from tutor.plotting.figure import PlotStyle, draw, new_figure
from tutor.support.i18n import N_, Translator

_TOOLS: Final[Mapping[str, str]] = {
    "home": N_("Show the whole graph"),
    "pan": N_("Move the graph"),
    "zoom": N_("Zoom into a rectangle"),
    "save": N_("Save the graph as a picture"),
}


def plot_style(theme: Theme) -> PlotStyle:
    """The theme in the terms of a figure."""
    return PlotStyle(
        paper=theme.surface,
        ink=theme.ink,
        soft=theme.soft,
        line=theme.line,
        curves=(theme.accent, theme.undecided, theme.verified),
        mark=theme.refuted,
    )


_BOTTOM: Final = 0.08
_TOP: Final = 0.93
"""Where the axes of a high canvas end, in parts of its height."""

_LEAST_ROOM: Final = (40, 34)
"""Pixels below and above the axes that their numbers and the legend need."""

_SAMPLE: Final = PlotData(
    variable="x",
    curves=(Curve(label=Latex(r"\frac{x^2}{2}"), pieces=(((0.0, 0.0), (1.0, 1.0)),)),),
    points=(PlotPoint(kind=PointKind.ROOT, x=0.0, y=0.0, latex=Latex("(0, 0)")),),
    x_range=(-1.0, 1.0),
    y_range=(-1.0, 1.0),
)


def rehearse(data: PlotData | None, ratio: float) -> None:
    """Draw a plot, or something small, out of sight; labels are remembered for each size in pixels.

    Args:
        data: The plot.
        ratio: Pixels of the screen for each pixel of the window.
    """
    figure = new_figure()
    figure.set_dpi(figure.get_dpi() * ratio)
    draw(figure, data or _SAMPLE, plot_style(LIGHT))
    FigureCanvasAgg(figure).draw()


class PlotView(QWidget):
    """Draws plots, one after the other, with tools to move, enlarge and save them."""

    def __init__(self) -> None:
        super().__init__()
        self.canvas = FigureCanvasQTAgg(new_figure())
        self.canvas.mpl_connect("resize_event", lambda _: self._leave_room())
        self._navigation = _Navigation(self.canvas, self, coordinates=False)
        self._navigation.hide()
        actions: dict[str, Callable[[], object]] = {
            "home": self._navigation.home,
            "pan": self._navigation.pan,
            "zoom": self._navigation.zoom,
            "save": self._navigation.save_figure,
        }
        self._buttons = {name: self._tool_button(name, action) for name, action in actions.items()}
        self._heading = label("heading")
        tools = row(spacing=2)
        tools.addWidget(self._heading, 1)
        for made in self._buttons.values():
            tools.addWidget(made)
        whole = column(self, spacing=6)
        whole.addLayout(tools)
        whole.addWidget(self.canvas, 1)

    def show_plot(self, data: PlotData, theme: Theme, tr: Translator) -> None:
        """Draw a plot in place of the last, in the language and the colours in force."""
        draw(self.canvas.figure, data, plot_style(theme))
        self._leave_room()
        self._navigation.update()
        self._heading.setText(tr(N_("Graph")))
        self.canvas.setAccessibleName(tr(N_("Graph of the problem")))
        for name, made in self._buttons.items():
            made.setIcon(tinted_icon(name, theme.soft))
            made.setToolTip(tr(_TOOLS[name]))
            made.setAccessibleName(tr(_TOOLS[name]))
        QTimer.singleShot(0, self.canvas, self.canvas.draw_idle)

    def _leave_room(self) -> None:
        """Keep what stands around the axes in sight on a low canvas."""
        below, above = (pixels / max(self.canvas.height(), 1) for pixels in _LEAST_ROOM)
        for axes in self.canvas.figure.axes:
            box = axes.get_position()
            bottom, top = max(_BOTTOM, below), min(_TOP, 1 - above)
            axes.set_position((box.x0, bottom, box.width, max(top - bottom, 0.1)))

    def _tool_button(self, name: str, action: Callable[[], object]) -> QToolButton:
        made = named(QToolButton(), name)
        made.setCheckable(name in ("pan", "zoom"))
        made.setIconSize(QSize(18, 18))
        made.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        made.clicked.connect(lambda: self._on_tool_clicked(action))
        return made

    def _on_tool_clicked(self, action: Callable[[], object]) -> None:
        action()
        mode = self._navigation.mode.name.lower()
        for name in ("pan", "zoom"):
            self._buttons[name].setChecked(name == mode)


class _Navigation(NavigationToolbar2QT):
    """What matplotlib knows about moving a plot; its own buttons stay away."""

    toolitems: list[tuple[str, ...] | tuple[None, ...]] = []  # noqa: RUF012 - as its base has it
