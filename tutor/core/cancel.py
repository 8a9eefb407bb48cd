"""How a caller stops what it started."""

from __future__ import annotations

import threading


class CancelToken:
    """Set once by whoever wants to stop; looked at by whoever works."""

    def __init__(self) -> None:
        self._event = threading.Event()

    def cancel(self) -> None:
        """Ask the work to stop."""
        self._event.set()

    @property
    def is_cancelled(self) -> bool:
        """Whether someone asked."""
        return self._event.is_set()
