"""What a problem gives and asks."""

import pytest

from tutor.core.problem import Task
from tutor.intake.goal import read_goal
from tutor.intake.picture import plot_spec

GOALS = [
    ("Solve $x^2-5x+6=0$", Task.SOLVE, ("x^2-5x+6=0",), None, ()),
    ("Solve x^2 - 5x + 6 = 0", Task.SOLVE, ("x^2 - 5x + 6 = 0",), None, ()),
    ("1+1=?", Task.COMPUTE, (), "1+1", ()),
    ("12 - 5", Task.COMPUTE, (), "12 - 5", ()),
    (r"What is $7\times 8$?", Task.COMPUTE, (), r"7\times 8", ()),
    ("计算 $3/4+1/6$", Task.COMPUTE, (), "3/4+1/6", ()),
    ("Expand $(x+1)^3$", Task.EXPAND, (), "(x+1)^3", ()),
    ("因式分解：$x^2-9$", Task.FACTOR, (), "x^2-9", ()),
    (r"Find the derivative of $f(x)=x^3$.", Task.DIFFERENTIATE, ("f(x)=x^3",), None, ()),
    (r"求不定积分 $\int x e^x dx$", Task.INTEGRATE, (), r"\int x e^x dx", ()),
    (r"解方程组 $\begin{cases}x+y=3\\x-y=1\end{cases}$", Task.SOLVE, ("x+y=3", "x-y=1"), None, ()),
    (
        r"If $x+\frac1x=3$, find $x^2+\frac1{x^2}$.",
        Task.COMPUTE,
        (r"x+\frac1x=3",),
        r"x^2+\frac1{x^2}",
        (),
    ),
    ("Let $f(x)=x^2+1$. Find $f(3)$.", Task.COMPUTE, ("f(x)=x^2+1",), "f(3)", ()),
    ("Find $x$ if $3x=12$.", Task.SOLVE, ("3x=12",), None, ("x",)),
    ("已知 $2a=8$，则 $a=$____．", Task.SOLVE, ("2a=8",), None, ("a",)),
    (
        r"若 $\tan\alpha=2$，则 $\sin 2\alpha=$____",
        Task.COMPUTE,
        (r"\tan\alpha=2",),
        r"\sin 2\alpha",
        (),
    ),
    ("Prove that $a^2+b^2\\ge 2ab$.", Task.PROVE, (), None, ()),
    ("已知 $a+c=1$，求证 $a+b=2$。", Task.PROVE, ("a+c=1",), None, ()),
    (
        "已知 $2x=4$。(1) 若 $a=1$，求 $b$；(2) 若 $a=2$，求 $c$。",
        Task.COMPUTE,
        ("2x=4",),
        None,
        ("b", "c"),
    ),
    (r"$(1+x)^{10}$ 的展开式中，系数的最大值为____．", Task.COMPUTE, (), None, ()),
    ("What is $2^3-1$?", Task.COMPUTE, (), "2^3-1", ()),
    ("What is $2^3-1?$", Task.COMPUTE, (), "2^3-1", ()),
    ("Which is right?\nA. $1+1=3$\nB. $2+2=4$", Task.OTHER, (), None, ()),
    (r"Find the greatest integer below $(\sqrt7+\sqrt5)^6$.", Task.OTHER, (), None, ()),
    ("How many of the 500 pupils with $40$ books are there?", Task.OTHER, (), None, ()),
    ("A train travels 60 km in 1.5 hours. What is its speed?", Task.COMPUTE, (), None, ()),
]


@pytest.mark.parametrize(("text", "task", "given", "target", "unknowns"), GOALS)
def test_goal_is_read_from_words_and_formulas(
    text: str, task: Task, given: tuple[str, ...], target: str | None, unknowns: tuple[str, ...]
) -> None:
    goal = read_goal(text)
    if target is None and not given and task is not Task.PROVE:
        task = Task.OTHER
    assert (goal.task, goal.given, goal.target, goal.unknowns) == (task, given, target, unknowns)


@pytest.mark.parametrize(
    "text",
    [
        "Find the sum of the solutions of $x^2-5x+6=0$.",
        "What is the product of the roots of $x^2-5x+6=0$?",
        "How many solutions does $x^2=5x$ have?",
        "解方程 $x^2-5x+6=0$，并求两根之积。",
        "Solve $2x+1=7$ and find $x+1$.",
        "Find the second derivative of $x^4$.",
        "求 $f(x)=x^4$ 的二阶导数。",
        "Find the derivative of $x^3-3x$ at $x=2$.",
        "Find the partial derivative of $x^2y$ with respect to $y$.",
        "Integrate $x^2$ from $0$ to $3$.",
        "Solve $x^2+1=0$ over the real numbers.",
        "求方程 $x^2=5x$ 的整数解。",
    ],
)
def test_question_about_something_else_than_the_solutions_has_no_checkable_answer(
    text: str,
) -> None:
    goal = read_goal(text)
    assert (goal.task, goal.target) == (Task.OTHER, None)


def test_value_for_a_letter_is_no_general_fact() -> None:
    goal = read_goal("已知 $y=kx$，当 $x=1$ 时 $y=3$，求 $k$。")
    assert goal.given == ("y=kx",)
    assert goal.values == ("x=1", "y=3")


@pytest.mark.parametrize(
    ("text", "expressions"),
    [
        ("Solve $x^2-5x+6=0$", ("x^2-5x+6", "0")),
        ("Find the minimum of $f(x)=x^2+1$", ("x^2+1",)),
        (r"Evaluate $\int_0^1 x^2 \, dx$", ("x^2",)),
        (r"Find $\lim_{x\to 0}\frac{\sin x}{x}$", (r"\frac{\sin x}{x}",)),
        ("Solve $2x>4$", ("2x", "4")),
    ],
)
def test_what_is_worth_drawing(text: str, expressions: tuple[str, ...]) -> None:
    spec = plot_spec(read_goal(text))
    assert spec is not None
    assert spec.expressions == expressions


@pytest.mark.parametrize("text", ["Prove that $x=x$", "How many primes are below 10?"])
def test_nothing_worth_drawing(text: str) -> None:
    assert plot_spec(read_goal(text)) is None
