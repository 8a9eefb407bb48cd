"""What is asked of a language model and what comes back; the seam between the solver and any model."""

from __future__ import annotations

import enum
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from tutor.core.errors import TutorError


class Role(enum.StrEnum):
    """Who speaks."""

    SYSTEM = "system"
    USER = "user"
    ASSISTANT = "assistant"


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """One turn of a conversation.

    Attributes:
        role: Who speaks.
        text: What is said.
    """

    role: Role
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Generation:
    """What to generate.

    Attributes:
        messages: The conversation, ending with the user's turn.
        prefix: How the model's own turn begins; it goes on from there.
        max_tokens: Most tokens to write.
        seed: Seed of the sampling.
        temperature: 0 always takes the likeliest token.
        stop: Texts at which the model stops, without writing them.
    """

    messages: tuple[Message, ...]
    prefix: str = ""
    max_tokens: int = 1024
    seed: int = 0
    temperature: float = 0.0
    stop: tuple[str, ...] = ()


class Finish(enum.StrEnum):
    """Why a generation ended."""

    STOP = "stop"
    LENGTH = "length"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelVerifying:
    """The model's file was written to since it was last verified, and is read in full to compare its hash.

    Attributes:
        fraction: Share that is read, 0 to 1.
    """

    fraction: float


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelLoading:
    """The model's file is being loaded."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PromptReading:
    """The prompt is being read.

    Attributes:
        fraction: Share that is read, 0 to 1.
    """

    fraction: float


@dataclass(frozen=True, slots=True, kw_only=True)
class TextWritten:
    """The model wrote something.

    Attributes:
        text: The new characters.
        tokens: Tokens written in this generation so far.
        tokens_per_second: Their pace, without the time for loading and for reading the prompt.
    """

    text: str
    tokens: int
    tokens_per_second: float


@dataclass(frozen=True, slots=True, kw_only=True)
class GenerationFinished:
    """The generation ended in good order; nothing comes after it.

    Attributes:
        finish: Why.
        prompt_tokens: Tokens that were read, without those found in the cache.
        tokens: Tokens written.
        writing_seconds: Seconds spent on writing them.
    """

    finish: Finish
    prompt_tokens: int = 0
    tokens: int = 0
    writing_seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class GenerationFailed:
    """The generation could not be done; nothing comes after it.

    Attributes:
        error: What went wrong.
    """

    error: TutorError


ModelEvent = (
    ModelVerifying
    | ModelLoading
    | PromptReading
    | TextWritten
    | GenerationFinished
    | GenerationFailed
)
"""What a model says while it generates."""

ModelSink = Callable[[ModelEvent], None]
"""Takes the events; called on the model's own thread, so it only hands them on (to a queue)."""


class RunningGeneration(Protocol):
    """A generation under way."""

    def cancel(self) -> None:
        """Stop computing; `GenerationFinished(CANCELLED)` or `GenerationFailed` follows."""


class Model(Protocol):
    """A language model that generates one text at a time."""

    @property
    def name(self) -> str:
        """Its name in the catalogue."""

    @property
    def thinks(self) -> bool:
        """Whether it thinks before it writes, so that it needs no plan and more tokens."""

    def generate(self, generation: Generation, sink: ModelSink) -> RunningGeneration:
        """Begin to generate and return at once; the events go to `sink`.

        Exactly one `GenerationFinished` or `GenerationFailed` comes, and it is the last event.
        """

    def close(self) -> None:
        """End the model's process, if it has one."""
