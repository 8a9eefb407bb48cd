"""Plots as matplotlib figures; no Qt, no pyplot."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.mathtext import MathTextParser

from tutor.core.plot import Curve, PlotData, PlotPoint, PointKind
from tutor.core.problem import Latex

MAX_LABELLED = 8
"""Most points that are labelled; more would hide the curve."""

_PARSER: Final = MathTextParser("path")
"""One for all labels: a parser remembers what it has parsed."""

_MARKERS: Final[Mapping[PointKind, str]] = {
    PointKind.ROOT: "o",
    PointKind.MAXIMUM: "^",
    PointKind.MINIMUM: "v",
    PointKind.CROSSING: "D",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class PlotStyle:
    """Colours of a figure, each as `#rrggbb`.

    Attributes:
        paper: The ground.
        ink: Labels of points.
        soft: Axes and their numbers.
        line: The grid.
        curves: One after the other, and round again.
        mark: The marked points.
    """

    paper: str
    ink: str
    soft: str
    line: str
    curves: tuple[str, ...]
    mark: str


def new_figure() -> Figure:
    """An empty figure to draw on."""
    return Figure(figsize=(4, 4), dpi=100)


def draw(figure: Figure, data: PlotData, style: PlotStyle) -> None:
    """Draw the plot in place of whatever the figure showed."""
    figure.clear()
    figure.set_facecolor(style.paper)
    axes = figure.add_subplot()
    axes.set_position((0.1, 0.08, 0.86, 0.85))
    axes.set_facecolor(style.paper)
    axes.set_xlim(*data.x_range)
    axes.set_ylim(*data.y_range)
    _draw_frame(axes, data, style)
    for i, curve in enumerate(curve for curve in data.curves if not _is_axis(curve)):
        _draw_curve(axes, curve, style.curves[i % len(style.curves)], dashed=i % 2 == 1)
    for i, point in enumerate(data.points):
        _draw_point(axes, data, point, style, labelled=i < MAX_LABELLED)
    if data.curves:
        axes.legend(
            loc="lower left",
            bbox_to_anchor=(0.0, 1.0),
            ncols=2,
            borderaxespad=0.3,
            frameon=False,
            labelcolor=style.ink,
            fontsize=10,
        )


def label_text(latex: Latex) -> str:
    """A formula as matplotlib can set it: as mathematics where it knows how, else as it is written."""
    text = f"${latex.replace(chr(92) + 'dfrac', chr(92) + 'frac')}$"
    try:
        _PARSER.parse(text)
    except ValueError:
        return latex.replace("$", r"\$")
    return text


def _draw_frame(axes: Axes, data: PlotData, style: PlotStyle) -> None:
    axes.grid(visible=True, color=style.line, linewidth=0.8)
    axes.set_axisbelow(True)
    for spine in axes.spines.values():
        spine.set_visible(False)
    axes.tick_params(colors=style.soft, labelsize=9, length=0)
    axes.axhline(0, color=style.soft, linewidth=1)
    axes.axvline(0, color=style.soft, linewidth=1)
    axes.set_xlabel(label_text(Latex(data.variable)), color=style.soft, loc="right")


def _is_axis(curve: Curve) -> bool:
    """Whether a curve is the horizontal axis, which is drawn already."""
    return all(y == 0 for piece in curve.pieces for _, y in piece)


def _draw_curve(axes: Axes, curve: Curve, colour: str, *, dashed: bool) -> None:
    """All pieces as one line, with gaps between them."""
    gap = (math.nan, math.nan)
    pairs = [pair for piece in curve.pieces for pair in (*piece, gap)]
    axes.plot(
        [x for x, _ in pairs],
        [y for _, y in pairs],
        color=colour,
        linewidth=2,
        linestyle=(0, (5, 2)) if dashed else "solid",
        label=label_text(curve.label),
    )


def _draw_point(
    axes: Axes, data: PlotData, point: PlotPoint, style: PlotStyle, *, labelled: bool
) -> None:
    axes.plot(
        [point.x],
        [point.y],
        marker=_MARKERS[point.kind],
        markersize=7,
        markerfacecolor=style.mark,
        markeredgecolor=style.paper,
        markeredgewidth=1.2,
        linestyle="none",
        label="_nolegend_",
        zorder=3,
    )
    if labelled:
        _label_point(axes, data, point, style)


def _label_point(axes: Axes, data: PlotData, point: PlotPoint, style: PlotStyle) -> None:
    """Write a point's coordinates on the side where there is room."""
    to_left = _leans_left(data, point)
    below = point.kind is PointKind.MINIMUM
    axes.annotate(
        label_text(point.latex),
        (point.x, point.y),
        xytext=(0 if below else -7 if to_left else 7, -9 if below else 7),
        textcoords="offset points",
        ha="center" if below else "right" if to_left else "left",
        va="top" if below else "bottom",
        color=style.ink,
        fontsize=9.5,
        clip_on=True,
    )


def _leans_left(data: PlotData, point: PlotPoint) -> bool:
    """Whether a label has more room on the left: away from the edge and from the next point."""
    left, right = data.x_range
    if point.x > right - 0.2 * (right - left):
        return True
    others = [other.x - point.x for other in data.points if other.x != point.x]
    return min(others, key=abs, default=-1.0) > 0 and point.x > left + 0.2 * (right - left)
