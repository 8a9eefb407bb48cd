"""Takes a model's tags out of its text: `<think>` divides thinking from writing, control tokens vanish."""

from __future__ import annotations

import re

_OPENING = ("<think>", "<thinking>")
_CLOSING = ("</think>", "</thinking>")
_PLAIN = (*_OPENING, *_CLOSING, "<s>", "</s>")
_CONTROL = re.compile(r"<\|[a-z][a-z0-9_]{2,30}\|>|<｜[^｜<>\n]{2,40}｜>")
_CONTROL_BEGUN = re.compile(r"<(?:\|(?:[a-z][a-z0-9_]{0,30}\|?)?|｜(?:[^｜<>\n]{1,40}｜?)?)?")


class TagReader:
    """Divides a stream into pieces of thinking and of writing; how the stream is cut does not matter."""

    def __init__(self, *, thinking: bool = False) -> None:
        """Begin to read.

        Args:
            thinking: Whether the text begins inside the thinking.
        """
        self._thinking = thinking
        self._held = ""

    def feed(self, text: str) -> list[tuple[bool, str]]:
        """The pieces that are safe to pass on: whether each is thinking, and its text."""
        self._held += text
        pieces: list[tuple[bool, str]] = []
        while self._held:
            plain, bracket, rest = self._held.partition("<")
            if plain:
                pieces.append((self._thinking, plain))
            self._held = bracket + rest
            if not self._held or _may_become_tag(self._held):
                break
            taken = self._take_tag()
            if not taken:
                pieces.append((self._thinking, "<"))
                self._held = self._held[1:]
        return pieces

    def finish(self) -> list[tuple[bool, str]]:
        """The piece that was held back."""
        held, self._held = self._held, ""
        return [(self._thinking, held)] if held else []

    def _take_tag(self) -> bool:
        control = _CONTROL.match(self._held)
        tag = control[0] if control else next((t for t in _PLAIN if self._held.startswith(t)), "")
        self._held = self._held[len(tag) :]
        if tag in _OPENING:
            self._thinking = True
        elif tag in _CLOSING:
            self._thinking = False
        return bool(tag)


def _may_become_tag(text: str) -> bool:
    is_begun = any(tag.startswith(text) and tag != text for tag in _PLAIN)
    return is_begun or _CONTROL_BEGUN.fullmatch(text) is not None


def without_control_tokens(text: str) -> str:
    """A text that cannot end or begin a turn of the conversation it is put into."""
    while (cleaned := _CONTROL.sub("", text)) != text:
        text = cleaned
    return text
