"""Changed formulas through the reader and the checks of a worker, twice, in another order each time."""

from __future__ import annotations

import random
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tests.fuzz.mutations import Mutant, mutants
from tutor.cas.client import CasClient
from tutor.cas.requests import CasResult, CheckClaim, Context, Finding, Outcome
from tutor.checking.claims import claim_of, find_statements
from tutor.mathtext.chains import split_chains

START = 60.0
"""Seconds until the first answer, at most: the worker imports SymPy."""

SLOW_SEARCH = 0.3
"""Seconds of processor time after which the search for claims in a formula is called slow."""

LATE = 0.5
"""Seconds after the deadline that a kill may come."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What came out of a run.

    Attributes:
        inputs: How many formulas were made.
        asked: How many of them stated something that the worker was asked about.
        truths: How many answers of each kind there were in the first pass.
        expired: Formulas whose deadline came first, in either pass.
        crashed: Formulas that ended the worker.
        changed: Formulas with another truth in the second pass, with both.
        slow: Formulas in which the search for claims was slow.
        late: Formulas whose answer or kill came `LATE` after the deadline.
        times: Seconds of each answer of the first pass, in order of size.
        elapsed: Seconds of the whole run.
    """

    inputs: int
    asked: int
    truths: dict[str, int]
    expired: tuple[str, ...]
    crashed: tuple[str, ...]
    changed: tuple[tuple[str, str, str], ...]
    slow: tuple[str, ...]
    late: tuple[str, ...]
    times: tuple[float, ...]
    elapsed: float

    @property
    def is_clean(self) -> bool:
        """Whether nothing crashed, hung or changed."""
        return not (self.crashed or self.changed or self.slow or self.late)

    def lines(self) -> Iterator[str]:
        """The figures, and every formula that went wrong."""
        yield f"{self.inputs} inputs, {self.asked} asked twice, {self.elapsed:.0f} s"
        yield "  ".join(f"{truth} {count}" for truth, count in sorted(self.truths.items()))
        middle, most = self.times[len(self.times) // 2], self.times[len(self.times) * 99 // 100]
        yield f"median {middle * 1000:.1f} ms, p99 {most * 1000:.0f} ms"
        yield f"killed at the deadline {len(self.expired)}, crashed {len(self.crashed)}"
        yield f"changed {len(self.changed)}, slow to search {len(self.slow)}, late {len(self.late)}"
        for name in ("crashed", "changed", "slow", "late", "expired"):
            yield from (f"{name}: {one!r}" for one in getattr(self, name)[:40])


def fuzz(*, inputs: int, seed: int, deadline: float) -> Report:
    """Make formulas, ask about each twice, and compare.

    Args:
        inputs: How many formulas to make.
        seed: Decides which.
        deadline: Seconds for each.
    """
    started = time.monotonic()
    made = list(mutants(seed, inputs))
    slow = tuple(one.text for one in made if _search_time(one.text) > SLOW_SEARCH)
    asked = [one for one in made if one.request is not None]
    first = _ask_all(asked, deadline)
    order = list(range(len(asked)))
    random.Random(seed).shuffle(order)  # noqa: S311 - nothing secret
    again = _ask_all([asked[place] for place in order], deadline)
    second = [result for _, result in sorted(zip(order, again, strict=True), key=lambda p: p[0])]
    triples = list(zip((one.text for one in asked), first, second, strict=True))

    def ended(outcome: Outcome) -> tuple[str, ...]:
        return tuple(text for text, a, b in triples if outcome in (a.outcome, b.outcome))

    differing = ((text, _truth(a), _truth(b)) for text, a, b in triples)
    return Report(
        inputs=inputs,
        asked=len(asked),
        truths=dict(Counter(_truth(result) or result.outcome.value for result in first)),
        expired=ended(Outcome.EXPIRED),
        crashed=ended(Outcome.CRASHED),
        changed=tuple((t, a, b) for t, a, b in differing if a and b and a != b),
        slow=slow,
        late=tuple(t for t, a, b in triples if max(a.elapsed, b.elapsed) > deadline + LATE),
        times=tuple(sorted(result.elapsed for result in first)),
        elapsed=time.monotonic() - started,
    )


def _search_time(text: str) -> float:
    started = time.thread_time()
    find_statements(f"So ${text}$ and {text}.")
    return time.thread_time() - started


def _ask_all(asked: Sequence[Mutant], deadline: float) -> list[CasResult]:
    with CasClient() as client:
        client.ask(_warm_up(), deadline=START)
        return [client.ask(one.request, deadline=deadline) for one in asked if one.request]


def _warm_up() -> CheckClaim:
    return CheckClaim(claim=claim_of(split_chains("1 = 1")[0]), context=Context())


def _truth(result: CasResult) -> str:
    return result.answer.truth.value if isinstance(result.answer, Finding) else ""
