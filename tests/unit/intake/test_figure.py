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
    "See Figure 2. Find x",
    "In Fig. 3, AB=2. Find BC",
    "Refer to the graph of $f$. Find f(2).",
    "Use the graph to find f(2)",
    "From the graph, find $f(0)$.",
    "The graph of $y=f(x)$ is shown. Find f(0).",
    "The bar graph shows the rain of each month. Which month is the driest?",
    "The triangle shown has sides $3$ and $4$.",
    "Which of the following diagrams shows the net of a cube?",
    r"\begin{tikzpicture}\draw (0,0);\end{tikzpicture} Find the area.",
    "<img src='x'> Find the area.",
    "见图，求 $x$。",
    "观察下列图形，第 5 个图形有几个点？",
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
    "The figure skating show sold 300 tickets at 5 dollars. How much did it make?",
    "In the figure skating contest five judges gave 8 points each.",
    "A six-figure number begins with 12.",
    "A simple graph has 6 vertices and 9 edges. Is this graph planar?",
    "An edge is taken from the graph with 5 nodes and 7 edges. How many edges remain?",
    "Use the graph of $y=x^2$ to explain why $x^2\\ge 0$.",
    "The graph of $y=x^2$ is shown to be symmetric. Find its axis.",
    "由图论知识，求有 5 个顶点的树的边数。",
    "根据图书馆的规定，每本书 2 元，借 3 本多少元？",
    "观察下列各式：$1=1$，$1+3=4$，求第 5 个式子。",
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
