"""One value beside the expected one: numbers and formulas."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import mpmath
import sympy

from tutor.cas.calculus import Unresolved, indefinite, resolve
from tutor.cas.closed import number_gap
from tutor.cas.equality import values_at
from tutor.cas.findings import show_number
from tutor.cas.grading.constants import compare_with_constants, constants_in
from tutor.cas.grading.verdicts import (
    OPPOSITE,
    correct,
    differ_at,
    equivalent,
    partly,
    undecided,
    values_differ,
    wrong,
)
from tutor.cas.grading.written import NOT_ROUNDED, fault_of_form
from tutor.cas.identity import Agreement, compare_everywhere, compare_on_counters, spread
from tutor.cas.links import Link
from tutor.cas.numeric import Domain, Gap, compile_node, value_of
from tutor.cas.numeric_build import NotNumeric, Undefined
from tutor.cas.requests import AnswerForm
from tutor.cas.scope import Scope, opaque
from tutor.core.check import Evidence
from tutor.core.grade import Graded
from tutor.support.i18n import N_

ROUNDED = N_("It is only a rounding of the expected value.")
BADLY_ROUNDED = N_("It is not the expected value rounded as the problem asks.")
NARROWER = N_("It agrees only where it has a value.")
POSITIVE = N_("It agrees for positive values only.")
WITHOUT_VALUE = N_("At {point} the expected answer is {expected}, this one has no value.")
AS_FAR_AS_WRITTEN = N_("It agrees with the decimals of the expected answer, which may be rounded.")
NO_PERCENT = N_("The value is right, but the percent sign is missing.")
DEGREES = N_("It is right in degrees, but the sign of the degree is missing.")
_DECIMAL = re.compile(r"-?\s*\d*\.\d+|-?\s*\d+")
_IN_DEGREES = re.compile(r"\\circ|°|\\degree")
_NEAR = 0.01


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """Two expressions to be compared.

    Attributes:
        expected: The expected one, not evaluated.
        given: The other one.
        texts: The answers that they stand in.
        form: What form is asked for.
        scope: What holds for the letters.
    """

    expected: Any
    given: Any
    texts: tuple[str, str]
    form: AnswerForm
    scope: Scope

    @property
    def letters(self) -> frozenset[Any]:
        """The letters of both."""
        return frozenset(self.expected.free_symbols | self.given.free_symbols)


def compare_values(pair: Pair) -> Graded:
    """Compare two expressions."""
    try:
        expected, given = (_prepared(node) for node in (pair.expected, pair.given))
    except Unresolved:
        return undecided()
    known = Pair(expected=expected, given=given, texts=pair.texts, form=pair.form, scope=pair.scope)
    found = _compare_numbers(known) if not known.letters else _compare_formulas(known)
    if not found.grade.accepts:
        return found
    fault = fault_of_form((pair.expected, pair.texts[0]), (pair.given, pair.texts[1]), pair.form)
    return equivalent(fault) if fault else found


def _prepared(node: Any) -> Any:
    return opaque(node if indefinite(node) else resolve(node))


def _compare_numbers(pair: Pair) -> Graded:
    expected, given = pair.expected, pair.given
    gap = number_gap(expected, given)
    if gap is Gap.EQUAL:
        return correct()
    if gap is Gap.UNCLEAR:
        return undecided() if not _has_real_part_apart(pair) else wrong()
    evidence = _values_differ(expected, given)
    if _endless(expected, given):
        opposite = sympy.oo in (expected, given) and -sympy.oo in (expected, given)
        return partly(OPPOSITE, evidence) if opposite else wrong(evidence=evidence)
    if (found := _compare_degrees(pair, evidence) or _compare_rounded(pair, evidence)) is not None:
        return found
    if number_gap(expected, sympy.Mul(-1, given, evaluate=False)) is Gap.EQUAL:
        return partly(OPPOSITE, evidence)
    if pair.form.is_percent and (found := _compare_percent(pair)) is not None:
        return found
    return wrong(evidence=evidence)


def _compare_degrees(pair: Pair, evidence: Evidence) -> Graded | None:
    """Compare with an angle in degrees; `None` where that does not help."""
    degrees = [_IN_DEGREES.search(text) is not None for text in pair.texts]
    if degrees == [True, False]:
        in_degrees = sympy.Mul(pair.given, sympy.pi, sympy.Rational(1, 180), evaluate=False)
        if number_gap(pair.expected, in_degrees) is Gap.EQUAL:
            return equivalent(DEGREES)
    if degrees[0] and _is_near_in_degrees(pair, degrees[1]):
        return undecided(AS_FAR_AS_WRITTEN, evidence)
    return None


def _is_near_in_degrees(pair: Pair, is_given_in_degrees: bool) -> bool:
    """Whether two angles agree as far as one of them is written."""
    places = [len(m[1]) for text in pair.texts if (m := re.search(r"\d\.(\d+)", text))]
    try:
        expected, given = (value_of(node) for node in (pair.expected, pair.given))
    except (Undefined, NotNumeric):
        return False
    gap = abs(mpmath.degrees(expected) - (mpmath.degrees(given) if is_given_in_degrees else given))
    return bool(places) and bool(gap <= mpmath.mpf(10) ** -min(places) * 0.5000001)


def _compare_percent(pair: Pair) -> Graded | None:
    """Compare where a percent sign is left out on one side; `None` where that does not help."""
    written = ["%" in text for text in pair.texts]
    if written[0] == written[1]:
        return None
    sides = [pair.expected, pair.given]
    sides[written.index(True)] = sympy.Mul(100, sides[written.index(True)], evaluate=False)
    if number_gap(*sides) is not Gap.EQUAL:
        return None
    return equivalent(NO_PERCENT) if written[0] else correct()


def _has_real_part_apart(pair: Pair) -> bool:
    """Whether the values, complex as they may be, are far apart."""
    try:
        expected, given = value_of(pair.expected), value_of(pair.given)
    except (Undefined, NotNumeric):
        return False
    return bool(abs(expected - given) > 1e-3 * (abs(expected) + abs(given)))


def _endless(expected: Any, given: Any) -> bool:
    return any(side in (sympy.oo, -sympy.oo) for side in (expected, given))


def _values_differ(expected: Any, given: Any) -> Evidence:
    shown = []
    for side in (expected, given):
        try:
            shown.append(show_number(value_of(side)))
        except (Undefined, NotNumeric):
            return values_differ(expected, given)
    if shown[0] == shown[1]:
        return values_differ(expected, given)
    evidence = values_differ(expected, given)
    return Evidence(message=evidence.message, details={"expected": shown[0], "given": shown[1]})


def _compare_rounded(pair: Pair, evidence: Evidence) -> Graded | None:
    """Compare as decimals that may be rounded; `None` where nothing was rounded."""
    try:
        expected, given = value_of(pair.expected), value_of(pair.given)
    except (Undefined, NotNumeric):
        return None
    if any(isinstance(side, mpmath.mpc) and side.imag != 0 for side in (expected, given)):
        return None
    expected, given = expected.real, given.real
    unit = _asked_unit(pair.form, expected)
    if unit is not None:
        return _compare_at(unit, (expected, given), pair, evidence)
    written = _unit(pair.expected, pair.texts[0]), _unit(pair.given, pair.texts[1])
    gap = abs(expected - given)
    if pair.form.is_rounded:
        units = [one for one in written if one is not None]
        close = units and gap <= 0.5000001 * max(units) and gap <= _NEAR * abs(expected)
        return correct() if close else None
    may_be_rounded = written[0] is not None and gap <= 0.5000001 * written[0]
    if may_be_rounded and (written[1] is None or written[1] < written[0]):
        return undecided(AS_FAR_AS_WRITTEN, evidence)
    if written[1] is not None and gap <= 0.5000001 * written[1]:
        return wrong(ROUNDED, evidence)
    return None


def _asked_unit(form: AnswerForm, value: Any) -> Any | None:
    """One unit in the last place that is asked for."""
    if form.decimals is not None:
        return mpmath.mpf(10) ** -form.decimals
    if form.figures is not None and value != 0:
        return mpmath.mpf(10) ** (int(mpmath.floor(mpmath.log10(abs(value)))) - form.figures + 1)
    return None


def _compare_at(
    unit: Any, values: tuple[Any, Any], pair: Pair, evidence: Evidence
) -> Graded | None:
    expected, given = values
    gap = abs(expected - given)
    if gap > unit * (0.5 + 1e-9):
        return wrong(BADLY_ROUNDED, evidence) if gap <= unit * 1.5 else None
    if _is_multiple(given, unit):
        return correct()
    written = _unit(pair.given, pair.texts[1])
    if _is_multiple(
        expected, unit
    ):  # rounded itself: only an exact value can be told to be the one it comes from
        return (
            undecided(AS_FAR_AS_WRITTEN, evidence)
            if written is not None
            else equivalent(NOT_ROUNDED)
        )
    is_near = written is not None and gap <= written * (0.5 + 1e-9)
    return equivalent(NOT_ROUNDED) if is_near else wrong(BADLY_ROUNDED, evidence)


def _is_multiple(value: Any, unit: Any) -> bool:
    times = value / unit
    return bool(abs(times - mpmath.nint(times)) < 1e-9)


def _unit(node: Any, text: str) -> Any | None:
    """One unit in the last place of a number that is written as a decimal."""
    if (
        not node.is_Rational
        or not re.search(r"\d?\.\d", text)
        or re.search(r"\\(?:dot|over)", text)
    ):
        return None
    match = _DECIMAL.fullmatch(text.rpartition("=")[2].strip())
    if match is not None:
        return mpmath.mpf(10) ** -len(match.group().partition(".")[2])
    places = next((n for n in range(12) if 10**n % int(node.q) == 0), None)
    return mpmath.mpf(10) ** -places if places else None


def _compare_formulas(pair: Pair) -> Graded:
    expected, given = pair.expected, pair.given
    constants = constants_in(expected, given, pair.form)
    if constants is not None:
        return compare_with_constants((expected, given), constants)
    if not (isinstance(expected, sympy.Expr) and isinstance(given, sympy.Expr)):
        return undecided()
    compared = compare_everywhere(expected, given, pair.scope.allows)
    if compared.agreement is Agreement.ALWAYS:
        return _as_wide(pair)
    if _agrees_on_counters(pair):
        return correct()
    if compared.agreement is Agreement.UNKNOWN:
        return undecided()
    return undecided() if _agrees_but_for_a_constant(pair) else _refuted(pair, compared.point)


def _agrees_but_for_a_constant(pair: Pair) -> bool:
    """Whether only the name of one letter differs that is customary for a free constant."""
    ours, theirs = pair.expected.free_symbols, pair.given.free_symbols
    if len(ours - theirs) != 1 or len(theirs - ours) != 1:
        return False
    (ours,), (theirs,) = ours - theirs, theirs - ours
    names = {ours.name, theirs.name}
    if not any(name.startswith("C") for name in names) or names & set(pair.form.fixed):
        return False
    return _agree(pair.expected, pair.given.xreplace({theirs: ours}), lambda point: True)


def _agrees_on_counters(pair: Pair) -> bool:
    if not (pair.form.is_discrete or _alternates(pair.expected) or _alternates(pair.given)):
        return False
    found = compare_on_counters(pair.expected, pair.given)
    return found.agreement is Agreement.ALWAYS


def _alternates(node: Any) -> bool:
    """Whether there is a `(-1)^n` in a formula, so that it has values at whole numbers only."""
    return any(
        power.base.is_number
        and bool(power.base.could_extract_minus_sign())
        and power.exp.free_symbols
        for power in node.atoms(sympy.Pow)
    )


def _as_wide(pair: Pair) -> Graded:
    """They agree wherever both have values: the answer must have one wherever the expected one has."""
    for point in spread(sorted(pair.letters, key=str)):
        if pair.scope.allows(point) and _value_at(pair.given, point) is None:
            value = _value_at(pair.expected, point)
            if value is not None:
                return partly(NARROWER, _no_value(point, value))
    return correct()


def _no_value(point: dict[Any, Any], value: Any) -> Evidence:
    evidence = differ_at(point, show_number(value), "")
    details = {k: v for k, v in evidence.details.items() if k != "given"}
    return Evidence(message=WITHOUT_VALUE, details=details)


def _value_at(node: Any, point: dict[Any, Any]) -> Any | None:
    domain = Domain.COMPLEX if node.has(sympy.I) else Domain.REAL
    try:
        return compile_node(node, domain).at(point, 20)
    except (Undefined, NotNumeric):
        return None


def _refuted(pair: Pair, point: dict[Any, Any]) -> Graded:
    evidence = _counterexample(pair, point)
    opposite = sympy.Mul(-1, pair.given, evaluate=False)
    if _agree(pair.expected, opposite, pair.scope.allows):
        return partly(OPPOSITE, evidence)
    positive = _agree(pair.expected, pair.given, lambda p: all(v > 0 for v in p.values()))
    return partly(POSITIVE, evidence) if positive else wrong(evidence=evidence)


def _agree(left: Any, right: Any, allowed: Callable[[dict[Any, Any]], bool]) -> bool:
    return compare_everywhere(left, right, allowed).agreement is Agreement.ALWAYS


def _counterexample(pair: Pair, point: dict[Any, Any]) -> Evidence:
    link = Link(left=pair.expected, relation="=", right=pair.given)
    shown = _simple_point(pair, point)
    return differ_at(shown, *values_at(link, shown))


def _simple_point(pair: Pair, point: dict[Any, Any]) -> dict[Any, Any]:
    """A point of small whole numbers where they differ as well, if there is one among a few."""
    letters = sorted(pair.letters, key=str)
    for start in (2, 1, 3, -1):
        simple = {letter: sympy.Integer(start + i) for i, letter in enumerate(letters)}
        one, two = (_value_at(node, simple) for node in (pair.expected, pair.given))
        if one is None or two is None or not pair.scope.allows(simple):
            continue
        if abs(one - two) > 1e-3 * (abs(one) + abs(two)):
            return simple
    return point
