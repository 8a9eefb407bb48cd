"""The beginning of a line in a model's text: does it open the plan, a step, or nothing?

A line is looked at character by character until its beginning is settled, so that the answer does not depend
on how the stream was cut.
"""

from __future__ import annotations

import enum
import re
from dataclasses import dataclass


class MarkerKind(enum.Enum):
    """What the beginning of a line announces."""

    PLAN = "plan"
    SECTION = "section"
    STEP = "step"
    ITEM = "item"
    RULE = "rule"


@dataclass(frozen=True, slots=True, kw_only=True)
class Marker:
    """An announcement at the beginning of a line.

    Attributes:
        kind: What it announces.
        number: The number of a list item; 0 for everything else.
        lead: How the announced text begins, where the marker opened emphasis that it did not close.
    """

    kind: MarkerKind
    number: int = 0
    lead: str = ""


_DECOR = (
    r"(?P<decor>[ \t]{0,3}(?:>[ \t]*)?(?:#{1,6}[ \t]*)?(?:[-*+][ \t]+)?(?P<run>\*{1,3})?[ \t]*)"
)
_COUNT = r"[ \t]*(?:\d{1,3}|[一二三四五六七八九十]{1,3})"
_STEP = rf"step(?:[ \t]*#)?{_COUNT}|步骤{_COUNT}|第{_COUNT}[ \t]*步"
_PLAN_WORDS = ("plan", "计划", "思路", "解题思路", "解题计划")
_SECTION_WORDS = (
    *("solution", "solution steps", "steps", "step-by-step solution"),
    *("解", "解答", "步骤", "解题步骤", "解题过程", "解答过程"),
)
_WORDS = (*_PLAN_WORDS, *_SECTION_WORDS)
_TAIL = r"(?P<tail>[ \t*]*[:：.、,，)）—–-]?[ \t*]*)"
_LINE = re.compile(
    rf"{_DECOR}(?:(?P<step>{_STEP})|(?P<item>\d{{1,2}})(?=[.)、])"
    rf"|(?P<plan>{'|'.join(sorted(_PLAN_WORDS, key=len, reverse=True))})"
    rf"|(?P<section>{'|'.join(sorted(_SECTION_WORDS, key=len, reverse=True))})){_TAIL}",
    re.IGNORECASE,
)
_RULE = re.compile(r"[ \t]*([-*_=])(?:[ \t]*\1){2,}[ \t]*")
_DECOR_ONLY = re.compile(r"[ \t#>*+_=-]{0,80}")
_HEAD_BEGUN = re.compile(
    r"step(?:[ \t]*#)?[ \t]*\d{0,3}|\d{1,2}|(?:step(?:[ \t]*#)?|步骤)[ \t]*[一二三四五六七八九十]{0,3}"
    r"|步骤[ \t]*\d{0,3}|第[ \t]*(?:\d{0,3}|[一二三四五六七八九十]{0,3})[ \t]*",
    re.IGNORECASE,
)
_BLOCK_WORDS = ("$$", "\\[", "\\begin")
_SEPARATOR = re.compile(r"[ \t]*[:：.、,，)）—–-]?[ \t]*")
_CONTINUATION = re.compile(
    r"[ \t]{2,}\S|[ \t]*(?:[-*+•][ \t]|\d{1,2}[.)、]|\(\d|[|>]|\$\$|\\\[|\\begin)"
)


def is_settled(line: str) -> bool:
    """Whether enough of a line is there to say what it begins with; `line` holds no newline."""
    if _DECOR_ONLY.fullmatch(line):
        return False
    rest = line.lstrip(" \t#>*+-").lower()
    if any(word.startswith(rest) for word in (*_WORDS, *_BLOCK_WORDS)):
        return False
    if _HEAD_BEGUN.fullmatch(rest):
        return False
    return _LINE.fullmatch(line) is None


def read_marker(line: str) -> tuple[Marker | None, str]:
    """The marker that a settled or whole line begins with, and the text after it."""
    if _RULE.fullmatch(line):
        return Marker(kind=MarkerKind.RULE), ""
    match = _LINE.match(line)
    if match is None or not _is_marker(match, at_end=match.end() == len(line)):
        return None, line
    marker = Marker(kind=_kind(match), number=int(match["item"] or 0), lead=_lead(match))
    return marker, line[match.end() :]


def continues_paragraph(line: str) -> bool:
    """Whether a line after a blank one still belongs to the paragraph before: a list, a display, an indent."""
    return _CONTINUATION.match(line) is not None


def _kind(match: re.Match[str]) -> MarkerKind:
    if match["step"]:
        return MarkerKind.STEP
    if match["item"]:
        return MarkerKind.ITEM
    return MarkerKind.PLAN if match["plan"] else MarkerKind.SECTION


def _is_marker(match: re.Match[str], *, at_end: bool) -> bool:
    tail = match["tail"]
    separator = tail.strip(" \t*")
    if match["item"]:
        return len(tail) > 1 or separator == "、" or at_end
    if match["plan"] or match["section"]:
        return separator in {":", "："} or (not separator and at_end)
    decorated = "#" in match["decor"] or bool(match["run"]) or "*" in tail
    chinese = not match["step"].lower().startswith("step")
    if separator in {",", "，"}:
        return chinese
    return bool(separator) or decorated or at_end


def _lead(match: re.Match[str]) -> str:
    """Emphasis that is still open after the marker.

    `**Step 1:** text` closes it, `**Step 1: title**` and `Step 1: **title**` do not.
    """
    run, tail = match["run"] or "", match["tail"]
    if run and run not in tail:
        return run
    rest = tail.replace(run, "", 1) if run else tail
    separator = _SEPARATOR.match(rest)
    return rest[separator.end() :] if separator else rest
