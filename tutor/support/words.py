"""How verdicts, badges and stages are said: by a sign and by a word, the same in the window and the terminal."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from tutor.core.check import Check, Evidence, Verdict, Why
from tutor.core.events import Stage
from tutor.core.solution import Badge
from tutor.support.i18n import N_, Translator


@dataclass(frozen=True, slots=True)
class Sign:
    """A judgement as people see it.

    Attributes:
        glyph: One character that differs in shape from all others.
        word: The word for it, a message to be translated.
    """

    glyph: str
    word: str


VERDICTS: Final[Mapping[Verdict, Sign]] = {
    Verdict.VERIFIED: Sign("✓", N_("verified")),
    Verdict.REFUTED: Sign("✗", N_("refuted")),
    Verdict.UNDECIDED: Sign("?", N_("undecided")),
    Verdict.NOT_CHECKABLE: Sign("–", N_("not checkable")),
}

PENDING: Final = Sign("…", N_("checking"))
"""A verdict that has not come yet."""

BADGES: Final[Mapping[Badge, Sign]] = {
    Badge.VERIFIED: Sign("✓", N_("verified")),
    Badge.AGREED: Sign("≈", N_("agreed")),
    Badge.UNSURE: Sign("?", N_("unsure")),
}

STAGES: Final[Mapping[Stage, str]] = {
    Stage.VERIFYING: N_("Verifying the model"),
    Stage.LOADING: N_("Loading the model"),
    Stage.READING: N_("Reading the problem"),
    Stage.WRITING: N_("Writing"),
    Stage.CHECKING: N_("Checking"),
}

_REASONS: Final[Mapping[Why, str]] = {
    Why.TIME: N_("There was not enough time to decide."),
    Why.PARSE: N_("The formula could not be read."),
    Why.UNSUPPORTED: N_("This kind of statement cannot be decided yet."),
    Why.CRASH: N_("The check broke off."),
}

_PLACE: Final = re.compile(r"\{(\w+)\}")


def explanation(check: Check, tr: Translator, formula: Callable[[str], str] = str) -> str:
    """What a verdict rests on; empty where nothing is known.

    Args:
        check: The judgement.
        tr: Translates the sentence.
        formula: Writes the LaTeX of a place the way it is shown.
    """
    if check.evidence is not None:
        return _sentence(check.evidence, tr, formula)
    return tr(_REASONS[check.why]) if check.why else ""


def _sentence(evidence: Evidence, tr: Translator, formula: Callable[[str], str]) -> str:
    places = {name: formula(value) for name, value in evidence.details.items()}
    return _PLACE.sub(lambda m: places.get(m.group(1), m.group()), tr(evidence.message))
