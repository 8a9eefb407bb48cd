r"""Differentials (`du = 2x\,dx`), which the reader takes for products with a letter d: there is no test for them."""

from __future__ import annotations

import re
from typing import Any

import sympy

_UPRIGHT = re.compile(r"\\mathrm\s*\{\s*d\s*\}|\\mathrm\s+d|\\dd(?![A-Za-z])")
_WORDS = re.compile(r"\\(?:text|mathrm|operatorname)\s*\{[^{}]*\}")
_RATE = re.compile(r"\\[dt]?frac\s*\{\s*d[^{}]*\}\s*\{\s*d[^{}]*\}")
_COMMAND = re.compile(r"\\(?:[A-Za-z]+|.)")
_DIFFERENTIAL = re.compile(r"d\s*[A-Za-z]")
_LETTER = sympy.Symbol("d")


def has_differential(text: str, sides: tuple[Any, ...]) -> bool:
    """Whether a formula has a letter d that stands directly before another letter.

    Args:
        text: The formula as it is written.
        sides: What the reader made of it; the d of integrals and derivatives is no letter there.
    """
    if not any(isinstance(side, sympy.Basic) and _LETTER in side.free_symbols for side in sides):
        return False
    text = _WORDS.sub(" ", _UPRIGHT.sub("d", text))
    return bool(_DIFFERENTIAL.search(_COMMAND.sub(" ", _RATE.sub(" ", text))))
