"""Text is searched in the caller's own process, without a deadline: no text may make that slow."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable

import pytest

from tutor.cas.requests import CasRequest, CasResult, Outcome
from tutor.checking.claims import MAX_TEXT, find_statements
from tutor.checking.grading import MAX_ANSWER, MAX_PROBLEM, grade
from tutor.core.errors import TutorError
from tutor.core.problem import Goal, Latex, Task
from tutor.intake.figure import figure_cues
from tutor.intake.goal import read_goal
from tutor.intake.picture import plot_spec
from tutor.intake.reading import MAX_CHARACTERS, read_problem
from tutor.mathtext.chains import MAX_FORMULA, split_chains, strip_decoration
from tutor.mathtext.spans import require_balanced, split_spans

LONG = 200_000
LIMIT = 1.0
"""Seconds of processor time that any text may take; most take a hundredth."""

SIGNS = (
    "$", "$$", r"\(", r"\)", r"\[", r"\]", "`", "```", "{", "}", "(", ")", "=", "<", ",", ";", "'", "!", "&", r"\\", r"\begin{aligned}", r"\end{aligned}", r"\begin{cases}", r"\left(", r"\boxed{", r"\displaystyle", r"\text{", r"\frac{", r"\frac", r"\mathrm{", r"\int", r"\int_{", r"\int_0", r"\lim_{", r"\sqrt{", "x_{",
    "\\",
)  # fmt: skip
PROSE = (
    *("let ", "let that the ", "if ", "when both each ", "suppose that we the say now ", "where "),
    *("case ", "at ", "not ", "too ", "from ", "to ", "find ", "find x ", "what is the value of the "),
    *("solve and ", "roots of ", "sum of the ", "number ", "A. ", "\nA.", "(1)", "____", "=?", "求"),
    *("设", "令", "当", "的", "图", "如图", "画", "，", "。", "in the set of ", "the figure ", "as shown "),
    *("draw ", "![", "![a](", "graph is shown at the ", "\\triangle", "} shown", "5 apples and "),
    *("3 apples * 2 ", "1 + ", "1+", "half of ", "1/", "20% of ", "1 = ", "per ", "\\underline{"),
)  # fmt: skip
FORMULAS = (
    *("$x=1$ ", "$x=1$.", "\\(x=1\\) ", "$x$ or ", "$x$ at ", "$ with $", "$5 ", "$5,", "$1,0"),
    *("x=1 \\\\ ", "=1\\\\", "1=1,", "\\text{ or }", "\\\\[1pt]", "x=", "dx ", "d x", "\\begin{align}"),
)  # fmt: skip
CHARACTERS = (
    "**a ",
    "__a ",
    "\n- ",
    "1 + (",
    "\\frac{1}{",
    "\n",
    " ",
    "\t",
    "a",
    "1",
    "e\u0301",
    "\u202e",
    "\0",
    "\U0001d465",
    "_",
    "^",
    "1,000,",
)
UNITS = (*SIGNS, *PROSE, *FORMULAS, *CHARACTERS)

Search = Callable[[str], object]


def draw(latex: str) -> object:
    return plot_spec(Goal(task=Task.COMPUTE, given=(Latex(latex),), target=Latex(latex)))


class Late:
    """A CAS whose every deadline expires at once: what is measured is what happens before it is asked."""

    def ask(self, request: CasRequest, *, deadline: float) -> CasResult:
        del request, deadline
        return CasResult(ticket=1, outcome=Outcome.EXPIRED)


def grade_answer(text: str) -> object:
    return grade("2", text, "", Late()), grade(text, "2", "", Late())


def grade_by_problem(text: str) -> object:
    return grade("2", "B", text, Late())


SEARCHES: tuple[tuple[Search, int], ...] = (
    (split_spans, LONG),
    (require_balanced, LONG),
    (split_chains, MAX_FORMULA),
    (split_chains, LONG),
    (strip_decoration, LONG),
    (find_statements, MAX_TEXT // 4),
    (find_statements, LONG),
    (read_goal, MAX_CHARACTERS // 2),
    (read_goal, LONG),
    (figure_cues, MAX_CHARACTERS // 2),
    (draw, MAX_CHARACTERS),
    (grade_answer, MAX_ANSWER),
    (grade_answer, LONG),
    (grade_by_problem, MAX_PROBLEM // 2),
    (read_problem, MAX_CHARACTERS),
)


def texts(unit: str, size: int) -> list[str]:
    many = unit * ((size - 30) // len(unit))
    if size == LONG:
        return [many, f"${many}$"]
    return [many, f"${many}$", f"$x=1$ {many} $x=2$", rf"\int {many} 1 = 2", f"is 1 + {many} 1 = 2"]


def seconds(search: Search, text: str) -> float:
    started = time.thread_time()
    with contextlib.suppress(TutorError):
        search(text)
    return time.thread_time() - started


@pytest.mark.parametrize(
    ("search", "size"), SEARCHES, ids=lambda value: getattr(value, "__name__", None)
)
def test_no_text_makes_a_search_slow(search: Search, size: int) -> None:
    taken = {
        (unit, text[:8]): seconds(search, text) for unit in UNITS for text in texts(unit, size)
    }
    assert {where: time_ for where, time_ in taken.items() if time_ > LIMIT} == {}
