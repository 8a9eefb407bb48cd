"""A solution is the fold of its events."""

from hypothesis import given
from hypothesis import strategies as st

from tests.unit.core.test_grammar import ANSWER, LEGAL, REFUTED, START, step
from tutor.core.check import Verdict
from tutor.core.events import (
    CheckFinished,
    SolveCancelled,
    StepFinished,
    StepStarted,
    StepsWithdrawn,
    TextDelta,
)
from tutor.core.fold import fold
from tutor.core.solution import Step, Usage


def test_steps_and_checks_are_gathered() -> None:
    solution = fold([*START, *step(1), *step(2), CheckFinished(step=1, check=REFUTED)])
    assert [done.step.index for done in solution.steps] == [1, 2]
    assert solution.steps[0].checks == (REFUTED,)


def test_withdrawn_steps_are_kept_aside_with_their_reason() -> None:
    solution = fold([*START, *step(1), *step(2), ANSWER, StepsWithdrawn(first=2, check=REFUTED)])
    assert [done.step.index for done in solution.steps] == [1]
    assert [done.step.index for done in solution.withdrawals[0].steps] == [2]
    assert solution.withdrawals[0].check is REFUTED
    assert solution.answer is None


def test_text_of_the_open_step_survives_a_stop() -> None:
    stopped = [StepStarted(index=1), TextDelta(index=1, text="half"), SolveCancelled(usage=Usage())]
    assert fold([*START, *stopped]).open_text == "half"


def test_step_with_a_refuted_claim_is_refuted_at_once() -> None:
    events = [
        *START,
        StepStarted(index=1),
        StepFinished(step=Step(index=1, text="a"), claims=3),
        CheckFinished(step=1, check=REFUTED),
    ]
    assert fold(events).steps[0].verdict is Verdict.REFUTED


def test_step_without_claims_is_not_checkable() -> None:
    assert fold([*START, *step(1)]).steps[0].verdict is Verdict.NOT_CHECKABLE


def test_step_with_pending_checks_has_no_verdict() -> None:
    finished = StepFinished(step=Step(index=1, text="a"), claims=1)
    assert fold([*START, StepStarted(index=1), finished]).steps[0].verdict is None


@given(st.sampled_from(sorted(LEGAL)), st.integers(0, 20))
def test_every_prefix_of_a_legal_stream_folds(name: str, length: int) -> None:
    solution = fold(LEGAL[name][:length])
    assert [done.step.index for done in solution.steps] == list(range(1, len(solution.steps) + 1))
