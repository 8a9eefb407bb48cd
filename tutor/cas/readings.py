r"""Formulas that can be read in two ways: a refutation must hold in both.

`\log` without a base is the decimal logarithm to schools and the natural one to calculus; `x=100,200` gives one
number or two; `\sin30` is often meant in degrees. The reader takes them as decimal, as one number and in radians.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TypeVar

from tutor.cas.findings import unknown
from tutor.cas.requests import CheckAnswer, CheckClaim, CompareAnswers, Finding, Truth
from tutor.support.codec import decode, encode
from tutor.support.i18n import N_

AMBIGUOUS = N_("It depends on the base of the logarithm, which is not written.")
ONE_OR_TWO = N_(
    "It depends on whether the comma separates two numbers or groups the digits of one."
)
DEGREES = N_("It is true if the angle is meant in degrees, which is not written.")

MIXED = N_("It depends on whether the number before the fraction is added to it or multiplies it.")

Request = TypeVar("Request", CheckClaim, CheckAnswer, CompareAnswers)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Reading:
    """Another way to read a formula.

    Attributes:
        pattern: What can be read otherwise, in JSON, where each backslash is doubled.
        replacement: How the other reading is written.
        message: What is said where the readings leave it open.
        decides: The truths of the other reading that are believed; any other leaves it open.
        where: What must be in a request, in JSON, for it to be read otherwise.
    """

    pattern: re.Pattern[str]
    replacement: str
    message: str
    decides: frozenset[Truth]
    where: re.Pattern[str] = re.compile("")


_READINGS = (
    _Reading(
        pattern=re.compile(r"\\\\log(?![A-Za-z])(?!\s*(?:\\\\limits\s*)?_)"),
        replacement=r"\\\\ln ",
        message=AMBIGUOUS,
        decides=frozenset({Truth.HOLDS, Truth.FAILS}),
    ),
    _Reading(
        pattern=re.compile(r'((?:["=]|,\s)\s*-?\d{1,3}|,\d{3}),(?=\d{3}(?:,\d{3})*\s*["=])'),
        replacement=r"\1, ",
        message=ONE_OR_TWO,
        decides=frozenset({Truth.HOLDS}),
    ),
    _Reading(
        pattern=re.compile(
            r"(\\\\(?:sin|cos|tan|cot|sec|csc)\s*(?:\\\\left)?[({]?\s*\d{2,})(?![\d.^]|\s*[\\A-Za-z])"
        ),
        replacement=r"\1^\\\\circ ",
        message=DEGREES,
        decides=frozenset({Truth.FAILS}),
    ),
)
_IN_STEPS = (
    *_READINGS,
    _Reading(
        pattern=re.compile(
            r"\s*\^\s*(?:\{\s*\\\\circ\s*\}|\\\\circ(?![A-Za-z]))|°|\\\\degree(?![A-Za-z])"
        ),
        replacement=" ",
        message=DEGREES,
        decides=frozenset({Truth.FAILS}),
    ),
    _Reading(
        pattern=re.compile(
            r"(\\\\(?:arcsin|arccos|arctan|(?:sin|cos|tan)\s*\^\s*\{\s*-\s*1\s*\})(?![A-Za-z]))"
        ),
        replacement=r"\\\\frac{180}{\\\\pi}\\\\cdot\1",
        message=DEGREES,
        decides=frozenset({Truth.FAILS}),
    ),
    _Reading(
        pattern=re.compile(
            r"(\\\\(?:sin|cos|tan)(?:\s*\^\s*\{?2\}?)?(?![A-Za-z])\s*(?:\\\\left)?\(?\s*(?:\d(?![\d.]))?"
            r"(?:[A-Za-z]|\\\\(?:theta|alpha|beta|phi|varphi))(?![A-Za-z^(]))"
        ),
        replacement=r"\1^\\\\circ ",
        message=DEGREES,
        decides=frozenset({Truth.FAILS}),
        where=re.compile(
            r'"(?:latex|answer)": "(?:[^"]*=)?\s*-?\d{2,3}(?:\.\d+)?\s*(?:[",;]|\\\\text|or)'
        ),
    ),
    _Reading(
        pattern=re.compile(r"(\d)\s*(?=\\\\[dt]?frac(?![A-Za-z]))"),
        replacement=r"\1\\\\cdot ",
        message=MIXED,
        decides=frozenset({Truth.FAILS}),
    ),
)


def in_either_reading(request: Request, judge: Callable[[Request], Finding]) -> Finding:
    """What `judge` finds, with a second look where it refutes what can be read in another way."""
    finding = judge(request)
    for reading in _IN_STEPS:
        if finding.truth is not Truth.FAILS:
            return finding
        other = _read_as(reading, request)
        if other != request:
            again = judge(other)
            if again.truth not in reading.decides:
                finding = unknown(reading.message)
            elif again.truth is not Truth.FAILS:
                finding = again
    return finding


def other_readings(request: Request) -> Iterator[tuple[Request, str]]:
    """A request in each other reading of its formulas, with what is said where they do not agree."""
    for reading in _READINGS:
        other = _read_as(reading, request)
        if other != request:
            yield other, reading.message


def _read_as(reading: _Reading, request: Request) -> Request:
    text = json.dumps(encode(request), ensure_ascii=False)
    if reading.where.search(text) is None:
        return request
    return decode(type(request), json.loads(reading.pattern.sub(reading.replacement, text)))
