"""Answers to *solve*: every value is put back, then compared with the full solution set."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

import mpmath
import sympy

from tutor.cas.calculus import SYMBOLIC_ERRORS
from tutor.cas.findings import fails, holds, show, show_point, sometimes, unknown, unsupported
from tutor.cas.guard import check_cost
from tutor.cas.identity import COUNTERS, Agreement, compare_everywhere
from tutor.cas.links import Link
from tutor.cas.numeric import Gap, compile_node
from tutor.cas.numeric_build import Undefined
from tutor.cas.orders import TOO_FEW, compare_sets
from tutor.cas.parse import Alternatives, Statement, Statements, read_statements
from tutor.cas.requests import Finding, Truth
from tutor.cas.roots import polynomial
from tutor.cas.scope import ORDERS, Order, Scope, orders_of
from tutor.cas.solving import Equation, Solutions, satisfies
from tutor.cas.values import EXCLUDED, EXTRANEOUS, NOT_DEFINED, assignments, check_values
from tutor.core.problem import Goal, Latex
from tutor.support.i18n import N_

COMPLETE = N_("Every value satisfies the problem, and there is no other solution.")
MISSING = N_("{point} is a solution as well; it is missing.")
NOT_ALL_KNOWN = N_("Every value satisfies the problem; whether there are others is not known.")
NO_SOLUTION = N_("There is no real solution.")
HAS_SOLUTION = N_("{point} is a solution.")
UNNAMED_LETTERS = N_("It gives no value for {letters}.")
SUBSTITUTION = "substitution"
_NONE = re.compile(
    r"no\s*(?:real\s*)?(?:solutions?|roots?)|does\s*not\s*exist|none|无(?:实数?)?[解根]|(?:不存在|空集)",
    re.IGNORECASE,
)
_TRIGONOMETRIC = (sympy.sin, sympy.cos, sympy.tan, sympy.cot, sympy.sec, sympy.csc)
_PERIODS = range(-40, 41)
_SEARCHED = 15
MAX_STEPS = 6

Candidate = dict[Any, Any]


def check_solutions(goal: Goal, answer: Latex, scope: Scope) -> Finding:
    """Judge the answer to a problem that is solved for its unknowns.

    Raises:
        Unread: The answer cannot be read.
    """
    if _NONE.search(answer):
        return _check_none(scope)
    statements = read_statements(answer, scope.names)
    if not scope.equations and scope.assumptions:
        return _check_region(statements, scope)
    if not scope.equations:
        return unsupported()
    candidates = _candidates(statements, _unknowns(goal, scope))
    if candidates == []:
        return _check_none(scope)
    if candidates is None:
        return unsupported()
    finding = _check_candidates(candidates, scope)
    if finding.truth is not Truth.HOLDS:
        return finding
    named = _named(candidates)
    unnamed = sorted(show(one) for one in _wanted(goal, scope) if one.name not in named)
    if unnamed:
        return sometimes(SUBSTITUTION, UNNAMED_LETTERS, letters=", ".join(unnamed))
    return finding


def _unknowns(goal: Goal, scope: Scope) -> tuple[Any, ...]:
    if goal.unknowns:
        return tuple(sympy.Symbol(name) for name in goal.unknowns)
    letters = set().union(*(equation.letters for equation in scope.equations))
    return tuple(sorted(letters, key=str))


def _wanted(goal: Goal, scope: Scope) -> set[Any]:
    """The letters that an answer has to give: the unknowns, else all whose value is not given outright."""
    letters = set(_unknowns(goal, scope))
    return (
        letters
        if goal.unknowns
        else letters - {e.left for e in scope.equations if e.right.is_number}
    )


def _named(candidates: list[Candidate]) -> set[str]:
    """The letters that every candidate gives, and those it gives them by; `x_1` gives `x`."""
    found = [set(one).union(*(v.free_symbols for v in one.values())) for one in candidates]
    return set.intersection(
        *({n for letter in one for n in (letter.name, letter.name.split("_")[0])} for one in found)
    )


def _candidates(statements: Statements, unknowns: tuple[Any, ...]) -> list[Candidate] | None:
    """The values that an answer gives, one mapping for each solution; `None` if it gives something else."""
    found: list[Candidate] = []
    for statement in statements.items:
        part = _given_values(statement, unknowns)
        if part is None:
            return None
        joins = (
            statements.joined != "or"
            and len(part) == 1
            and found
            and not set(part[0]) & set(found[-1])
        )
        if joins:
            found[-1] |= part[0]
        else:
            found += part
    for candidate in found:
        for value in candidate.values():
            check_cost(value)
    return found


def _given_values(statement: Statement, unknowns: tuple[Any, ...]) -> list[Candidate] | None:
    r"""What one statement of an answer gives; a side condition `k \in Z` gives nothing."""
    sides, relations = statement.sides, statement.relations
    if relations == ("in",) and sides[1] in (sympy.Integers, sympy.Naturals, sympy.Naturals0):
        return []
    if relations in (("=",), ("in",)):
        right = (
            Alternatives(tuple(sides[1].args))
            if isinstance(sides[1], sympy.FiniteSet)
            else sides[1]
        )
        return assignments(Link(left=sides[0], relation="=", right=right))
    if relations:
        return None
    return _bare_values(sides[0], unknowns)


def _bare_values(side: Any, unknowns: tuple[Any, ...]) -> list[Candidate] | None:
    if side is sympy.EmptySet:
        return []
    if isinstance(side, Alternatives | sympy.FiniteSet):
        items = side.items if isinstance(side, Alternatives) else side.args
        parts = [_bare_values(item, unknowns) for item in items]
        return None if None in parts else [one for part in parts if part for one in part]
    values = tuple(side) if isinstance(side, sympy.Tuple) else (side,)
    if len(values) != len(unknowns) or not all(isinstance(value, sympy.Expr) for value in values):
        return None
    return [dict(zip(unknowns, values, strict=True))]


def _check_none(scope: Scope) -> Finding:
    if not scope.equations:
        return _check_empty_region(scope)
    solutions = _solve(scope)
    if solutions is None or solutions.free:
        return unknown()
    if solutions.real:
        return fails(SUBSTITUTION, HAS_SOLUTION, point=show_point(solutions.real[0]))
    return holds(SUBSTITUTION, NO_SOLUTION) if _is_complete(scope, solutions) else unknown()


def _check_empty_region(scope: Scope) -> Finding:
    letters = set().union(*(order.letters for order in scope.assumptions))
    if len(letters) != 1:
        return unsupported()
    letter = next(iter(letters))
    nowhere = Order(left=letter, relation="<", right=letter)
    finding = compare_sets([[nowhere]], [scope.assumptions])
    if finding.truth is Truth.HOLDS_SOMETIMES:
        return fails(
            finding.method, TOO_FEW, **(finding.evidence.details if finding.evidence else {})
        )
    return finding


def _solve(scope: Scope) -> Solutions | None:
    try:
        return scope.solutions(scope.equations)
    except Undefined:
        return None


def _check_candidates(candidates: list[Candidate], scope: Scope) -> Finding:
    finding = check_values(candidates, scope)
    if finding.evidence is not None and finding.evidence.message in (
        EXCLUDED,
        EXTRANEOUS,
        NOT_DEFINED,
    ):
        return fails(SUBSTITUTION, finding.evidence.message, **finding.evidence.details)
    if finding.truth is not Truth.HOLDS:
        return unsupported() if finding.truth is Truth.NEW else finding
    if any(value.free_symbols for candidate in candidates for value in candidate.values()):
        return _check_family(candidates, scope)
    return _check_complete(candidates, scope)


def _check_complete(candidates: list[Candidate], scope: Scope) -> Finding:
    solutions = _solve(scope)
    if solutions is None or solutions.free:
        return unknown(NOT_ALL_KNOWN)
    wanted = solutions.real or solutions.points
    missing = [point for point in wanted if not any(_is_at(c, point) for c in candidates)]
    if missing:
        return sometimes(SUBSTITUTION, MISSING, point=show_point(missing[0]))
    if _is_complete(scope, solutions):
        return holds(SUBSTITUTION, COMPLETE)
    return unknown(NOT_ALL_KNOWN)


def _is_at(candidate: Candidate, point: dict[Any, Any]) -> bool:
    """Whether a candidate may be this solution; where that is unclear it is taken to be."""
    return all(
        satisfies(Equation(left=letter, right=value), point) is not Gap.DIFFERENT
        for letter, value in candidate.items()
        if letter in point
    )


def _is_complete(scope: Scope, solutions: Solutions) -> bool:
    """Whether no solution is missing: polynomials, an exact solution set, or a short range that was scanned."""
    if solutions.complete:
        return True
    letters = set().union(*(equation.letters for equation in scope.equations))
    if len(letters) != 1 or len(scope.equations) != 1:
        return False
    difference = scope.equations[0].difference
    if difference.has(*_TRIGONOMETRIC):
        return _is_bounded(scope, next(iter(letters)))
    return _count_exact(difference, next(iter(letters)), scope) == len(solutions.real)


def _is_bounded(scope: Scope, letter: Any) -> bool:
    far = [{letter: mpmath.mpf(x)} for x in (-19, 19)]
    return not any(scope.allows(point) for point in far)


def _count_exact(difference: Any, letter: Any, scope: Scope) -> int | None:
    """How many real solutions SymPy finds, when it finds them all."""
    try:
        found = sympy.solveset(difference.doit(), letter, sympy.Reals)
    except SYMBOLIC_ERRORS:
        return None
    if found is sympy.EmptySet:
        return 0
    if not isinstance(found, sympy.FiniteSet):
        return None
    return sum(scope.allows({letter: mpmath.mpf(sympy.N(root, 60))}) for root in found)


def _check_family(candidates: list[Candidate], scope: Scope) -> Finding:
    """Judge whether formulas in the parameters, or families over the whole numbers, give all solutions."""
    letters = set().union(*(v.free_symbols for c in candidates for v in c.values()))
    if all(letter.name in COUNTERS for letter in letters):
        return _check_periodic(candidates, scope, letters)
    unknown_letter = next(iter(candidates[0]))
    polys = [polynomial(e.difference, sorted(e.letters, key=str)) for e in scope.equations]
    degree = polys[0].degree(unknown_letter) if len(polys) == 1 and polys[0] is not None else None
    if degree is not None and degree == len(candidates) and len(candidates[0]) == 1:
        return holds(SUBSTITUTION, COMPLETE)
    return unknown(NOT_ALL_KNOWN)


def _check_periodic(candidates: list[Candidate], scope: Scope, counters: set[Any]) -> Finding:
    solutions = _solve(scope)
    if solutions is None or len(counters) != 1 or len(candidates[0]) != 1:
        return unknown(NOT_ALL_KNOWN)
    letter, counter = next(iter(candidates[0])), next(iter(counters))
    near = [point for point in solutions.real if letter in point and abs(point[letter]) < _SEARCHED]
    members = list(_members([c[letter] for c in candidates], counter))
    for point in near:
        if not any(abs(point[letter] - member) < 1e-15 for member in members):
            return sometimes(SUBSTITUTION, MISSING, point=show_point(point))
    repeats = _has_common_period(scope, letter, [c[letter] for c in candidates], counter)
    is_complete = len(near) >= 2 and repeats
    return holds(SUBSTITUTION, COMPLETE) if is_complete else unknown(NOT_ALL_KNOWN)


def _has_common_period(scope: Scope, letter: Any, formulas: Sequence[Any], counter: Any) -> bool:
    """Whether the equation and the formulas repeat with one step that is short enough to have been searched."""
    if len(scope.equations) != 1:
        return False
    difference = scope.equations[0].difference
    own = [_step(formula, counter, 2) / 2 for formula in formulas]
    if any(step.has(counter) or step == 0 for step in own):
        return False
    longest = max(own, key=abs)
    for step in (longest * count for count in range(1, MAX_STEPS + 1)):
        is_common = all((step / one).is_Integer for one in own)
        if is_common and abs(step) <= _SEARCHED and _repeats(difference, letter, step):
            return True
    return False


def _repeats(difference: Any, letter: Any, step: Any) -> bool:
    """Whether an expression is the same, but for its sign, a step further."""
    moved = difference.xreplace({letter: letter + step})
    return _agree(difference, moved) or _agree(difference, -moved)


def _step(formula: Any, counter: Any, count: int) -> Any:
    return sympy.simplify(formula.xreplace({counter: counter + count}) - formula)


def _agree(left: Any, right: Any) -> bool:
    return compare_everywhere(left, right).agreement is Agreement.ALWAYS


def _members(formulas: Sequence[Any], counter: Any) -> Iterator[Any]:
    for formula in formulas:
        compiled = compile_node(formula)
        for k in _PERIODS:
            yield compiled.at({counter: sympy.Integer(k)}, 30)


def _check_region(statements: Statements, scope: Scope) -> Finding:
    letters = set().union(*(order.letters for order in scope.assumptions))
    if len(letters) != 1:
        return unsupported()
    letter = next(iter(letters))
    systems = _systems(statements, letter)
    if systems is None or any(order.letters != {letter} for system in systems for order in system):
        return unsupported()
    if not systems:
        return _check_empty_region(scope)
    finding = compare_sets(systems, [scope.assumptions])
    if finding.truth is Truth.HOLDS_SOMETIMES and finding.evidence is not None:
        judge = sometimes if finding.evidence.message == TOO_FEW else fails
        return judge(finding.method, finding.evidence.message, **finding.evidence.details)
    return finding


def _systems(statements: Statements, letter: Any) -> list[list[Order]] | None:
    """The systems of inequalities whose union an answer describes."""
    parts = [_region(statement, letter) for statement in statements.items]
    known = [part for part in parts if part is not None]
    if len(known) < len(parts) or not known:
        return None
    if statements.joined == "and" and all(len(part) == 1 for part in known):
        return [[order for part in known for order in part[0]]]
    return [system for part in known for system in part]


def _region(statement: Statement, letter: Any) -> list[list[Order]] | None:
    sides, relations = statement.sides, statement.relations
    if not relations or (relations == ("in",) and sides[0] == letter):
        return region_of_set(sides[-1], letter)
    if not all(relation in (*ORDERS, "!=", "=") for relation in relations):
        return None
    if not all(isinstance(side, sympy.Expr) for side in sides):
        return None
    triples = zip(sides, relations, sides[1:], strict=False)
    return [[Order(left=a, relation=relation, right=b) for a, relation, b in triples]]


def region_of_set(container: Any, letter: Any) -> list[list[Order]] | None:
    """The systems of inequalities whose union is a set; `None` for a set of another kind."""
    if container is sympy.EmptySet:
        return []
    if container is sympy.Reals:
        return [[Order(left=letter, relation="=", right=letter)]]
    if isinstance(container, sympy.Interval):
        return [orders_of(letter, container)]
    if isinstance(container, sympy.FiniteSet):
        return [[Order(left=letter, relation="=", right=item)] for item in container.args]
    if isinstance(container, sympy.Tuple) and len(container) == 2:
        return [orders_of(letter, sympy.Interval.open(*container))]
    if isinstance(container, sympy.Complement):
        return _without_points(container, letter)
    if not isinstance(container, sympy.Union):
        return None
    parts = [region_of_set(part, letter) for part in container.args]
    return None if None in parts else [system for part in parts if part for system in part]


def _without_points(container: Any, letter: Any) -> list[list[Order]] | None:
    whole, points = (container.args[0], container.args[1])
    systems = region_of_set(whole, letter)
    if systems is None or not isinstance(points, sympy.FiniteSet):
        return None
    holes = [Order(left=letter, relation="!=", right=point) for point in points.args]
    return [[*system, *holes] for system in systems]
