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
        ("The answer to the question is $5$.", "5"),
        ("The answer is $x=2$ or $x=3$.", "x=2, x=3"),
        ("Answer: 42 apples", "42 apples"),
        ("Answer: The derivative is $2x$.", "2x"),
        ("Answer: (B)", "(B)"),
        ("The answer is no solution.", "no solution"),
        ("答案：该函数的导数为 $2x$。", "2x"),
        ("答案：42 个苹果。", "42 个苹果"),
        ("答案为无解", "无解"),
        ("Answer:\n", None),
        ("nothing", None),
    ],
)
def test_a_stated_answer_is_its_formula_or_its_words(text: str, answer: str | None) -> None:
    assert stated_answer(text) == answer


@pytest.mark.parametrize(
    "text",
    [
        "We will find the answer by factoring.",
        "The answer is not an integer, so we try again.",
        "The answer is not $5$.",
        "The answer is obtained by adding $2$ and $3$.",
        "The answer is found in step 2.",
        "To get the answer, add $2$ and $3$.",
        "So we can answer the question: how many apples?",
        "Answer the following question",
        "Let us check whether the answer is $5$.",
        "Answer: 5, because it is prime",
        "答案是否为 $5$？",
        "答案不是 $5$。",
        "答案是对的，因为 2+3=5",
    ],
)
def test_a_sentence_about_the_answer_states_none(text: str) -> None:
    assert stated_answer(text) is None


@pytest.mark.parametrize(
    "text",
    [
        r"Answer: $\boxed{5",
        r"The answer is $x=2$ or $x=",
        r"Answer: \(5",
        r"Answer: \boxed",
        r"Answer: \frac{1",
        r"答案：$x=\frac{1",
        r"答案：$\frac{1$",
    ],
)
def test_a_statement_that_is_cut_off_states_none(text: str) -> None:
    assert stated_answer(text) is None
