"""Plots as data: which range is worth seeing, which points are worth marking, and the curves' samples."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

import mpmath
import sympy

from tutor.cas.calculus import SYMBOLIC_ERRORS, Unresolved, differentiate, resolve
from tutor.cas.curves import TOO_HIGH, draw
from tutor.cas.findings import show, show_number
from tutor.cas.guard import TooCostly, check_cost
from tutor.cas.numeric import NUMERIC_ERRORS, Compiled, Gap, compare, compile_node
from tutor.cas.numeric_build import NotNumeric, Undefined
from tutor.cas.parse import Unread, read
from tutor.cas.recognition import recognize
from tutor.cas.roots import corners, polynomial, polynomial_roots, scan_roots
from tutor.core.plot import Curve, PlotData, PlotPoint, PlotSpec, PointKind
from tutor.core.problem import Latex

MAX_POINTS = 12
MIN_WIDTH = 4.0
MARGIN = 0.3
"""How far the range goes beyond the outermost feature, as a part of the features' spread."""
FAR = 60.0
"""Other features than solutions are shown only this near to the origin or a solution, or where there is nothing else."""
_PERIODIC = (sympy.sin, sympy.cos, sympy.tan, sympy.cot, sympy.sec, sympy.csc)
_TURN = 6.6
_ROOM = 0.14
"""Room above and below the marked points for their labels, as a part of the height."""
_BESIDE = 1e-9
"""How far from a point its neighbourhood is looked at."""
_ZERO = compile_node(sympy.Integer(0))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Function:
    """One side: its tree and how it is evaluated exactly and quickly."""

    node: Any
    exact: Compiled
    quick: Compiled


@dataclass(frozen=True, slots=True, kw_only=True)
class _Mark:
    """A point worth marking: why, where, and the functions that go through it."""

    kind: PointKind
    x: Any
    on: tuple[_Function, ...]


def sample_plot(spec: PlotSpec) -> PlotData | None:
    """The points of a plot; `None` where there is nothing to draw in one variable.

    Never raises for what is written in the expressions.
    """
    try:
        nodes = [_read(latex) for latex in spec.expressions]
        letter = _variable(nodes, spec.variable)
        if letter is None or not 1 <= len(nodes) <= 2:
            return None
        functions = [_compiled(node) for node in nodes]
        return _sampled(spec, functions, letter)
    except (Unread, TooCostly, Unresolved, NotNumeric, Undefined, *SYMBOLIC_ERRORS):
        return None


def _read(latex: Latex) -> Any:
    node = read(latex)
    if not isinstance(node, sympy.Expr):
        raise NotNumeric(type(node).__name__)
    check_cost(node)
    return resolve(node)


def _compiled(node: Any) -> _Function:
    return _Function(node=node, exact=compile_node(node), quick=compile_node(node, doubles=True))


def _variable(nodes: Sequence[Any], name: str) -> Any | None:
    letters = set().union(*(node.free_symbols for node in nodes)) if nodes else set()
    if len(letters) != 1:
        return None
    letter = next(iter(letters))
    return letter if name in ("", letter.name) else None


def _sampled(spec: PlotSpec, functions: list[_Function], letter: Any) -> PlotData | None:
    solutions, extrema = _marks(functions, letter, is_equation=spec.equation)
    bends = [[float(c.x) for c in corners(function.node, letter)] for function in functions]
    x_range = _x_range(
        [float(mark.x) for mark in solutions],
        [
            *(float(mark.x) for mark in extrema if not spec.equation or not solutions),
            *chain(*bends),
        ],
        functions,
    )
    drawings = [
        draw(function.quick, letter, x_range, own)
        for function, own in zip(functions, bends, strict=True)
    ]
    if not any(drawing.pieces for drawing in drawings):
        return None
    points = _points([*solutions, *extrema], letter, x_range)
    heights = [height for drawing in drawings for height in drawing.heights()]
    return PlotData(
        variable=letter.name,
        curves=tuple(
            Curve(label=latex, pieces=drawing.pieces)
            for latex, drawing in zip(spec.expressions, drawings, strict=True)
        ),
        points=points,
        x_range=x_range,
        y_range=_y_range(
            heights, [point.y for point in points], any(d.has_poles for d in drawings)
        ),
    )


def _marks(
    functions: list[_Function], letter: Any, *, is_equation: bool
) -> tuple[list[_Mark], list[_Mark]]:
    """Roots or crossings, then extrema: those of both sides, or of the one function."""
    if is_equation and len(functions) == 2:
        node = sympy.Add(functions[0].node, sympy.Mul(-1, functions[1].node))
        kind, on, bending = PointKind.CROSSING, tuple(functions), functions
    else:
        node = functions[0].node
        kind, on, bending = PointKind.ROOT, (functions[0],), functions[:1]
    solutions = [_Mark(kind=kind, x=x, on=on) for x in _roots(node, letter)]
    extrema = [mark for function in bending for mark in _extrema(function, letter)]
    return (
        sorted((mark for mark in solutions if _is_low(mark, letter)), key=_distance),
        sorted((mark for mark in extrema if _is_low(mark, letter)), key=_distance),
    )


def _distance(mark: _Mark) -> Any:
    return abs(mark.x)


def _is_low(mark: _Mark, letter: Any) -> bool:
    """Whether a point is not so high that no curve is drawn there."""
    heights = [function.quick.quick(letter, float(mark.x)) for function in mark.on]
    return not any(abs(height) >= TOO_HIGH for height in heights)


def _roots(node: Any, letter: Any) -> list[Any]:
    """Real roots, to high precision, where the expression has a value; of a stretch of roots, its ends."""
    try:
        poly = polynomial(node, [letter])
        compiled = compile_node(node)
        if poly is not None:
            real = [x for x in polynomial_roots(poly) if not isinstance(x, mpmath.mpc)]
            return [x for x in real if _is_root(compiled, letter, x)]
        return [x for x in scan_roots(node, letter) if not _is_inside(compiled, letter, x)]
    except Undefined:
        return []


def _is_root(compiled: Compiled, letter: Any, x: Any) -> bool:
    """Whether a value is zero, and not only small."""
    return compare(compiled, _ZERO, {letter: x}) is Gap.EQUAL


def _is_inside(compiled: Compiled, letter: Any, x: Any) -> bool:
    """Whether everything on both sides of `x` is zero as well."""
    step = _BESIDE * (1 + abs(x))
    return all(_is_root(compiled, letter, x + side) for side in (-step, step))


def _extrema(function: _Function, letter: Any) -> list[_Mark]:
    """Where a function turns, smoothly or at a corner."""
    if letter not in function.node.free_symbols:
        return []
    bends = [corner.x for corner in corners(function.node, letter)]
    found: list[_Mark] = []
    for x in (*_derivative_roots(function.node, letter), *bends):
        kind = _kind(function.exact, letter, x)
        if kind is not None and not any(abs(x - mark.x) < 1e-9 for mark in found):
            found.append(_Mark(kind=kind, x=x, on=(function,)))
    return found


def _derivative_roots(node: Any, letter: Any) -> list[Any]:
    try:
        return _roots(differentiate(node, letter), letter)
    except (NotNumeric, *SYMBOLIC_ERRORS):
        return []


def _kind(exact: Compiled, letter: Any, x: Any) -> PointKind | None:
    step = _BESIDE * (1 + abs(x))
    try:
        left, here, right = (exact.at({letter: x + k * step}, 60) for k in (-1, 0, 1))
    except (Undefined, *NUMERIC_ERRORS):
        return None
    if left < here > right:
        return PointKind.MAXIMUM
    return PointKind.MINIMUM if left > here < right else None


def _x_range(
    solutions: list[float], others: list[float], functions: list[_Function]
) -> tuple[float, float]:
    """All solutions are in view, unless there are too many of them; other features if they are near."""
    turn = _turn(functions)
    if turn is not None:
        has_few = 0 < len(solutions) < MAX_POINTS
        turn = min(turn, _TURN) if has_few else turn
        if not has_few or all(abs(x) < turn for x in solutions):
            return -turn, turn
        others = []  # the zeros of a sine have no end
    solutions = solutions[:MAX_POINTS]
    near = [x for x in others if min(abs(x - centre) for centre in (0.0, *solutions)) <= FAR]
    everything = [*solutions, *near] or others
    if not everything:
        return -5.0, 5.0
    low, high = min(everything), max(everything)
    width, reach = high - low, max(abs(low), abs(high))
    if width > 1e-4 * max(reach, 1.0):
        margin = max(MARGIN * width, 0.5 * (min(MIN_WIDTH, 8 * width) - width))
    else:
        margin = max(0.5 * MIN_WIDTH, 0.1 * reach)
    return low - margin, high + margin


def _turn(functions: list[_Function]) -> float | None:
    """The longest period of the sines and their kin, or a usual one; `None` where there are none."""
    waves = [wave for function in functions for wave in function.node.atoms(*_PERIODIC)]
    if not waves:
        return None
    slopes = [abs(wave.args[0].diff(*wave.free_symbols)) for wave in waves if wave.free_symbols]
    speeds = [float(slope) for slope in slopes if slope.is_number and slope.is_positive]
    return _TURN / min(speeds, default=1.0)


def _points(marks: list[_Mark], letter: Any, x_range: tuple[float, float]) -> tuple[PlotPoint, ...]:
    low, high = x_range
    shown = [mark for mark in marks if low < mark.x < high][:MAX_POINTS]
    found = [_point(mark, letter) for mark in shown]
    places: dict[Latex, PlotPoint] = {}
    for point in found:
        # Where a curve touches the axis, the extremum says more than the root; a solution stays one.
        before = places.get(point.latex) if point else None
        if point and (before is None or before.kind is PointKind.ROOT):
            places[point.latex] = point
    return tuple(sorted(places.values(), key=lambda point: point.x))


def _point(mark: _Mark, letter: Any) -> PlotPoint | None:
    y = mpmath.mpf(0) if mark.kind is PointKind.ROOT else _ordinate(mark, letter)
    if y is None:
        return None
    latex = Latex(f"({_coordinate(mark.x)}, {_coordinate(y)})")
    return PlotPoint(kind=mark.kind, x=float(mark.x), y=float(y), latex=latex)


def _ordinate(mark: _Mark, letter: Any) -> Any | None:
    """The height of a point; at a rounded end of a domain only one of two curves may have one."""
    for function in mark.on:
        try:
            return function.exact.at({letter: mark.x}, 60)
        except (Undefined, *NUMERIC_ERRORS):
            continue
    return None


def _coordinate(value: Any) -> str:
    exact = recognize(value)
    return show(exact) if exact is not None else show_number(value)


def _y_range(heights: list[float], marked: list[float], has_poles: bool) -> tuple[float, float]:
    """What is worth seeing: all of a tame curve, the marked part and the bulk of a wild one."""
    heights.sort()
    low, high = heights[0], heights[-1]
    cut = len(heights) // 5 if has_poles else len(heights) // 50
    bulk = heights[cut], heights[-1 - cut]
    if has_poles:
        spread = bulk[1] - bulk[0]
        low, high = max(low, bulk[0] - spread), min(high, bulk[1] + spread)
    elif high - low > 6 * max(bulk[1] - bulk[0], 1e-9):
        low, high = bulk
    if marked:
        low, high = _around_marks(low, high, [*marked, 0.0])
    margin, room = 0.08 * (high - low) or 1.0, _ROOM * (high - low)
    return (
        min([low - margin, *(y - room for y in marked)]),
        max([high + margin, *(y + room for y in marked)]),
    )


def _around_marks(low: float, high: float, marked: list[float]) -> tuple[float, float]:
    """Keep the marked points in the middle of things: a steep end must not squeeze them flat."""
    bottom, top = min(marked), max(marked)
    spread = max(top - bottom, 0.16 * (high - low))
    return min(bottom, max(low, bottom - 3 * spread)), max(top, min(high, top + 3 * spread))
