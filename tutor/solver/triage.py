"""What a problem's text tells before anything is solved, and whether it can be solved at all."""

from __future__ import annotations

from tutor.core.events import RefusalReason, SolveEvent, SolveRefused, SolveStarted, Triaged
from tutor.core.problem import Problem
from tutor.intake.figure import figure_cues
from tutor.intake.goal import read_goal
from tutor.solver.options import SolveOptions


def triage(problem: Problem) -> Triaged:
    """What the text gives, what it asks, and the drawing it speaks of."""
    return Triaged(goal=read_goal(problem.text), figure_cues=figure_cues(problem.text))


def refusal(problem: Problem, options: SolveOptions) -> tuple[SolveEvent, ...]:
    """The whole event stream of a problem that is refused, which needs no model; empty for any other."""
    triaged = triage(problem)
    if options.anyway or not triaged.figure_cues:
        return ()
    started = SolveStarted(problem=problem, model="", seed=options.seed)
    refused = SolveRefused(reason=RefusalReason.NEEDS_FIGURE, cues=triaged.figure_cues)
    return (started, triaged, refused)
