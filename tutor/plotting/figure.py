"""Plots as matplotlib figures; no Qt, no pyplot."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.mathtext import MathTextParser
from matplotlib.text import Annotation
from matplotlib.transforms import Bbox

from tutor.core.plot import Curve, PlotData, PlotPoint, PointKind
from tutor.core.problem import Latex

MAX_LABELLED = 8
"""Most points that are labelled; more would hide the curve."""

_PARSER: Final = MathTextParser("path")
"""One for all labels: a parser remembers what it has parsed."""

_FRACTION: Final = re.compile(r"\\[dt]?frac(?![A-Za-z])")
_BARE_UPPER: Final = re.compile(r"\\frac\s*(\w)")
_BARE_LOWER: Final = re.compile(r"(\\frac\{(?:[^{}]|\{[^{}]*\})*\})\s*(\w)")
"""`\frac12` and its like, which LaTeX can set and matplotlib cannot."""

_PLACE: Final = (0.1, 0.08, 0.86, 0.85)
"""Left, bottom, width and height of the plot, as parts of the figure."""

_Side = tuple[float, float, str, str]
"""A label's offset from its point in points, and its alignment across and along."""

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
    axes.set_position(_PLACE)
    axes.set_facecolor(style.paper)
    axes.set_xlim(*data.x_range)
    axes.set_ylim(*data.y_range)
    _draw_frame(axes, data, style)
    for i, curve in enumerate(curve for curve in data.curves if not _is_axis(curve)):
        _draw_curve(axes, curve, style.curves[i % len(style.curves)], dashed=i % 2 == 1)
    for point in data.points:
        _draw_point(axes, point, style)
    if data.curves:
        _draw_legend(figure, axes, style)
    _label_points(axes, data, style)


def label_text(latex: Latex) -> str:
    """A formula as matplotlib can set it: as mathematics where it knows how, else as it is written."""
    text = _FRACTION.sub(r"\\frac", latex)
    text = _BARE_UPPER.sub(r"\\frac{\1}", text)
    text = "$" + _BARE_LOWER.sub(r"\1{\2}", text) + "$"
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


def _draw_legend(figure: Figure, axes: Axes, style: PlotStyle) -> None:
    """Name the curves above the plot, which makes room for formulas that stand tall."""
    legend = axes.legend(
        loc="lower left",
        bbox_to_anchor=(0.0, 1.0),
        ncols=2,
        borderaxespad=0.3,
        frameon=False,
        labelcolor=style.ink,
        fontsize=10,
    )
    left, bottom, width, height = _PLACE
    room = legend.get_window_extent().height / figure.bbox.height
    axes.set_position((left, bottom, width, min(height, 0.97 - bottom - room)))


def _draw_point(axes: Axes, point: PlotPoint, style: PlotStyle) -> None:
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


def _label_points(axes: Axes, data: PlotData, style: PlotStyle) -> None:
    """Write coordinates beside the points; a label for which there is no room is left out."""
    taken: list[Bbox] = []
    for point in data.points[:MAX_LABELLED]:
        label = axes.annotate(
            label_text(point.latex),
            (point.x, point.y),
            xytext=(0, 0),
            textcoords="offset points",
            color=style.ink,
            fontsize=9.5,
            clip_on=True,
        )
        if not _find_room(label, _sides(data, point), taken):
            label.remove()


def _find_room(label: Annotation, sides: Iterable[_Side], taken: list[Bbox]) -> bool:
    """Put a label on the first side where it is inside of the plot and covers no other label."""
    assert label.axes is not None  # noqa: S101 - narrows the type
    inside = label.axes.get_window_extent()
    for dx, dy, across, along in sides:
        label.set(position=(dx, dy), horizontalalignment=across, verticalalignment=along)
        box = label.get_window_extent()
        fits = inside.x0 <= box.x0 and box.x1 <= inside.x1
        if fits and not any(box.overlaps(other) for other in taken):
            taken.append(box)
            return True
    return False


def _sides(data: PlotData, point: PlotPoint) -> tuple[_Side, ...]:
    """Where a point's label may go, best first."""
    to_left = _leans_left(data, point)
    below = (0, -9, "center", "top")
    above = (0, 9, "center", "bottom")
    beside: tuple[_Side, ...] = ((7, 7, "left", "bottom"), (-7, 7, "right", "bottom"))
    under: tuple[_Side, ...] = ((7, -7, "left", "top"), (-7, -7, "right", "top"))
    if to_left:
        beside, under = beside[::-1], under[::-1]
    if point.kind is PointKind.MINIMUM:
        return (below, *under, *beside, above)
    return (*beside, *under, above, below)


def _leans_left(data: PlotData, point: PlotPoint) -> bool:
    """Whether a label has more room on the left: away from the edge and from the next point."""
    left, right = data.x_range
    if point.x > right - 0.2 * (right - left):
        return True
    others = [other.x - point.x for other in data.points if other.x != point.x]
    return min(others, key=abs, default=-1.0) > 0 and point.x > left + 0.2 * (right - left)
