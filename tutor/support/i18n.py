"""Words in the learner's language.

English messages are the keys. `N_` marks a message that is translated later (an `Evidence.message`,
a table of labels); a `Translator` translates.
"""

from __future__ import annotations

import locale
import os
from functools import cache

from tutor.core.errors import TutorError
from tutor.core.problem import Language
from tutor.support.resources import asset


def N_(message: str) -> str:  # noqa: N802 - the customary name
    """Mark a message for translation and return it as it is."""
    return message


@cache
def _catalogue(language: Language) -> dict[str, str]:
    if language is Language.ENGLISH:
        return {}
    import polib  # noqa: PLC0415 - not needed in English, off the start path

    entries = polib.pofile(str(asset("translations", f"{language.value}.po")))
    return {entry.msgid: entry.msgstr for entry in entries if entry.msgstr}


class Translator:
    """Translates messages into one language.

    Attributes:
        language: The language it translates into.
    """

    def __init__(self, language: Language) -> None:
        self.language = language

    def __call__(self, message: str, **places: object) -> str:
        """The message in this language with its `{name}` places filled."""
        text = _catalogue(self.language).get(message, message)
        return text.format(**places) if places else text

    def error(self, error: TutorError) -> str:
        """An error's message, its causes and its hint in this language, on one line."""
        message = self(error.template, **error.places)
        if error.causes:
            told = self(N_("; ")).join(self(c.template, **c.places) for c in error.causes)
            message = self(N_("{what}: {why}"), what=message, why=told)
        hint = self(error.hint_template, **error.places)
        return self(N_("{what}. {hint}"), what=message, hint=hint) if hint else message


def system_language() -> Language:
    """The interface language that the system's settings ask for."""
    names = (os.environ.get(name, "") for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    chosen = next((name for name in names if name), "") or (locale.getlocale()[0] or "")
    return Language.CHINESE if chosen.lower().startswith("zh") else Language.ENGLISH
