"""The whole language: which word is read by which function."""

from __future__ import annotations

from typing import NoReturn

import sympy

from tutor.cas.parse import atoms, functions
from tutor.cas.parse.errors import Unread
from tutor.cas.parse.reader import Grammar, Handler, Reader
from tutor.cas.parse.scope import GREEK_NAMES
from tutor.cas.parse.tables import FUNCTIONS, LOGARITHMS
from tutor.cas.parse.tokens import Token
from tutor.cas.parse.values import Node


def _value(node: sympy.Basic) -> Handler:
    def read(reader: Reader, token: Token) -> Node:
        del reader, token
        return node

    return read


def _minutes(reader: Reader, token: Token) -> Node:
    del token
    return reader.held


def _unread_environment(reader: Reader, token: Token) -> NoReturn:
    del reader
    raise Unread(f"the environment '{token.text}'", token.position)


def _prime(reader: Reader, token: Token) -> NoReturn:
    reader.fail("a prime", token)


COMMANDS: dict[str, Handler] = {
    "'": _prime,
    r"\degree": _minutes,
    "(": atoms.read_bracket,
    "[": atoms.read_bracket,
    "{": atoms.read_group,
    r"\{": atoms.read_braces,
    "|": atoms.read_bars,
    "|(": atoms.read_bars,
    r"\mathbb": atoms.read_number_set,
    r"\frac": functions.read_fraction,
    r"\sqrt": functions.read_root,
    r"\surd": functions.read_plain_root,
    r"\binom": functions.read_binomial,
    r"\exp": functions.read_exponential,
    r"\lfloor": functions.read_rounded,
    r"\lceil": functions.read_rounded,
    r"\max": functions.read_several,
    r"\min": functions.read_several,
    r"\gcd": functions.read_several,
    r"\lcm": functions.read_several,
    r"\pi": _value(sympy.pi),
    r"\infty": _value(sympy.oo),
    r"\imaginary": _value(sympy.I),
    r"\emptyset": _value(sympy.EmptySet),
    r"\Reals": _value(sympy.Reals),
    r"\Integers": _value(sympy.Integers),
    r"\Naturals": _value(sympy.Naturals0),
    r"\Rationals": _value(sympy.Rationals),
    r"\Complexes": _value(sympy.Complexes),
}
COMMANDS.update({f"\\{name}": functions.read_function for name in FUNCTIONS})
COMMANDS.update({f"\\{name}": functions.read_logarithm for name in LOGARITHMS})
COMMANDS.update({f"\\{name}": atoms.read_greek for name in GREEK_NAMES})
COMMANDS.update(
    {
        f"\\{mark}": atoms.read_decorated
        for mark in ("vec", "mathbf", "overline", "hat", "widehat", "tilde")
    }
)

GRAMMAR = Grammar(
    number=atoms.read_number,
    letter=atoms.read_letter,
    environment=_unread_environment,
    commands=COMMANDS,
)
