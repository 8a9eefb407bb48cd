"""Solutions of systems of equations, as points where other statements can be tested."""

from __future__ import annotations

import math
import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import mpmath
import sympy

from tutor.cas.guard import check_cost
from tutor.cas.identity import COMPLEX_LETTERS
from tutor.cas.numeric import Domain, Gap, Point, compare, compile_node
from tutor.cas.numeric_build import NotNumeric, Undefined
from tutor.cas.roots import (
    DIGITS,
    numeric_roots,
    polynomial,
    polynomial_roots,
    scan_roots,
)

ROUNDS = 5
"""How often free letters are given values at random."""
MAX_LETTERS = 5
MAX_BEZOUT = 64
"""Most solutions a system may have by its degrees; beyond, elimination takes too long."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Equation:
    """`left = right`."""

    left: Any
    right: Any

    @property
    def letters(self) -> frozenset[Any]:
        """Its free letters."""
        return frozenset(self.left.free_symbols | self.right.free_symbols)

    @property
    def difference(self) -> Any:
        """The side that is zero."""
        return sympy.Add(self.left, sympy.Mul(-1, self.right))


@dataclass(frozen=True, slots=True, kw_only=True)
class Solutions:
    """Points that satisfy a system.

    Attributes:
        points: Values of all of its letters, one mapping a solution.
        complete: Whether no solution is missing; over the complex numbers where polynomials decide.
        free: Letters that got values at random because the system leaves them open.
    """

    points: tuple[dict[Any, Any], ...] = ()
    complete: bool = False
    free: frozenset[Any] = frozenset()

    @property
    def real(self) -> tuple[dict[Any, Any], ...]:
        """The solutions whose values are all real."""
        return tuple(
            p for p in self.points if not any(isinstance(v, mpmath.mpc) for v in p.values())
        )


def satisfies(equation: Equation, point: Point) -> Gap:
    """Whether a point satisfies an equation."""
    try:
        return compare(compile_node(equation.left), compile_node(equation.right), point)
    except NotNumeric:
        return Gap.UNCLEAR


def solve_system(equations: Sequence[Equation], unknowns: Iterable[str] = ()) -> Solutions:
    """Solve equations in the letters that occur in them.

    Args:
        equations: The system; every side's cost is bounded.
        unknowns: Names of the letters to be solved for; others may be taken as parameters.
    """
    explicit, rest = _substituted(list(equations))
    if any(not e.letters and satisfies(e, {}) is Gap.DIFFERENT for e in rest):
        return Solutions(complete=True)
    rest = [equation for equation in rest if equation.letters]
    open_letters = sorted(set().union(*(e.letters for e in rest)) if rest else set(), key=str)
    bound = set(explicit)
    used = set().union(*(node.free_symbols for node in explicit.values())) if explicit else set()
    loose = sorted(used - bound - set(open_letters), key=str)
    spare = max(0, len(open_letters) - len(rest))
    names = set(unknowns)
    parameters = sorted(open_letters, key=lambda letter: (letter.name in names, str(letter)))[
        :spare
    ]
    free = frozenset([*loose, *parameters])
    found, complete = _over_rounds(rest, free)
    points = [_completed(point, explicit) for point in found]
    kept = [p for p in points if p is not None and _is_solution(equations, p)]
    lost = len(kept) < len(points)
    return Solutions(
        points=tuple(kept), complete=complete and not (lost and _plain(equations)), free=free
    )


def _plain(equations: Sequence[Equation]) -> bool:
    """Whether every side is a polynomial, so that no root of the numerator can be a pole."""
    return all(
        side.is_polynomial(*equation.letters)
        for equation in equations
        for side in (equation.left, equation.right)
    )


def _substituted(rest: list[Equation]) -> tuple[dict[Any, Any], list[Equation]]:
    """Use up the equations that give a letter outright."""
    explicit: dict[Any, Any] = {}
    index = 0
    while index < len(rest):
        given = _outright(rest[index])
        if given is None:
            index += 1
            continue
        letter, value = given
        del rest[index]
        rest = [_replaced(equation, {letter: value}) for equation in rest]
        explicit = {k: v.xreplace({letter: value}) for k, v in explicit.items()} | {letter: value}
        index = 0
    return explicit, rest


def _outright(equation: Equation) -> tuple[Any, Any] | None:
    for letter, value in ((equation.left, equation.right), (equation.right, equation.left)):
        if isinstance(letter, sympy.Symbol) and letter not in value.free_symbols:
            return letter, value
    return None


def _replaced(equation: Equation, mapping: dict[Any, Any]) -> Equation:
    left, right = (side.xreplace(mapping) for side in (equation.left, equation.right))
    check_cost(left)
    check_cost(right)
    return Equation(left=left, right=right)


def _over_rounds(rest: list[Equation], free: frozenset[Any]) -> tuple[list[dict[Any, Any]], bool]:
    if not free:
        return _determined(rest)
    source = random.Random(1729)  # noqa: S311 - no secret
    found: list[dict[Any, Any]] = []
    for _ in range(ROUNDS):
        values = {
            letter: sympy.Rational(source.randint(3, 300), 61) for letter in sorted(free, key=str)
        }
        try:
            points, _ = _determined([_replaced(equation, values) for equation in rest])
        except Undefined:
            continue
        found += [point | values for point in points]
    return found, False


def _determined(rest: list[Equation]) -> tuple[list[dict[Any, Any]], bool]:
    rest = [equation for equation in rest if equation.letters]
    letters = sorted(set().union(*(e.letters for e in rest)) if rest else set(), key=str)
    if not letters:
        return [{}], True
    polys = [polynomial(equation.difference, letters) for equation in rest]
    if all(poly is not None for poly in polys):
        return _polynomial_system(polys, letters), True
    if len(letters) == 1 and letters[0].name[:1] not in COMPLEX_LETTERS:
        return [{letters[0]: root} for root in scan_roots(rest[0].difference, letters[0])], False
    return [], False


def _polynomial_system(polys: list[Any], letters: list[Any]) -> list[dict[Any, Any]]:
    polys = [poly for poly in polys if not poly.is_zero]
    if len(letters) == 1 and len(polys) == 1:
        return [{letters[0]: root} for root in polynomial_roots(polys[0])]
    linear = all(poly.total_degree() <= 1 for poly in polys)
    if not linear and (
        len(letters) > MAX_LETTERS or math.prod(p.total_degree() for p in polys) > MAX_BEZOUT
    ):
        raise Undefined("the system is too large")
    basis = sympy.groebner([p.as_expr() for p in polys], *letters, order="lex")
    if basis.exprs == [1]:
        return []
    if not basis.is_zero_dimensional:
        raise Undefined("the system has infinitely many solutions")
    return _back_substituted(list(basis.polys), letters)


def _back_substituted(basis: list[Any], letters: list[Any]) -> list[dict[Any, Any]]:
    """Solve a triangular basis from its last letter to its first."""
    points: list[dict[Any, Any]] = [{}]
    for index in range(len(letters) - 1, -1, -1):
        known = set(letters[index:])
        stage = [p for p in basis if p.free_symbols <= known and letters[index] in p.free_symbols]
        stage.sort(key=lambda p: p.degree(letters[index]))
        points = [
            point | {letters[index]: root}
            for point in points
            for root in _common_roots(stage, letters[index], point)
        ]
    return points


def _common_roots(stage: list[Any], letter: Any, point: dict[Any, Any]) -> list[Any]:
    polys = [_coefficients(poly, letter, point) for poly in stage]
    tiny = mpmath.mpf(10) ** -(DIGITS // 3)
    with mpmath.mp.workdps(DIGITS + 10):
        polys = [c for c in polys if any(abs(x) > tiny for x in c[:-1])]
        if not polys:
            return []
        first, *others = polys
        return [
            root
            for root in numeric_roots(first)
            if all(abs(mpmath.polyval(other, root)) < tiny for other in others)
        ]


def _coefficients(poly: Any, letter: Any, point: dict[Any, Any]) -> list[Any]:
    """The coefficients of `poly` in `letter`, highest power first, at a point of the other letters."""
    if not point or poly.free_symbols == {letter}:
        poly = sympy.Poly(poly.as_expr(), letter)
        with mpmath.mp.workdps(DIGITS + 10):
            return [mpmath.mpf(int(c.p)) / int(c.q) for c in map(sympy.Rational, poly.all_coeffs())]
    outer = sympy.Poly(poly.as_expr(), letter)
    compiled = [compile_node(c, _domain(point)) for c in outer.all_coeffs()]
    return [c.at(point, DIGITS + 5) for c in compiled]


def _domain(point: dict[Any, Any]) -> Domain:
    return Domain.COMPLEX if any(isinstance(v, mpmath.mpc) for v in point.values()) else Domain.REAL


def _completed(point: dict[Any, Any], explicit: dict[Any, Any]) -> dict[Any, Any] | None:
    """A point with the letters that were given outright."""
    full = dict(point)
    for letter, node in explicit.items():
        try:
            full[letter] = compile_node(node, _domain(point)).at(point, DIGITS)
        except (Undefined, NotNumeric):
            return None
    return full


def _is_solution(equations: Sequence[Equation], point: dict[Any, Any]) -> bool:
    domain = _domain(point)
    for equation in equations:
        try:
            pair = compile_node(equation.left, domain), compile_node(equation.right, domain)
        except NotNumeric:
            return False
        if compare(*pair, point) is not Gap.EQUAL:
            return False
    return True
