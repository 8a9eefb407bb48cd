"""The language of the interface, which can change while the window is open."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from tutor.core.problem import Language
from tutor.support.i18n import Translator, system_language


class LanguageSource(QObject):
    """The interface's language: the system's at first.

    Signals:
        changed: Another language is in force.
    """

    changed = Signal()

    def __init__(self, language: Language | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._translator = Translator(language or system_language())

    @property
    def language(self) -> Language:
        """The language in force."""
        return self._translator.language

    @property
    def translator(self) -> Translator:
        """Translates into the language in force."""
        return self._translator

    def choose(self, language: Language) -> None:
        """Take the user's choice."""
        if language is not self.language:
            self._translator = Translator(language)
            self.changed.emit()
