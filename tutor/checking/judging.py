"""From what algebra found to a verdict: the judgement, and the only place that says *refuted*."""

from __future__ import annotations

from dataclasses import replace

from tutor.cas.requests import CasResult, Finding, Outcome, Truth
from tutor.checking.moods import Mood, has_letters
from tutor.core.check import Check, Claim, Evidence, Verdict, Why
from tutor.support.i18n import N_

OUT_OF_TIME = N_("It took too long to check, so it stays open.")
CRASHED = N_("The algebra process ended while checking this, so it stays open.")
CONDITIONAL = N_(
    "It fails in general, but the sentence has a condition of its own, so it stays open."
)
OWN_NAMES = N_(
    "It does not fit an earlier step's use of these letters; they may mean something else here."
)
NOT_TOGETHER = N_("By itself it fits, but not with the other values that are given with it.")
NOT_WHOLE = N_("It is a solution, but that there is no other one is not confirmed.")
NOT_FOLLOWING = N_("It solves the problem, but it does not follow from the formula before it.")
NEW_NAME = N_("It gives a name or a condition; there is nothing to test.")
DEFINED = N_("It is an assumption or a definition; there is nothing to test.")


def finding_of(result: CasResult) -> Finding:
    """What was found out; an expired deadline or a crash is *unknown* with that reason."""
    if result.outcome is Outcome.ANSWERED and isinstance(result.answer, Finding):
        return result.answer
    if result.outcome is Outcome.EXPIRED:
        return Finding(truth=Truth.UNKNOWN, why=Why.TIME, evidence=Evidence(message=OUT_OF_TIME))
    return Finding(truth=Truth.UNKNOWN, why=Why.CRASH, evidence=Evidence(message=CRASHED))


def judge(
    claim: Claim, finding: Finding, *, mood: Mood = Mood.ASSERTED, elapsed: float = 0.0
) -> Check:
    """The verdict on a claim.

    Only a counterexample to something plainly asserted refutes.
    """
    if mood is Mood.CONDITIONAL and _is_about_numbers(claim, finding):
        mood = Mood.ASSERTED
    check = Check(
        claim=claim,
        verdict=_verdict(finding, mood),
        method=finding.method,
        evidence=finding.evidence,
        why=finding.why,
        elapsed=elapsed,
    )
    if finding.truth is Truth.FAILS and check.verdict is Verdict.UNDECIDED:
        return replace(check, evidence=Evidence(message=CONDITIONAL), why=Why.UNSUPPORTED)
    if finding.truth is Truth.NEW and check.evidence is None:
        return replace(check, evidence=Evidence(message=NEW_NAME))
    return check


def _is_about_numbers(claim: Claim, finding: Finding) -> bool:
    """Whether what fails is a link between numbers: no condition on letters says anything about it."""
    link = finding.evidence.details.get("link") if finding.evidence else None
    return not has_letters(link or claim.latex)


def definition(claim: Claim) -> Check:
    """The check on an assumption or a definition."""
    return Check(claim=claim, verdict=Verdict.NOT_CHECKABLE, evidence=Evidence(message=DEFINED))


def doubtful(claim: Claim, elapsed: float, message: str = OWN_NAMES) -> Check:
    """The check on a claim that stays open, as one that only an earlier step's definitions speak against."""
    evidence = Evidence(message=message)
    return Check(
        claim=claim,
        verdict=Verdict.UNDECIDED,
        evidence=evidence,
        why=Why.UNSUPPORTED,
        elapsed=elapsed,
    )


def _verdict(finding: Finding, mood: Mood) -> Verdict:
    match finding.truth:
        case Truth.HOLDS:
            return Verdict.VERIFIED
        case Truth.FAILS:
            return Verdict.REFUTED if mood is Mood.ASSERTED else Verdict.UNDECIDED
        case Truth.NEW:
            return Verdict.NOT_CHECKABLE
        case Truth.UNKNOWN if finding.why is Why.UNSUPPORTED:
            return Verdict.NOT_CHECKABLE
        case Truth.HOLDS_SOMETIMES | Truth.UNKNOWN:
            return Verdict.UNDECIDED
