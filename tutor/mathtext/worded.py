r"""Claims about whole numbers that are said in words: `17 ÷ 5 = 3 remainder 2`, "the GCD of 12 and 18 is 6"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tutor.mathtext.arithmetic import Sum
from tutor.mathtext.chains import Chain

_GAP = r"(?:\s|\\[;,: ]|~){0,4}"
_INT = r"(?<![\d.,^_])(\d{1,12}(?:,\d{3}){0,4})(?![\d^_!]|[.,]\d)"
_QUOTIENT = re.compile(
    rf"{_INT}{_GAP}(?:÷|/|\\div|\bdivided\s+by\b|除以){_GAP}{_INT}{_GAP}(?:=|\bis\b|等于|商){_GAP}{_INT}{_GAP},?"
    rf"{_GAP}(?:\bwith\s+)?(?:\ba\s+)?(?:\\(?:mathrm|text)\{{)?{_GAP}(?:R\b|r\b|remainder\b|余数?)"
    rf"{_GAP}(?:of\b|is\b|为|是)?{_GAP}\}}?{_GAP}{_INT}"
)
_REMAINDER = re.compile(
    rf"{_INT}\s+(?:is\s+|when\s+)?divided\s+by\s+{_INT},?\s+(?:(?:it|which|this)\s+)?"
    rf"(?:leaves|gives|has|the|we\s+get|is)?\s*(?:a\s+)?remainder\s*(?:of|is|=)?\s*{_INT}"
    rf"|{_INT}\s*除以\s*{_INT}\s*(?:的|，)?余数?\s*(?:为|是|等于)?\s*{_INT}"
)
_COMMON = re.compile(
    rf"\b(gcd|gcf|hcf|lcm|greatest\s+common\s+(?:divisor|factor)|least\s+common\s+multiple)\s+of\s+{_INT}\s+and\s+{_INT}"
    rf"\s+is\s+(?:equal\s+to\s+)?{_INT}(?!\s*(?:times|[*×/+-]))",
    re.IGNORECASE,
)


def find_worded(text: str) -> tuple[Sum, ...]:
    """The claims about divisions and common factors in a text, in order of their kinds."""
    return (*_quotients(text), *_remainders(text), *_common(text))


def _quotients(text: str) -> Iterator[Sum]:
    for match in _QUOTIENT.finditer(text):
        whole, divisor, quotient, rest = map(_plain, match.groups())
        yield _worded(match, (whole, rf"{divisor} \times {quotient} + {rest}"), "=")


def _remainders(text: str) -> Iterator[Sum]:
    for match in _REMAINDER.finditer(text):
        whole, divisor, rest = (_plain(group) for group in match.groups() if group)
        if int(divisor):
            yield _worded(match, (whole, rest), "equiv", rf" \pmod{{{divisor}}}")


def _common(text: str) -> Iterator[Sum]:
    for match in _COMMON.finditer(text):
        name = r"\operatorname{lcm}" if match[1].lower().startswith(("l",)) else r"\gcd"
        first, second, value = map(_plain, match.groups()[1:])
        yield _worded(match, (f"{name}({first}, {second})", value), "=")


def _worded(match: re.Match[str], sides: tuple[str, str], relation: str, behind: str = "") -> Sum:
    sign = r"\equiv" if relation == "equiv" else "="
    chain = Chain(f"{sides[0]} {sign} {sides[1]}{behind}", sides, (relation,))
    return Sum(chain, match.start(), match.end())


def _plain(number: str) -> str:
    return number.replace(",", "")
