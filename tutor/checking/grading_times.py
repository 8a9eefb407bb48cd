"""Times of day: `9:45 am`, `14:30`, `5 pm`."""

from __future__ import annotations

import re
from dataclasses import dataclass

from tutor.checking.grading_text import unworded
from tutor.core.check import Evidence
from tutor.core.grade import Grade, Graded
from tutor.support.i18n import N_

SAME_TIME = N_("It agrees with the expected answer.")
OTHER_TIME = N_("It is another time of day.")
HALF_OF_DAY = N_("It is not clear which half of the day is meant.")
TIME_OR_NUMBER = N_("It is not clear whether a time, a ratio or a number is meant.")
NOON = 12 * 60
"""Minutes of half a day."""

_TIME = re.compile(
    r"(?:.{0,80}(?:\bis|\bat|[=:：是为在])\s+|[在是为])?(?P<lead>上午|早上|凌晨|下午|晚上|傍晚|中午)?\s*(?P<hour>\d{1,2})"
    r"(?:\s?[:：点]\s?(?P<minute>[0-5]\d)\s?分?|\s?点(?:整|钟)?)?\s*(?:(?P<half>[ap])\.?\s?m\.?)?(?:\s+o'?clock)?",
    re.IGNORECASE,
)
_RATIO_WORDS = re.compile(r"\bratio|\bodds|\bscale|\bproportion|\bprobab|比|概率", re.IGNORECASE)
_MORNING = frozenset({"上午", "早上", "凌晨", "a"})
_CERTAIN = _MORNING | {"下午", "晚上", "傍晚", "p"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Time:
    """A time of day.

    Attributes:
        minutes: Minutes since midnight; where the half of the day is not known, on the face of a clock.
        is_known: Whether the half of the day is known.
        is_marked: Whether it says so itself, so that it can be nothing but a time.
    """

    minutes: int
    is_known: bool
    is_marked: bool


def read_time(text: str) -> Time | None:
    """The time that an answer is; `None` where it cannot be one."""
    match = _TIME.fullmatch(unworded(text).strip(" .。"))
    if match is None:
        return None
    half = (match["half"] or match["lead"] or "").lower()
    if not half and match["minute"] is None:
        return None
    hour, minute = int(match["hour"]), int(match["minute"] or 0)
    if hour > 23 or (match["half"] and not 1 <= hour <= 12) or (half in _MORNING and hour > 12):
        return None
    is_known = half in _CERTAIN and not (match["lead"] and hour == 12)
    if is_known:
        hour = hour % 12 + (0 if half in _MORNING else 12)
    is_known = is_known or hour > 12 or hour == 0
    return Time(minutes=60 * hour + minute, is_known=is_known, is_marked=bool(half))


def grade_times(expected: str, given: str, problem: str) -> Graded | None:
    """Grade where one of the answers is a time or looks like one; `None` where neither does."""
    ours, theirs = read_time(expected), read_time(given)
    marked = any(time is not None and time.is_marked for time in (ours, theirs))
    if ours is theirs or expected == given or (not marked and _RATIO_WORDS.search(problem)):
        return None
    if ours is None or theirs is None:
        other = given if theirs is None else expected
        is_ratio = not marked and re.search(r"[:：∶比]|\bto\b", other)
        return None if is_ratio else _graded(Grade.UNDECIDED, TIME_OR_NUMBER)
    if ours.minutes == theirs.minutes and ours.is_known == theirs.is_known:
        return _graded(Grade.CORRECT, SAME_TIME)
    if not marked and _are_equal_ratios(ours, theirs):
        return _graded(Grade.UNDECIDED, TIME_OR_NUMBER)
    if (ours.is_known and theirs.is_known) or (ours.minutes - theirs.minutes) % NOON:
        return _graded(Grade.WRONG, OTHER_TIME)
    return _graded(Grade.UNDECIDED, HALF_OF_DAY)


def _graded(grade: Grade, message: str) -> Graded:
    return Graded(grade=grade, why=Evidence(message=message))


def _are_equal_ratios(one: Time, two: Time) -> bool:
    """Whether `2:30` and `1:15` are equal when they are no times."""
    (a, b), (c, d) = divmod(one.minutes, 60), divmod(two.minutes, 60)
    return a * d == b * c
