"""An answer as it was written, without what is no part of it: boxes, phrases, dollar signs, a full stop."""

from __future__ import annotations

import re
from dataclasses import dataclass

from tutor.checking.grading_digits import joined_digits
from tutor.mathtext.chains import matching_brace
from tutor.mathtext.spans import split_spans

_PHRASE = re.compile(
    r"^\s*(?:(?:so|thus|hence|therefore|and)\b[\s,:]*"
    r"|(?:the\s+)?(?:final\s+|correct\s+)?answer(?:\s+is|\s*[:=：]|\s+will\s+be)\s*:?"
    r"|(?:最终|正确)?答案\s*(?:应?[是为选]|[:：=])?\s*[:：]?|答\s*[:：]|解\s*[:：]|结果(?:是|为)[:：]?"
    r"|共有?|一共有?|所以|因此|综上(?:所述)?|故(?!选)|即|则|∴|\\therefore(?![A-Za-z])|[,，:：])\s*",
    re.IGNORECASE,
)
_SAID = re.compile(
    r"^(?P<said>[^$=<>≤≥]*?(?:\bis\b|\bare\b|\bequals?\b|为|是|等于|[:：]))\s*(?P<rest>[^:：]*[\d\\$].*)$",
    re.IGNORECASE | re.DOTALL,
)
_PROSE = re.compile(r"(?<![\\A-Za-z{])[A-Za-z]{3,}(?![A-Za-z]*[{}])|[\u4e00-\u9fff]{2,}")
_EDGES = " \t\r\n,;，。；、！"
_FRAMES = re.compile(r"^\s*(?:【(?P<one>[^【】]*)】|\*\*(?P<two>[^*]+)\*\*)\s*$")
_SIZES = re.compile(r"\\(?:displaystyle|textstyle|limits|nolimits|bf|rm)(?![A-Za-z])")
_WORDING = re.compile(r"\\(?:text(?:bf|it|rm)?|mbox|operatorname)\s*\{([^{}]*)\}")
_COUNTERS = re.compile(
    r"[\s,，;；.。]*(?:\\[,;! ]|\\q?quad|\\text\{\s*(?:,|where|for|其中)?\s*\})*[\s,，(（]*(?:where|for\s+(?:any|all|every|some)|for|with|其中|这里)?\s*"
    r"(?:integers?\s+)?(?<![A-Za-z\\])(?P<letters>[a-z](?:\s?,\s?[a-z]){0,4})\s*"
    r"(?:\\in|∈|is\s+(?:an?|any)|are|为|是|属于)\s*(?:\\(?:mathbb|mathbf|Bbb|mathrm)\s*\{?\s*Z\s*\}?|Z|ℤ|(?:any\s+|an\s+|任意)?(?:integers?|整数))"
    r"\s*[)）.。]*\s*$"
)
_LONGEST_REMARK = 160
"""Characters of the longest remark on a letter at the end of an answer."""
_REPEATING = re.compile(
    r"(?<![\d.])(-?\d{0,20}\.\d{0,8}?)(\d{1,8}?)\2{2,20}(?:\.\.\.|…|\\[lc]?dots)(?![\d])"
)
_RATIO = re.compile(
    r"\s*([0-9A-Za-z\\{}^+\-. ()√]+?)\s*(?:[:：∶比]|\\colon)\s*([0-9A-Za-z\\{}^+\-. ()√]+?)\s*"
)
_OF_DAY = re.compile(r"\d\s?[ap]\.?\s?m\b", re.IGNORECASE)
_POINT_NAME = re.compile(
    r"(?:点|[Pp]oint\s+)?(?<![A-Za-z\\|_])[A-Z](?:_\{?\d\}?|')?\s*(?=(?:\\left)?[(（](?=[^()（）]*\d)[^()（）=|]*[,，][^()（）]*[)）])"
)
_FAMILY = re.compile(
    r"(?:\\left)?\\\{\s*(?P<letter>[a-zα-ω]|\\[a-z]+)\s*(?:\\mid|\\vert|\\middle\s*\||\||:)\s*(?P<inside>(?P=letter)\s*=.*?)\s*(?:\\right)?\\\}"
)
_REPEATED = re.compile(
    r"\s*(?:\\text\s*\{)?\s*[(（]\s*(?:double|repeated|equal)\s+roots?\s*[)）]\s*\}?$|\s*[(（](?:二?重根|等根)[)）]$"
)
_BASE_VECTOR = re.compile(
    r"\\(?:mathbf|boldsymbol|bm|vec|hat|overrightarrow)\s*\{?\s*\\?([ijk])(?:math)?\s*\}?(?![A-Za-z])"
)
_POWER_BESIDE_CONSTANT = re.compile(r"(?<![A-Za-z\\_^{])C(?=\d+\s*\^)")
_NATURALS = re.compile(
    r"[\s,，;；(（]*(?:where\s+|for\s+|其中)?(?<![A-Za-z\\])n\s*(?:\\in|∈)\s*\\?(?:(?:mathbb|mathbf|mathrm)\s*\{?\s*)?N\s*\}?"
    r"(?:\s*[\^_]\s*\{?\s*[*+]\s*\}?)*\s*[)）]?\s*$"
    r"|[\s,，;；(（]*(?:where\s+)?n\s*(?:is\s+a\s+positive\s+integer|为正整数)\s*[)）]?\s*$"
)


_REWRITTEN = (
    (_REPEATED, ""),
    (_POINT_NAME, ""),
    (_POWER_BESIDE_CONSTANT, r"C\\cdot "),
    (_BASE_VECTOR, lambda match: rf"\iota_{{{'ijk'.index(match[1]) + 1}}}"),
)
"""Ways of writing that are put in a plainer way; the vectors of the base get letters of their own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plain:
    """An answer without decoration.

    Attributes:
        text: What is left.
        counters: The letters that were said to run through the whole numbers.
    """

    text: str
    counters: tuple[str, ...] = ()


def plain_answer(text: str) -> Plain:
    """An answer without decoration."""
    text = _FRAMES.sub(lambda match: match["one"] or match["two"] or "", text)
    text = _without_phrases(unboxed(text))
    text = _SIZES.sub("", _joined_formulas(text)).strip()
    text = _REPEATING.sub(r"\1\\overline{\2}", text)
    text = _trimmed(_without_phrases(text))
    if _PROSE.search(_WORDING.sub("", text)) and (said := _SAID.match(text)):
        text = _trimmed(_joined_formulas(said["rest"]))
    text = re.sub(r"^(?:=|\\approx(?![A-Za-z])|≈)\s*", "", text)
    text = _solution_set(text)
    text, counters = _without_counters(text)
    text = _NATURALS.sub("", text)
    for pattern, plain in _REWRITTEN:
        text = pattern.sub(plain, text)
    text = joined_digits(text)
    ratio = None if _OF_DAY.search(text) else _RATIO.fullmatch(text)
    return Plain(
        text=rf"\frac{{{ratio[1]}}}{{{ratio[2]}}}" if ratio else _trimmed(text),
        counters=counters,
    )


def unworded(text: str) -> str:
    r"""A text without `\text{…}` around its words, in one line."""
    return " ".join(_WORDING.sub(r" \1 ", text).replace("$", " ").replace("~", " ").split())


def _without_phrases(text: str) -> str:
    while (match := _PHRASE.match(text)) and match.end() < len(text):
        text = text[match.end() :]
    return text.strip()


def unboxed(text: str) -> str:
    r"""What stands in `\boxed{…}`, several boxes joined by commas; the text itself where there is none."""
    boxes = []
    for match in re.finditer(r"\\(?:boxed|fbox)\s*(?=\{)", text):
        end = matching_brace(text, match.end())
        if end > 0:
            boxes.append(text[match.end() + 1 : end].strip())
    return ", ".join(boxes) if boxes else text


def _joined_formulas(text: str) -> str:
    r"""The formulas of a text, with the words that join them; of a sentence with one formula, the formula."""
    spans = split_spans(text)
    formulas = [span for span in spans if span.is_math]
    if not formulas:
        return text
    prose = [span.text for span in spans if not span.is_math]
    if len(formulas) == 1 and len(spans) == 2 and _PROSE.search(prose[0]) and spans[1].is_math:
        return formulas[0].text
    return "".join(span.text if span.is_math else span.text.replace("\\$", "$") for span in spans)


def _solution_set(text: str) -> str:
    r"""What stands in `\{x \mid x = k\pi, k \in Z\}` behind the bar."""
    match = _FAMILY.fullmatch(text)
    return match["inside"] if match is not None else text


def _without_counters(text: str) -> tuple[str, tuple[str, ...]]:
    """A text without `k is an integer` at its end."""
    match = _COUNTERS.search(text, max(0, len(text) - _LONGEST_REMARK))
    if match is None or not match.start():
        return text, ()
    letters = tuple(re.findall("[a-z]", match["letters"]))
    return _trimmed(text[: match.start()]), letters


def _trimmed(text: str) -> str:
    """A text without the marks of a sentence around it; a point in front belongs to a number."""
    return text.strip(_EDGES).rstrip(_EDGES + ".")
