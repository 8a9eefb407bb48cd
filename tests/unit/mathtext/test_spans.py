"""Prose and formulas told apart."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tutor.core.errors import LatexError
from tutor.mathtext.spans import formulas, require_balanced, split_spans


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Solve $x=1$.", ["x=1"]),
        (r"Solve \(x=1\) now", ["x=1"]),
        (r"\[x=1\]", ["x=1"]),
        ("$$x=1$$", ["x=1"]),
        (r"\begin{aligned}a&=b\end{aligned}", [r"\begin{aligned}a&=b\end{aligned}"]),
        ("设 $a=1$，求 $b$。", ["a=1", "b"]),
        ("Tom has $5 and buys 2 pens for $1.50 each.", []),
        ("Tom has $5 and solves $x+2=5$.", ["x+2=5"]),
        ("$5$ apples", ["5"]),
        ("$3x+1$ and $2$", ["3x+1", "2"]),
        (r"It costs \$5 and $x=1$", ["x=1"]),
        ("the code `$x` and $y=1$", ["y=1"]),
        ("```\n$a$\n```\n$b$", ["b"]),
        ("a $ that is alone", []),
        ("$a\n\nb$", []),
        ("$$a\n\nb$$", ["a\n\nb"]),
        (r"\begin{itemize}a\end{itemize}", []),
        (
            r"\begin{cases}x\\\begin{cases}y\end{cases}\end{cases}",
            [r"\begin{cases}x\\\begin{cases}y\end{cases}\end{cases}"],
        ),
    ],
)
def test_formulas_are_found(text: str, expected: list[str]) -> None:
    assert [span.text for span in formulas(text)] == expected


@given(st.text(alphabet="ab1 $\\[]()`\n{}设", max_size=60))
def test_spans_cover_what_they_say(text: str) -> None:
    position = 0
    for span in split_spans(text):
        assert span.start >= position
        if not span.is_math:
            assert text[span.start : span.end] == span.text
        position = span.end
    assert position <= len(text)


@pytest.mark.parametrize(
    ("text", "position"),
    [
        ("Solve $x=1", 6),
        (r"\[x", 0),
        (r"ab \begin{cases}x", 3),
        (r"a $\frac{1}{2$", 2),
        ("a $x}$", 2),
    ],
)
def test_fault_is_named_with_its_place(text: str, position: int) -> None:
    with pytest.raises(LatexError) as caught:
        require_balanced(text)
    assert caught.value.position == position


@pytest.mark.parametrize("text", ["a pen for $5", r"$\{1, 2\}$", r"\$5 \& `a", "no formula"])
def test_sound_text_passes(text: str) -> None:
    require_balanced(text)
