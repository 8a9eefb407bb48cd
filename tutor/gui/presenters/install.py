"""The installation of the default model as the window shows it."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from tutor.core.errors import TutorError
from tutor.gui.model_library import InstallJob, ModelLibrary, ModelOffer
from tutor.inference.progress import InstallProgress, InstallStage
from tutor.support.i18n import N_, Translator


@dataclass(frozen=True, slots=True, kw_only=True)
class InstallPanel:
    """What the panel shows.

    Attributes:
        title: What is the matter.
        text: What will be done, or how far it is, or what went wrong.
        fraction: How much is done, 0 to 1; `None` before it begins.
        is_running: Whether it is under way.
    """

    title: str
    text: str
    fraction: float | None = None
    is_running: bool = False


class InstallPresenter(QObject):
    """Offers the model while it is missing, and installs it.

    Signals:
        changed: Something to be shown is different.
        installed: The model is there now.
    """

    changed = Signal()
    installed = Signal()

    def __init__(self, library: ModelLibrary, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._library = library
        self._job: InstallJob | None = None
        self._offer: ModelOffer | None = None
        self._progress: InstallProgress | None = None
        self._error: TutorError | None = None

    @property
    def is_needed(self) -> bool:
        """Whether nothing can be solved yet for want of a model."""
        return self._offer is not None

    def look(self) -> None:
        """See whether the model is there."""
        if self._job is None:
            self._offer = self._library.offer()
            self.changed.emit()

    def install(self) -> None:
        """Begin, or go on, with the installation."""
        if self._job is not None:
            return
        self._error = self._progress = None
        job = InstallJob(self._library)
        job.progressed.connect(self._on_progressed)
        job.finished.connect(self._on_job_finished)
        self._job = job
        job.start()
        self.changed.emit()

    def cancel(self) -> None:
        """Stop it; what has come is kept."""
        if self._job is not None:
            self._job.cancel()

    def close(self) -> None:
        """Stop it and wait until it has stopped."""
        job, self._job = self._job, None
        if job is not None:
            job.cancel()
            job.wait()

    def panel(self, tr: Translator) -> InstallPanel | None:
        """What the panel shows; `None` when it is not needed."""
        if self._offer is None:
            return None
        title = tr(N_("The language model is not here yet"))
        if self._offer.is_damaged:
            title = tr(N_("The language model's file is damaged"))
        return InstallPanel(
            title=title,
            text=self._text(self._offer, tr),
            fraction=self._fraction(),
            is_running=self._job is not None,
        )

    def _text(self, offer: ModelOffer, tr: Translator) -> str:
        if self._job is not None:
            return _so_far(self._progress, tr)
        if self._error is not None:
            return tr.error(self._error)
        size = tr(N_("{size} GB"), size=f"{offer.bytes / 1e9:.1f}") if offer.bytes else "?"
        return tr(
            N_("{model} ({size}) is downloaded once. After that, everything works offline."),
            model=offer.title,
            size=size,
        )

    def _fraction(self) -> float | None:
        now = self._progress
        if self._job is None:
            return None
        return now.done / now.total if now and now.total else 0.0

    def _on_progressed(self, progress: InstallProgress) -> None:
        self._progress = progress
        self.changed.emit()

    def _on_job_finished(self) -> None:
        job, self._job = self._job, None
        if job is None:
            return
        job.wait()
        self._error = job.error
        self._offer = self._library.offer()
        self.changed.emit()
        if self._offer is None:
            self.installed.emit()


def _so_far(progress: InstallProgress | None, tr: Translator) -> str:
    if progress is None:
        return tr(N_("Connecting…"))
    if progress.stage is InstallStage.VERIFYING:
        return tr(N_("Checking the file…"))
    return tr(
        N_("{done} of {total} MB"),
        done=f"{progress.done / 1e6:,.0f}",
        total=f"{progress.total / 1e6:,.0f}",
    )
