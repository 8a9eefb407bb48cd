"""How far the installation of a model is."""

from __future__ import annotations

import enum
from collections.abc import Callable
from dataclasses import dataclass

from tutor.core.errors import Cancelled
from tutor.inference.catalogue import ModelInfo


class InstallStage(enum.StrEnum):
    """What is being done."""

    DOWNLOADING = "downloading"
    VERIFYING = "verifying"


@dataclass(frozen=True, slots=True, kw_only=True)
class InstallProgress:
    """How far an installation is.

    Attributes:
        model: The model's name.
        stage: What is being done.
        done: Bytes done.
        total: Bytes in all.
        part: The part that is coming in, counted from 1; 0 where the file comes in one piece.
        parts: How many parts there are; 0 where the file comes in one piece.
    """

    model: str
    stage: InstallStage
    done: int
    total: int
    part: int = 0
    parts: int = 0


class Meter:
    """Counts one installation for whoever watches, and is where a cancellation shows."""

    def __init__(
        self,
        info: ModelInfo,
        progress: Callable[[InstallProgress], None],
        is_cancelled: Callable[[], bool],
    ) -> None:
        self._name = info.name
        self._parts = info.parts.count if info.parts else 0
        self._progress = progress
        self._is_cancelled = is_cancelled
        self.total = info.bytes or 0
        self._reached = 0

    def downloaded(self, done: int, part: int = 0) -> None:
        """So many bytes of the file have come.

        Raises:
            Cancelled: The installation is to stop.
        """
        # What has come is counted once more while it is unpacked.
        self._reached = max(self._reached, done)
        self._report(InstallStage.DOWNLOADING, self._reached, part)

    def verified(self, done: int) -> None:
        """So many bytes of the file are checked.

        Raises:
            Cancelled: The installation is to stop.
        """
        self._report(InstallStage.VERIFYING, done, 0)

    def _report(self, stage: InstallStage, done: int, part: int) -> None:
        if self._is_cancelled():
            raise Cancelled
        report = InstallProgress(
            model=self._name,
            stage=stage,
            done=min(done, self.total),
            total=self.total,
            part=part,
            parts=self._parts if part else 0,
        )
        self._progress(report)
