"""Answers with labelled parts: `鲜品 40 元，干品 150 元`; and the name in front of a value that no formula has."""

from __future__ import annotations

import re

_SEPARATOR = re.compile(r"\s*[,，;；、。]\s*(?:and\s+)?|\s+and\s+")
_LABELLED = re.compile(
    r"(?P<label>[^\d$\\=<>+\-*/^(){}]*(?:[\u4e00-\u9fff]|[A-Za-z]{2,})[^\d$\\=<>+\-*/^(){}]*?)\s*(?:[:：=]|是|为|有|\bis\b|\bare\b)?\s*(?P<value>-?(?:[\d$.]|\\frac|\\sqrt).*)"
)
_LONGEST_PART = 200
"""Characters of the longest part that can be a label and its value."""
_SEVERAL = re.compile(r"[=＝,，;；、或且$]|\\text\s*\{\s*(?:or|and)\b")
_BRACKETS = re.compile(r"\([^()]*\)")
_MARKS = (
    (re.compile(r"[(（]\s?(?P<mark>\d)\s?[)）][.:：、]?"), "123456789"),
    (re.compile(r"[(（]\s?(?P<mark>[a-f])\s?[)）][.:：、]?"), "abcdef"),
    (re.compile(r"[(（]\s?(?P<mark>[A-F])\s?[)）][.:：、]?"), "ABCDEF"),
    (re.compile(r"[(（]\s?(?P<mark>[Ⅰ-Ⅵ])\s?[)）][.:：、]?"), "ⅠⅡⅢⅣⅤⅥ"),
    (re.compile(r"(?P<mark>[①-⑨])[.:：、]?"), "①②③④⑤⑥⑦⑧⑨"),
    (re.compile(r"(?<![\w(（^,，])(?P<mark>\d)[)）]"), "123456789"),
    (re.compile(r"(?<![\w(（^,，])(?P<mark>[a-f])[)）]"), "abcdef"),
)
"""How parts are marked, with their marks in order."""
_FIRST_MARK = re.compile(
    r"(?:[(（]\s?(?:[1-9]|[Ⅰ-Ⅵ])\s?[)）]|[①-⑨])\s*(?:[-$\dA-Za-zπ√]|\\(?!cdot|times|div|pm|circ|%|le|ge|ne|in))"
)
_AROUND = " \t\n,，;；、。."
_VALUE = re.compile(r"-?(?:[\d$.]|\\frac|\\sqrt)[^,，;；、]*")


def split_labels(text: str) -> dict[str, str] | None:
    """The parts of an answer by their labels; `None` where there are none."""
    parts = [part.strip() for part in _SEPARATOR.split(text) if part.strip()]
    if len(parts) < 2 or max(map(len, parts)) > _LONGEST_PART:
        return None
    found = [_LABELLED.fullmatch(part) for part in parts]
    if not all(found):
        return None
    labelled = {match["label"].strip(): match["value"].strip() for match in found if match}
    return labelled if len(labelled) == len(found) else None


def split_values(text: str) -> list[str]:
    """The plain values of a list."""
    parts = [part.strip() for part in _SEPARATOR.split(text) if part.strip()]
    return parts if all(_VALUE.fullmatch(part) for part in parts) else []


def split_name(text: str) -> tuple[str, str]:
    """What stands before the last `=` outside of all brackets, and what stands behind it."""
    depth, place = 0, -1
    for index, sign in enumerate(text):
        depth += {"(": 1, "[": 1, "{": 1, ")": -1, "]": -1, "}": -1}.get(sign, 0)
        if sign in "=＝" and depth == 0:
            place = index
    name = text[:place] if place >= 0 else ""
    if not name or _SEVERAL.search(_BRACKETS.sub("", name)):
        return "", text
    return name.strip(), text[place + 1 :].strip()


def split_parts(text: str) -> dict[str, str] | None:
    """The parts of `(1) 3 (2) 5` by their places; `None` where no such marks stand in order."""
    for marks, names in _MARKS:
        found: list[re.Match[str]] = []
        for match in marks.finditer(text):
            if len(found) < len(names) and names[len(found)] == match["mark"]:
                found.append(match)
        if len(found) < 2 or text[: found[0].start()].strip():
            continue
        ends = [*(match.start() for match in found[1:]), len(text)]
        parts = [text[m.end() : end].strip(_AROUND) for m, end in zip(found, ends, strict=True)]
        if all(parts):
            return {str(place): part for place, part in enumerate(parts)}
    return None


def has_part_mark(text: str) -> bool:
    """Whether an answer begins as part `(2)` of several."""
    return _FIRST_MARK.match(text) is not None
