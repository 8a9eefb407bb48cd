"""Roots of one equation in one letter, as numbers to high precision."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any

import mpmath
import sympy

from tutor.cas.numeric import NUMERIC_ERRORS, compile_node
from tutor.cas.numeric_build import NotNumeric, Undefined

DIGITS = 150
"""Precision of roots; more than any comparison looks at."""
MAX_DEGREE = 40
MAX_ROOTS = 16
_WINDOW = 20.0
_STEP = 0.05
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


def scan_roots(node: Any, letter: Any) -> list[Any]:
    """Real roots of any equation `node = 0`, found by looking for changes of sign; some may be missed."""
    try:
        quick, exact = compile_node(node, doubles=True), compile_node(node)
    except NotNumeric:
        return []
    found: list[Any] = []
    brackets = _brackets([(x, quick.quick(letter, x)) for x in _grid()])
    for low, high in sorted(brackets, key=lambda ends: abs(ends[0])):
        root = _refined(exact, letter, low, high)
        if root is not None and all(abs(root - other) > 1e-9 for other in found):
            found.append(root)
        if len(found) >= MAX_ROOTS:
            break
    return found


def _grid() -> Iterator[float]:
    far = [_WINDOW * 1.25**k for k in range(1, 25)]
    yield from (-x for x in reversed(far))
    steps = round(_WINDOW / _STEP)
    # The shift keeps the grid off the special points themselves, where formulas lose their values.
    yield from (_STEP * k + 1e-7 for k in range(-steps, steps + 1))
    yield from far


def _brackets(samples: list[tuple[float, float]]) -> Iterator[tuple[float, float]]:
    """Where a root may be: a change of sign, or a value nearer to zero than both of its neighbours."""
    for (x0, y0), (x1, y1) in pairwise(samples):
        if y0 * y1 < 0:
            yield x0, x1
    for (x0, y0), (_, y1), (x2, y2) in zip(samples, samples[1:], samples[2:], strict=False):
        touches = abs(y1) <= min(abs(y0), abs(y2)) and y0 * y1 > 0 and y1 * y2 > 0
        if touches or (y1 == 0 and y0 != 0 and y2 != 0):
            yield x0, x2


def _refined(exact: Any, letter: Any, low: float, high: float) -> Any | None:
    with mpmath.mp.workdps(DIGITS + 10):
        try:
            root = mpmath.findroot(
                lambda x: exact.run({letter: x}),
                (mpmath.mpf(low), mpmath.mpf(high)),
                solver="secant",
                tol=mpmath.mpf(10) ** (-2 * DIGITS + 40),
                maxsteps=60,
            )
        except NUMERIC_ERRORS:
            return None
    if abs(root) < mpmath.mpf(10) ** -(DIGITS // 2):
        return mpmath.mpf(0)
    is_real = isinstance(root, mpmath.mpf)
    margin = (high - low) * 2
    return root if is_real and low - margin <= root <= high + margin else None
