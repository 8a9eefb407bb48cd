"""Values to any precision: school's reals, and comparisons that know how sure they are."""

from __future__ import annotations

import mpmath
import pytest
import sympy

from tutor.cas.identity import Agreement, compare_everywhere, compare_on_counters
from tutor.cas.numeric import Domain, Gap, compare, compile_node, value_of
from tutor.cas.numeric_build import NotNumeric, Undefined
from tutor.cas.parse import read
from tutor.cas.recognition import recognize

x = sympy.Symbol("x")


def gap(left: str, right: str) -> Gap:
    return compare(compile_node(read(left)), compile_node(read(right)), {})


@pytest.mark.parametrize(
    ("left", "right"),
    [
        (r"\sqrt[3]{-8}", "-2"),
        (r"(-8)^{\frac{2}{3}}", "4"),
        (r"\sin\pi", "0"),
        (r"\arcsin\left(\frac{\sqrt2}{2}\cdot\sqrt2\right)", r"\frac{\pi}{2}"),
        (r"\binom{10}{3}", "120"),
        (r"\int_0^{\infty}e^{-t}\,dt", "1"),
        (r"\lfloor -2.5\rfloor", "-3"),
        (r"\begin{vmatrix}1&2\\3&4\end{vmatrix}", "-2"),
    ],
)
def test_equal_values_are_found_equal(left: str, right: str) -> None:
    assert gap(left, right) is Gap.EQUAL


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("e^{-50}", "e^{-60}"),
        (r"1.6\times 10^{-19}", r"9.1\times 10^{-31}"),
        (r"e^{\pi\sqrt{163}}", "262537412640768744"),
        ("10^{60}", "10^{60}+1"),
        ("100!", "100!+1"),
        (r"\sin\pi", "10^{-40}"),
    ],
)
def test_values_that_differ_a_little_are_found_different(left: str, right: str) -> None:
    assert gap(left, right) is Gap.DIFFERENT


@pytest.mark.parametrize(
    "latex", [r"\sqrt{-1}", r"\ln 0", r"\ln(-2)", r"\frac{1}{0}", r"\arcsin 2", "0^{0}", "(-2)!"]
)
def test_what_has_no_real_value_is_undefined(latex: str) -> None:
    with pytest.raises(Undefined):
        compile_node(read(latex)).at({}, 30)


def test_the_imaginary_unit_has_a_value_in_the_complex_plane_only() -> None:
    node = read("(1+i)^2")
    with pytest.raises(NotNumeric):
        compile_node(node)
    assert compile_node(node, Domain.COMPLEX).at({}, 20) == mpmath.mpc(0, 2)
    assert value_of(node) == mpmath.mpc(0, 2)


def test_a_root_known_to_many_digits_is_a_root_at_every_precision() -> None:
    with mpmath.mp.workdps(160):
        root = +mpmath.mp.pi
    sine, zero = compile_node(sympy.sin(x)), compile_node(sympy.Integer(0))
    assert compare(sine, zero, {x: root}) is Gap.EQUAL
    assert compare(sine, zero, {x: root + mpmath.mpf("1e-20")}) is Gap.DIFFERENT


@pytest.mark.parametrize(
    ("left", "right", "agreement"),
    [
        ("(x+1)^2", "x^2+2x+1", Agreement.ALWAYS),
        ("(x+1)^2", "x^2+1", Agreement.NEVER),
        (r"\sqrt{x^2}", "x", Agreement.SOMETIMES),
        (r"2\ln x", r"\ln x^2", Agreement.ALWAYS),
        (r"\sqrt{1-x^2}", r"\cos(\arcsin x)", Agreement.ALWAYS),
        (r"\frac{n!}{(n-1)!}", "n", Agreement.ALWAYS),
        (r"\sqrt{-1-x^2}", "x", Agreement.UNKNOWN),
        ("x^2+1", "(x+i)(x-i)", Agreement.ALWAYS),
    ],
)
def test_agreement_is_seen_at_well_spread_points(
    left: str, right: str, agreement: Agreement
) -> None:
    assert compare_everywhere(read(left), read(right)).agreement is agreement


def test_letters_that_count_are_tried_at_whole_numbers() -> None:
    left, right = read(r"\cos(n\pi)"), read("(-1)^n")
    assert compare_on_counters(left, right).agreement is Agreement.ALWAYS
    assert compare_on_counters(read("x"), read("x")).agreement is Agreement.UNKNOWN


def test_assumptions_keep_points_out() -> None:
    left, right = read(r"\sqrt{x^2}"), read("x")
    positive = compare_everywhere(left, right, lambda point: point[x] > 0)
    assert positive.agreement is Agreement.ALWAYS


@pytest.mark.parametrize(
    "exact",
    [
        sympy.Rational(-7, 3),
        sympy.pi / 6,
        sympy.sqrt(3),
        (1 + sympy.sqrt(5)) / 2,
        -sympy.sqrt(2) / 3,
    ],
)
def test_a_simple_exact_number_is_recognised(exact: sympy.Expr) -> None:
    with mpmath.mp.workdps(60):
        found = recognize(mpmath.mpf(sympy.N(exact, 60)))
    assert found is not None
    assert sympy.simplify(found - exact) == 0


def test_a_number_that_is_not_simple_is_not_recognised() -> None:
    with mpmath.mp.workdps(60):
        assert recognize(mpmath.mp.exp(1)) is None
