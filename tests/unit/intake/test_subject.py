"""A text that speaks of no mathematics is no problem."""

import pytest

from tutor.core.errors import InputError
from tutor.intake.reading import read_problem
from tutor.intake.subject import speaks_of_mathematics

PROBLEMS = [
    "Prove that the sum of two even integers is even.",
    "Is every prime odd?",
    "Mary had some apples and gave half of them away. How many are left?",
    "Anna is older than Ben. Ben is older than Carl. Who is the oldest?",
    "one plus one",
    "Differentiate e to the x",
    "Simplify ab+ba",
    "sinx",
    "x",
    "1+1",
    "½",
    "$a$",
    r"\frac ab",
    "证明两个偶数之和是偶数。",
    "证明质数有无穷多个。",
    "小明有三个苹果，吃了一个，还剩几个？",
    "一加一等于几",
    "笼中有鸡和兔，头共三十五，足共九十四，鸡兔各几只？",
    "解释勾股定理",
    "如图，求它的面积。",
]
OTHERS = [
    "hello",
    "Hello!",
    "hi there, who are you?",
    "Thanks!",
    "asdf",
    "?!...",
    "write a poem",
    "What is the capital of France?",
    "你好",
    "讲个笑话",
    "今天天气怎么样？",
    "写一首诗",
]


@pytest.mark.parametrize("text", PROBLEMS)
def test_formula_number_or_word_of_mathematics_is_enough(text: str) -> None:
    assert speaks_of_mathematics(text)


@pytest.mark.parametrize("text", OTHERS)
def test_text_without_mathematics_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(InputError, match="no problem in this text") as caught:
        read_problem(text)
    assert "Solve" in caught.value.hint
