"""The model as author: begins, goes on after a correction, and is asked for an answer it forgot."""

from __future__ import annotations

import enum
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from tutor.core.check import Check
from tutor.core.events import Progress, SolveEvent, Stage
from tutor.core.problem import Problem
from tutor.core.solution import Step, Usage
from tutor.inference.messages import (
    Finish,
    Generation,
    GenerationFailed,
    GenerationFinished,
    Message,
    Model,
    ModelEvent,
    ModelLoading,
    ModelVerifying,
    PromptReading,
    RunningGeneration,
    TextWritten,
)
from tutor.inference.prompting import (
    answer_prefix,
    correction_messages,
    solve_messages,
    written_text,
)
from tutor.solver.options import SolveOptions
from tutor.solver.writing import Manuscript
from tutor.support.i18n import Translator

ANSWER_TOKENS = 96
"""Most tokens for an answer that is asked for at the end."""

CORRECTION_TEMPERATURE = 0.5
"""What was likeliest was wrong, so a correction is drawn more freely."""

TOKENS = 1536
THINKING_TOKENS = 3072
"""Most tokens where the learner sets no limit, without and with thinking."""

LEAST_BUDGET = 48
"""With fewer tokens left nothing new is begun."""


class Halt(enum.Enum):
    """Why nothing is being written."""

    NOT_YET = "not yet"
    WRITTEN = "written"
    CONCLUDED = "concluded"
    """The answer was asked for and written."""


@dataclass(frozen=True, slots=True)
class Written:
    """An event of one generation.

    Attributes:
        number: Which generation it belongs to.
        event: What the model said.
    """

    number: int
    event: ModelEvent


class Author:
    """Runs one generation after another and turns their events into the solve's.

    Attributes:
        halt: Why nothing is being written; `NOT_YET` before the first text is complete.
        tokens: Tokens written so far.
    """

    def __init__(
        self,
        problem: Problem,
        model: Model,
        options: SolveOptions,
        sink: Callable[[Written], None],
    ) -> None:
        self.halt = Halt.NOT_YET
        self.tokens = 0
        self._problem = problem
        self._model = model
        self._options = options
        self._sink = sink
        self._manuscript = Manuscript()
        self._number = 0
        self._running: RunningGeneration | None = None
        self._waiting: Generation | None = None
        self._lead = ""
        self._cut_off = False
        self._started = time.monotonic()
        self._prompt_tokens = 0
        self._finished_tokens = 0
        self._writing_seconds = 0.0
        self._running_seconds = 0.0
        self._begun = 0

    @property
    def is_writing(self) -> bool:
        """Whether a generation runs or waits to begin."""
        return self._running is not None

    @property
    def steps(self) -> Sequence[Step]:
        """The finished steps."""
        return self._manuscript.steps

    @property
    def cut_off(self) -> frozenset[int]:
        """Places of the finished steps that end in the middle."""
        return self._manuscript.cut_off

    @property
    def has_budget(self) -> bool:
        """Whether enough tokens are left to begin something new."""
        return self._budget() >= LEAST_BUDGET

    @property
    def has_tokens(self) -> bool:
        """Whether any token is left."""
        return self._budget() > 0

    def begin(self) -> None:
        """Have the solution written."""
        messages = self._messages()
        self._start(self._generation(messages, "", self._budget() - self._reserve()))

    def correct(self, first: int, check: Check) -> None:
        """Take back the steps from `first` on and have them written again."""
        self.halt = Halt.NOT_YET
        wrong = next((s.text for s in self._manuscript.steps if s.index == first), "")
        self._manuscript.restart(first)
        messages, prefix = correction_messages(
            self._problem.text,
            self._problem.language,
            self._so_far(),
            wrong,
            first,
            self._reason(check),
            thinks=self._model.thinks,
        )
        generation = self._generation(
            messages, prefix, self._budget() - self._reserve(), temperature=CORRECTION_TEMPERATURE
        )
        self._replace(generation)

    def ask_for_answer(self) -> None:
        """Have the final answer written to a solution that ended without one."""
        self.halt = Halt.CONCLUDED
        messages = self._messages()
        prefix = answer_prefix(self._problem.language)
        self._manuscript.go_on()
        whole = self._so_far() + prefix
        tokens = min(ANSWER_TOKENS, self._budget())
        self._start(self._generation(messages, whole, tokens, stop=("\n",)), lead=prefix)

    def take(self, written: Written) -> Iterator[SolveEvent | Step]:
        """The events that follow from one of the model's; a `Step` stands for a finished step.

        Raises:
            TutorError: The model could not go on.
        """
        if written.number != self._number and not isinstance(
            written.event, GenerationFinished | GenerationFailed
        ):
            return
        match written.event:
            case ModelVerifying(fraction=fraction):
                yield Progress(stage=Stage.VERIFYING, fraction=fraction)
            case ModelLoading():
                yield Progress(stage=Stage.LOADING)
            case PromptReading(fraction=fraction):
                yield Progress(stage=Stage.READING, tokens=self.tokens, fraction=fraction)
            case TextWritten():
                yield from self._take_text(written.event)
            case GenerationFinished():
                yield from self._take_end(written)
            case GenerationFailed(error=error):
                self._running = None
                raise error

    def stop(self) -> None:
        """Stop computing; nothing more is written."""
        if self._running is not None:
            self._running.cancel()
        self._running = self._waiting = None

    def usage(self) -> Usage:
        """What has been spent so far."""
        seconds = self._writing_seconds + self._running_seconds
        return Usage(
            prompt_tokens=self._prompt_tokens,
            tokens=self.tokens,
            seconds=time.monotonic() - self._started,
            tokens_per_second=self.tokens / seconds if seconds > 0 else 0.0,
        )

    def _take_text(self, event: TextWritten) -> Iterator[SolveEvent | Step]:
        if self._cut_off:
            return
        self.tokens = self._finished_tokens + event.tokens
        if event.tokens_per_second > 0:
            self._running_seconds = event.tokens / event.tokens_per_second
        lead, self._lead = self._lead, ""
        yield from self._manuscript.feed(lead + event.text)
        yield Progress(
            stage=Stage.WRITING, tokens=self.tokens, tokens_per_second=event.tokens_per_second
        )
        if self._manuscript.is_going_in_circles and self._running is not None:
            self._cut_off = True
            self._running.cancel()

    def _take_end(self, written: Written) -> Iterator[SolveEvent | Step]:
        event = written.event
        assert isinstance(event, GenerationFinished)  # noqa: S101 - narrows the type
        self._finished_tokens += event.tokens
        self._prompt_tokens += event.prompt_tokens
        self._writing_seconds += event.writing_seconds
        self._running_seconds = 0.0
        self.tokens = self._finished_tokens
        if self._waiting is not None:
            generation, self._waiting = self._waiting, None
            self._start(generation)
        elif written.number == self._number:
            self._running = None
            if self.halt is Halt.NOT_YET:
                self.halt = Halt.WRITTEN
            yield from self._manuscript.finish(is_cut_off=event.finish is not Finish.STOP)

    def _replace(self, generation: Generation) -> None:
        """Start a generation as soon as the one under way has ended."""
        if self._running is None:
            self._start(generation)
            return
        self._waiting = generation
        self._number += 1
        self._running.cancel()

    def _start(self, generation: Generation, lead: str | None = None) -> None:
        """Start; `lead` is the end of the prefix that the learner has not seen, all of it by default."""
        self._number += 1
        self._begun += 1
        self._cut_off = False
        number = self._number
        self._lead = generation.prefix if lead is None else lead
        self._running = self._model.generate(generation, lambda e: self._sink(Written(number, e)))

    def _generation(
        self,
        messages: tuple[Message, ...],
        prefix: str,
        max_tokens: int,
        *,
        temperature: float = 0.0,
        stop: tuple[str, ...] = (),
    ) -> Generation:
        return Generation(
            messages=messages,
            prefix=prefix,
            max_tokens=max_tokens,
            seed=self._options.seed + self._begun,
            temperature=temperature,
            stop=stop,
        )

    def _reason(self, check: Check) -> str:
        """What is wrong, for the model.

        A counterexample helps one that thinks; a small one copies its numbers into the corrected step.
        """
        fault = f"${check.claim.latex}$"
        if check.evidence is None or not self._model.thinks:
            return fault
        details = {name: f"${latex}$" for name, latex in check.evidence.details.items()}
        return f"{fault}: {Translator(self._problem.language)(check.evidence.message, **details)}"

    def _so_far(self) -> str:
        steps = [step.text for step in self._manuscript.steps]
        return written_text(self._manuscript.plan, steps, self._problem.language)

    def _reserve(self) -> int:
        """Tokens kept back for an answer that may have to be asked for."""
        return min(ANSWER_TOKENS, self._budget() // 8)

    def _messages(self) -> tuple[Message, ...]:
        problem = self._problem
        return solve_messages(problem.text, problem.language, thinks=self._model.thinks)

    def _budget(self) -> int:
        usual = THINKING_TOKENS if self._model.thinks else TOKENS
        return (self._options.max_tokens or usual) - self.tokens
