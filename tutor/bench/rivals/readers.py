"""Readers of LaTeX, ours and those of others, each in a process that can be killed.

Started by name, with the protocol of `tutor.workers`: `read` takes a formula and gives its meaning as text,
`same` takes two meanings and says whether they are equal.
"""

from __future__ import annotations

import importlib
import os
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, cast

import sympy

from tutor.bench.rivals.meanings import UnknownMeaning, same_meaning
from tutor.cas.parse import Alternatives, Statement, Statements, Unread, read_statements
from tutor.support.codec import JsonValue
from tutor.workers.child import Call, limit_memory, serve

OURS = "ours"
EXTENDED = "latex2sympy2_extended"
ANTLR = "sympy antlr"
MEMORY_LIMIT = 3 * 1024**3
"""Bytes of address space."""
ANTLR_RUNTIME = Path(sys.prefix) / "rivals"
"""Where the older runtime lies that SymPy's reader needs; the newer one beside us shuts it out."""

_OPS = {"=": "Eq", "approx": "Eq", "!=": "Ne", "<": "Lt", "<=": "Le", ">": "Gt", ">=": "Ge"}
_RELATIONS = {
    sympy.Equality: "Eq",
    sympy.Unequality: "Ne",
    sympy.StrictLessThan: "Lt",
    sympy.LessThan: "Le",
    sympy.StrictGreaterThan: "Gt",
    sympy.GreaterThan: "Ge",
}

Parts = list[dict[str, str]]
Read = Callable[[str], object]


def _parts_of_ours(statements: Statements) -> Parts:
    return [part for one in statements.items for part in _statement(one)]


def _statement(statement: Statement) -> Iterator[dict[str, str]]:
    if not statement.relations:
        for item in _items(statement.sides[0]):
            yield {"expr": sympy.srepr(item)}
    links = zip(statement.sides, statement.relations, statement.sides[1:], strict=False)
    for left, relation, right in links:
        ours, theirs = _items(left), _items(right)
        many = max(len(ours), len(theirs))
        for index in range(many):
            sides = ours[index % len(ours)], theirs[index % len(theirs)]
            yield _link(sides[0], relation, sides[1], statement.modulus)


def _items(node: Any) -> tuple[Any, ...]:
    return node.items if isinstance(node, Alternatives) else (node,)


def _link(left: Any, relation: str, right: Any, modulus: Any) -> dict[str, str]:
    if relation == "equiv":
        left, right = sympy.Mod(left - right, modulus), sympy.Integer(0)
    if relation == "in":
        return {"expr": sympy.srepr(sympy.Contains(left, right, evaluate=False))}
    op = _OPS.get(relation, "Eq" if relation == "equiv" else relation)
    return {"op": op, "lhs": sympy.srepr(left), "rhs": sympy.srepr(right)}


def _parts_of_theirs(value: Any) -> Parts:
    if isinstance(value, list | tuple | sympy.And):
        items = value.args if isinstance(value, sympy.And) else value
        return [part for one in items for part in _parts_of_theirs(one)]
    if type(value) in _RELATIONS:
        sides = [sympy.srepr(side) for side in value.args]
        return [{"op": _RELATIONS[type(value)], "lhs": sides[0], "rhs": sides[1]}]
    return [{"expr": sympy.srepr(value)}]


def _ours() -> Read:
    return read_statements


def _extended() -> Read:
    module: Any = importlib.import_module("latex2sympy2_extended")
    letters = module.latex2sympy2.ConversionConfig(
        lowercase_symbols=False, interpret_contains_as_eq=False
    )
    spelling = module.NormalizationConfig(
        basic_latex=True,
        units=False,
        malformed_operators=True,
        nits=True,
        boxed="all",
        equations=False,
    )
    return lambda latex: module.latex2sympy(
        latex, normalization_config=spelling, conversion_config=letters
    )


def _antlr() -> Read:
    sys.path.insert(0, str(ANTLR_RUNTIME))
    read: Read = importlib.import_module("sympy.parsing.latex").parse_latex
    return read


_READERS: Mapping[str, Callable[[], Read]] = {OURS: _ours, EXTENDED: _extended, ANTLR: _antlr}


def _handlers(name: str) -> dict[str, Callable[[JsonValue, Call], JsonValue]]:
    reader = _READERS[name]()

    def read(body: JsonValue, _: Call) -> JsonValue:
        begin = time.perf_counter()
        found, refusal = _try(reader, str(body))
        seconds = time.perf_counter() - begin
        if refusal:
            return {"seconds": seconds, "refusal": refusal}
        try:
            parts = (
                _parts_of_ours(found) if isinstance(found, Statements) else _parts_of_theirs(found)
            )
        except (TypeError, ValueError, RecursionError) as error:
            return {"seconds": seconds, "refusal": f"no value: {error}"}
        return {"seconds": seconds, "parts": parts}

    return {"read": read, "same": _same}


def _try(reader: Read, latex: str) -> tuple[object, str]:
    try:
        return reader(latex), ""
    except Unread as refusal:
        return None, str(refusal)
    except Exception as error:  # noqa: BLE001 - others raise whatever they like
        return None, f"{type(error).__name__}: {str(error).strip().splitlines()[:1]}"


def _same(body: JsonValue, _: Call) -> JsonValue:
    left, right = cast("tuple[Parts, Parts]", body)
    try:
        return same_meaning(left, right)
    except UnknownMeaning:
        return None
    except (TypeError, ValueError, ArithmeticError, AttributeError, RecursionError):
        return None


def main() -> int:
    """Serve one reader, the one that the last argument names."""
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    sys.stdout = sys.stderr
    limit_memory(MEMORY_LIMIT)
    name = sys.argv[-1]
    return serve(name, _handlers(name), out)


if __name__ == "__main__":
    sys.exit(main())
