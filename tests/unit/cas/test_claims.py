"""Claims and answers against the golden table."""

from __future__ import annotations

import time
import tomllib
from pathlib import Path
from typing import Any

import pytest

from tutor.cas.answers import check_answer
from tutor.cas.claims import check_claim
from tutor.cas.requests import CheckAnswer, CheckClaim, Context, Finding, Truth
from tutor.core.check import Claim, ClaimKind, Why
from tutor.core.problem import Goal, Latex, Task
from tutor.mathtext.chains import split_chains
from tutor.support.codec import decode, encode

GOLDEN = tomllib.loads(
    (Path(__file__).parents[2] / "golden" / "claims.toml").read_text(encoding="utf-8")
)
SEVERITY = (Truth.FAILS, Truth.UNKNOWN, Truth.HOLDS_SOMETIMES, Truth.NEW, Truth.HOLDS)


def check(latex: str, **context: Any) -> Finding:
    """What is found out about a formula; of several statements in it, the worst."""
    known = Context(
        given=tuple(map(Latex, context.get("given", ()))),
        unknowns=tuple(context.get("unknowns", ())),
        target=Latex(context["target"]) if "target" in context else None,
    )
    findings = []
    for chain in split_chains(latex):
        claim = Claim(
            kind=ClaimKind.EQUALITY,
            latex=Latex(chain.text),
            sides=tuple(map(Latex, chain.sides)),
            relations=chain.relations,
        )
        findings.append(check_claim(CheckClaim(claim=claim, context=known)))
    return min(findings, key=lambda finding: SEVERITY.index(finding.truth))


def answered(task: str, answer: str, **goal: Any) -> Finding:
    asked = Goal(
        task=Task(task),
        given=tuple(map(Latex, goal.get("given", ()))),
        values=tuple(map(Latex, goal.get("values", ()))),
        target=Latex(goal["target"]) if "target" in goal else None,
        unknowns=tuple(goal.get("unknowns", ())),
    )
    return check_answer(CheckAnswer(goal=asked, answer=Latex(answer)))


def named(row: dict[str, Any]) -> str:
    return f"{row.get('latex') or row['answer']} | {'; '.join(row.get('given', ()))}"


@pytest.mark.parametrize("row", GOLDEN["claim"], ids=named)
def test_a_claim_of_the_table_has_its_truth(row: dict[str, Any]) -> None:
    context = {key: value for key, value in row.items() if key not in ("latex", "truth")}
    finding = check(row["latex"], **context)
    assert finding.truth == row["truth"], finding


@pytest.mark.parametrize("row", GOLDEN["answer"], ids=named)
def test_an_answer_of_the_table_has_its_truth(row: dict[str, Any]) -> None:
    goal = {key: value for key, value in row.items() if key not in ("answer", "truth")}
    finding = answered(answer=row["answer"], **goal)
    assert finding.truth == row["truth"], finding


def test_every_finding_has_a_sentence_whose_places_are_filled_and_can_travel() -> None:
    for row in GOLDEN["claim"]:
        context = {key: value for key, value in row.items() if key not in ("latex", "truth")}
        finding = check(row["latex"], **context)
        assert finding.evidence is not None
        assert finding.evidence.message.format(**finding.evidence.details)
        assert decode(Finding, encode(finding)) == finding


def test_a_formula_that_cannot_be_read_is_unknown_because_of_parsing() -> None:
    assert check(r"\foo = 2").why is Why.PARSE


def test_a_formula_that_costs_too_much_is_refused_at_once() -> None:
    started = time.perf_counter()
    assert check("9^{9^{9^9}} = 1").why is Why.TIME
    assert time.perf_counter() - started < 0.5


def test_the_first_link_that_fails_is_named() -> None:
    finding = check("3+4 = 7 = 8 = 9")
    assert finding.evidence is not None
    assert finding.evidence.details["link"] == "7 = 8"


def test_a_refutation_shows_both_sides() -> None:
    finding = check("x = 4", given=["x^2-5x+6=0"])
    assert finding.evidence is not None
    assert finding.evidence.details["left"] == "2"
    assert finding.evidence.details["right"] == "0"


def test_an_answer_that_lacks_a_solution_names_it() -> None:
    finding = answered("solve", "x=2", given=["x^2-5x+6=0"])
    assert finding.evidence is not None
    assert finding.evidence.details["point"] == "x = 3"


def test_a_missing_constant_of_integration_is_mentioned() -> None:
    with_one, without = (
        answered("integrate", answer, target="x^2")
        for answer in (r"\frac{x^3}{3}+C", r"\frac{x^3}{3}")
    )
    assert with_one.evidence != without.evidence
