"""A place in a list of tokens."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import NoReturn

from tutor.cas.parse.errors import TooBig, Unread
from tutor.cas.parse.tokens import MAX_DEPTH, Kind, Token


class Cursor:
    """Walks over tokens.

    Args:
        tokens: The tokens; the last one is of kind `STOP`.
    """

    def __init__(self, tokens: list[Token]) -> None:
        self._tokens = tokens
        self.index = 0
        self._depth = 0

    def peek(self, offset: int = 0) -> Token:
        """The token at the place, or `offset` after it; at the end the last one."""
        place = self.index + offset
        return self._tokens[place] if place < len(self._tokens) else self._tokens[-1]

    def previous(self) -> Token | None:
        """The token before the place."""
        return self._tokens[self.index - 1] if self.index else None

    def at(self, *texts: str) -> bool:
        """Whether the token at the place is a sign or command with one of these texts."""
        token = self.peek()
        return token.text in texts and token.kind in (Kind.SYMBOL, Kind.COMMAND)

    def take(self) -> Token:
        """The token at the place, which is then behind it."""
        token = self.peek()
        if token.kind is not Kind.STOP:
            self.index += 1
        return token

    def accept(self, *texts: str) -> bool:
        """Takes the token if it is one of these signs."""
        found = self.at(*texts)
        if found:
            self.index += 1
        return found

    def accept_script(self, *texts: str) -> bool:
        """Takes one of these signs, bare or alone in braces."""
        if self.peek().text in texts:
            self.index += 1
            return True
        inside = self.peek().text == "{" and self.peek(2).text == "}"
        if inside and self.peek(1).text in texts:
            self.index += 3
            return True
        return False

    def expect(self, text: str) -> None:
        """Takes this sign.

        Raises:
            Unread: Something else is there.
        """
        if not self.accept(text):
            self.fail(f"'{text}' is missing")

    def split_number(self) -> None:
        """Cuts the first digit off the number at the place, as TeX does for an argument."""
        token = self.peek()
        if token.kind is Kind.NUMBER and len(token.text) > 1:
            middle = token.position + 1
            first = Token(Kind.NUMBER, token.text[0], token.position, middle)
            rest = Token(Kind.NUMBER, token.text[1:], middle, token.end)
            self._tokens[self.index : self.index + 1] = [first, rest]

    def after_argument(self, offset: int) -> int:
        """The offset after the group or token that begins at an offset from the place."""
        if self.peek(offset).text != "{":
            return offset + 1
        depth = 0
        while self.peek(offset).kind is not Kind.STOP:
            depth += {"{": 1, "}": -1}.get(self.peek(offset).text, 0)
            offset += 1
            if depth == 0:
                break
        return offset

    def behind_letters(self) -> bool:
        """Whether the bracket that ends before the place holds letters: its exponent may be lost."""
        place, depth = self.index - 1, 0
        while place >= 0:
            token = self._tokens[place]
            depth += {")": 1, "(": -1}.get(token.text, 0)
            if token.kind is Kind.LETTER:
                return True
            if depth == 0:
                return False
            place -= 1
        return False

    def behind_bracket(self) -> bool:
        """Whether a part in brackets ended before the last primes."""
        place = self.index - 1
        while place >= 0 and self._tokens[place].text in ("'", "^", "{", "}", r"\second"):
            place -= 1
        return place >= 0 and self._tokens[place].text in (")", "]")

    def fail(self, reason: str, token: Token | None = None) -> NoReturn:
        """Gives up at a token, by default the one at the place."""
        raise Unread(reason, (token or self.peek()).position)

    @contextmanager
    def deeper(self) -> Iterator[None]:
        """Counts one level of nesting.

        Raises:
            TooBig: The formula is nested too deeply.
        """
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise TooBig("the formula is nested too deeply", self.peek().position)
        try:
            yield
        finally:
            self._depth -= 1
