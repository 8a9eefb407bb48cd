from __future__ import annotations

import time
from itertools import chain, repeat

import pytest
import sympy
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tutor.cas.parse import TooBig, Unread, read_statements

PIECES = [
    *"0123456789abcdefinxyzABC+-*/^_=<>()[]{}|!,;:'&.%$~ ",
    "\\frac",
    "\\sqrt",
    "\\sin",
    "\\ln",
    "\\log",
    "\\int",
    "\\sum",
    "\\lim",
    "\\to",
    "\\pm",
    "\\left",
    "\\right",
    "\\left.",
    "\\right|",
    "\\{",
    "\\}",
    "\\begin{cases}",
    "\\end{cases}",
    "\\begin{pmatrix}",
    "\\end{pmatrix}",
    "\\\\",
    "\\text{or}",
    "\\text{cm}",
    "\\mathrm{d}",
    "\\cup",
    "\\in",
    "\\mathbb{R}",
    "\\overline",
    "\\vec",
    "\\infty",
    "\\pi",
    "\\prime",
    "^{\\circ}",
    "\\equiv",
    "\\pmod",
    "\\Rightarrow",
    "\\boxed",
    "\\quad",
    "\\binom",
    "dx",
    "C_5^2",
    "f(x)",
    "\\frac{d}{dx}",
    "_{i=1}^n",
    "_{x\\to0}",
    "_{",
    "^{",
    "12",
    "3.5",
    "或",
    "²",
]
SLOWEST = 0.5
"""Seconds; a read takes a few milliseconds, the rest is room for a busy machine."""

HUGE = {
    "long": "x+" * 100_000,
    "blank": " " * 200_000,
    "brackets": "(" * 2_000 + "x" + ")" * 2_000,
    "braces": "{" * 700 + "x" + "}" * 700,
    "functions": r"\sin" * 1_000 + " x",
    "roots": r"\sqrt" * 1_000 + " x",
    "fractions": r"\frac" * 1_000,
    "limits": r"\lim_{x\to 0}" * 100 + "x",
    "sums": r"\sum_{i=1}^n" * 120 + "i",
    "integrals": r"\int" * 700,
    "bars": "|" * 1_000,
    "digits": "9" * 301,
    "tables": r"\begin{cases}" * 400,
    "chain": "=".join(repeat("x", 300)),
}
COSTLY = {
    "tower": "9^{9^{9^{9}}}",
    "factorial": "10000000000!",
    "choices": r"\binom{1000000000}{500000000}",
    "interval": r"[9^{9^{9^9}}, 2]",
    "set": r"\{9^{9^{9^9}}, 3\}",
    "remainder": r"9^{9^{9^9}} \bmod 7",
    "largest": r"\max(9^{9^{9^9}}, 1)",
    "whole part": r"\lfloor 9^{9^{9^9}} \rfloor",
    "product": r"\prod_{k=1}^{100000000} k",
    "cases": r"\begin{cases} 1, & 9^{9^{9^9}} < 2 \end{cases}",
    "bar": r"\left. x^{9^{9^9}} \right|_{x=2}",
}


@pytest.mark.parametrize("text", HUGE.values(), ids=HUGE.keys())
def test_what_is_too_big_is_refused_at_once(text: str) -> None:
    begin = time.perf_counter()
    with pytest.raises(TooBig):
        read_statements(text)
    assert time.perf_counter() - begin < SLOWEST


@pytest.mark.parametrize("text", COSTLY.values(), ids=COSTLY.keys())
def test_what_is_costly_to_work_out_is_read_without_working_it_out(text: str) -> None:
    begin = time.perf_counter()
    statements = read_statements(text)
    assert time.perf_counter() - begin < SLOWEST
    assert len(statements.items) == 1


def test_what_is_deep_but_within_the_limit_is_read() -> None:
    text = "(" * 50 + "x" + ")" * 50
    assert read_statements(text).items[0].sides == (sympy.Symbol("x"),)


@settings(max_examples=600, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=40))
def test_any_row_of_pieces_is_read_or_refused_and_nothing_else(pieces: list[str]) -> None:
    read_or_refuse("".join(pieces))


@settings(max_examples=300, deadline=None)
@example("A_")
@given(st.text(max_size=60))
def test_any_text_is_read_or_refused_and_nothing_else(text: str) -> None:
    read_or_refuse(text)


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from(PIECES), min_size=100, max_size=1_000))
def test_a_long_row_of_pieces_is_answered_fast(pieces: list[str]) -> None:
    begin = time.perf_counter()
    read_or_refuse("".join(chain(pieces)))
    assert time.perf_counter() - begin < SLOWEST


def read_or_refuse(text: str) -> None:
    refusal = None
    try:
        read_statements(text)
    except Unread as raised:
        refusal = raised
    if refusal is not None:
        assert refusal.reason
        assert 0 <= refusal.position <= len(text)
