"""Problems for somebody who wants to see what happens."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from tutor.core.problem import Language


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """A problem to begin with.

    Attributes:
        title: What it is about, in two words.
        text: The problem: Markdown with LaTeX.
    """

    title: str
    text: str


EXAMPLES: Final[Mapping[Language, tuple[Example, ...]]] = {
    Language.ENGLISH: (
        Example(title="Quadratic", text="Solve $x^2-5x+6=0$."),
        Example(
            title="Two equations",
            text="Solve the system\n\n$$\\begin{cases} x+y=5 \\\\ xy=6 \\end{cases}$$",
        ),
        Example(title="Derivative", text="Find the derivative of $f(x)=x^3e^{-x}$."),
        Example(title="Integral", text="Evaluate $$\\int_0^1 x e^x \\, dx.$$"),
        Example(title="Clever algebra", text="If $x+\\frac{1}{x}=3$, find $x^2+\\frac{1}{x^2}$."),
        Example(title="Trigonometry", text="Simplify $\\sin^4 x-\\cos^4 x$."),
    ),
    Language.CHINESE: (
        Example(title="一元二次方程", text="解方程 $x^2-5x+6=0$。"),
        Example(
            title="方程组",
            text="解方程组\n\n$$\\begin{cases} x+y=5 \\\\ xy=6 \\end{cases}$$",
        ),
        Example(title="求导数", text="求函数 $f(x)=x^3e^{-x}$ 的导数。"),
        Example(title="定积分", text="计算 $$\\int_0^1 x e^x \\, dx.$$"),
        Example(title="巧用代数", text="已知 $x+\\frac{1}{x}=3$，求 $x^2+\\frac{1}{x^2}$ 的值。"),
        Example(title="三角函数", text="化简 $\\sin^4 x-\\cos^4 x$。"),
    ),
}
