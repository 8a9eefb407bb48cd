"""Plots as data: which range is worth seeing, which points are worth marking, and the curves' samples."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import mpmath
import sympy

from tutor.cas.calculus import SYMBOLIC_ERRORS, Unresolved, differentiate, resolve
from tutor.cas.curves import draw
from tutor.cas.findings import show, show_number
from tutor.cas.guard import TooCostly, check_cost
from tutor.cas.numeric import NUMERIC_ERRORS, Compiled, Gap, compare, compile_node
from tutor.cas.numeric_build import NotNumeric, Undefined
from tutor.cas.parse import Unread, read
from tutor.cas.recognition import recognize
from tutor.cas.roots import polynomial, polynomial_roots, scan_roots
from tutor.core.plot import Curve, PlotData, PlotPoint, PlotSpec, PointKind
from tutor.core.problem import Latex

MAX_POINTS = 12
MIN_WIDTH = 4.0
MARGIN = 0.3
"""How far the range goes beyond the outermost feature, as a part of the features' spread."""
FAR = 60.0
"""Features beyond this are shown only when there are no nearer ones."""
_PERIODIC = (sympy.sin, sympy.cos, sympy.tan, sympy.cot, sympy.sec, sympy.csc)
_TURN = 6.3
_ZERO = compile_node(sympy.Integer(0))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Function:
    """One side: its tree and how it is evaluated exactly and quickly."""

    node: Any
    exact: Compiled
    quick: Compiled


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
    marks = _marks(functions, letter, is_equation=spec.equation and len(functions) == 2)
    gaps = [[float(x) for x in _hidden(function.node, letter)] for function in functions]
    x_range = _x_range([float(x) for _, x in marks], [x for own in gaps for x in own], functions)
    drawings = [
        draw(function.quick, letter, x_range, own)
        for function, own in zip(functions, gaps, strict=True)
    ]
    if not any(drawing.pieces for drawing in drawings):
        return None
    points = _points(marks, functions[0], letter, x_range)
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
) -> list[tuple[PointKind, Any]]:
    """Abscissas worth marking, nearest to the origin first."""
    if is_equation:
        difference = sympy.Add(functions[0].node, sympy.Mul(-1, functions[1].node))
        found = [(PointKind.CROSSING, x) for x in _roots(difference, letter)]
    else:
        found = [(PointKind.ROOT, x) for x in _roots(functions[0].node, letter)]
        found += _extrema(functions[0], letter)
    return sorted(found, key=lambda mark: abs(mark[1]))


def _roots(node: Any, letter: Any) -> list[Any]:
    """Real roots, to high precision, where the expression has a value."""
    poly = polynomial(node, [letter])
    try:
        found = polynomial_roots(poly) if poly is not None else scan_roots(node, letter)
    except Undefined:
        return []
    compiled = compile_node(node)
    return [x for x in found if not isinstance(x, mpmath.mpc) and _is_root(compiled, letter, x)]


def _is_root(compiled: Compiled, letter: Any, x: Any) -> bool:
    """Whether a value is zero, and not only small."""
    return compare(compiled, _ZERO, {letter: x}) is Gap.EQUAL


def _extrema(function: _Function, letter: Any) -> list[tuple[PointKind, Any]]:
    found = []
    for x in _derivative_roots(function.node, letter):
        kind = _kind(function.quick, letter, float(x))
        if kind is not None:
            found.append((kind, x))
    return found


def _derivative_roots(node: Any, letter: Any) -> list[Any]:
    try:
        return _roots(differentiate(node, letter), letter)
    except (NotNumeric, *SYMBOLIC_ERRORS):
        return []


def _kind(quick: Compiled, letter: Any, x: float) -> PointKind | None:
    step = 1e-3 * (1 + abs(x))
    left, here, right = (quick.quick(letter, x + k * step) for k in (-1, 0, 1))
    if left < here > right:
        return PointKind.MAXIMUM
    return PointKind.MINIMUM if left > here < right else None


def _hidden(node: Any, letter: Any) -> list[Any]:
    """Abscissas that must be in view without a mark: poles and the ends of the domain."""
    found: list[Any] = []
    for part in sympy.preorder_traversal(node):
        is_power = isinstance(part, sympy.Pow) and not (part.exp.is_Integer and part.exp > 0)
        if (is_power or isinstance(part, sympy.log)) and letter in part.args[0].free_symbols:
            poly = polynomial(part.args[0], [letter])
            if poly is not None:
                found += [x for x in polynomial_roots(poly) if not isinstance(x, mpmath.mpc)]
    return found


def _x_range(
    marks: list[float], hidden: list[float], functions: list[_Function]
) -> tuple[float, float]:
    if any(function.node.has(*_PERIODIC) for function in functions):
        return -_TURN, _TURN
    everything = [*marks[:MAX_POINTS], *hidden]
    near = [x for x in everything if abs(x) <= FAR] or everything
    if not near:
        return -5.0, 5.0
    low, high = min(near), max(near)
    width = high - low
    margin = max(MARGIN * width, 0.5 * (MIN_WIDTH - width), 0.1 * max(abs(low), abs(high)))
    return low - margin, high + margin


def _points(
    marks: list[tuple[PointKind, Any]],
    function: _Function,
    letter: Any,
    x_range: tuple[float, float],
) -> tuple[PlotPoint, ...]:
    low, high = x_range
    shown = [(kind, x) for kind, x in marks if low <= x <= high][:MAX_POINTS]
    found = [_point(kind, x, function, letter) for kind, x in shown]
    # Where the curve touches the axis, the extremum comes after the root and says more.
    places = {point.latex: point for point in found if point is not None}
    return tuple(sorted(places.values(), key=lambda point: point.x))


def _point(kind: PointKind, x: Any, function: _Function, letter: Any) -> PlotPoint | None:
    try:
        y = mpmath.mpf(0) if kind is PointKind.ROOT else function.exact.at({letter: x}, 60)
        latex = Latex(f"({_coordinate(x)}, {_coordinate(y)})")
        return PlotPoint(kind=kind, x=float(x), y=float(y), latex=latex)
    except (Undefined, *NUMERIC_ERRORS):
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
    margin = 0.08 * (high - low) or 1.0
    return low - margin, high + margin


def _around_marks(low: float, high: float, marked: list[float]) -> tuple[float, float]:
    """Keep the marked points in the middle of things: a steep end must not squeeze them flat."""
    bottom, top = min(marked), max(marked)
    spread = max(top - bottom, 0.16 * (high - low))
    return min(bottom, max(low, bottom - 3 * spread)), max(top, min(high, top + 3 * spread))
