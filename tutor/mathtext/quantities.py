r"""The words, signs and numbers of a sentence that does sums: `3 hours × \$35/hour = \$105`."""

from __future__ import annotations

import enum
import re
from dataclasses import dataclass


class Kind(enum.Enum):
    """What a token is."""

    NUMBER = "number"
    OPERATOR = "operator"
    RELATION = "relation"
    OPEN = "open"
    CLOSE = "close"
    RAISED = "raised"
    """A power sign, or a raised digit."""
    MARK = "mark"
    """`%` or `!`."""
    COMMAND = "command"
    """`\\frac`, `\\sqrt`, `\\binom`: takes arguments in braces."""
    WORD = "word"
    END = "end"
    """Punctuation between statements, or a new line."""
    OTHER = "other"
    """Anything else, a letter that may be a variable among it: nothing is read across it."""


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of a sentence.

    Attributes:
        kind: What it is.
        text: In normal form: operators and relations as LaTeX, numbers without separators, words in lower case.
        start: Offset of its first character.
        end: Offset after its last one.
    """

    kind: Kind
    text: str
    start: int
    end: int
    currency: str = ""
    """The sign before a number."""


_PATTERNS: tuple[tuple[Kind | None, str], ...] = (
    (
        None,
        r"[^\S\n]+|\n(?=\s{0,20}[=≈＝])|\\[ ,;:!]|\\(?:quad|qquad|left|right|displaystyle|boxed)(?![A-Za-z])|~",
    ),
    (Kind.OTHER, r"\d+:\d+|\d*\.\.\.\.*|…|\\(?:c|l|d)?dots\b|\d+(?:st|nd|rd|th)\b"),
    (
        Kind.NUMBER,
        r"(?:\\?[$£€]|[¥￥])?\s?(?<![A-Za-z_.:\d])(?:\d{1,3}(?:\{?,\}?\d{3})+(?![\d,])(?:\.\d+)?|\d+\.\d+|\d+|\.\d+)",
    ),
    (Kind.RELATION, r"[=＝≈]|\\approx(?![A-Za-z])|等于|\bequals\b|\bis equal to\b"),
    (
        Kind.OPERATOR,
        r"[-+−–*×·∙⋅÷/＋－]|\\(?:times|cdot|div|ast)(?![A-Za-z])|(?<=[\d\s)])[xX](?=\s?[\d($\\])",
    ),
    (Kind.RAISED, r"\^|[²³]"),
    (Kind.MARK, r"\\?%|％|!"),
    (Kind.OPEN, r"[({（]"),
    (Kind.CLOSE, r"[)}）]"),
    (Kind.COMMAND, r"\\(?:[dt]?frac|sqrt|[dt]?binom)(?![A-Za-z])|√"),
    (
        Kind.WORD,
        r"(?<=[\d\s])m/s(?:²|\^2)?|(?<=/)[hsL]\b|[A-Za-z]['’]?[A-Za-z][A-Za-z'’]*(?:-[A-Za-z]+)*\.?(?=/)|[A-Za-z]+['’][A-Za-z]*|[A-Za-z]{2,}(?:-[A-Za-z]+)*|\b[aAI]\b(?=\s+[A-Za-z]{2})|[\u4e00-\u9fff]+",
    ),
    (Kind.END, r"[.,;:?。，；：？、\n]|\*\*|&|\\\\"),
    (Kind.OTHER, r"\\[A-Za-z]+|."),
)
_TOKEN = re.compile(
    "|".join(f"(?P<p{i}>{pattern})" for i, (_, pattern) in enumerate(_PATTERNS)), re.DOTALL
)
_WORDED = re.compile(r"\\(?:text|textbf|textit|mathrm|mbox|mathbf|textrm)\s*\{([^{}\\$]*)\}")
_BOLD = re.compile(r"(?<![\w*])(\*\*|__)(?=\S)(.{1,200}?)(?<=\S)\1(?![\w*])")
_BULLET = re.compile(r"(?m)^([^\S\n]*)[-–—*•](?=\s)")
_NORMAL = {
    "×": r"\times",
    "*": r"\times",
    "·": r"\times",
    "∙": r"\times",
    "⋅": r"\times",
    "x": r"\times",
    "X": r"\times",
    r"\cdot": r"\times",
    r"\ast": r"\times",
    "÷": r"\div",
    "−": "-",
    "–": "-",
    "－": "-",
    "＋": "+",
    "＝": "=",
    "等于": "=",
    "equals": "=",
    "is equal to": "=",
    "≈": "approx",
    r"\approx": "approx",
    "（": "(",
    "）": ")",
    "%": r"\%",
    "％": r"\%",
    "²": "^2",
    "³": "^3",
    "√": r"\sqrt",
    r"\dfrac": r"\frac",
    r"\tfrac": r"\frac",
    r"\dbinom": r"\binom",
    r"\tbinom": r"\binom",
}


def tokens_of(text: str) -> list[Token]:
    """The tokens of a text, prose or LaTeX; offsets are those of the text."""
    text = _BOLD.sub(lambda m: f"  {m[2]}  ", text)
    text = _BULLET.sub(r"\1 ", text)
    text = _WORDED.sub(lambda m: m[1].rjust(len(m[0])), text)
    found = []
    for match in _TOKEN.finditer(text):
        kind = _PATTERNS[int((match.lastgroup or "p0")[1:])][0]
        if kind is not None:
            found.append(_token(kind, match))
    return found


def _token(kind: Kind, match: re.Match[str]) -> Token:
    text = match.group()
    currency = text.lstrip("\\")[0] if kind is Kind.NUMBER and len(text) > 1 else ""
    currency = currency if currency in "$£€¥￥" else ""
    return Token(kind, _normal(kind, text), match.start(), match.end(), currency)


def _normal(kind: Kind, text: str) -> str:
    if kind is Kind.NUMBER:
        return re.sub(r"[^\d.]", "", text)
    if kind is Kind.WORD:
        return text.lower()
    return text if kind is Kind.OTHER else _NORMAL.get(text, text)
