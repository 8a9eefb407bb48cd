"""Meanings as text (SymPy's `srepr`), read back without evaluating, and compared by value."""

from __future__ import annotations

import ast
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, TypeAlias

import sympy

from tutor.cas.parse.applied import derivative_at

Part: TypeAlias = "Mapping[str, str]"
"""One statement: `op`, `lhs` and `rhs`, or `expr` alone; each side as SymPy's `srepr` writes it."""

_POINTS = 3
_DIGITS = 30
_TOLERANCE = sympy.Float("1e-11")
_STRUCTURED = (sympy.Integral, sympy.Sum, sympy.Product, sympy.Limit, sympy.Derivative, sympy.Subs)
_UNEVALUATED = {"Add": sympy.Add, "Mul": sympy.Mul, "Pow": sympy.Pow}
_NAMES = (
    "Abs And ceiling Complement conjugate Contains Derivative Determinant Equality FiniteSet"
    " floor GreaterThan ImmutableDenseMatrix Integer Integral Intersection Interval LessThan"
    " Limit Max Min Mod Not Or Piecewise Product Rational StrictGreaterThan StrictLessThan"
    " Subs Sum Tuple Union Unequality acos acosh acot acsc arg asec asin asinh atan atanh"
    " binomial cos cosh cot coth csc exp factorial im log re sec sin sinh tan tanh transpose"
    " Transpose MatMul MatAdd MatPow Indexed IndexedBase Heaviside"
)
_HEADS: dict[str, Callable[..., Any]] = {name: getattr(sympy, name) for name in _NAMES.split()}
_CONSTANTS = {
    "pi": sympy.pi,
    "E": sympy.E,
    "I": sympy.I,
    "oo": sympy.oo,
    "zoo": sympy.zoo,
    "nan": sympy.nan,
    "true": sympy.true,
    "false": sympy.false,
    "EmptySet": sympy.EmptySet,
    "Reals": sympy.Reals,
    "Integers": sympy.Integers,
    "Naturals": sympy.Naturals,
    "Naturals0": sympy.Naturals0,
    "Rationals": sympy.Rationals,
    "Complexes": sympy.Complexes,
}


class UnknownMeaning(ValueError):
    """The text has something that is no value we know."""


def read_meaning(text: str) -> Any:
    """What `srepr` wrote, from an allow-list of constructors.

    Raises:
        UnknownMeaning: It holds something else.
    """
    try:
        return _node(ast.parse(text, mode="eval").body)
    except (SyntaxError, TypeError, AttributeError, RecursionError) as error:
        raise UnknownMeaning(text[:60]) from error


def _node(node: ast.expr) -> Any:
    match node:
        case ast.Constant(value=str() | int() as value):
            return value
        case ast.Name(id=name) if name in _CONSTANTS:
            return _CONSTANTS[name]
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            return -_node(operand)
        case ast.List(elts=items):
            return [_node(item) for item in items]
        case ast.Tuple(elts=items):
            return sympy.Tuple(*(_node(item) for item in items))
        case ast.Call(func=func, args=arguments):
            return _call(func, [_node(argument) for argument in arguments])
        case _:
            raise UnknownMeaning(ast.dump(node)[:60])


def _call(head: ast.expr, arguments: list[Any]) -> Any:
    if isinstance(head, ast.Call):
        return _node(head)(*arguments)
    name = head.id if isinstance(head, ast.Name) else ""
    if name in ("Symbol", "Dummy", "Str"):
        return sympy.Symbol(_plain_name(str(arguments[0])))
    if name == "Function":
        return _function(str(arguments[0]).replace("{", "").replace("}", ""))
    if name == "Float":
        return sympy.Rational(str(arguments[0]))
    if name == "ExprCondPair":
        return sympy.Tuple(*arguments)
    if name in _UNEVALUATED:
        return _UNEVALUATED[name](*arguments, evaluate=False)
    if name in _HEADS:
        return _HEADS[name](*arguments)
    raise UnknownMeaning(name)


def _function(name: str) -> Callable[..., Any]:
    """An undefined function; primes at its name make it a derivative, as our reader writes one."""
    plain = name.rstrip("'")
    order = len(name) - len(plain)
    return (
        (lambda argument: derivative_at(plain, argument, order)) if order else sympy.Function(name)
    )


def _plain_name(name: str) -> str:
    if name.startswith("overline{"):
        return name[9:-1] + "bar"
    return name.removeprefix("vec").replace("{", "").replace("}", "").removeprefix("\\")


def same_meaning(left: Sequence[Part], right: Sequence[Part]) -> bool:
    """Whether two readings state the same, in any order; statements such as `5 = 5` do not count.

    Raises:
        UnknownMeaning: A side has something that is no value we know.
    """
    ours, theirs = _statements(left), _statements(right)
    return _covered(ours, theirs) and _covered(theirs, ours)


def _covered(some: list[_Statement], others: list[_Statement]) -> bool:
    return all(
        any(_same_statement(one, other) for other in others) or _says_nothing(one) for one in some
    )


def _says_nothing(statement: _Statement) -> bool:
    return statement[0] == "Eq" and same_value(*statement[1])


_Statement: TypeAlias = "tuple[str, tuple[Any, ...]]"


def _statements(parts: Sequence[Part]) -> list[_Statement]:
    return [one for part in parts for one in _flat(part)]


def _flat(part: Part) -> Iterator[_Statement]:
    if "op" in part:
        op, sides = part["op"], (read_meaning(part["lhs"]), read_meaning(part["rhs"]))
        if op in ("Gt", "Ge"):
            op, sides = {"Gt": "Lt", "Ge": "Le"}[op], sides[::-1]
        yield op, sides
        return
    value = read_meaning(part["expr"])
    if isinstance(value, sympy.FiniteSet | sympy.Tuple):
        for item in value.args:
            yield "", (item,)
    elif isinstance(value, sympy.Contains):
        yield "In", value.args
    else:
        yield "", (value,)


def _same_statement(one: _Statement, other: _Statement) -> bool:
    if one[0] != other[0]:
        return False
    return all(same_value(*pair) for pair in zip(one[1], other[1], strict=True))


def same_value(left: Any, right: Any) -> bool:
    """Whether two values are equal: numbers at a few points, everything else part by part."""
    if isinstance(left, list | tuple | sympy.Tuple | sympy.Set):
        return _same_collection(left, right)
    left, right = _worked_out(left), _worked_out(right)
    if isinstance(left, sympy.MatrixBase) or isinstance(right, sympy.MatrixBase):
        return _same_matrix(left, right)
    if not (isinstance(left, sympy.Expr) and isinstance(right, sympy.Expr)):
        return bool(left == right)
    if left.is_infinite or right.is_infinite:
        return bool(left == right)
    known: list[tuple[Any, sympy.Symbol]] = []
    return all(
        _close(_number(left, point, known), _number(right, point, known))
        for point in range(_POINTS)
    )


def _same_collection(left: Any, right: Any) -> bool:
    if type(left).__name__ != type(right).__name__:
        return False
    if isinstance(left, sympy.Set) and not left.args:
        return bool(left == right)
    ours = list(left.args) if isinstance(left, sympy.Basic) else list(left)
    theirs = list(right.args) if isinstance(right, sympy.Basic) else list(right)
    if len(ours) != len(theirs):
        return False
    if isinstance(left, sympy.FiniteSet | sympy.Union | sympy.Intersection):
        return all(any(same_value(one, other) for other in theirs) for one in ours)
    return all(same_value(one, other) for one, other in zip(ours, theirs, strict=True))


def _same_matrix(left: Any, right: Any) -> bool:
    if getattr(left, "shape", None) != getattr(right, "shape", None):
        return False
    return all(same_value(one, other) for one, other in zip(left, right, strict=True))


def _worked_out(node: Any) -> Any:
    if isinstance(node, sympy.MatrixExpr | sympy.Determinant):
        return node.doit()
    return node


def _close(left: sympy.Expr, right: sympy.Expr) -> bool:
    if left == right:
        return True
    if not (left.is_number and right.is_number):
        return False
    size = max(abs(left), abs(right), _TOLERANCE)
    return bool(abs(left - right) <= _TOLERANCE * size)


def _number(node: sympy.Expr, point: int, known: list[tuple[Any, sympy.Symbol]]) -> sympy.Expr:
    """The value where each letter and function has a value of its own, made from its name."""
    plain = _without_functions(node, known)
    letters = {symbol: _value_of(symbol.name, point) for symbol in plain.free_symbols}
    return sympy.N(plain.subs(letters).doit(), _DIGITS)


def _value_of(name: str, point: int) -> sympy.Rational:
    return sympy.Rational(300 + zlib.crc32(f"{name} {point}".encode()) % 1400, 1009)


def _without_functions(node: Any, known: list[tuple[Any, sympy.Symbol]]) -> Any:
    if isinstance(node, sympy.Derivative) and _is_primed_letter(node):
        return sympy.Symbol(_primed_name(node))
    if isinstance(node, _STRUCTURED):
        return _name_for(node, known)
    if isinstance(node, sympy.Indexed):
        return sympy.Symbol("_".join(str(one) for one in node.args))
    if not node.args:
        return node
    arguments = [_without_functions(one, known) for one in node.args]
    if isinstance(node, sympy.core.function.AppliedUndef):
        return _stand_in(node.func.__name__, arguments)
    return node.func(*arguments)


def _is_primed_letter(node: sympy.Derivative) -> bool:
    """Whether it is `y'`, with no argument written."""
    order = node.variable_count[0][1]
    is_function = isinstance(node.expr, sympy.core.function.AppliedUndef)
    return is_function and node.variables[0].name == "_" and order.is_Integer


def _primed_name(node: sympy.Derivative) -> str:
    order = int(node.variable_count[0][1])
    name: str = node.expr.func.__name__
    return name + ("'" * order if order < 4 else f"^({order})")


def _stand_in(name: str, arguments: Sequence[sympy.Expr]) -> sympy.Expr:
    """A smooth function that depends on the name."""
    phase = sum((n + 1) * argument for n, argument in enumerate(arguments, start=1))
    return sympy.exp(phase / 7) * _value_of(name, 0) + _value_of(name, 1) * phase**2


def _name_for(node: Any, known: list[tuple[Any, sympy.Symbol]]) -> sympy.Symbol:
    for other, symbol in known:
        if type(other) is type(node) and _same_structure(other, node):
            return symbol
    symbol = sympy.Symbol(f"structured{len(known)}")
    known.append((node, symbol))
    return symbol


def _same_structure(left: Any, right: Any) -> bool:
    if len(left.args) != len(right.args):
        return False
    return all(
        same_value(_plain_letters(one), _plain_letters(other))
        for one, other in zip(left.args, right.args, strict=True)
    )


def _plain_letters(node: Any) -> Any:
    """`y` for `y(x)`: under `d/dx` some write the one and some the other."""
    if not isinstance(node, sympy.Expr):
        return node
    applied = node.atoms(sympy.core.function.AppliedUndef)
    letters = [one for one in applied if len(one.args) == 1 and one.args[0].is_Symbol]
    return node.xreplace({one: sympy.Symbol(one.func.__name__) for one in letters})
