"""What a step asserts: its claims, found in its formulas."""

from __future__ import annotations

import enum
import re
from dataclasses import dataclass

from tutor.core.check import Claim, ClaimKind
from tutor.core.problem import Latex
from tutor.mathtext.arithmetic import find_sums
from tutor.mathtext.chains import Chain, split_chains, strip_decoration
from tutor.mathtext.spans import Span, split_spans

MAX_CLAIMS = 12
"""Most claims that are taken from one step; a step with more is no single step."""

MAX_TEXT = 20_000
"""Most characters of a step; in a longer text no claims are looked for."""

NEARBY = 400
"""Characters of prose on either side of a formula that can say how it is meant."""


class Mood(enum.StrEnum):
    """How a statement is meant."""

    ASSERTED = "asserted"
    """It is said to be true."""
    CONDITIONAL = "conditional"
    """It is said to be true under a condition of its own sentence (`when x = 2`, `代入`)."""
    TENTATIVE = "tentative"
    """It is tried out (`test whether …`)."""
    DEFINED = "defined"
    """It gives a name that stays (`let`, `设`): nothing to test."""
    SUPPOSED = "supposed"
    """It is a condition for what follows (`when x = 2`, `当 … 时`): nothing to test."""


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement of a step.

    Attributes:
        claim: What it says.
        mood: How it is meant.
    """

    claim: Claim
    mood: Mood


_RELATION, _EXPRESSION = "\uffff", "\ufffe"
"""Stand for a formula with and without a relation in the prose before another."""

_DEFINING = re.compile(
    r"\b(?:let|define|denote|set|say|write|call|given)\b"
    r"(?:\s+(?:that|us|we|the|a|an|say|now|both|each|whether|value|\w+ly))*[^\w\ufffe\uffff]*(?:\w+[^\w\ufffe\uffff]+){0,2}$"
    r"|\b(?:where)[\s,:]*$"
    r"|(?:设|令|记|定义|其中|称)[^，。；,.;\ufffe\uffff]{0,8}$",
    re.IGNORECASE,
)
_SUPPOSING = re.compile(
    r"\b(?:suppose|assume|try|test)\b"
    r"(?:\s+(?:that|we|the|say|now|both|each|whether|value|\w+ly))*[^\w\ufffe\uffff]*(?:\w+[^\w\ufffe\uffff]+){0,2}$"
    r"|\b(?:if|unless|when|for|at|with)(?:\s+(?:both|each|every|all|any|example|which))*[\s,:]*$"
    r"|(?:若|假设|如果|假如|当|尝试|试)[^，。；,.;\ufffe\uffff]{0,8}$",
    re.IGNORECASE,
)
_CONDITION = re.compile(
    r"\b(?:when|at|for|if|with|where|substitut\w*|plug\w*|setting|putting|suppos\w*|assum\w*|let|case)\b[^.:]{0,24}\uffff"
    r"|(?:当|若|如果|假设|假如|设|令|代入|情况)[^。：:]{0,12}\uffff|\uffff[^。]{0,6}(?:时|代入)",
    re.IGNORECASE,
)
_CONDITION_AFTER = re.compile(
    r"\s*,?\s*(?:when|if|for|at|with|provided)\b|\s*(?:时|当)", re.IGNORECASE
)
_TRYING = re.compile(
    r"\b(?:try|trying|test|guess|suppose|assume|whether|would|might|could|had|mistake|without|otherwise|wonder|tempting|thinks?)\b"
    r"|\btoo\s+(?:large|small|big)\b|尝试|试|是否|猜|误|否则|有人|以为|如果不",
    re.IGNORECASE,
)
_DENIED = re.compile(
    r"\b(?:not|never|cannot|isn't|doesn't|instead\s+of|contradict\w*|impossible|wrong|false|incorrect)\b"
    r"|不(?:是|等于|成立|满足|可能|能|对|正确)|矛盾|错误|并非",
    re.IGNORECASE,
)
_OR = re.compile(r"[\ufffe\uffff]\s*[,，]?\s*(?:or|或者?)\s*$", re.IGNORECASE)
_WORDED = re.compile(r"\\(?:text|mathrm|textbf|mbox)\s*\{[^{}]*[A-Za-z\u4e00-\u9fff]{2}")
_NAME = re.compile(r"\\?[A-Za-z]+(?:_(?:\w|\{[^{}]+\}))?")
_SENTENCE_END = re.compile(r"[.。;；!?！？\n]")


def find_statements(text: str) -> tuple[Statement, ...]:
    """The statements of a step's text, in order; a formula without a relation states nothing."""
    found: list[Statement] = []
    before = ""
    for span in split_spans(text) if len(text) <= MAX_TEXT else ():
        if len(found) > MAX_CLAIMS:
            break
        if span.is_math:
            before = before[-NEARBY:]
            after = text[span.end : span.end + NEARBY]
            has_relation = any(chain.relations for chain in split_chains(span.text))
            for statement, is_alternative in (
                _from_span(span, before, after) if has_relation else ()
            ):
                if is_alternative and found and (cases := _cases(found[-1], statement)):
                    found[-1] = cases
                else:
                    found.append(statement)
            before += _RELATION if has_relation else _EXPRESSION
        else:
            found += _from_prose(span, before[-NEARBY:], text[span.end : span.end + NEARBY])
            before = span.text if _SENTENCE_END.search(span.text) else before + span.text
    return tuple(found[:MAX_CLAIMS])


def _from_prose(span: Span, before: str, after: str) -> list[Statement]:
    """The sums that stand in prose."""
    found = []
    for one in find_sums(span.text):
        ahead = (before + span.text[: one.start])[-NEARBY:]
        mood = _mood(ahead, (span.text[one.end : one.end + NEARBY] + after)[:NEARBY])
        if mood is not None:
            found.append(_statement(claim_of(one.chain), mood))
    return found


def _from_span(span: Span, before: str, after: str) -> list[tuple[Statement, bool]]:
    """The statements of a formula, each with whether it is an alternative to the one before."""
    mood, joined = _mood(before, after), _OR.search(before) is not None
    if mood is None:
        return []
    chains = [c for c in split_chains(span.text) if c.relations and all(c.sides)]
    if any(_WORDED.search(side) for chain in chains for side in chain.sides):
        chains = [one.chain for one in find_sums(span.text)] or chains
    return [
        (_statement(claim_of(chain), mood), chain.is_alternative or (joined and place == 0))
        for place, chain in enumerate(chains)
    ]


def _cases(first: Statement, second: Statement) -> Statement | None:
    """`A = B or C = D` as one claim: `(A - B)(C - D) = 0`; `None` where each says something by itself."""
    factors = [factor for s in (first, second) if (factor := _factor(s.claim))]
    if len(factors) != 2 or first.mood is not second.mood:
        return None
    latex = Latex(rf"{first.claim.latex} \text{{ or }} {second.claim.latex}")
    claim = Claim(
        kind=ClaimKind.CASES,
        latex=latex,
        sides=(Latex("".join(factors)), Latex("0")),
        relations=("=",),
    )
    return Statement(claim, first.mood)


def _factor(claim: Claim) -> str:
    """What is zero where an equation is true; empty for claims that are no equation or name a value."""
    if claim.kind is ClaimKind.CASES:
        return claim.sides[0]
    if claim.kind is not ClaimKind.EQUALITY or claim.relations != ("=",):
        return ""
    left, right = claim.sides
    return rf"\left({left}-\left({right}\right)\right)"


def _statement(claim: Claim, mood: Mood) -> Statement:
    """A condition on letters says nothing about a claim that has none."""
    if mood is Mood.CONDITIONAL and not _has_letters(claim):
        mood = Mood.ASSERTED
    return Statement(claim, mood)


def claim_of(chain: Chain) -> Claim:
    """A chain as a claim, with its kind as far as the text shows it."""
    return Claim(
        kind=_kind(chain),
        latex=Latex(chain.text),
        sides=tuple(Latex(side) for side in chain.sides),
        relations=chain.relations,
    )


def answer_claim(latex: Latex) -> Claim:
    """The claim that a final answer answers the problem."""
    clean = Latex(strip_decoration(latex))
    return Claim(kind=ClaimKind.ANSWER, latex=clean, sides=(clean,))


def _kind(chain: Chain) -> ClaimKind:
    whole = chain.text
    if "\\int" in whole:
        return ClaimKind.INTEGRAL
    if re.search(r"\\frac\s*\{\s*(?:d|\\mathrm\{d\}|\\partial)|'|\\prime", whole):
        return ClaimKind.DERIVATIVE
    if any(relation in ("<", ">", "<=", ">=", "!=", "in") for relation in chain.relations):
        return ClaimKind.INEQUALITY
    if _NAME.fullmatch(chain.sides[0]) and len(chain.sides) == 2:
        return ClaimKind.VALUE
    return ClaimKind.EQUALITY


def _mood(before: str, after: str) -> Mood | None:
    """How a formula between two stretches of text is meant; `None` when it is denied."""
    sentence = _SENTENCE_END.split(before)[-1]
    rest = _SENTENCE_END.split(after, maxsplit=1)[0]
    if _DENIED.search(sentence) or _DENIED.search(rest[:60]):
        return None
    if _SUPPOSING.search(sentence):
        return Mood.SUPPOSED
    if _DEFINING.search(sentence):
        return Mood.DEFINED
    if _TRYING.search(sentence) or _TRYING.search(rest[:40]):
        return Mood.TENTATIVE
    if _CONDITION.search(sentence) or _CONDITION_AFTER.match(rest):
        return Mood.CONDITIONAL
    return Mood.ASSERTED


def _has_letters(claim: Claim) -> bool:
    bare = re.sub(r"\\[A-Za-z]+", " ", claim.latex)
    return re.search(r"[A-Za-z]", bare) is not None
