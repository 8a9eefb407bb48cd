"""Verdicts, badges and stages as shapes and words."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from tutor.core.check import Check, Evidence, Verdict, Why
from tutor.core.events import Stage
from tutor.core.solution import Badge
from tutor.gui.presenters.cards import CheckLine, Mark
from tutor.support.i18n import N_, Translator

_VERDICTS: Final[Mapping[Verdict, tuple[str, str, str]]] = {
    Verdict.VERIFIED: ("verified", "✓", N_("verified")),
    Verdict.REFUTED: ("refuted", "✗", N_("refuted")),
    Verdict.UNDECIDED: ("undecided", "?", N_("undecided")),
    Verdict.NOT_CHECKABLE: ("not-checkable", "–", N_("not checkable")),
}

_BADGES: Final[Mapping[Badge, tuple[str, str, str]]] = {
    Badge.VERIFIED: ("verified", "✓", N_("verified")),
    Badge.AGREED: ("agreed", "≈", N_("agreed")),
    Badge.UNSURE: ("unsure", "?", N_("unsure")),
}

BADGE_SENTENCES: Final[Mapping[Badge, str]] = {
    Badge.VERIFIED: N_("The answer was checked against the problem, and it holds."),
    Badge.AGREED: N_("Independent attempts came to the same answer; it was not proved."),
    Badge.UNSURE: N_("Nothing confirms this answer yet. Go through the steps with care."),
}

REFUTED_ANSWER: Final = N_("Put into the problem, this answer is wrong.")

STAGES: Final[Mapping[Stage, str]] = {
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

_METHODS: Final = {
    "sampling": N_("tried at sample points"),
    "substitution": N_("by substitution"),
    "derivative": N_("by differentiating"),
    "arithmetic": N_("by computing"),
    "rounding": N_("by computing, rounded"),
    "recomputation": N_("worked out again"),
}

_PLACE: Final = re.compile(r"\{(\w+)\}")


def verdict_mark(verdict: Verdict | None, tr: Translator) -> Mark:
    """The mark of a verdict; `None` is one that has not come yet."""
    if verdict is None:
        return Mark(state="checking", glyph="…", word=tr(N_("checking")))
    state, glyph, word = _VERDICTS[verdict]
    return Mark(state=state, glyph=glyph, word=tr(word))


def badge_mark(badge: Badge, tr: Translator) -> Mark:
    """The mark of an answer."""
    state, glyph, word = _BADGES[badge]
    return Mark(state=state, glyph=glyph, word=tr(word))


def check_line(check: Check, tr: Translator) -> CheckLine:
    """A check as a line of evidence."""
    return CheckLine(
        mark=verdict_mark(check.verdict, tr),
        claim=check.claim.latex,
        method=tr(_METHODS.get(check.method, check.method)),
        message=explanation(check, tr),
    )


def explanation(check: Check, tr: Translator) -> str:
    """What a verdict rests on, as Markdown; empty where nothing is known."""
    if check.evidence is not None:
        return evidence_text(check.evidence, tr)
    return tr(_REASONS[check.why]) if check.why else ""


def evidence_text(evidence: Evidence, tr: Translator) -> str:
    """An evidence's sentence with its formulas in their places."""
    places = {name: rf"\({value}\)" for name, value in evidence.details.items()}
    return _PLACE.sub(lambda m: places.get(m.group(1), m.group()), tr(evidence.message))
