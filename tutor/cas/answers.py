"""Judging final answers: put back into the problem, or worked out again and compared."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any

import sympy

from tutor.cas.calculus import (
    SYMBOLIC_ERRORS,
    Unresolved,
    differentiate,
    indefinite,
    resolve,
)
from tutor.cas.closed import closed_equality
from tutor.cas.equality import check_equality, values_at
from tutor.cas.findings import (
    fails,
    holds,
    show_point,
    sometimes,
    too_costly,
    unknown,
    unread,
    unsupported,
)
from tutor.cas.forms import is_worked_out
from tutor.cas.guard import TooCostly, check_cost
from tutor.cas.identity import Agreement, compare_everywhere
from tutor.cas.links import Link
from tutor.cas.numeric_build import NotNumeric, Undefined
from tutor.cas.parse import Alternatives, Names, Unread, read, read_statements
from tutor.cas.requests import CheckAnswer, Finding, Truth
from tutor.cas.scope import Scope, opaque, read_scope
from tutor.cas.solution_sets import check_solutions
from tutor.core.problem import Goal, Latex, Task
from tutor.support.i18n import N_

RECOMPUTED = N_("Working it out again gives the same.")
DIFFERS = N_("At {point} the problem's expression is {left}, the answer is {right}.")
DIFFERENTIATED = N_("The derivative of the answer is the function that was to be integrated.")
NO_CONSTANT = N_("The derivative of the answer is right; the constant of integration is missing.")
NOT_DIFFERENTIATED = N_(
    "At {point} the derivative of the answer is {right}, but the function is {left}."
)
FORM = N_("The value is right, but it is not in the form that is asked for.")
RECOMPUTATION, DERIVATIVE = "recomputation", "derivative"
_WORKED_OUT = (Task.COMPUTE, Task.SIMPLIFY, Task.EXPAND, Task.FACTOR)


def check_answer(request: CheckAnswer) -> Finding:
    """Find out whether an answer answers the problem. Never raises for what is written in it."""
    goal = request.goal
    try:
        if _is_differentiated_at_values(goal):
            return unsupported()
        known = (*goal.given, *goal.values)
        scope = read_scope(known, goal.unknowns, goal.target, (request.answer,))
        finding = _judge_for(goal)(goal, request.answer, scope)
        return _in_form(finding, goal, request.answer, scope)
    except Unread as error:
        return unread(error.reason)
    except TooCostly:
        return too_costly()
    except (Unresolved, NotNumeric, Undefined, *SYMBOLIC_ERRORS):
        return unknown()


def _is_differentiated_at_values(goal: Goal) -> bool:
    """Whether what is to be differentiated or integrated stands beside equations: its letters are not free."""
    if goal.task not in (Task.DIFFERENTIATE, Task.INTEGRATE):
        return False
    return bool(goal.values or (goal.given and goal.target is not None))


def _valued_letters(goal: Goal) -> set[Any]:
    """The letters that the problem names numbers for."""
    equations = read_scope(goal.values, (), None).equations
    return set().union(*(equation.letters for equation in equations))


def _in_form(finding: Finding, goal: Goal, answer: Latex, scope: Scope) -> Finding:
    """A finding that is open where the value is right but is not worked out as the problem asks."""
    if finding.truth is Truth.UNKNOWN or _judge_for(goal) is check_solutions:
        return finding
    node = read_statements(answer, scope.names).items[0].sides[-1]
    if not isinstance(node, sympy.Expr):
        return finding
    if node.free_symbols & _valued_letters(goal):
        return unknown()
    if finding.truth is not Truth.HOLDS:
        return finding
    target = read(goal.target, scope.names) if goal.target is not None else None
    texts = re.split(r"=|\\approx(?![A-Za-z])", answer)[-1], goal.target or ""
    in_form = is_worked_out(goal.task, (node, texts[0]), (target, texts[1]))
    return finding if in_form and not scope.defines(node) else unknown(FORM)


def _judge_for(goal: Goal) -> Callable[[Goal, Latex, Scope], Finding]:
    if goal.task is Task.SOLVE:
        return check_solutions if goal.target is None else _check_worked_out
    if goal.task is Task.DIFFERENTIATE:
        return _check_derivative
    if goal.task is Task.INTEGRATE:
        return _check_integral
    return _check_worked_out if goal.task in _WORKED_OUT else _no_test


def _no_test(_goal: Goal, _answer: Latex, _scope: Scope) -> Finding:
    return unsupported()


def _answered(answer: Latex, scope: Scope) -> tuple[Any, str]:
    """The answer's expression, without a name in front of it, and how it was written.

    Raises:
        Unread: It is not one expression.
    """
    statements = read_statements(answer, scope.names)
    if len(statements.items) != 1:
        raise Unread("not one expression", 0)
    sides = statements.items[0].sides
    if any(relation not in ("=", "approx") for relation in statements.items[0].relations):
        raise Unread("not one expression", 0)
    node = sides[-1]
    if not isinstance(node, sympy.Expr):
        raise Unread("not one expression", 0)
    check_cost(node)
    return resolve(opaque(scope.expand(node))), answer.rpartition("=")[2]


def _target(goal: Goal, scope: Scope) -> Any | None:
    """The problem's own expression; without one, what a single function or equation defines."""
    if goal.target is not None:
        return scope.target
    if len(scope.functions) == 1 and not scope.equations:
        return next(iter(scope.functions.values())).body
    if len(scope.equations) == 1 and isinstance(scope.equations[0].left, sympy.Symbol):
        return scope.equations[0].right
    return None


def _check_worked_out(goal: Goal, answer: Latex, scope: Scope) -> Finding:
    if goal.target is None or scope.target is None:
        return unsupported()
    target = scope.target
    if indefinite(target):
        return _check_integral(goal, answer, scope)
    check_cost(target)
    target = resolve(opaque(target))
    statements = read_statements(answer, scope.names).items
    if any(isinstance(statement.sides[-1], Alternatives) for statement in statements):
        return unsupported()
    node, text = _answered(answer, scope)
    if not target.free_symbols | node.free_symbols:
        finding = _check_number(target, node, text, goal.target)
        # A bare number in the problem is a datum: it can confirm an answer that rewrites it, not refute one.
        is_datum = finding.truth is Truth.FAILS and _is_bare_number(target)
        return unsupported() if is_datum else finding
    link = Link(left=target, relation="=", right=node, right_text=text, is_free=True)
    finding = check_equality(link, scope)
    return holds(RECOMPUTATION, RECOMPUTED) if finding.truth is Truth.HOLDS else finding


def _check_number(target: Any, node: Any, text: str, target_text: str) -> Finding:
    link = Link(
        left=target, relation="=", right=node, left_text=target_text, right_text=text.strip()
    )
    return closed_equality(link)


def _is_bare_number(node: Any) -> bool:
    r"""Whether nothing is left to work out: `2024`, `\frac45`, `40^\circ`, `3+\sqrt3`."""
    if isinstance(node, sympy.Add):
        parts = node.args
        return any(not p.is_Rational for p in parts) and all(map(_is_bare_number, parts))
    if isinstance(node, sympy.Mul):
        numbers = [part for part in node.args if part.is_Integer and abs(part) != 1]
        return len(numbers) <= 1 and all(map(_is_bare_factor, node.args))
    return _is_bare_factor(node)


def _is_bare_factor(node: Any) -> bool:
    if isinstance(node, sympy.Pow):
        return bool(node.base.is_Integer and node.exp.is_Rational and abs(node.exp) <= 1)
    return bool(node.is_Rational or node is sympy.pi or _is_part_of_a_turn(node))


def _is_part_of_a_turn(node: Any) -> bool:
    """Whether a factor is what the reader makes of a degree sign."""
    return bool(isinstance(node, sympy.Mul) and sympy.pi in node.args)


def _check_derivative(goal: Goal, answer: Latex, scope: Scope) -> Finding:
    function = _target(goal, scope)
    if function is None:
        return unsupported()
    function = resolve(opaque(function))
    node, _ = _answered(answer, scope)
    if goal.target is not None and _is_worked_out(goal.target, scope.names):
        return _compared(function, node, DIFFERS, RECOMPUTED)
    variable = _variable(function, goal.unknowns)
    if variable is None:
        return unsupported()
    return _compared(differentiate(function, variable), node, DIFFERS, RECOMPUTED)


def _is_worked_out(target: Latex, names: Names) -> bool:
    """Whether the target is already written as a derivative."""
    node = read(target, names)
    return isinstance(node, sympy.Basic) and bool(node.has(sympy.Derivative, sympy.Subs))


def _variable(function: Any, unknowns: Sequence[str]) -> Any | None:
    letters = function.free_symbols
    named = [letter for letter in letters if letter.name in unknowns]
    usual = [letter for letter in letters if letter.name in ("x", "t")]
    for group in (named, list(letters), usual):
        if len(group) == 1:
            return group[0]
    return None


def _check_integral(goal: Goal, answer: Latex, scope: Scope) -> Finding:
    function = _target(goal, scope)
    if function is None:
        return unsupported()
    integrals = indefinite(function)
    if not integrals and function.has(sympy.Integral):
        return _check_number(resolve(function), *_answered(answer, scope), goal.target or "")
    node, _ = _answered(answer, scope)
    if integrals:
        if len(integrals) != 1 or function != integrals[0] or len(function.limits) != 1:
            return unsupported()
        variable, function = function.limits[0][0], function.function
    else:
        variable = _variable(function, goal.unknowns)
    if variable is None:
        return unsupported()
    has_constant = bool(node.free_symbols - function.free_symbols - {variable})
    message = DIFFERENTIATED if has_constant else NO_CONSTANT
    return _compared(function, differentiate(node, variable), NOT_DIFFERENTIATED, message)


def _compared(left: Any, right: Any, differs: str, same: str) -> Finding:
    """Compare what must be identical."""
    compared = compare_everywhere(left, right)
    method = DERIVATIVE if differs is NOT_DIFFERENTIATED else RECOMPUTATION
    if compared.agreement is Agreement.ALWAYS:
        return holds(method, same)
    if compared.agreement is Agreement.UNKNOWN:
        return unknown()
    judge = fails if compared.agreement is Agreement.NEVER else sometimes
    link = Link(left=left, relation="=", right=right)
    shown = values_at(link, compared.point)
    return judge(method, differs, point=show_point(compared.point), left=shown[0], right=shown[1])
