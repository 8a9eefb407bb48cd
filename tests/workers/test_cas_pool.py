"""Many jobs on several CAS clients."""

from __future__ import annotations

from tutor.cas.client import CasClient
from tutor.cas.pool import CasPool
from tutor.cas.requests import CheckClaim, Context, Finding, Truth
from tutor.core.check import Claim, ClaimKind
from tutor.core.problem import Latex


def is_sum(client: CasClient, number: int) -> Truth:
    left, right = Latex(f"{number}+{number}"), Latex(f"{2 * number}")
    claim = Claim(
        kind=ClaimKind.EQUALITY,
        latex=Latex(f"{left}={right}"),
        sides=(left, right),
        relations=("=",),
    )
    answer = client.ask(CheckClaim(claim=claim, context=Context()), deadline=20).answer
    assert isinstance(answer, Finding)
    return answer.truth


def test_results_come_in_the_order_of_the_jobs() -> None:
    with CasPool(2) as pool:
        assert list(pool.map(is_sum, range(12))) == [Truth.HOLDS] * 12
