r"""The final answer in a model's text: what stands in `\boxed{…}`, or in its last "Answer:" line."""

from __future__ import annotations

import re

_BOX = re.compile(r"\\(?:boxed|fbox)\s*\{")
_STATED = re.compile(
    r"(?:\b(?:final\s+)?answer(?:\s+is)?\b|(?:最终|最后)?答案(?:是|为)?)[*\s]*[:：]?[*\s]*(?P<rest>[^\n]*)",
    re.IGNORECASE,
)
_FORMULA = re.compile(
    r"\$\$?(?P<dollars>[^$]+)\$\$?|\\\((?P<round>.+?)\\\)|\\\[(?P<square>.+?)\\\]"
)


def boxed(text: str) -> tuple[str, ...]:
    r"""The contents of each `\boxed{…}` or `\fbox{…}` whose braces balance, in order and without repeats."""
    found = []
    for match in _BOX.finditer(text):
        end = _closing_brace(text, match.end())
        if end is not None:
            found.append(text[match.end() : end].strip())
    return tuple(dict.fromkeys(content for content in found if content))


def stated_answer(text: str) -> str | None:
    """The formula, or else the words, of the last line that states an answer, or `None`."""
    for match in reversed(list(_STATED.finditer(text))):
        rest = match["rest"].strip()
        formula = _FORMULA.search(rest)
        answer = next(g for g in formula.groups() if g) if formula else rest.strip(" *.。")
        if answer.strip():
            return answer.strip()
    return None


def _closing_brace(text: str, start: int) -> int | None:
    depth, position = 1, start
    while position < len(text):
        character = text[position]
        if character == "\\":
            position += 1
        elif character == "{":
            depth += 1
        elif character == "}":
            depth -= 1
            if depth == 0:
                return position
        position += 1
    return None
