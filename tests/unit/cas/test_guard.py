"""The cost guard: towers are refused at once, school formulas pass."""

from __future__ import annotations

import time

import pytest

from tutor.cas.guard import TooCostly, check_cost
from tutor.cas.parse import read


@pytest.mark.parametrize(
    "latex",
    [
        "9^{9^{9}}",
        "9^{9^{9^{9^{9}}}}",
        "2^{10^{10}}",
        "(10^{10})!",
        r"\binom{1000000}{500000}",
        r"\sin(10^{10^{10}})",
        r"e^{10^{10}}",
        r"\sum_{k=1}^{1000000000}k",
        r"\prod_{k=1}^{10000000}k",
        r"\sum_{k=1}^{10^{8}}k",
        r"x^{10^{7}}",
        r"\{1, 9^{9^{9}}\}",
    ],
)
def test_a_formula_that_would_never_end_is_refused_at_once(latex: str) -> None:
    node = read(latex)
    started = time.perf_counter()
    with pytest.raises(TooCostly):
        check_cost(node)
    assert time.perf_counter() - started < 0.1


@pytest.mark.parametrize(
    "latex",
    [
        "2^{100}",
        "2^{2024}",
        "(-1)^{2023}",
        "x^{2023}",
        "20!",
        "100!",
        r"\binom{50}{25}",
        r"\frac{100!}{98!}",
        r"e^{i\pi/4}",
        r"e^{-x^2}",
        r"\sum_{k=1}^{100}k^2",
        r"\sum_{k=1}^{n}k",
        r"\sum_{k=1}^{\infty}\frac{1}{k^2}",
        r"6.02\times 10^{23}",
        r"1.6\times 10^{-19}",
        r"\left(1+\frac1n\right)^n",
        r"\left(\frac{2}{3}\right)^{100}",
        r"\sin 1000x",
        r"\begin{vmatrix}1&2\\3&4\end{vmatrix}",
    ],
)
def test_a_school_formula_passes(latex: str) -> None:
    check_cost(read(latex))
