"""Findings and the sentences they come with; numbers and formulas as people read them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import mpmath
import sympy

from tutor.cas.printing import formula
from tutor.cas.recognition import recognize
from tutor.cas.requests import Finding, Truth
from tutor.core.check import Evidence, Why
from tutor.support.i18n import N_

UNREAD = N_("The formula could not be read.")
TOO_COSTLY = N_("Computing this would take too long.")
UNSUPPORTED = N_("There is no test for a statement of this kind.")
OPEN = N_("It could be neither confirmed nor refuted.")


def holds(method: str, message: str, **details: str) -> Finding:
    """A claim that is true."""
    return _finding(Truth.HOLDS, method, message, details)


def fails(method: str, message: str, **details: str) -> Finding:
    """A claim with a counterexample."""
    return _finding(Truth.FAILS, method, message, details)


def sometimes(method: str, message: str, **details: str) -> Finding:
    """A claim that is true in some cases only."""
    return _finding(Truth.HOLDS_SOMETIMES, method, message, details)


def new(message: str, **details: str) -> Finding:
    """A claim that gives a name or a condition."""
    return _finding(Truth.NEW, "", message, details)


def unknown(message: str = OPEN, why: Why | None = None, **details: str) -> Finding:
    """A claim that could not be decided."""
    return Finding(
        truth=Truth.UNKNOWN, evidence=Evidence(message=message, details=details), why=why
    )


def unsupported() -> Finding:
    """A claim of a kind that there is no test for."""
    return unknown(UNSUPPORTED, Why.UNSUPPORTED)


def unread(reason: str) -> Finding:
    """A claim that could not be read."""
    return unknown(UNREAD, Why.PARSE, reason=reason)


def too_costly() -> Finding:
    """A claim that is not computed because of its cost."""
    return unknown(TOO_COSTLY, Why.TIME)


def _finding(truth: Truth, method: str, message: str, details: Mapping[str, str]) -> Finding:
    evidence = Evidence(message=message, details=dict(details))
    return Finding(truth=truth, method=method, evidence=evidence)


def show(value: Any) -> str:
    """A formula or number as LaTeX without delimiters."""
    if isinstance(value, sympy.Basic | sympy.MatrixBase):
        return formula(value)
    return show_number(value)


def show_number(value: Any) -> str:
    """A number rounded to six significant digits, as LaTeX."""
    if isinstance(value, mpmath.mpc):
        if value.imag != 0:
            sign = "+" if value.imag > 0 else "-"
            return f"{show_number(value.real)} {sign} {show_number(abs(value.imag))} i"
        value = value.real
    text = str(mpmath.nstr(mpmath.mpf(value), 6, strip_zeros=True))
    mantissa, mark, exponent = text.removesuffix(".0").partition("e")
    return rf"{mantissa.removesuffix('.0')} \times 10^{{{int(exponent)}}}" if mark else mantissa


def show_point(point: Mapping[Any, Any], letters: Iterable[Any] | None = None) -> str:
    """A point as `x = 2, y = 3`, its letters in order."""
    chosen = point if letters is None else set(letters) & set(point)
    names = sorted(chosen, key=str)
    return ", ".join(f"{show(name)} = {_coordinate(point[name])}" for name in names)


def _coordinate(value: Any) -> str:
    """A value, exact where it is a simple number in disguise."""
    exact = recognize(value) if isinstance(value, mpmath.mpf) else None
    return show(value if exact is None else exact)
