"""Verdicts, badges and evidence as the cards of the window show them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from tutor.core.check import Check, Verdict
from tutor.core.solution import Badge
from tutor.gui.presenters.cards import CheckLine, Mark
from tutor.support import words
from tutor.support.i18n import N_, Translator
from tutor.support.words import BADGES, PENDING, VERDICTS, Sign

BADGE_SENTENCES: Final[Mapping[Badge, str]] = {
    Badge.VERIFIED: N_("The answer was checked against the problem, and it holds."),
    Badge.AGREED: N_("Independent attempts came to the same answer; it was not proved."),
    Badge.UNSURE: N_("Nothing confirms this answer yet. Go through the steps with care."),
}

REFUTED_ANSWER: Final = N_("Put into the problem, this answer is wrong.")

_METHODS: Final = {
    "sampling": N_("tried at sample points"),
    "substitution": N_("by substitution"),
    "derivative": N_("by differentiating"),
    "arithmetic": N_("by computing"),
    "rounding": N_("by computing, rounded"),
    "recomputation": N_("worked out again"),
}


def verdict_mark(verdict: Verdict | None, tr: Translator) -> Mark:
    """The mark of a verdict; `None` is one that has not come yet."""
    if verdict is None:
        return _mark("checking", PENDING, tr)
    return _mark(verdict.value.replace(" ", "-"), VERDICTS[verdict], tr)


def badge_mark(badge: Badge, tr: Translator) -> Mark:
    """The mark of an answer."""
    return _mark(badge.value, BADGES[badge], tr)


def _mark(state: str, sign: Sign, tr: Translator) -> Mark:
    return Mark(state=state, glyph=sign.glyph, word=tr(sign.word))


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
    return words.explanation(check, tr, lambda latex: rf"\({latex}\)")
