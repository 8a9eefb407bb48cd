"""How well LaTeX is read: spans whose meaning is known, through our reader and through those of others."""

from __future__ import annotations

import statistics
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice
from typing import Any, cast

from tutor.core.errors import WorkerError
from tutor.support.codec import JsonValue
from tutor.support.rows import read_rows
from tutor.workers.host import WorkerProcess

OURS = "ours"
RIVALS = ("latex2sympy2_extended", "sympy antlr")
DEADLINE = 10.0
"""Seconds that reading or comparing may take before the process is killed."""

_PROGRAM = [sys.executable, "-P", "-m", "tutor.bench.rivals.readers"]
_WARM_UP = (r"\frac{1}{2}+x", r"x=\sqrt{2}", r"\int_0^1 x^2 \, dx", r"\sin(2x)<1")


class Verdict(StrEnum):
    """What became of a span."""

    RIGHT = "right"
    WRONG = "silently wrong"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A formula and what it means.

    Attributes:
        id: Its name in the data.
        latex: The formula.
        expect: What sort of thing it is; `reject` where it must be refused.
        gold_srepr: Its statements, in SymPy's `srepr`; nothing where it must be refused.
    """

    id: str
    latex: str
    expect: str
    gold_srepr: tuple[dict[str, str], ...] | None = None

    @property
    def must_be_refused(self) -> bool:
        """Whether nobody can know what it means."""
        return self.expect == "reject"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What a reader made of a formula.

    Attributes:
        parts: Its statements, `None` where it was refused.
        reason: Why it was refused.
        seconds: How long it took.
    """

    parts: tuple[Mapping[str, str], ...] | None
    reason: str
    seconds: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of a span.

    Attributes:
        reader: Whose reading it is.
        span: The span.
        reading: What was made of it.
        verdict: How that compares with what the span means.
    """

    reader: str
    span: Span
    reading: Reading
    verdict: Verdict


class RemoteReader:
    """A reader in a process of its own, started again when it hangs or dies.

    Attributes:
        name: Whose reader it is.
    """

    def __init__(self, name: str) -> None:
        self.name = name
        self._process = self._started()

    def __enter__(self) -> RemoteReader:
        return self

    def __exit__(self, *_: object) -> None:
        self._process.kill()

    def read(self, latex: str) -> Reading:
        """What the formula means to this reader; too slow or dead is refused."""
        body = cast("Mapping[str, Any] | None", self._ask("read", latex))
        if body is None:
            return Reading(parts=None, reason="killed", seconds=DEADLINE)
        parts = body.get("parts")
        return Reading(
            parts=None if parts is None else tuple(parts),
            reason=body.get("refusal", ""),
            seconds=body["seconds"],
        )

    def same(
        self, left: Sequence[Mapping[str, str]], right: Sequence[Mapping[str, str]]
    ) -> bool | None:
        """Whether two meanings are equal; `None` where it cannot be said."""
        return cast("bool | None", self._ask("same", [list(left), list(right)]))

    def _ask(self, op: str, body: JsonValue) -> JsonValue:
        try:
            self._process.send(op, body)
            return self._process.receive(DEADLINE).body
        except (TimeoutError, WorkerError):
            self._process.kill()
            self._process = self._started()
            return None

    def _started(self) -> WorkerProcess:
        process = WorkerProcess(self.name, program=_PROGRAM)
        process.start()
        process.greet()
        for latex in _WARM_UP:
            process.send("read", latex)
            process.receive(DEADLINE)
        return process


def run(source: str, *, every: int = 1) -> Iterator[Outcome]:
    """Read spans of known meaning with our reader and the others, reader by reader.

    Args:
        source: A file of `Span` rows, or `-`.
        every: Take each so-manieth row only.

    Raises:
        InputError: The file cannot be used.
    """
    spans = list(islice(read_rows(Span, source), 0, None, every))
    with RemoteReader(OURS) as judge:
        for name in (OURS, *RIVALS):
            with RemoteReader(name) as reader:
                for span in spans:
                    yield _outcome(span, reader, judge)


def _outcome(span: Span, reader: RemoteReader, judge: RemoteReader) -> Outcome:
    reading = reader.read(span.latex)
    if reading.parts is None:
        verdict = Verdict.REFUSED
    elif span.gold_srepr is not None and judge.same(reading.parts, span.gold_srepr):
        verdict = Verdict.RIGHT
    else:
        verdict = Verdict.WRONG
    return Outcome(reader=reader.name, span=span, reading=reading, verdict=verdict)


def table(outcomes: Sequence[Outcome]) -> Iterator[str]:
    """The figures of each reader, one line each under a heading.

    `right` and `refused` are shares of the spans that have a meaning, `silently wrong` of all spans.
    """
    yield (
        f"{'reader':<24}{'spans':>6}{'right':>8}{'silently wrong':>16}{'refused':>9}"
        f"{'must refuse':>13}{'median ms':>11}{'p99 ms':>9}{'max ms':>9}"
    )
    for name in dict.fromkeys(one.reader for one in outcomes):
        yield _line(name, [one for one in outcomes if one.reader == name])


def _line(name: str, outcomes: Sequence[Outcome]) -> str:
    plain = [one for one in outcomes if not one.span.must_be_refused]
    hopeless = [one for one in outcomes if one.span.must_be_refused]
    wrong = _count(outcomes, Verdict.WRONG) / max(1, len(outcomes))
    right, refused = (
        _count(plain, verdict) / max(1, len(plain)) for verdict in (Verdict.RIGHT, Verdict.REFUSED)
    )
    times = sorted(1000 * one.reading.seconds for one in outcomes)
    return (
        f"{name:<24}{len(outcomes):>6}{right:>8.1%}{wrong:>16.1%}{refused:>9.1%}"
        f"{_count(hopeless, Verdict.REFUSED):>8} / {len(hopeless):<2}"
        f"{statistics.median(times):>11.2f}{times[int(len(times) * 0.99)]:>9.1f}{times[-1]:>9.1f}"
    )


def fallback(outcomes: Sequence[Outcome], name: str = RIVALS[0]) -> str:
    """What another reader would add, were it asked about what ours refuses."""
    refused = {o.span.id for o in outcomes if o.reader == OURS and o.verdict is Verdict.REFUSED}
    asked = [one for one in outcomes if one.reader == name and one.span.id in refused]
    right, wrong = _count(asked, Verdict.RIGHT), _count(asked, Verdict.WRONG)
    return f"{name} on the {len(refused)} that ours refuses: {right} right, {wrong} wrong"


def _count(outcomes: Sequence[Outcome], verdict: Verdict) -> int:
    return sum(one.verdict is verdict for one in outcomes)


def misses(outcomes: Sequence[Outcome], reader: str = OURS) -> Iterator[str]:
    """What one reader read wrongly, or refused without need, one line each."""
    for one in outcomes:
        is_fine = (one.verdict is Verdict.REFUSED) == one.span.must_be_refused
        if one.reader == reader and not (is_fine and one.verdict is not Verdict.WRONG):
            yield f"{one.verdict.value:<15}{one.span.id}  {one.span.latex}  {one.reading.reason}"
