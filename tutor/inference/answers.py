r"""The final answer in a model's text: what stands in `\boxed{…}`, or in its last "Answer:" line."""

from __future__ import annotations

import re

_BOX = re.compile(r"\\(?:boxed|fbox)\s*\{")
_STATED = re.compile(
    r"(?P<whose>\b(?:if|whether|unless|suppose|assume|如果|假如|假设|是否)\s+)?(?:\b(?:the|our|your|final|correct)\s+){0,3}"
    r"(?:\banswer\b[*\s]*(?:\b(?:to|of|for|in)\b[^\n.:：$]{1,60}?)?(?:\bis\b|[:：])"
    r"|(?:最终|最后)?答案[*\s]*(?:应该|应当|应|就|即)?(?:是|为|[:：]))[*\s]*[:：]?[*\s]*(?P<rest>[^\n]*)",
    re.IGNORECASE,
)
_LEAD = re.compile(
    r"(?:(?:that|then|therefore|simply|just|either|about|approximately|exactly|equal\s+to|约为?|一?共|就是|[=≈])\s*)*"
    r"(?:the\s+(?:[a-z]+\s+){1,4}(?:is|are)\s+|(?:(?![不否非什何])[\u4e00-\u9fff]){0,12}(?<!不)(?:是|为|等于)\s*)?",
    re.IGNORECASE,
)
"""What may stand between the announcement and the answer itself."""
_FORMULA = re.compile(
    r"\$\$?(?P<dollars>[^$]+)\$\$?|\\\((?P<round>(?:(?!\\\().)+?)\\\)|\\\[(?P<square>(?:(?!\\\[).)+?)\\\]"
)
_BETWEEN = re.compile(r"\s*(?:[,，、;；]|\band\b|\bor\b|和|或者?|与)*\s*")
_DELIMITER = re.compile(r"(?<!\\)\$|\\[(\[]|\\(?:boxed|fbox)(?!\s*\{)")
"""What opens a formula or a box; where one is left over, the text was cut off."""
_IN_WORDS = re.compile(
    r"\(?[A-H]\)?(?:(?:\s*[,、和]\s*|\s+and\s+)?\(?[A-H]\)?)*|yes|no|true|false|none|undefined|even|odd"
    r"|no (?:real )?(?:solutions?|roots?)|(?:it )?does not exist|all real numbers|infinitely many(?: solutions)?"
    r"|无(?:实数)?解|无实根|不存在|无穷多(?:个|个?解)?|(?:任意|全体|一切)实数|是|否|对|错|正确|错误|奇数|偶数",
    re.IGNORECASE,
)
"""Answers that need no number."""
_BEGINS = re.compile(
    r"[-+−±(\[{|√∞π\d\\.]|(?!a\s)[A-Za-z](?![A-Za-z])|(?:sin|cos|tan|ln|log|sqrt|pi)\b",
    re.IGNORECASE,
)
_CLAUSE = re.compile(r"[?？!！]|[,;，；。.]\s*(?:(?!or\b|and\b)[A-Za-z]{2,}|[\u4e00-\u9fff])")
_WORD = re.compile(r"(?<!\\)\b(?!or\b|and\b|sin|cos|tan|log|ln\b)[A-Za-z]{2,}")
_MOST_WORDS, _MOST_CHARACTERS = 3, 6
"""Words and Chinese characters that a number may bring as its unit; with more it is a sentence."""


def boxed(text: str) -> tuple[str, ...]:
    r"""The contents of each `\boxed{…}` or `\fbox{…}` whose braces balance, in order and without repeats."""
    found = []
    for match in _BOX.finditer(text):
        end = _closing_brace(text, match.end())
        if end is not None:
            found.append(text[match.end() : end].strip())
    return tuple(dict.fromkeys(content for content in found if content))


def stated_answer(text: str) -> str | None:
    """The formulas, or else the number or the few words, of the last line that states an answer.

    `None` where no line does: the word alone, a question or a sentence about the answer is none, nor is one
    that ends in the middle of a formula.
    """
    for match in reversed(list(_STATED.finditer(text))):
        rest = match["rest"].strip()
        lead = _LEAD.match(rest)
        said = rest[lead.end() :] if lead else rest
        answer = _leading_formulas(said) or _plain(said)
        if answer and not match["whose"] and _is_whole(rest):
            return answer
    return None


def _leading_formulas(said: str) -> str | None:
    """The formulas a statement begins with: `$x=2$ or $x=3$` is one answer in two parts."""
    found: list[str] = []
    position = 0
    while formula := _FORMULA.match(said, position):
        found.append(next(group for group in formula.groups() if group).strip())
        between = _BETWEEN.match(said, formula.end())
        position = between.end() if between else formula.end()
    return ", ".join(filter(None, found)) or None


def _plain(said: str) -> str | None:
    """An answer without delimiters: a number with its unit, a bare formula, or a few known words."""
    answer = said.strip(" *.。")
    if _IN_WORDS.fullmatch(answer):
        return answer
    if not _BEGINS.match(answer) or _CLAUSE.search(answer):
        return None
    characters = len(re.findall(r"[\u4e00-\u9fff]", answer))
    words = len(_WORD.findall(answer))
    return answer if words <= _MOST_WORDS and characters <= _MOST_CHARACTERS else None


def _is_whole(said: str) -> bool:
    """Whether no formula, brace or box is left open."""
    outside = _FORMULA.sub(" ", said)
    braces = re.sub(r"\\[{}]", "", said)
    return not _DELIMITER.search(outside) and braces.count("{") == braces.count("}")


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
