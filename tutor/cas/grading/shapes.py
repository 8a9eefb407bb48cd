"""What an answer says: values, values with names, a region of the line, or equations."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

import sympy
from sympy.core.function import AppliedUndef

from tutor.cas.guard import check_cost
from tutor.cas.parse import Alternatives, Names, Statement, Statements, Unread, read_statements
from tutor.cas.scope import ORDERS, Order
from tutor.cas.solving import Equation

_NUMBERED = re.compile(r"([xyztkrm]|lambda)_\{?\d\}?")
_BASE = tuple(sympy.Symbol(f"iota_{place}") for place in (1, 2, 3))
"""What the vectors of the base are called."""
_RELATIONAL = (*ORDERS, "!=", "in")


@dataclass(frozen=True, slots=True, kw_only=True)
class Values:
    """One value or several.

    Attributes:
        items: The values: expressions, tuples, matrices, sets.
        text: The answer as it was written.
        name: What they are values of, if it was said.
        is_set: Whether they stood in braces.
    """

    items: tuple[Any, ...]
    text: str
    name: Any | None = None
    is_set: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Records:
    """Values of several names that belong together, one mapping a solution."""

    items: tuple[dict[Any, Any], ...]
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Region:
    """A set of numbers.

    Attributes:
        parts: Sets, and systems of inequalities.
        letter: The letter of the inequalities, if there are any.
        joined: How the parts stand together: `and`, `or`, or a comma.
    """

    parts: tuple[Any, ...]
    text: str
    letter: Any | None = None
    joined: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Equations:
    """Equations that are not solved for a name."""

    items: tuple[Equation, ...]
    text: str


Shape = Values | Records | Region | Equations


def read_shape(text: str, names: Names) -> Shape:
    """What an answer says.

    Raises:
        Unread: It cannot be read.
        TooCostly: It is too costly to compute with.
    """
    statements = read_statements(text, names)
    for statement in statements.items:
        for side in statement.sides:
            _check_side(side)
    if any(_is_relational(statement) for statement in statements.items):
        return _region(statements, text)
    named = [_named(statement) for statement in statements.items]
    if all(name is None and value is not None for name, value in named):
        return _bare([value for _, value in named], text)
    if any(value is None for _, value in named):
        return _equations(statements, text)
    return _merged(named, statements, text)


def _check_side(side: Any) -> None:
    for item in side.items if isinstance(side, Alternatives) else (side,):
        check_cost(item)


def _is_relational(statement: Statement) -> bool:
    if any(relation in _RELATIONAL for relation in statement.relations):
        return True
    return not statement.relations and _is_region(statement.sides[0])


def _is_region(node: Any) -> bool:
    return isinstance(node, sympy.Set) and not isinstance(node, sympy.FiniteSet)


def _region(statements: Statements, text: str) -> Region:
    parts: list[Any] = []
    letters: set[Any] = set()
    for statement in statements.items:
        sides, relations = statement.sides, statement.relations
        if not relations or relations == ("in",):
            parts.append(sides[-1])
            letters |= {sides[0]} if relations else set()
            continue
        if any(relation not in (*ORDERS, "!=", "=") for relation in relations):
            raise Unread("a relation of another kind", 0)
        for one in _orders(sides, relations):
            letters |= set().union(*(order.letters for order in one))
            parts.append(one)
    letter = next(iter(letters)) if len(letters) == 1 else None
    if len(letters) > 1 and not all(isinstance(part, tuple) for part in parts):
        raise Unread("sets of different letters", 0)
    return Region(parts=tuple(parts), text=text, letter=letter, joined=statements.joined or "")


def _orders(sides: Any, relations: Any) -> list[tuple[Order, ...]]:
    r"""The systems that a chain stands for: one, or with `x \ne 1, 2` one for each value."""
    if any(isinstance(side, Alternatives) for side in sides):
        if relations not in (("!=",), ("=",)) or isinstance(sides[0], Alternatives):
            raise Unread("an inequality with several values", 0)
        return [
            (Order(left=sides[0], relation=relations[0], right=item),) for item in sides[1].items
        ]
    if not all(isinstance(side, sympy.Expr) for side in sides):
        raise Unread("an inequality of things that are not numbers", 0)
    triples = zip(sides, relations, sides[1:], strict=False)
    return [tuple(Order(left=a, relation=relation, right=b) for a, relation, b in triples)]


def _named(statement: Statement) -> tuple[Any | None, Any | None]:
    """The name and the value that a statement gives; no value where it is an equation."""
    sides, relations = statement.sides, statement.relations
    if not relations:
        return None, sides[0]
    if any(relation not in ("=", "approx") for relation in relations):
        raise Unread("a relation of another kind", 0)
    first, last = _root_name(sides[:-1]) or sides[0], sides[-1]
    if _names(first, last):
        return first, last
    if len(sides) == 2 and _names(last, first):
        return last, first
    return None, None


def _root_name(sides: Any) -> Any | None:
    """`x` for the names of `x_1 = x_2 = 2`."""
    found = [_NUMBERED.fullmatch(getattr(side, "name", "")) for side in sides]
    bases = {match[1] for match in found if match}
    return (
        sympy.Symbol(next(iter(bases)))
        if len(found) > 1 and all(found) and len(bases) == 1
        else None
    )


def _names(name: Any, value: Any) -> bool:
    """Whether something is a name for a value: a letter, a call of a function, a pair of letters."""
    if isinstance(name, sympy.Tuple):
        is_name = all(isinstance(part, sympy.Symbol) for part in name)
    elif isinstance(name, sympy.Derivative):
        is_name = name.has(AppliedUndef)
    else:
        is_name = isinstance(name, sympy.Symbol | AppliedUndef)
    items = value.items if isinstance(value, Alternatives) else (value,)
    letters = name.free_symbols if isinstance(name, sympy.Symbol | sympy.Tuple) else {name}
    return is_name and not any(item.has(*letters) for item in items)


def _bare(values: list[Any], text: str) -> Values:
    items = [_as_vector(item) for value in values for item in _members(value)]
    is_set = len(values) == 1 and isinstance(values[0], sympy.FiniteSet)
    return Values(items=tuple(items), text=text, is_set=is_set)


def _as_vector(node: Any) -> Any:
    """The components of a sum of base vectors; anything else as it is."""
    found = [node.has(letter) for letter in _BASE]
    if not any(found) or not isinstance(node, sympy.Expr):
        return node
    parts = [node.diff(letter) for letter in (_BASE if found[2] else _BASE[:2])]
    rest = node.xreplace({letter: sympy.Integer(0) for letter in _BASE})
    if rest != 0 or any(part.has(*_BASE) for part in parts):
        raise Unread("a vector and a number", 0)
    return sympy.Tuple(*parts)


def _members(value: Any) -> tuple[Any, ...]:
    if isinstance(value, Alternatives):
        return value.items
    return tuple(value.args) if isinstance(value, sympy.FiniteSet) else (value,)


def _equations(statements: Statements, text: str) -> Equations:
    found = []
    for statement in statements.items:
        if len(statement.sides) != 2 or not all(isinstance(s, sympy.Expr) for s in statement.sides):
            raise Unread("not one equation", 0)
        found.append(Equation(left=statement.sides[0], right=statement.sides[1]))
    return Equations(items=tuple(found), text=text)


def _merged(
    named: list[tuple[Any | None, Any | None]], statements: Statements, text: str
) -> Values | Records:
    if any(name is None for name, _ in named):
        raise Unread("values with and without a name", 0)
    named = _without_numbers(named)
    names = list(dict.fromkeys(name for name, _ in named))
    if len(names) == 1 and not isinstance(names[0], sympy.Tuple):
        items = tuple(item for _, value in named for item in _members(value))
        is_set = len(named) == 1 and isinstance(named[0][1], sympy.FiniteSet)
        return Values(items=items, text=text, name=names[0], is_set=is_set)
    records: list[dict[Any, Any]] = []
    for name, value in named:
        records = _with(records, name, value)
    return Records(items=tuple(records), text=text)


def _without_numbers(named: list[tuple[Any, Any]]) -> list[tuple[Any, Any]]:
    """`x_1 = 1, x_2 = 2` are two values of `x`."""
    found = [_NUMBERED.fullmatch(getattr(name, "name", "")) for name, _ in named]
    bases = {match[1] for match in found if match}
    if len(found) < 2 or len(bases) != 1 or not all(found):
        return named
    return [(sympy.Symbol(next(iter(bases))), value) for _, value in named]


def _with(records: list[dict[Any, Any]], name: Any, value: Any) -> list[dict[Any, Any]]:
    """Records with one more value, in a record of its own where the name has one already."""
    items = _members(value)
    if len(items) > 1:
        if len(records) > 1:
            raise Unread("which values belong together is not clear", 0)
        base = records[0] if records else {}
        return [base | _assigned(name, item) for item in items]
    more = _assigned(name, items[0])
    if not records or set(more) & set(records[-1]):
        return [*records, more]
    return [*records[:-1], records[-1] | more]


def _assigned(name: Any, value: Any) -> dict[Any, Any]:
    if not isinstance(name, sympy.Tuple):
        return {name: value}
    if not isinstance(value, sympy.Tuple) or len(value) != len(name):
        raise Unread("a point of another dimension", 0)
    return dict(zip(name, value, strict=True))
