"""Fakes behind the ports, shared by tests."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from tutor.cas.requests import (
    CasRequest,
    CasResult,
    CheckAnswer,
    CheckClaim,
    Finding,
    Outcome,
    Sampled,
    SamplePlot,
    Truth,
)
from tutor.core.plot import PlotData


class FakeCas:
    """Answers at once: what a claim's LaTeX is listed with, else that it is new.

    Attributes:
        asked: What it was asked, in order.
        withdrawn: Tickets nobody waits for any more.
    """

    def __init__(
        self,
        truths: Mapping[str, Truth | Outcome | Finding] | None = None,
        *,
        plot: PlotData | None = None,
    ) -> None:
        self.asked: list[CasRequest] = []
        self.withdrawn: list[int] = []
        self._truths = dict(truths or {})
        self._plot = plot

    def submit(
        self, request: CasRequest, *, deadline: float, sink: Callable[[CasResult], None]
    ) -> int:
        assert deadline > 0
        self.asked.append(request)
        ticket = len(self.asked)
        sink(self._result(ticket, request))
        return ticket

    def withdraw(self, ticket: int) -> None:
        self.withdrawn.append(ticket)

    def _result(self, ticket: int, request: CasRequest) -> CasResult:
        if isinstance(request, SamplePlot):
            return CasResult(
                ticket=ticket, outcome=Outcome.ANSWERED, answer=Sampled(plot=self._plot)
            )
        assert isinstance(request, CheckClaim | CheckAnswer)
        latex = (
            request.claim.latex if isinstance(request, CheckClaim) else f"answer {request.answer}"
        )
        truth = self._truths.get(latex, Truth.NEW)
        if isinstance(truth, Outcome):
            return CasResult(ticket=ticket, outcome=truth)
        finding = truth if isinstance(truth, Finding) else Finding(truth=truth, method="fake")
        return CasResult(ticket=ticket, outcome=Outcome.ANSWERED, answer=finding, elapsed=0.01)
