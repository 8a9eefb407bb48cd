"""Endless repetition is noticed, and honest work is not taken for it."""

from __future__ import annotations

import pytest

from tutor.inference.looping import is_looping


@pytest.mark.parametrize(
    "text",
    [
        "Good start. " + "We simplify the expression again.\n" * 8,
        "Step 1: a\n" + "0" * 400,
        "".join(f"Step {n}: Add 2 to both sides of the equation.\n\n" for n in range(1, 40)),
        "".join(
            f"Wait, is that right? {'Yes' if n % 3 else 'No'}, I think so.\n" for n in range(60)
        ),
    ],
)
def test_repetition_is_looping(text: str) -> None:
    assert is_looping(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Step 1: Factor $x^2-5x+6=(x-2)(x-3)$.\n\nStep 2: So $x=2$ or $x=3$.",
        "\n".join(f"$f({n})={n * n}$" for n in range(12)),
        "We get $\\frac13=0." + "3" * 40 + "$.",
        "| x | 1 | 2 |\n|---|---|---|\n| y | 3 | 4 |",
        "\\begin{aligned}" + "".join(f"&= {n}x + {n + 1} \\\\\n" for n in range(8)),
    ],
)
def test_honest_work_is_not_looping(text: str) -> None:
    assert not is_looping(text)
