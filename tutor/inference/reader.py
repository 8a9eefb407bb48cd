"""Reads a solution from the stream of a model's text: plan, thinking and steps, as early as is safe.

The format the prompts ask for is `Plan: …`, `Step 1: …`, `Step 2: …` (`计划：…`, `步骤1：…`). Small models write
headings, bold markers, numbered lists or bare paragraphs instead; those are read as well.
"""

from __future__ import annotations

import enum
import re
from dataclasses import dataclass

from tutor.inference.markers import (
    Marker,
    MarkerKind,
    continues_paragraph,
    is_settled,
    read_marker,
)
from tutor.inference.tags import TagReader

PREAMBLE_LIMIT = 400
"""Characters before the first marker that are held back; a longer text has no markers and is streamed."""


@dataclass(frozen=True, slots=True)
class PlanWritten:
    """The plan is complete.

    Attributes:
        text: Markdown, without the word that announced it.
    """

    text: str


@dataclass(frozen=True, slots=True)
class ThinkingWritten:
    """More of the model's thinking.

    Attributes:
        text: The new characters.
    """

    text: str


@dataclass(frozen=True, slots=True)
class StepOpened:
    """A step begins; it will not stay empty."""


@dataclass(frozen=True, slots=True)
class StepText:
    """More of the open step.

    Attributes:
        text: The new characters.
    """

    text: str


@dataclass(frozen=True, slots=True)
class StepClosed:
    """The open step is complete.

    Attributes:
        text: All of it: the texts of its `StepText` one after the other.
    """

    text: str


SolutionPart = PlanWritten | ThinkingWritten | StepOpened | StepText | StepClosed
"""What a reader finds."""


class _Mode(enum.Enum):
    """How the text is divided, as far as it has shown."""

    PREAMBLE = "preamble"
    PLAN = "plan"
    STEPS = "steps"
    ITEMS = "items"
    PARAGRAPHS = "paragraphs"


class SolutionReader:
    """Turns the stream of one generation into parts.

    Feed it the generation's prefix first, then what the model writes; how the text is cut does not matter.
    """

    def __init__(self, *, next_step: int = 1, thinking: bool = False) -> None:
        """Begin to read.

        Args:
            next_step: Number of the first step to be written; from 2 on there is no plan, and a text that does
                not begin with a marker continues that step.
            thinking: Whether the prompt has already opened the model's thinking.
        """
        self._tags = TagReader(thinking=thinking)
        self._mode = _Mode.PREAMBLE if next_step == 1 else _Mode.STEPS
        self._expected = next_step
        self._parts: list[SolutionPart] = []
        self._blocks = _Blocks()
        self._line = ""
        self._settled = False
        self._after_blank = False
        self._held = ""
        self._step: str | None = None
        self._space = ""

    def feed(self, text: str) -> tuple[SolutionPart, ...]:
        """What the next piece of text brings."""
        self._take_all(self._tags.feed(text))
        return self._drain()

    def finish(self) -> tuple[SolutionPart, ...]:
        """Close what is open; the text has ended."""
        self._take_all(self._tags.finish())
        if not self._settled and self._line:
            self._settle()
        if self._mode is _Mode.PLAN:
            self._end_plan()
        elif self._mode is _Mode.PREAMBLE:
            self._release()
        self._close()
        return self._drain()

    def _take_all(self, pieces: list[tuple[bool, str]]) -> None:
        for is_thinking, text in pieces:
            if is_thinking:
                self._parts.append(ThinkingWritten(text))
            else:
                self._take(text)

    def _drain(self) -> tuple[SolutionPart, ...]:
        parts, self._parts = self._parts, []
        return tuple(_joined(parts))

    def _take(self, text: str) -> None:
        position = 0
        while position < len(text):
            if not self._settled:
                position = self._take_character(text, position)
                continue
            newline = text.find("\n", position)
            end = len(text) if newline < 0 else newline
            self._line += text[position:end]
            self._write(text[position:end])
            position = end
            if newline >= 0:
                self._end_line()
                position += 1

    def _take_character(self, text: str, position: int) -> int:
        if text[position] != "\n":
            self._line += text[position]
            if is_settled(self._line):
                self._settle()
        elif not self._line.strip():
            self._line = ""
            self._after_blank = True
            self._write("\n")
        else:
            self._settle()
            self._end_line()
        return position + 1

    def _end_line(self) -> None:
        self._blocks.scan(self._line)
        self._line = ""
        self._settled = False
        self._after_blank = False
        self._write("\n")

    def _settle(self) -> None:
        """The beginning of the line is known: act on its marker, then write the rest."""
        self._settled = True
        marker, rest = (None, self._line) if self._blocks.in_code else read_marker(self._line)
        if marker is not None and self._obey(marker):
            self._write(marker.lead + rest)
            return
        if self._after_blank and self._begins_paragraph():
            self._turn_page()
        self._write(self._line)

    def _obey(self, marker: Marker) -> bool:
        """Act on a marker; false where it is no marker in this place."""
        match marker.kind:
            case MarkerKind.RULE:
                return not self._blocks.is_open
            case MarkerKind.STEP:
                self._open(_Mode.STEPS)
                return True
            case MarkerKind.ITEM:
                return self._obey_item(marker)
            case MarkerKind.PLAN if self._mode is _Mode.PREAMBLE and not self._held.strip():
                self._mode = _Mode.PLAN
                return True
            case MarkerKind.SECTION if self._mode is _Mode.PLAN or self._is_untouched():
                if self._mode is _Mode.PLAN:
                    self._end_plan()
                return True
            case _:
                return False

    def _obey_item(self, marker: Marker) -> bool:
        planned = self._mode is _Mode.PLAN and not (self._after_blank and self._plan_is_whole())
        fits = self._mode in {_Mode.PREAMBLE, _Mode.PLAN, _Mode.ITEMS} and not planned
        if not fits or self._blocks.is_open or marker.number != self._expected:
            return False
        self._open(_Mode.ITEMS)
        return True

    def _begins_paragraph(self) -> bool:
        return not self._blocks.is_open and not continues_paragraph(self._line)

    def _turn_page(self) -> None:
        """A new paragraph begins that has no marker."""
        if self._mode is _Mode.PLAN and self._plan_is_whole():
            self._end_plan()
            self._mode = _Mode.PARAGRAPHS
        elif self._mode is _Mode.PREAMBLE and self._plan_is_whole():
            self._release()
            self._close()
        elif self._mode is _Mode.PARAGRAPHS and not (self._step or "").endswith((":", "：")):
            self._close()

    def _plan_is_whole(self) -> bool:
        held = self._held.strip()
        return bool(held) and not held.endswith((":", "："))

    def _is_untouched(self) -> bool:
        return self._mode is _Mode.PREAMBLE and not self._held.strip()

    def _write(self, text: str) -> None:
        if self._mode in {_Mode.PLAN, _Mode.PREAMBLE}:
            self._held += text
            if self._mode is _Mode.PREAMBLE and len(self._held) > PREAMBLE_LIMIT:
                self._release()
        else:
            self._write_step(text)

    def _write_step(self, text: str) -> None:
        if self._step is None:
            text = text.lstrip()
            if not text:
                return
            self._step = ""
            self._parts.append(StepOpened())
        solid = text.rstrip()
        if not solid:
            self._space += text
            return
        new = self._space + solid
        self._space = text[len(solid) :]
        self._step += new
        self._parts.append(StepText(new))

    def _open(self, mode: _Mode) -> None:
        if self._mode in {_Mode.PLAN, _Mode.PREAMBLE}:
            self._end_plan()
        self._close()
        self._mode = mode
        self._expected += 1
        self._blocks = _Blocks()

    def _close(self) -> None:
        if self._step:
            self._parts.append(StepClosed(self._step))
        self._step = None
        self._space = ""

    def _end_plan(self) -> None:
        plan, self._held = self._held.strip(), ""
        self._mode = _Mode.PREAMBLE
        if plan:
            self._parts.append(PlanWritten(plan))

    def _release(self) -> None:
        """What came before any marker was no introduction but the solution itself."""
        held, self._held = self._held, ""
        self._mode = _Mode.PARAGRAPHS
        self._write_step(held)


class _Blocks:
    """Which multi-line constructs are open at the beginning of a line."""

    def __init__(self) -> None:
        self.in_code = False
        self._in_dollars = False
        self._in_brackets = False
        self._environments = 0

    @property
    def is_open(self) -> bool:
        """Whether the next line belongs to a code block or to a display."""
        return self.in_code or self._in_dollars or self._in_brackets or self._environments > 0

    def scan(self, line: str) -> None:
        """Take in a whole line."""
        if line.lstrip().startswith("```"):
            self.in_code = not self.in_code
        if self.in_code:
            return
        for token in _BLOCK_TOKEN.findall(line):
            self._take(token)

    def _take(self, token: str) -> None:
        if token == "$$":  # noqa: S105 - a delimiter of formulas
            self._in_dollars = not self._in_dollars
        elif token in {"\\[", "\\]"}:
            self._in_brackets = token == "\\["  # noqa: S105 - a delimiter of formulas
        elif token == "\\begin":  # noqa: S105 - LaTeX
            self._environments += 1
        elif token == "\\end":  # noqa: S105 - LaTeX
            self._environments = max(0, self._environments - 1)


_BLOCK_TOKEN = re.compile(r"\\\\|\$\$|\\\[|\\\]|\\begin\b|\\end\b")


def _joined(parts: list[SolutionPart]) -> list[SolutionPart]:
    """The parts, with neighbouring pieces of the same text put together."""
    joined: list[SolutionPart] = []
    for part in parts:
        last = joined[-1] if joined else None
        if isinstance(part, StepText) and isinstance(last, StepText):
            joined[-1] = StepText(last.text + part.text)
        elif isinstance(part, ThinkingWritten) and isinstance(last, ThinkingWritten):
            joined[-1] = ThinkingWritten(last.text + part.text)
        else:
            joined.append(part)
    return joined
