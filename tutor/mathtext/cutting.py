"""Texts that were cut off in the middle of a formula."""

from __future__ import annotations

import re

from tutor.core.errors import LatexError
from tutor.mathtext.spans import require_closed

_PROSE = re.compile(r"(?<![\\A-Za-z])[A-Za-z]{2,}\s+[A-Za-z]{2,}|[\u3400-\u9fff]{2}")


def whole_part(text: str) -> str:
    """A text up to the formula that it breaks off in, and an ellipsis in its place; else the text as it is.

    A dollar sign with prose after it is taken for a dollar sign: nothing readable is ever cut away.
    """
    start = 0
    while True:
        try:
            require_closed(text[start:])
        except LatexError as error:
            start += error.position
        else:
            return text
        rest = text[start:]
        if not _PROSE.search(_without_text(rest)) and "\n\n" not in rest.strip():
            return f"{text[:start].rstrip()} …".lstrip()
        start += 2 if rest.startswith(("$$", "\\")) else 1


def _without_text(latex: str) -> str:
    return re.sub(r"\\(?:text|mathrm|operatorname|mbox)\s*\{[^{}]*\}?", "", latex)
