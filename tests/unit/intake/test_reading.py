"""A text becomes a problem, or an error that says what to do."""

import pytest

from tutor.core.errors import InputError, LatexError
from tutor.core.problem import Language
from tutor.intake.reading import MAX_CHARACTERS, read_problem


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("", "empty"),
        (" \n\t ", "empty"),
        ("x" * (MAX_CHARACTERS + 1), "8,001 characters"),
        ("x" * 1_000_000, "1,000,000 characters"),
        ("a\x00b", "control characters"),
        ("\udcff\udcfe", "control characters"),
        ("caf\ufffd", "UTF-8"),
        ("?!...", "no problem in this text"),
    ],
)
def test_unusable_text_is_an_input_error_with_a_hint(text: str, complaint: str) -> None:
    with pytest.raises(InputError, match=complaint) as caught:
        read_problem(text)
    assert caught.value.hint


def test_open_formula_is_a_latex_error() -> None:
    with pytest.raises(LatexError, match="not closed"):
        read_problem(r"Solve \[x^2=4")


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Solve $x=1$", Language.ENGLISH),
        ("解方程 $x=1$", Language.CHINESE),
        (r"Find $x$ if $\text{面积}=x$", Language.ENGLISH),
        ("1+1=?", Language.ENGLISH),
    ],
)
def test_language_is_that_of_the_prose(text: str, language: Language) -> None:
    assert read_problem(text).language is language


def test_language_can_be_chosen() -> None:
    assert read_problem("1+1", language=Language.CHINESE).language is Language.CHINESE


def test_line_ends_and_marks_of_editors_are_taken_away() -> None:
    assert read_problem("\ufeff1+\r\n1\r").text == "1+\n1"
