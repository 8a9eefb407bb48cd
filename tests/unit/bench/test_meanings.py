"""Meanings are read back from text without evaluating it, and compared by value."""

from __future__ import annotations

import pytest
import sympy

from tutor.bench.rivals.meanings import UnknownMeaning, read_meaning, same_meaning

X = "Symbol('x')"


@pytest.mark.parametrize(
    "text",
    [
        "__import__('os').system('true')",
        "open('x')",
        "Integer(2).__class__",
        "[x for x in range(3)]",
        "lambda: 1",
        "Symbol(",
        "Lambda(Symbol('x'), Symbol('x'))",
    ],
)
def test_text_that_is_no_plain_value_is_refused(text: str) -> None:
    with pytest.raises(UnknownMeaning):
        read_meaning(text)


def test_a_value_is_read_back() -> None:
    node = sympy.Integral(sympy.sin(sympy.Symbol("x")) / 2, (sympy.Symbol("x"), 0, sympy.pi))
    assert read_meaning(sympy.srepr(node)) == node


@pytest.mark.parametrize(
    ("left", "right", "same"),
    [
        ([{"expr": f"Pow({X}, Integer(2))"}], [{"expr": f"Mul({X}, {X})"}], True),
        ([{"expr": f"Pow({X}, Integer(2))"}], [{"expr": f"Mul(Integer(2), {X})"}], False),
        ([{"op": "Lt", "lhs": X, "rhs": "Integer(3)"}], [{"op": "Gt", "lhs": "Integer(3)", "rhs": X}], True),
        ([{"op": "Lt", "lhs": X, "rhs": "Integer(3)"}], [{"op": "Le", "lhs": X, "rhs": "Integer(3)"}], False),
        ([{"expr": "Interval(Integer(1), Integer(2), true, false)"}], [{"expr": "Interval(Integer(1), Integer(2), true, true)"}], False),
        ([{"expr": "FiniteSet(Integer(1), Integer(2))"}], [{"expr": "Integer(2)"}, {"expr": "Integer(1)"}], True),
        ([{"expr": f"Function('f')({X})"}], [{"expr": f"Function('g')({X})"}], False),
        ([{"expr": f"Integral({X}, Tuple({X}))"}], [{"expr": f"Integral(Pow({X}, Integer(2)), Tuple({X}))"}], False),
        ([{"expr": "Float('0.5', precision=53)"}], [{"expr": "Rational(1, 2)"}], True),
    ],
)  # fmt: skip
def test_meanings_are_the_same_if_their_values_are(
    left: list[dict[str, str]], right: list[dict[str, str]], same: bool
) -> None:
    assert same_meaning(left, right) is same
