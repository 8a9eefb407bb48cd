"""Plots as data."""

from __future__ import annotations

import math
from itertools import pairwise

import pytest

from tutor.cas.sampling import sample_plot
from tutor.core.plot import PlotData, PlotSpec, PointKind
from tutor.core.problem import Latex
from tutor.support.codec import decode, encode


def plotted(*expressions: str, equation: bool = False) -> PlotData:
    spec = PlotSpec(expressions=tuple(map(Latex, expressions)), equation=equation)
    plot = sample_plot(spec)
    assert plot is not None
    return plot


def marks(plot: PlotData) -> set[tuple[PointKind, str]]:
    return {(point.kind, point.latex) for point in plot.points}


def test_a_parabola_shows_its_roots_and_its_vertex_with_exact_coordinates() -> None:
    plot = plotted("x^2-5x+6")
    assert marks(plot) == {
        (PointKind.ROOT, "(2, 0)"),
        (PointKind.ROOT, "(3, 0)"),
        (PointKind.MINIMUM, r"(\frac{5}{2}, -\frac{1}{4})"),
    }
    assert plot.x_range[0] < 2
    assert plot.x_range[1] > 3
    assert plot.y_range[0] < -0.25 < plot.y_range[1]


def test_irrational_coordinates_are_exact_when_they_are_simple() -> None:
    assert (PointKind.ROOT, r"(\sqrt{3}, 0)") in marks(plotted("x^3-3x"))


def test_a_root_where_the_curve_only_touches_the_axis_is_marked_once() -> None:
    data = plotted("x^4")
    assert [(p.kind, p.latex) for p in data.points] == [(PointKind.MINIMUM, "(0, 0)")]


def test_the_sides_of_an_equation_show_where_they_cross() -> None:
    plot = plotted("x^2", "x+2", equation=True)
    assert marks(plot) == {(PointKind.CROSSING, "(-1, 1)"), (PointKind.CROSSING, "(2, 4)")}
    assert len(plot.curves) == 2


@pytest.mark.parametrize(
    ("latex", "pole"),
    [(r"\frac{1}{x-2}", 2.0), (r"\tan x", math.pi / 2), (r"\frac{1}{x^2-1}", 1.0)],
)
def test_no_piece_crosses_a_pole(latex: str, pole: float) -> None:
    plot = plotted(latex)
    pieces = plot.curves[0].pieces
    assert len(pieces) >= 2
    assert all(not piece[0][0] < pole < piece[-1][0] for piece in pieces)
    assert plot.y_range[1] - plot.y_range[0] < 100


def test_a_jump_is_not_drawn_as_a_line() -> None:
    assert len(plotted(r"\lfloor x\rfloor").curves[0].pieces) >= 3


def test_a_curve_ends_where_its_domain_ends() -> None:
    (piece,) = plotted(r"\sqrt{x-1}").curves[0].pieces
    assert piece[0] == pytest.approx((1.0, 0.0), abs=1e-5)


@pytest.mark.parametrize(
    "latex", [r"\sin x", "e^{-x^2}", r"\ln x", "|x-1|", r"\frac{x^2+1}{x^2-1}"]
)
def test_the_data_are_finite_ordered_and_can_travel(latex: str) -> None:
    plot = plotted(latex)
    assert decode(PlotData, encode(plot)) == plot
    for curve in plot.curves:
        for piece in curve.pieces:
            assert all(math.isfinite(value) for sample in piece for value in sample)
            assert all(a[0] < b[0] for a, b in pairwise(piece))
        assert 200 <= sum(map(len, curve.pieces)) <= 800


@pytest.mark.parametrize(
    "latex", ["5", "ax+b", r"\sqrt{-1-x^2}", "9^{9^{9^x}}", r"\foo", r"\{1,2\}", "x+"]
)
def test_where_there_is_nothing_to_draw_there_is_no_plot(latex: str) -> None:
    assert sample_plot(PlotSpec(expressions=(Latex(latex),))) is None


def test_another_variable_than_the_one_asked_for_gives_no_plot() -> None:
    spec = PlotSpec(expressions=(Latex("t^2"),), variable="x")
    assert sample_plot(spec) is None


@pytest.mark.parametrize("latex", [r"x^2+\frac{1}{x^2}", r"\frac{1}{x^2}", r"\frac{1}{|x|}"])
def test_no_line_crosses_a_pole_of_equal_signs(latex: str) -> None:
    plot = sample_plot(PlotSpec(expressions=(Latex(latex),)))
    assert plot is not None
    assert not any(piece[0][0] < 0 < piece[-1][0] for piece in plot.curves[0].pieces)
    assert plot.y_range[1] < 100
