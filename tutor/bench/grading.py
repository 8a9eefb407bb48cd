"""How well answers are graded: pairs with the grade they deserve, through ours and through Math-Verify."""

from __future__ import annotations

import statistics
import sys
import time
import tomllib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from tutor.cas.client import CasClient
from tutor.checking.grading import grade
from tutor.core.errors import InputError, WorkerError
from tutor.core.grade import Grade
from tutor.support.codec import CodecError, decode_row
from tutor.support.file_errors import unreadable
from tutor.support.i18n import N_
from tutor.support.rows import read_rows
from tutor.workers.host import WorkerProcess

OURS, RIVAL = "ours", "math-verify"
DEADLINE = 10.0
"""Seconds that the other grader may take before its process is killed."""

_PROGRAM = [sys.executable, "-P", "-m", "tutor.bench.rivals.grader"]
_WARM_UP = (("1", "1"), (r"\frac{1}{2}+x", r"x+0.5"), (r"\{1,2\}", r"x=1"), ("(1,2)", "x>1"))


@dataclass(frozen=True, slots=True, kw_only=True)
class RatedPair:
    """Two answers and the grade that the second deserves beside the first.

    Attributes:
        expected: The expected answer.
        given: The answer to be graded.
        grade: The grade it deserves.
        problem: The problem's text, if it matters.
        type: The kind of answer, as a data set names it.
    """

    expected: str
    given: str
    grade: Grade
    problem: str = ""
    type: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What a grader said of a pair.

    Attributes:
        grader: Whose judgement it is.
        pair: The pair.
        accepts: Whether the answer was accepted; `None` where it was neither accepted nor rejected.
        grade: The grade, where there is one.
        seconds: How long it took.
    """

    grader: str
    pair: RatedPair
    accepts: bool | None
    grade: Grade | None
    seconds: float

    @property
    def is_wrong_accept(self) -> bool:
        """Whether a wrong answer was accepted."""
        return self.accepts is True and not self.pair.grade.accepts

    @property
    def is_wrong_reject(self) -> bool:
        """Whether a right answer was rejected."""
        return self.accepts is False and self.pair.grade.accepts


def read_pairs(source: str) -> Iterator[RatedPair]:
    """The pairs of a table: `[[pair]]` in TOML, or rows of JSON.

    Raises:
        InputError: The file cannot be used.
    """
    if not source.endswith(".toml"):
        yield from read_rows(RatedPair, source)
        return
    try:
        table = tomllib.loads(Path(source).read_text(encoding="utf-8"))
        yield from (decode_row(RatedPair, row) for row in table.get("pair", []))
    except OSError as error:
        found = unreadable(error, source)
        raise InputError(found.template, places=found.places) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, CodecError) as error:
        raise InputError(
            N_("{file} cannot be read: {reason}"), places={"file": source, "reason": error}
        ) from None


class Rival:
    """Math-Verify in a process of its own, started again when it hangs or dies."""

    def __init__(self) -> None:
        self._process = self._started()

    def __enter__(self) -> Rival:
        return self

    def __exit__(self, *_: object) -> None:
        self._process.kill()

    def accepts(self, expected: str, given: str) -> bool | None:
        """Whether the answer is accepted; `None` where it was not read, or took too long."""
        try:
            self._process.send("verify", [expected, given])
            body = self._process.receive(DEADLINE).body
        except (TimeoutError, WorkerError):
            self._process.kill()
            self._process = self._started()
            return None
        return body if isinstance(body, bool) else None

    def _started(self) -> WorkerProcess:
        process = WorkerProcess("grader", program=_PROGRAM)
        process.start()
        process.greet()
        for pair in _WARM_UP:
            process.send("verify", list(pair))
            process.receive(DEADLINE)
        return process


def run(source: str, *, every: int = 1, rival: bool = True) -> Iterator[Outcome]:
    """Grade the pairs of a table, each by ours and then by the other grader.

    Args:
        source: A file for `read_pairs`.
        every: Take each so-manieth pair only.
        rival: Whether the other grader is asked too.

    Raises:
        InputError: The file cannot be used.
        WorkerStartError: The other grader is not installed.
    """
    pairs = list(islice(read_pairs(source), 0, None, every))
    with CasClient() as cas:
        for pair in _WARM_UP:
            grade(*pair, "", cas)
        yield from (_timed(OURS, pair, _by_us(cas)) for pair in pairs)
    if not rival:
        return
    with Rival() as other:
        yield from (_timed(RIVAL, pair, _by_them(other)) for pair in pairs)


_Judge = Callable[[RatedPair], tuple[bool | None, Grade | None]]


def _by_us(cas: CasClient) -> _Judge:
    def judge(pair: RatedPair) -> tuple[bool | None, Grade | None]:
        found = grade(pair.expected, pair.given, pair.problem, cas, kind=pair.type).grade
        is_open = found in (Grade.UNDECIDED, Grade.UNREAD)
        return None if is_open else found.accepts, found

    return judge


def _by_them(rival: Rival) -> _Judge:
    return lambda pair: (rival.accepts(pair.expected, pair.given), None)


def _timed(grader: str, pair: RatedPair, judge: _Judge) -> Outcome:
    begin = time.perf_counter()
    accepts, found = judge(pair)
    seconds = time.perf_counter() - begin
    return Outcome(grader=grader, pair=pair, accepts=accepts, grade=found, seconds=seconds)


def table(outcomes: Sequence[Outcome]) -> list[str]:
    """The figures of each grader, as lines of a table."""
    lines = [
        f"{'grader':12} {'pairs':>6} {'wrong accepts':>14} {'wrong rejects':>14} {'undecided':>10}"
        f" {'exact grade':>12} {'median':>9} {'p99':>9} {'total':>8}"
    ]
    for name in dict.fromkeys(one.grader for one in outcomes):
        lines.append(_line(name, [one for one in outcomes if one.grader == name]))
    return lines


def _line(name: str, outcomes: Sequence[Outcome]) -> str:
    times = sorted(one.seconds for one in outcomes)
    wrong = sum(one.is_wrong_accept for one in outcomes)
    rejected = sum(one.is_wrong_reject for one in outcomes)
    undecided = sum(one.accepts is None for one in outcomes)
    exact = sum(one.grade is one.pair.grade for one in outcomes)
    shown = str(exact) if any(one.grade is not None for one in outcomes) else "–"
    p99 = times[min(len(times) - 1, int(len(times) * 0.99))]
    return (
        f"{name:12} {len(outcomes):6} {wrong:14} {rejected:14} {undecided:10} {shown:>12}"
        f" {statistics.median(times) * 1000:6.1f} ms {p99 * 1000:6.1f} ms {sum(times):6.2f} s"
    )


_SAID = {True: "accepted", False: "rejected", None: "open"}


def faults(outcomes: Sequence[Outcome]) -> Iterator[str]:
    """The pairs that a grader got wrong or left open, one a line."""
    for one in outcomes:
        is_fault = one.is_wrong_accept or one.is_wrong_reject
        if is_fault or (one.grade is not None and one.grade is not one.pair.grade):
            said = one.grade.value if one.grade is not None else _SAID[one.accepts]
            pair = one.pair
            yield f"{one.grader}: {pair.expected} | {pair.given} | {pair.grade}, not {said}"
