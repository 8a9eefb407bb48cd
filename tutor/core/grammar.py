"""The order in which the events of a solve may come; every producer's test calls `check_grammar`."""

from __future__ import annotations

from collections.abc import Iterable

from tutor.core.events import (
    AnswerReady,
    CheckFinished,
    Ending,
    EvidenceFound,
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


class GrammarError(ValueError):
    """Events came in an order that the grammar does not allow."""


class GrammarChecker:
    """Follows a stream of events and objects to the first one that is out of place."""

    def __init__(self) -> None:
        self._seen = 0
        self._next_step = 1
        self._open: int | None = None
        self._planned = False
        self._answered = False
        self._ended = False

    def feed(self, event: SolveEvent) -> None:
        """Take the next event.

        Raises:
            GrammarError: It may not come here.
        """
        self._require(not self._ended, event, "after the end")
        self._opening(event)
        self._writing(event)
        self._judging(event)
        if isinstance(event, Ending):
            self._ended = True
        self._seen += 1

    def finish(self) -> None:
        """Say that no more events come.

        Raises:
            GrammarError: The stream had no ending.
        """
        if not self._ended:
            msg = "the events have no ending"
            raise GrammarError(msg)

    def _opening(self, event: SolveEvent) -> None:
        early = SolveCancelled | SolveFailed
        if self._seen == 0:
            self._require(isinstance(event, SolveStarted | early), event, "at the start")
        elif self._seen == 1:
            self._require(isinstance(event, Triaged | early), event, "instead of Triaged")
        else:
            self._require(not isinstance(event, SolveStarted | Triaged), event, "too late")
        if isinstance(event, PlanReady):
            first = not self._planned and self._next_step == 1 and self._open is None
            self._require(first, event, "twice or after a step")
            self._planned = True

    def _writing(self, event: SolveEvent) -> None:
        match event:
            case StepStarted(index=index):
                self._require(self._open is None, event, "inside an open step")
                self._require(
                    index == self._next_step, event, f"where step {self._next_step} is due"
                )
                self._require(not self._answered, event, "after the answer")
                self._open = index
            case TextDelta(index=index):
                self._require(self._open == index, event, "outside its step")
            case StepFinished(step=step):
                self._require(self._open == step.index, event, "outside its step")
                self._open, self._next_step = None, step.index + 1
            case ThinkingDelta():
                self._require(self._open is None, event, "inside an open step")
            case AnswerReady():
                self._require(self._open is None and not self._answered, event, "twice or early")
                self._answered = True
            case _:
                pass

    def _judging(self, event: SolveEvent) -> None:
        match event:
            case CheckFinished(step=step):
                self._require(step < self._next_step, event, "for a step that is not finished")
            case StepsWithdrawn(first=first):
                self._require(0 < first < self._next_step, event, "for a step that is not there")
                self._next_step, self._open, self._answered = first, None, False
            case EvidenceFound():
                self._require(self._answered, event, "before an answer")
            case SolveFinished(badge=badge):
                self._require(self._open is None, event, "inside an open step")
                self._require((badge is not None) == self._answered, event, "with the wrong badge")
            case SolveRefused():
                self._require(self._next_step == 1, event, "after steps")
            case _:
                pass

    @staticmethod
    def _require(fine: bool, event: SolveEvent, place: str) -> None:
        if not fine:
            msg = f"{type(event).__name__} {place}"
            raise GrammarError(msg)


def check_grammar(events: Iterable[SolveEvent]) -> None:
    """Check a whole stream.

    Raises:
        GrammarError: An event came where it may not, or the ending is missing.
    """
    checker = GrammarChecker()
    for event in events:
        checker.feed(event)
    checker.finish()
