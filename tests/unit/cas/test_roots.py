"""Roots of one equation in one letter, wherever they lie and however the curve meets zero."""

from __future__ import annotations

import mpmath
import pytest
import sympy

from tutor.cas.numeric import Gap, compare, compile_node
from tutor.cas.parse import read
from tutor.cas.roots import MAX_ROOTS, corners, scan_roots

x = sympy.Symbol("x")


def roots(latex: str) -> list[float]:
    return sorted(float(root) for root in scan_roots(read(latex), x))


@pytest.mark.parametrize(
    ("latex", "expected"),
    [
        ("|x-100|-5", [95, 105]),
        ("|x-10000|-1", [9999, 10001]),
        (r"\log_2(x-500)-3", [508]),
        (r"\ln x-20", [485165195.4097903]),
        ("2^x-10^{100}", [332.19280948873626]),
    ],
)
def test_roots_far_from_the_origin_are_found(latex: str, expected: list[float]) -> None:
    assert roots(latex) == pytest.approx(expected)


@pytest.mark.parametrize(
    ("latex", "expected"),
    [
        (r"\sqrt{x}-x", [0, 1]),
        (r"\sqrt{x^2-2}", [-(2**0.5), 2**0.5]),
        (r"\sqrt{4-x^2}", [-2, 2]),
        (r"\sqrt{x-100}-x+100", [100, 101]),
        (r"2\arcsin x-\pi", [1]),
    ],
)
def test_the_ends_of_the_domain_are_tried(latex: str, expected: list[float]) -> None:
    assert roots(latex) == pytest.approx(expected)


@pytest.mark.parametrize(
    ("latex", "expected"),
    [
        ("(x-2)^2e^x", [2]),
        ("e^x-x-1", [0]),
        ("e^{x-1}-x", [1]),
        (r"\ln x-x+1", [1]),
        (r"x-\sin x", [0]),
        ("|x^2-5x+6|", [2, 3]),
        ("x^{2/3}", [0]),
    ],
)
def test_roots_where_the_curve_touches_or_clings_are_found(
    latex: str, expected: list[float]
) -> None:
    assert roots(latex) == pytest.approx(expected)


@pytest.mark.parametrize(
    ("latex", "expected"),
    [
        ("2^x-x^2", [-0.766664695962123, 2, 4]),
        ("(x-0.001)(x-0.002)e^x", [0.001, 0.002]),
        ("|x-1|+|x-3|-4", [0, 4]),
        ("|2x-1|-|x+3|", [-2 / 3, 4]),
        (
            r"10\sin x-x",
            [
                -8.423203932360492,
                -7.068174358095817,
                -2.852341894450092,
                0,
                2.852341894450092,
                7.068174358095817,
                8.423203932360492,
            ],
        ),
    ],
)
def test_several_roots_are_found_together(latex: str, expected: list[float]) -> None:
    assert roots(latex) == pytest.approx(expected)


@pytest.mark.parametrize(
    "latex",
    [
        "e^x+1",
        "e^{-x^2}",
        r"\sqrt{x-1}-x-3",
        r"\sqrt{x^2+1}-x",
        r"\frac{1}{x-2}",
        r"\lfloor x\rfloor-\frac{3}{2}",
        r"\frac{|x|}{x}",
        r"x^2+\frac{1}{10^9}+0\cdot e^x",
        r"e^x-x-1+10^{-9}",
    ],
)
def test_where_there_is_no_root_none_is_found(latex: str) -> None:
    assert roots(latex) == []


def test_a_root_of_a_factor_where_another_has_no_value_is_none() -> None:
    assert roots(r"x\ln x") == [1]
    assert roots(r"\sqrt{x-3}\ln(x-5)") == [6]


def test_of_a_periodic_function_the_roots_nearest_to_the_origin_come_first() -> None:
    found = [float(root) for root in scan_roots(read(r"|\sin x|"), x)]
    assert len(found) == MAX_ROOTS
    assert found[:5] == pytest.approx([0, -mpmath.pi, mpmath.pi, -2 * mpmath.pi, 2 * mpmath.pi])


@pytest.mark.parametrize("latex", ["e^x-x-1", r"x-\sin x", r"\ln x-x+1", r"\cos x-1"])
def test_multiple_roots_are_known_to_as_many_digits_as_others(latex: str) -> None:
    for root in scan_roots(read(latex), x)[:3]:
        zero = compile_node(sympy.Integer(0))
        assert compare(compile_node(read(latex)), zero, {x: root}) is Gap.EQUAL


def test_corners_tell_whether_their_part_is_zero() -> None:
    found = {(float(c.x), c.vanishes) for c in corners(read(r"|x-1|+\sqrt{x-2}+\ln(x-3)"), x)}
    assert found == {(1.0, True), (2.0, True), (3.0, False)}
