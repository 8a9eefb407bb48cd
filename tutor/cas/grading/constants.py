"""Answers with free constants: antiderivatives, general solutions of differential equations.

Two formulas `p + C_1 f_1 + C_2 f_2` and `q + D_1 g_1 + D_2 g_2` describe the same functions when the `f` and the `g`
span the same space and `p - q` lies in it. That is found out with the values at many points.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import mpmath
import sympy

from tutor.cas.calculus import differentiate
from tutor.cas.equality import values_at
from tutor.cas.grading.verdicts import (
    OPPOSITE,
    correct,
    differ_at,
    partly,
    undecided,
    wrong,
)
from tutor.cas.identity import Agreement, compare_everywhere, spread
from tutor.cas.links import Link
from tutor.cas.numeric import NUMERIC_ERRORS, compile_node
from tutor.cas.numeric_build import NotNumeric, Undefined
from tutor.cas.requests import AnswerForm
from tutor.core.grade import Graded
from tutor.support.i18n import N_

NO_CONSTANT = N_("The constant of integration is missing.")
FEWER = N_("It has fewer free constants than the expected answer.")
DERIVATIVES = N_("Its derivative is not the one of the expected answer.")
NARROWER = N_("It agrees only where it has a value.")
_CAPITAL = re.compile(r"C(?:_\{?\d\}?)?")
_OTHER = re.compile(r"[A-DcKk](?:_\{?\d\}?)?|C'")
_POINTS = 24
_DIGITS = 60
_TINY = mpmath.mpf(10) ** -25


@dataclass(frozen=True, slots=True)
class Constants:
    """The free constants of the expected answer and of the other one, and the letters of both that are none."""

    expected: tuple[Any, ...]
    given: tuple[Any, ...]
    letters: tuple[Any, ...]


def constants_in(expected: Any, given: Any, form: AnswerForm) -> Constants | None:
    """The free constants; `None` where the answers have none.

    A `C` is one where it is added to a formula or numbered; where the problem integrates, so is any other letter
    that is customary and does not stand in the problem.
    """
    own = _candidates(expected, form)
    others = expected.free_symbols - set(own)
    if own and not others:
        return None
    if not own and not form.is_integral:
        return None
    theirs = [
        letter
        for letter in _matching(given, _OTHER)
        if letter not in others and letter.name not in form.fixed
    ]
    if not own and not theirs:
        return None
    letters = (expected.free_symbols | given.free_symbols) - set(own) - set(theirs)
    return Constants(tuple(own), tuple(theirs), tuple(sorted(letters, key=str)))


def _candidates(node: Any, form: AnswerForm) -> list[Any]:
    if form.is_integral:
        return [letter for letter in _matching(node, _OTHER) if letter.name not in form.fixed]
    return [
        letter
        for letter in _matching(node, _CAPITAL)
        if letter.name != "C" or not node.diff(letter).free_symbols
    ]


def _matching(node: Any, pattern: re.Pattern[str]) -> list[Any]:
    return sorted((s for s in node.free_symbols if pattern.fullmatch(s.name)), key=str)


def compare_with_constants(pair: tuple[Any, Any], constants: Constants) -> Graded:
    """Compare two formulas up to their free constants."""
    expected, given = pair
    one, two = _linear(expected, constants.expected), _linear(given, constants.given)
    if one is None or two is None:
        return _same_names(pair)
    (base, ours), (other, theirs) = one, two
    if [one for one in ours if one.free_symbols] or [one for one in theirs if one.free_symbols]:
        return _compare_spaces((base, ours), (other, theirs), constants.letters, pair)
    return _compare_up_to_number(pair, (base, other), constants)


def _linear(node: Any, letters: Sequence[Any]) -> tuple[Any, list[Any]] | None:
    """`p` and the `f` of `p + C_1 f_1 + …`; `None` where a constant does not stand so."""
    zero = {letter: sympy.Integer(0) for letter in letters}
    base = node.xreplace(zero)
    parts = []
    for letter in letters:
        rate = node.diff(letter)
        if rate.free_symbols & set(letters):
            return None
        parts.append(rate)
    return base, parts


def _same_names(pair: tuple[Any, Any]) -> Graded:
    compared = compare_everywhere(*pair)
    return correct() if compared.agreement is Agreement.ALWAYS else undecided()


def _compare_up_to_number(
    pair: tuple[Any, Any], bases: tuple[Any, Any], constants: Constants
) -> Graded:
    """Antiderivatives: they may differ by a number."""
    variable = _variable(constants.letters)
    if variable is None:
        return undecided()
    rates = [differentiate(base, variable) for base in bases]
    compared = compare_everywhere(*rates)
    if compared.agreement is Agreement.UNKNOWN:
        return undecided()
    if compared.agreement is not Agreement.ALWAYS:
        link = Link(left=rates[0], relation="=", right=rates[1])
        evidence = differ_at(compared.point, *values_at(link, compared.point))
        opposite = sympy.Mul(-1, rates[1], evaluate=False)
        if compare_everywhere(rates[0], opposite).agreement is Agreement.ALWAYS:
            return partly(OPPOSITE, evidence)
        return wrong(DERIVATIVES, evidence)
    if constants.expected and not constants.given:
        return partly(NO_CONSTANT)
    if not constants.expected and compare_everywhere(*bases).agreement is not Agreement.ALWAYS:
        return undecided()
    return partly(NARROWER) if _is_narrower(bases, constants.letters) else correct()


def _is_narrower(bases: tuple[Any, Any], letters: Sequence[Any]) -> bool:
    points = spread(letters)
    return any(_value(bases[1], p) is None and _value(bases[0], p) is not None for p in points)


def _variable(letters: Sequence[Any]) -> Any | None:
    for name in ("x", "t", "u", "y", "s", "theta"):
        found = [letter for letter in letters if letter.name == name]
        if found:
            return found[0]
    return letters[0] if len(letters) == 1 else None


def _compare_spaces(
    ours: tuple[Any, list[Any]],
    theirs: tuple[Any, list[Any]],
    letters: Sequence[Any],
    pair: tuple[Any, Any],
) -> Graded:
    difference = sympy.Add(ours[0], sympy.Mul(-1, theirs[0]))
    columns = _columns([*ours[1], *theirs[1], difference], letters)
    if columns is None:
        return _same_names(pair)
    count = len(ours[1])
    rank = _rank(columns[:count])
    both = _rank(columns[:-1])
    everything = _rank(columns)
    if both == rank == everything:
        if _rank(columns[count:-1]) == rank:
            return correct()
        return partly(FEWER) if theirs[1] else wrong(FEWER)
    return wrong()


def _columns(nodes: Sequence[Any], letters: Sequence[Any]) -> list[list[Any]] | None:
    """The values of formulas at points where all of them have one."""
    rows = []
    for index in range(4 * _POINTS):
        point = {
            letter: sympy.Rational(37 + 29 * index + 11 * place, 53 + 7 * place)
            * (-1 if index % 3 == 2 else 1)
            / (1 + index // 8)
            for place, letter in enumerate(letters)
        }
        row = [_value(node, point) for node in nodes]
        if None not in row:
            rows.append(row)
        if len(rows) == _POINTS:
            break
    return [list(column) for column in zip(*rows, strict=True)] if len(rows) >= 8 else None


def _value(node: Any, point: dict[Any, Any]) -> Any | None:
    try:
        return compile_node(node).at(point, _DIGITS)
    except (Undefined, NotNumeric, *NUMERIC_ERRORS):
        return None


def _rank(columns: Sequence[Sequence[Any]]) -> int:
    """How many of some vectors are independent, by elimination at high precision."""
    with mpmath.mp.workdps(_DIGITS):
        basis: list[list[Any]] = []
        for column in columns:
            size = max((abs(x) for x in column), default=0)
            rest = [x / size for x in column] if size else []
            for vector in basis:
                place = max(range(len(vector)), key=lambda i: abs(vector[i]))
                factor = rest[place] / vector[place] if rest else 0
                rest = [x - factor * y for x, y in zip(rest, vector, strict=False)]
            if rest and max(abs(x) for x in rest) > _TINY:
                basis.append(rest)
        return len(basis)
