"""How a formula is meant where it stands: asserted, supposed, tried out, denied."""

from __future__ import annotations

import enum
import re


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


RELATION, EXPRESSION = "\uffff", "\ufffe"
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
_REFUTED_AFTER = re.compile(
    r"\bcontradict\w*|\bimpossible\b|\bno\s+(?:real\s+|such\s+)?solutions?\b|\bnot\s+possible\b|\babsurd\b|矛盾|无解|不可能",
    re.IGNORECASE,
)
_DISCARDED = re.compile(
    r"\b(?:extraneous|reject\w*|discard\w*|fails|invalid|inadmissible)\b|舍|增根|不行|不符|不合",
    re.IGNORECASE,
)
"""Says of a value that it is no solution."""
_MARKED_WRONG = re.compile(r"\s*[:：,，]?\s*(?:[✗✘❌]|no\b(?!\s+other))", re.IGNORECASE)
_TRIED_VALUE = re.compile(
    r"\b(?:possible|candidates?|potential|points?|passes\s+through|through|(?:\w-)?intercepts?|intervals?|rounded)\b"
    r"|\b(?:using|use|take|takes|taking|pick|picking|choose|choosing|consider|considering|case|cases)\s*[:：]?\s*$"
    r"|\bcases?\s*(?:\d{1,2}|[ivx]{1,4}|[a-h])?\s*[:：()]+\s*$"
    r"|取|选|可能|候选|情况|情形|区间|交点|截距|经过|(?:由|对|对于|把|将|用)\s*$",
    re.IGNORECASE,
)
_NEW_CASE = re.compile(
    r"(?:\bcase\s*(?:\d{1,2}|[ivx]{1,4}|[a-h])|情[况形].?)\s*[.。]\s*$", re.IGNORECASE
)
_VALUE_GOES_ON = re.compile(
    r"\s*(?:[:：?？→↦⟶✓✔]|\$?\\(?:to|rightarrow|longrightarrow|mapsto)\b"
    r"|,?\s*(?:(?:then|it|this|which|we)\s+)?(?:gives?|yields?|makes?|leads?|results?|produces?|gets?|lies|falls)\b"
    r"|,?\s*is\s+(?:not\s+)?(?:in|inside|outside|within|between|to\s+the)\b"
    r"|,?\s*(?:代入|得|时|在))",
    re.IGNORECASE,
)
"""What is put in goes on to what comes out of it."""
_UNEQUAL_AFTER = re.compile(
    r"\b(?:does(?:n't|n’t|\s+not)|do\s+not|is\s+not|isn't)\s+(?:\w+\s+)?(?:equal|equate|work|hold|sum|add\s+up)\b|不(?:等于|成立)",
    re.IGNORECASE,
)
"""What a step says after a trial that fails."""
_TRIED_BEFORE = re.compile(
    r"\b(?:verify|check|test|see)\s+(?:if|whether)\b|\blet(?:'|’)?s\s+(?:\w+\s+)?try\b|\btrying\b|\bguess\b|试",
    re.IGNORECASE,
)
SENTENCE_END = re.compile(r"[.。;；!?！？\n]")


def mood_of(before: str, after: str) -> Mood | None:
    """How a formula between two stretches of text is meant; `None` when it is denied.

    Args:
        before: The prose in front of it, with `RELATION` and `EXPRESSION` in place of formulas.
        after: The text behind it.
    """
    sentence = SENTENCE_END.split(before)[-1]
    rest = SENTENCE_END.split(after, maxsplit=1)[0]
    if _DENIED.search(sentence) or _DENIED.search(rest[:60]):
        return None
    if _REFUTED_AFTER.search(after[:160]) or _UNEQUAL_AFTER.search(after):
        return None
    if _SUPPOSING.search(sentence):
        return Mood.SUPPOSED
    if _DEFINING.search(sentence):
        return Mood.DEFINED
    if _TRYING.search(sentence) or _TRYING.search(rest[:40]) or _TRIED_BEFORE.search(before):
        return Mood.TENTATIVE
    if _CONDITION.search(sentence) or _CONDITION_AFTER.match(rest):
        return Mood.CONDITIONAL
    return Mood.ASSERTED


def mood_of_value(before: str, after: str, mood: Mood | None) -> Mood | None:
    """How `x = 1` is meant: a value may be tried, a point or a case; `None` when it is ruled out.

    Args:
        before: The prose in front of it, as for `mood_of`.
        after: The text behind it.
        mood: How a formula that gives no value would be meant there.
    """
    sentence = SENTENCE_END.split(before)[-1]
    rest = SENTENCE_END.split(after, maxsplit=1)[0][:60]
    is_ruled_out = _DISCARDED.search(sentence) or _DISCARDED.search(rest)
    if is_ruled_out or _MARKED_WRONG.match(after):
        return None
    if mood is not Mood.ASSERTED:
        return mood
    is_tried = _TRIED_VALUE.search(sentence) or _NEW_CASE.search(before)
    return Mood.TENTATIVE if is_tried or _VALUE_GOES_ON.match(after) else mood


def has_letters(latex: str) -> bool:
    """Whether a formula has letters that are not part of a command."""
    bare = re.sub(r"\\[A-Za-z]+", " ", latex)
    return re.search(r"[A-Za-z]", bare) is not None
