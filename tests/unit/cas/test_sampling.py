"""Plots as data."""

from __future__ import annotations

import math
from itertools import pairwise

import pytest
import sympy

from tutor.cas.curves import draw
from tutor.cas.numeric import compile_node
from tutor.cas.sampling import MAX_POINTS, sample_plot
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


def crossings(plot: PlotData) -> set[str]:
    return {point.latex for point in plot.points if point.kind is PointKind.CROSSING}


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
    assert crossings(plot) == {"(-1, 1)", "(2, 4)"}
    assert len(plot.curves) == 2


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        ("|x-100|", "5", {"(95, 5)", "(105, 5)"}),
        (r"\sqrt{x}", "x", {"(0, 0)", "(1, 1)"}),
        (r"\sqrt{x^2-2}", "0", {r"(\sqrt{2}, 0)", r"(-\sqrt{2}, 0)"}),
        ("(x-1000)^2", "4", {"(998, 4)", "(1002, 4)"}),
        ("x^3", "10000x", {"(-100, -1000000)", "(0, 0)", "(100, 1000000)"}),
        ("(x-2)^2e^x", "0", {"(2, 0)"}),
        (r"\ln x", "0", {"(1, 0)"}),
        ("2^x", "x^2", {"(-0.766665, 0.587775)", "(2, 4)", "(4, 16)"}),
        ("|x-1|+|x-3|", "2", {"(1, 2)", "(3, 2)"}),
        (r"\frac{x}{|x|}", "1", set()),
        ("x^2", "-1", set()),
    ],
)
def test_all_solutions_are_marked_and_in_view(left: str, right: str, expected: set[str]) -> None:
    plot = plotted(left, right, equation=True)
    assert crossings(plot) == expected
    assert all(plot.x_range[0] < point.x < plot.x_range[1] for point in plot.points)


def test_of_a_periodic_equation_the_solutions_within_two_turns_are_marked() -> None:
    assert len(crossings(plotted(r"\sin x", r"\frac{1}{2}", equation=True))) == 4
    assert len(crossings(plotted(r"\tan x", "1", equation=True))) == 4
    slow = plotted(r"\sin\frac{x}{100}", "0", equation=True)
    assert r"(100 \pi, 0)" in crossings(slow)
    assert len(crossings(plotted(r"10\sin x", "x", equation=True))) == 7


def test_the_sides_of_an_equation_show_their_extrema_between_the_solutions() -> None:
    vertex = (PointKind.MINIMUM, r"(\frac{5}{2}, -\frac{1}{4})")
    assert vertex in marks(plotted("x^2-5x+6", "0", equation=True))
    assert (PointKind.MINIMUM, "(100, 0)") in marks(plotted("|x-100|", "5", equation=True))
    assert marks(plotted("x^2", "-1", equation=True)) == {(PointKind.MINIMUM, "(0, 0)")}


def test_a_solution_that_is_an_extremum_is_marked_as_a_solution() -> None:
    assert marks(plotted("x^4", "0", equation=True)) == {(PointKind.CROSSING, "(0, 0)")}


def test_there_are_never_too_many_marks_and_solutions_come_first() -> None:
    plot = plotted(r"\sin(x^2)", "0", equation=True)
    assert len(plot.points) == MAX_POINTS
    assert {point.kind for point in plot.points} == {PointKind.CROSSING}


def test_corners_and_cusps_are_extrema() -> None:
    assert {(PointKind.MINIMUM, "(-2, -1)"), (PointKind.MINIMUM, "(2, -1)")} <= marks(
        plotted("|x^2-4|-1")
    )
    assert marks(plotted("x^{2/3}+1")) == {(PointKind.MINIMUM, "(0, 1)")}


@pytest.mark.parametrize("latex", [r"\sqrt[3]{x-50}", "x^{2/3}", "|x-1|", r"x+\sqrt[3]{x}"])
def test_a_curve_goes_through_its_corners_and_upright_tangents_without_a_gap(latex: str) -> None:
    assert len(plotted(latex).curves[0].pieces) == 1


def test_the_end_of_a_domain_on_the_right_is_no_pole() -> None:
    letter = sympy.Symbol("x")
    compiled = compile_node(sympy.sqrt(1 - letter), doubles=True)
    drawing = draw(compiled, letter, (-1.0, 3.0), [1.0])
    assert not drawing.has_poles
    assert drawing.pieces[0][-1] == (1.0, 0.0)


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
