"""Real problems solved by the default model.

What the model writes differs from machine to machine, so nothing here depends on its luck: the events must
follow the grammar, every claim must be judged, and whatever is called verified must be true.
"""

from __future__ import annotations

from dataclasses import dataclass

import pytest
import sympy

from tutor.app import Tutor
from tutor.cas.parse import Alternatives, read_statements
from tutor.core.check import Verdict
from tutor.core.events import CheckFinished, SolveEvent, SolveFinished, StepFinished
from tutor.core.fold import fold
from tutor.core.grammar import check_grammar
from tutor.core.problem import Language
from tutor.core.solution import Badge
from tutor.intake.reading import read_problem
from tutor.solver.options import SolveOptions

pytestmark = [pytest.mark.model, pytest.mark.timeout(240)]


@dataclass(frozen=True)
class Case:
    """A problem and the values its right answer has at `x = 1.3`."""

    text: str
    language: Language
    values: tuple[float, ...]


EN, ZH = Language.ENGLISH, Language.CHINESE
CASES = {
    "quadratic": Case("Solve $x^2-7x+12=0$.", EN, (3, 4)),
    "linear": Case("Solve $3x+5=20$ for $x$.", EN, (5,)),
    "system": Case(r"Solve the system $\begin{cases}x+y=10\\x-y=4\end{cases}$.", EN, (7, 3)),
    "arithmetic": Case(r"Compute $\frac{3}{4}+\frac{1}{6}$.", EN, (11 / 12,)),
    "derivative": Case("Find the derivative of $f(x)=x^3-2x$.", EN, (3 * 1.3**2 - 2,)),
    "integral": Case(r"Evaluate $\int_0^2 3x^2 \, dx$.", EN, (8,)),
    "expansion": Case("Expand $(x+2)(x-5)$.", EN, (3.3 * -3.7,)),
    "words": Case("A pen costs 3 dollars. How many dollars do 14 pens cost?", EN, (42,)),
    "quadratic zh": Case("解方程 $x^2-4x-5=0$。", ZH, (5, -1)),
    "value zh": Case("计算 $2^5-3\\times 7$ 的值。", ZH, (11,)),
    "derivative zh": Case("求函数 $f(x)=x^2+3x$ 的导数。", ZH, (2 * 1.3 + 3,)),
    "words zh": Case("一个长方形的长是 8 厘米，宽是 5 厘米，面积是多少平方厘米？", ZH, (40,)),
    "factor zh": Case("因式分解：$x^2-9$", ZH, (1.3**2 - 9,)),
}


def solve(tutor: Tutor, case: Case, max_tokens: int = 400) -> list[SolveEvent]:
    problem = read_problem(case.text)
    assert problem.language is case.language
    return list(tutor.solve(problem, options=SolveOptions(max_tokens=max_tokens)))


@pytest.fixture(scope="module")
def streams(tutor: Tutor) -> dict[str, list[SolveEvent]]:
    """The events of every case, solved when a test first asks for it."""
    return Streams(tutor)


class Streams(dict[str, list[SolveEvent]]):
    """Solves a case when it is asked for, once."""

    def __init__(self, tutor: Tutor) -> None:
        super().__init__()
        self._tutor = tutor

    def __missing__(self, name: str) -> list[SolveEvent]:
        self[name] = solve(self._tutor, CASES[name])
        return self[name]


@pytest.mark.parametrize("name", CASES)
def test_real_problem_is_solved_with_checked_steps(
    streams: dict[str, list[SolveEvent]], name: str
) -> None:
    events = streams[name]
    check_grammar(events)
    solution = fold(events)
    assert isinstance(solution.ending, SolveFinished), solution.ending
    assert solution.steps
    assert solution.ending.usage.tokens > 0
    assert all(len(done.checks) == done.expected for done in solution.steps)
    finished = [event for event in events if isinstance(event, StepFinished)]
    checked = [event for event in events if isinstance(event, CheckFinished)]
    assert len(checked) <= sum(event.claims for event in finished)


@pytest.mark.parametrize("name", CASES)
def test_answer_that_is_called_verified_is_right(
    streams: dict[str, list[SolveEvent]], name: str
) -> None:
    solution = fold(streams[name])
    assert isinstance(solution.ending, SolveFinished)
    if solution.ending.badge is Badge.VERIFIED:
        assert solution.answer is not None
        assert values(solution.answer.latex) == pytest.approx(sorted(CASES[name].values))


@pytest.mark.timeout(900)
def test_most_solutions_have_decided_claims_and_some_have_proven_answers(
    streams: dict[str, list[SolveEvent]],
) -> None:
    decided = {Verdict.VERIFIED, Verdict.REFUTED}
    solutions = [fold(streams[name]) for name in CASES]
    with_decided = [
        solution
        for solution in solutions
        if any(check.verdict in decided for done in solution.steps for check in done.checks)
    ]
    badges = [s.ending.badge for s in solutions if isinstance(s.ending, SolveFinished)]
    assert len(with_decided) > len(CASES) / 2
    assert Badge.VERIFIED in badges


def values(latex: str) -> list[float]:
    """The numbers an answer names, at `x = 1.3`, sorted."""
    found: list[float] = []
    for statement in read_statements(latex).items:
        side = statement.sides[-1]
        nodes = side.items if isinstance(side, Alternatives | sympy.Tuple) else (side,)
        if isinstance(side, sympy.Tuple):
            nodes = tuple(side.args)
        found += [
            float(node.subs(sympy.Symbol("x"), sympy.Rational(13, 10)).evalf()) for node in nodes
        ]
    return sorted(found)
