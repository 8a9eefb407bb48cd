"""Claims, and the verdicts on them. A check is never a bool."""

from __future__ import annotations

import enum
from dataclasses import dataclass, field
from typing import NoReturn

from tutor.core.problem import Latex


class Verdict(enum.StrEnum):
    """What is known about a claim.

    `VERIFIED` means true, `REFUTED` means false; everything else is one of the other two.
    """

    VERIFIED = "verified"
    REFUTED = "refuted"
    UNDECIDED = "undecided"
    NOT_CHECKABLE = "not checkable"

    def __bool__(self) -> NoReturn:
        """A verdict has four values: compare it.

        Raises:
            TypeError: Always.
        """
        msg = "a verdict is not a bool; compare it with Verdict.VERIFIED or another member"
        raise TypeError(msg)


class Why(enum.StrEnum):
    """Why a claim stayed undecided."""

    TIME = "time"
    PARSE = "parse"
    UNSUPPORTED = "unsupported"
    CRASH = "crash"


class ClaimKind(enum.StrEnum):
    """What a claim asserts."""

    EQUALITY = "equality"
    INEQUALITY = "inequality"
    VALUE = "value"
    CASES = "cases"
    DERIVATIVE = "derivative"
    INTEGRAL = "integral"
    ANSWER = "answer"


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    r"""What a step asserts in a form a machine can test.

    Attributes:
        kind: The kind of assertion, as far as the text alone shows it.
        latex: The assertion as it stands in the text, for showing.
        sides: The expressions of the chain `s0 r0 s1 r1 s2 …`; one side alone for an answer.
        relations: The relations between neighbouring sides (`=`, `<`, `\\le`, `\\ne`, `\\approx`, …).
    """

    kind: ClaimKind
    latex: Latex
    sides: tuple[Latex, ...]
    relations: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What a verdict rests on, for people.

    Attributes:
        message: One English sentence with `{name}` places; it is also the key for its translation.
        details: What goes into the places, by name: LaTeX without delimiters, or plain numbers.
    """

    message: str
    details: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """The judgement on one claim.

    Attributes:
        claim: What was tested.
        verdict: What came out.
        method: How it was tested, in a word or two (`sampling`, `substitution`, `derivative`).
        evidence: What the verdict rests on.
        why: For an undecided claim, the reason.
        elapsed: Seconds it took.
    """

    claim: Claim
    verdict: Verdict
    method: str = ""
    evidence: Evidence | None = None
    why: Why | None = None
    elapsed: float = 0.0
