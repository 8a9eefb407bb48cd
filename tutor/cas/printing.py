r"""Formulas as LaTeX the way people write them: `2x`, `\sin x`, `\ln(x+1)`, brackets that grow only where they must."""

from __future__ import annotations

import re
from typing import Any, Final

from sympy.printing.latex import LatexPrinter

MAX_SHOWN: Final = 160
"""Longest formula that is shown, in characters."""

_CUT: Final = r"\ldots"

_TALL: Final = r"\\(?:left|right|[dt]?frac|sqrt|sum|prod|int|lim|begin|[dt]?binom)(?![a-z])"
_FLAT: Final = rf"(?:(?!{_TALL}).)*?"
_GROWING: Final = re.compile(
    rf"\{{\\left\((?P<argument>{_FLAT})\\right\)\}}"
    rf"|\\left(?P<open>[(\[]|\\\{{)(?P<inside>{_FLAT})\\right(?P<close>[)\]]|\\\}})"
    rf"|\\left\|\{{(?P<size>(?:(?!{_TALL})[^|])*?)\}}\\right\|"
)
"""Brackets that could grow around something that is not tall."""

_NAMES: Final = "(?:sin|cos|tan|cot|sec|csc|ln|arcsin|arccos|arctan|sinh|cosh|tanh)"
_BARE: Final = re.compile(
    rf"(?P<call>\\{_NAMES}(?:\^\{{\d+\}})?)"
    r"\{\\left\((?P<argument>[a-zA-Z](?:_\{\w+\})?|\\[a-zA-Z]+|\d+) \\right\)\}"
    rf"(?= [+-] | ?\\{_NAMES}\b|[}}\])|,=&]| ?\\right| [<>&=]|$)"
)
"""A call whose argument is one sign, where what follows cannot be taken for a part of it."""

_COEFFICIENT: Final = re.compile(r"(?<![\\\w])(\d+(?:\.\d+)?) (?=[a-zA-Z(])")
_UNARY_MINUS: Final = re.compile(r"(^|\\\\|[{(\[,&=<>]\s?)- (?=\S)")


class _Printer(LatexPrinter):  # type: ignore[misc] # ships no types
    def _print_log(self, expr: Any, exp: str | None = None) -> str:
        power = "" if exp is None else f"^{{{exp}}}"
        return rf"\ln{power}{{\left({self._print(expr.args[0])} \right)}}"


_PRINTER: Final = _Printer({"inv_trig_style": "full"})


def formula(value: Any) -> str:
    """An expression of SymPy's as LaTeX without delimiters, shortened where it is very long."""
    text = _shortened(str(_PRINTER.doprint(value)), 4 * MAX_SHOWN)
    return _shortened(_tidy(text), MAX_SHOWN)


def _tidy(text: str) -> str:
    text = _BARE.sub(r"\g<call> \g<argument>", text)
    flat = _GROWING.sub(_small, text)
    while flat != text:  # from the innermost brackets outwards
        text, flat = flat, _GROWING.sub(_small, flat)
    return _UNARY_MINUS.sub(r"\1-", _COEFFICIENT.sub(r"\1", text))


def _small(found: re.Match[str]) -> str:
    """The brackets in the size of their line."""
    if found["argument"] is not None:
        return f"({found['argument'].strip()})"
    if found["size"] is not None:
        return f"|{found['size']}|"
    return f"{found['open']}{found['inside'].strip()}{found['close']}"


def _shortened(text: str, most: int) -> str:
    """A long formula as far as the last place where no bracket is open."""
    if len(text) <= most:
        return text
    depth, end = 0, 0
    for place, char in enumerate(text[: most - len(_CUT) - 1]):
        depth += (char in "{([") - (char in "})]")
        if char == " " and depth == 0 and r"\left" not in text[end:place]:
            end = place
    return f"{text[:end]} {_CUT}".strip()
