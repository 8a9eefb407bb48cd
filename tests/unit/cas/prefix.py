"""Expected values in prefix form, `(+ x 1)`, as SymPy; and when two nodes mean the same."""

from __future__ import annotations

import re
from collections.abc import Callable

import sympy

from tutor.cas.parse import Alternatives, Node

CONSTANTS = {
    "pi": sympy.pi,
    "E": sympy.E,
    "I": sympy.I,
    "oo": sympy.oo,
    "true": sympy.true,
    "empty": sympy.EmptySet,
    "reals": sympy.Reals,
    "integers": sympy.Integers,
    "naturals": sympy.Naturals,
    "naturals0": sympy.Naturals0,
}


def matrix(width: sympy.Integer, *entries: sympy.Expr) -> sympy.Basic:
    return sympy.ImmutableMatrix(len(entries) // int(width), int(width), entries)


def cases(*parts: sympy.Basic) -> sympy.Basic:
    return sympy.Piecewise(*zip(parts[::2], parts[1::2], strict=True))


def interval(start: sympy.Expr, end: sympy.Expr, ends: sympy.Symbol) -> sympy.Basic:
    return sympy.Interval(start, end, ends.name[0] == "(", ends.name[1] == ")")


HEADS: dict[str, Callable[..., Node]] = {
    "+": sympy.Add,
    "-": lambda a, b: a - b,
    "*": sympy.Mul,
    "/": lambda a, b: a / b,
    "^": sympy.Pow,
    "<": sympy.Lt,
    ">": sympy.Gt,
    ">=": sympy.Ge,
    "abs": sympy.Abs,
    "max": sympy.Max,
    "D": lambda *args: (
        sympy.Derivative(args[0], args[1:]) if len(args) > 1 else sympy.Function("D")(*args)
    ),
    "at": sympy.Subs,
    "int": lambda body, *limits: sympy.Integral(body, limits if len(limits) > 1 else limits[0]),
    "sum": lambda body, *limits: sympy.Sum(body, limits),
    "prod": lambda body, *limits: sympy.Product(body, limits),
    "lim": lambda body, name, point, way: sympy.Limit(body, name, point, way.name),
    "index": lambda name, place: sympy.Indexed(sympy.IndexedBase(name.name), place),
    "matrix": matrix,
    "det": sympy.Determinant,
    "transpose": sympy.Transpose,
    "cases": cases,
    "interval": interval,
    "union": sympy.Union,
    "set": sympy.FiniteSet,
    "tuple": sympy.Tuple,
    "either": lambda *items: Alternatives(items),
    "vector": lambda name: sympy.Symbol(name.name, commutative=False),
}
HEADS |= {
    "sin": sympy.sin,
    "cos": sympy.cos,
    "tan": sympy.tan,
    "asin": sympy.asin,
    "atan": sympy.atan,
    "log": sympy.log,
    "exp": sympy.exp,
    "factorial": sympy.factorial,
    "binomial": sympy.binomial,
    "ceiling": sympy.ceiling,
    "floor": sympy.floor,
    "acos": sympy.acos,
    "cot": sympy.cot,
    "sec": sympy.sec,
    "sinh": sympy.sinh,
    "mod": sympy.Mod,
    "min": sympy.Min,
    "<=": sympy.Le,
    "complement": sympy.Complement,
    "conjugate": sympy.conjugate,
}


def side(text: str) -> Node:
    words = re.findall(r"\[\)|\(\]|\(\)|\[\]|\(|\)|[^\s()]+", text)
    node = _node(words)
    assert not words
    return node


def _node(words: list[str]) -> Node:
    word = words.pop(0)
    if word != "(":
        return _atom(word)
    head = words.pop(0)
    arguments = []
    while words[0] != ")":
        arguments.append(_node(words))
    words.pop(0)
    return HEADS.get(head, sympy.Function(head))(*arguments)


def _atom(word: str) -> Node:
    if re.fullmatch(r"-?\d+(/\d+)?", word):
        return sympy.Rational(word)
    return CONSTANTS.get(word, sympy.Symbol(word))


def same(left: Node, right: Node) -> bool:
    if isinstance(left, Alternatives) or isinstance(right, Alternatives):
        return (
            isinstance(left, Alternatives)
            and isinstance(right, Alternatives)
            and len(left.items) == len(right.items)
            and all(same(one, two) for one, two in zip(left.items, right.items, strict=True))
        )
    found, expected = evaluated(left), evaluated(right)
    if found == expected:
        return True
    return (
        isinstance(found, sympy.Expr) and found.is_number and sympy.simplify(found - expected) == 0
    )


def evaluated(node: sympy.Basic) -> sympy.Basic:
    if not node.args:
        return node
    if isinstance(node, sympy.MatrixBase):
        return node.applyfunc(evaluated)
    return node.func(*(evaluated(one) for one in node.args))
