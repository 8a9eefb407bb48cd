"""How well the first wrong step of a solution is found: human-labelled solutions through the checker."""

from __future__ import annotations

import statistics
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from tutor.cas.pool import CasPool
from tutor.checking.checker import Cas, StepCheck
from tutor.checking.solutions import check_solution, first_refuted
from tutor.core.check import Verdict
from tutor.core.problem import Goal
from tutor.support.rows import read_rows

ALL = "all"
_DECIDED = (Verdict.VERIFIED, Verdict.REFUTED)

ReadGoal = Callable[[str], Goal]
"""Reads what a problem gives and asks."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelledSolution:
    """A solution and where it goes wrong.

    Attributes:
        id: Its name in the data.
        subset: The part of the data it belongs to.
        problem: The problem's text.
        steps: The texts of its steps.
        label: Index of the first wrong step, counted from 0; -1 where all are right.
    """

    id: str
    subset: str
    problem: str
    steps: tuple[str, ...]
    label: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What the checker said of a labelled solution.

    Attributes:
        solution: The solution.
        checks: The checks on its claims; steps are counted from 1.
    """

    solution: LabelledSolution
    checks: tuple[StepCheck, ...]

    @property
    def flagged(self) -> int:
        """Index of the first refuted step, counted from 0; -1 where nothing is refuted."""
        return (first_refuted(self.checks) or 0) - 1

    @property
    def step_times(self) -> list[float]:
        """Seconds that each step took."""
        times = [0.0] * len(self.solution.steps)
        for one in self.checks:
            times[one.step - 1] += one.check.elapsed
        return times

    @property
    def decided_steps(self) -> int:
        """How many steps have a claim that is verified or refuted."""
        return len({one.step for one in self.checks if one.check.verdict in _DECIDED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """The figures of a set of outcomes; shares are parts of one.

    Attributes:
        right: How many solutions are right.
        wrong: How many are wrong.
        right_kept: Share of the right ones in which nothing was refuted.
        wrong_found: Share of the wrong ones whose first refuted step is the first wrong one.
        flags: How many solutions have a refuted step.
        flags_on_wrong: How many of them are wrong.
        flags_exact: How many of them are flagged at exactly the first wrong step.
        flags_early: How many wrong ones are flagged before it.
        decided_solutions: Share of solutions with a decided claim.
        decided_steps: Share of steps with one.
        median: Median seconds of a step.
        p99: Seconds that 99 of 100 steps stay under.
    """

    right: int
    wrong: int
    right_kept: float
    wrong_found: float
    flags: int
    flags_on_wrong: int
    flags_exact: int
    flags_early: int
    decided_solutions: float
    decided_steps: float
    median: float
    p99: float

    @property
    def f1(self) -> float:
        """The harmonic mean of the two accuracies."""
        total = self.right_kept + self.wrong_found
        return 2 * self.right_kept * self.wrong_found / total if total else 0.0


def run(
    source: str, read_goal: ReadGoal, *, every: int = 1, workers: int = 2, subset: str | None = None
) -> Iterator[Outcome]:
    """Check labelled solutions, in the order of the file.

    Args:
        source: A file of `LabelledSolution` rows, or `-`.
        read_goal: Reads a problem.
        every: Take each so-manieth row only.
        workers: CAS workers side by side.
        subset: Take the rows of this part only.

    Raises:
        InputError: The file cannot be used.
    """

    def check(cas: Cas, row: LabelledSolution) -> Outcome:
        checks = check_solution(cas, read_goal(row.problem), row.steps)
        return Outcome(solution=row, checks=checks)

    rows = (r for r in read_rows(LabelledSolution, source) if subset in (None, r.subset))
    with CasPool(workers) as pool:
        yield from pool.map(check, islice(rows, 0, None, every))


def score(outcomes: Sequence[Outcome]) -> Score:
    """The figures of some outcomes."""
    right = [one for one in outcomes if one.solution.label < 0]
    wrong = [one for one in outcomes if one.solution.label >= 0]
    flagged = [one for one in wrong if one.flagged >= 0]
    exact = sum(one.flagged == one.solution.label for one in wrong)
    kept = sum(one.flagged < 0 for one in right)
    times = sorted(time for one in outcomes for time in one.step_times)
    return Score(
        right=len(right),
        wrong=len(wrong),
        right_kept=_share(kept, len(right)),
        wrong_found=_share(exact, len(wrong)),
        flags=len(flagged) + len(right) - kept,
        flags_on_wrong=len(flagged),
        flags_exact=exact,
        flags_early=sum(one.flagged < one.solution.label for one in flagged),
        decided_solutions=_share(sum(one.decided_steps > 0 for one in outcomes), len(outcomes)),
        decided_steps=_share(sum(one.decided_steps for one in outcomes), len(times)),
        median=statistics.median(times) if times else 0.0,
        p99=times[int(len(times) * 0.99)] if times else 0.0,
    )


def table(outcomes: Sequence[Outcome]) -> Iterator[str]:
    """The figures of each subset and of all, one line each under a heading."""
    yield (
        f"{'subset':<14}{'right':>6}{'wrong':>6}{'kept %':>8}{'found %':>8}{'F1':>6}"
        f"{'flags':>7}{'on wrong':>9}{'exact':>7}{'early':>6}"
        f"{'decided sol.':>14}{'steps':>7}{'median ms':>11}{'p99 ms':>8}"
    )
    subsets = list(dict.fromkeys(one.solution.subset for one in outcomes))
    for name in [*subsets, ALL] if len(subsets) > 1 else subsets:
        yield _line(name, score([o for o in outcomes if name in (ALL, o.solution.subset)]))


def _line(name: str, s: Score) -> str:
    return (
        f"{name:<14}{s.right:>6}{s.wrong:>6}{s.right_kept:>8.1%}{s.wrong_found:>8.1%}"
        f"{100 * s.f1:>6.1f}{s.flags:>7}{_of(s.flags_on_wrong, s.flags):>9}"
        f"{_of(s.flags_exact, s.flags):>7}{s.flags_early:>6}"
        f"{s.decided_solutions:>14.1%}{s.decided_steps:>7.1%}"
        f"{1000 * s.median:>11.1f}{1000 * s.p99:>8.0f}"
    )


def flag_lines(outcomes: Iterable[Outcome]) -> Iterator[str]:
    """Each refuted claim of a first refuted step, with what it rests on."""
    for one in outcomes:
        if one.flagged < 0:
            continue
        label = one.solution.label
        mark = "RIGHT" if label < 0 else "exact" if one.flagged == label else "late"
        mark = "EARLY" if 0 <= one.flagged < label else mark
        yield f"{mark:<6}{one.solution.id}  flagged {one.flagged}, label {label}"
        for check in one.checks:
            if check.step == one.flagged + 1 and check.check.verdict is Verdict.REFUTED:
                evidence = check.check.evidence
                yield f"      {check.check.claim.latex}"
                if evidence is not None:
                    yield f"        {evidence.message} {evidence.details}"


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 0.0


def _of(part: int, whole: int) -> str:
    return f"{_share(part, whole):.0%}"
