"""The CAS worker as a real child process."""

from __future__ import annotations

import os
import queue
import signal
import time
from collections.abc import Iterator

import psutil
import pytest

from tutor.cas.client import CasClient
from tutor.cas.requests import (
    CasRequest,
    CasResult,
    CheckAnswer,
    CheckClaim,
    Context,
    Finding,
    Outcome,
    Sampled,
    SamplePlot,
    Truth,
)
from tutor.core.check import Claim, ClaimKind, Why
from tutor.core.plot import PlotSpec
from tutor.core.problem import Goal, Latex, Task
from tutor.support.codec import encode
from tutor.workers.host import WorkerProcess
from tutor.workers.protocol import Kind

pytestmark = pytest.mark.worker

SLOW = r"\int_{0}^{1}\frac{\sin(x^{3})\,e^{\cos(50x)}}{1+\sqrt[3]{x}}\,dx"


def claim(left: str, right: str, *given: str) -> CheckClaim:
    written = Claim(
        kind=ClaimKind.EQUALITY,
        latex=Latex(f"{left} = {right}"),
        sides=(Latex(left), Latex(right)),
        relations=("=",),
    )
    return CheckClaim(claim=written, context=Context(given=tuple(map(Latex, given))))


def pids(client: CasClient) -> tuple[int, ...]:
    """Process ids of the worker that is busy and of the one that is warm."""
    workers = (client._busy, client._warm)
    return tuple(worker.pid for worker in workers if worker is not None and worker.pid is not None)


@pytest.fixture
def client() -> Iterator[CasClient]:
    with CasClient() as one:
        assert one.ask(claim("1", "1"), deadline=60).outcome is Outcome.ANSWERED
        yield one


@pytest.fixture(scope="module")
def steady_client() -> Iterator[CasClient]:
    """A client that many tests share; each finds its workers alive."""
    with CasClient() as one:
        assert one.ask(claim("1", "1"), deadline=60).outcome is Outcome.ANSWERED
        yield one


def truth(client: CasClient, request: CasRequest, deadline: float = 10) -> Truth:
    result = client.ask(request, deadline=deadline)
    assert isinstance(result.answer, Finding)
    return result.answer.truth


def test_every_kind_of_request_is_answered(steady_client: CasClient) -> None:
    client = steady_client
    goal = Goal(task=Task.SOLVE, given=(Latex("x^2=4"),))
    plot = PlotSpec(expressions=(Latex("x^2-4"),))
    assert truth(client, claim("2+2", "4")) is Truth.HOLDS
    assert truth(client, CheckAnswer(goal=goal, answer=Latex(r"x=\pm 2"))) is Truth.HOLDS
    sampled = client.ask(SamplePlot(spec=plot), deadline=10).answer
    assert isinstance(sampled, Sampled)
    assert sampled.plot is not None


def test_an_unreadable_claim_stays_undecided_with_the_reason(steady_client: CasClient) -> None:
    finding = steady_client.ask(claim(r"x+\foo", "1"), deadline=10).answer
    assert isinstance(finding, Finding)
    assert (finding.truth, finding.why) == (Truth.UNKNOWN, Why.PARSE)


def test_a_deadline_kills_the_worker_and_the_warm_one_takes_over_at_once(client: CasClient) -> None:
    assert client._warm is not None
    client._warm.greet()
    before = pids(client)
    result = client.ask(claim(SLOW, "1"), deadline=0.001)
    assert result.outcome is Outcome.EXPIRED
    started = time.monotonic()
    assert truth(client, claim("2+2", "4")) is Truth.HOLDS
    assert time.monotonic() - started < 0.5
    assert not psutil.pid_exists(before[0])
    assert pids(client)[0] == before[1]


def test_a_worker_that_dies_is_reported_and_the_next_request_is_answered(
    client: CasClient,
) -> None:
    process = psutil.Process(pids(client)[0])
    before = process.cpu_times().user
    results: queue.SimpleQueue[CasResult] = queue.SimpleQueue()
    client.submit(claim(SLOW, "1"), deadline=60, sink=results.put)
    while process.cpu_times().user < before + 0.05:
        assert results.empty()
    os.kill(process.pid, signal.SIGKILL)
    assert results.get().outcome is Outcome.CRASHED
    assert truth(client, claim("2+2", "4"), deadline=60) is Truth.HOLDS


def test_a_request_that_nobody_waits_for_makes_room_soon(client: CasClient) -> None:
    results: queue.SimpleQueue[CasResult] = queue.SimpleQueue()
    ticket = client.submit(claim(SLOW, "1"), deadline=60, sink=results.put)
    client.withdraw(ticket)
    started = time.monotonic()
    assert truth(client, claim("2+2", "4")) is Truth.HOLDS
    assert time.monotonic() - started < 5
    assert results.get().ticket == ticket


def test_a_closed_client_answers_at_once_that_it_is_too_late() -> None:
    client = CasClient()
    client.close()
    assert client.ask(claim("1", "1"), deadline=60).outcome is Outcome.EXPIRED


def test_closing_ends_every_worker() -> None:
    client = CasClient()
    client.ask(claim("1", "1"), deadline=60)
    workers = pids(client)
    client.close()
    assert not any(psutil.pid_exists(pid) for pid in workers)


@pytest.mark.parametrize(
    "hostile",
    [
        "9^{9^{9^9}}",
        "9^{9^{9^{9^9}}}",
        r"(10^{10})!",
        r"\binom{1000000}{500000}",
        r"\sum_{k=1}^{1000000000}k",
        r"\prod_{k=1}^{10000000}k",
        r"\sin(10^{10^{10}})",
        "5!!!!",
        "(" * 2000 + "1" + ")" * 2000,
        "1" * 200_000,
        r"\det\begin{pmatrix}9^{9^9}&1\\1&1\end{pmatrix}",
        "x^{x^{x^{x^x}}}",
    ],
)
def test_hostile_formulas_are_answered_within_two_seconds(
    steady_client: CasClient, hostile: str
) -> None:
    result = steady_client.ask(claim(hostile, "1"), deadline=2)
    assert result.outcome is Outcome.ANSWERED
    assert isinstance(result.answer, Finding)
    assert result.answer.truth in (Truth.UNKNOWN, Truth.NEW)


def test_a_formula_that_costs_too_much_is_undecided_because_of_time(
    steady_client: CasClient,
) -> None:
    answer = steady_client.ask(claim("9^{9^{9^9}}", "1"), deadline=2).answer
    assert isinstance(answer, Finding)
    assert answer.why is Why.TIME


def test_what_libraries_print_does_not_reach_the_protocol() -> None:
    worker = WorkerProcess("cas", env={"SYMPY_DEBUG": "True"})
    worker.start()
    try:
        worker.greet()
        worker.send("ask", encode(claim(r"\int_0^1 x\,dx", r"\frac12")))
        assert worker.receive(20).kind is Kind.DONE
    finally:
        worker.kill()


def test_a_request_that_is_none_is_an_error_and_not_the_end() -> None:
    worker = WorkerProcess("cas")
    worker.start()
    try:
        worker.greet()
        worker.send("ask", {"type": "Nonsense"})
        assert worker.receive(20).kind is Kind.ERROR
        worker.send("ask", encode(claim("1", "1")))
        assert worker.receive(20).kind is Kind.DONE
    finally:
        worker.kill()
