"""What is known where a claim stands: functions, equations and assumptions, read from the context's LaTeX."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

import sympy
from sympy.core.function import AppliedUndef

from tutor.cas.calculus import SYMBOLIC_ERRORS, Unresolved, resolve
from tutor.cas.differentials import has_differential
from tutor.cas.guard import TooCostly, check_cost
from tutor.cas.naming import names_in
from tutor.cas.numeric import NUMERIC_ERRORS, compile_node
from tutor.cas.numeric_build import NotNumeric, Undefined
from tutor.cas.parse import Names, Statement, Statements, Unread, read, read_statements
from tutor.cas.solving import Equation, Solutions, solve_system
from tutor.core.problem import Latex

ORDERS = ("<", "<=", ">", ">=")
MAX_NESTING = 6
CONSTANT_NAMES = frozenset("fgh")
"""Functions that may be given as a constant."""
VALUE_NAMES = frozenset("DE")
"""Means and variances: what is said of one variable says nothing about another one."""
UNNAMED = "_"
"""The reader's name for the letter that a prime differentiates by."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Definition:
    """A function: `f(parameters) = body`."""

    parameters: tuple[Any, ...]
    body: Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """`left relation right` with one of `= != < <= > >=`."""

    left: Any
    relation: str
    right: Any

    @property
    def letters(self) -> frozenset[Any]:
        """Its free letters."""
        return frozenset(self.left.free_symbols | self.right.free_symbols)

    def at(self, point: dict[Any, Any]) -> bool | None:
        """Whether it is true at a point; `None` where it has no value there."""
        try:
            left, right = (compile_node(side).at(point, 40) for side in (self.left, self.right))
            return _ordered(left, right, self.relation)
        except (*NUMERIC_ERRORS, Undefined, NotNumeric):
            return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """The facts that hold.

    Attributes:
        functions: Defined functions, by name.
        equations: Equations between expressions.
        assumptions: Inequalities.
        unknowns: Names of the letters to be solved for.
        target: The expression that is asked about.
        is_partial: Whether something in the context could not be used.
        names: Which letters are functions.
        tied: Letters that conditions not listed here tie to others.
        is_source: Whether it is nothing but the formula that a claim was made from.
    """

    functions: dict[str, Definition] = field(default_factory=dict)
    equations: tuple[Equation, ...] = ()
    assumptions: tuple[Order, ...] = ()
    unknowns: tuple[str, ...] = ()
    target: Any | None = None
    is_partial: bool = False
    names: Names = field(default_factory=Names)
    tied: frozenset[str] = frozenset()
    is_source: bool = False

    def expand(self, node: Any) -> Any:
        """`node` with defined functions replaced by what they stand for.

        Raises:
            Unresolved: A letter given in one letter is taken as a function of another one.
        """
        node = self._named_variable(node)
        if any(self._is_by_another_letter(call) for call in node.atoms(AppliedUndef)):
            raise Unresolved("another letter")
        for _ in range(MAX_NESTING):
            calls = [c for c in node.atoms(AppliedUndef) if self._definition(c) is not None]
            if not calls:
                return node
            node = node.xreplace({call: self._called(call) for call in calls})
            check_cost(node)
        raise TooCostly("nesting")

    def defines(self, node: Any) -> bool:
        """Whether `node` calls a function that is defined here."""
        return any(self._definition(call) is not None for call in node.atoms(AppliedUndef))

    def related(self, letters: Iterable[Any]) -> tuple[Equation, ...]:
        """The equations that say something about `letters`, directly or through others."""
        reached, chosen = set(letters), []
        rest = list(self.equations)
        while found := [equation for equation in rest if equation.letters & reached]:
            chosen += found
            rest = [equation for equation in rest if equation not in found]
            reached |= set().union(*(equation.letters for equation in found))
        return tuple(equation for equation in self.equations if equation in chosen)

    def solutions(self, equations: Sequence[Equation]) -> Solutions:
        """The solutions of some of the equations that respect the assumptions."""
        found = solve_system(equations, self.unknowns)
        points = tuple(p for p in found.points if self.allows(p))
        return Solutions(points=points, complete=found.complete, free=found.free)

    def allows(self, point: dict[Any, Any]) -> bool:
        """Whether a point breaks no assumption that can be tested there."""
        known = set(point)
        return all(
            order.at(point) is not False for order in self.assumptions if order.letters <= known
        )

    def _named_variable(self, node: Any) -> Any:
        """`y'` does not say by what it differentiates: by the one letter that `y` is given in."""
        for call in node.atoms(AppliedUndef):
            found = self._definition(call)
            if found is not None and str(call.args[0]) == UNNAMED:
                node = node.xreplace({call.args[0]: found.parameters[0]})
        return node

    def _definition(self, call: Any) -> Definition | None:
        name = call.func.__name__
        found = self.functions.get(name) or _given_outright(name, self.equations)
        return found if found and len(found.parameters) == len(call.args) else None

    def _is_by_another_letter(self, call: Any) -> bool:
        r"""Whether it is like the `y` of `\frac{dy}{du}` where `y` is given in `x`."""
        found = self._definition(call)
        if found is None or call.func.__name__ in self.functions:
            return False
        argument = call.args[0]
        return isinstance(argument, sympy.Symbol) and argument != found.parameters[0]

    def _called(self, call: Any) -> Any:
        found = self._definition(call)
        if found is None:
            return call
        return found.body.xreplace(dict(zip(found.parameters, call.args, strict=True)))


def _given_outright(name: str, equations: Sequence[Equation]) -> Definition | None:
    """A letter that an equation gives by one other letter, as a function of that letter."""
    for equation in equations:
        if isinstance(equation.left, sympy.Symbol) and equation.left.name == name:
            letters = equation.right.free_symbols
            if len(letters) == 1 and equation.left not in letters:
                return Definition(parameters=tuple(letters), body=equation.right)
    return None


def opaque(node: Any) -> Any:
    """`node` with calls of unknown functions, and their derivatives, replaced by letters of that name."""
    calls = {d for d in node.atoms(sympy.Derivative, sympy.Subs) if d.has(AppliedUndef)}
    node = node.xreplace({call: sympy.Symbol(sympy.latex(call)) for call in calls})
    return node.xreplace({c: sympy.Symbol(sympy.latex(c)) for c in node.atoms(AppliedUndef)})


def read_scope(
    given: Sequence[Latex],
    unknowns: Sequence[str],
    target: Latex | None,
    beside: Sequence[str] = (),
) -> Scope:
    """Read a context; what cannot be read is left out and marks the scope as partial.

    Args:
        given: Relations that hold.
        unknowns: Names of the letters to be solved for.
        target: The expression that is asked about.
        beside: Formulas that are read in this context, which may show what letters are functions.
    """
    builder = _Builder(names_in((*given, *beside, target or "")))
    for latex in given:
        builder.add(latex)
    return Scope(
        functions=builder.functions,
        equations=tuple(builder.equations),
        assumptions=tuple(builder.assumptions),
        unknowns=tuple(unknowns),
        target=_read_target(target, builder),
        is_partial=builder.is_partial,
        names=builder.names,
    )


def _read_target(target: Latex | None, builder: _Builder) -> Any | None:
    if target is None:
        return None
    try:
        node = read(target, builder.names)
        if not isinstance(node, sympy.Expr):
            return None
        check_cost(node)
        return Scope(functions=builder.functions).expand(node)
    except (Unread, TooCostly):
        return None


class _Builder:
    """Collects facts one formula at a time."""

    def __init__(self, names: Names) -> None:
        self.names = names
        self.functions: dict[str, Definition] = {}
        self.equations: list[Equation] = []
        self.assumptions: list[Order] = []
        self.is_partial = False

    def add(self, latex: Latex) -> None:
        """Take in one formula."""
        try:
            statements = read_statements(latex, self.names)
            if any(has_differential(latex, one.sides) for one in statements.items):
                self.is_partial = True
            else:
                self._add_all(statements)
        except (Unread, TooCostly, Unresolved, *SYMBOLIC_ERRORS):
            self.is_partial = True

    def _add_all(self, statements: Statements) -> None:
        if statements.joined == "or":
            self.is_partial = True
            return
        for statement in statements.items:
            self._add_statement(statement)

    def _add_statement(self, statement: Statement) -> None:
        pairs = zip(statement.sides, statement.relations, statement.sides[1:], strict=False)
        for left, relation, right in pairs:
            if isinstance(left, sympy.Expr) and isinstance(right, sympy.Expr):
                check_cost(left)
                check_cost(right)
                self._add_relation(left, relation, right)
            elif relation == "in" and isinstance(left, sympy.Symbol):
                self._add_membership(left, right)
            elif isinstance(left, sympy.Tuple) and isinstance(right, sympy.Tuple):
                for a, b in zip(left, right, strict=False):
                    self._add_relation(a, relation, b)
            else:
                self.is_partial = True

    def _add_relation(self, left: Any, relation: str, right: Any) -> None:
        scope = Scope(functions=self.functions)
        if relation == "=" and self._add_definition(left, right, scope):
            return
        left, right = (opaque(resolve(scope.expand(side))) for side in (left, right))
        if relation == "=":
            self.equations.append(Equation(left=left, right=right))
        elif relation in (*ORDERS, "!="):
            self.assumptions.append(Order(left=left, relation=relation, right=right))
        else:
            self.is_partial = True

    def _add_definition(self, left: Any, right: Any, scope: Scope) -> bool:
        if not isinstance(left, AppliedUndef) or scope.defines(left):
            return False
        plain = all(isinstance(a, sympy.Symbol) for a in left.args)
        if not plain or len(set(left.args)) < len(left.args) or right.has(left.func):
            return False
        if not _is_a_rule(left, right):
            return False
        body = scope.expand(right)
        self.functions[left.func.__name__] = Definition(parameters=tuple(left.args), body=body)
        return True

    def _add_membership(self, letter: Any, container: Any) -> None:
        if not isinstance(container, sympy.Interval):
            self.is_partial |= container not in (sympy.Reals, sympy.Integers, sympy.Complexes)
            return
        self.assumptions += orders_of(letter, container)


def _is_a_rule(call: Any, right: Any) -> bool:
    """Whether `call = right` says what the function is everywhere, not its value for one argument.

    `P(A)=0.3` is one value, and so is `D(X)=3E(X)`; `f(x)=3` is taken as a constant function.
    """
    if call.func.__name__ in VALUE_NAMES or any(str(one)[:1].isupper() for one in call.args):
        right = opaque(right)
    if right.free_symbols & set(call.args):
        return True
    arguments = {str(letter) for letter in call.args}
    return call.func.__name__ in CONSTANT_NAMES and arguments <= {"x", "t"}


def orders_of(letter: Any, interval: Any) -> list[Order]:
    """The inequalities that say that a letter is in an interval."""
    low = Order(left=letter, relation=">" if interval.left_open else ">=", right=interval.start)
    high = Order(left=letter, relation="<" if interval.right_open else "<=", right=interval.end)
    return [order for order in (low, high) if order.right not in (sympy.oo, -sympy.oo)]


def _ordered(left: Any, right: Any, relation: str) -> bool:
    close = abs(left - right) <= (abs(left) + abs(right)) * 1e-25 or abs(left - right) < 1e-28
    if relation in ("=", "!="):
        return close is (relation == "=")
    if close:
        return relation in ("<=", ">=")
    return bool(left < right if relation in ("<", "<=") else left > right)
