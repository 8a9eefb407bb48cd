"""What is told when a worker does not come up or ends: whole sentences, so that each can be translated."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from tutor.support.i18n import N_


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentences:
    """What is told of one worker, with places for `{name}`, `{how}` and `{code}`.

    Attributes:
        not_started: The system would not start it; `{how}` is in the system's words.
        not_up: It did not greet.
        other_version: It speaks another protocol.
        killed: It was ended by the signal `{code}`.
        exited: It ended with the exit code `{code}`.
        gone: It ended, and nobody saw how.
    """

    not_started: str
    not_up: str
    other_version: str
    killed: str
    exited: str
    gone: str

    def ended(self, code: int, *, unknown: int) -> str:
        """The sentence for an exit code: negative for a signal, `unknown` where it was not seen."""
        if code == unknown:
            return self.gone
        return self.killed if code < 0 else self.exited


_ANY: Final = Sentences(
    not_started=N_("the {name} process could not be started ({how})"),
    not_up=N_("the {name} process did not come up"),
    other_version=N_("the {name} process is of another version"),
    killed=N_("the {name} process ended unexpectedly (signal {code})"),
    exited=N_("the {name} process ended unexpectedly (exit code {code})"),
    gone=N_("the {name} process ended unexpectedly (exit code unknown)"),
)

_MODEL: Final = Sentences(
    not_started=N_("the language model's process could not be started ({how})"),
    not_up=N_("the language model's process did not come up"),
    other_version=N_("the language model's process is of another version"),
    killed=N_("the language model's process ended unexpectedly (signal {code})"),
    exited=N_("the language model's process ended unexpectedly (exit code {code})"),
    gone=N_("the language model's process ended unexpectedly (exit code unknown)"),
)


def sentences(name: str) -> Sentences:
    """What is told of the worker of that name."""
    return _MODEL if name == "model" else _ANY
