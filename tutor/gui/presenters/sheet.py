"""A solution as the sheet of cards that shows it."""

from __future__ import annotations

from collections.abc import Iterator

from tutor.core.check import Check, Verdict
from tutor.core.events import SolveCancelled, SolveFinished
from tutor.core.fold import Solution, Withdrawal
from tutor.core.solution import Badge, CheckedStep
from tutor.gui.presenters.cards import (
    AnswerCard,
    Card,
    FoldCard,
    LegendLine,
    Mark,
    Sheet,
    StepCard,
    TextCard,
    WelcomeCard,
)
from tutor.gui.presenters.marks import (
    BADGE_SENTENCES,
    REFUTED_ANSWER,
    badge_mark,
    check_line,
    explanation,
    verdict_mark,
)
from tutor.mathtext.cutting import whole_part
from tutor.support.i18n import N_, Translator


def solution_sheet(solution: Solution, tr: Translator) -> Sheet:
    """The sheet that shows a solution as far as it has come."""
    return Sheet(
        cards=tuple(_cards(solution, tr)),
        follow=True,
        language=tr.language.value,
        says=_newest(solution, tr),
    )


def welcome_sheet(tr: Translator) -> Sheet:
    """The sheet before the first problem."""
    meanings = {
        Verdict.VERIFIED: N_("Checked by computation, and it holds."),
        Verdict.REFUTED: N_("Wrong: there is a counterexample."),
        Verdict.UNDECIDED: N_("Tested, but not settled."),
        Verdict.NOT_CHECKABLE: N_(
            "Words, a condition or a definition, or mathematics beyond the checker."
        ),
    }
    welcome = WelcomeCard(
        key="welcome",
        title=tr(N_("What shall we solve?")),
        text=tr(N_("Write a problem on the left. Every step is checked while it is written.")),
        legend=tuple(
            LegendLine(mark=verdict_mark(verdict, tr), text=tr(text))
            for verdict, text in meanings.items()
        ),
    )
    return Sheet(cards=(welcome,), language=tr.language.value)


def _cards(solution: Solution, tr: Translator) -> Iterator[Card]:
    if solution.problem is not None:
        yield TextCard(key="problem", title=tr(N_("Problem")), text=solution.problem.text)
    written = tuple(_written(solution, tr))
    yield from written or _nothing_written(solution, tr)


def _nothing_written(solution: Solution, tr: Translator) -> Iterator[Card]:
    match solution.ending:
        case None:
            yield TextCard(key="waiting", text="", is_open=True)
        case SolveCancelled():
            stopped = tr(N_("Stopped before the plan or a first step was complete."))
            yield TextCard(key="nothing", text=stopped)
        case _:
            pass  # what came in between is told above the solution


def _written(solution: Solution, tr: Translator) -> Iterator[Card]:
    if solution.plan:
        yield TextCard(key="plan", title=tr(N_("Plan")), text=solution.plan)
    if solution.thinking:
        yield _thinking(solution, tr)
    yield from _steps(solution, tr)
    if solution.answer is not None:
        yield _answer(solution, tr)
    elif isinstance(solution.ending, SolveFinished):
        yield TextCard(key="no-answer", text=tr(N_("The steps did not lead to an answer.")))


def _thinking(solution: Solution, tr: Translator) -> FoldCard:
    thinks = solution.ending is None and not solution.steps and solution.open_text is None
    title = tr(N_("Thinking…")) if thinks else tr(N_("Thinking"))
    return FoldCard(key="thinking", title=title, texts=(solution.thinking,), is_open=thinks)


def _steps(solution: Solution, tr: Translator) -> Iterator[Card]:
    """The steps, each after what was withdrawn to make place for it."""
    withdrawn = list(enumerate(solution.withdrawals))
    open_index = len(solution.steps) + 1
    for done in solution.steps:
        yield from _withdrawn_at(withdrawn, done.step.index, tr)
        yield _step(done, tr)
    yield from _withdrawn_at(withdrawn, open_index, tr)
    if solution.open_text is not None:
        writes = solution.ending is None
        yield StepCard(
            key=f"step-{open_index}",
            number=str(open_index),
            title=tr(N_("Step {number}"), number=open_index),
            text=solution.open_text if writes else whole_part(solution.open_text),
            is_open=writes,
        )


def _withdrawn_at(
    withdrawn: list[tuple[int, Withdrawal]], index: int, tr: Translator
) -> Iterator[Card]:
    for place, withdrawal in withdrawn:
        if withdrawal.steps and withdrawal.steps[0].step.index == index:
            yield _withdrawal(place, withdrawal, tr)


def _withdrawal(place: int, withdrawal: Withdrawal, tr: Translator) -> FoldCard:
    first, last = withdrawal.steps[0].step.index, withdrawal.steps[-1].step.index
    title = (
        tr(N_("Step {first} was taken back"), first=first)
        if first == last
        else tr(N_("Steps {first} to {last} were taken back"), first=first, last=last)
    )
    return FoldCard(
        key=f"withdrawn-{place}",
        title=title,
        texts=tuple(done.step.text for done in withdrawal.steps),
        note=_reason(withdrawal.check, tr),
        look="withdrawn",
    )


def _reason(check: Check, tr: Translator) -> str:
    wrong = tr(N_("This was wrong:"))
    return f"{wrong} \\({check.claim.latex}\\)\n{explanation(check, tr)}"


def _step(done: CheckedStep, tr: Translator) -> StepCard:
    mark = verdict_mark(done.verdict, tr)
    title = tr(N_("Step {number}"), number=done.step.index)
    nothing = tr(N_("This step states nothing that can be computed."))
    return StepCard(
        key=f"step-{done.step.index}",
        number=str(done.step.index),
        title=title,
        text=whole_part(done.step.text),
        mark=mark,
        label=tr(N_("{title}: {verdict}. Show the evidence"), title=title, verdict=mark.word),
        evidence=tuple(check_line(check, tr) for check in done.checks),
        note="" if done.expected or done.checks else nothing,
    )


def _answer(solution: Solution, tr: Translator) -> AnswerCard:
    mark, sentence = _standing(solution, tr)
    check, title = solution.answer_check, tr(N_("Answer"))
    return AnswerCard(
        key="answer",
        title=title,
        latex=solution.answer.latex if solution.answer else "",
        mark=mark,
        sentence=sentence,
        label=tr(N_("{title}: {verdict}. Show the evidence"), title=title, verdict=mark.word),
        evidence=() if check is None else (check_line(check, tr),),
        note="" if check else tr(N_("The answer as a whole has not been checked.")),
    )


def _standing(solution: Solution, tr: Translator) -> tuple[Mark, str]:
    """The answer's mark and what it means, as far as the solve has come."""
    check = solution.answer_check
    if check is not None and check.verdict is Verdict.REFUTED:
        return verdict_mark(Verdict.REFUTED, tr), tr(REFUTED_ANSWER)
    match solution.ending:
        case SolveFinished(badge=Badge() as badge):
            return badge_mark(badge, tr), tr(BADGE_SENTENCES[badge])
        case None:
            return verdict_mark(None, tr), ""
        case _:
            return badge_mark(Badge.UNSURE, tr), tr(BADGE_SENTENCES[Badge.UNSURE])


def _newest(solution: Solution, tr: Translator) -> str:
    """The newest thing that is settled, for readers who hear the page."""
    if solution.answer is not None and solution.ending is not None:
        title, mark = tr(N_("Answer")), _standing(solution, tr)[0]
        return f"{title}: {mark.word}"
    judged = [done for done in solution.steps if done.verdict is not None]
    if not judged:
        return ""
    title = tr(N_("Step {number}"), number=judged[-1].step.index)
    return f"{title}: {verdict_mark(judged[-1].verdict, tr).word}"
