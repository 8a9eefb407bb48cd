"""What a problem's words say about the form of its answer, and about its letters."""

from __future__ import annotations

import re

from tutor.cas.requests import AnswerForm
from tutor.core.problem import Latex, Task
from tutor.mathtext.chains import split_chains
from tutor.mathtext.spans import formulas

_ENGLISH = dict(
    zip(
        ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight"],
        range(9),
        strict=True,
    )
)
_CHINESE = {"一": 1, "两": 2, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6}
_NUMBER = r"(\d|zero|one|two|three|four|five|six|seven|eight|[一两二三四五六])"
_DECIMALS = re.compile(
    rf"{_NUMBER}\s*-?\s*(?:decimal\s+(?:places?|digits?)|d\.?p\b|places?\b)|保留\s*{_NUMBER}\s*位小数"
    rf"|精确到小数点后第?{_NUMBER}位",
    re.IGNORECASE,
)
_FIGURES = re.compile(
    rf"{_NUMBER}\s*(?:significant\s+(?:figures?|digits?)|s\.?f\b|sig\.?\s*figs?)|保留\s*{_NUMBER}\s*(?:位|个)有效数字",
    re.IGNORECASE,
)
_NEAREST = {
    "hundred": -2,
    "ten": -1,
    "whole": 0,
    "integer": 0,
    "unit": 0,
    "one": 0,
    "degree": 0,
    "dollar": 0,
    "meter": 0,
    "metre": 0,
    "percent": 0,
    "minute": 0,
    "year": 0,
    "tenth": 1,
    "hundredth": 2,
    "cent": 2,
    "penny": 2,
    "thousandth": 3,
}
_NEAREST_TO = re.compile(
    rf"nearest\s+(?:hundredth|thousandth|tenth|{'|'.join(_NEAREST)})s?\b", re.IGNORECASE
)
_PRECISE = re.compile(r"(?:精确到|nearest\s+\$?)\s*\$?(0?\.0*1|10*)(?!\d)")
_PRECISE_WORDS = {"十分位": 1, "百分位": 2, "千分位": 3, "个位": 0, "整数": 0, "1": 0}
_TASKS = (
    (
        Task.FACTOR,
        r"\bfactor(?:i[sz]e)?\b(?!\s+of)|\bfactored\b|\bfactori[sz]ation\b|因式分解|分解因式|分解质因数",
    ),
    (Task.EXPAND, r"\bexpand\b|\bmultiply\s+out\b|展开(?!式中|式里)"),
)
_SIMPLEST = r"rationali[sz]|simplest|有理化|最简"
_ROUNDED = r"approximat|\bestimat|\bcalculator\b|≈|\\approx|近似|大约|约(?:为|等于|是)|估[计算]"
_SOLUTIONS = (
    r"\bsolve\b|\broots?\b|\bzeros?\b|\bsolutions?\b|\ball\s+(?:possible\s+|real\s+|the\s+)?(?:values?|integers?|numbers?|primes?)"
    r"|方程|的[解根]|零点|所有|或"
)
_SETS = r"\bset\s+of\b|\bunordered\b|\bany\s+order\b|集合|不计顺序|不分顺序"
_POINTS = r"\bordered\b|\bpoints?\b|\bcoordinates?\b|\bvectors?\b|坐标|点|向量|数对"
_IN_ORDER = r"\brespectively\b|\bin\s+(?:that|this|the\s+given|the\s+same)\s+order\b|分别|依次"
_LIKELY_IN_ORDER = (
    _IN_ORDER
    + r"|[A-Za-z]\$?\s?[,，、和与及]\s?\$?[A-Za-z]\$?\s?的值|各(?:有|是|为|多少|几)"
    + r"|\b(?:values?\s+of|find|for|what\s+are|determine)\s+\$?[A-Za-z]\$?(?:\s?,\s?(?:and\s+)?|\s+and\s+)\$?[A-Za-z]\b(?!')"
    + r"|\bhow\s+many\s+[a-z]+(?:\s+[a-z]+)?(?:\s+and|,)\s+[a-z]+|(?:_{2,}|＿{2,})[^_＿]+(?:_{2,}|＿{2,})"
)
_COLLECTIONS = (
    r"\bnumbers\b|\bintegers\b|\bprimes\b|\bfactors\b|\bdivisors\b|\bmultiples\b|\bvalues\b|\bwhich\s+of\b"
    r"|\blist\b|\bmodes?\b|\bangles\b|\bintercepts\b|\beigenvalues\b|\bdomain\b|数|因数|约数|倍数|特征值|众数"
)
_EQUATIONS = r"\bequations?\s+(?:of|for)\b|方程(?:是|为|$|[_＿(（])|的(?:标准|一般|直线|切线|轨迹)?方程(?!的)|解析式"
_INTEGRALS = r"\\int|\bintegra|anti-?derivative|primitive|\bdifferential\s+equation|\bgeneral\s+solution|\b(?:d?solve)\b[^.]{0,80}(?:[a-z]\s?'|d[a-z]\}?\s?[/{]+\s?d[a-z]|\\dot)|积分|原函数|微分方程|通解"
_SOLVED = r"\b(?:solve|rearrange)\b[^.]{0,40}\bfor\s+\$?[A-Za-z]\b|\bsubject\b|\bin\s+terms\s+of\b|用含?.{0,12}表示"
_DISCRETE = (
    r"\b(?:positive|natural|non-?negative)?\s*(?:integers?|natural\s+numbers?)\b|\bsequences?\b|\bprogression\b|整数|自然数|数列"
    r"|\\in\s*\\math(?:bb|bf)\s*\{?\s*[NZ]|\\\{\s*a_\{?n"
)
_POSITIVE = (
    re.compile(
        r"\bpositive\s+(?:real\s+|rational\s+)?(?:numbers?|integers?|constants?|reals?|values?(?:\s+of)?)?\s*\$?\s*"
        r"((?:[a-zA-Z](?![a-z])(?:\s?\$?\s?(?:,|and|\s)\s?\$?\s?)?){1,8})"
    ),
    re.compile(
        r"(?<![A-Za-z\\])((?:[a-zA-Z]\$?\s?(?:,|and)\s?\$?){0,6}[a-zA-Z])\s*\$?\s+(?:is|are)\s+(?:an?\s+|both\s+|all\s+)?positive"
    ),
    re.compile(
        r"(?<![A-Za-z\\])((?:[a-zA-Z]\$?\s?[,，、和]\s?\$?){0,6}[a-zA-Z])\s*\$?\s*(?:[都均]?[是为])\s*正"
    ),
    re.compile(r"正(?:实|整)?数\s*\$?\s*((?:[a-zA-Z]\$?\s?[,，、和]\s?\$?){0,6}[a-zA-Z])"),
)
_SIDE = re.compile(
    r"-?(?:\d+(?:\.\d+)?|[a-zA-Z](?:_\{?\w\}?)?|\\[a-z]+|\\frac\{\d+\}\{\d+\}|\d*\\pi)"
)
_ORDERS = frozenset({"<", "<=", ">", ">=", "!="})
MAX_ASSUMPTIONS = 8


def read_form(problem: str, kind: str) -> AnswerForm:
    """What form an answer is to have.

    Args:
        problem: The problem's text, perhaps empty.
        kind: The kind of answer, as a data set names it, perhaps empty.
    """
    decimals, figures = _precision(problem)
    return AnswerForm(
        task=next((task for task, words in _TASKS if _says(problem, words)), Task.OTHER),
        decimals=decimals,
        figures=figures,
        is_rounded=_says(problem, _ROUNDED),
        is_ordered=(kind == "list" or _asks_in_order(problem)) and not _says(problem, _SOLUTIONS),
        is_unordered=kind == "set" or (_says(problem, _SETS) and not _says(problem, _POINTS)),
        is_equation=kind == "equation" or _says(problem, _EQUATIONS),
        is_percent=_says(problem, r"percent|%|％|百分"),
        is_simplest=_says(problem, _SIMPLEST),
        is_solved=_says(problem, _SOLVED),
        fixed=_fixed_letters(problem),
        is_integral=_says(problem, _INTEGRALS),
        is_discrete=_says(problem, _DISCRETE),
    )


def _asks_in_order(problem: str) -> bool:
    """Whether the last sentence, which asks, says that the values have an order."""
    asking = re.split(r"[.!?]\s+|[。！？]", problem.strip(" .!?。！？$"))[-1]
    return _says(asking, _IN_ORDER) and not _says(asking, r"\bpossible\b|可能")


def may_be_ordered(problem: str, kind: str) -> bool:
    """Whether a problem may ask for several values in an order: it names them, or asks for no collection."""
    if not problem or kind == "set":
        return False
    collects = (_SOLUTIONS, _SETS, _COLLECTIONS)
    return _says(problem, _LIKELY_IN_ORDER) or not any(_says(problem, one) for one in collects)


def _fixed_letters(problem: str) -> tuple[str, ...]:
    """The letters that a problem's formulas use."""
    text = " ".join(span.text for span in formulas(problem)) or problem
    return tuple(sorted(set(re.findall(r"(?<![A-Za-z\\])[A-Za-z](?![A-Za-z])", text))))


def _says(problem: str, pattern: str) -> bool:
    return re.search(pattern, problem, re.IGNORECASE) is not None


def _precision(problem: str) -> tuple[int | None, int | None]:
    """Decimals and significant figures that are asked for."""
    if (match := _FIGURES.search(problem)) is not None:
        return None, _number(next(filter(None, match.groups())))
    if (match := _DECIMALS.search(problem)) is not None:
        return _number(next(filter(None, match.groups()))), None
    if (match := _NEAREST_TO.search(problem)) is not None:
        return _NEAREST[match.group().split()[-1].lower().removesuffix("s")], None
    if (match := _PRECISE.search(problem)) is not None:
        text = match[1]
        return (len(text.partition(".")[2]) if "." in text else 1 - len(text)), None
    if (
        match := re.search(r"(?:精确到|保留到?|取)\s*(十分位|百分位|千分位|个位|整数)", problem)
    ) is not None:
        return _PRECISE_WORDS[match[1]], None
    return None, None


def _number(text: str) -> int:
    if text.isdigit():
        return int(text)
    return _CHINESE.get(text) or _ENGLISH.get(text.lower(), 2)


def read_assumptions(problem: str) -> tuple[Latex, ...]:
    """What a problem says about the signs and ranges of its letters."""
    found = [Latex(f"{letter} > 0") for letter in _positive_letters(problem)]
    for span in formulas(problem):
        for chain in split_chains(span.text):
            plain = all(_SIDE.fullmatch(side) for side in chain.sides)
            if plain and chain.relations and set(chain.relations) <= _ORDERS:
                found.append(Latex(chain.text))
    return tuple(dict.fromkeys(found))[:MAX_ASSUMPTIONS]


def _positive_letters(problem: str) -> list[str]:
    found = [match[1] for pattern in _POSITIVE for match in pattern.finditer(problem)]
    return [letter for text in found for letter in re.findall(r"\b[a-zA-Z]\b", text)]
