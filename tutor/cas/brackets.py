"""Where a function of one letter may be zero: a scan in double precision that looks closer where it must."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

Height = Callable[[float], float]
Sample = tuple[float, float]

_WINDOW = 20.0
_STEP = 0.05
_FAR_STEPS = 100
_STAR = tuple(1e-3 * 2**k for k in range(21))
"""How far from a centre the scan looks as well, on both sides."""
_HALVINGS = 60
_EDGE_POINTS = 24
_NARROW = 1e-13
_TOUCH = 1e-6
"""Largest height of the bottom of a valley that may be zero, as a part of the height of its rims."""
_GOLDEN = (math.sqrt(5) - 1) / 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Bracket:
    """A narrow interval that may hold a root.

    Attributes:
        low: Its left end.
        high: Its right end, different from the left one.
        touches: Whether the sign is the same on both sides, so that only a multiple root can be there.
    """

    low: float
    high: float
    touches: bool


def brackets(height: Height, centres: Iterable[float] = ()) -> Iterator[Bracket]:
    """Find where a function may be zero, roughly the nearest to the origin first.

    Args:
        height: The function; NaN where it has no value.
        centres: Abscissas near which it may change quickly; they are looked at closely.
    """
    samples = list(_with_edges(height, [(x, height(x)) for x in _grid(centres)]))
    suspects = sorted(_suspects(samples), key=lambda run: min(abs(run[0][0]), abs(run[-1][0])))
    for first, *_, last in suspects:
        if first[1] * last[1] < 0:
            yield from _crossed(height, first, last)
        else:
            yield from _descended(height, first, last)


def _grid(centres: Iterable[float]) -> list[float]:
    far = [_WINDOW * 1.25**k for k in range(1, _FAR_STEPS)]
    steps = round(_WINDOW / _STEP)
    # The shift keeps the grid off the special points themselves, where formulas lose their values.
    near = [_STEP * k + 1e-7 for k in range(-steps, steps + 1)]
    stars = [c + side * offset for c in centres for offset in _STAR for side in (-1, 1)]
    return sorted({*far, *(-x for x in far), *near, *stars})


def _with_edges(height: Height, samples: list[Sample]) -> Iterator[Sample]:
    """The samples, and more of them where the function begins or ends to have values."""
    for left, right in pairwise(samples):
        yield left
        if math.isfinite(left[1]) != math.isfinite(right[1]):
            yield from _edge(height, left, right)
    yield samples[-1]


def _edge(height: Height, left: Sample, right: Sample) -> list[Sample]:
    inside, outside = (left[0], right[0]) if math.isfinite(left[1]) else (right[0], left[0])
    edge = inside
    for _ in range(_HALVINGS):
        middle = (edge + outside) / 2
        if math.isfinite(height(middle)):
            edge = middle
        else:
            outside = middle
    inner = {edge + (inside - edge) * 2.0**-k for k in range(1, _EDGE_POINTS)} | {edge}
    return [(x, height(x)) for x in sorted(inner - {inside})]


def _suspects(samples: list[Sample]) -> Iterator[tuple[Sample, ...]]:
    """Neighbours of different signs, and threes whose middle is nearer to zero than the others."""
    for left, right in pairwise(samples):
        if left[1] * right[1] < 0:
            yield left, right
    for left, middle, right in zip(samples, samples[1:], samples[2:], strict=False):
        rims = sorted((abs(left[1]), abs(right[1])))
        is_valley = abs(middle[1]) <= rims[0] and abs(middle[1]) < rims[1]
        has_one_sign = left[1] * middle[1] > 0 and middle[1] * right[1] > 0
        if (is_valley and has_one_sign) or (middle[1] == 0 and rims[0] > 0):
            yield left, middle, right


def _crossed(height: Height, left: Sample, right: Sample) -> Iterator[Bracket]:
    """Halve an interval whose ends differ in sign; nothing where the values grow instead of shrinking."""
    (low, below), (high, above) = left, right
    for _ in range(_HALVINGS):
        if high - low <= _NARROW * (abs(low) + abs(high)):
            break
        middle = (low + high) / 2
        value = height(middle)
        if value == 0:
            yield _around(middle, touches=False)
            return
        if math.isnan(value):
            break
        if value * below < 0:
            high, above = middle, value
        else:
            low, below = middle, value
    if min(abs(below), abs(above)) <= 0.5 * max(abs(left[1]), abs(right[1])):
        yield Bracket(low=low, high=high, touches=False)


def _descended(height: Height, left: Sample, right: Sample) -> Iterator[Bracket]:
    """Walk to the bottom of a valley by golden sections: it may lie below zero, or touch it."""
    sign = math.copysign(1.0, left[1])
    low, high = left[0], right[0]
    shallow = _TOUCH * (abs(left[1]) + abs(right[1]))
    for _ in range(_HALVINGS):
        a, b = high - _GOLDEN * (high - low), low + _GOLDEN * (high - low)
        sunk, other = sign * height(a), sign * height(b)
        beyond = a if sunk < 0 else b if other < 0 else None
        if beyond is not None:
            bottom = beyond, height(beyond)
            yield from _crossed(height, left, bottom)
            yield from _crossed(height, bottom, right)
            if abs(bottom[1]) <= shallow:  # it may be below zero by rounding alone
                yield _around(beyond, touches=True)
            return
        low, high = (low, b) if sunk <= other else (a, high)
    if sign * height((low + high) / 2) <= shallow:
        yield _around((low + high) / 2, touches=True)


def _around(x: float, *, touches: bool) -> Bracket:
    margin = _NARROW + _NARROW * abs(x)
    return Bracket(low=x - margin, high=x + 1.5 * margin, touches=touches)
