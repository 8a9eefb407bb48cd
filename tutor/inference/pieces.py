"""Puts the bytes of tokens together to text, and holds back what may yet turn out to be a stop text."""

from __future__ import annotations

import codecs
from collections.abc import Sequence


class PieceJoiner:
    """The text of a growing sequence of tokens.

    One character may be spread over several tokens, and so may a stop text.

    Attributes:
        is_stopped: Whether a stop text has come; nothing after it counts.
    """

    def __init__(self, stops: Sequence[str] = ()) -> None:
        """Begin a text that ends before the first of `stops`."""
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self._stops = tuple(stop for stop in stops if stop)
        self._held = ""
        self.is_stopped = False

    def add(self, piece: bytes) -> str:
        """The text that is certain after one more token; may be empty."""
        return self._take(self._decoder.decode(piece))

    def finish(self) -> str:
        """The text that was held back; the tokens have ended."""
        text = self._take(self._decoder.decode(b"", final=True))
        held, self._held = self._held, ""
        return text + held

    def _take(self, text: str) -> str:
        if self.is_stopped:
            return ""
        self._held += text
        found = [at for stop in self._stops if (at := self._held.find(stop)) >= 0]
        if found:
            self.is_stopped = True
            text, self._held = self._held[: min(found)], ""
            return text
        keep = max((_overlap(self._held, stop) for stop in self._stops), default=0)
        cut = len(self._held) - keep
        text, self._held = self._held[:cut], self._held[cut:]
        return text


def _overlap(text: str, stop: str) -> int:
    """Length of the longest end of `text` that `stop` begins with."""
    longest = min(len(text), len(stop) - 1)
    return next((n for n in range(longest, 0, -1) if text.endswith(stop[:n])), 0)
