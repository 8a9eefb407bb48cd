"""Whether an answer whose value is right is written as the problem asks."""

from __future__ import annotations

import math
import re
from typing import Any

import sympy

from tutor.cas.calculus import SYMBOLIC_ERRORS
from tutor.cas.forms import UNEVALUATED, has_arithmetic, is_worked_out
from tutor.cas.requests import AnswerForm
from tutor.core.problem import Task
from tutor.support.i18n import N_

NOT_SIMPLIFIED = N_("The value is right, but it can be simplified.")
NOT_WORKED_OUT = N_("The value is right, but it is not worked out.")
NOT_EXPANDED = N_("It is equal, but it is not expanded.")
NOT_FACTORED = N_("It is equal, but it is not factored completely.")
AS_DECIMAL = N_("The value is right, but it is written as a decimal.")
NOT_ROUNDED = N_("The value is right, but it is not rounded as the problem asks.")
AS_PERCENT = N_("The value is right, but one is written in percent and the other is not.")

_FRACTION = re.compile(
    r"\\[dt]?frac\s*\{\s*(\d+)\s*\}\s*\{\s*(\d+)\s*\}|(?<![\d.])(\d+)\s*/\s*(\d+)"
)
_DECIMAL = re.compile(r"\d\.\d")
_POWER_OF_TEN = re.compile(r"(?:\\times|\\cdot|×|·)\s*10\s*\^")
_ROOT_BELOW = re.compile(r"\\[dt]?frac\s*\{[^{}]*\}\s*\{[^{}]*\\sqrt|/\s*\\sqrt")
_COMPUTED = (
    sympy.sin,
    sympy.cos,
    sympy.tan,
    sympy.cot,
    sympy.sec,
    sympy.csc,
    sympy.binomial,
    sympy.factorial,
    sympy.log,
    sympy.Abs,
    sympy.Determinant,
    sympy.floor,
    sympy.ceiling,
    sympy.Max,
    sympy.Min,
)
MAX_DEGREE = 12

Written = tuple[Any, str]
"""A value, not evaluated, and the answer it stands in."""


def fault_of_form(expected: Written, given: Written, form: AnswerForm) -> str | None:
    """What is wrong with the form of an answer whose value is right; `None` if nothing is.

    What the expected answer does itself is no fault.
    """
    if (fault := _fault_of_task(expected, given, form)) is not None:
        return fault
    if ("%" in expected[1]) != ("%" in given[1]) and not form.is_percent:
        return AS_PERCENT
    is_number = not given[0].free_symbols
    if is_number and _is_decimal(given) and not _is_decimal(expected):
        wants = form.is_rounded or form.decimals is not None or form.figures is not None
        is_exact = not _POWER_OF_TEN.search(expected[1]) and "%" not in expected[1]
        return AS_DECIMAL if is_exact and not wants and not _is_whole(expected[0]) else None
    if is_number and form.decimals is not None and _is_decimal(expected) and not _plain(given[0]):
        return NOT_ROUNDED
    for test, fault in _TESTS if is_number else _LETTER_TESTS:
        if test(given) and not test(expected):
            return fault
    if form.is_simplest and _ROOT_BELOW.search(given[1]) and not _ROOT_BELOW.search(expected[1]):
        return NOT_SIMPLIFIED
    return NOT_SIMPLIFIED if given[0].free_symbols and not expected[0].free_symbols else None


def _fault_of_task(expected: Written, given: Written, form: AnswerForm) -> str | None:
    for task, fault in ((Task.EXPAND, NOT_EXPANDED), (Task.FACTOR, NOT_FACTORED)):
        if form.task is task and is_worked_out(task, expected, (None, "")):
            return None if is_worked_out(task, given, (None, "")) else fault
    return None


def _is_decimal(written: Written) -> bool:
    return bool(_DECIMAL.search(written[1])) and written[0].is_number


def _plain(node: Any) -> bool:
    """Whether a number has finitely many decimals."""
    if not node.is_Rational:
        return not node.has(sympy.Pow, sympy.pi, sympy.E)
    return 10**12 % int(node.q) == 0 and node.q == 1


def _is_whole(node: Any) -> bool:
    return bool(node.is_Integer)


def _is_unevaluated(written: Written) -> bool:
    return bool(written[0].has(*UNEVALUATED))


def _has_arithmetic(written: Written) -> bool:
    return "%" not in written[1] and bool(has_arithmetic(written[0]))


def _has_function(written: Written) -> bool:
    return bool(written[0].has(*_COMPUTED))


def _has_unreduced_fraction(written: Written) -> bool:
    for match in _FRACTION.finditer(written[1]):
        top, bottom = (int(part) for part in match.groups() if part)
        if bottom == 1 or math.gcd(top, bottom) > 1:
            return True
    return False


def _has_square_under_root(written: Written) -> bool:
    return any(_is_reducible_root(part) for part in written[0].atoms(sympy.Pow))


def _is_reducible_root(power: Any) -> bool:
    base, exponent = power.base, power.exp
    if not (base.is_Integer and exponent.is_Rational) or exponent.is_Integer or abs(base) > 10**9:
        return False
    factors = sympy.factorint(abs(int(base)))
    return any(count >= int(exponent.q) for count in factors.values())


def _has_like_terms(written: Written) -> bool:
    for part in sympy.preorder_traversal(written[0]):
        if isinstance(part, sympy.Add):
            flat = list(_terms(part))
            merged = sympy.Add(*flat)
            if len(sympy.Add.make_args(merged)) < len(flat) and len(flat) <= 60:
                return True
    return False


def _terms(node: Any) -> Any:
    for part in node.args:
        if isinstance(part, sympy.Add):
            yield from _terms(part)
        else:
            yield part.doit() if isinstance(part, sympy.Mul) else part


def _has_common_factor(written: Written) -> bool:
    node = written[0]
    letters = sorted(node.free_symbols, key=str)
    try:
        top, bottom = sympy.fraction(node)
        if not bottom.free_symbols or not (
            top.is_polynomial(*letters) and bottom.is_polynomial(*letters)
        ):
            return False
        polys = [sympy.Poly(part, *letters) for part in (top, bottom)]
        if any(poly.total_degree() > MAX_DEGREE for poly in polys):
            return False
        return bool(sympy.gcd(*polys).total_degree() > 0)
    except SYMBOLIC_ERRORS:
        return False


_TESTS = (
    (_is_unevaluated, NOT_WORKED_OUT),
    (_has_function, NOT_WORKED_OUT),
    (_has_arithmetic, NOT_WORKED_OUT),
    (_has_unreduced_fraction, NOT_SIMPLIFIED),
    (_has_square_under_root, NOT_SIMPLIFIED),
)
_LETTER_TESTS = (
    (_is_unevaluated, NOT_WORKED_OUT),
    (_has_unreduced_fraction, NOT_SIMPLIFIED),
    (_has_like_terms, NOT_SIMPLIFIED),
    (_has_common_factor, NOT_SIMPLIFIED),
)
