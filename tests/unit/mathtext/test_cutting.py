from __future__ import annotations

import pytest

from tutor.mathtext.cutting import whole_part

CUT = [
    (r"The slope is $f'(x)=\frac", "The slope is …"),
    (r"With $a=1$ we get \(b=", "With $a=1$ we get …"),
    ("So:\n\n$$x^2-4", "So: …"),
    ("So:\n\n\\[x^2-4=0\n", "So: …"),
    (r"\begin{aligned}x&=1\\", "…"),
    (r"It is $x=2 \text{ or else", "It is …"),
    ("Half a sign: $$x=1$", "Half a sign: …"),
    ("因此 $x=", "因此 …"),
]

WHOLE = [
    "",
    "So $x=2$.",
    "So $x=2$ and",
    r"\begin{cases}x\\y\end{cases}",
    "It costs $5 each.",
    "A stray $ sign and then a sentence.",
    "一个 $ 符号后面还有话。",
    "First $ alone.\n\nThen $x=1$.",
    "Code `a$b` ends.",
]


@pytest.mark.parametrize(("text", "shown"), CUT)
def test_a_formula_that_was_cut_off_becomes_an_ellipsis(text: str, shown: str) -> None:
    assert whole_part(text) == shown


@pytest.mark.parametrize("text", WHOLE)
def test_a_text_of_whole_formulas_stays_as_it_is(text: str) -> None:
    assert whole_part(text) == text
