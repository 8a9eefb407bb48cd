from __future__ import annotations

from dataclasses import replace

import pytest

from tests.gui.scripted import USAGE, check, quadratic, started, step, symmetric
from tutor.core.check import Verdict, Why
from tutor.core.events import (
    AnswerReady,
    CheckFinished,
    EvidenceFound,
    SolveCancelled,
    SolveEvent,
    SolveFinished,
    StepFinished,
    StepStarted,
    TextDelta,
)
from tutor.core.fold import Withdrawal, fold
from tutor.core.grammar import check_grammar
from tutor.core.problem import Language
from tutor.core.solution import Badge
from tutor.gui.presenters.cards import AnswerCard, Card, FoldCard, StepCard, TextCard, WelcomeCard
from tutor.gui.presenters.marks import check_line, verdict_mark
from tutor.gui.presenters.sheet import solution_sheet, welcome_sheet
from tutor.support.i18n import Translator

EN = Translator(Language.ENGLISH)
ZH = Translator(Language.CHINESE)


def kinds(cards: tuple[Card, ...]) -> list[str]:
    return [card.key for card in cards]


@pytest.mark.parametrize("events", [quadratic(), symmetric()])
def test_the_scripts_of_these_tests_follow_the_grammar(events: list[SolveEvent]) -> None:
    check_grammar(events)


def test_a_whole_solve_has_its_cards_in_order() -> None:
    sheet = solution_sheet(fold(quadratic()), EN)
    assert kinds(sheet.cards) == [
        "problem",
        "plan",
        "thinking",
        "step-1",
        "withdrawn-0",
        "step-2",
        "step-3",
        "step-4",
        "answer",
    ]


def test_a_solution_begins_with_the_problem_it_belongs_to() -> None:
    for end in (1, 5, None):
        first = solution_sheet(fold(quadratic()[:end]), ZH).cards[0]
        assert first == TextCard(key="problem", title="题目", text="Solve $x^2-5x+6=0$.")


def test_a_solve_stopped_before_its_first_card_says_so_below_the_problem() -> None:
    sheet = solution_sheet(fold([*started("$x$"), SolveCancelled(usage=USAGE)]), EN)
    assert kinds(sheet.cards) == ["problem", "nothing"]


def test_every_beginning_of_a_solve_has_a_sheet_with_distinct_keys() -> None:
    events = quadratic()
    for end in range(len(events) + 1):
        keys = kinds(solution_sheet(fold(events[:end]), EN).cards)
        assert len(keys) == len(set(keys))


def test_the_open_step_becomes_the_finished_one_in_its_place() -> None:
    begun = [*started("$x$"), StepStarted(index=1), TextDelta(index=1, text="So")]
    (_, card) = solution_sheet(fold(begun), EN).cards
    assert isinstance(card, StepCard)
    assert (card.key, card.is_open, card.mark) == ("step-1", True, None)


def test_a_step_is_being_checked_until_its_last_check_is_in() -> None:
    events = [*started("$x$"), *step(1, "So $a=b$.", check("a=b"), check("b=c"))]
    assert isinstance(events[-1], CheckFinished)
    before = solution_sheet(fold(events[:-1]), EN).cards[1]
    after = solution_sheet(fold(events), EN).cards[1]
    assert isinstance(before, StepCard)
    assert isinstance(after, StepCard)
    assert before.mark == verdict_mark(None, EN)
    assert after.mark == verdict_mark(Verdict.VERIFIED, EN)


def test_a_step_that_was_cut_off_stays_without_a_mark() -> None:
    events = [
        *started("$x$"),
        StepStarted(index=1),
        TextDelta(index=1, text="So"),
        SolveCancelled(usage=USAGE),
    ]
    (_, card) = solution_sheet(fold(events), EN).cards
    assert isinstance(card, StepCard)
    assert (card.text, card.is_open, card.mark) == ("So", False, None)


@pytest.mark.parametrize("is_finished", [True, False])
def test_a_formula_that_was_cut_off_is_not_shown_raw(is_finished: bool) -> None:
    cut = r"The slope is $f'(x)=\frac"
    open_step = [StepStarted(index=1), TextDelta(index=1, text=cut)]
    written = step(1, cut) if is_finished else open_step
    (_, card) = solution_sheet(
        fold([*started("$x$"), *written, SolveCancelled(usage=USAGE)]), EN
    ).cards
    assert isinstance(card, StepCard)
    assert card.text == "The slope is …"


def test_a_step_without_a_claim_says_so_in_its_evidence() -> None:
    card = solution_sheet(fold([*started("$x$"), *step(1, "Think.")]), EN).cards[1]
    assert isinstance(card, StepCard)
    assert card.evidence == ()
    assert card.note


def test_several_withdrawn_steps_are_one_fold_with_one_reason() -> None:
    wrong = check("1=2", Verdict.REFUTED, "It is {what}.", what="false")
    events = quadratic()
    first = next(i for i, e in enumerate(events) if isinstance(e, StepFinished)) + 1
    solution = fold(events[:first])
    both = [
        *solution.steps,
        replace(solution.steps[0], step=replace(solution.steps[0].step, index=2)),
    ]
    withdrawn = replace(
        solution, steps=(), withdrawals=(Withdrawal(steps=tuple(both), check=wrong),)
    )
    fold_card = solution_sheet(withdrawn, EN).cards[-1]
    assert isinstance(fold_card, FoldCard)
    assert fold_card.title == "Steps 1 to 2 were taken back"
    assert len(fold_card.texts) == 2
    assert fold_card.note.endswith(r"It is \(false\).")


@pytest.mark.parametrize("badge", list(Badge))
def test_an_answer_wears_its_badge_in_words(badge: Badge) -> None:
    events = [*quadratic()[:-1], SolveFinished(badge=badge, usage=USAGE)]
    card = solution_sheet(fold(events), EN).cards[-1]
    assert isinstance(card, AnswerCard)
    assert card.mark.word == badge.value
    assert card.sentence


def test_an_answer_of_a_stopped_solve_is_never_more_than_unsure() -> None:
    events = [*quadratic()[:-1], SolveCancelled(usage=USAGE)]
    card = solution_sheet(fold(events), EN).cards[-1]
    assert isinstance(card, AnswerCard)
    assert card.mark.state == "unsure"


def test_a_refuted_answer_is_marked_wrong_whatever_its_badge() -> None:
    wrong = EvidenceFound(check=check("x=7", Verdict.REFUTED))
    events = [*quadratic()[:-1], wrong, SolveFinished(badge=Badge.UNSURE, usage=USAGE)]
    card = solution_sheet(fold(events), EN).cards[-1]
    assert isinstance(card, AnswerCard)
    assert card.mark.state == "refuted"


def test_an_answer_is_being_checked_while_the_solve_runs() -> None:
    events = quadratic()
    end = next(i for i, e in enumerate(events) if isinstance(e, AnswerReady)) + 1
    card = solution_sheet(fold(events[:end]), EN).cards[-1]
    assert isinstance(card, AnswerCard)
    assert card.mark.state == "checking"


def test_a_solve_without_an_answer_says_so() -> None:
    events = [*started("$x$"), *step(1, "Hm."), SolveFinished(badge=None, usage=USAGE)]
    card = solution_sheet(fold(events), EN).cards[-1]
    assert isinstance(card, TextCard)
    assert card.key == "no-answer"


def test_thinking_is_open_only_until_something_is_written() -> None:
    thinking = [
        next(c for c in solution_sheet(fold(quadratic()[:end]), EN).cards if c.key == "thinking")
        for end in (5, 12)
    ]
    assert [isinstance(c, FoldCard) and c.is_open for c in thinking] == [True, False]


def test_evidence_sets_its_formulas_and_is_translated() -> None:
    found = check(
        "a=b", Verdict.REFUTED, "At {point} the sides differ by {gap}.", point="x=1", gap="2"
    )
    assert check_line(found, EN).message == r"At \(x=1\) the sides differ by \(2\)."
    late = check("a=b", Verdict.UNDECIDED, why=Why.TIME)
    assert check_line(late, ZH).message == "时间不足，未能判定。"


def test_the_newest_verdict_is_said_aloud() -> None:
    assert solution_sheet(fold(quadratic()), EN).says == "Answer: verified"
    assert solution_sheet(fold(quadratic()[:-3]), ZH).says == "第 4 步: 未判定"


def test_the_welcome_explains_every_verdict() -> None:
    (card,) = welcome_sheet(ZH).cards
    assert isinstance(card, WelcomeCard)
    assert [line.mark.glyph for line in card.legend] == ["✓", "✗", "?", "–"]
