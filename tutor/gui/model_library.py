"""The default model: whether it is here, and the thread that brings it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from PySide6.QtCore import QObject, QThread, Signal

from tutor.core.errors import Cancelled, ModelDamaged, ModelMissing, TutorError
from tutor.inference.catalogue import load_catalogue, resolve
from tutor.inference.install import install
from tutor.inference.progress import InstallProgress


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelOffer:
    """A model that has to be installed.

    Attributes:
        title: Its name for people.
        bytes: Its size, or `None` where only the source knows.
        is_damaged: Whether there is a file of that name which cannot be used.
    """

    title: str
    bytes: int | None
    is_damaged: bool = False


class ModelLibrary(Protocol):
    """Knows the default model; `InstalledModels` is the real one."""

    def offer(self) -> ModelOffer | None:
        """What has to be installed before anything can be solved; `None` when all is there."""
        ...

    def install(
        self, progress: Callable[[InstallProgress], None], is_cancelled: Callable[[], bool]
    ) -> None:
        """Install it, from the calling thread.

        Raises:
            Cancelled: `is_cancelled` said so.
            TutorError: It could not be installed.
        """
        ...


class InstalledModels:
    """The models of this machine."""

    def offer(self) -> ModelOffer | None:
        """The default model, if it is not here or not whole."""
        info = load_catalogue().default
        try:
            resolve()
        except ModelMissing:
            return ModelOffer(title=info.title, bytes=info.bytes)
        except ModelDamaged:
            return ModelOffer(title=info.title, bytes=info.bytes, is_damaged=True)
        return None

    def install(
        self, progress: Callable[[InstallProgress], None], is_cancelled: Callable[[], bool]
    ) -> None:
        """Install the default model."""
        install(load_catalogue().default, progress=progress, is_cancelled=is_cancelled)


class InstallJob(QThread):
    """One installation in a thread of its own.

    Signals:
        progressed: How far it is, as an `InstallProgress`.
    """

    progressed = Signal(InstallProgress)

    def __init__(self, library: ModelLibrary, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._library = library
        self._is_cancelled = False
        self.error: TutorError | None = None

    def run(self) -> None:
        """Install; what went wrong is in `error` afterwards."""
        try:
            self._library.install(self.progressed.emit, lambda: self._is_cancelled)
        except TutorError as error:
            self.error = error
        except Cancelled:
            return

    def cancel(self) -> None:
        """Ask it to stop; the next installation goes on from there."""
        self._is_cancelled = True
