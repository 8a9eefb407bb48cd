"""A learner's text becomes a `Problem`, or an error that says what to do."""

from __future__ import annotations

import re
import unicodedata

from tutor.core.errors import InputError
from tutor.core.problem import Language, Problem
from tutor.intake.subject import speaks_of_mathematics
from tutor.mathtext.spans import formulas, require_balanced
from tutor.support.i18n import N_

MAX_CHARACTERS = 8_000
"""Longest problem; what is longer would not fit beside its solution in the model's context."""


def read_problem(text: str, *, language: Language | None = None) -> Problem:
    """The problem in a text.

    Args:
        text: What the learner typed: Markdown with LaTeX.
        language: The language to answer in; `None` takes the problem's own.

    Raises:
        InputError: The text is empty, too long, not text, or speaks of no mathematics.
        LatexError: A formula in it is not closed.
    """
    if len(text) > MAX_CHARACTERS:
        raise InputError(
            N_("the problem has {count} characters, and {most} is the most"),
            hint=N_("Give one problem at a time."),
            places={"count": f"{len(text):,}", "most": f"{MAX_CHARACTERS:,}"},
        )
    text = text.replace("\r\n", "\n").replace("\r", "\n").strip().removeprefix("\ufeff")
    if not text:
        raise InputError(
            N_("the problem is empty"),
            hint=N_("Type a problem, for example: Solve $x^2-5x+6=0$"),
        )
    _require_text(text)
    require_balanced(text)
    if not speaks_of_mathematics(text):
        raise InputError(
            N_("There is no problem in this text"),
            hint=N_("Type a problem, for example: Solve $x^2-5x+6=0$"),
        )
    return Problem(text=text, language=language or detect_language(text))


def detect_language(text: str) -> Language:
    """Chinese when the prose has Chinese characters, else English."""
    prose = text
    for span in reversed(formulas(text)):
        prose = prose[: span.start] + " " + prose[span.end :]
    return Language.CHINESE if re.search(r"[\u4e00-\u9fff]", prose) else Language.ENGLISH


def _require_text(text: str) -> None:
    for character in text:
        if unicodedata.category(character) in ("Cc", "Cn", "Co", "Cs") and character not in "\n\t":
            raise InputError(
                N_("this is not text: it holds control characters"),
                hint=N_("Paste the problem as text."),
            )
    if "\ufffd" in text:
        raise InputError(
            N_("this is not text in UTF-8"),
            hint=N_("Save it as UTF-8, or paste the problem as text."),
        )
