from __future__ import annotations

import math
from itertools import combinations, pairwise

import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from tests.gui.scripted import parabola, tangents
from tutor.core.plot import Curve, PlotData, PlotPoint, PointKind
from tutor.core.problem import Latex
from tutor.plotting.figure import PlotStyle, draw, label_text, new_figure

STYLE = PlotStyle(
    paper="#ffffff",
    ink="#000000",
    soft="#666666",
    line="#dddddd",
    curves=("#0000ff", "#00aa00"),
    mark="#ff0000",
)


def drawn(data: PlotData) -> Figure:
    figure = new_figure()
    draw(figure, data, STYLE)
    FigureCanvasAgg(figure).draw()
    return figure


def test_a_plot_shows_its_range_its_curve_and_its_points() -> None:
    (axes,) = drawn(parabola()).axes
    assert axes.get_xlim() == (-1, 7)
    assert axes.get_ylim() == (-2, 12)
    assert len(axes.get_lines()) == 2 + 1 + 3  # the axes, the curve, the points
    assert next(text.get_text() for text in axes.texts) == "$(2, 0)$"


def test_no_line_crosses_a_pole() -> None:
    (axes,) = drawn(tangents()).axes
    curve = next(line for line in axes.get_lines() if "tan" in str(line.get_label()))
    values = list(curve.get_ydata())
    jumps = [abs(b - a) for a, b in pairwise(values)]
    assert max(jump for jump in jumps if not math.isnan(jump)) < 20
    assert sum(math.isnan(value) for value in values) == 3


def test_a_figure_is_drawn_again_in_place() -> None:
    figure = drawn(parabola())
    draw(figure, tangents(), STYLE)
    assert len(figure.axes) == 1
    assert figure.axes[0].get_xlim() == (-5, 5)


@pytest.mark.parametrize("latex", [r"\begin{cases}1\end{cases}", r"\unknown{x}", "50%", "a$b", "{"])
def test_a_label_that_cannot_be_set_is_shown_as_it_is_written(latex: str) -> None:
    text = label_text(Latex(latex))
    figure = new_figure()
    figure.suptitle(text)
    FigureCanvasAgg(figure).draw()


def test_labels_are_mathematics_where_that_can_be_set() -> None:
    assert label_text(Latex(r"\dfrac{x}{2}")) == r"$\frac{x}{2}$"
    assert label_text(Latex(r"\tfrac12x+\frac{x^{2}}3")) == r"$\frac{1}{2}x+\frac{x^{2}}{3}$"


def test_a_plot_without_a_curve_is_drawn_all_the_same() -> None:
    empty = PlotData(variable="x", curves=(), points=(), x_range=(0, 1), y_range=(0, 1))
    assert len(drawn(empty).axes) == 1


def test_labels_do_not_cover_each_other() -> None:
    close = tuple(
        PlotPoint(kind=PointKind.ROOT, x=x, y=0.0, latex=Latex(rf"(\sqrt{{{i}}}, 0)"))
        for i, x in enumerate((0.0, 0.3, 0.5, 5.0, 9.9))
    )
    data = PlotData(variable="x", curves=(), points=close, x_range=(-10, 10), y_range=(-1, 1))
    (axes,) = drawn(data).axes
    boxes = [text.get_window_extent() for text in axes.texts]
    assert len(boxes) >= 4
    assert not any(a.overlaps(b) for a, b in combinations(boxes, 2))
    assert all(box.x1 <= axes.get_window_extent().x1 for box in boxes)


def test_a_tall_formula_is_named_inside_of_the_figure() -> None:
    tall = Curve(
        label=Latex(r"\frac{\frac{1}{x}+\frac{1}{2}}{\frac{x^{2}}{3}}"),
        pieces=(((0.0, 0.0), (1.0, 1.0)),),
    )
    data = PlotData(variable="x", curves=(tall,), points=(), x_range=(0, 1), y_range=(0, 1))
    figure = drawn(data)
    legend = figure.axes[0].get_legend()
    assert legend is not None
    assert legend.get_window_extent().y1 <= figure.bbox.y1
