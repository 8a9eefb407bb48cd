"""The written side of a solve: the model's text as events, with steps numbered and taken back."""

from __future__ import annotations

from collections.abc import Iterator

from tutor.core.events import (
    PlanReady,
    SolveEvent,
    StepStarted,
    TextDelta,
    ThinkingDelta,
)
from tutor.core.solution import Step
from tutor.inference.looping import is_looping
from tutor.inference.reader import (
    PlanWritten,
    SolutionPart,
    SolutionReader,
    StepClosed,
    StepOpened,
    StepText,
    ThinkingWritten,
)

MAX_REPEATED = 2
"""Repeated steps in a row after which the model is not listened to any more."""


class Manuscript:
    """The steps written so far, across corrections.

    Attributes:
        steps: The finished steps.
        plan: The plan, or an empty string.
        cut_off: Places of the finished steps that end in the middle.
        open_text: What is written of the step under way; `None` when none is open.
        tail: The last characters of the current generation.
    """

    TAIL = 2_000

    def __init__(self) -> None:
        self.steps: list[Step] = []
        self.plan = ""
        self.cut_off: frozenset[int] = frozenset()
        self.open_text: str | None = None
        self.tail = ""
        self._reader = SolutionReader()

    @property
    def is_going_in_circles(self) -> bool:
        """Whether the text repeats itself without end, or whole steps come again."""
        return is_looping(self.tail) or self._repeated_steps() >= MAX_REPEATED

    def feed(self, text: str) -> Iterator[SolveEvent | Step]:
        """The events that more text brings; a `Step` stands where a `StepFinished` is due."""
        self.tail = (self.tail + text)[-self.TAIL :]
        yield from self._events(self._reader.feed(text))

    def finish(self, *, is_cut_off: bool = False) -> Iterator[SolveEvent | Step]:
        """The events that the end of the text brings; one that is cut off ends in the middle of its last step."""
        yield from self._events(self._reader.finish())
        if is_cut_off:
            self.cut_off |= {len(self.steps)}

    def restart(self, first: int) -> None:
        """Take back the steps from `first` on; the next text begins with that step."""
        self.steps = [step for step in self.steps if step.index < first]
        self.cut_off = frozenset(index for index in self.cut_off if index < first)
        self.open_text = None
        self.tail = ""
        self._reader = SolutionReader(next_step=first)

    def go_on(self) -> None:
        """Read what follows as one more step."""
        self.tail = ""
        self._reader = SolutionReader(next_step=len(self.steps) + 1)

    def _repeated_steps(self) -> int:
        """How many of the newest steps say what earlier ones said."""
        texts = [" ".join(step.text.split()) for step in self.steps]
        count = 0
        while count < len(texts) and texts[-1 - count] in texts[: -1 - count]:
            count += 1
        return count

    def _events(self, parts: tuple[SolutionPart, ...]) -> Iterator[SolveEvent | Step]:
        for part in parts:
            match part:
                case PlanWritten(text=text):
                    if not self.plan and not self.steps:
                        self.plan = text
                        yield PlanReady(text=text)
                case ThinkingWritten(text=text):
                    if self.open_text is None:
                        yield ThinkingDelta(text=text)
                case StepOpened():
                    self.open_text = ""
                    yield StepStarted(index=len(self.steps) + 1)
                case StepText(text=text):
                    self.open_text = (self.open_text or "") + text
                    yield TextDelta(index=len(self.steps) + 1, text=text)
                case StepClosed(text=text):
                    self.open_text = None
                    self.steps.append(Step(index=len(self.steps) + 1, text=text))
                    yield self.steps[-1]
