r"""Reads one sum of a sentence from left to right: numbers with their units, brackets, fractions, powers."""

from __future__ import annotations

from dataclasses import dataclass, field

from tutor.mathtext.mixed import Measure, measure
from tutor.mathtext.quantities import Kind, Token
from tutor.mathtext.units import AFTER, GLUED, SCALES, STOPS, singular

MAX_UNIT_WORDS = 5
"""Most words that stand beside one number."""

MAX_NESTING = 12
"""Most brackets inside of each other."""

_REMAINS = frozenset({"remainder", "remainders", "leftover", "余"})


class Cut(Exception):
    """What is read belongs to something longer."""


@dataclass(slots=True)
class SumReader:
    """Reads one sum from left to right.

    Attributes:
        tokens: The tokens of a side.
        index: The place.
        units: Words that stood beside numbers.
        measures: The same, for each number.
        term: How many signs of plus and minus were read.
        steps: How many operations were read.
        nesting: How many brackets are open.
        has_share: Whether a part of something was read, `20% of 50`.
    """

    tokens: list[Token]
    index: int
    units: set[str] = field(default_factory=set)
    measures: list[Measure] = field(default_factory=list)
    term: int = 0
    steps: int = 0
    nesting: int = 0
    has_share: bool = False

    def _peek(self, ahead: int = 0) -> Token | None:
        place = self.index + ahead
        return self.tokens[place] if place < len(self.tokens) else None

    def _is_at(self, kind: Kind, *texts: str, ahead: int = 0) -> bool:
        token = self._peek(ahead)
        return token is not None and token.kind is kind and (not texts or token.text in texts)

    def _take(self) -> Token:
        token = self._peek()
        if token is None:
            raise Cut
        self.index += 1
        return token

    def sum(self) -> str:
        """Factors joined by operators."""
        latex = "-" if self._is_at(Kind.OPERATOR, "-") else ""
        if latex:
            self._take()
        latex += self._factor()
        is_part, adds = self.has_share, False
        while self._is_at(Kind.OPERATOR):
            sign = self._take().text
            adds |= sign in "+-"
            self.term += sign in "+-"
            is_part |= self.has_share
            self.steps += 1
            minus = "-" if self._is_at(Kind.OPERATOR, "-") else ""
            if minus:
                self._take()
            right = self._factor()
            latex += f" {sign} " + (f"({minus}{right})" if minus else right)
        if adds and (is_part or self.has_share):
            raise Cut  # 20% of 50 + 10
        return latex

    def _factor(self) -> str:
        """A number, a sum in brackets or a fraction, with what stands directly behind it."""
        latex = self._primary()
        latex = self._marks(latex)
        self._unit_words()
        if self._is_at(Kind.WORD, "of") and self._is_share(latex):
            ahead = 2 if self._is_at(Kind.WORD, "the", "these", "those", ahead=1) else 1
            if self._is_at(Kind.NUMBER, ahead=ahead) or self._is_at(Kind.OPEN, "(", ahead=ahead):
                self.index += ahead
                self.has_share = True
                self.steps += 1
                return rf"{latex} \times {self._factor()}"
        return latex

    def _is_share(self, latex: str) -> bool:
        return latex.endswith(r"\%") or latex.startswith((r"\frac", "("))

    def _primary(self) -> str:
        token = self._take()
        if token.kind is Kind.NUMBER:
            if token.currency:
                self.units.add(singular(token.currency))
                self.measures.append(measure(self.term, [singular(token.currency)], []))
            return rf"\${token.text}" if token.currency == "$" else token.text
        if token.kind is Kind.OPEN:
            return self._bracketed(token)
        if token.kind is Kind.COMMAND:
            return self._command(token)
        raise Cut

    def _bracketed(self, opened: Token) -> str:
        self.nesting += 1
        if self.nesting > MAX_NESTING:
            raise Cut
        inner = self.sum()
        self.nesting -= 1
        closing = ")" if opened.text == "(" else "}"
        if not self._is_at(Kind.CLOSE, closing):
            raise Cut
        self._take()
        is_number = opened.text == "{" and inner.removeprefix(r"\$").replace(".", "").isdigit()
        return inner if is_number else f"({inner})"

    def _command(self, token: Token) -> str:
        self.steps += 1
        if token.text == r"\sqrt":
            return rf"\sqrt{{{self._argument()}}}"
        first, second = self._argument(), self._argument()
        return rf"{token.text}{{{first}}}{{{second}}}"

    def _argument(self) -> str:
        if self._is_at(Kind.OPEN):
            return self._bracketed(self._take()).removeprefix("(").removesuffix(")")
        if self._is_at(Kind.NUMBER):
            return self._take().text
        raise Cut

    def _marks(self, latex: str) -> str:
        """Powers, percent signs, factorials, and a bracket directly behind."""
        while (token := self._peek()) is not None:
            glued = token.start == self.tokens[self.index - 1].end
            if token.kind is Kind.RAISED:
                self._take()
                self.steps += 1
                latex += token.text if len(token.text) > 1 else f"^{{{self._exponent()}}}"
            elif token.kind is Kind.MARK and token.text == r"\%":
                self._take()
                latex += r"\%"
            elif token.kind is Kind.MARK and self._is_factorial():
                self._take()
                self.steps += 1
                latex += "!"
            elif (
                token.kind is Kind.OPEN and token.text == "(" and glued and not self._comment_end()
            ):
                self.steps += 1
                latex += self._bracketed(self._take())
            elif self._is_at(Kind.WORD, "percent"):
                self._take()
                latex += r"\%"
            else:
                return latex
        return latex

    def _exponent(self) -> str:
        minus = "-" if self._is_at(Kind.OPERATOR, "-") else ""
        if minus:
            self._take()
        return minus + self._argument()

    def _is_factorial(self) -> bool:
        """Whether a `!` is no exclamation mark: something goes on behind it."""
        behind = self._peek(1)
        return behind is not None and behind.kind in (Kind.OPERATOR, Kind.CLOSE, Kind.OPEN)

    def _unit_words(self) -> None:
        """Passes over what is counted: words, `/hour`, a comment in brackets."""
        counted: list[str] = []
        per: list[str] = []
        count = 0
        while (token := self._peek()) is not None:
            if token.kind is Kind.WORD and self._is_unit(token):
                (per if self.tokens[self.index - 1].text == "per" else counted).append(
                    singular(token.text)
                )
                self._take()
            elif self._is_at(Kind.OPERATOR, "/") and self._is_at(Kind.WORD, ahead=1):
                self._take()
                per.append(singular(self._take().text))
            elif token.kind is Kind.OPEN and (end := self._comment_end()):
                self.index = end
            else:
                break
            count += 1
            if count > MAX_UNIT_WORDS:
                raise Cut
        self.units.update(counted, per)
        self.measures.append(measure(self.term, counted, per))

    def _is_unit(self, token: Token) -> bool:
        if token.text in SCALES:
            raise Cut
        before = self.tokens[self.index - 1]
        glued = before.end == token.start and token.text.isascii()
        if glued and before.kind is Kind.NUMBER and token.text not in GLUED:
            raise Cut
        return token.text not in STOPS and not token.text.startswith(("的", "倍", "余", "万", "亿"))

    def _comment_end(self) -> int:
        """The place behind a remark in brackets that holds no sum; 0 where there is none."""
        if not self._is_at(Kind.OPEN, "("):
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
        token = self._peek()
        if token is None:
            return
        before = self.tokens[self.index - 1]
        if token.kind is Kind.OPEN and token.start > before.end:
            return  # a remark
        if token.kind is Kind.CLOSE:
            return
        if token.kind is not Kind.WORD:
            raise Cut
        coming = [one.text for one in self.tokens[self.index : self.index + 5]]
        if coming[0] in AFTER or _REMAINS & set(coming) or set(coming[:2]) & SCALES:
            raise Cut
        is_mixed = self._is_at(Kind.OPERATOR, "/", ahead=2) or self._is_at(Kind.COMMAND, ahead=1)
        if coming[0] == "and" and is_mixed:
            raise Cut
        if coming[0] == "to" and self._is_at(Kind.NUMBER, ahead=1):
            raise Cut
