"""What is drawn beside a solution."""

from __future__ import annotations

import enum
from dataclasses import dataclass

from tutor.core.problem import Latex


class PointKind(enum.StrEnum):
    """Why a point is marked."""

    ROOT = "root"
    MAXIMUM = "maximum"
    MINIMUM = "minimum"
    CROSSING = "crossing"


@dataclass(frozen=True, slots=True, kw_only=True)
class PlotPoint:
    """A marked point.

    Attributes:
        kind: Why it is marked.
        x: Abscissa.
        y: Ordinate.
        latex: Its exact coordinates, `(2, 0)`, or a rounded form.
    """

    kind: PointKind
    x: float
    y: float
    latex: Latex


@dataclass(frozen=True, slots=True, kw_only=True)
class Curve:
    """One curve in pieces; nothing is drawn between two pieces, so no line crosses a pole.

    Attributes:
        label: Its expression.
        pieces: Each piece a tuple of `(x, y)` pairs with x increasing.
    """

    label: Latex
    pieces: tuple[tuple[tuple[float, float], ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PlotSpec:
    """What is worth drawing.

    Attributes:
        expressions: Functions of one variable, as LaTeX: one function, or both sides of an equation.
        equation: Whether the two expressions are the sides of an equation, so that crossings are its solutions.
        variable: The letter on the horizontal axis; empty where it must be read from the expressions.
    """

    expressions: tuple[Latex, ...]
    equation: bool = False
    variable: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlotData:
    """A plot ready to be drawn.

    Attributes:
        variable: The letter on the horizontal axis.
        curves: The curves.
        points: The marked points.
        x_range: Left and right end.
        y_range: Lower and upper end of what is worth seeing.
    """

    variable: str
    curves: tuple[Curve, ...]
    points: tuple[PlotPoint, ...]
    x_range: tuple[float, float]
    y_range: tuple[float, float]
