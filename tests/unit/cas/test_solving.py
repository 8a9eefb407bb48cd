"""Systems of equations: their solutions as points, and whether they are all."""

from __future__ import annotations

import pytest
import sympy

from tutor.cas.parse import read_statements
from tutor.cas.roots import polynomial, polynomial_roots, scan_roots
from tutor.cas.solving import Equation, Solutions, solve_system

x = sympy.Symbol("x")


def solved(*equations: str, unknowns: tuple[str, ...] = ()) -> Solutions:
    statements = [s for latex in equations for s in read_statements(latex).items]
    system = [Equation(left=s.sides[0], right=s.sides[1]) for s in statements]
    return solve_system(system, unknowns)


def points(solutions: Solutions) -> set[tuple[float, ...]]:
    """Real solutions, the letters in order, rounded."""
    return {
        tuple(round(float(point[letter]), 9) + 0.0 for letter in sorted(point, key=str))
        for point in solutions.real
    }


@pytest.mark.parametrize(
    ("equations", "expected"),
    [
        (["x^2-5x+6=0"], {(2.0,), (3.0,)}),
        (["(x-2)^2(x-3)=0"], {(2.0,), (3.0,)}),
        (["2x+y=5", "x-y=1"], {(2.0, 1.0)}),
        (["x^2+y^2=25", "xy=12"], {(3.0, 4.0), (4.0, 3.0), (-3.0, -4.0), (-4.0, -3.0)}),
        (["y=x^2+1", "x=2"], {(2.0, 5.0)}),
        ([r"\frac{1}{x}+\frac{1}{x-1}=\frac{3}{2}"], {(2.0,), (round(1 / 3, 9),)}),
        ([r"\frac{x^2-1}{x-1}=2"], set()),
        (["x=5", "x=6"], set()),
        (["x+y=1", "x+y=7"], set()),
    ],
)
def test_a_polynomial_system_is_solved_completely(
    equations: list[str], expected: set[tuple[float, ...]]
) -> None:
    assert points(solved(*equations)) == expected


@pytest.mark.parametrize(
    ("equation", "expected"),
    [
        ("2^x=8", {(3.0,)}),
        (r"\sqrt{x+3}=x-3", {(6.0,)}),
        ("|x-1|=3", {(-2.0,), (4.0,)}),
        (r"\ln x+\ln(x-1)=\ln 2", {(2.0,)}),
        ("e^{2x}-3e^x+2=0", {(0.0,), (0.693147181,)}),
    ],
)
def test_other_equations_are_scanned_and_not_called_complete(
    equation: str, expected: set[tuple[float, ...]]
) -> None:
    solutions = solved(equation)
    assert points(solutions) == expected
    assert not solutions.complete


def test_complex_solutions_are_kept_apart() -> None:
    solutions = solved("x^2+x+1=0")
    assert solutions.complete
    assert len(solutions.points) == 2
    assert not solutions.real


def test_letters_that_a_system_leaves_open_get_values_and_are_named() -> None:
    solutions = solved("ax^2+bx+c=0", unknowns=("x",))
    assert {letter.name for letter in solutions.free} == {"a", "b", "c"}
    assert solutions.points


def test_a_pole_is_no_root() -> None:
    assert scan_roots(1 / (x - 2), x) == []


def test_a_root_where_the_curve_only_touches_is_found() -> None:
    poly = polynomial((x - 2) ** 2, [x])
    assert [float(root) for root in polynomial_roots(poly)] == [2.0]
