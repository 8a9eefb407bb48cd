"""Formulas as people write them; what is written is what was meant."""

from __future__ import annotations

import time

import pytest
import sympy
from hypothesis import given, settings
from hypothesis import strategies as st

from tutor.cas.findings import show, show_point
from tutor.cas.parse import read
from tutor.cas.printing import MAX_SHOWN, formula

X, Y, N, THETA = sympy.symbols("x y n theta")
F = sympy.Function("f")
ROOT = sympy.sqrt(5)


@pytest.mark.parametrize(
    ("value", "latex"),
    [
        (sympy.sin(X), r"\sin x"),
        (sympy.sin(2 * X), r"\sin(2x)"),
        (sympy.sin(X) ** 2, r"\sin^{2} x"),
        (sympy.sin(X) ** N, r"\sin^{n}(x)"),
        (sympy.sin(X / 2), r"\sin{\left(\frac{x}{2} \right)}"),
        (sympy.sin(X) * sympy.cos(THETA), r"\sin x \cos \theta"),
        (-sympy.sin(X) - sympy.cos(X), r"-\sin x - \cos x"),
        (sympy.asin(X), r"\arcsin x"),
        (sympy.log(X), r"\ln x"),
        (sympy.log(X + 1) ** 2, r"\ln^{2}(x + 1)"),
        (sympy.log(8) / sympy.log(3), r"\frac{\ln 8}{\ln 3}"),
        (sympy.log(sympy.Abs(X)), r"\ln(|x|)"),
        (sympy.Abs(sympy.Abs(X) - 1), r"\left|{|x| - 1}\right|"),
        (3 * sympy.exp(-2 * X), r"3e^{-2x}"),
        (sympy.Rational(3, 2) - ROOT / 2, r"\frac{3}{2} - \frac{\sqrt{5}}{2}"),
        (-(X**2) - 2 * X + 1, r"-x^{2} - 2x + 1"),
        (2 * X * (X + 1), r"2x (x + 1)"),
        (2 * sympy.pi * X, r"2 \pi x"),
        (3 * 2**X, r"3 \cdot 2^{x}"),
        (F(X + 1), r"f(x + 1)"),
        (sympy.Derivative(F(X), X), r"\frac{d}{d x} f(x)"),
        (sympy.Integral(sympy.sin(X), X), r"\int \sin(x)\, dx"),
        (sympy.Interval.Ropen(0, sympy.oo), r"[0, \infty)"),
        (sympy.FiniteSet(1, 2), r"\{1, 2\}"),
        (sympy.Matrix([[1, -2 * X]]), r"\left[\begin{matrix}1 & -2x\end{matrix}\right]"),
        (sympy.Symbol(r"f{\left(2 \right)}"), r"f(2)"),
    ],
)
def test_formulas_are_written_the_way_people_write_them(value: sympy.Basic, latex: str) -> None:
    assert formula(value) == latex


def test_points_name_their_letters_in_order() -> None:
    assert show_point({Y: ROOT, X: sympy.Integer(-2)}) == r"x = -2, y = \sqrt{5}"


def test_a_long_formula_ends_where_no_bracket_is_open() -> None:
    shown = show(sympy.expand((X + Y) ** 20))
    assert len(shown) <= MAX_SHOWN
    assert shown.endswith(r" \ldots")
    assert shown.count("{") == shown.count("}")
    assert formula(sympy.sqrt(sympy.expand((X + Y) ** 20))) == r"\ldots"


def test_a_formula_of_hundreds_of_terms_is_written_soon() -> None:
    tall = sympy.Add(*(sympy.sin((X + k) / (Y - k)) for k in range(200)))
    started = time.monotonic()
    assert len(formula(tall)) <= MAX_SHOWN
    assert time.monotonic() - started < 2


LEAVES = st.sampled_from([X, Y, *map(sympy.Integer, (-3, -1, 2, 7)), sympy.Rational(2, 3), ROOT])
EXPRESSIONS = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        st.builds(lambda a, b: a + b, inner, inner),
        st.builds(lambda a, b: a * b, inner, inner),
        st.builds(lambda a: a**2, inner),
        st.builds(lambda a: 1 / (a**2 + 1), inner),
        st.builds(sympy.sin, inner),
        st.builds(sympy.cos, inner),
        st.builds(lambda a: sympy.log(a**2 + 1), inner),
        st.builds(sympy.Abs, inner),
    ),
    max_leaves=6,
)
POINT = {X: sympy.Rational(7, 5), Y: sympy.Rational(-11, 9)}


@settings(max_examples=100, deadline=None)
@given(EXPRESSIONS)
def test_what_is_written_is_read_as_what_was_meant(value: sympy.Expr) -> None:
    shown = formula(value)
    if r"\ldots" in shown:
        return
    there = read(shown)
    assert isinstance(there, sympy.Expr)
    assert abs(there.subs(POINT).evalf(30) - value.subs(POINT).evalf(30)) < 1e-12, shown
