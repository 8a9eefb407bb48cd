"""Why a formula is not read."""

from __future__ import annotations


class Unread(Exception):
    """The text cannot be read, or only by guessing.

    Attributes:
        reason: What is in the way, in a few words.
        position: Offset of the fault in the text that was given, in characters.
    """

    def __init__(self, reason: str, position: int) -> None:
        super().__init__(f"{reason} (at {position})")
        self.reason = reason
        self.position = position


class TooBig(Unread):
    """The text is longer, deeper or has longer numbers than is read at all."""
