"""How many claims are checked in a second, and how that grows with the number of workers."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import cycle, islice

from tutor.cas.client import CasClient
from tutor.cas.pool import CasPool
from tutor.cas.requests import CasResult, CheckClaim, Context, Finding, Outcome, Truth
from tutor.checking.checker import CLAIM_DEADLINE
from tutor.checking.claims import find_statements
from tutor.core.errors import InputError
from tutor.support.i18n import N_
from tutor.support.rows import read_rows

START = 60.0
"""Seconds a worker may take until its first answer."""

_DECIDED = (Truth.HOLDS, Truth.FAILS)


@dataclass(frozen=True, slots=True, kw_only=True)
class SolutionRow:
    """The part of a row that counts here.

    Attributes:
        steps: The texts of a solution's steps.
    """

    steps: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Throughput:
    """What a number of workers got done.

    Attributes:
        workers: How many worked side by side.
        claims: How many claims they checked.
        decided: How many of them hold or fail.
        late: How many did not end in time, or ended the worker.
        seconds: How long all of it took, the workers' start left out.
        times: Seconds of each claim, in order of size.
    """

    workers: int
    claims: int
    decided: int
    late: int
    seconds: float
    times: tuple[float, ...]

    @property
    def rate(self) -> float:
        """Claims a second."""
        return self.claims / self.seconds


def run(source: str, *, claims: int, workers: Sequence[int]) -> Iterator[Throughput]:
    """Check claims with each number of workers, one after the other.

    Args:
        source: A file of solutions, one JSON object with `steps` a line; `-` is the standard input.
        claims: How many claims to check; those of the file come again where they are fewer.
        workers: The numbers of workers.

    Raises:
        InputError: The file cannot be used, or its steps state nothing.
    """
    found = list(islice(_claims(source), claims))
    if not found:
        raise InputError(N_("{file} states nothing that could be checked"), places={"file": source})
    asked = list(islice(cycle(found), claims))
    for size in workers:
        yield _measure(asked, size)


def table(measured: Sequence[Throughput]) -> Iterator[str]:
    """The figures as lines of text."""
    yield f"{'workers':>7} {'claims':>7} {'claims/s':>9} {'growth':>7} {'decided':>8} {'late':>5} {'median ms':>10} {'p99 ms':>8}"
    for one in measured:
        median, p99 = (one.times[len(one.times) * part // 100] * 1000 for part in (50, 99))
        yield (
            f"{one.workers:>7} {one.claims:>7} {one.rate:>9.1f} {one.rate / measured[0].rate:>7.2f}"
            f" {one.decided / one.claims:>8.1%} {one.late:>5} {median:>10.1f} {p99:>8.0f}"
        )


def _claims(source: str) -> Iterator[CheckClaim]:
    for row in read_rows(SolutionRow, source):
        for step in row.steps:
            for statement in find_statements(step):
                yield CheckClaim(claim=statement.claim, context=Context())


def _measure(asked: Sequence[CheckClaim], workers: int) -> Throughput:
    with CasPool(workers) as pool:
        for _ in pool.map(_start, [asked[0]] * workers):
            pass
        started = time.monotonic()
        results = list(pool.map(_check, asked))
        seconds = time.monotonic() - started
    findings = [one.answer for one in results if isinstance(one.answer, Finding)]
    return Throughput(
        workers=workers,
        claims=len(results),
        decided=sum(finding.truth in _DECIDED for finding in findings),
        late=sum(one.outcome is not Outcome.ANSWERED for one in results),
        seconds=seconds,
        times=tuple(sorted(one.elapsed for one in results)),
    )


def _start(client: CasClient, request: CheckClaim) -> CasResult:
    return client.ask(request, deadline=START)


def _check(client: CasClient, request: CheckClaim) -> CasResult:
    return client.ask(request, deadline=CLAIM_DEADLINE)
