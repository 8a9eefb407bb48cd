"""The tree of errors that cross package borders.

TutorError                     message for people, `hint` for what to do next
├── SettingsError
├── InputError ── LatexError(position)
├── NetworkError
├── StorageError
├── ModelError ── ModelMissing · ModelDamaged · ModelTooLarge(needed, available) · ModelOutputError
└── WorkerError ─ WorkerStartError · WorkerCrashed(exit_code, log_tail) · ProtocolError
Cancelled                      not a TutorError: nothing went wrong
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence


class Cancelled(Exception):
    """The user stopped what was running."""


class TutorError(Exception):
    """Something a person can be told about in one line.

    Attributes:
        message: What happened, in a short English sentence without a full stop.
        hint: What to do next, or an empty string.
        template: The message with `{name}` places, the key of its translation.
        hint_template: The same of the hint.
        places: What goes into the places of both.
        causes: What led to it where that is several things, told with it: each source that was tried.
    """

    def __init__(
        self,
        message: str,
        *,
        hint: str = "",
        places: Mapping[str, object] | None = None,
        causes: Sequence[TutorError] = (),
    ) -> None:
        self.template = message
        self.hint_template = hint
        self.places = {name: str(value) for name, value in (places or {}).items()}
        self.causes = tuple(causes)
        told = "; ".join(cause.message for cause in causes)
        self.message: str = _filled(message, self.places) + (f": {told}" if told else "")
        self.hint = _filled(hint, self.places)
        super().__init__(self.message)

    def __str__(self) -> str:
        return f"{self.message}. {self.hint}" if self.hint else self.message


def _filled(template: str, places: Mapping[str, str]) -> str:
    return template.format_map(places) if places else template


class SettingsError(TutorError):
    """A settings value or file cannot be used."""


class InputError(TutorError):
    """What the user gave cannot be read as a problem."""


class LatexError(InputError):
    """A formula cannot be read.

    Attributes:
        position: Offset of the fault in the text, in characters.
    """

    def __init__(
        self,
        message: str,
        *,
        position: int,
        hint: str = "",
        places: Mapping[str, object] | None = None,
    ) -> None:
        super().__init__(message, hint=hint, places=places)
        self.position = position


class NetworkError(TutorError):
    """A download or a remote engine could not be reached."""


class StorageError(TutorError):
    """A file could not be written or read: no room, no permission."""


class ModelError(TutorError):
    """Something about a language model."""


class ModelMissing(ModelError):
    """The model's file is not on this machine."""


class ModelDamaged(ModelError):
    """The model's file is truncated, altered or not a GGUF file."""


class ModelTooLarge(ModelError):
    """The model would not fit in memory.

    Attributes:
        needed: Bytes the model needs.
        available: Bytes that are free.
    """

    def __init__(
        self,
        message: str,
        *,
        needed: int,
        available: int,
        hint: str = "",
        places: Mapping[str, object] | None = None,
    ) -> None:
        super().__init__(message, hint=hint, places=places)
        self.needed = needed
        self.available = available


class ModelOutputError(ModelError):
    """The model wrote something that cannot be used."""


class WorkerError(TutorError):
    """A child process could not do its work."""


class WorkerStartError(WorkerError):
    """A child process did not come up.

    Attributes:
        log_tail: The last lines it wrote.
    """

    def __init__(
        self,
        message: str,
        *,
        log_tail: str = "",
        hint: str = "",
        places: Mapping[str, object] | None = None,
    ) -> None:
        super().__init__(message, hint=hint, places=places)
        self.log_tail = log_tail


class WorkerCrashed(WorkerError):
    """A child process ended by itself.

    Attributes:
        exit_code: Its exit code; negative for a signal.
        log_tail: The last lines it wrote.
    """

    def __init__(
        self,
        message: str,
        *,
        exit_code: int,
        log_tail: str,
        hint: str = "",
        places: Mapping[str, object] | None = None,
    ) -> None:
        super().__init__(message, hint=hint, places=places)
        self.exit_code = exit_code
        self.log_tail = log_tail


class ProtocolError(WorkerError):
    """A child process said something that is not in the protocol."""
