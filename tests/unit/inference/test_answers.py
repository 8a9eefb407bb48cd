r"""Final answers: the last balanced box, or what a line states."""

from __future__ import annotations

import pytest

from tutor.inference.answers import boxed, stated_answer


@pytest.mark.parametrize(
    ("text", "answers"),
    [
        (r"so $\boxed{x=2}$", ("x=2",)),
        (r"\boxed{1} then \boxed{\frac{1}{2}}.", ("1", r"\frac{1}{2}")),
        (r"\boxed{1} and again \boxed{1}", ("1",)),
        (r"\fbox{ 3 }", ("3",)),
        (r"\boxed {\{1, 2\}}", (r"\{1, 2\}",)),
        (r"\boxed{a} and \boxed{\frac{1}{2}-a", ("a",)),
        (r"\boxed{\text{无解}}", (r"\text{无解}",)),
        (r"\boxed{", ()),
        (r"\boxed{}", ()),
        ("no box", ()),
    ],
)
def test_every_balanced_box_is_found(text: str, answers: tuple[str, ...]) -> None:
    assert boxed(text) == answers


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("Answer: $x=3$.", "x=3"),
        ("**Final answer:** 42.", "42"),
        ("The final answer is $\\frac12$, as above.", "\\frac12"),
        ("答案：\\(x=1\\)", "x=1"),
        ("所以答案是 $-2$。", "-2"),
        ("Answer: $1$\nAnswer: $2$", "2"),
        ("Answer:\n", None),
        ("nothing", None),
    ],
)
def test_a_stated_answer_is_its_formula_or_its_words(text: str, answer: str | None) -> None:
    assert stated_answer(text) == answer
