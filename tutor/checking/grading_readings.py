"""Ways of writing that only the other answer or the problem explains: counts, vectors, a value for pi, commas."""

from __future__ import annotations

import re

_COUNT = re.compile(
    r"\$?\s*(?P<kind>[CPA])\s?[(（]\s?(?P<all>\d{1,4})\s?[,，]\s?(?P<some>\d{1,4})\s?[)）]\s*\$?"
)
_VALUE_OF_PI = re.compile(
    r"(?:\\pi(?![A-Za-z])|π|\bpi\b)\$?\s?(?:=|≈|\\approx|as|to\s+be|be|取|is)\s?\$?(3\.1[46]\d{0,4})"
    r"|(?:\buse|\btake|\blet|\busing|用|取|以)\s?\$?(3\.1[46]\d{0,4})\$?\s?(?:for|as|作为|代替|当作)\s?(?:the\s+value\s+of\s+)?\$?(?:\\pi|π|pi\b)",
    re.IGNORECASE,
)
_PI = re.compile(r"\\pi(?![A-Za-z])|π")
_TUPLE = re.compile(r"\s*\$?\s*(?:\\left\s*)?(?:[(<⟨]|\\langle)[^()]*,.*", re.DOTALL)
_VECTOR = re.compile(
    r"\$?\s*(?:[-+]?\s?\d{0,6}(?:/\d{1,6})?\s?(?<![ijk])[ijk](?![A-Za-z])\s?){2,3}\$?"
)
_DECIMAL = re.compile(r"\$?(-?\d{1,9})([.,])(\d{1,9})\$?")


def reread(expected: str, given: str, problem: str) -> tuple[str, str]:
    """Both answers, with what is written in a way of its own put as the other one or the problem explains it."""
    ours, theirs = _counted(expected, given), _counted(given, expected)
    ours, theirs = _as_vector(ours, theirs), _as_vector(theirs, ours)
    value = _VALUE_OF_PI.search(problem)
    if value is not None and not _PI.search(theirs) and re.search(r"\d\.\d", theirs):
        ours = _PI.sub(f"{{({value[1] or value[2]})}}", ours)
    return ours, theirs


def _counted(text: str, other: str) -> str:
    """The number of choices that `C(5,2)` is beside a single number, where it can be no point."""
    match = _COUNT.fullmatch(text)
    if match is None or re.search(r"[,，]", other):
        return text
    if match["kind"] == "C":
        return rf"\binom{{{match['all']}}}{{{match['some']}}}"
    return rf"A_{{{match['all']}}}^{{{match['some']}}}"


def _as_vector(text: str, other: str) -> str:
    """`i+2j+3k` in letters of the base beside a vector with components."""
    if _VECTOR.fullmatch(text) is None or _TUPLE.fullmatch(other) is None:
        return text
    return re.sub("[ijk]", lambda match: rf"\mathbf{{{match[0]}}}", text)


def differ_by_comma(expected: str, given: str) -> bool:
    """Whether a decimal point stands in one number where a comma stands in the other."""
    ours, theirs = (_DECIMAL.fullmatch(text.strip()) for text in (expected, given))
    if ours is None or theirs is None:
        return False
    return ours.group(1, 3) == theirs.group(1, 3) and ours[2] != theirs[2]
