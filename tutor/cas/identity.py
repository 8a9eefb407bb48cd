"""Whether two expressions with letters are equal wherever both have a value, found by trying well-spread points."""

from __future__ import annotations

import enum
import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import mpmath
import sympy

from tutor.cas.numeric import Compiled, Domain, Gap, compare, compile_node
from tutor.cas.numeric_build import NotNumeric

ENOUGH = 8
"""Points that must agree before two expressions count as equal."""
DECISIVE = 4
"""Points that must differ, with none that agrees, before they count as different everywhere."""
TRIES = 48
FEW = 4
COUNTERS = frozenset("nkmj")
"""Letters that customarily stand for whole numbers."""
COMPLEX_LETTERS = frozenset("zw")
_COMPLEX_PARTS = (sympy.conjugate, sympy.re, sympy.im, sympy.arg)
_DISCRETE = (sympy.factorial, sympy.binomial, sympy.Sum, sympy.Product, sympy.Mod)

Test = Callable[[dict[Any, Any]], bool]
"""Whether a point is inside of what is assumed."""


class Agreement(enum.Enum):
    """How two expressions compare over the points that were tried."""

    ALWAYS = "always"
    SOMETIMES = "sometimes"
    NEVER = "never"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """The outcome of comparing two expressions.

    Attributes:
        agreement: The outcome.
        point: A point where they differ, if there is one.
        points: How many points were decisive.
    """

    agreement: Agreement
    point: dict[Any, Any] = field(default_factory=dict)
    points: int = 0


def compare_everywhere(left: Any, right: Any, allowed: Test | None = None) -> Comparison:
    """Compare two expressions at well-spread points of the reals, else of the complex plane.

    Args:
        left: A SymPy tree whose cost is bounded.
        right: Another one.
        allowed: What the letters are assumed to satisfy.
    """
    for domain in _domains(left, right):
        try:
            pair = compile_node(left, domain), compile_node(right, domain)
        except NotNumeric:
            continue
        found = _compare_pair(pair, _points(left, right, domain, allowed))
        if found.agreement is Agreement.UNKNOWN:
            continue
        if domain is Domain.COMPLEX and not _is_complex(left, right):
            return (
                found
                if found.agreement is Agreement.ALWAYS
                else Comparison(agreement=Agreement.UNKNOWN)
            )
        return found
    return Comparison(agreement=Agreement.UNKNOWN)


def compare_on_counters(left: Any, right: Any) -> Comparison:
    """Compare at whole numbers for the letters that customarily count (n, k, m, j)."""
    letters = sorted(left.free_symbols | right.free_symbols, key=str)
    counters = {letter for letter in letters if letter.name in COUNTERS}
    if not counters:
        return Comparison(agreement=Agreement.UNKNOWN)
    try:
        pair = compile_node(left), compile_node(right)
    except NotNumeric:
        return Comparison(agreement=Agreement.UNKNOWN)
    return _compare_pair(pair, _spread(letters, counters, signed=False))


def spread(letters: Sequence[Any]) -> list[dict[Any, Any]]:
    """A few well-spread points of some letters."""
    return list(_spread(list(letters), set(), signed=True))[:FEW]


def _domains(left: Any, right: Any) -> tuple[Domain, ...]:
    if _is_complex(left, right):
        return (Domain.COMPLEX,)
    return (Domain.REAL, Domain.COMPLEX)


def _is_complex(left: Any, right: Any) -> bool:
    return any(side.has(sympy.I, *_COMPLEX_PARTS) for side in (left, right))


def _compare_pair(pair: tuple[Compiled, Compiled], points: Iterator[dict[Any, Any]]) -> Comparison:
    equal, different = 0, 0
    witness: dict[Any, Any] = {}
    for point in points:
        gap = compare(*pair, point)
        if gap is Gap.EQUAL:
            equal += 1
        elif gap is Gap.DIFFERENT:
            different += 1
            witness = witness or point
        if equal >= ENOUGH or different >= DECISIVE + equal:
            break
    return Comparison(
        agreement=_agreement(equal, different, bool(pair[0].letters | pair[1].letters)),
        point=witness,
        points=equal + different,
    )


def _agreement(equal: int, different: int, has_letters: bool) -> Agreement:
    if not has_letters and equal + different:
        return Agreement.ALWAYS if equal else Agreement.NEVER
    if equal and different:
        return Agreement.SOMETIMES
    if different >= DECISIVE:
        return Agreement.NEVER
    return Agreement.ALWAYS if equal >= ENOUGH else Agreement.UNKNOWN


def _points(
    left: Any, right: Any, domain: Domain, allowed: Test | None
) -> Iterator[dict[Any, Any]]:
    letters = sorted(left.free_symbols | right.free_symbols, key=str)
    if not letters:
        return iter([{}])
    counters = set().union(*(_discrete_letters(side) for side in (left, right)))
    points = _spread(letters, counters, signed=True)
    if domain is Domain.COMPLEX:
        points = (_complexified(point) for point in points)
    return (point for point in points if allowed is None or allowed(point))


def _discrete_letters(node: Any) -> set[Any]:
    parts = node.atoms(*_DISCRETE)
    return set().union(*(part.free_symbols for part in parts)) if parts else set()


def _spread(letters: list[Any], counters: set[Any], *, signed: bool) -> Iterator[dict[Any, Any]]:
    """Points that are small, large, positive, negative and mixed; always the same ones."""
    source = random.Random(20240229)  # noqa: S311 - no secret
    for index in range(TRIES):
        negative = (0.0, 1.0, 0.5)[index % 3] if signed else 0.0
        point = {}
        for letter in letters:
            if letter in counters:
                point[letter] = sympy.Integer(source.randint(1, 9 if index < TRIES // 2 else 40))
            else:
                point[letter] = _rational(source, index, negative=negative)
        yield point


def _rational(source: random.Random, index: int, *, negative: float) -> Any:
    top = (97, 389, 97 * 7)[index // 2 % 3]
    value = sympy.Rational(source.randint(7, top), 97)
    return -value if source.random() < negative else value


def _complexified(point: dict[Any, Any]) -> dict[Any, Any]:
    return {letter: _bent(letter, value) for letter, value in point.items()}


def _bent(letter: Any, value: Any) -> Any:
    if letter.name[:1] not in COMPLEX_LETTERS:
        return value
    imaginary = 3 * int(value.p) % 101 - 50
    return mpmath.mpc(int(value.p) % 113, imaginary) / 32  # exact in binary
