"""A slice of the fuzz run (`python -m tests.fuzz`), and that verdicts depend on nothing but the question."""

from __future__ import annotations

import random
from collections.abc import Sequence

import pytest

from tests.fuzz.mutations import mutants, seeds
from tests.fuzz.runs import fuzz
from tutor.cas.requests import CheckClaim, Context
from tutor.checking.claims import claim_of
from tutor.core.problem import Latex
from tutor.mathtext.chains import split_chains
from tutor.support.codec import JsonValue, encode
from tutor.workers.host import WorkerProcess

pytestmark = pytest.mark.worker


def questions() -> list[JsonValue]:
    """Every third claim of the golden table, as it is sent to a worker."""
    found = []
    for seed in seeds()[::3]:
        chains = split_chains(seed.latex)
        if "truth" in seed.row and "latex" in seed.row and chains:
            context = Context(given=tuple(map(Latex, seed.row.get("given", ()))))
            found.append(encode(CheckClaim(claim=claim_of(chains[0]), context=context)))
    return found


def answers(asked: Sequence[JsonValue], hash_seed: str) -> list[JsonValue]:
    """What a fresh worker says, with its own order of sets and dictionaries of symbols."""
    worker = WorkerProcess("cas", env={"PYTHONHASHSEED": hash_seed})
    worker.start()
    try:
        worker.greet()
        found = []
        for body in asked:
            worker.send("ask", body)
            found.append(worker.receive(20).body)
        return found
    finally:
        worker.kill()


def test_changed_formulas_crash_nothing_and_keep_their_verdicts() -> None:
    report = fuzz(inputs=1500, seed=1, deadline=2.0)
    assert report.is_clean, list(report.lines())
    assert report.asked > 1000


def test_the_same_seed_makes_the_same_formulas() -> None:
    assert list(mutants(3, 50)) == list(mutants(3, 50)) != list(mutants(4, 50))


def test_a_verdict_depends_neither_on_hashes_nor_on_what_was_asked_before() -> None:
    asked = questions()
    assert len(asked) > 80
    order = list(range(len(asked)))
    random.Random(5).shuffle(order)  # noqa: S311 - nothing secret
    first = answers(asked, "1")
    shuffled = answers([asked[place] for place in order], "2")
    second = dict(zip(order, shuffled, strict=True))
    differing = [(asked[n], first[n], second[n]) for n in order if first[n] != second[n]]
    assert differing == []


def test_a_verdict_is_the_same_in_a_fresh_process_and_in_an_old_one() -> None:
    asked = questions()
    old = answers([*asked, *asked[:5]], "3")
    for body, found in zip(asked[:5], old[-5:], strict=True):
        assert answers([body], "4") == [found]
