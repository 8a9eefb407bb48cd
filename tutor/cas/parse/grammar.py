"""The whole language: which word is read by which function."""

from __future__ import annotations

import sympy

from tutor.cas.parse import atoms, calculus, environments, functions, marks, names, sets
from tutor.cas.parse.reader import Grammar, Handler, Mark, Reader
from tutor.cas.parse.scope import GREEK_NAMES
from tutor.cas.parse.tables import FUNCTIONS, LOGARITHMS
from tutor.cas.parse.tokens import Token
from tutor.cas.parse.values import Node


def _value(node: sympy.Basic) -> Handler:
    def read(reader: Reader, token: Token) -> Node:
        del reader, token
        return node

    return read


def _read_brace(reader: Reader, token: Token) -> Node:
    cases = environments.read_brace_with_cases(reader, token)
    return sets.read_braces(reader, token) if cases is None else cases


COMMANDS: dict[str, Handler] = {
    "(": atoms.read_bracket,
    "[": atoms.read_bracket,
    "{": atoms.read_group,
    r"\{": _read_brace,
    "|": atoms.read_bars,
    "|(": atoms.read_bars,
    "left.": atoms.read_left_open,
    r"\int": calculus.read_integral,
    r"\sum": calculus.read_sum,
    r"\prod": calculus.read_sum,
    r"\lim": calculus.read_limit,
    r"\overline": names.read_overline,
    "^": names.read_count_before,
    "_": names.read_count_before,
    r"\angle": names.read_angle,
    r"\langle": atoms.read_angled,
    r"\underbrace": atoms.read_braced_under,
    r"\overbrace": atoms.read_braced_under,
    r"\det": functions.read_determinant,
    r"\mathbb": sets.read_number_set,
    r"\frac": calculus.read_fraction,
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
    r"\pi": names.read_pi,
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
COMMANDS.update({f"\\{name}": names.read_greek for name in GREEK_NAMES})
COMMANDS.update(
    {f"\\{mark}": names.read_vector for mark in ("vec", "mathbf", "hat", "widehat", "tilde")}
)

MARKS: dict[str, Mark] = {
    "!": marks.mark_factorial,
    "'": marks.mark_prime,
    "|": marks.mark_evaluated,
    r"\%": marks.mark_percent,
    r"\degree": marks.mark_degrees,
}

GRAMMAR = Grammar(
    number=atoms.read_number,
    letter=names.read_letter,
    environment=environments.read_environment,
    commands=COMMANDS,
    marks=MARKS,
)
