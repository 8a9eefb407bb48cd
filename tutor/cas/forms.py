"""Whether an answer whose value is right is worked out: an echo of the problem answers nothing."""

from __future__ import annotations

import re
from typing import Any

import sympy

from tutor.cas.calculus import SYMBOLIC_ERRORS
from tutor.core.problem import Task

UNEVALUATED = (
    sympy.Integral,
    sympy.Sum,
    sympy.Product,
    sympy.Derivative,
    sympy.Subs,
    sympy.Limit,
)
"""What is still to be worked out."""
_LAYOUT = re.compile(r"\\(?:left|right|cdot|times|[,;! ])|[\s{}]")
_NUMERIC_TASKS = (Task.COMPUTE, Task.SIMPLIFY, Task.SOLVE, Task.INTEGRATE)
_DERIVED = (Task.DIFFERENTIATE, Task.INTEGRATE)
MAX_DEGREE = 40


def is_worked_out(task: Task, answer: tuple[Any, str], target: tuple[Any, str]) -> bool:
    """Whether an answer has the form that is asked for.

    Args:
        task: What is to be done.
        answer: The answer as it was read, not evaluated, and as it was written.
        target: The problem's own expression, likewise.
    """
    node = answer[0]
    if node.has(*UNEVALUATED):
        return False
    if task not in _DERIVED and _is_echo(answer, target):
        return False
    if task is Task.EXPAND:
        return _is_expanded(node)
    if task is Task.FACTOR:
        return _is_factored(node)
    is_number = task in _NUMERIC_TASKS and not node.free_symbols and "%" not in answer[1]
    return not (is_number and has_arithmetic(node))


def _is_echo(answer: tuple[Any, str], target: tuple[Any, str]) -> bool:
    """Whether an answer is the target again, perhaps in another order."""
    written = [sorted(_LAYOUT.sub("", text)) for _, text in (answer, target)]
    return bool(answer[0] == target[0] and written[0] == written[1])


def has_arithmetic(node: Any) -> bool:
    r"""Whether something like `48+27` or `6\times 7` is left in a number; `3\times 10^5` and `2\sqrt3` are not."""
    return any(_is_arithmetic(part) for part in sympy.preorder_traversal(node))


def _is_arithmetic(node: Any) -> bool:
    if isinstance(node, sympy.Add):
        return sum(bool(part.is_rational) for part in node.args) > 1
    if isinstance(node, sympy.Mul) and sympy.Rational(1, 180) not in node.args:
        return len([p for p in node.args if p.is_Rational and abs(p) != 1]) > 1
    return False


def _is_expanded(node: Any) -> bool:
    terms = node.args if isinstance(node, sympy.Add) else (node,)
    return not any(
        isinstance(factor, sympy.Add)
        or (isinstance(factor, sympy.Pow) and isinstance(factor.base, sympy.Add))
        for term in terms
        for factor in sympy.Mul.make_args(term)
    )


def _is_factored(node: Any) -> bool:
    """Whether an answer is a product none of whose factors is one over the rational numbers."""
    if isinstance(node, sympy.Add):
        return False
    factors = [_base(factor) for factor in _factors(node)]
    if not node.free_symbols:
        return all(_is_prime_or_unit(factor) for factor in factors)
    return all(_is_irreducible(factor) for factor in factors if isinstance(factor, sympy.Add))


def _factors(node: Any) -> list[Any]:
    if not isinstance(node, sympy.Mul):
        return [node]
    return [factor for part in node.args for factor in _factors(part)]


def _base(factor: Any) -> Any:
    is_power = isinstance(factor, sympy.Pow) and factor.exp.is_Integer
    return factor.base if is_power else factor


def _is_prime_or_unit(factor: Any) -> bool:
    return not factor.is_Integer or abs(factor) == 1 or bool(sympy.isprime(abs(factor)))


def _is_irreducible(factor: Any) -> bool:
    """Whether a sum has no factors over the rational numbers, not even a number."""
    letters = sorted(factor.free_symbols, key=str)
    if not letters or not factor.is_polynomial(*letters):
        return True
    try:
        poly = sympy.Poly(factor, *letters)
        if not poly.domain.is_ZZ and not poly.domain.is_QQ:
            return True
        if poly.total_degree() > MAX_DEGREE:
            return False
        content, parts = poly.factor_list()
    except SYMBOLIC_ERRORS:
        return False
    return content in (1, -1) and len(parts) == 1 and parts[0][1] == 1
