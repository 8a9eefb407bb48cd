"""What is said to be simplified: an expression, whose simpler form must be the same for all values."""

from __future__ import annotations

import re

from tutor.mathtext.chains import Chain

_LEAD = r"^[\s\d.)*:,]*(?:(?:now|next|then|so|first|finally|we|can|could|let's|let’s|us|and|further|by)[\s,]+)*"
_REST = (
    r"(?:[\s,]+(?:the|this|it|all|like|similar|terms?|numerators?|denominators?|expressions?|fractions?|inside|in|of"
    r"|brackets?|parentheses|derivative|polynomial|further|and|by|combin\w+|collect\w+|simplify|simplifying|gives?"
    r"|to|get|gets|we|have|obtain|yields?|as))*"
)
_WORDS = re.compile(
    rf"{_LEAD}(?:simplif(?:y|ies|ying)|(?:combin|collect)(?:e|es|s|ing)?\s+(?:all\s+|the\s+)?(?:like\s+|similar\s+)?terms){_REST}[\s:,]*$"
    r"|^\s*(?:再|继续|接着|进一步|将|把|最后)*(?:化简|合并)(?:分子|分母|式子|表达式|原式|导数|括号内|同类项|的|后|可|得到|得|为|，|：|:|\s)*$",
    re.IGNORECASE,
)
_EXPRESSION = re.compile(
    r"numerator|denominator|expression|fraction|derivative|polynomial|分子|分母|式|导数",
    re.IGNORECASE,
)
_SENTENCE_END = re.compile(r"[.;!?。；！？\n\ufffe\uffff]")
_SIZING = re.compile(r"\\(?:left|right|cdot|times|,|;|!|quad)(?![A-Za-z])|[\s*]")
_COEFFICIENT = re.compile(r"^(?:\d+(?:\.\d+)?|\\[dt]?frac\{\d+\}\{\d+\})")
_OPENING, _CLOSING = "([{", ")]}"


def says_simplified(words: str) -> bool:
    """Whether the words in front of a formula say that it simplifies an expression, and nothing of an equation."""
    return _WORDS.search(_SENTENCE_END.split(words)[-1]) is not None


def simplifies(words: str, chain: Chain) -> bool:
    """Whether a chain simplifies its first side, by the words in front and by how its sides look.

    A side that has like terms is simplified into one that has none. Brackets and fractions tell only where the
    words name the expression: an equation with them may be written down as well.
    """
    first, last = (_SIZING.sub("", side) for side in (chain.sides[0], chain.sides[-1]))
    if set(chain.relations) != {"="} or not says_simplified(words) or len(last) >= len(first):
        return False
    if _has_like_terms(last):
        return False
    is_compound = "(" in first or "frac" in first
    return _has_like_terms(first) or (is_compound and _EXPRESSION.search(words) is not None)


def _has_like_terms(side: str) -> bool:
    kinds = [_COEFFICIENT.sub("", term) for term in _terms(side)]
    return len(set(kinds)) < len(kinds)


def _terms(side: str) -> list[str]:
    """The terms of a sum, without their signs."""
    depth, terms = 0, [""]
    for sign in side:
        depth += (sign in _OPENING) - (sign in _CLOSING)
        if depth == 0 and sign in "+-":
            terms.append("")
        else:
            terms[-1] += sign
    return [term for term in terms if term]
