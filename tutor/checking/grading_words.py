"""Answers in words: no solution, even, yes, infinity; and numbers that are spelled out."""

from __future__ import annotations

import re
from dataclasses import dataclass

from tutor.checking.grading_text import unworded

_WORDS: tuple[tuple[str, str, str], ...] = (
    (
        "none",
        "solutions",
        r"(?:there\s+(?:is|are)\s+)?no\s+(?:real\s+)?(?:solutions?|roots?)(?:\s+exists?)?|none|(?:the\s+)?empty\s*set|null\s+set|(?:(?:原|该|此)?(?:方程|不等式)组?)?(?:无|没有)(?:实数?)?(?:解|根)|空集|\\(?:emptyset|varnothing)|∅|\\\{\s*\\\}",
    ),
    (
        "all",
        "solutions",
        r"all\s+real(?:\s+numbers?|s)?|any\s+real\s+number|every\s+real\s+number|(?:全体|一切|任意|所有)实数|实数集|\\(?:mathbb|mathbf)\s*\{?R\}?|ℝ|x\s*(?:\\in|∈)\s*(?:\\(?:mathbb|mathbf)\s*\{?R\}?|R)",
    ),
    (
        "endless",
        "count",
        r"infinitely\s+many(?:\s+solutions?)?|无(?:穷|数)(?:多)?(?:个)?解?|无限多(?:个)?",
    ),
    (
        "missing",
        "existence",
        r"(?:it\s+|the\s+limit\s+)?does\s+not\s+exist|d\.?\s*n\.?\s*e|doesn'?t\s+exist|undefined|(?:极限)?不存在|无意义",
    ),
    ("infinity", "existence", r"\+?\s*(?:\\infty|∞|infinity)|positive\s+infinity|正?无穷大?"),
    ("minus infinity", "existence", r"-\s*(?:\\infty|∞|infinity)|negative\s+infinity|负无穷大?"),
    ("even", "parity", r"(?:an?\s+)?even(?:\s+(?:function|number))?|偶(?:函数|数)?"),
    ("odd", "parity", r"(?:an?\s+)?odd(?:\s+(?:function|number))?|奇(?:函数|数)?"),
    ("neither", "parity", r"neither(?:\s+even\s+nor\s+odd|\s+odd\s+nor\s+even)?|非奇非偶(?:函数)?"),
    ("yes", "truth", r"yes|true|correct|right|是的?|对的?|正确|√|能|可以|成立|会"),
    (
        "no",
        "truth",
        r"no|false|incorrect|not\s+true|否|错误?的?|不是|不对|不正确|×|不能|不可以|不成立|不会",
    ),
    (
        "increasing",
        "growth",
        r"(?:strictly\s+|monotonically\s+)?increasing|(?:单调)?递?增(?:函数)?",
    ),
    (
        "decreasing",
        "growth",
        r"(?:strictly\s+|monotonically\s+)?decreasing|(?:单调)?递?减(?:函数)?",
    ),
    ("converges", "limit", r"(?:it\s+)?(?:converges?|convergent|is\s+convergent)|收敛"),
    (
        "absolutely",
        "limit",
        r"(?:it\s+)?(?:converges?\s+absolutely|absolutely\s+convergent)|绝对收敛",
    ),
    (
        "conditionally",
        "limit",
        r"(?:it\s+)?(?:converges?\s+conditionally|conditionally\s+convergent)|条件收敛",
    ),
    ("diverges", "limit", r"(?:it\s+)?(?:diverges?|divergent|is\s+divergent)|发散"),
    ("independent", "dependence", r"(?:linearly\s+)?independent|线性无关|(?:相互)?独立"),
    ("dependent", "dependence", r"(?:linearly\s+)?dependent|线性相关|不独立"),
    ("maximum", "extremum", r"(?:a\s+)?(?:local\s+)?max(?:imum|ima)?|极?最?大值"),
    ("minimum", "extremum", r"(?:a\s+)?(?:local\s+)?min(?:imum|ima)?|极?最?小值"),
    ("positive", "sign", r"positive|正数?"),
    ("negative", "sign", r"negative|负数?"),
    ("rational", "rationality", r"rational|有理数"),
    ("irrational", "rationality", r"irrational|无理数"),
    ("parallel", "position", r"parallel|平行"),
    ("perpendicular", "position", r"perpendicular|垂直"),
    ("tangent", "circle", r"tangent|相切"),
    ("separate", "circle", r"separate|disjoint|相离|外离"),
    ("crossing", "circle", r"intersect(?:ing|s)?|相交"),
    ("acute", "angle", r"acute(?:\s+(?:angle|triangle))?|锐角(?:三角形)?"),
    ("obtuse", "angle", r"obtuse(?:\s+(?:angle|triangle))?|钝角(?:三角形)?"),
    ("right angle", "angle", r"right\s+(?:angle|triangle)|直角(?:三角形)?"),
)
_KNOWN = [(word, group, re.compile(pattern, re.IGNORECASE)) for word, group, pattern in _WORDS]
_TOLD = re.compile(
    r"(?:the|this|it|that|函数|该|这|它)[^\d\\=]*(?:\b(?:is|are)\b|[是为])\s*(?P<word>[^\d\\=]+)"
    r"|(?P<reply>yes|no|true|false|是的?|否|不是|正确|错误)\s*[,，.。;；]\s*[^\d\\=]+",
    re.IGNORECASE,
)
"""A word in a sentence: `The function is even.`, `Yes, it converges.`"""
_NEGATION = re.compile(r"\bnot\b|n't\b|不[^是]|不是.|非", re.IGNORECASE)
_FORMULAS = {
    "none": r"\emptyset",
    "all": r"\mathbb{R}",
    "infinity": r"\infty",
    "minus infinity": r"-\infty",
}
_NUMBERS = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
    "twenty",
]
_DIGITS = "零一二三四五六七八九十"


@dataclass(frozen=True, slots=True)
class Word:
    """A known word.

    Attributes:
        name: What it means.
        group: Words of one group exclude each other.
    """

    name: str
    group: str

    @property
    def formula(self) -> str | None:
        """The formula that says the same, if there is one."""
        return _FORMULAS.get(self.name)


def read_word(text: str) -> Word | None:
    """The known word that an answer is, if it is one."""
    plain = unworded(text).strip(" .。,，!！?？")
    told = _TOLD.fullmatch(plain)
    if told is not None and not _NEGATION.search(plain):
        plain = told["word"] or told["reply"]
    for name, group, pattern in _KNOWN:
        if pattern.fullmatch(plain):
            return Word(name, group)
    return None


def spelled_number(text: str) -> str | None:
    """The digits of a number from zero to twenty that is spelled out."""
    plain = unworded(text).strip(" .。").lower()
    if plain in _NUMBERS:
        return str(_NUMBERS.index(plain))
    if len(plain) == 1 and plain in _DIGITS:
        return str(_DIGITS.index(plain))
    return "2" if plain == "两" else None


def is_prose(text: str) -> bool:
    """Whether an answer is words without numbers or formulas."""
    plain = unworded(text)
    if re.search(r"[\d\\=<>^_+*/]", plain):
        return False
    return re.search(r"[A-Za-z]{3,}|[\u4e00-\u9fff]", plain) is not None
