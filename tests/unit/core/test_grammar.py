"""The grammar of a solve's events."""

import pytest

from tutor.core.check import Check, Claim, ClaimKind, Verdict
from tutor.core.events import (
    AnswerReady,
    CheckFinished,
    EvidenceFound,
    FailureKind,
    PlanReady,
    SolveCancelled,
    SolveEvent,
    SolveFailed,
    SolveFinished,
    SolveRefused,
    SolveStarted,
    StepFinished,
    StepStarted,
    StepsWithdrawn,
    TextDelta,
    ThinkingDelta,
    Triaged,
)
from tutor.core.grammar import GrammarError, check_grammar
from tutor.core.problem import Goal, Latex, Problem, Task
from tutor.core.solution import Answer, Badge, Step, Usage

CLAIM = Claim(
    kind=ClaimKind.EQUALITY,
    latex=Latex("1=2"),
    sides=(Latex("1"), Latex("2")),
    relations=("=",),
)
REFUTED = Check(claim=CLAIM, verdict=Verdict.REFUTED)
START: list[SolveEvent] = [
    SolveStarted(problem=Problem(text="1+1"), model="m", seed=0),
    Triaged(goal=Goal(task=Task.COMPUTE)),
]
END = SolveFinished(badge=None, usage=Usage())
ANSWER = AnswerReady(answer=Answer(latex=Latex("2"), step=1))


def step(index: int) -> list[SolveEvent]:
    return [
        StepStarted(index=index),
        TextDelta(index=index, text="a"),
        StepFinished(step=Step(index=index, text="a"), claims=0),
    ]


LEGAL = {
    "nothing written": [*START, END],
    "refused": [*START, SolveRefused(cues=("如图",))],
    "cancelled at once": [START[0], SolveCancelled(usage=Usage())],
    "nothing to begin with": [SolveFailed(kind=FailureKind.INPUT, message="m")],
    "cancelled before the start": [SolveCancelled(usage=Usage())],
    "cancelled in a step": [*START, StepStarted(index=1), SolveCancelled(usage=Usage())],
    "two steps": [*START, PlanReady(text="p"), *step(1), ThinkingDelta(text="t"), *step(2), END],
    "late check": [*START, *step(1), *step(2), CheckFinished(step=1, check=REFUTED), END],
    "taken back": [
        *START,
        *step(1),
        *step(2),
        StepsWithdrawn(first=2, check=REFUTED),
        *step(2),
        END,
    ],
    "taken back while writing": [
        *START,
        *step(1),
        StepStarted(index=2),
        StepsWithdrawn(first=1, check=REFUTED),
        *step(1),
        END,
    ],
    "answered": [
        *START,
        *step(1),
        ANSWER,
        EvidenceFound(check=REFUTED),
        SolveFinished(badge=Badge.UNSURE, usage=Usage()),
    ],
    "answer taken back": [
        *START,
        *step(1),
        ANSWER,
        StepsWithdrawn(first=1, check=REFUTED),
        *step(1),
        ANSWER,
        SolveFinished(badge=Badge.UNSURE, usage=Usage()),
    ],
}

ILLEGAL = {
    "no start": [END],
    "refused before the start": [SolveRefused(cues=("a",))],
    "started after a failure": [SolveFailed(kind=FailureKind.INPUT, message="m"), *START, END],
    "two starts": [START[0], *START, END],
    "triaged twice": [*START, START[1], END],
    "no triage": [START[0], *step(1), END],
    "no ending": [*START, *step(1)],
    "event after the end": [*START, END, END],
    "step 2 first": [*START, *step(2), END],
    "text outside a step": [*START, TextDelta(index=1, text="a"), END],
    "step in a step": [*START, StepStarted(index=1), StepStarted(index=2), END],
    "plan after a step": [*START, *step(1), PlanReady(text="p"), END],
    "two plans": [*START, PlanReady(text="p"), PlanReady(text="p"), END],
    "thinking inside a step": [*START, StepStarted(index=1), ThinkingDelta(text="t")],
    "check of an unwritten step": [*START, CheckFinished(step=1, check=REFUTED), END],
    "withdrawing an unwritten step": [*START, StepsWithdrawn(first=1, check=REFUTED), END],
    "badge without answer": [*START, SolveFinished(badge=Badge.VERIFIED, usage=Usage())],
    "answer without badge": [*START, *step(1), ANSWER, END],
    "evidence without answer": [*START, EvidenceFound(check=REFUTED), END],
    "finished inside a step": [*START, StepStarted(index=1), END],
    "refused after steps": [*START, *step(1), SolveRefused(cues=("a",))],
}


@pytest.mark.parametrize("name", LEGAL)
def test_legal_stream_is_accepted(name: str) -> None:
    check_grammar(LEGAL[name])


@pytest.mark.parametrize("name", ILLEGAL)
def test_illegal_stream_is_objected_to(name: str) -> None:
    with pytest.raises(GrammarError):
        check_grammar(ILLEGAL[name])
