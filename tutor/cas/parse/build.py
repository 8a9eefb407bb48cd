"""Unevaluated SymPy nodes from unevaluated SymPy nodes. Nothing here computes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise

import sympy
from sympy.matrices.expressions.matexpr import MatrixExpr
from sympy.matrices.matrixbase import MatrixBase

from tutor.cas.parse.errors import Unread
from tutor.cas.parse.values import Alternatives, Node

MINUS_ONE = sympy.Integer(-1)

SET_OPERATIONS = {
    r"\cup": sympy.Union,
    r"\cap": sympy.Intersection,
    r"\setminus": sympy.Complement,
}


def is_matrix(node: Node) -> bool:
    """Whether a node is a matrix."""
    return isinstance(node, MatrixBase | MatrixExpr)


def is_scalar(node: Node) -> bool:
    """Whether a node is a number or an expression that stands for one."""
    return isinstance(node, sympy.Expr) and not is_matrix(node)


def vectors_in(node: Node) -> bool:
    """Whether a node holds a vector; vectors are symbols that do not commute."""
    return isinstance(node, sympy.Expr) and not is_matrix(node) and node.is_commutative is False


def scalar(node: Node, position: int) -> sympy.Expr:
    """The node itself if it is a plain number.

    Raises:
        Unread: It is a matrix, a vector, a set, a tuple or several values.
    """
    if not is_scalar(node):
        raise Unread("a number is needed here", position)
    if vectors_in(node):
        raise Unread("a vector where a number is needed", position)
    return node


def spread(make: Callable[..., sympy.Basic], nodes: Sequence[Node], position: int) -> Node:
    """Applies a constructor, to each of the alternatives if one argument is several values.

    Raises:
        Unread: More than one argument is several values: which go together is not said.
    """
    several = [index for index, node in enumerate(nodes) if isinstance(node, Alternatives)]
    if not several:
        return make(*nodes)
    if len(several) > 1:
        raise Unread("more than one place with several values", position)
    place = several[0]
    items = nodes[place].items
    return Alternatives(tuple(make(*nodes[:place], item, *nodes[place + 1 :]) for item in items))


def add(terms: Sequence[Node], position: int) -> Node:
    """The sum of the terms, or the only term."""
    if len(terms) == 1:
        return terms[0]

    def make(*args: sympy.Basic) -> sympy.Basic:
        if all(is_matrix(arg) for arg in args):
            return _matrix_sum(args, position)
        if all(isinstance(arg, sympy.Tuple) for arg in args):
            return _componentwise(add, args, position)
        if not all(is_scalar(arg) for arg in args):
            raise Unread("a sum of things that are not numbers", position)
        return sympy.Add(*args, evaluate=False)

    return spread(make, terms, position)


def _componentwise(
    join: Callable[[Sequence[Node], int], Node], args: Sequence[sympy.Basic], position: int
) -> sympy.Tuple:
    if len({len(arg.args) for arg in args}) > 1:
        raise Unread("vectors of different length", position)
    return sympy.Tuple(*(join(items, position) for items in zip(*args, strict=True)))


def dot(left: sympy.Tuple, right: sympy.Tuple, position: int) -> Node:
    """The inner product of two vectors that are written in components."""
    products = _componentwise(multiply, [left, right], position)
    return add([scalar(item, position) for item in products], position)


def _matrix_sum(args: Sequence[sympy.Basic], position: int) -> sympy.Basic:
    if len({arg.shape for arg in args}) > 1:
        raise Unread("matrices of different size", position)
    return sympy.MatAdd(*args, evaluate=False)


def multiply(factors: Sequence[Node], position: int) -> Node:
    """The product of the factors, or the only factor."""
    if len(factors) == 1:
        return factors[0]

    def make(*args: sympy.Basic) -> sympy.Basic:
        if any(isinstance(arg, sympy.Tuple) for arg in args):
            return _multiple_of_vector(args, position)
        if not all(isinstance(arg, sympy.Expr) for arg in args):
            raise Unread("a product of things that are not numbers", position)
        has_matrix = any(is_matrix(arg) for arg in args)
        if sum(vectors_in(arg) for arg in args) + has_matrix > 1:
            raise Unread("a product of vectors", position)
        if has_matrix:
            return _matrix_product(args, position)
        return sympy.Mul(*args, evaluate=False)

    return spread(make, factors, position)


def _multiple_of_vector(args: Sequence[sympy.Basic], position: int) -> sympy.Tuple:
    """`2(1,3)`; a letter before the bracket may be the name of a point."""
    *numbers, vector = args
    plain = all(is_scalar(number) and not number.free_symbols for number in numbers)
    if not plain or not isinstance(vector, sympy.Tuple):
        raise Unread("a product of things that are not numbers", position)
    return sympy.Tuple(*(multiply([*numbers, scalar(item, position)], position) for item in vector))


def _matrix_product(args: Sequence[sympy.Basic], position: int) -> sympy.Basic:
    shapes = [arg.shape for arg in args if is_matrix(arg)]
    if any(left[1] != right[0] for left, right in pairwise(shapes)):
        raise Unread("matrices whose sizes do not fit", position)
    return sympy.MatMul(*args, evaluate=False)


def negate(node: Node, position: int) -> Node:
    """Minus the node."""

    def make(arg: sympy.Basic) -> sympy.Basic:
        if isinstance(arg, sympy.Tuple):
            return sympy.Tuple(*(negate(item, position) for item in arg))
        if not isinstance(arg, sympy.Expr):
            raise Unread("minus something that is not a number", position)
        if arg.is_Number:
            return -arg
        if is_matrix(arg):
            return sympy.MatMul(MINUS_ONE, arg, evaluate=False)
        return sympy.Mul(MINUS_ONE, arg, evaluate=False)

    return spread(make, [node], position)


def reciprocal(node: Node, position: int) -> Node:
    """One over the node."""
    return spread(
        lambda arg: sympy.Pow(scalar(arg, position), MINUS_ONE, evaluate=False), [node], position
    )


def divide(upper: Node, lower: Node, position: int) -> Node:
    """The quotient; of two integers, the exact fraction."""
    if isinstance(upper, sympy.Integer) and isinstance(lower, sympy.Integer) and lower != 0:
        return sympy.Rational(upper, lower)
    return multiply([upper, reciprocal(lower, position)], position)


def power(base: Node, exponent: Node, position: int) -> Node:
    """The base to the exponent."""

    def make(below: sympy.Basic, above: sympy.Basic) -> sympy.Basic:
        if is_matrix(below):
            return sympy.MatPow(below, scalar(above, position), evaluate=False)
        return sympy.Pow(scalar(below, position), scalar(above, position), evaluate=False)

    return spread(make, [base, exponent], position)


def apply(function: Callable[..., sympy.Basic], argument: Node, position: int) -> Node:
    """A SymPy function of one argument, unevaluated."""
    return spread(lambda arg: function(scalar(arg, position), evaluate=False), [argument], position)


def logarithm(argument: Node, base: Node | None, position: int) -> Node:
    """The logarithm to a base, natural if there is none."""
    upper = apply(sympy.log, argument, position)
    return upper if base is None else divide(upper, apply(sympy.log, base, position), position)


def both_signs(node: Node, position: int) -> Alternatives:
    """Plus and minus the node."""
    if isinstance(node, Alternatives):
        raise Unread("more than one place with several values", position)
    return Alternatives((node, negate(node, position)))


def interval(start: Node, end: Node, *, opens: tuple[bool, bool], position: int) -> sympy.Set:
    """An interval, without asking which end is the larger: that could take for ever."""
    left_open = opens[0] or start == -sympy.oo
    right_open = opens[1] or end == sympy.oo
    flags = (sympy.true if flag else sympy.false for flag in (left_open, right_open))
    return sympy.Basic.__new__(
        sympy.Interval, scalar(start, position), scalar(end, position), *flags
    )


def as_set(node: Node, position: int) -> sympy.Set:
    """A set; a pair is an open interval here.

    Raises:
        Unread: It is neither.
    """
    if isinstance(node, sympy.Tuple) and len(node) == 2:
        return interval(node[0], node[1], opens=(True, True), position=position)
    if not isinstance(node, sympy.Set):
        raise Unread("a set is needed here", position)
    return node


def combine_sets(operation: str, parts: Sequence[Node], position: int) -> sympy.Set:
    """The union, intersection or difference of sets."""
    sets = [as_set(part, position) for part in parts]
    return SET_OPERATIONS[operation](*sets, evaluate=False)


RELATIONALS: dict[str, Callable[..., sympy.Basic]] = {
    "=": sympy.Eq,
    "!=": sympy.Ne,
    "<": sympy.Lt,
    "<=": sympy.Le,
    ">": sympy.Gt,
    ">=": sympy.Ge,
}


def condition(sides: Sequence[Node], relations: Sequence[str], position: int) -> sympy.Basic:
    """A chain of relations as one condition."""
    links = []
    for left, relation, right in zip(sides, relations, sides[1:], strict=False):
        if relation == "in":
            links.append(sympy.Contains(left, as_set(right, position), evaluate=False))
        elif relation in RELATIONALS:
            ends = (scalar(left, position), scalar(right, position))
            links.append(RELATIONALS[relation](*ends, evaluate=False))
        else:
            raise Unread("a condition of an unknown kind", position)
    return links[0] if len(links) == 1 else sympy.And(*links, evaluate=False)
