"""Text to tokens: one spelling for each thing, spacing dropped, positions kept."""

from __future__ import annotations

import re
import unicodedata

from tutor.cas.parse.errors import TooBig, Unread
from tutor.cas.parse.lexer_tables import (
    ALIASES,
    COLOURS,
    CURRENCIES,
    ENVIRONMENTS,
    FRACTIONS,
    FRAMES,
    LABELS,
    LOWERED,
    NEGATED,
    RAISED,
    SAME_WIDTH,
    SKIPPED,
    SPELT,
    SPOKEN_SIGNS,
    TEXTUAL,
    UNIT_RUNS,
    WORDS,
)
from tutor.cas.parse.tables import (
    FUNCTION_ALIASES,
    LETTER_UNITS,
    NOT_COUNTED,
    SPOKEN_FUNCTIONS,
    UNITS,
)
from tutor.cas.parse.tokens import MAX_CHARACTERS, MAX_DEPTH, MAX_DIGITS, MAX_TOKENS, Kind, Token

_PIECE = re.compile(
    r"(?P<space>[\s~$]+)"
    r"|(?P<dots>\.{3,})"
    r"|(?P<number>\d+(?:\.\d+)?|\.\d+)"
    r"|(?P<command>\\(?:[A-Za-z]+\*?|.))"
    r"|(?P<letters>[A-Za-z]+)"
    r"|(?P<symbol>[-+*/^_=<>()\[\]{}|!,;:'&.])"
    r"|(?P<other>.)",
    re.DOTALL,
)
_GROUPED = re.compile(r"\d{1,3}(?:(?:\{,\}|\\,)\d{3})+(?!\d)(?:\.\d+)?")
_THOUSANDS = re.compile(r"[1-9]\d{0,2}(?:,\d{3})+(?![\d,])(?:\.\d+)?")
_ENVIRONMENT = re.compile(r"\s*\{\s*([a-zA-Z]{1,12})(\*?)\s*\}")
_COLUMNS = re.compile(r"\s*\{[lcr|\s@{}*0-9]{0,40}?\}")
_RAISED_UNIT = re.compile(r"\s*(?:\^\s*(?:\{\s*([23])\s*\}|([23]))|([²³]))")
_ROW_SPACE = re.compile(r"\s*\[-?[\d.]{1,5}\s*(?:pt|em|ex|mm|cm)\]")
_LABEL = re.compile(r"\s*\{[^{}]{0,12}\}")
_NEGATED = re.compile(r"\s*(=|<|>|\\in(?![A-Za-z]))")
_UNIT_END = re.compile(r"\s*(?:\^\s*\{?\s*[23]\s*\}?|[²³])?\s*\}?\s*\)")
_PLURAL = re.compile(r"[a-z]{3,13}s")
_LONGEST_SUBSCRIPT = 20
_OPENING_BRACE = re.compile(r"\s*\{")
_DELIMITER = re.compile(r"\s*(\\[A-Za-z]+|\\?.)", re.DOTALL)
_WORD_IN_FORMULA = re.compile(
    r"sin|cos|tan|log|ln|exp|sqrt|frac|pi|and|the|not|none|yes|for|if"
    r"|beta|zeta|eta|iota|rho|tau|phi|chi|psi"
)
_LONGEST_LETTER_RUN = 4
_ASCII = re.compile(r"[\x20-\x7e\n\r\t]*")


def tokenize(latex: str) -> list[Token]:
    """Cuts a formula into tokens.

    Args:
        latex: The formula.

    Returns:
        The tokens, the last one of kind `STOP`.

    Raises:
        TooBig: The text, a number in it or the number of tokens is over the limit.
        Unread: A character or command is not known.
    """
    if len(latex) > MAX_CHARACTERS:
        raise TooBig("the formula is too long", MAX_CHARACTERS)
    _refuse_hidden_characters(latex)
    return _Lexer(latex.translate(SAME_WIDTH)).run()


def _refuse_hidden_characters(text: str) -> None:
    start = _ASCII.match(text)
    for position in range(start.end() if start else 0, len(text)):
        character = text[position]
        if character not in "\n\r\t" and unicodedata.category(character)[0] == "C":
            raise Unread("a hidden character", position)


class _Lexer:
    def __init__(self, text: str) -> None:
        self.text = text
        self.position = 0
        self.tokens: list[Token] = []
        self.openers: list[str] = []

    def run(self) -> list[Token]:
        while self.position < len(self.text):
            self._step()
            if len(self.tokens) > MAX_TOKENS:
                raise TooBig("the formula has too many parts", self.position)
        self._add(Kind.STOP, "", len(self.text))
        return self.tokens

    def _step(self) -> None:
        match = _PIECE.match(self.text, self.position)
        if match is None or match.lastgroup is None:
            raise Unread("an unknown character", self.position)
        getattr(self, f"_on_{match.lastgroup}")(match.group())

    def _add(self, kind: Kind, text: str, end: int) -> None:
        self.tokens.append(Token(kind, text, self.position, end))
        self.position = end

    def _on_space(self, piece: str) -> None:
        self.position += len(piece)

    def _on_dots(self, piece: str) -> None:
        self._add(Kind.COMMAND, r"\ldots", self.position + len(piece))

    def _on_number(self, piece: str) -> None:
        match = _GROUPED.match(self.text, self.position)
        if match is None and not self._in_list():
            match = _THOUSANDS.match(self.text, self.position)
        written = match.group() if match else piece
        digits = written.replace("{,}", "").replace("\\,", "").replace(",", "")
        if len(digits) > MAX_DIGITS:
            raise TooBig("a number has too many digits", self.position)
        self._add(Kind.NUMBER, digits, self.position + len(written))

    def _in_list(self) -> bool:
        return bool(self.openers) and self.openers[-1] in ("(", "[", r"\{")

    def _on_symbol(self, piece: str) -> None:
        self._add_symbol(piece, self.position + 1)

    def _add_symbol(self, piece: str, end: int) -> None:
        if piece in ("(", "[", "{", r"\{"):
            self._open(piece)
        elif piece in (")", "]", "}", r"\}") and self.openers:
            self.openers.pop()
        self._add(Kind.SYMBOL, piece, end)

    def _open(self, piece: str) -> None:
        self.openers.append(piece)
        if len(self.openers) > MAX_DEPTH:
            raise TooBig("the formula is nested too deeply", self.position)

    def _on_letters(self, piece: str) -> None:
        end = self.position + len(piece)
        name = FUNCTION_ALIASES.get(piece, piece)
        if name in SPOKEN_FUNCTIONS:
            self._add(Kind.COMMAND, "\\" + name, end)
        elif piece in WORDS:
            self._add(Kind.WORD, WORDS[piece], end)
        elif piece == "pi":
            self._add(Kind.COMMAND, r"\pi", end)
        elif piece == "mod":
            self._add(Kind.COMMAND, r"\mod", end)
        elif self._is_bracketed_unit(piece, end):
            self._add_bracketed_unit(piece, end)
        elif piece in UNIT_RUNS and self.tokens and _ends_operand(self.tokens[-1]):
            raise Unread("a unit or a product of letters", self.position)
        elif len(piece) > _LONGEST_LETTER_RUN or _WORD_IN_FORMULA.search(piece):
            raise Unread("a word in the formula", self.position)
        else:
            for letter in piece:
                self._add(Kind.LETTER, letter, self.position + 1)

    def _on_other(self, piece: str) -> None:
        if piece in SPELT:
            self._add_command(SPELT[piece], self.position + 1)
        elif piece in RAISED or piece in LOWERED:
            self._add_small_run(piece)
        elif piece in LABELS:
            self._drop_label(self.position + 1)
        elif piece in CURRENCIES:
            self._add(Kind.UNIT, CURRENCIES[piece], self.position + 1)
        elif piece in FRACTIONS:
            self._add_fraction(FRACTIONS[piece])
        else:
            self._add_bare_word()

    def _drop_label(self, end: int) -> None:
        """Leaves out `①`, and the dots that lead to it."""
        while self.tokens and self.tokens[-1].text == r"\ldots":
            self.tokens.pop()
        self.position = end

    def _add_small_run(self, first: str) -> None:
        mark, table = ("^", RAISED) if first in RAISED else ("_", LOWERED)
        self._add(Kind.SYMBOL, mark, self.position)
        self._add(Kind.SYMBOL, "{", self.position)
        while self.position < len(self.text) and self.text[self.position] in table:
            character = table[self.text[self.position]]
            kind = (
                Kind.NUMBER
                if character.isdigit()
                else Kind.LETTER
                if character == "n"
                else Kind.SYMBOL
            )
            if kind is Kind.NUMBER and self.tokens[-1].kind is Kind.NUMBER:
                character = self.tokens.pop().text + character
            self._add(kind, character, self.position + 1)
        self._add(Kind.SYMBOL, "}", self.position)

    def _add_fraction(self, digits: str) -> None:
        self._add(Kind.COMMAND, r"\frac", self.position)
        self._add(Kind.NUMBER, digits[0], self.position)
        self._add(Kind.NUMBER, digits[1], self.position + 1)

    def _add_bare_word(self) -> None:
        end = self.position
        while end < len(self.text) and "\u4e00" <= self.text[end] <= "\u9fff":
            end += 1
        if end == self.position:
            raise Unread("an unknown character", self.position)
        if self.text[self.position] == "又":
            self._add(Kind.COMMAND, r"\mixed", self.position + 1)
            return
        self._add_text(self.text[self.position : end], end)

    def _on_command(self, piece: str) -> None:
        end = self.position + len(piece)
        if piece in SKIPPED or piece in FRAMES:
            self.position = end
        elif piece in CURRENCIES:
            self._add(Kind.UNIT, CURRENCIES[piece], end)
        elif piece in COLOURS or piece == r"\tag":
            self.position = _after(_LABEL, self.text, end)
        elif piece[1:] in FUNCTION_ALIASES:
            self._add(Kind.COMMAND, "\\" + FUNCTION_ALIASES[piece[1:]], end)
        elif piece == "\\\\":
            self._add(Kind.COMMAND, piece, _after(_ROW_SPACE, self.text, end))
        else:
            self._on_structure(piece, end)

    def _on_structure(self, piece: str, end: int) -> None:
        if piece in (r"\left", r"\right", r"\middle"):
            self._add_delimiter(piece, end)
        elif piece in TEXTUAL:
            self._add_textual(end)
        elif piece in (r"\begin", r"\end"):
            self._add_environment(piece, end)
        elif piece == r"\not":
            self._add_negated(end)
        else:
            self._add_command(ALIASES.get(piece, piece), end)

    def _add_negated(self, start: int) -> None:
        relation = _NEGATED.match(self.text, start)
        if relation is None:
            raise Unread("a relation that is crossed out", self.position)
        self._add(Kind.COMMAND, NEGATED[relation[1]], relation.end())

    def _add_command(self, name: str, end: int) -> None:
        if name in (r"\{", r"\}") or not name.startswith("\\"):
            self._add_symbol(name, end)
        else:
            self._add(Kind.COMMAND, name, end)

    def _add_delimiter(self, piece: str, start: int) -> None:
        match = _DELIMITER.match(self.text, start)
        if match is None:
            raise Unread("a bracket is missing", self.position)
        sign = ALIASES.get(match[1], match[1])
        if sign == ".":
            sign = "left." if piece == r"\left" else "right."
        elif sign == "|":
            sign = {r"\left": "|(", r"\right": ")|", r"\middle": "|"}[piece]
        self._add_command(sign, match.end())

    def _add_environment(self, piece: str, start: int) -> None:
        match = _ENVIRONMENT.match(self.text, start)
        if match is None:
            raise Unread("an environment without a name", self.position)
        end = match.end()
        if piece == r"\begin" and match[1] == "array":
            columns = _COLUMNS.match(self.text, end)
            end = columns.end() if columns else end
        if piece == r"\begin":
            self._open(match[1])
        elif self.openers:
            self.openers.pop()
        name = ENVIRONMENTS.get(match[1], match[1])
        self._add(Kind.BEGIN if piece == r"\begin" else Kind.END, name, end)

    def _add_textual(self, start: int) -> None:
        opening = _OPENING_BRACE.match(self.text, start)
        if opening is None:
            self.position = start
            return
        closing = self.text.find("}", opening.end())
        if closing < 0:
            raise Unread("a brace is not closed", opening.end() - 1)
        self._add_text(self.text[opening.end() : closing], closing + 1)

    def _add_text(self, written: str, end: int) -> None:
        word = re.sub(r"\\[,;:! ]|~|\s", " ", written).strip().strip(",.;:").strip()
        if not word:
            self.position = end
        elif word in LABELS:
            self._drop_label(end)
        elif word in CURRENCIES:
            self._add(Kind.UNIT, CURRENCIES[word], end)
        elif self._is_in_subscript():
            self._add_subscript(word, end)
        elif self._is_bracketed_unit(word, end):
            self._add_bracketed_unit(word, end)
        else:
            self._add_known_word(word, end)

    def _add_known_word(self, word: str, end: int) -> None:
        name = FUNCTION_ALIASES.get(word, word)
        if word in WORDS:
            self._add(Kind.WORD, WORDS[word], end)
        elif word in SPOKEN_SIGNS:
            self._add(Kind.COMMAND, SPOKEN_SIGNS[word], end)
        elif self._is_unit(word, end):
            self._add_unit(word, end)
        elif name in SPOKEN_FUNCTIONS:
            self._add(Kind.COMMAND, "\\" + name, end)
        elif re.fullmatch(r"[A-Za-z]|[A-Z]{2}|d[a-z]", word):
            self._add_letters(word, end)
        else:
            raise Unread("words in the formula", self.position)

    def _is_in_subscript(self) -> bool:
        before = [token.text for token in self.tokens[-2:]]
        return before[-1:] == ["_"] or before == ["_", "{"]

    def _add_subscript(self, word: str, end: int) -> None:
        name = re.sub(r"[\s{}]", "", word)
        if not re.fullmatch(r"[A-Za-z0-9\u4e00-\u9fff]+", name) or len(name) > _LONGEST_SUBSCRIPT:
            raise Unread("a subscript that is not a name", self.position)
        self._add(Kind.LETTER, name, end)

    def _is_unit(self, word: str, end: int) -> bool:
        if not self.tokens or not _ends_operand(self.tokens[-1]):
            return False
        if len(word) > 1 or not word.isascii():
            return _is_measured_in(word) and not (
                word == "min" and self.text.startswith(("(", "\\{", "\\left"), end)
            )
        return word in LETTER_UNITS and self.text[end : end + 1] not in ("_", "(")

    def _is_bracketed_unit(self, word: str, end: int) -> bool:
        """Whether it is `(cm)` or `（厘米）` behind a number."""
        is_letter = len(word) == 1 and word.isascii()
        if is_letter or word not in UNIT_RUNS | UNITS or len(self.tokens) < 2:
            return False
        opened = self.tokens[-1].text == "(" and _ends_operand(self.tokens[-2])
        return opened and _UNIT_END.match(self.text, end) is not None

    def _add_bracketed_unit(self, word: str, end: int) -> None:
        self.tokens.pop()
        self.openers.pop()
        self._add_unit(word, end)
        self.position = self.text.index(")", self.position) + 1

    def _add_unit(self, word: str, end: int) -> None:
        power = _RAISED_UNIT.match(self.text, end)
        if power is not None:
            digit = power[1] or power[2] or {"²": "2", "³": "3"}[power[3]]
            self._add(Kind.UNIT, f"{word}^{digit}", power.end())
        else:
            self._add(Kind.UNIT, word, end)

    def _add_letters(self, word: str, end: int) -> None:
        for letter in word:
            self._add(Kind.LETTER, letter, end)


def _ends_operand(token: Token) -> bool:
    return token.kind in (Kind.NUMBER, Kind.LETTER) or token.text in (")", "}", "]", r"\pi")


def _is_measured_in(word: str) -> bool:
    """Whether it is a unit, or a noun in the plural behind a number."""
    return word in UNITS or (_PLURAL.fullmatch(word) is not None and word not in NOT_COUNTED)


def _after(pattern: re.Pattern[str], text: str, start: int) -> int:
    match = pattern.match(text, start)
    return match.end() if match else start
