"""Functions that have no definition here, their derivatives and inverses.

`f(x)` is an applied undefined function. `f'(x)` is `Derivative(f(x), x)`; at anything but a symbol,
`f'(2)` is `Subs(Derivative(f(_), _), _, 2)` with the symbol named `_`. A prime without an argument,
`y'`, is `Derivative(y(_), _)`: of what `y` is a function is not said. `f^{-1}(x)` is the undefined
function named `f^{-1}`.
"""

from __future__ import annotations

import sympy

from tutor.cas.parse import build
from tutor.cas.parse.reader import Reader
from tutor.cas.parse.tokens import Kind, Token
from tutor.cas.parse.values import Node

ARGUMENT = sympy.Symbol("_")
"""Stands for the argument of a function where none is written."""

_MOST_PRIMES = 6
_RANDOM = frozenset({"E", "D", "P"})


def take_primes(reader: Reader) -> sympy.Expr | None:
    r"""Takes `'`, `''`, `^{\prime}`, and `^{(n)}` as the order of a derivative, if there is one."""
    if reader.at("'", r"\second"):
        return sympy.Integer(_run_of_primes(reader))
    if not reader.at("^"):
        return None
    first, second = reader.peek(1), reader.peek(2)
    if first.text == "'":
        reader.take()
        return sympy.Integer(_run_of_primes(reader))
    if first.text == "{" and second.text in ("'", r"\second"):
        reader.index += 2
        order = _run_of_primes(reader)
        reader.expect("}")
        return sympy.Integer(order)
    return _bracketed_order(reader) if first.text == "{" and second.text == "(" else None


def _run_of_primes(reader: Reader) -> int:
    order = 0
    while reader.at("'", r"\second"):
        order += 1 if reader.take().text == "'" else 2
    if order > _MOST_PRIMES:
        reader.fail("too many primes")
    return order


def _bracketed_order(reader: Reader) -> sympy.Expr | None:
    inside, closing, end = reader.peek(3), reader.peek(4), reader.peek(5)
    if (closing.text, end.text) != (")", "}"):
        return None
    if not (inside.text.isdigit() or inside.text in ("n", "k", "m")):
        return None
    reader.index += 6
    return sympy.Integer(int(inside.text)) if inside.text.isdigit() else sympy.Symbol(inside.text)


def is_applied(reader: Reader, letter: str) -> bool:
    """Whether the letter just taken is a function here, by name or by what its bracket holds."""
    if letter in reader.scope.functions:
        return reader.at("(", "[") or _at_inverse(reader) or _at_power_of_function(reader)
    if letter in reader.scope.primed and reader.at("(") and _at_plain_argument(reader):
        return True
    return reader.at("(") and letter in _RANDOM and _holds_random_variables(reader, letter)


def _at_inverse(reader: Reader) -> bool:
    texts = [reader.peek(offset).text for offset in range(5)]
    return texts == ["^", "{", "-", "1", "}"]


def _at_power_of_function(reader: Reader) -> bool:
    return reader.at("^") and reader.peek(reader.after_argument(1)).text == "("


def _holds_random_variables(reader: Reader, letter: str) -> bool:
    names = []
    for offset in range(1, 40):
        token = reader.peek(offset)
        if token.text == ")" or token.kind is Kind.STOP:
            break
        if token.kind is Kind.LETTER:
            names.append(token.text)
    return bool(names) and all(name.isupper() and name != letter for name in names)


def applied_or_product(reader: Reader, token: Token, name: str) -> Node:
    """The function of that name at the arguments that follow."""
    if _at_inverse(reader):
        reader.index += 5
        if not reader.at("(", "["):
            reader.fail("an inverse function without an argument", token)
        return sympy.Function(f"{name}^{{-1}}")(*_arguments(reader))
    if reader.at("^"):
        reader.fail("a power of a function or the function of a function", token)
    return sympy.Function(name)(*_arguments(reader))


def _arguments(reader: Reader) -> list[sympy.Expr]:
    opening = reader.take()
    with reader.bracketed():
        found = [build.scalar(reader.sum(), opening.position)]
        while reader.accept(","):
            found.append(build.scalar(reader.sum(), opening.position))
    reader.expect(")" if opening.text == "(" else "]")
    return found


def primed_letter(reader: Reader, letter: str, name: str, order: sympy.Expr) -> Node:
    """A derivative of the function of that name, at an argument if one follows."""
    is_function = letter in reader.scope.functions
    if reader.at("(") and (is_function or _at_plain_argument(reader)):
        opening = reader.peek()
        arguments = _arguments(reader)
        if len(arguments) > 1:
            reader.fail("a prime on a function of several letters", opening)
        return derivative_at(name, arguments[0], order)
    if is_function and reader.at("["):
        reader.fail("a derivative before a square bracket")
    return derivative_at(name, ARGUMENT, order)


def _at_plain_argument(reader: Reader) -> bool:
    inside = reader.peek(1)
    return inside.kind in (Kind.LETTER, Kind.NUMBER) and reader.peek(2).text == ")"


def derivative_at(name: str, argument: sympy.Expr, order: sympy.Expr) -> sympy.Expr:
    """The derivative of an undefined function of one variable."""
    function = sympy.Function(name)
    if argument.is_Symbol:
        return sympy.Derivative(function(argument), (argument, order))
    general = sympy.Derivative(function(ARGUMENT), (ARGUMENT, order))
    return sympy.Subs(general, ARGUMENT, argument)
