"""What a problem gives and what it asks, read from its words and formulas as far as they show it.

Where the words are not clear the goal stays `OTHER` without a target: then fewer things can be checked, and
nothing is checked against the wrong thing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from tutor.core.problem import Goal, Latex, Task
from tutor.intake.reading import MAX_CHARACTERS
from tutor.mathtext.chains import Chain, split_chains
from tutor.mathtext.spans import Span, split_spans

_TASKS: tuple[tuple[Task, str], ...] = (
    (Task.PROVE, r"\bprove\b|\bshow\s+that\b|证明|求证"),
    (Task.FACTOR, r"\bfactor(?:i[sz]e)?\b|因式分解|分解因式"),
    (Task.EXPAND, r"\bexpand\b|\bmultiply\s+out\b|展开(?!式中|式里)"),
    (Task.SIMPLIFY, r"\bsimplify\b|化简"),
    (Task.DIFFERENTIATE, r"\bdifferentiate\b|\bderivative\b|求导|导数|导函数"),
    (
        Task.INTEGRATE,
        r"\bintegrate\b|\banti-?derivative\b|\bindefinite\s+integral\b|不定积分|原函数",
    ),
    (
        Task.SOLVE,
        r"\bsolve\b|\broots?\s+of\b|\bzeros?\s+of\b|\bsolutions?\s+(?:of|to|for)\b|解(?:下列)?(?:一元二次|二元一次|分式)?(?:方程|不等式)|的(?:根|解|解集|零点)\b|求解",
    ),
    (
        Task.COMPUTE,
        r"\bcompute\b|\bcalculate\b|\bevaluate\b|\bwork\s+out\b|\bwhat\s+is\b|\bfind\s+the\s+(?:exact\s+)?value\b|\bfind\b|计算|求值|求.{0,20}的值|等于|等于多少|是多少|=\s*[?？]|_{2,}|求",
    ),
)
_UNKNOWN = re.compile(
    r"\b(?:for|find|求(?:解)?)\s*\$?\s*([a-zA-Z])\s*\$?(?=[\s.,:;，。：；?？]|$)",
    re.IGNORECASE,
)
_BLANK = re.compile(r"[?？]\s*$|=\s*(?:[?？_\s]|\\_|\\q?quad|\\underline\s*\{[^{}]*\})*$")
_NAME_ASKED = re.compile(
    r"(?<![A-Za-z\\])([A-Za-z])\s*=\s*(?:\$\s*)?(?:[?？]|_{2,}|\\underline|（\s*）|\(\s*\))"
)
_BEYOND = re.compile(
    r"\b(?:second|third|fourth|higher|mixed|n-?th)[\s-]+(?:order\s+)?(?:partial\s+)?derivative|\bpartial\b|\bimplicit"
    r"|二阶|三阶|高阶|偏导|隐函数"
    r"|\b(?:over|in|among)\s+(?:the\s+)?(?:set\s+of\s+)?(?:real|complex|integer|natural|rational|positive|negative|whole)s?\b"
    r"|整数|自然数|实数范围|复数|有理数",
    re.IGNORECASE,
)
"""Words that change what is asked in ways the checks of an answer do not know."""
_WHOLE_TASKS = (Task.SOLVE, Task.DIFFERENTIATE, Task.INTEGRATE)
"""Tasks whose answer a value at one point would replace by another."""
_SOLUTIONS_ASKED = (Task.SOLVE, Task.COMPUTE)
_ASKS_ABOUT = re.compile(
    r"\b(?:sum|product|difference|average|mean|number|distance|discriminant|count|ratio|larg\w+|great\w+|small\w+|least|max\w*|min\w*)"
    r"\b[^.$]{0,24}\b(?:of|to|between)?\s*(?:the\s+|all\s+)*(?:real\s+|positive\s+|distinct\s+)*(?:roots?|solutions?|zeros?)\b"
    r"|\bhow\s+many\b|\b(?:larg|great|small)(?:er|est)\s+(?:root|solution)"
    r"|\bsolve\b.{0,300}\b(?:and|then)\s+(?:\w+\s+)?(?:find|compute|what|evaluate|give|add|determine|calculate|state)\b"
    r"|(?:根|解|零点)[^$，。]{0,6}(?:和|积|差|个数|平均|距离)|两根之|几个(?:根|解)|解.*[，,；;].*(?:并求|再求|然后求)",
    re.IGNORECASE | re.DOTALL,
)
"""Questions about the solutions of an equation, which ask for something else than the solutions."""
_AT_A_POINT = re.compile(
    r"\$\s*(?:at|when|from|between|passing|through)\b|\$\s*with\s*\$|在[^。]{0,20}处|从.{0,12}到|\bsuch\s+that\b",
    re.IGNORECASE,
)
_LETTER = re.compile(r"\\?[A-Za-z]+(?:_(?:\w|\{\w+\}))?")
_OPTIONS = re.compile(r"(?m)^[^\S\n]*[(（]?A\s*[.．、:：)）]")
_TO_PROVE = re.compile(r"\bprove\b|\bshow\s+that\b|证明|求证", re.IGNORECASE)
_PARTS = re.compile(r"[(（]\s*(?:[1-5]|i{1,3}|[一二三四五])\s*[)）]|[①②③④⑤]")
_ASKS = re.compile(
    r"(?:\b(?:compute|calculate|evaluate|simplify|expand|factor(?:i[sz]e)?|differentiate|integrate|work\s+out|find|what\s+is"
    r"|derivative\s+of|value\s+of|multiply\s+out)"
    r"(?:\s+(?:the|a|an|exact|value|sum|product|quotient|limit|definite|indefinite|integral|expression|derivative"
    r"|antiderivative|of|following|result|completely|function|each))*"
    r"|计算|求值|化简|展开|因式分解|分解因式|求导|求(?:下列)?(?:极限|积分|不定积分|定积分|导数|值)?|多项式|代数式|式子|函数)"
    r"\s*[:：,，]?\s*$",
    re.IGNORECASE,
)
_ASKS_AFTER = re.compile(
    r"\s*(?:的(?:值(?!比|大|小|都|有)|结果|导数|导函数|极限|展开式(?!中|里)|原函数)|等于|是多少|=\s*[?？]|_{2,}|[?？]\s*$)"
)
_BARE = re.compile(r"[0-9A-Za-z+\-*/^=()\[\]{}.,!|<>\\_ ×÷²³√π≤≥％%（）＋－＝?？]+")
_ENGLISH_WORD = re.compile(r"(?<!\\)\b[A-Za-z]{2,}\b")
_FUNCTIONS = {"sin", "cos", "tan", "ln", "log", "exp", "sqrt", "lim", "pi", "cot", "sec", "csc"}


@dataclass(frozen=True, slots=True)
class _Formula:
    chain: Chain
    before: str
    """The prose in front of it."""
    after: str
    """The prose behind it."""
    has_blank: bool
    """Whether it ends with the `=?` or `=____` that asks for its value."""


def read_goal(text: str) -> Goal:
    """The goal of a problem's text; of a text that is no single problem, being longer than any, none."""
    if len(text) > MAX_CHARACTERS:
        return Goal(task=Task.OTHER)
    task = _task(text)
    formulas = _formulas(_stem(text, task))
    expressions = [f for f in formulas if not f.chain.relations]
    target = _target(task, expressions, alone=len(formulas) == 1)
    facts = [f for f in formulas if f.chain.relations]
    values = tuple(Latex(f.chain.text) for f in facts if _names_a_value(f))
    given = tuple(Latex(f.chain.text) for f in facts if not _names_a_value(f))
    if _BEYOND.search(text) or (task in _SOLUTIONS_ASKED and _ASKS_ABOUT.search(text)):
        return Goal(task=Task.OTHER, given=given, values=values)
    if task in _WHOLE_TASKS and (values or _AT_A_POINT.search(text)):
        return Goal(task=Task.OTHER, given=given, values=values)
    if task in (Task.COMPUTE, Task.SIMPLIFY, Task.OTHER) and target is None and not given:
        task = Task.OTHER
    if task is Task.COMPUTE and given and target is None and _asks_for_unknown(text, given):
        task = Task.SOLVE
    return Goal(task=task, given=given, values=values, target=target, unknowns=_unknowns(text))


def _names_a_value(formula: _Formula) -> bool:
    """`x = 2`: a number for a letter, said of one moment of the problem and not of all of it."""
    chain = formula.chain
    if chain.relations != ("=",) or not _LETTER.fullmatch(chain.sides[0]):
        return False
    return re.search(r"[A-Za-z]", re.sub(r"\\[A-Za-z]+", "", chain.sides[1])) is None


def _stem(text: str, task: Task) -> str:
    """The part of the text whose formulas are facts.

    Not the options of a choice question, not what is to be proved, and not the single questions of a
    problem in parts, which may each bring a condition of their own.
    """
    stem = _OPTIONS.split(text, maxsplit=1)[0]
    if task is Task.PROVE:
        stem = _TO_PROVE.split(stem, maxsplit=1)[0]
    parts = _PARTS.split(stem)
    return parts[0] if len(parts) > 2 else stem


def _task(text: str) -> Task:
    for task, pattern in _TASKS:
        if re.search(pattern, text, re.IGNORECASE):
            return task
    return Task.OTHER if _words(text) else Task.COMPUTE


def _words(text: str) -> list[str]:
    prose = "".join(span.text for span in split_spans(text) if not span.is_math)
    found = [w for w in _ENGLISH_WORD.findall(prose) if w.lower() not in _FUNCTIONS]
    return found + re.findall(r"[\u4e00-\u9fff]", prose)


def _formulas(text: str) -> list[_Formula]:
    spans = split_spans(text)
    if not any(span.is_math for span in spans):
        spans = _bare_formulas(text)
    found: list[_Formula] = []
    for place, span in enumerate(spans):
        if not span.is_math:
            continue
        before = spans[place - 1].text if place and not spans[place - 1].is_math else ""
        behind = spans[place + 1] if place + 1 < len(spans) else None
        after = behind.text if behind is not None and not behind.is_math else ""
        asked = _BLANK.sub("", span.text)
        has_blank = asked != span.text
        found += [_Formula(chain, before, after, has_blank) for chain in split_chains(asked)]
    return found


def _bare_formulas(text: str) -> tuple[Span, ...]:
    """Formulas typed without delimiters: `1+1=?`, `Solve x^2 - 5x + 6 = 0`."""
    spans: list[Span] = []
    position = 0
    for match in _BARE.finditer(text):
        start, run = match.start(), match.group()
        words = [w for w in _ENGLISH_WORD.finditer(run) if w.group().lower() not in _FUNCTIONS]
        edges = [0, *(edge for w in words for edge in (w.start(), w.end())), len(run)]
        for left, right in zip(edges[::2], edges[1::2], strict=True):
            piece = run[left:right]
            if re.search(r"\d|[a-z]\s*[=^]", piece) and re.search(r"[-+*/^=×÷!√²³<>≤≥\\]", piece):
                at = start + left
                spans.append(Span(text[position:at], position, at))
                spans.append(Span(piece.strip(" .,?？"), at, at + len(piece), is_math=True))
                position = at + len(piece)
    return (*spans, Span(text[position:], position, len(text)))


def _target(task: Task, expressions: list[_Formula], *, alone: bool) -> Latex | None:
    """The expression that is asked about, where the words around it say so."""
    if task in (Task.OTHER, Task.PROVE, Task.SOLVE):
        return None
    wanted = [f for f in expressions if not _is_name(f.chain.sides[0])]
    asked = [
        f for f in wanted if f.has_blank or _ASKS_AFTER.match(f.after) or _ASKS.search(f.before)
    ]
    if alone and not asked:
        asked = [f for f in wanted if not _words(f.before) and not _words(f.after)]
    return Latex(asked[-1].chain.sides[0]) if asked else None


def _is_name(side: str) -> bool:
    r"""Whether an expression is only a name or a number: `x`, `f(x)`, `\triangle ABC`, a point `(1,2)`."""
    return (
        re.fullmatch(
            r"[\d.,\s]+(?:\\?%|\^\{?\\circ\}?|\\(?:text|mathrm)\s*\{[^{}]*\})?|\\?[A-Za-z]+(?:_\{?\w+\}?)?'*(?:\([a-z]\))?|\\(?:triangle|angle)\s*\w+|[A-Z]\s*\(.*\)|\(.*,.*\)",
            side,
        )
        is not None
    )


def _asks_for_unknown(text: str, given: tuple[Latex, ...]) -> bool:
    return any(
        re.search(rf"(?<![A-Za-z\\]){re.escape(name)}(?![A-Za-z])", g)
        for name in _unknowns(text)
        for g in given
    )


def _unknowns(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys([*_UNKNOWN.findall(text), *_NAME_ASKED.findall(text)]))
