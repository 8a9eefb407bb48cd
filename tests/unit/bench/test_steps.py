"""The figures of labelled solutions."""

from __future__ import annotations

from tutor.bench.steps import LabelledSolution, Outcome, flag_lines, score, table
from tutor.checking.checker import StepCheck
from tutor.core.check import Check, Claim, ClaimKind, Verdict
from tutor.core.problem import Latex


def outcome(label: int, *verdicts: Verdict, subset: str = "a") -> Outcome:
    claim = Claim(kind=ClaimKind.EQUALITY, latex=Latex("1=1"), sides=(Latex("1"), Latex("1")))
    return Outcome(
        solution=LabelledSolution(
            id="s", subset=subset, problem="", steps=("",) * len(verdicts), label=label
        ),
        checks=tuple(
            StepCheck(place, Check(claim=claim, verdict=verdict, elapsed=0.01 * place))
            for place, verdict in enumerate(verdicts, start=1)
        ),
    )


GOOD, BAD, OPEN = Verdict.VERIFIED, Verdict.REFUTED, Verdict.UNDECIDED
OUTCOMES = [
    outcome(-1, GOOD, OPEN),
    outcome(-1, BAD),
    outcome(1, GOOD, BAD),
    outcome(0, OPEN, BAD),
    outcome(1, BAD, OPEN, subset="b"),
    outcome(0, OPEN),
]


def test_flags_are_counted_by_where_they_fall() -> None:
    found = score(OUTCOMES)
    assert (found.right, found.wrong) == (2, 4)
    assert (found.flags, found.flags_on_wrong, found.flags_exact, found.flags_early) == (4, 3, 1, 1)
    assert (found.right_kept, found.wrong_found) == (0.5, 0.25)
    assert round(found.f1, 4) == 0.3333


def test_decided_share_and_times() -> None:
    found = score(OUTCOMES[:1])
    assert (found.decided_solutions, found.decided_steps) == (1.0, 0.5)
    assert (round(found.median, 3), found.p99) == (0.015, 0.02)


def test_nothing_scores_nothing() -> None:
    assert score([]).f1 == 0.0


def test_table_has_a_line_for_each_subset_and_one_for_all() -> None:
    assert [line.split()[0] for line in table(OUTCOMES)] == ["subset", "a", "b", "all"]


def test_flags_are_marked_by_where_they_fall() -> None:
    marks = [line.split()[0] for line in flag_lines(OUTCOMES) if not line.startswith(" ")]
    assert marks == ["RIGHT", "exact", "late", "EARLY"]
