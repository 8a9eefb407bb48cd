"""Roots of one equation in one letter, as numbers to high precision."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import combinations, islice
from typing import Any

import mpmath
import sympy

from tutor.cas.brackets import Bracket, brackets
from tutor.cas.numeric import NUMERIC_ERRORS, Compiled, Gap, Point, compare, compile_node
from tutor.cas.numeric_build import NotNumeric, Undefined

DIGITS = 150
"""Precision of roots; more than any comparison looks at."""
MAX_DEGREE = 40
MAX_ROOTS = 16
MAX_PARTS = 12
"""Most parts of a formula whose own roots are looked for."""
MAX_TRIES = 60
"""Most intervals that are looked at to high precision."""
MAX_STEPS = 30
_NEAR = 1e-5
"""How far from its bracket a root may lie, relative to its size."""
_SPECIAL = (sympy.Pow, sympy.log, sympy.Abs, sympy.asin, sympy.acos, sympy.Max, sympy.Min)
_POLY_ERRORS = (sympy.PolynomialError, sympy.polys.polyerrors.BasePolynomialError, *NUMERIC_ERRORS)


def polynomial(node: Any, letters: Sequence[Any]) -> Any | None:
    """The numerator of `node` as a polynomial with rational coefficients in `letters`, if it is one."""
    try:
        numerator, denominator = sympy.fraction(sympy.together(node))
        if not set(letters) & node.free_symbols or not _is_rational_in(denominator, letters):
            return None
        poly = sympy.Poly(numerator, *letters)
    except _POLY_ERRORS:
        return None
    return poly if poly.domain in (sympy.ZZ, sympy.QQ) else None


def _is_rational_in(node: Any, letters: Sequence[Any]) -> bool:
    return bool(node.is_polynomial(*letters))


def polynomial_roots(poly: Any) -> list[Any]:
    """All different complex roots of a polynomial in one letter; real ones come as real numbers.

    Raises:
        Undefined: They could not be found.
    """
    if poly.degree() > MAX_DEGREE:
        raise Undefined("degree")
    coefficients = [sympy.Rational(c) for c in poly.sqf_part().all_coeffs()]
    with mpmath.mp.workdps(DIGITS + 10):
        return numeric_roots([mpmath.mpf(int(c.p)) / int(c.q) for c in coefficients])


def numeric_roots(coefficients: list[Any]) -> list[Any]:
    """The roots of a polynomial given by its coefficients, highest power first.

    Raises:
        Undefined: They could not be found.
    """
    with mpmath.mp.workdps(DIGITS + 10):
        while coefficients and abs(coefficients[0]) < mpmath.mpf(10) ** -(DIGITS // 2):
            coefficients = coefficients[1:]
        try:
            found = mpmath.polyroots(coefficients, maxsteps=250, extraprec=3 * DIGITS)
        except (mpmath.libmp.NoConvergence, ValueError, ZeroDivisionError) as error:
            raise Undefined("roots") from error
        return [_plain(root) for root in found]


def _plain(root: Any) -> Any:
    """A root without the imaginary dust of a real one."""
    if abs(root.imag) <= (1 + abs(root)) * mpmath.mpf(10) ** -(DIGITS // 2):
        return mpmath.mpf(root.real)
    return root


@dataclass(frozen=True, slots=True, kw_only=True)
class Corner:
    """Where a formula may bend, end or have no value.

    Attributes:
        x: The abscissa.
        part: The factor, power, absolute value, logarithm … that is special there.
        vanishes: Whether that part is zero there, and not only without a value or at the end of its domain.
    """

    x: Any
    part: Any
    vanishes: bool


def corners(node: Any, letter: Any) -> list[Corner]:
    """Where factors, roots, absolute values, logarithms and inverse functions of a formula are special."""
    parts = [p for p in dict.fromkeys(_parts(node)) if letter in p.free_symbols]
    return [
        Corner(x=x, part=part, vanishes=_is_zero_with_its_inside(part))
        for part in parts[:MAX_PARTS]
        for inner in _insides(part)
        if letter in inner.free_symbols
        for x in _simple_roots(inner, letter)
    ]


def _parts(node: Any) -> Iterator[Any]:
    if isinstance(node, sympy.Mul):
        yield from node.args
    for part in sympy.preorder_traversal(node):
        is_smooth = isinstance(part, sympy.Pow) and part.exp.is_Integer and part.exp > 0
        if isinstance(part, _SPECIAL) and (part is node or not is_smooth):
            yield part


def _insides(part: Any) -> tuple[Any, ...]:
    """What is zero where a part is special."""
    if isinstance(part, sympy.Pow | sympy.log | sympy.Abs):
        return (part.args[0],)
    if isinstance(part, sympy.asin | sympy.acos):
        return tuple(sympy.Add(part.args[0], end) for end in (-1, 1))
    if isinstance(part, sympy.Max | sympy.Min):
        return tuple(sympy.Add(a, sympy.Mul(-1, b)) for a, b in combinations(part.args, 2))
    return (part,)


def _is_zero_with_its_inside(part: Any) -> bool:
    if isinstance(part, sympy.Pow):
        return bool(part.exp.is_positive)
    return isinstance(part, sympy.Abs) or not isinstance(part, _SPECIAL)


def _simple_roots(node: Any, letter: Any) -> list[Any]:
    """Real roots of a part, without a look at its own parts."""
    poly = polynomial(node, [letter])
    if poly is None:
        return _scanned(node, letter, [], [])
    try:
        return [x for x in polynomial_roots(poly) if not isinstance(x, mpmath.mpc)]
    except Undefined:
        return []


def scan_roots(node: Any, letter: Any) -> list[Any]:
    """Real roots of any equation `node = 0`, the nearest to the origin first; some may be missed.

    They are looked for at the formula's corners, where its sign changes and where it touches zero.
    """
    special = corners(node, letter)
    known = _different([corner.x for corner in special if _is_root_at(corner, node, letter)])
    found = _scanned(node, letter, [float(corner.x) for corner in special], known)
    return sorted(found, key=abs)[:MAX_ROOTS]


def _different(values: list[Any]) -> list[Any]:
    found: list[Any] = []
    for x in values:
        if all(abs(x - other) > 1e-9 for other in found):
            found.append(x)
    return found


def _is_root_at(corner: Corner, node: Any, letter: Any) -> bool:
    point = {letter: corner.x}
    if corner.vanishes:
        # A rounded corner may lie outside of the domain; there the part is put in as what it is, zero.
        zero = sympy.Dummy()
        node, point = node.xreplace({corner.part: zero}), point | {zero: sympy.Integer(0)}
    try:
        return _compared_to_zero(compile_node(node), point) is Gap.EQUAL
    except NotNumeric:
        return False


def _compared_to_zero(compiled: Compiled, point: Point) -> Gap:
    return compare(compiled, compile_node(sympy.Integer(0)), point)


def _scanned(node: Any, letter: Any, centres: list[float], known: list[Any]) -> list[Any]:
    """The known roots, and others that a scan finds."""
    try:
        quick, exact = compile_node(node, doubles=True), compile_node(node)
    except NotNumeric:
        return known
    found = list(known)
    scan = brackets(partial(quick.quick, letter), centres[:MAX_ROOTS])
    for bracket in islice(scan, MAX_TRIES):
        if len(found) >= MAX_ROOTS and abs(bracket.low) > max(map(abs, found)):
            break
        if any(abs(bracket.low - x) < 1e-7 for x in known):
            continue
        root = _refined(exact, letter, bracket)
        if root is not None:
            found = _different([*found, root])
    return found


def _refined(exact: Compiled, letter: Any, bracket: Bracket) -> Any | None:
    """The root in a bracket; a multiple one is a root of a derivative as well, and simple there."""

    def value(x: Any) -> Any:
        return exact.run({letter: x})

    for order in (1, 3) if bracket.touches else (0, 2):
        root = _secant(partial(_derivative, value, order), bracket)
        if root is None:
            continue
        gap = _compared_to_zero(exact, {letter: root})
        if gap is Gap.EQUAL or (gap is Gap.UNCLEAR and order == 0 and _is_tiny(value, root)):
            return root
    return None


def _derivative(value: Any, order: int, x: Any) -> Any:
    return mpmath.diff(value, x, order) if order else value(x)


def _is_tiny(value: Any, root: Any) -> bool:
    """Whether a value is as near to zero as can be measured; the formula's numbers are too long to compare."""
    with mpmath.mp.workdps(DIGITS + 10):
        try:
            return bool(abs(value(root)) < mpmath.mpf(10) ** (20 - DIGITS))
        except NUMERIC_ERRORS:
            return False


def _secant(value: Any, bracket: Bracket) -> Any | None:
    """A root by the secant method, given up as soon as it leaves the bracket's neighbourhood."""
    with mpmath.mp.workdps(DIGITS + 10):
        start, x = mpmath.mpf(bracket.low), mpmath.mpf(bracket.high)
        size = 1 + abs(start)
        try:
            before, now, last = value(start), value(x), start
            for _ in range(MAX_STEPS):
                if now == before:
                    break
                last, x = x, x - now * (x - last) / (now - before)
                if abs(x - start) > _NEAR * size:
                    return None
                if abs(x - last) < size * mpmath.mpf(10) ** (5 - DIGITS):
                    break
                before, now = now, value(x)
        except NUMERIC_ERRORS:
            return None
    if abs(x) < mpmath.mpf(10) ** -(DIGITS // 2):
        return mpmath.mpf(0)
    return x if isinstance(x, mpmath.mpf) else None
