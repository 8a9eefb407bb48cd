"""A whole solution through the checker: somebody's finished steps, from the first to the last."""

from __future__ import annotations

import queue
from collections.abc import Sequence

from tutor.cas.requests import CasResult
from tutor.checking.checker import Cas, Checker, StepCheck
from tutor.core.check import Verdict
from tutor.core.problem import Goal
from tutor.core.solution import Step


def check_solution(cas: Cas, goal: Goal, steps: Sequence[str]) -> tuple[StepCheck, ...]:
    """Check the steps of a solution one after the other, each in the context of those before it.

    Args:
        cas: Who does the algebra; nobody else may withdraw its requests meanwhile.
        goal: What the problem gives and asks.
        steps: The texts of the steps.

    Returns:
        The checks in the order of the claims; steps are counted from 1.
    """
    results: queue.SimpleQueue[CasResult] = queue.SimpleQueue()
    checker = Checker(cas, goal, results.put)
    for index, text in enumerate(steps, start=1):
        checker.add_step(Step(index=index, text=text))
    done = list(checker.start())
    while checker.is_busy:
        done += checker.take(results.get())
    return tuple(done)


def first_refuted(checks: Sequence[StepCheck]) -> int | None:
    """The first step with a refuted claim, counted from 1; `None` where nothing is refuted."""
    refuted = [one.step for one in checks if one.check.verdict is Verdict.REFUTED]
    return min(refuted, default=None)
