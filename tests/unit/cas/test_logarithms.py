r"""`\log` without a base is never a ground for a refutation."""

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
