"""Grades an answer against the expected one: words and letters here, everything else by algebra."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Protocol

from tutor.cas.requests import AnswerForm, CasRequest, CasResult, CompareAnswers, Outcome
from tutor.checking.grading_choices import (
    Choice,
    has_two_options,
    read_choice,
    read_options,
)
from tutor.checking.grading_digits import has_loose_digits
from tutor.checking.grading_form import may_be_ordered, read_assumptions, read_form
from tutor.checking.grading_labels import (
    has_part_mark,
    split_labels,
    split_name,
    split_parts,
    split_values,
)
from tutor.checking.grading_readings import differ_by_comma, reread
from tutor.checking.grading_text import Plain, plain_answer, unboxed
from tutor.checking.grading_times import grade_times
from tutor.checking.grading_units import Unit, split_unit, units_in
from tutor.checking.grading_words import is_prose, read_word, spelled_number
from tutor.core.check import Evidence
from tutor.core.grade import Grade, Graded
from tutor.core.problem import Latex
from tutor.support.i18n import N_

KINDS = (
    "number",
    "expression",
    "equation",
    "list",
    "point",
    "interval",
    "set",
    "matrix",
    "text",
    "choice",
    "multichoice",
)
"""The kinds of answers that a data set may name."""

DEADLINE = 2.0
"""Seconds a comparison may take."""

MAX_ANSWER = 2_000
"""Most characters of an answer; a longer one is not read."""

MAX_PROBLEM = 8_000
"""Most characters of a problem; what a longer text says of the answer's form is not looked for."""

MAX_ANSWER = 2000
"""Most characters of an answer that is compared; answers are far shorter."""

MAX_PROBLEM = 6000
"""Most characters of a problem that are looked at: its end, which asks."""

SAME = N_("It agrees with the expected answer.")
TOO_LONG = N_("The answer is too long to be compared.")
EMPTY = N_("There is no answer.")
TOO_LONG = N_("It is too long for an answer.")
OTHER_WORD = N_("It says something else than the expected answer.")
OTHER_WORDS = N_("Words are compared as they are written; these differ.")
OPEN_LIMIT = N_("Whether an infinite limit exists is a matter of convention.")
OTHER_LETTER = N_("The expected choice is {expected}, this one is {given}.")
MISSING_LETTER = N_("A choice is missing: {letters}.")
OTHER_OPTION = N_("It is not what the expected choice says.")
CONTRADICTS = N_("The letter is right, but what stands beside it belongs to another choice.")
LOOSE = N_("It is not clear whether the digits are one number or several.")
PARTS = N_("The parts of the answers could not be told apart.")
IN_ORDER = N_("It has the right values; whether their order matters is not clear.")
COMMA = N_("It is not clear whether a comma or a point separates the decimals.")
CONVERTED = N_("It agrees in another unit as far as it is written.")
NO_OPTIONS = N_("What the choices say is not known.")
NO_UNIT = N_("The value is right, but the unit is missing.")
OTHER_UNIT = N_("The unit is wrong: {expected} is expected, not {given}.")
DOUBTFUL_UNIT = N_("Whether the unit is the one asked for is not clear.")
OUT_OF_TIME = N_("Comparing the answers took too long.")
CRASHED = N_("The algebra process ended while it compared the answers.")


class Asks(Protocol):
    """What grading needs of a CAS."""

    def ask(self, request: CasRequest, *, deadline: float) -> CasResult:
        """Ask and wait for the result."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Task:
    problem: str
    kind: str
    form: AnswerForm
    cas: Asks


def grade(expected: str, given: str, problem: str, cas: Asks, *, kind: str = "") -> Graded:
    """Grade an answer. Never raises for what is written in it.

    Args:
        expected: The expected answer, as text with LaTeX.
        given: The answer to be graded.
        problem: The problem's text, or an empty string.
        cas: The algebra; each comparison has a deadline there.
        kind: The kind of answer, one of `KINDS`, or an empty string.
    """
    if max(len(expected), len(given)) > MAX_ANSWER:
        return _graded(Grade.UNREAD, TOO_LONG)
    problem = problem if len(problem) <= MAX_PROBLEM else ""
    expected, given, problem = (_spaced(text) for text in (expected, given, problem))
    if max(len(expected), len(given)) > MAX_ANSWER:
        same = expected == given
        return _graded(Grade.CORRECT, SAME) if same else _graded(Grade.UNREAD, TOO_LONG)
    problem = problem if len(problem) <= MAX_PROBLEM else problem[-MAX_PROBLEM:]
    task = _Task(problem=problem, kind=kind, form=read_form(problem, kind), cas=cas)
    if differ_by_comma(expected, given):
        return _graded(Grade.UNDECIDED, COMMA)
    expected, given = reread(expected, given, problem)
    wanted, found = plain_answer(expected), plain_answer(given)
    if not found.text:
        return _graded(Grade.UNREAD, EMPTY)
    chosen = _grade_choice(wanted, found, task)
    chosen = chosen or grade_times(unboxed(expected), unboxed(given), problem)
    return chosen or _grade_plain(wanted, found, task)


def _spaced(text: str) -> str:
    """A text without runs of spaces, on which searches would take long."""
    return re.sub(r"[^\S\n]+", " ", re.sub(r"\s*\n\s*", "\n", text)).strip()


def _graded(grade: Grade, message: str, **details: str) -> Graded:
    return Graded(grade=grade, why=Evidence(message=message, details=details))


def _grade_choice(wanted: Plain, found: Plain, task: _Task) -> Graded | None:
    """Grade as the letters of a choice question; `None` where it is none."""
    options = read_options(task.problem)
    by_kind = task.kind in ("choice", "multichoice")
    if not by_kind and task.kind and not options:
        return None
    expected = read_choice(wanted.text, any_case=by_kind)
    given = read_choice(found.text, any_case=by_kind or bool(options))
    if expected is None:
        if given is None or not options or len(given.letters) != 1:
            return None
        meant = plain_answer(options.get(next(iter(given.letters)), ""))
        return _grade_plain(wanted, meant, task) if meant.text else None
    if given is not None:
        return _compare_letters(expected, given, options)
    if not options:
        is_open = by_kind or has_two_options(task.problem)
        return _graded(Grade.UNDECIDED, NO_OPTIONS) if is_open else None
    return _compare_with_options(expected, found, options, task)


def _compare_letters(expected: Choice, given: Choice, options: dict[str, str]) -> Graded:
    shown = {"expected": _shown(expected.letters), "given": _shown(given.letters)}
    if given.letters == expected.letters:
        said = _bare(given.content)
        others = {_bare(text) for letter, text in options.items() if letter not in given.letters}
        if said and said in others:
            return _graded(Grade.UNDECIDED, CONTRADICTS)
        return _graded(Grade.CORRECT, SAME)
    if given.letters < expected.letters:
        return _graded(
            Grade.PARTLY, MISSING_LETTER, letters=_shown(expected.letters - given.letters)
        )
    return _graded(Grade.WRONG, OTHER_LETTER, **shown)


def _shown(letters: frozenset[str]) -> str:
    return "".join(sorted(letters))


def _bare(text: str) -> str:
    apart = re.sub(r"(?<=\d)(?:\s|\\[,;! ])+(?=\d)|(?<=\d,)\s+(?=\d{3}(?!\d))", "|", text)
    return re.sub(r"[\s$]|\\[,;! ]|\\(?:left|right|d(?=frac))", "", apart).strip(".。,，;；")


def _compare_with_options(
    expected: Choice, found: Plain, options: dict[str, str], task: _Task
) -> Graded:
    """Grade what is said instead of a letter by what the choices say."""
    plain = replace(task, kind="")
    results = {
        letter: _grade_plain(plain_answer(text), found, plain) for letter, text in options.items()
    }
    said = {letter for letter, result in results.items() if result.grade.accepts}
    if said and said == expected.letters:
        return _graded(Grade.CORRECT, SAME)
    certain = all(result.grade in (Grade.WRONG, Grade.PARTLY) for result in results.values())
    if len(said) == 1 or (certain and len(expected.letters) == 1):
        return _graded(Grade.WRONG, OTHER_OPTION)
    return _graded(Grade.UNDECIDED, OTHER_OPTION)


def _grade_plain(wanted: Plain, found: Plain, task: _Task) -> Graded:
    if _bare(wanted.text) == _bare(found.text):
        return _graded(Grade.CORRECT, SAME)
    words = grade_times(wanted.text, found.text, task.problem)
    words = words or _grade_words(wanted.text, found.text)
    if words is not None:
        return words
    labelled = _grade_labelled(wanted, found, task)
    if labelled is not None:
        return labelled
    if has_loose_digits(wanted.text) or has_loose_digits(found.text):
        return _graded(Grade.UNREAD, LOOSE)
    if has_part_mark(wanted.text) or has_part_mark(found.text):
        return _graded(Grade.UNREAD, PARTS)
    sides = _Side.of(wanted), _Side.of(found)
    result = _grade_sides(sides[0].beside(sides[1], task), sides[1].beside(sides[0], task), task)
    if result.grade is not Grade.UNREAD:
        return result
    result = _grade_without_names(wanted, found, task) or result
    is_words = is_prose(wanted.text) or is_prose(found.text)
    is_open = result.grade is Grade.UNREAD and is_words
    return _graded(Grade.UNDECIDED, OTHER_WORDS) if is_open else result


def _grade_labelled(wanted: Plain, found: Plain, task: _Task) -> Graded | None:
    """Grade part by part where the parts have labels; `None` where they have none."""
    parts = split_parts(wanted.text), split_parts(found.text)
    ours = parts[0] or split_labels(wanted.text)
    theirs = parts[1] or split_labels(found.text)
    if parts[1] is not None and ours is None:
        plain = split_values(wanted.text)
        ours = dict(zip(parts[1], plain, strict=True)) if len(plain) == len(parts[1]) else None
    if ours is None:
        return None
    values = split_values(found.text)
    if theirs is None and len(values) == len(ours):
        theirs = dict(zip(ours, values, strict=True))
    if theirs is None or set(theirs) != set(ours):
        return None
    results = [
        _grade_plain(Plain(text=ours[label]), Plain(text=theirs[label]), task) for label in ours
    ]
    accepted = [result for result in results if result.grade.accepts]
    if len(accepted) == len(results):
        return next((r for r in results if r.grade is Grade.EQUIVALENT), results[0])
    rejected = next(result for result in results if not result.grade.accepts)
    is_part = bool(accepted) and rejected.grade is Grade.WRONG
    return replace(rejected, grade=Grade.PARTLY) if is_part else rejected


def _grade_without_names(wanted: Plain, found: Plain, task: _Task) -> Graded | None:
    r"""Grade what stands behind names such as `A \cap B =` that are no formulas; `None` where there are none."""
    (name, value), (other, given) = split_name(wanted.text), split_name(found.text)
    if not (name or other) or not value or not given:
        return None
    if name and other and _bare(name) != _bare(other):
        return None
    pair = replace(wanted, text=value), replace(found, text=given)
    return _grade_plain(*pair, task)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Side:
    """One of the two answers.

    Attributes:
        text: The formula, as it stands with its unit.
        number: The formula without the unit.
        unit: The unit.
        counters: Letters that run through the whole numbers.
    """

    text: str
    number: str
    unit: Unit | None
    counters: tuple[str, ...]

    @classmethod
    def of(cls, plain: Plain) -> _Side:
        """An answer without decoration, its unit taken off."""
        text = _as_formula(plain.text)
        number, unit = split_unit(text)
        return cls(
            text=text if unit is not None else number,
            number=number,
            unit=unit,
            counters=plain.counters,
        )

    def beside(self, other: _Side, task: _Task) -> _Side:
        """The same where a bare letter is no unit: the other answer and the problem know no such unit."""
        unit = self.unit
        if unit is None or not unit.is_letter:
            return self
        known = [other.unit] if other.unit is not None else list(units_in(task.problem))
        if any(one.dimension == unit.dimension for one in known):
            return self
        return replace(self, number=self.text, unit=None)


def _as_formula(text: str) -> str:
    """An answer with the words that have a formula replaced by it."""
    word = read_word(text)
    if word is not None and word.formula is not None:
        return word.formula
    return spelled_number(text) or text


def _grade_words(expected: str, given: str) -> Graded | None:
    """Grade where a known word stands on one of the sides; `None` where algebra can say more."""
    wanted, found = read_word(expected), read_word(given)
    if wanted is not None and found is not None:
        if wanted.name == found.name:
            return _graded(Grade.CORRECT, SAME)
        if "missing" in (wanted.name, found.name) and wanted.group == found.group:
            return _graded(Grade.UNDECIDED, OPEN_LIMIT)
        if wanted.formula and found.formula:
            return None
        same_group = wanted.group == found.group
        return _graded(Grade.WRONG if same_group else Grade.UNDECIDED, OTHER_WORD)
    for word, other in ((wanted, given), (found, expected)):
        if word is None or word.formula is not None:
            continue
        is_formula = re.search(r"\d", other) is not None and not is_prose(other)
        is_formula = is_formula and word.group != "angle"
        return _graded(Grade.WRONG if is_formula else Grade.UNDECIDED, OTHER_WORD)
    return None


def _grade_sides(expected: _Side, given: _Side, task: _Task) -> Graded:
    unit, other = expected.unit, given.unit
    factor = Fraction(1)
    if unit is not None and other is not None:
        if unit.dimension != other.dimension:
            return _graded(Grade.WRONG, OTHER_UNIT, expected=unit.name, given=other.name)
        factor = unit.factor / other.factor
    result = _compare(_scaled(expected, factor), given, task)
    if not result.grade.accepts:
        rounded = replace(task, form=replace(task.form, is_rounded=True))
        is_near = factor != 1 and _compare(_scaled(expected, factor), given, rounded).grade.accepts
        return _graded(Grade.UNDECIDED, CONVERTED) if is_near else result
    if unit is not None and other is None and not unit.is_count:
        return _graded(Grade.EQUIVALENT, NO_UNIT)
    if unit is None and other is not None and _asks_for_other_unit(other, task.problem):
        return _graded(Grade.UNDECIDED, DOUBTFUL_UNIT)
    return result


def _scaled(side: _Side, factor: Fraction) -> _Side:
    """The expected answer in the unit of the other one."""
    if factor == 1:
        return side
    times = rf"\frac{{{factor.numerator}}}{{{factor.denominator}}}"
    shown = str(factor.numerator) if factor.denominator == 1 else times
    return replace(side, number=rf"({side.number})\cdot {shown}")


def _asks_for_other_unit(unit: Unit, problem: str) -> bool:
    """Whether a problem speaks of units that measure the same but never of this one."""
    alike = [one for one in units_in(problem) if one.dimension == unit.dimension]
    return bool(alike) and all(one.factor != unit.factor for one in alike)


def _compare(expected: _Side, given: _Side, task: _Task) -> Graded:
    found = _compare_in(task.form, expected, given, task)
    is_list = re.match(r"(?!\\?\{).*(?:[,，;；、]|\band\b|和)", expected.number) is not None
    if not (found.grade.accepts and is_list) or task.form.is_ordered or task.form.is_unordered:
        return found
    if not (re.search(r"[;；]", expected.number) or may_be_ordered(task.problem, task.kind)):
        return found
    ordered = _compare_in(replace(task.form, is_ordered=True), expected, given, task)
    return found if ordered.grade.accepts else _graded(Grade.UNDECIDED, IN_ORDER)


def _compare_in(form: AnswerForm, expected: _Side, given: _Side, task: _Task) -> Graded:
    request = CompareAnswers(
        expected=Latex(expected.number),
        given=Latex(given.number),
        form=form,
        assumptions=read_assumptions(task.problem),
        expected_counters=expected.counters,
        given_counters=given.counters,
    )
    result = task.cas.ask(request, deadline=DEADLINE)
    if result.outcome is Outcome.ANSWERED and isinstance(result.answer, Graded):
        return result.answer
    message = OUT_OF_TIME if result.outcome is Outcome.EXPIRED else CRASHED
    return _graded(Grade.UNDECIDED, message)
