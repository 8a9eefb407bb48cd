r"""What can be read in two ways is never a ground for a refutation."""

import pytest

from tutor.cas.requests import CheckAnswer, CheckClaim, Context, Finding, Truth
from tutor.cas.worker import answer
from tutor.checking.claims import find_statements
from tutor.core.problem import Goal, Latex, Task


@pytest.mark.parametrize(
    ("latex", "truth"),
    [
        (r"\int \frac{1}{x} dx = \log|x|+C", Truth.HOLDS),
        (r"\frac{d}{dx} \log x = \frac{1}{x}", Truth.HOLDS),
        (r"\log 100 = 2", Truth.HOLDS),
        (r"\log e = 1", Truth.HOLDS),
        (r"\log 8 = 3\log 2", Truth.HOLDS),
        (r"\log 8 = 4\log 2", Truth.FAILS),
        (r"\log_2 8 = 4", Truth.FAILS),
        (r"\ln e = 2", Truth.FAILS),
        (r"\sin30=\frac12", Truth.UNKNOWN),
        (r"\sin(30)=\frac12", Truth.UNKNOWN),
        (r"\sin30=\frac13", Truth.FAILS),
        (r"\sin30^\circ=\frac13", Truth.FAILS),
        (r"180-60=120^\circ", Truth.UNKNOWN),
        (r"180-60=130^\circ", Truth.FAILS),
        (r"\frac{360}{5}=72^{\circ}", Truth.UNKNOWN),
        (r"4\frac12=2", Truth.UNKNOWN),
        (r"4\frac12=\frac92", Truth.HOLDS),
        (r"4\frac12=3", Truth.FAILS),
    ],
)
def test_refutation_holds_in_both_readings(latex: str, truth: Truth) -> None:
    claim = find_statements(f"${latex}$")[0].claim
    finding = answer(CheckClaim(claim=claim, context=Context()))
    assert isinstance(finding, Finding)
    assert finding.truth is truth


def test_answer_may_use_either_logarithm() -> None:
    goal = Goal(task=Task.INTEGRATE, target=Latex(r"\int \frac{1}{x} \, dx"))
    finding = answer(CheckAnswer(goal=goal, answer=Latex(r"\log|x| + C")))
    assert isinstance(finding, Finding)
    assert finding.truth is Truth.HOLDS


@pytest.mark.parametrize(
    ("latex", "truth"),
    [
        ("x=100,200", Truth.HOLDS),
        ("x=100,201", Truth.UNKNOWN),
        ("x=101", Truth.FAILS),
    ],
)
def test_a_comma_may_separate_two_values(latex: str, truth: Truth) -> None:
    given = (Latex("x^2-300x+20000=0"),)
    claim = find_statements(f"${latex}$")[0].claim
    goal = Goal(task=Task.SOLVE, given=given)
    for request in (
        CheckClaim(claim=claim, context=Context(given=given)),
        CheckAnswer(goal=goal, answer=Latex(latex)),
    ):
        finding = answer(request)
        assert isinstance(finding, Finding)
        assert finding.truth is truth
