r"""Sums in a sentence: `33 classes * 15 students/class = 495 students` is `33 \times 15 = 495`.

Only sums that are complete are found. Where a number belongs to something that is not read (a letter, half *of*,
3 *more than*, a clock time) nothing is taken: a sum that was cut out of a longer one says something else.
"""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass

from tutor.mathtext.chains import Chain, split_chains
from tutor.mathtext.mixed import Measure, is_mixed, is_part_of
from tutor.mathtext.quantities import Kind, Token, tokens_of
from tutor.mathtext.sum_reader import Cut, SumReader
from tutor.mathtext.units import BEFORE, SCALES, may_differ

MAX_TOKENS = 400
"""Most tokens of a sentence; a longer one is no sentence."""
_PART_WORDS = frozenset(
    {"half", "third", "quarter", "fourth", "fifth", "part", "fraction", "percent"}
)


@dataclass(frozen=True, slots=True)
class Sum:
    """A chain of sums in a sentence.

    Attributes:
        chain: The sums, as LaTeX without units.
        start: Offset of its first character.
        end: Offset after its last one.
    """

    chain: Chain
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Side:
    latex: str
    start: int
    end: int
    units: frozenset[str]
    measures: tuple[Measure, ...]
    is_sum: bool
    """Whether something is worked out in it, more than one number."""
    is_whole: bool
    """Whether it is all that stands between two relations."""


def find_sums(text: str) -> tuple[Sum, ...]:
    """The complete sums of a text, in order."""
    found: list[Sum] = []
    for sentence in _sentences(tokens_of(text)):
        found += _sums(sentence)
    return tuple(found)


_PLAIN = (Kind.NUMBER, Kind.OPERATOR, Kind.OPEN, Kind.CLOSE, Kind.RELATION, Kind.RAISED)


def find_equations(text: str) -> tuple[Sum, ...]:
    """Equations with letters that stand in prose without signs around them, from stop to stop: `n: 3n = 12`."""
    found: list[Sum] = []
    for tokens in _sentences(tokens_of(text)):
        letters = [one for one in tokens if one.kind is Kind.OTHER]
        relations = [one for one in tokens if one.kind is Kind.RELATION]
        if (
            not letters
            or len(relations) != 1
            or not all(re.fullmatch("[A-Za-z]", one.text) for one in letters)
        ):
            continue
        rest = [one for one in tokens if one.kind is not Kind.OTHER]
        if all(one.kind in _PLAIN for one in rest) and _is_spaced(text, tokens):
            start, end = tokens[0].start, tokens[-1].end
            chains = split_chains(_as_latex(tokens))
            found += [Sum(chain, start, end) for chain in chains[:1] if chain.relations]
    return tuple(found)


def _is_spaced(text: str, tokens: list[Token]) -> bool:
    """Whether no letter is taken for a times sign, no two letters may be a word, and no bracket is cut."""
    if sum((t.kind is Kind.OPEN) - (t.kind is Kind.CLOSE) for t in tokens):
        return False
    times = [t for t in tokens if t.kind is Kind.OPERATOR and text[t.start : t.end] in ("x", "X")]
    pairs = itertools.pairwise(tokens)
    return not times and not any(
        a.kind is Kind.OTHER and b.kind in (Kind.OTHER, Kind.NUMBER) for a, b in pairs
    )


def _as_latex(tokens: list[Token]) -> str:
    return " ".join(r"\approx" if one.text == "approx" else one.text for one in tokens)


def _sentences(tokens: list[Token]) -> list[list[Token]]:
    """The tokens between punctuation."""
    sentences: list[list[Token]] = [[]]
    for token in tokens:
        if token.kind is Kind.END:
            sentences.append([])
        else:
            sentences[-1].append(token)
    return [
        one
        for one in sentences
        if len(one) <= MAX_TOKENS and any(token.kind is Kind.RELATION for token in one)
    ]


def _sums(tokens: list[Token]) -> list[Sum]:
    parts: list[list[Token]] = [[]]
    relations: list[str] = []
    for token in tokens:
        if token.kind is Kind.RELATION:
            relations.append(token.text)
            parts.append([])
        else:
            parts[-1].append(token)
    found: list[Sum] = []
    run: list[_Side] = []
    signs: list[str] = []
    for place, relation in enumerate(relations):
        left = _left_side(parts[place], is_first=place == 0)
        right = _read(parts[place + 1], 0)
        if not run and left is not None:
            run = [left]
        if run and right is not None and _are_comparable(run[-1], right):
            run.append(right)
            signs.append(relation)
            if right.is_whole:
                continue
        found += _finished(run, signs)
        run, signs = [], []
    return found + _finished(run, signs)


def _are_comparable(left: _Side, right: _Side) -> bool:
    """Whether the numbers of two sides are equal where the sides are."""
    if may_differ(left.units, right.units) or is_mixed(left.latex, left.measures, right.units):
        return False
    is_part = bool(right.units) and not left.units and is_part_of(left.latex, right.latex)
    return not is_part and not is_mixed(right.latex, right.measures, right.units)


def _finished(sides: list[_Side], signs: list[str]) -> list[Sum]:
    if not signs or not any(side.is_sum for side in sides):
        return []
    shown = {"approx": r"\approx", "=": "="}
    text = sides[0].latex + "".join(
        f" {shown[sign]} {side.latex}" for sign, side in zip(signs, sides[1:], strict=True)
    )
    chain = Chain(text, tuple(side.latex for side in sides), tuple(signs))
    return [Sum(chain, sides[0].start, sides[-1].end)]


def _left_side(tokens: list[Token], *, is_first: bool) -> _Side | None:
    """The sum that ends where a relation stands."""
    whole = _read(tokens, 0)
    if whole is not None and whole.is_whole and (not is_first or whole.is_sum):
        return whole
    for start in range(1, len(tokens)):
        if not _may_start(tokens, start):
            continue
        side = _read(tokens, start)
        if side is not None and side.is_whole:
            return side if side.is_sum or _stands_alone(tokens, start, side) else None
    return None


def _stands_alone(tokens: list[Token], start: int, side: _Side) -> bool:
    """Whether a bare number before a relation is all that is meant: `because 187 = 11 * 17`."""
    if side.units or _has_number(tokens, start, start):
        return False
    return tokens[start - 1].text in ("because", "since", "that", "so", "as", "thus", "hence")


def _may_start(tokens: list[Token], place: int) -> bool:
    """Whether what stands before a place does not belong to the sum that begins there."""
    before, token = tokens[place - 1], tokens[place]
    if token.kind not in (Kind.NUMBER, Kind.OPEN, Kind.COMMAND) or before.kind is not Kind.WORD:
        return False
    if before.end == token.start and before.text.isascii():
        return False
    words = [one.text for one in tokens[max(0, place - 5) : place]]
    if set(words[-2:]) & (BEFORE | SCALES) or set(words[-1:]) & {"to", "per"}:
        return False
    if "of" in words[-2:]:
        return not set(words) & _PART_WORDS and not _has_number(tokens, place, 5)
    return not ("and" in words[-2:] and _has_number(tokens, place, 4))


def _has_number(tokens: list[Token], place: int, count: int) -> bool:
    return any(t.kind in (Kind.NUMBER, Kind.MARK) for t in tokens[max(0, place - count) : place])


def _read(tokens: list[Token], start: int) -> _Side | None:
    """The longest sum from a token on; `None` where there is none or it is cut off."""
    reader = SumReader(tokens, start)
    try:
        latex = reader.sum()
        reader.require_end()
    except Cut:
        return None
    last = reader.index
    return _Side(
        latex=latex,
        start=tokens[start].start,
        end=tokens[last - 1].end,
        units=frozenset(reader.units),
        measures=tuple(reader.measures),
        is_sum=reader.steps > 0,
        is_whole=last == len(tokens),
    )
