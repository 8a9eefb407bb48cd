"""Words that speak of a drawing that is not there."""

import pytest

from tutor.intake.figure import figure_cues

NEEDED = [
    "如图，在△ABC中，求∠A。",
    "如下图所示，求阴影部分的面积。",
    "根据统计图回答问题。",
    "函数的图象大致为",
    "In the figure, find the area of the shaded region.",
    "As shown, $AB=3$. Find $BC$.",
    "The diagram shows a circle. Find its radius.",
    "Triangle ABC, shown below, has area 5.",
    "Find $x$. [asy] draw((0,0)--(1,1)); [/asy]",
    "Find x in the triangle below.",
    "求 $x$。![题图](a.png)",
]
FREE = [
    "求函数 $y=x^2$ 的图象与 $x$ 轴的交点。",
    "画出函数 $y=2x$ 的图象。",
    "Draw the graph of $y=x^2$.",
    "A picture frame costs $5. How much do 3 cost?",
    "The graph of $y=x+b$ passes through $(1,2)$. Find $b$.",
    "Show that the sum below is even: $2+4$.",
    "在平面直角坐标系中，求点 $A(1,2)$ 到原点的距离。",
    "Four figures were added to the number 12.",
    "如图书馆有 100 本书，借出 30 本，还剩多少本？",
]


@pytest.mark.parametrize("text", NEEDED)
def test_needed_figure_is_noticed(text: str) -> None:
    assert figure_cues(text)


@pytest.mark.parametrize("text", FREE)
def test_problem_without_a_figure_is_let_through(text: str) -> None:
    assert figure_cues(text) == ()


def test_cues_are_the_words_themselves() -> None:
    assert figure_cues("如图，求阴影部分的面积。") == ("如图", "阴影部分")
