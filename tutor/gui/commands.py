"""What can be done in the window: one table for shortcuts, menu and tooltips."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from PySide6.QtGui import QKeySequence

from tutor.support.i18n import N_


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """Something the user can do.

    Attributes:
        name: Its identity.
        text: What it is called, to be translated.
        keys: The key sequences that do it; the first one is shown.
    """

    name: str
    text: str
    keys: tuple[str, ...]

    @property
    def shown_key(self) -> str:
        """The first key as it is printed on keyboards of this system."""
        sequence = QKeySequence(self.keys[0].replace("Return", "Enter"))
        return str(sequence.toString(QKeySequence.SequenceFormat.NativeText))


SOLVE: Final = Command(name="solve", text=N_("Solve"), keys=("Ctrl+Return", "Ctrl+Enter"))
STOP: Final = Command(name="stop", text=N_("Stop"), keys=("Esc",))
NEW: Final = Command(name="new", text=N_("New problem"), keys=("Ctrl+N",))
EDIT: Final = Command(name="edit", text=N_("Go to the problem"), keys=("Ctrl+L",))
LARGER: Final = Command(name="larger", text=N_("Larger text"), keys=("Ctrl++", "Ctrl+="))
SMALLER: Final = Command(name="smaller", text=N_("Smaller text"), keys=("Ctrl+-",))
QUIT: Final = Command(name="quit", text=N_("Quit"), keys=("Ctrl+Q",))

COMMANDS: Final = (SOLVE, STOP, NEW, EDIT, LARGER, SMALLER, QUIT)
