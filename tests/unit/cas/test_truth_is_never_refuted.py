"""The property that matters most: a claim built to be true is never refuted."""

from __future__ import annotations

import math

import sympy
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.unit.cas.test_claims import answered, check
from tutor.cas.requests import Truth

x, y = sympy.symbols("x y")
numbers = st.integers(-9, 9)
fractions = st.builds(sympy.Rational, st.integers(-12, 12), st.integers(1, 7))
polite = settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True
)


def written(node: sympy.Basic) -> str:
    return str(sympy.latex(node))


def combined(parts: st.SearchStrategy[sympy.Expr]) -> st.SearchStrategy[sympy.Expr]:
    return st.one_of(
        st.builds(sympy.Add, parts, parts),
        st.builds(sympy.Mul, parts, parts),
        st.builds(lambda a, n: a**n, parts, st.integers(2, 3)),
        st.builds(lambda a, b: a / (b**2 + 1), parts, parts),
    )


atoms = st.one_of(st.sampled_from([x, y]), numbers.map(sympy.Integer), fractions)
expressions = st.recursive(atoms, combined, max_leaves=5).filter(
    lambda node: len(written(node)) < 160
)
one_letter = expressions.map(lambda node: node.subs(y, x + 1))
rewrites = st.sampled_from(
    [sympy.expand, sympy.factor, sympy.together, sympy.cancel, sympy.apart, lambda node: node]
)


@polite
@given(expressions, rewrites, rewrites)
def test_a_rewritten_expression_equals_the_first(node, first, second) -> None:
    node = node.subs(y, x) if sympy.apart in (first, second) else node
    chain = " = ".join(written(form) for form in (node, first(node), second(first(node))))
    assert check(chain, target=written(node)).truth is Truth.HOLDS


@polite
@given(expressions, fractions, fractions)
def test_a_value_at_a_point_is_what_exact_arithmetic_gives(node, a, b) -> None:
    value = node.subs({x: a, y: b})
    inserted = written(node).replace("x", rf"\left({written(a)}\right)")
    inserted = inserted.replace("y", rf"\left({written(b)}\right)")
    assert check(f"{inserted} = {written(value)}").truth is Truth.HOLDS


@polite
@given(st.lists(fractions, min_size=1, max_size=4, unique=True), numbers, one_letter)
def test_an_equation_with_known_roots_keeps_them_when_it_is_transformed(
    roots, shift, extra
) -> None:
    factored = sympy.Mul(*(x - root for root in roots))
    given_ = [f"{written(sympy.expand(factored))} = 0"]
    moved = f"{written(sympy.expand(factored) + shift * x)} = {written(shift * x)}"
    added = f"{written(factored + extra)} = {written(extra)}"
    for claim in (f"{written(factored)} = 0", moved, added, *(f"x = {written(r)}" for r in roots)):
        assert check(claim, given=given_).truth is not Truth.FAILS, claim
    answer = ", ".join(f"x = {written(root)}" for root in roots)
    assert answered("solve", answer, given=given_).truth is Truth.HOLDS


@polite
@given(fractions, fractions, st.lists(numbers, min_size=4, max_size=4))
def test_a_linear_system_with_a_known_solution_holds_at_it(a, b, coefficients) -> None:
    p, q, r, s = coefficients
    given_ = [
        f"{written(p * x + q * y)} = {written(p * a + q * b)}",
        f"{written(r * x + s * y)} = {written(r * a + s * b)}",
    ]
    total = f"{written((p + r) * x + (q + s) * y)} = {written((p + r) * a + (q + s) * b)}"
    for claim in (f"x = {written(a)}", f"y = {written(b)}", total):
        assert check(claim, given=given_).truth is not Truth.FAILS, claim


@polite
@given(one_letter)
def test_a_derivative_worked_out_by_rule_is_never_refuted(node) -> None:
    derivative = sympy.diff(node, x)
    claim = rf"\frac{{d}}{{dx}}\left({written(node)}\right) = {written(derivative)}"
    assert check(claim).truth is not Truth.FAILS
    assert (
        check(
            f"f'(x) = {written(sympy.factor(derivative))}", given=[f"f(x) = {written(node)}"]
        ).truth
        is not Truth.FAILS
    )


@polite
@given(st.lists(numbers, min_size=1, max_size=4))
def test_an_antiderivative_is_never_refuted(coefficients) -> None:
    node = sum(c * x**k for k, c in enumerate(coefficients))
    antiderivative = sympy.integrate(node, x)
    claim = rf"\int \left({written(node)}\right)\,dx = {written(antiderivative)} + C"
    assert check(claim).truth is Truth.HOLDS


@polite
@given(st.integers(1, 10**6), st.integers(1, 10**6), st.integers(1, 4))
def test_a_rounded_quotient_is_never_refuted(a, b, places) -> None:
    rounded = f"{a / b:.{places}f}"
    for relation in ("=", r"\approx"):
        finding = check(rf"\frac{{{a}}}{{{b}}} {relation} {rounded}")
        assert finding.truth is not Truth.FAILS, finding


@polite
@given(st.integers(2, 400), st.integers(1, 30))
def test_a_simplified_root_equals_the_root(radicand, factor) -> None:
    left = rf"\sqrt{{{radicand * factor**2}}}"
    assert check(rf"{left} = {factor}\sqrt{{{radicand}}}").truth is Truth.HOLDS
    assert check(f"{left} = {factor}\\sqrt{{{radicand + 1}}}").truth is Truth.FAILS


@polite
@given(numbers, numbers.filter(bool), st.sampled_from(["<", ">", r"\le", r"\ge"]))
def test_a_linear_inequality_solved_right_holds(a, b, relation) -> None:
    flipped = {"<": ">", ">": "<", r"\le": r"\ge", r"\ge": r"\le"}[relation]
    bound = sympy.Rational(a, b)
    solved = f"x {relation if b > 0 else flipped} {written(bound)}"
    given_ = [f"{b}x {relation} {a}"]
    assert check(solved, given=given_).truth is Truth.HOLDS
    assert answered("solve", solved, given=given_).truth is Truth.HOLDS


@polite
@given(st.integers(1, 60), st.integers(2, 9))
def test_true_arithmetic_of_large_numbers_holds_and_one_more_fails(exponent, base) -> None:
    value = base**exponent
    assert check(f"{base}^{{{exponent}}} = {value}").truth is Truth.HOLDS
    assert check(f"{base}^{{{exponent}}} = {value + 1}").truth is Truth.FAILS
    assert math.isclose(value, float(base) ** exponent)
