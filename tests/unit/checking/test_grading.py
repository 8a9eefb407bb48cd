"""Grading against the golden table: right answers are never rejected, wrong ones never accepted."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from tutor.cas.requests import CasRequest, CasResult, Outcome
from tutor.cas.worker import answer
from tutor.checking.grading import grade
from tutor.core.grade import Grade

TABLE = tomllib.loads(
    (Path(__file__).parents[2] / "golden" / "grades.toml").read_text(encoding="utf-8")
)


class Here:
    """The algebra in this process."""

    def ask(self, request: CasRequest, *, deadline: float) -> CasResult:
        assert deadline > 0
        return CasResult(ticket=1, outcome=Outcome.ANSWERED, answer=answer(request))


class Expired:
    """Algebra that never answers in time."""

    def ask(self, request: CasRequest, *, deadline: float) -> CasResult:
        return CasResult(ticket=1, outcome=Outcome.EXPIRED)


def graded(expected: str, given: str, problem: str = "", kind: str = "") -> Grade:
    return grade(expected, given, problem, Here(), kind=kind).grade


@pytest.mark.parametrize(
    "row", TABLE["pair"], ids=lambda row: f"{row['expected']} | {row['given']}"
)
def test_pair_gets_its_grade(row: dict[str, str]) -> None:
    found = grade(
        row["expected"], row["given"], row.get("problem", ""), Here(), kind=row.get("type", "")
    )
    assert found.grade.value == row["grade"], found


def test_there_are_enough_pairs_of_both_kinds() -> None:
    grades = [Grade(row["grade"]) for row in TABLE["pair"]]
    assert sum(one.accepts for one in grades) >= 150
    assert sum(one in (Grade.WRONG, Grade.PARTLY) for one in grades) >= 120


@pytest.mark.parametrize("row", TABLE["pair"], ids=lambda row: row["expected"])
def test_every_expected_answer_that_can_be_read_agrees_with_itself(row: dict[str, str]) -> None:
    expected = row["expected"]
    assert graded(expected, expected, row.get("problem", ""), row.get("type", "")) is Grade.CORRECT


def test_grade_is_not_a_bool() -> None:
    with pytest.raises(TypeError, match="not a bool"):
        bool(Grade.WRONG)


def test_wrong_formula_comes_with_a_point_where_it_differs() -> None:
    found = grade("x^2", "x^3", "", Here())
    assert found.evidence is not None
    assert found.evidence.details == {"point": "x = 2", "expected": "4", "given": "8"}


def test_comparison_that_takes_too_long_is_undecided() -> None:
    assert grade("x^2", "x^3", "", Expired()).grade is Grade.UNDECIDED


def test_names_of_functions_compare_up_to_their_letter() -> None:
    assert graded("f(x)=x^2", "f(u)=u^2") is Grade.CORRECT
    assert graded("f(x)=x^2", "f(u)=u^3") is Grade.WRONG


@pytest.mark.parametrize(
    "text",
    [
        "a" * 20_000,
        " " * 20_000 + "1",
        "(1," * 5_000,
        r"\boxed{" * 3_000,
        "0." + "3" * 1_990 + "...",
        "是" * 2_000,
    ],
    ids=lambda text: text.strip()[:8],
)
@pytest.mark.timeout(20)
def test_long_texts_are_graded_without_a_search_that_takes_for_ever(text: str) -> None:
    assert graded("1", text, text) in (Grade.UNREAD, Grade.UNDECIDED, Grade.WRONG)


def test_relation_between_numbers_alone_is_no_region() -> None:
    assert graded("3", "1<2") is not Grade.CORRECT
