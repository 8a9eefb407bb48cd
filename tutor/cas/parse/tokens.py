"""The smallest pieces of a formula, and how large a formula may be."""

from __future__ import annotations

import enum
from typing import NamedTuple

MAX_CHARACTERS = 6_000
MAX_TOKENS = 1_500
MAX_DEPTH = 60
MAX_DIGITS = 300


class Kind(enum.Enum):
    """What sort of piece a token is."""

    NUMBER = enum.auto()
    LETTER = enum.auto()
    COMMAND = enum.auto()
    SYMBOL = enum.auto()
    BEGIN = enum.auto()
    END = enum.auto()
    WORD = enum.auto()
    UNIT = enum.auto()
    STOP = enum.auto()


class Token(NamedTuple):
    """A piece of the text.

    Attributes:
        kind: Its sort.
        text: Its one spelling; for an environment its name, for a word or unit the bare word.
        position: Offset of its first character in the text.
        end: Offset after its last character.
    """

    kind: Kind
    text: str
    position: int
    end: int
