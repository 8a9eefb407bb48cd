"""Checks the steps of a solution beside the model: one claim after the other, while it writes on."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Protocol

from tutor.cas.requests import (
    CasRequest,
    CasResult,
    CheckAnswer,
    CheckClaim,
    Context,
    Finding,
    Truth,
)
from tutor.checking.claims import NOTHING, Statement, answer_claim, read_step
from tutor.checking.context import Ledger, source_context
from tutor.checking.judging import (
    NOT_FOLLOWING,
    NOT_TOGETHER,
    NOT_WHOLE,
    definition,
    doubtful,
    finding_of,
    judge,
)
from tutor.checking.moods import Mood
from tutor.core.check import Check, ClaimKind, Verdict, Why
from tutor.core.problem import Goal, Latex
from tutor.core.solution import Step

CLAIM_DEADLINE = 2.0
"""Seconds one claim may take."""

ANSWER_DEADLINE = 5.0
"""Seconds the final answer's check may take."""


class Cas(Protocol):
    """What the checker needs of a CAS."""

    def submit(
        self, request: CasRequest, *, deadline: float, sink: Callable[[CasResult], None]
    ) -> int:
        """Queue a request; its result goes to `sink`."""

    def withdraw(self, ticket: int) -> None:
        """Say that nobody waits for a result any more."""


@dataclass(frozen=True, slots=True)
class StepCheck:
    """The check on one claim of a step.

    Attributes:
        step: The step's place; 0 for the final answer.
        check: The judgement.
    """

    step: int
    check: Check


@dataclass(frozen=True, slots=True)
class _Trial:
    request: CasRequest
    passed: frozenset[Truth]
    message: str
    """What is said when it is not passed."""


@dataclass(frozen=True, slots=True)
class _Open:
    step: int
    statement: Statement
    first: Finding | None = None
    """What was found with the definitions of the steps, when it is asked again without them."""
    settled: Check | None = None
    """What was judged, when it is asked once more beside formulas in front of it."""
    beside: tuple[Latex, ...] = ()
    """Those formulas, the next one first."""
    trials: tuple[_Trial, ...] = ()
    """What a true claim must stand as well, the next one first."""


class Checker:
    """Keeps the queue of claims of one solve.

    The owner passes every `CasResult` that reaches `sink` to `take`, and shows the `StepCheck`s that come
    back. One claim is under way at a time, so that each knows what the ones before it defined.
    """

    def __init__(self, cas: Cas, goal: Goal, sink: Callable[[CasResult], None]) -> None:
        self._cas = cas
        self._goal = goal
        self._sink = sink
        self._ledger = Ledger(goal)
        self._queue: deque[_Open | Latex] = deque()
        self._current: _Open | Latex | None = None
        self._ticket = 0
        self._read = NOTHING

    @property
    def is_busy(self) -> bool:
        """Whether a claim is being checked or waits."""
        return self._current is not None or bool(self._queue)

    def add_step(self, step: Step) -> int:
        """Queue the claims of a finished step; returns how many there are."""
        self._read = read_step(step.text, self._read)
        statements = self._read.statements
        self._queue.extend(_Open(step.index, statement) for statement in statements)
        return len(statements)

    def add_answer(self, answer: Latex) -> None:
        """Queue the final answer, to be checked against the problem after all steps."""
        self._queue.append(answer)

    def withdraw_from(self, first: int) -> None:
        """Drop what is queued or under way for the steps from `first` on, and what they defined."""
        self._queue = deque(c for c in self._queue if isinstance(c, _Open) and c.step < first)
        current = self._current
        if current is not None and (not isinstance(current, _Open) or current.step >= first):
            self._cas.withdraw(self._ticket)
            self._current = None
            self._ticket = 0
        self._ledger.forget_from(first)
        self._read = NOTHING

    def start(self) -> tuple[StepCheck, ...]:
        """Send the next claim off if none is under way; returns the checks that need no algebra."""
        done: list[StepCheck] = []
        while self._current is None and self._queue:
            claim = self._queue.popleft()
            if isinstance(claim, _Open) and claim.statement.mood in (Mood.DEFINED, Mood.SUPPOSED):
                done.append(self._define(claim))
            else:
                self._send(claim)
        return tuple(done)

    def take(self, result: CasResult) -> tuple[StepCheck, ...]:
        """Judge a result; a result of a claim that was withdrawn is dropped."""
        if result.ticket != self._ticket or self._current is None:
            return ()
        claim, self._current = self._current, None
        finding = finding_of(result)
        checked: tuple[StepCheck, ...]
        if isinstance(claim, _Open) and claim.settled is not None and claim.trials:
            checked = self._judge_trial(claim, claim.settled, finding, result.elapsed)
        elif isinstance(claim, _Open) and claim.settled is not None:
            checked = self._judge_beside(claim, claim.settled, finding, result.elapsed)
        elif isinstance(claim, _Open):
            checked = self._judge_claim(claim, finding, result.elapsed)
        else:
            checked = (StepCheck(0, judge(answer_claim(claim), finding, elapsed=result.elapsed)),)
        return checked + self.start()

    def _judge_claim(self, open_: _Open, finding: Finding, elapsed: float) -> tuple[StepCheck, ...]:
        """Judge by what the steps defined, and where that proves nothing by the problem alone."""
        statement = open_.statement
        if open_.first is None:
            is_proven = finding.truth is Truth.HOLDS or self._fails_by_itself(finding)
            if not is_proven and self._ledger.has_definitions:
                self._send(replace(open_, first=finding))
                return ()
        elif finding.truth is Truth.FAILS and open_.first.truth is not Truth.FAILS:
            # The problem alone does not know the letters that the steps defined: it may be wrong about them.
            if self._ledger.defines_letters_of(statement.claim.latex):
                finding = open_.first
        elif finding.truth is not Truth.HOLDS and finding.truth is not Truth.FAILS:
            if open_.first.truth is Truth.FAILS:
                return self._settled(open_, doubtful(statement.claim, elapsed))
            finding = open_.first
        if finding.truth is Truth.FAILS and self._ledger.is_given(statement.claim):
            return (StepCheck(open_.step, definition(statement.claim)),)
        if statement.mood is Mood.ASSERTED and finding.truth is Truth.NEW:
            self._ledger.note(open_.step, statement.claim)
        check = judge(statement.claim, finding, mood=statement.mood, elapsed=elapsed)
        return self._settled(open_, check)

    def _fails_by_itself(self, finding: Finding) -> bool:
        """Whether a link of a chain fails that uses no name the steps have defined."""
        link = finding.evidence.details.get("link") if finding.evidence else None
        is_false = finding.truth is Truth.FAILS and link is not None
        return is_false and not self._ledger.defines_letters_of(Latex(link or ""))

    def _settled(self, open_: _Open, check: Check) -> tuple[StepCheck, ...]:
        """The check, unless the formula that the claim was made from may still tell against it."""
        if check.verdict is not Verdict.VERIFIED:
            self._ledger.tie(open_.step, check.claim)
        is_open = check.verdict in (Verdict.UNDECIDED, Verdict.NOT_CHECKABLE)
        is_meant = open_.statement.mood in (Mood.ASSERTED, Mood.CONDITIONAL)
        is_read = check.why not in (Why.PARSE, Why.TIME, Why.CRASH)
        is_about_letters = check.verdict is Verdict.REFUTED and check.method == "substitution"
        if is_about_letters and open_.statement.near:
            self._send(replace(open_, settled=check, beside=open_.statement.near))
            return ()
        if is_open and is_meant and is_read and open_.statement.source is not None:
            self._send(replace(open_, settled=check, beside=(open_.statement.source,)))
            return ()
        trials = self._trials(open_.statement) if check.verdict is Verdict.VERIFIED else ()
        if trials:
            self._send(replace(open_, settled=check, trials=trials))
            return ()
        return (StepCheck(open_.step, check),)

    def _trials(self, statement: Statement) -> tuple[_Trial, ...]:
        """What a true claim must stand as well: with other values, as the whole, after an arrow."""
        held = frozenset({Truth.HOLDS})
        trials: list[_Trial] = []
        if statement.whole is not None:
            answer = CheckAnswer(goal=self._goal, answer=statement.whole)
            trials.append(_Trial(answer, held, NOT_WHOLE))
        if statement.point is not None:
            known = self._ledger.full()
            known = replace(known, given=(*known.given, *self._goal.values))
            point = CheckClaim(claim=statement.point, context=known)
            trials.append(_Trial(point, held, NOT_TOGETHER))
        if statement.source is not None and statement.claim.kind is ClaimKind.VALUE:
            context = source_context(statement.source)
            follows = CheckClaim(claim=statement.claim, context=context)
            trials.append(_Trial(follows, frozenset(Truth) - {Truth.FAILS}, NOT_FOLLOWING))
        return tuple(trials)

    def _judge_trial(
        self, open_: _Open, settled: Check, finding: Finding, elapsed: float
    ) -> tuple[StepCheck, ...]:
        trial, *others = open_.trials
        check = replace(settled, elapsed=settled.elapsed + elapsed)
        if finding.truth not in trial.passed:
            check = doubtful(check.claim, check.elapsed, trial.message)
        elif others:
            self._send(replace(open_, settled=check, trials=tuple(others)))
            return ()
        return (StepCheck(open_.step, check),)

    def _judge_beside(
        self, open_: _Open, settled: Check, finding: Finding, elapsed: float
    ) -> tuple[StepCheck, ...]:
        """What was judged before, unless the formula before the claim tells more.

        A refuted claim may be about the equation before it, and not about the problem's own. An open one may
        not follow from what it was made from.
        """
        claim = open_.statement.claim
        check = replace(settled, elapsed=settled.elapsed + elapsed)
        if settled.verdict is not Verdict.REFUTED:
            if finding.truth is Truth.FAILS:
                check = judge(claim, finding, elapsed=check.elapsed)
                known = (*open_.statement.near, *self._ledger.given)
                if open_.statement.source == claim.sides[0] and known:
                    self._send(replace(open_, settled=check, beside=known))
                    return ()
        elif finding.truth in (Truth.HOLDS, Truth.HOLDS_SOMETIMES):
            check = doubtful(claim, check.elapsed)
        elif len(open_.beside) > 1:
            self._send(replace(open_, settled=check, beside=open_.beside[1:]))
            return ()
        return (StepCheck(open_.step, check),)

    def _define(self, open_: _Open) -> StepCheck:
        if open_.statement.mood is Mood.DEFINED:
            self._ledger.note(open_.step, open_.statement.claim)
        self._ledger.tie(open_.step, open_.statement.claim)
        return StepCheck(open_.step, definition(open_.statement.claim))

    def _send(self, claim: _Open | Latex) -> None:
        self._current = claim
        request: CasRequest
        if isinstance(claim, _Open) and claim.trials:
            request, deadline = claim.trials[0].request, CLAIM_DEADLINE
        elif isinstance(claim, _Open):
            request = CheckClaim(claim=claim.statement.claim, context=self._context(claim))
            deadline = CLAIM_DEADLINE
        else:
            request, deadline = CheckAnswer(goal=self._goal, answer=claim), ANSWER_DEADLINE
        self._ticket = self._cas.submit(request, deadline=deadline, sink=self._sink)

    def _context(self, open_: _Open) -> Context:
        if open_.beside:
            return source_context(open_.beside[0])
        return self._ledger.firm() if open_.first else self._ledger.full()
