"""Links without letters: exact equality, order, and decimals that were rounded."""

from __future__ import annotations

import re
from typing import Any

import mpmath
import sympy

from tutor.cas.calculus import SYMBOLIC_ERRORS
from tutor.cas.findings import fails, holds, show, show_number, unknown
from tutor.cas.links import Link
from tutor.cas.numeric import Domain, Gap, compare, compile_node, value_of
from tutor.cas.numeric_build import NotNumeric, Undefined
from tutor.cas.requests import Finding
from tutor.support.i18n import N_

EQUAL = N_("Both sides are {value}.")
UNEQUAL = N_("The left side is {left}, the right side is {right}.")
ROUNDED = N_("It is right as a rounding: the left side is {left}, the right side is {right}.")
ORDERED = N_("The left side is {left}, the right side is {right}.")
ARITHMETIC = "arithmetic"
ROUNDING = "rounding"
_PLAIN_DECIMAL = re.compile(r"-?\s*(\d+)(?:\.(\d+))?")
_AMOUNTS = re.compile(r"\s*\\\$\s*\d+\.\d\d(?:\s*[-+]\s*\\\$\s*\d+\.\d\d)*\s*")
_NEAR = 0.01
_UNWRITTEN = 1e-3
_COARSE = 0.05


def closed_equality(link: Link) -> Finding:
    """Judge `a = b` between two numbers."""
    gap = number_gap(link.left, link.right)
    if gap is Gap.EQUAL:
        return holds(ARITHMETIC, EQUAL, value=show(link.right))
    if gap is Gap.UNCLEAR:
        return unknown()
    left, right = value_of(link.left), value_of(link.right)
    if _is_meant_otherwise(link, left, right):
        return unknown()
    is_exact = _is_bill(link) or isinstance(link.left, sympy.floor | sympy.ceiling)
    if link.has_decimals and not is_exact and _is_rounding(link, left, right):
        return unknown(ROUNDED, left=show_number(left), right=show_number(right))
    return fails(ARITHMETIC, UNEQUAL, left=show_number(left), right=show_number(right))


def _is_bill(link: Link) -> bool:
    r"""Whether amounts of money are added up, which needs no rounding: `\$4.20 + \$9.45 = \$13.65`."""
    return (
        _AMOUNTS.fullmatch(link.left_text) is not None
        and _AMOUNTS.fullmatch(link.right_text) is not None
    )


def _is_meant_otherwise(link: Link, left: Any, right: Any) -> bool:
    r"""Equations that are false as written but customary.

    `21 \div 14 = 1` gives the quotient without its remainder, or rounded up; `\tan^{-1}(-1) = \frac{3\pi}{4}` picks the
    angle that fits the quadrant; `e = \frac12` is an eccentricity, `i = 1` an index;
    `\frac24\times 100 = 50\%` has its hundred twice.
    """
    if link.left is sympy.I or _is_letter(link.left) != _is_letter(link.right):
        return not link.right.has(sympy.E, sympy.I) or not link.left.has(sympy.E, sympy.I)
    if ("%" in link.left_text) != ("%" in link.right_text) and right != 0:
        return _has_hundred_twice(link, left, right)
    if link.right.is_Integer and not isinstance(link.left, sympy.Add):
        gap = left.real - right.real
        if r"\div" in link.left_text:
            return bool(0 < gap < 1)
        if "/" in link.left_text:
            return bool(0 < abs(gap) < 1)
    if link.left.has(sympy.atan, sympy.asin, sympy.acos):
        turns = (left - right) / mpmath.pi
        return bool(abs(turns - mpmath.nint(turns.real)) < 1e-10)
    return False


def _has_hundred_twice(link: Link, left: Any, right: Any) -> bool:
    r"""Whether `66.7\%` is written for `66.7` or the other way round, up to its last place."""
    is_right = "%" in link.right_text
    share, other = (right, left) if is_right else (left, right)
    unit = _unit((link.right_text if is_right else link.left_text).replace(r"\%", "")) or 0
    if abs(other - 100 * share) <= max(_NEAR * abs(other), 0.51 * min(unit, 1)):
        return True
    return bool(abs(share - 100 * other) <= _NEAR * abs(share))


def _is_letter(side: Any) -> bool:
    """Whether `e` stands where a letter stands: alone, squared, or added to and multiplied by numbers."""
    squares = (sympy.Pow(sympy.E, 2, evaluate=False), sympy.E**2)
    parts = {
        side,
        *(part for term in sympy.Add.make_args(side) for part in sympy.Mul.make_args(term)),
    }
    return sympy.E in parts or side in squares


def number_gap(left: Any, right: Any) -> Gap:
    """Compare two numbers in the reals, else in the complex plane, where only equality is believed."""
    if sympy.oo in (left, right) or -sympy.oo in (left, right):
        return _endless_gap(left, right)
    domains = (Domain.COMPLEX,) if left.has(sympy.I) or right.has(sympy.I) else tuple(Domain)
    for domain in domains:
        try:
            gap = compare(compile_node(left, domain), compile_node(right, domain), {})
        except NotNumeric:
            continue
        if domain is Domain.COMPLEX and len(domains) == 2 and gap is Gap.DIFFERENT:
            return Gap.UNCLEAR
        if gap is not Gap.UNCLEAR:
            return gap
    return Gap.EQUAL if _is_exactly_zero(left, right) else Gap.UNCLEAR


def _endless_gap(left: Any, right: Any) -> Gap:
    if left == right:
        return Gap.EQUAL
    both = (left, right)
    known = all(side in (sympy.oo, -sympy.oo) or not side.has(sympy.oo) for side in both)
    return Gap.DIFFERENT if known else Gap.UNCLEAR


def _is_exactly_zero(left: Any, right: Any) -> bool:
    """Exact integration, the last resort where quadrature does not settle."""
    if not (left.has(sympy.Integral) or right.has(sympy.Integral)):
        return False
    try:
        return bool((left.doit() - right.doit()).equals(0))
    except SYMBOLIC_ERRORS:
        return False


def closed_approximation(link: Link) -> Finding:
    r"""Judge `a \approx b` between two numbers at the precision that is written."""
    try:
        left, right = value_of(link.left), value_of(link.right)
    except (Undefined, NotNumeric):
        return unknown()
    shown = {"left": show_number(left), "right": show_number(right)}
    gap = abs(left - right)
    unit, size = _written_unit(link), max(abs(left), abs(right))
    if gap == 0 or gap <= _allowance(link, size):
        return holds(ROUNDING, ROUNDED, **shown)
    if ("%" in link.left_text) != ("%" in link.right_text) and _has_hundred_twice(
        link, left, right
    ):
        return unknown()
    clearly = gap > 0.1 * size if unit is None else gap > max(2 * unit, _NEAR * size)
    return fails(ROUNDING, UNEQUAL, **shown) if clearly else unknown()


def _allowance(link: Link, size: Any) -> Any:
    r"""How far a rounding may be off: half a unit in the last place of the side that is a decimal.

    Of two decimals the right one is the rounding of the left one. A whole number with zeros at its end
    (`6 \approx 10`) must be near as well, and nothing is rounded to zero.
    """
    text = link.right_text if _unit(link.right_text) is not None else link.left_text
    unit = _unit(text)
    if unit is None:
        return _UNWRITTEN * size
    if not text.strip("-0. "):
        return 0
    half = unit * (0.5 + 1e-9)
    return half if unit <= 1 else min(half, max(_COARSE * size, 0.5))


def closed_order(link: Link) -> Finding:
    """Judge `a < b` and its kin between two numbers."""
    gap = number_gap(link.left, link.right)
    if link.relation == "!=":
        return _closed_unequal(link, gap)
    if gap is Gap.UNCLEAR or link.left.has(sympy.oo) or link.right.has(sympy.oo):
        return unknown()
    left, right = value_of(link.left), value_of(link.right)
    if any(isinstance(side, mpmath.mpc) and side.imag != 0 for side in (left, right)):
        return unknown()
    if gap is Gap.EQUAL:
        true = link.relation in ("<=", ">=")
    else:
        true = left.real < right.real if link.relation in ("<", "<=") else left.real > right.real
    judge = holds if true else fails
    return judge(ARITHMETIC, ORDERED, left=show_number(left), right=show_number(right))


def _closed_unequal(link: Link, gap: Gap) -> Finding:
    if gap is Gap.UNCLEAR:
        return unknown()
    if gap is Gap.EQUAL:
        return fails(ARITHMETIC, EQUAL, value=show(link.right))
    left, right = show_number(value_of(link.left)), show_number(value_of(link.right))
    return holds(ARITHMETIC, ORDERED, left=left, right=right)


def _is_rounding(link: Link, left: Any, right: Any) -> bool:
    unit = _written_unit(link)
    gap = abs(left - right)
    is_within = unit is not None and (gap < 1 if unit >= 1 else gap <= unit)
    return bool(is_within or gap <= _NEAR * max(abs(left), abs(right)))


def _written_unit(link: Link) -> float | None:
    """One unit in the last place of the coarser side that is a plain decimal."""
    units = [_unit(text) for text in (link.left_text, link.right_text)]
    known = [unit for unit in units if unit is not None]
    return max(known, default=None)


def _unit(text: str) -> float | None:
    match = _PLAIN_DECIMAL.fullmatch(text.strip().removeprefix(r"\$"))
    if match is None:
        return None
    whole, decimals = match.groups()
    if decimals:
        return float(10.0 ** -len(decimals))
    return float(10.0 ** (len(whole) - len(whole.rstrip("0")))) if whole.strip("0") else 1.0
