r"""Sums in a sentence: `33 classes * 15 students/class = 495 students` is `33 \times 15 = 495`.

Only sums that are complete are found. Where a number belongs to something that is not read (a letter, half *of*,
3 *more than*, a clock time) nothing is taken: a sum that was cut out of a longer one says something else.
"""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass, field

from tutor.mathtext.chains import Chain, split_chains
from tutor.mathtext.quantities import Kind, Token, tokens_of
from tutor.mathtext.units import AFTER, BEFORE, GLUED, SCALES, STOPS, may_differ, singular

MAX_UNIT_WORDS = 5
MAX_TOKENS = 400
"""Most tokens of a sentence; a longer one is no sentence."""
MAX_NESTING = 12
"""Most brackets inside of each other."""
_PART_WORDS = frozenset(
    {"half", "third", "quarter", "fourth", "fifth", "part", "fraction", "percent"}
)
_REMAINS = frozenset({"remainder", "remainders", "leftover", "余"})


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
    is_sum: bool
    """Whether something is worked out in it, more than one number."""
    is_whole: bool
    """Whether it is all that stands between two relations."""


class _Cut(Exception):
    """What is read belongs to something longer."""


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
    """Whether no letter is taken for a times sign, and no two letters may be a word."""
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
        if run and right is not None and not may_differ(run[-1].units, right.units):
            run.append(right)
            signs.append(relation)
            if right.is_whole:
                continue
        found += _finished(run, signs)
        run, signs = [], []
    return found + _finished(run, signs)


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
    reader = _Reader(tokens, start)
    try:
        latex = reader.sum()
        reader.require_end()
    except _Cut:
        return None
    last = reader.index
    return _Side(
        latex=latex,
        start=tokens[start].start,
        end=tokens[last - 1].end,
        units=frozenset(reader.units),
        is_sum=reader.steps > 0,
        is_whole=last == len(tokens),
    )


@dataclass(slots=True)
class _Reader:
    """Reads one sum from left to right.

    Attributes:
        tokens: The tokens of a side.
        index: The place.
        units: Words that stood beside numbers.
        steps: How many operations were read.
        nesting: How many brackets are open.
    """

    tokens: list[Token]
    index: int
    units: set[str] = field(default_factory=set)
    steps: int = 0
    nesting: int = 0

    def peek(self, ahead: int = 0) -> Token | None:
        place = self.index + ahead
        return self.tokens[place] if place < len(self.tokens) else None

    def is_at(self, kind: Kind, *texts: str, ahead: int = 0) -> bool:
        token = self.peek(ahead)
        return token is not None and token.kind is kind and (not texts or token.text in texts)

    def take(self) -> Token:
        token = self.peek()
        if token is None:
            raise _Cut
        self.index += 1
        return token

    def sum(self) -> str:
        """Factors joined by operators."""
        latex = "-" if self.is_at(Kind.OPERATOR, "-") else ""
        if latex:
            self.take()
        latex += self.factor()
        is_part, adds = self._is_part, False
        while self.is_at(Kind.OPERATOR):
            sign = self.take().text
            adds |= sign in "+-"
            is_part |= self._is_part
            self.steps += 1
            minus = "-" if self.is_at(Kind.OPERATOR, "-") else ""
            if minus:
                self.take()
            right = self.factor()
            latex += f" {sign} " + (f"({minus}{right})" if minus else right)
        if adds and (is_part or self._is_part):
            raise _Cut  # 20% of 50 + 10
        return latex

    _is_part: bool = False

    def factor(self) -> str:
        """A number, a sum in brackets or a fraction, with what stands directly behind it."""
        latex = self.primary()
        latex = self.marks(latex)
        self.unit_words()
        if self.is_at(Kind.WORD, "of") and self._is_share(latex):
            ahead = 2 if self.is_at(Kind.WORD, "the", "these", "those", ahead=1) else 1
            if self.is_at(Kind.NUMBER, ahead=ahead) or self.is_at(Kind.OPEN, "(", ahead=ahead):
                self.index += ahead
                self._is_part = True
                self.steps += 1
                return rf"{latex} \times {self.factor()}"
        return latex

    def _is_share(self, latex: str) -> bool:
        return latex.endswith(r"\%") or latex.startswith((r"\frac", "("))

    def primary(self) -> str:
        token = self.take()
        if token.kind is Kind.NUMBER:
            if token.currency:
                self.units.add(singular(token.currency))
            return rf"\${token.text}" if token.currency == "$" else token.text
        if token.kind is Kind.OPEN:
            return self.bracketed(token)
        if token.kind is Kind.COMMAND:
            return self.command(token)
        raise _Cut

    def bracketed(self, opened: Token) -> str:
        self.nesting += 1
        if self.nesting > MAX_NESTING:
            raise _Cut
        inner = self.sum()
        self.nesting -= 1
        closing = ")" if opened.text == "(" else "}"
        if not self.is_at(Kind.CLOSE, closing):
            raise _Cut
        self.take()
        is_number = opened.text == "{" and inner.removeprefix(r"\$").replace(".", "").isdigit()
        return inner if is_number else f"({inner})"

    def command(self, token: Token) -> str:
        self.steps += 1
        if token.text == r"\sqrt":
            return rf"\sqrt{{{self._argument()}}}"
        first, second = self._argument(), self._argument()
        return rf"{token.text}{{{first}}}{{{second}}}"

    def _argument(self) -> str:
        if self.is_at(Kind.OPEN):
            return self.bracketed(self.take()).removeprefix("(").removesuffix(")")
        if self.is_at(Kind.NUMBER):
            return self.take().text
        raise _Cut

    def marks(self, latex: str) -> str:
        """Powers, percent signs, factorials, and a bracket directly behind."""
        while (token := self.peek()) is not None:
            glued = token.start == self.tokens[self.index - 1].end
            if token.kind is Kind.RAISED:
                self.take()
                self.steps += 1
                latex += token.text if len(token.text) > 1 else f"^{{{self._exponent()}}}"
            elif token.kind is Kind.MARK and token.text == r"\%":
                self.take()
                latex += r"\%"
            elif token.kind is Kind.MARK and self._is_factorial():
                self.take()
                self.steps += 1
                latex += "!"
            elif (
                token.kind is Kind.OPEN and token.text == "(" and glued and not self._comment_end()
            ):
                self.steps += 1
                latex += self.bracketed(self.take())
            elif self.is_at(Kind.WORD, "percent"):
                self.take()
                latex += r"\%"
            else:
                return latex
        return latex

    def _exponent(self) -> str:
        minus = "-" if self.is_at(Kind.OPERATOR, "-") else ""
        if minus:
            self.take()
        return minus + self._argument()

    def _is_factorial(self) -> bool:
        """Whether a `!` is no exclamation mark: something goes on behind it."""
        behind = self.peek(1)
        return behind is not None and behind.kind in (Kind.OPERATOR, Kind.CLOSE, Kind.OPEN)

    def unit_words(self) -> None:
        """Passes over what is counted: words, `/hour`, a comment in brackets."""
        count = 0
        while (token := self.peek()) is not None:
            if token.kind is Kind.WORD and self._is_unit(token):
                self.units.add(singular(token.text))
                self.take()
            elif self.is_at(Kind.OPERATOR, "/") and self.is_at(Kind.WORD, ahead=1):
                self.take()
                self.units.add(singular(self.take().text))
            elif token.kind is Kind.OPEN and (end := self._comment_end()):
                self.index = end
            else:
                return
            count += 1
            if count > MAX_UNIT_WORDS:
                raise _Cut

    def _is_unit(self, token: Token) -> bool:
        if token.text in SCALES:
            raise _Cut
        before = self.tokens[self.index - 1]
        glued = before.end == token.start and token.text.isascii()
        if glued and before.kind is Kind.NUMBER and token.text not in GLUED:
            raise _Cut
        return token.text not in STOPS and not token.text.startswith(("的", "倍", "余", "万", "亿"))

    def _comment_end(self) -> int:
        """The place behind a remark in brackets that holds no sum; 0 where there is none."""
        if not self.is_at(Kind.OPEN, "("):
            return 0
        words = 0
        for place in range(self.index + 1, len(self.tokens)):
            token = self.tokens[place]
            if token.kind is Kind.CLOSE:
                return place + 1 if words else 0
            if token.kind in (Kind.OPERATOR, Kind.RELATION, Kind.OPEN, Kind.COMMAND, Kind.RAISED):
                return 0
            words += token.kind is Kind.WORD
        return 0

    def require_end(self) -> None:
        """Object where the sum goes on in a way that is not read."""
        token = self.peek()
        if token is None:
            return
        before = self.tokens[self.index - 1]
        if token.kind is Kind.OPEN and token.start > before.end:
            return  # a remark
        if token.kind is Kind.CLOSE:
            return
        if token.kind is not Kind.WORD:
            raise _Cut
        coming = [one.text for one in self.tokens[self.index : self.index + 5]]
        if coming[0] in AFTER or _REMAINS & set(coming) or set(coming[:2]) & SCALES:
            raise _Cut
        is_mixed = self.is_at(Kind.OPERATOR, "/", ahead=2) or self.is_at(Kind.COMMAND, ahead=1)
        if coming[0] == "and" and is_mixed:
            raise _Cut
        if coming[0] == "to" and self.is_at(Kind.NUMBER, ahead=1):
            raise _Cut
