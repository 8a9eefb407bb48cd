"""What a formula was made from: the one before it, where the words between say that it was rewritten."""

from __future__ import annotations

import re
from dataclasses import dataclass

from tutor.checking.simplifying import simplifies
from tutor.core.problem import Latex
from tutor.mathtext.chains import Chain

MAX_BETWEEN = 220
"""Longest stretch of prose, in characters, that joins a formula to the one it was made from."""

_DEEDS = frozenset(
    word
    for line in (
        "simplify simplifies simplifying simplified simplification expand expands expanding expanded",
        "combine combines combining combined collect collecting rearrange rearranges rearranging rearranged",
        "divide divides dividing multiply multiplies multiplying subtract subtracts subtracting add adding",
        "factor factors factoring factorize factorise distribute distributes distributing isolate isolating",
        "cancel cancels canceling cancelling move moving becomes become reduces reduce reducing",
        "gives giving yields yielding implies implying equivalent equivalently rewrite rewriting rewritten",
        "solve solving so thus hence therefore get obtain squaring completing leads evaluates equals find",
    )
    for word in line.split()
)
"""Words for making one formula from another."""

_MORTAR = frozenset(
    word
    for line in (
        "the a an this that it we us our both sides side each of on to from by for in out as at all up",
        "and then now next finally further again which is are be can have has have term terms like common",
        "denominator denominators numerator fraction fractions constant constants equation expression left right",
        "hand lhs rhs hand-side left-hand right-hand result results resulting written write take taking square root roots i.e means",
        "meaning following form standard value i e let's lets cross-multiplying cross step using quadratic formula",
        "or give involving parentheses brackets exponents powers bracket completing calculate calculating compute evaluate",
        "evaluating together need will answer simply finding",
    )
    for word in line.split()
)
_CHINESE = re.compile(
    r"^(?:化简|整理|得|到|即|所以|移项|两边|同时|除以|乘以|乘|除|减去|加上|展开|合并|同类项|因此|从而|故|于是|可|解|后|，|。|：|:|,|\s)*$"
)
_REFERENCE = re.compile(
    r"[(（]\s*\d\s*[)）]|[①②③④]|\bequations?\s+\d|(?:^|\n)\s*(?:\d+[.)]|[-*•])\s*$"
)
"""Numbers of formulas, and the items of a list: what follows may be made from something else."""
_REWORKS = re.compile(
    r"simplif|expand|combin|factor|evaluat|reduc|calculat|comput|化简|展开|合并", re.IGNORECASE
)
_EXPANDING = re.compile(
    r"\b(?:expand\w*|multiply\w*\s+out)\b[^.]{0,60}$|展开[^。]{0,20}$", re.IGNORECASE
)
_FACTORING = re.compile(r"\bfactor\w*\b[^.]{0,60}$|因式分解[^。]{0,20}$", re.IGNORECASE)
_PRODUCT = re.compile(
    r"[)\]]\s*(?:\\right\s*)?(?:\(|\[|\\left|\^\s*\{?\d)|(?<![A-Za-z])\d*[a-eh-z]\s*(?:\\left\s*)?\("
)
_SUM = re.compile(r"[A-Za-z0-9})]\s*[-+]")
_CALL = re.compile(r"[fghpqFGHPQ]\s*(?:\\left)?\(")
_NUMBERED = re.compile(r"\b\d+(?:\.\d+)?\b")
_WORD = re.compile(r"[A-Za-z]+(?:['.-][A-Za-z]+)*")
_ONE_VALUE = re.compile(
    r"\s*[-+]?\s*(?:[\d.,]+|\\[dt]?frac\s*\{?-?[\d.]+\}?\s*\{?[\d.]+\}?|\d*\s*\\sqrt\s*\{?\d+\}?|\\pi)\s*"
)
_NAME = re.compile(r"\\?[A-Za-z]+(?:_(?:\w|\{[^{}]+\}))?")


@dataclass(frozen=True, slots=True)
class Before:
    """A formula that another may have been made from.

    Attributes:
        chain: The formula.
        is_display: Whether it stands on a line of its own.
    """

    chain: Chain
    is_display: bool
    is_asserted: bool = True
    """Whether it is said to be true, and not defined, supposed or put in somewhere."""


def source_of(
    before: Before | None, between: str, chain: Chain, *, is_display: bool
) -> Latex | None:
    """The formula that `chain` was made from, as far as the text between them tells.

    Args:
        before: The formula in front of it in the same step.
        between: The text from one to the other; formulas in it are left out.
        chain: The formula.
        is_display: Whether it stands on a line of its own.
    """
    if before is None or len(between) > MAX_BETWEEN or not before.is_asserted:
        return None
    is_told = _is_told(between) or chain.sign in ARROWS
    if not before.chain.relations and not _REWORKS.search(between):
        return None
    if not is_told and not _is_next_line(before, between, chain, is_display=is_display):
        return None
    if _lists_cases(before.chain, chain, is_told=is_told):
        return None
    return Latex(before.chain.text)


def reworked(words: str, chain: Chain) -> Latex | None:
    """The side that a chain rewrites where the words in front say so: `Expanding: (x+1)^2 = x^2+2x+1`."""
    if chain.relations != ("=",) or _letters(chain.sides[0]) != _letters(chain.sides[1]):
        return None
    left, right = (_PRODUCT.search(side) is not None for side in chain.sides)
    expands = _EXPANDING.search(words) is not None and left and not right
    factors = _FACTORING.search(words) is not None and right and not left
    is_sum = _SUM.search(chain.sides[1 if expands else 0]) is not None
    return Latex(chain.sides[0]) if (expands or factors) and is_sum else None


def simplified(words: str, chain: Chain) -> Latex | None:
    """The first side of a chain that simplifies it, or of one that is called an identity.

    `Combine like terms: 3x + 2x = 5x`; `by the identity (a + b)(a - b) = a^2 - b^2`.
    """
    letters = _letters(chain.sides[0])
    if not letters or any(_letters(side) != letters for side in chain.sides):
        return None
    is_meant = _is_called_identity(words, chain) or simplifies(words, chain)
    return Latex(chain.sides[0]) if is_meant else None


def _is_called_identity(words: str, chain: Chain) -> bool:
    """Whether the words name a law of algebra: no unknown function, no name, nothing plainly linear."""
    if chain.relations != ("=",) or _IDENTITY.search(words) is None or _CALL.search(chain.text):
        return False
    is_named = any(_NAME.fullmatch(side.strip()) for side in chain.sides)
    return not is_named and any(_LAWFUL.search(side) for side in chain.sides)


def continued(before: Before | None, chain: Chain, source: Latex | None) -> Chain | None:
    """`S = A` and then `S = B` as one chain `S = A = B`; `None` where the second is no rewriting of the first."""
    if before is None or source is None or not before.chain.relations:
        return None
    first, name = before.chain, chain.sides[0].strip()
    is_same = name == first.sides[0].strip() and _NAME.fullmatch(name) is not None
    if not is_same or set(first.relations) != {"="} or chain.relations[0] != "=":
        return None
    if _SEVERAL.search(first.sides[-1]) or _SEVERAL.search(chain.sides[-1]):
        return None  # some values of a letter, and then all of them
    sides = (name, first.sides[-1], *chain.sides[1:])
    return _chained(sides, ("=", *chain.relations))


def _chained(sides: tuple[str, ...], relations: tuple[str, ...]) -> Chain:
    signs = zip(relations, sides[1:], strict=True)
    text = sides[0] + "".join(f" {_SHOWN.get(sign, sign)} {side}" for sign, side in signs)
    return Chain(text, sides, relations)


def reworked_side(before: Before | None, between: str, chain: Chain) -> Chain | None:
    """A side of the equation before and what it is said to become: `Expanding the left-hand side, we get`."""
    named = _SIDE.search(between)
    if before is None or named is None or chain.relations or not _is_told(between):
        return None
    if before.chain.relations != ("=",):
        return None
    side = before.chain.sides[0 if named[1].lower() == "left" else 1]
    return _chained((side, chain.sides[0]), ("=",)) if _PRODUCT.search(side) else None


def rewritten(
    before: Before | None, between: str, chain: Chain, *, is_display: bool, words: str = ""
) -> Chain | None:
    """An expression, or a chain that begins with a relation, joined to the one it goes on from.

    `None` where it goes on from nothing.

    Args:
        before: The formula in front of it.
        between: The text from one to the other.
        chain: The expression, or the chain without its first side.
        is_display: Whether it stands on a line of its own.
        words: The prose of the sentence so far, formulas in it as signs.
    """
    if before is None or len(between) > MAX_BETWEEN or before.is_display is not is_display:
        return None
    is_told = (is_display and _is_told(between)) or any(
        (_REWRITES.fullmatch(between.strip()), _AS.search(words))
    )
    is_reworked = _REWORKS.search(between) and _is_told(between) and not _CHANGES.search(between)
    goes_on = bool(chain.relations) and (not between.strip(_MARKS) or is_reworked)
    if not (is_told or goes_on) or "using" in between.lower():
        return None
    last = before.chain.sides[-1].strip()
    if _NAME.fullmatch(last) or (not before.chain.relations and _ONE_VALUE.fullmatch(last)):
        return None
    if chain.relations:
        sides, relations = (last, *chain.sides[1:]), chain.relations
    elif not before.chain.relations and between.strip(_MARKS):
        sides, relations = (last, chain.sides[0]), ("=",)
    else:
        return None
    return _chained(sides, relations)


_LAWFUL = re.compile(rf"{_PRODUCT.pattern}|\\(?:sin|cos|tan|cot|sec|csc|log|lg|ln)(?![A-Za-z])")
_IDENTITY = re.compile(
    r"\b(?:identity|formula)(?:\s+(?:that|is|says\s+that|states\s+that|which\s+(?:is|says|states)))?[\s,:]*$"
    r"|(?:恒等式|公式)(?:是|为|有|得)?[\s，：:]*$",
    re.IGNORECASE,
)
_SEVERAL = re.compile(r"\\(?:pm|mp)\b|[±,，]")
_SIDE = re.compile(
    r"\b(?:expand|simplif|multiply)\w*\s+(?:out\s+)?the\s+(left|right)\b", re.IGNORECASE
)
_AS = re.compile(
    r"\b(?:factor|expand)\w*\s+\ufffe\s+(?:as|to|into|to\s+get|as\s+follows:)\s*$", re.IGNORECASE
)
_CHANGES = re.compile(r"\b(?:divid|multipl|add|subtract|squar|root|taking|mov)", re.IGNORECASE)
_MARKS = " \t\n,.;:，。：；"
_REWRITES = re.compile(
    r"(?:,?\s*(?:which|this|that|and))?\s*(?:simplif(?:ies|y)|expands?|evaluates|reduces|factors|becomes|equals|is\s+equal"
    r"|can\s+be\s+(?:simplified|expanded|factored|reduced))(?:\s+(?:to|as|into|further))*\s*:?"
    r"|化简[得为]|等于|即",
    re.IGNORECASE,
)
_SHOWN = {
    "<=": r"\le",
    ">=": r"\ge",
    "!=": r"\ne",
    "approx": r"\approx",
    "equiv": r"\equiv",
    "in": r"\in",
}
ARROWS = frozenset(
    {r"\Rightarrow", r"\implies", r"\Longrightarrow", r"\iff", r"\Leftrightarrow", "⇒"}
)


def _is_told(between: str) -> bool:
    """Whether the words say that the first was made into the second, and nothing else."""
    text = between.strip(_MARKS)
    if _REFERENCE.search(between):
        return False
    if re.search(r"[\u4e00-\u9fff]", text):
        return _CHINESE.match(text) is not None
    words = [word.lower().rstrip(".") for word in _WORD.findall(_NUMBERED.sub(" ", text))]
    if not words or ("or" in words and "equivalently" not in words):
        return False
    return bool(_DEEDS & set(words)) and all(word in _DEEDS or word in _MORTAR for word in words)


def _is_next_line(before: Before, between: str, chain: Chain, *, is_display: bool) -> bool:
    if len(_letters(chain.text)) != 1 or _CALL.search(chain.text):
        return False  # two lines may be a system
    if chain.sign == "row":
        return True
    return before.is_display and is_display and not chain.sign and not between.strip(_MARKS)


def _lists_cases(first: Chain, second: Chain, *, is_told: bool) -> bool:
    """Whether two formulas may be cases beside each other: `x = 2` and `x = 3`, `x - 2 = 0` and `x - 3 = 0`."""
    if second.is_alternative or set(first.relations) - {"="}:
        return True
    if not first.relations:
        return False
    left, right = first.sides[0].strip(), first.sides[-1].strip()
    if _NAME.fullmatch(left) and _ONE_VALUE.fullmatch(right):
        return True
    if _signless(first) == _signless(second):
        return True  # the two values that a plus-minus stands for
    if is_told:
        return False
    is_same_left = left == second.sides[0].strip() and not _NAME.fullmatch(left)
    return is_same_left or (right == second.sides[-1].strip() == "0")


def _signless(chain: Chain) -> str:
    return re.sub(r"[-+\s{}()]|\\(?:pm|mp|left|right)", "", "=".join(chain.sides[:2]))


def _letters(latex: str) -> set[str]:
    bare = re.sub(r"\\(?:text|mathrm|operatorname)\s*\{[^{}]*\}|\\[A-Za-z]+", " ", latex)
    return set(re.findall(r"[A-Za-z](?:_(?:\w|\{[^{}]*\}))?", bare))
