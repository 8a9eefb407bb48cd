"""A curve as pieces of points: no line across a pole or a jump, more points where it bends."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from tutor.cas.brackets import Height, Sample
from tutor.cas.numeric import Compiled

SAMPLES = 400
HALVINGS = 40
BEND = 0.02
"""Largest gap between curve and chord that is left unrefined, as a part of the height in view."""
STEEP = 0.02
"""Smallest gap between neighbours that may be a jump, as a part of the height in view."""
MAX_EXTRA = 300
TOO_HIGH = 1e12
"""Values from here on are not drawn."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawing:
    """A sampled curve.

    Attributes:
        pieces: Runs of points with x increasing.
        has_poles: Whether it was broken where its values grow without bound.
    """

    pieces: tuple[tuple[Sample, ...], ...]
    has_poles: bool

    def heights(self) -> list[float]:
        """All ordinates."""
        return [y for piece in self.pieces for _, y in piece]


def draw(
    compiled: Compiled, letter: Any, x_range: tuple[float, float], bends: Sequence[float] = ()
) -> Drawing:
    """Sample a function of one letter.

    Args:
        compiled: The function, compiled for doubles.
        letter: Its letter.
        x_range: Left and right end.
        bends: Where it may have a corner or no value. A curve goes exactly through its corners; one that climbs
            to the same height on both sides of a pole shows no jump between other samples.
    """

    def height(x: float) -> float:
        return compiled.quick(letter, x)

    samples = _samples(height, x_range, bends)
    tall = _typical_height(samples)
    runs, has_poles = [], False
    current: list[Sample] = []
    for left, right in pairwise(samples):
        if not _is_finite(left):
            current = _entry(height, left, right) if _is_finite(right) else []
            continue
        current.append(left)
        if not _is_finite(right):
            current += _entry(height, right, left)
            has_poles = has_poles or (right[0] in bends and _is_pole(height, right[0]))
        elif _is_broken(height, left, right, tall):
            has_poles = True
        else:
            continue
        runs.append(current)
        current = []
    if _is_finite(samples[-1]):
        current.append(samples[-1])
    runs.append(current)
    pieces = tuple(tuple(_refined(run, height, tall)) for run in runs if len(run) >= 2)
    return Drawing(pieces=pieces, has_poles=has_poles or _grows(pieces, tall))


def _samples(height: Height, x_range: tuple[float, float], bends: Sequence[float]) -> list[Sample]:
    low, high = x_range
    # The uneven step keeps samples off round numbers, where formulas lose their values.
    xs = {low + (high - low) * k / (SAMPLES - 1) for k in range(SAMPLES)}
    poles = {x for x in bends if _is_pole(height, x)}
    inner = {x for x in bends if low < x < high}
    return [(x, math.nan if x in poles else height(x)) for x in sorted(xs | inner)]


def _is_finite(sample: Sample) -> bool:
    return math.isfinite(sample[1]) and abs(sample[1]) < TOO_HIGH


def _typical_height(samples: list[Sample]) -> float:
    heights = sorted(y for _, y in samples if math.isfinite(y))
    if not heights:
        return 1.0
    eighth = len(heights) // 8
    return max(heights[-1 - eighth] - heights[eighth], 1e-9)


def _entry(height: Height, outside: Sample, inside: Sample) -> list[Sample]:
    """The point where a curve's domain begins or ends, unless that is a sample already."""
    edge = _edge(height, outside, inside)
    return [] if edge[0] == inside[0] else [edge]


def _edge(height: Height, outside: Sample, inside: Sample) -> Sample:
    """The last point of a curve before its domain ends."""
    far, near = outside[0], inside[0]
    best = inside
    for _ in range(HALVINGS):
        middle = (far + near) / 2
        sample = (middle, height(middle))
        if _is_finite(sample):
            near, best = middle, sample
        else:
            far = middle
    return best if abs(best[1] - inside[1]) < 1e3 * (1 + abs(inside[1])) else inside


def _is_broken(height: Height, left: Sample, right: Sample, tall: float) -> bool:
    """Whether there is a pole or a jump between two neighbours: a gap that does not shrink with the step."""
    gap = abs(right[1] - left[1])
    if gap < STEEP * tall:
        between = height((left[0] + right[0]) / 2)
        return not abs(between) < 2 * max(abs(left[1]), abs(right[1]), tall)
    first = gap
    for _ in range(HALVINGS // 2):
        middle = ((left[0] + right[0]) / 2, 0.0)
        middle = (middle[0], height(middle[0]))
        if not _is_finite(middle):
            return True
        halves = (left, middle), (middle, right)
        left, right = max(halves, key=lambda pair: abs(pair[1][1] - pair[0][1]))
    return abs(right[1] - left[1]) > 0.25 * first


def _is_pole(height: Height, x: float) -> bool:
    """Whether the values near `x` grow without bound."""
    far, near = (_highest(height, x, step) for step in (1e-4, 1e-7))
    return near >= 10 * max(far, 1.0)


def _highest(height: Height, x: float, step: float) -> float:
    """The greatest value beside `x`, on the sides where there is one."""
    values = (abs(height(x + side)) for side in (step, -step))
    return max((value for value in values if not math.isnan(value)), default=0.0)


def _refined(run: list[Sample], height: Height, tall: float) -> Iterator[Sample]:
    """The points of a run, with one more in the middle of each step that bends."""
    extra = MAX_EXTRA
    for left, right in pairwise(run):
        yield left
        x = (left[0] + right[0]) / 2
        middle = (x, height(x))
        bend = abs(middle[1] - (left[1] + right[1]) / 2)
        if extra and _is_finite(middle) and bend > BEND * tall / 10:
            extra -= 1
            yield middle
    yield run[-1]


def _grows(pieces: tuple[tuple[Sample, ...], ...], tall: float) -> bool:
    """Whether a piece ends far outside of the height where most of the curve lies."""
    return any(abs(end[1]) > 20 * tall for piece in pieces for end in (piece[0], piece[-1]))
