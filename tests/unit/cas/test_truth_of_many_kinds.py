"""Claims of many kinds that are true by the way they are built: none is ever refuted.

`TUTOR_EXAMPLES=3000 pytest tests/unit/cas/test_truth_of_many_kinds.py` looks at new ones, and at more of them.
"""

from __future__ import annotations

import math
import os
from decimal import ROUND_HALF_UP, Decimal

import pytest
import sympy
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from tests.unit.cas.test_claims import check
from tutor.cas.requests import Truth

ASKED = os.environ.get("TUTOR_EXAMPLES")
polite = settings(
    max_examples=int(ASKED or 25),
    deadline=None,
    suppress_health_check=list(HealthCheck),
    derandomize=ASKED is None,
)
x, n, k = sympy.symbols("x n k")
small = st.integers(-9, 9)
positive = st.integers(1, 12)
nonzero = small.filter(bool)
fractions = st.builds(sympy.Rational, st.integers(-12, 12), st.integers(1, 7))


def written(node: object) -> str:
    return str(sympy.latex(node, ln_notation=True))


def true(claim: str, **context: object) -> None:
    finding = check(claim, **context)
    assert finding.truth is not Truth.FAILS, (claim, context, finding)


def signed(number: int) -> str:
    return f"{number:+d}"


@polite
@given(positive, positive, st.sampled_from(["sin", "cos", "tan"]), st.sampled_from("+-"))
def test_sums_of_angles(a, b, name, sign) -> None:
    left, right = f"{a}x", f"{b}y"
    opposite = {"+": "-", "-": "+"}[sign]
    forms = {
        "sin": rf"\sin {left} \cos {right} {sign} \cos {left} \sin {right}",
        "cos": rf"\cos {left} \cos {right} {opposite} \sin {left} \sin {right}",
        "tan": rf"\frac{{\tan {left} {sign} \tan {right}}}{{1 {opposite} \tan {left} \tan {right}}}",
    }
    true(rf"\{name}({left} {sign} {right}) = {forms[name]}")
    true(rf"\sin^2 {left} + \cos^2 {left} = 1")
    true(rf"\cos {2 * a}x = 1 - 2\sin^2 {left} = 2\cos^2 {left} - 1")


@polite
@given(st.integers(-24, 48), st.sampled_from([sympy.sin, sympy.cos]))
def test_exact_values_of_angles_in_degrees(steps, function) -> None:
    value = sympy.nsimplify(sympy.radsimp(function(sympy.pi * steps / 12)))
    true(rf"\{function.__name__} {15 * steps}^\circ = {written(value)}")
    true(rf"\{function.__name__} \left({written(sympy.pi * steps / 12)}\right) = {written(value)}")


@polite
@given(small, small, st.integers(2, 9), st.integers(1, 6), st.integers(1, 5))
def test_logarithms(p, q, base, power, times) -> None:
    true(rf"\ln (a^{{{p}}} b^{{{q}}}) = {p}\ln a {signed(q)}\ln b", given=["a > 0", "b > 0"])
    true(rf"\log_{{{base}}} {base**power} = {power}")
    true(rf"\log_{{{base}}} {times**power} = {power}\log_{{{base}}} {times}")
    true(rf"\log_{{{base**2}}} x^2 = \log_{{{base}}} x", given=["x > 0"])
    true(rf"x = {base**power}", given=[rf"\log_{{{base}}} x = {power}"])


@polite
@given(st.lists(small, min_size=1, max_size=4), st.integers(-3, 5), st.integers(0, 12))
def test_finite_sums_and_products(coefficients, low, more) -> None:
    term = sum(c * k**i for i, c in enumerate(coefficients))
    total = sum(
        sum(c * j**i for i, c in enumerate(coefficients)) for j in range(low, low + more + 1)
    )
    true(rf"\sum_{{k={low}}}^{{{low + more}}} \left({written(term)}\right) = {total}")
    closed = sympy.factor(sympy.summation(term, (k, 1, n)))
    true(rf"\sum_{{k=1}}^{{n}} \left({written(term)}\right) = {written(closed)}")
    true(rf"\prod_{{k=1}}^{{{more + 1}}} k = {math.factorial(more + 1)}")


@polite
@given(fractions, st.integers(2, 9), st.integers(1, 9))
def test_geometric_series(first, base, times) -> None:
    ratio = sympy.Rational(1, base)
    true(rf"\sum_{{k=0}}^{{\infty}} \frac{{{times}}}{{{base}^k}} = {written(times / (1 - ratio))}")
    true(rf"\sum_{{k=0}}^{{n-1}} {base}^k = \frac{{{base}^n - 1}}{{{base - 1}}}")
    true(
        rf"S = {written(first * times)}",
        given=[rf"S = {times} \cdot \left({written(first)}\right)"],
    )


@polite
@given(small, positive, st.sampled_from(["<", r"\le", ">", r"\ge"]))
def test_quadratic_inequalities(a, width, relation) -> None:
    b = a + width
    given_ = [rf"x^2 {signed(-(a + b))}x {signed(a * b)} {relation} 0"]
    if relation in ("<", r"\le"):
        true(f"{a} {relation} x {relation} {b}", given=given_)
    else:
        outer = {">": ("<", ">"), r"\ge": (r"\le", r"\ge")}[relation]
        true(rf"x {outer[0]} {a} \text{{ or }} x {outer[1]} {b}", given=given_)
    true(rf"(x {signed(-a)})(x {signed(-b)}) {relation} 0", given=given_)


@polite
@given(nonzero, nonzero, positive)
def test_inequalities_that_always_hold(a, b, c) -> None:
    true(rf"({a}x)^2 + ({b}y)^2 \ge {2 * a * b}xy")
    true(rf"x^2 + {c} > 0")
    true(rf"|{a}x {signed(b)}y| \le |{a}x| + |{b}y|")
    true(rf"x + \frac{{{c * c}}}{{x}} \ge {2 * c}", given=["x > 0"])
    true(rf"\sqrt{{{c}}} < \sqrt{{{c + 1}}} < {c + 1}")


@polite
@given(small, small, small, small)
def test_complex_numbers(a, b, c, d) -> None:
    assume((c, d) != (0, 0))
    first, second = sympy.Integer(a) + b * sympy.I, sympy.Integer(c) + d * sympy.I
    product, quotient = (
        sympy.expand(first * second),
        sympy.nsimplify(sympy.expand_complex(first / second)),
    )
    left, right = f"({a}{signed(b)}i)", f"({c}{signed(d)}i)"
    true(f"{left}{right} = {written(product)}")
    true(rf"\frac{{{left}}}{{{right}}} = {written(quotient)}")
    true(rf"|{c}{signed(d)}i| = {written(sympy.sqrt(c * c + d * d))}")
    true(rf"\overline{{{c}{signed(d)}i}} = {c}{signed(-d)}i")


def matrix(rows: sympy.Matrix) -> str:
    return (
        r"\begin{pmatrix}"
        + r"\\".join("&".join(map(written, rows.row(i))) for i in range(rows.rows))
        + r"\end{pmatrix}"
    )


@polite
@given(
    st.lists(small, min_size=9, max_size=9),
    st.lists(small, min_size=9, max_size=9),
    st.integers(2, 3),
)
def test_matrices(first, second, size) -> None:
    a, b = (sympy.Matrix(size, size, cells[: size * size]) for cells in (first, second))
    true(f"{matrix(a)}{matrix(b)} = {matrix(a * b)}")
    true(f"{matrix(a)} + {matrix(b)} = {matrix(a + b)}")
    true(rf"\det {matrix(a)} = {a.det()}")
    if a.det() != 0:
        true(f"{matrix(a)}^{{-1}} = {matrix(a.inv())}")


@polite
@given(st.integers(-500, 500), st.integers(2, 60), st.integers(1, 40))
def test_congruences(a, modulus, power) -> None:
    true(rf"{a} \equiv {a % modulus} \pmod{{{modulus}}}")
    true(rf"{abs(a)}^{{{power}}} \equiv {pow(abs(a), power, modulus)} \pmod{{{modulus}}}")
    true(rf"{abs(a) + 1}^2 \equiv {(abs(a) + 1) ** 2 - modulus} \pmod {modulus}")


@polite
@given(st.integers(1, 99999), st.integers(1, 9999), st.integers(0, 4))
def test_roundings_at_the_precision_that_is_written(a, b, places) -> None:
    unit = Decimal(1).scaleb(-places)
    cases = {
        rf"\frac{{{a}}}{{{b}}}": Decimal(a) / Decimal(b),
        rf"\sqrt{{{a}}}": Decimal(a).sqrt(),
        rf"{a / 100} \times {b / 10}": Decimal(a) / 100 * Decimal(b) / 10,
        rf"\pi \cdot {b}": Decimal(str(sympy.N(sympy.pi * b, 25))),
    }
    for latex, value in cases.items():
        rounded = value.quantize(unit, rounding=ROUND_HALF_UP)
        true(rf"{latex} \approx {rounded:f}")
        if value == rounded:
            true(rf"{latex} = {rounded:f}")


@polite
@given(small, small, small, small, small)
def test_functions_in_pieces(a, b, c, d, at) -> None:
    given_ = [
        rf"f(x) = \begin{{cases}} {a}x {signed(b)}, & x < {c} \\ x^2 {signed(d)}, & x \ge {c} \end{{cases}}"
    ]
    value = a * at + b if at < c else at * at + d
    true(f"f({at}) = {value}", given=given_)


@polite
@given(small, small)
def test_symmetric_systems(a, b) -> None:
    given_ = [f"x + y = {a + b}", f"xy = {a * b}"]
    for claim in (
        f"x^2 + y^2 = {a * a + b * b}",
        f"(x - y)^2 = {(a - b) ** 2}",
        f"x = {a}",
        f"y = {b}",
        f"x^3 + y^3 = {a**3 + b**3}",
        f"t^2 {signed(-(a + b))}t {signed(a * b)} = 0",
        f"y = {a + b} - x",
        f"x({a + b} - x) = {a * b}",
    ):
        true(claim, given=given_)


@polite
@given(small, positive, small)
def test_equations_with_bars_and_roots(a, b, c) -> None:
    given_ = [f"|x {signed(-a)}| = {b}"]
    true(rf"x = {a + b} \text{{ or }} x = {a - b}", given=given_)
    true(f"(x {signed(-a)})^2 = {b * b}", given=given_)
    root = b * b - c
    given_ = [rf"\sqrt{{x {signed(c)}}} = {b}"]
    true(f"x = {root}", given=given_)
    true(f"x {signed(c)} = {b * b}", given=given_)
    shifted = [rf"\sqrt{{x {signed(c)}}} = x {signed(b - root)}"]
    true(f"x = {root}", given=shifted)
    true(f"x {signed(c)} = (x {signed(b - root)})^2", given=shifted)


@polite
@given(st.lists(small, min_size=1, max_size=4), small, small)
def test_limits_and_definite_integrals(coefficients, a, b) -> None:
    node = sum(c * x**i for i, c in enumerate(coefficients)) + sympy.Integer(0)
    value, area = node.subs(x, a), sympy.integrate(node, (x, a, b))
    true(rf"\lim_{{x\to {a}}} \left({written(node)}\right) = {written(value)}")
    true(rf"\lim_{{x\to {a}}} \frac{{x^2 {signed(-a * a)}}}{{x {signed(-a)}}} = {2 * a}")
    true(rf"\int_{{{a}}}^{{{b}}} \left({written(node)}\right)\,dx = {written(area)}")
    true(r"\lim_{h\to 0} \frac{(x+h)^2 - x^2}{h} = 2x")


@polite
@given(
    nonzero, small, st.integers(1, 4), st.sampled_from([sympy.sin, sympy.cos, sympy.exp, sympy.log])
)
def test_derivatives_by_the_chain_rule(a, b, power, function) -> None:
    node = function(a * x + b) ** power
    slope = sympy.diff(node, x)
    true(rf"\frac{{d}}{{dx}} \left({written(node)}\right) = {written(slope)}")
    true(rf"f'(x) = {written(sympy.simplify(slope))}", given=[f"f(x) = {written(node)}"])
    true(rf"\int {written(slope)}\,dx = {written(node)} + C")


@polite
@given(small, small, positive)
def test_sequences(first, step, place) -> None:
    given_ = [f"a_n = {first} + (n-1) \\cdot ({step})"]
    true(f"a_{{{place}}} = {first + (place - 1) * step}", given=given_)
    true(f"a_{{n+1}} - a_n = {step}", given=given_)


@polite
@given(st.integers(0, 12), st.integers(0, 12), st.integers(1, 400), st.integers(1, 400))
def test_counting_and_whole_numbers(a, b, p, q) -> None:
    true(rf"\binom{{{a + b}}}{{{b}}} = {math.comb(a + b, b)}")
    true(f"C_{{{a + b}}}^{{{b}}} = {math.comb(a + b, b)}")
    true(rf"\frac{{{a + b}!}}{{{a}!}} = {math.perm(a + b, b)}")
    true(rf"\gcd({p}, {q}) = {math.gcd(p, q)}")
    true(rf"\lfloor \frac{{{p}}}{{{q}}} \rfloor = {p // q}")
    true(rf"\lceil -\frac{{{p}}}{{{q}}} \rceil = {-(p // q)}")


@polite
@given(st.integers(1, 999), st.integers(1, 99), st.integers(1, 9), st.integers(2, 9))
def test_percent_mixed_numbers_and_long_chains(amount, percent, upper, lower) -> None:
    part = sympy.Rational(amount * percent, 100)
    true(
        rf"{amount} \times {percent}\% = {amount} \times {percent / 100} = {written(part)} = {float(part)}"
    )
    true(rf"{amount} \cdot \frac{{{percent}}}{{100}} = \frac{{{amount * percent}}}{{100}}")
    assume(upper < lower)
    true(rf"{amount}\frac{{{upper}}}{{{lower}}} = \frac{{{amount * lower + upper}}}{{{lower}}}")


@polite
@given(small, positive, fractions)
def test_memberships(low, width, point) -> None:
    high = low + width
    inside = low < point < high
    if inside:
        true(rf"{written(point)} \in ({low}, {high})")
        true(rf"{low} < {written(point)} < {high}")


if ASKED is not None:
    pytestmark = pytest.mark.timeout(3600)
