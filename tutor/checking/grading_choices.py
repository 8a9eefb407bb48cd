"""Letters of choice questions, and what stands beside them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from tutor.checking.grading_text import unworded

_OPTION = re.compile(
    r"(?:^|(?<=[\s;；。.,，)）(（$]))[(（\[]?\s*(?:\\(?:text|mathrm|textbf)\s*\{\s*\(?)?(?P<letter>[A-H])(?:\)?\s*\})?\s*(?:[.．、:：)）\]])\s*"
)
_LETTERS = r"[A-H](?:\s*(?:,|，|、|;|；|and|和|与|及|&)?\s*[A-H])*"
_LEAD = r"(?:故?本?题?(?:应|答案)?选(?:择|项)?(?:是|为)?[:：]?|故选[:：]?|选项|答案|options?|choices?|answers?|the)?"
_ONLY = re.compile(
    rf"{_LEAD}\s*[(（\[{{]?\s*(?P<letters>{_LETTERS})\s*[)）\]}}]?\s*(?:选项|项)?", re.IGNORECASE
)
_WITH_CONTENT = re.compile(
    r"[(（\[]?\s*(?P<letter>[A-H])\s*[)）\].．、:：]\s*(?P<content>.+)", re.DOTALL
)

_NEXT_MARK = re.compile(r"(?<!\w)[(（]\s?[B-H]\s?[)）]\s*\S")
"""What begins the next part, so that the letter before marks a part as well."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """The letters of an answer.

    Attributes:
        letters: The letters, each once.
        content: What stood behind a single letter.
    """

    letters: frozenset[str]
    content: str = ""


def read_choice(text: str, *, any_case: bool = False) -> Choice | None:
    """The letters that an answer is, if it is letters.

    Args:
        text: The answer without decoration.
        any_case: Whether small letters count.
    """
    plain = re.sub(r"\\(?:mathrm|mathbf|rm|bf)\s*\{([^{}]*)\}", r"\1", unworded(text)).strip(
        " .。．"
    )
    found = _ONLY.fullmatch(plain)
    if found is not None and (any_case or found["letters"] == _capitals(found["letters"])):
        letters = re.findall("[A-H]", found["letters"].upper().replace("AND", ""))
        if len(set(letters)) == len(letters):
            return Choice(letters=frozenset(letters))
    beside = _WITH_CONTENT.fullmatch(plain)
    if beside is None or _NEXT_MARK.search(beside["content"]):
        return None
    return Choice(letters=frozenset(beside["letter"]), content=beside["content"].strip())


def _capitals(letters: str) -> str:
    return re.sub(r"[a-h](?![a-z])(?<![a-z][a-h])", lambda m: m.group().upper(), letters)


def read_options(problem: str) -> dict[str, str]:
    """The options of a choice question, by letter; empty where it has none."""
    marks: list[re.Match[str]] = []
    for match in _OPTION.finditer(problem):
        if match["letter"] == chr(ord("A") + len(marks)):
            marks.append(match)
    if len(marks) < 3:
        return {}
    ends = [*(mark.start() for mark in marks[1:]), len(problem)]
    return {
        mark["letter"]: problem[mark.end() : end].strip(" \t\n.。;；,，(（")
        for mark, end in zip(marks, ends, strict=True)
    }


def has_two_options(problem: str) -> bool:
    """Whether at least an option A and an option B seem to stand in a problem."""
    return (
        re.search(
            r"(?<![\w(])A\s?[.．、:：)].{1,400}?(?<![\w(])B\s?[.．、:：)]", problem, re.DOTALL
        )
        is not None
    )
