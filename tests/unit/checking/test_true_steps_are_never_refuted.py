"""Steps built to be true, in prose and line by line: none of them is ever refuted."""

from __future__ import annotations

from fractions import Fraction

import sympy
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.unit.checking.test_solutions import refuted

x, y = sympy.symbols("x y")
polite = settings(
    max_examples=30,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
numbers = st.integers(2, 400)
small = st.integers(-9, 9).filter(bool)
nouns = st.sampled_from(["apples", "students", "km", "boxes of pens", "个苹果", ""])
starts = st.sampled_from(
    ["", "So we get ", "Total = ", "In all: ", "- ", "Each class has 5. Now ", "因此", "She pays "]
)


@polite
@given(starts, numbers, numbers, numbers, nouns)
def test_true_sum_in_prose_is_never_refuted(start, a, b, c, noun) -> None:
    sums = (
        f"{a} {noun} + {b} {noun} = {a + b} {noun}",
        f"{a} × {b} - {c} = {a * b - c} {noun}.",
        f"{a} {noun} * {b} = {a * b} {noun}, and {a * b} + {c} = {a * b + c}",
        f"${a} * {b} = ${a * b}",
        f"{a}% of {b} = {float(Fraction(a * b, 100))}",
        f"{a * b} / {b} = {a}",
        f"half of {2 * a} + {b} = {a + b}",
        f"{a} hours = {60 * a} minutes",
        f"{a * b + 1} ÷ {b} = {(a * b + 1) // b} remainder {(a * b + 1) % b}",
    )
    for one in sums:
        assert refuted("", start + one) is None, one


@polite
@given(small, small, small, small, st.sampled_from(["\n", " This gives ", " Simplifying: "]))
def test_true_line_made_from_another_is_never_refuted(a, b, c, d, between) -> None:
    left, right = a * (x + b), c * x + d
    lines = [
        (left, right),
        (sympy.expand(left), right),
        (sympy.expand(left) - c * x, sympy.Integer(d)),
        (sympy.expand(left - right), sympy.Integer(0)),
    ]
    text = between.join(rf"\[ {sympy.latex(one)} = {sympy.latex(other)} \]" for one, other in lines)
    if sympy.expand(left - right).has(x):
        root = sympy.solve(left - right, x)[0]
        text += between + rf"\[ x = {sympy.latex(root)} \]"
        assert refuted("", text) is None, text


@polite
@given(small, small, small)
def test_true_rewriting_is_never_refuted(a, b, c) -> None:
    start = (x + a) ** 2 + b * (x - c * y)
    forms = (start, sympy.expand(start), sympy.expand(start) + 0)
    lines = [sympy.latex(form) for form in forms]
    steps = (
        rf"\[ {lines[0]} = {lines[1]} \]",
        rf"Expanding: \[ {lines[0]} \] This simplifies to: \[ {lines[1]} \]",
        rf"\[ {lines[0]} \] \[ = {lines[1]} \]",
        rf"$f(x) = {lines[0]} = {lines[1]}$",
    )
    for step in steps:
        assert refuted("", step) is None, step


@polite
@given(small, small, small)
def test_cases_and_systems_are_never_refuted(a, b, c) -> None:
    factored = rf"(x - {a})(x - {b})".replace("- -", "+ ")
    steps = (
        rf"\[ {factored} = 0 \] so \[ x = {a} \] \[ x = {b} \]",
        rf"\[ x + {abs(a)} y = {b} \] \[ x - {abs(a)} y = {c} \]",
        rf"\[ |x| = {abs(a)} \] \[ x = {abs(a)} \] \[ x = -{abs(a)} \]",
        rf"Let $k = {a}$. If instead $k = {b}$, then $k + 1 = {b + 1}$.",
    )
    for step in steps:
        assert refuted("", step) is None, step
