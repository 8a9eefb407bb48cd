"""Ctrl-C while the program is still being imported."""

from __future__ import annotations

import signal


class HeldInterrupts:
    """Keeps Ctrl-C back: in the middle of an import it can end in any exception, and nothing can be told yet."""

    def __init__(self) -> None:
        """Keep it back from here on."""
        self._came = False
        self._usual = signal.signal(signal.SIGINT, self._note)

    def release(self) -> None:
        """Let it through again.

        Raises:
            KeyboardInterrupt: It came meanwhile.
        """
        self.end()
        if self._came:
            raise KeyboardInterrupt

    def end(self) -> None:
        """Let it through again, and forget what came; does nothing after `release`."""
        if signal.getsignal(signal.SIGINT) == self._note:
            signal.signal(signal.SIGINT, self._usual)

    def _note(self, *_: object) -> None:
        self._came = True
