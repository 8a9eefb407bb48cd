r"""Formulas cut into statements and chains: `a = b = c` is three sides and two relations.

Only the text is looked at: nesting of braces, brackets, environments and `\left…\right`, never meaning.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

RELATIONS = {
    "=": "=",
    "<": "<",
    ">": ">",
    r"\lt": "<",
    r"\gt": ">",
    "≤": "<=",
    "≥": ">=",
    "≠": "!=",
    "≈": "approx",
    "＝": "=",
    "＜": "<",
    "＞": ">",
    r"\le": "<=",
    r"\leq": "<=",
    r"\leqslant": "<=",
    r"\ge": ">=",
    r"\geq": ">=",
    r"\geqslant": ">=",
    r"\ne": "!=",
    r"\neq": "!=",
    r"\approx": "approx",
    r"\equiv": "equiv",
    r"\in": "in",
}
"""How relations are written, and their normal form."""

_SEPARATORS = {
    r"\Rightarrow",
    r"\implies",
    r"\Longrightarrow",
    r"\iff",
    r"\Leftrightarrow",
    r"\therefore",
    r"\because",
    r"\quad",
    r"\qquad",
    "⇒",
    "∴",
    "∵",
    ",",
    "，",
    ";",
    "；",
    "、",
    "或",
    "且",
    "和",
}

_OPENING = {"{", "(", "[", r"\{", r"\left", r"\begin", r"\lfloor", r"\lceil"}
_CLOSING = {"}", ")", "]", r"\}", r"\right", r"\end", r"\rfloor", r"\rceil"}
_TOKEN = re.compile(r"\\[A-Za-z]+|\\.|[^\\]", re.DOTALL)
_WORDS = re.compile(r"\\(?:text|mbox|textrm|mathrm)\s*\{[^{}]*\}")
_TRAILING = " \t\n.,;:，。；：、"
MAX_FORMULA = 12_000
"""Longest formula that is taken apart; the reader refuses far shorter ones."""

MAX_BOXES = 8
"""Most boxes around a formula that are taken off."""

_LAYOUT = re.compile(
    r"(?P<before>\s*(?:\\left\\\{|\\\{)?\s*)\\begin\{(?P<name>aligned|align\*?|cases|gathered|gather\*?|array|split|equation\*?|alignat)\}(?:\{[^{}]*\})?"
    r"(?P<body>.*)\\end\{(?P=name)\}",
    re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Chain:
    """Expressions joined by relations.

    Attributes:
        text: The whole as it stood in the formula.
        sides: The expressions, one more than there are relations.
        relations: Normal forms of the relations, as in `RELATIONS`.
        is_alternative: Whether an "or" stands between it and the statement before.
    """

    text: str
    sides: tuple[str, ...]
    relations: tuple[str, ...] = ()
    is_alternative: bool = False
    sign: str = ""
    """What stands between it and the statement before: a comma, an arrow, or `row` for a new row."""


def split_chains(latex: str, *, continued: bool = False) -> tuple[Chain, ...]:
    r"""The statements of one formula.

    Rows of `aligned` and the like are taken one by one, and a row that begins with a relation goes on
    with the row before. Commas separate statements only where each part has a relation of its own.
    A formula that is longer than `MAX_FORMULA` states nothing.

    Args:
        latex: The formula, without delimiters.
        continued: Whether a formula that begins with a relation goes on with one before it: its first side is
            left empty then. Otherwise it is dropped.
    """
    if len(latex) > MAX_FORMULA:
        return ()
    chains: list[Chain] = []
    for row in _rows(strip_decoration(latex) if r"\begin" not in latex else latex):
        for part, sign in _statements(row):
            chain = _chain(part, sign or ("row" if chains else ""))
            if chain is None:
                continue
            if chains and not chain.sides[0] and chain.relations:
                chains[-1] = _joined(chains[-1], chain)
            elif all(chain.sides) or (continued and chain.relations and all(chain.sides[1:])):
                chains.append(chain)
    return tuple(chains)


def strip_decoration(latex: str) -> str:
    r"""A formula without `\boxed`, alignment marks, and the punctuation of the sentence around it."""
    marks_columns = "\\begin" in latex  # there an `&` means something
    text = (latex if marks_columns else latex.replace("&", " ")).strip(_TRAILING)
    for _ in range(MAX_BOXES):
        inner = _unboxed(text)
        if inner is None:
            break
        text = inner.strip(_TRAILING)
    return text


def _unboxed(text: str) -> str | None:
    match = re.match(r"\\(?:boxed|fbox|displaystyle)(?![A-Za-z])", text)
    if match is None:
        return None
    rest = text[match.end() :].lstrip()
    if not rest.startswith("{"):
        return rest if "displaystyle" in match.group() else None
    end = matching_brace(rest, 0)
    return rest[1:end] if end == len(rest) - 1 else None


def matching_brace(text: str, start: int) -> int:
    """Offset of the brace that closes the one at `start`; -1 when there is none."""
    depth = 0
    for match in _TOKEN.finditer(text, start):
        depth += {"{": 1, "}": -1}.get(match.group(), 0)
        if depth == 0:
            return match.start()
    return -1


def _rows(latex: str) -> list[str]:
    match = _LAYOUT.match(latex)
    if match is None or "matrix" in latex:
        return [latex]
    if latex[match.end() :].strip(_TRAILING) not in ("", r"\right."):
        return [latex]
    cells = [row.replace("&", " ") for row in _split_at(match["body"], {"\\\\"})[0]]
    return [re.sub(r"^\s*\[[\d.]+\s*(?:pt|em|ex|mm|cm)\]", "", row) for row in cells]


def _statements(row: str) -> list[tuple[str, str]]:
    """The statements of a row, each with the sign before it."""
    worded = _WORDS.sub(lambda m: _connective(m.group()), row)
    parts, signs = _split_at(worded, _SEPARATORS)
    if len(parts) > 1 and not all(
        _split_at(part, set(RELATIONS))[1] for part in parts if part.strip()
    ):
        parts, signs = _split_at(worded, _SEPARATORS - {",", "，", "、", ";", "；"})
    return list(zip(parts, ["", *signs], strict=True))


def _connective(text: str) -> str:
    r"""What stands for words in a formula where statements are cut apart: `\text{ or }` is 或."""
    words = re.sub(r"^\\[a-z]+\s*\{|\}$", "", text).strip(" ,，.").lower()
    if words in ("or", "或", "或者"):
        return " 或 "
    joining = ("and", "so", "thus", "then", "hence", "therefore", "且", "和", "所以", "即", "则")
    return " , " if words in joining else text


def _chain(part: str, sign: str) -> Chain | None:
    sides, found = _split_at(part, set(RELATIONS))
    sides = [strip_decoration(side) for side in sides]
    if not any(sides):
        return None
    relations = tuple(RELATIONS[one] for one in found)
    return Chain(strip_decoration(part), tuple(sides), relations, sign == "或", sign)


def _joined(first: Chain, more: Chain) -> Chain:
    sides = (*first.sides, *more.sides[1:])
    relations = (*first.relations, *more.relations)
    return replace(first, text=f"{first.text} {more.text}", sides=sides, relations=relations)


def _split_at(text: str, signs: set[str]) -> tuple[list[str], list[str]]:
    """Cut at the signs that stand outside of every bracket; returns the parts and the signs."""
    parts, found, depth, start = [], [], 0, 0
    for match in _TOKEN.finditer(text):
        token = match.group()
        if token in _OPENING:
            depth += 1
        elif token in _CLOSING:
            depth -= 1
        elif depth <= 0 and token in signs:
            parts.append(text[start : match.start()])
            found.append(token)
            start = match.end()
    parts.append(text[start:])
    return parts, found
