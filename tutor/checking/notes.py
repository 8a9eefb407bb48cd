"""A person's own work as text: a problem, if it is told, and one line a step."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass

from tutor.mathtext.spans import split_spans

_PROBLEM = re.compile(
    r"\s*(?:#{1,6}\s*)?(?:\*\*)?(?:problem|question|题目|问题|题)\s*[:：]?(?:\*\*)?\s*[:：]?\s*(.*)",
    re.IGNORECASE,
)
_HEADING = re.compile(
    r"\s*(?:#{1,6}\s.*|(?:solution|answer|work|解答|解|答)\s*[:：]\s*)", re.IGNORECASE
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Notes:
    """What a text of notes holds.

    Attributes:
        problem: The problem's text; empty where none is told.
        steps: The lines of the work, without headings and empty lines.
    """

    problem: str
    steps: tuple[str, ...]


def read_notes(text: str) -> Notes:
    """Read notes: `Problem: …` up to an empty line or a heading, then one line a step.

    A formula over several lines is one line.
    """
    lines = _lines(text.replace("\r\n", "\n").removeprefix("\ufeff"))
    start = next((place for place, line in enumerate(lines) if line.strip()), len(lines))
    problem: list[str] = []
    told = _PROBLEM.fullmatch(lines[start]) if start < len(lines) else None
    if told is not None:
        problem.append(told[1])
        start += 1
        while start < len(lines) and not _HEADING.fullmatch(lines[start]):
            if not lines[start].strip() and any(part.strip() for part in problem):
                break
            problem.append(lines[start])
            start += 1
    steps = (line.strip() for line in lines[start:] if not _HEADING.fullmatch(line))
    return Notes(problem="\n".join(problem).strip(), steps=tuple(step for step in steps if step))


def _lines(text: str) -> list[str]:
    """The lines, cut where no formula is open."""
    cuts = [
        span.start + match.start()
        for span in split_spans(text)
        if not span.is_math
        for match in re.finditer("\n", span.text)
    ]
    edges = [-1, *cuts, len(text)]
    return [text[a + 1 : b] for a, b in itertools.pairwise(edges)]
