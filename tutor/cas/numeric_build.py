"""What a formula's evaluation is made of: the context it runs in, and the ways it can have no value."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

Run = Callable[[dict[Any, Any]], Any]
"""Takes the letters' values as numbers of the context, returns the value."""


class Undefined(ArithmeticError):
    """There is no value at this point, or none that can be trusted."""


class NotNumeric(Exception):
    """The formula holds something without a numeric value."""


@dataclass(frozen=True, slots=True)
class Build:
    """Compiles a tree for one context and domain; call it on a node.

    Attributes:
        context: `mpmath.mp` or `mpmath.fp`.
        real: Whether values outside of the reals count as missing.
        rule: Finds the builder for a node.
    """

    context: Any
    real: bool
    rule: Callable[[Any], Callable[[Build, Any], Run]]

    def __call__(self, node: Any) -> Run:
        """The closure that evaluates `node`."""
        return self.rule(node)(self, node)
