r"""Prose and formulas told apart: `$…$`, `$$…$$`, `\(…\)`, `\[…\]` and bare environments."""

from __future__ import annotations

import re
from dataclasses import dataclass

from tutor.core.errors import LatexError
from tutor.support.i18n import N_

ENVIRONMENTS = (
    "align",
    "align*",
    "aligned",
    "alignat",
    "array",
    "cases",
    "equation",
    "equation*",
    "gather",
    "gather*",
    "gathered",
    "multline",
    "split",
    "matrix",
    "pmatrix",
    "bmatrix",
    "vmatrix",
)
"""Environments that are formulas even without delimiters."""

_OPEN = re.compile(r"\\\\|\\\$|\$\$|\$|\\\[|\\\(|\\begin\{([a-z]+\*?)\}|```|`")
_MONEY = re.compile(r"\$\d[\d,]*(?:\.\d+)?(?=$|[\s.,;:!?)%a-zA-Z*/+×÷=-])")
_WORDY = re.compile(r"(?<![A-Za-z])(?:[A-Za-z]{3,} [A-Za-z]{2,}|[A-Za-z]{4,}[.,;]? )")


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of text that is either prose or one formula.

    Attributes:
        text: The prose, or the formula without its delimiters.
        start: Offset of its first character, delimiter included.
        end: Offset after its last character, delimiter included.
        is_math: Whether it is a formula.
    """

    text: str
    start: int
    end: int
    is_math: bool = False


def split_spans(text: str) -> tuple[Span, ...]:
    """The text as prose and formulas, in order; an opening delimiter without its end is prose."""
    return tuple(_split(text, strict=False))


def formulas(text: str) -> tuple[Span, ...]:
    """The formulas of a text, in order."""
    return tuple(span for span in split_spans(text) if span.is_math)


def require_balanced(text: str) -> None:
    """Object to a formula that is not closed, or whose braces do not match.

    Raises:
        LatexError: With the place of the fault.
    """
    for span in _split(text, strict=True):
        if span.is_math:
            _require_braces(span)


def require_closed(text: str) -> None:
    """Object to a formula that is not closed.

    Raises:
        LatexError: With the place where it begins.
    """
    _split(text, strict=True)


def _split(text: str, *, strict: bool) -> list[Span]:
    found: list[Span] = []
    closings = _Closings(text)
    start = position = 0
    while match := _OPEN.search(text, position):
        opened = match.group()
        end = None if opened in ("\\\\", "\\$") else closings.after(match)
        if opened in ("\\\\", "\\$") or _is_money(text, match, end):
            position = match.end()
            continue
        if end is None:
            _object_to_open(match, strict)
            position = match.end()
            continue
        if not opened.startswith("`"):
            found.append(Span(text[start : match.start()], start, match.start()))
            found.append(_math_span(text, match, end))
            start = end
        position = end
    found.append(Span(text[start:], start, len(text)))
    return [span for span in found if span.text]


def _math_span(text: str, match: re.Match[str], end: int) -> Span:
    opened = match.group()
    if match.group(1):
        return Span(text[match.start() : end], match.start(), end, is_math=True)
    inner = text[match.end() : end - len(opened)]
    return Span(inner, match.start(), end, is_math=True)


class _Closings:
    """Finds closing delimiters, and looks through the text only once for one that is not there."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._missing: set[str] = set()
        self._environments: dict[str, dict[int, int]] = {}

    def after(self, match: re.Match[str]) -> int | None:
        """Offset after the delimiter that closes the one matched, or `None`."""
        if environment := match.group(1):
            return self._environment_end(match.start(), environment)
        opened = match.group()
        if opened in self._missing:
            return None
        closing = {"\\[": "\\]", "\\(": "\\)"}.get(opened, opened)
        position = _unescaped(self._text, closing, match.end())
        if position < 0:
            self._missing.add(opened)
            return None
        if opened == "$" and "\n\n" in self._text[match.end() : position]:
            return None
        return position + len(closing)

    def _environment_end(self, start: int, environment: str) -> int | None:
        if environment not in ENVIRONMENTS:
            return None
        if environment not in self._environments:
            self._environments[environment] = _environment_ends(self._text, environment)
        return self._environments[environment].get(start)


def _unescaped(text: str, sign: str, position: int) -> int:
    """Offset of a sign from `position` on that no backslash takes away; -1 when there is none."""
    while (position := text.find(sign, position)) >= 0 and _is_escaped(text, position):
        position += 1
    return position


def _environment_ends(text: str, environment: str) -> dict[int, int]:
    """Where each environment of one name that begins and ends has its end, by its begin."""
    ends: dict[int, int] = {}
    begun: list[int] = []
    for match in re.finditer(r"\\(begin|end)\{" + re.escape(environment) + r"\}", text):
        if match.group(1) == "begin":
            begun.append(match.start())
        elif begun:
            ends[begun.pop()] = match.end()
    return ends


def _is_escaped(text: str, position: int) -> bool:
    start = position
    while start and text[start - 1] == "\\":
        start -= 1
    return (position - start) % 2 == 1


def _is_money(text: str, match: re.Match[str], end: int | None) -> bool:
    """Whether a `$` is a currency sign: `$5 each`, not the start of a formula `$5x$`."""
    if match.group() != "$" or not (money := _MONEY.match(text, match.start())):
        return False
    if end is None:
        return True
    inner = text[match.end() : end - 1]
    if money.end() == end - 1:
        return False  # `$5$` is a formula
    if text[end : end + 1].isdigit():
        return True  # `$15/hour = $105`: a formula's end is followed by no digit
    wordy = _WORDY.search(_without_commands(inner))
    return wordy is not None or inner != inner.rstrip()


def _without_commands(latex: str) -> str:
    return re.sub(r"\\[A-Za-z]+(?:\{[^{}]*\})?", "", latex)


def _object_to_open(match: re.Match[str], strict: bool) -> None:
    if not strict or match.group().startswith("`"):
        return
    if match.group(1) is not None and match.group(1) not in ENVIRONMENTS:
        return
    raise LatexError(
        N_("the formula that begins with {sign} at character {place} is not closed"),
        position=match.start(),
        hint=N_("Close it, or take the sign away."),
        places={"sign": match.group(), "place": match.start() + 1},
    )


def _require_braces(span: Span) -> None:
    depth = 0
    for match in re.finditer(r"\\.|[{}]", span.text, re.DOTALL):
        depth += {"{": 1, "}": -1}.get(match.group(), 0)
        if depth < 0:
            break
    if depth:
        raise LatexError(
            N_("the braces of the formula at character {place} do not match"),
            position=span.start,
            hint=N_("There is one {sign} too many."),
            places={"place": span.start + 1, "sign": "{" if depth > 0 else "}"},
        )
