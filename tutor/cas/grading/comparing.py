"""An answer beside the expected one: both are read, what they say is compared shape by shape."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import sympy
from sympy.core.function import AppliedUndef

from tutor.cas.calculus import SYMBOLIC_ERRORS, Unresolved
from tutor.cas.grading.families import (
    compare_families,
    compare_interval_families,
    counters_in,
)
from tutor.cas.grading.items import (
    NO_PAIR,
    Sheet,
    compare_items,
    compare_lists,
    compare_sequences,
)
from tutor.cas.grading.regions import compare_regions, is_open_interval
from tutor.cas.grading.relations import compare_equations
from tutor.cas.grading.shapes import Equations, Records, Region, Shape, Values, read_shape
from tutor.cas.grading.verdicts import (
    OTHER_KIND,
    TOO_COSTLY,
    UNREAD_EXPECTED,
    UNREAD_GIVEN,
    equivalent,
    graded,
    partly,
    undecided,
    worst,
    wrong,
)
from tutor.cas.guard import TooCostly
from tutor.cas.naming import names_in
from tutor.cas.numeric_build import NotNumeric, Undefined
from tutor.cas.parse import Names, Unread, build
from tutor.cas.readings import other_readings
from tutor.cas.requests import CompareAnswers
from tutor.cas.scope import read_scope
from tutor.cas.solving import Equation
from tutor.core.grade import Grade, Graded
from tutor.core.problem import Latex
from tutor.support.i18n import N_

OTHER_NAME = N_("It is the value of something else than the expected answer.")
_INDEXED = re.compile(r"(?P<base>[A-Za-z]+)_\{?(?P<index>[i-n])\}?")
NOT_SOLVED = N_("It is equivalent, but it is not solved for the letter that is asked for.")
NO_EQUATION = N_("The expression is right, but an equation is asked for.")


def compare_answers(request: CompareAnswers) -> Graded:
    """Grade an answer. Never raises for what is written in it."""
    found = _compared(request)
    if found.grade is not Grade.WRONG:
        return found
    for other, message in other_readings(request):
        if _compared(other).grade.accepts:
            return undecided(message)
    return found


def _compared(request: CompareAnswers) -> Graded:
    names = names_in((request.expected, request.given, *request.assumptions))
    shapes: list[Shape] = []
    for text, message in (
        (request.expected, UNREAD_EXPECTED),
        (request.given, UNREAD_GIVEN),
    ):
        shape = _read(text, names, message)
        if isinstance(shape, Graded):
            return shape
        shapes.append(shape)
    scope = replace(read_scope(request.assumptions, (), None), names=names)
    sheet = Sheet(texts=(request.expected, request.given), form=request.form, scope=scope)
    try:
        return _compare(shapes[0], shapes[1], sheet, request)
    except TooCostly:
        return undecided(TOO_COSTLY)
    except (Unresolved, NotNumeric, Undefined, *SYMBOLIC_ERRORS):
        return undecided()


def _read(text: Latex, names: Names, message: str) -> Shape | Graded:
    try:
        return read_shape(text, names)
    except Unread:
        return graded(Grade.UNREAD, message)
    except TooCostly:
        return undecided(TOO_COSTLY)


def _compare(expected: Shape, given: Shape, sheet: Sheet, request: CompareAnswers) -> Graded:
    if isinstance(expected, Region) or isinstance(given, Region):
        return _compare_as_regions(expected, given, request)
    if isinstance(expected, Equations) or isinstance(given, Equations):
        return _compare_with_equations(expected, given, sheet)
    if isinstance(expected, Records) or isinstance(given, Records):
        return _compare_with_records(expected, given, sheet)
    return _compare_values(expected, given, sheet, request)


def _compare_as_regions(expected: Shape, given: Shape, request: CompareAnswers) -> Graded:
    ours, theirs = _as_region(expected), _as_region(given)
    if ours is None or theirs is None:
        return _of_another_kind(expected, given)
    family = _interval_family(ours, theirs, request)
    return compare_regions(ours, theirs) if family is None else family


def _as_region(shape: Shape) -> Region | Values | None:
    """A region, a pair that may be an open interval, or single numbers beside a region."""
    if isinstance(shape, Region):
        return shape
    if not isinstance(shape, Values):
        return None
    if len(shape.items) == 1 and isinstance(shape.items[0], sympy.Tuple):
        is_interval = is_open_interval(shape.items[0])
        return Region(parts=shape.items, text=shape.text) if is_interval else None
    return shape if all(isinstance(item, sympy.Expr) for item in shape.items) else None


def _of_another_kind(expected: Shape, given: Shape) -> Graded:
    formulas = any(isinstance(shape, Equations) for shape in (expected, given))
    return undecided() if formulas else wrong(OTHER_KIND)


def _interval_family(
    expected: Region | Values, given: Region | Values, request: CompareAnswers
) -> Graded | None:
    """Compare as intervals repeated with a step; `None` where they are none."""
    declared = (*request.expected_counters, *request.given_counters)
    pair = [_interval(shape, is_open=bool(declared)) for shape in (expected, given)]
    if pair[0] is None or pair[1] is None:
        return None
    ends = [getattr(one, end) for one in pair for end in ("start", "end")]
    counters = counters_in(ends, declared)
    return compare_interval_families(pair[0], pair[1], counters) if counters else None


def _interval(shape: Region | Values, *, is_open: bool) -> Any | None:
    """An interval with letters; a pair counts as an open one where that is known."""
    node = shape.parts[0] if isinstance(shape, Region) and len(shape.parts) == 1 else None
    if isinstance(node, sympy.Tuple) and is_open:
        node = build.interval(node[0], node[1], opens=(True, True), position=0)
    return node if isinstance(node, sympy.Interval) and node.free_symbols else None


def _compare_with_equations(expected: Shape, given: Shape, sheet: Sheet) -> Graded:
    if isinstance(expected, Values) and isinstance(given, Equations):
        value = _value_of_call(given)
        if value is not None and expected.name is None:
            return compare_lists(expected.items, (value,), sheet)
    if isinstance(given, Values) and isinstance(expected, Equations):
        value = _value_of_call(expected)
        if value is not None and given.name is None:
            return compare_lists((value,), given.items, sheet)
    pair = [_as_equations(shape) for shape in (expected, given)]
    if pair[0] is None or pair[1] is None:
        return _of_another_kind(expected, given)
    is_value = isinstance(expected, Values) and not any(_letters(item) for item in expected.items)
    if is_value and not sheet.form.is_equation:
        return undecided()  # an equation that is not solved says less than a value
    found = compare_equations(pair[0], pair[1])
    is_open = found.grade is Grade.CORRECT and isinstance(expected, Values) and sheet.form.is_solved
    return equivalent(NOT_SOLVED) if is_open else found


def _letters(node: Any) -> set[Any]:
    return set(getattr(node, "free_symbols", ()))


def _value_of_call(shape: Equations) -> Any | None:
    r"""The number on the right of `\cos A = \frac12` or `|AB| = 5`."""
    if len(shape.items) != 1:
        return None
    left, right = shape.items[0].left, shape.items[0].right
    is_call = isinstance(left, sympy.Function | sympy.Abs | sympy.Determinant)
    return right if is_call and left.free_symbols and not right.free_symbols else None


def _as_equations(shape: Shape) -> tuple[Equation, ...] | None:
    if isinstance(shape, Equations):
        return shape.items
    if not isinstance(shape, Values) or not isinstance(shape.name, sympy.Expr):
        return None
    if not all(isinstance(item, sympy.Expr) for item in shape.items):
        return None
    return tuple(Equation(left=shape.name, right=item) for item in shape.items)


def _compare_with_records(expected: Shape, given: Shape, sheet: Sheet) -> Graded:
    expected, given = _as_records(expected), _as_records(given)
    if isinstance(expected, Records) and isinstance(given, Records):
        wanted, found = _names_of(expected), _names_of(given)
        if found < wanted and _agree_on_some(expected, given, sheet):
            return partly()
        if found != wanted:
            return undecided(OTHER_NAME)
    ours, theirs = _as_points(expected), _as_points(given)
    is_set = any(isinstance(shape, Values) and shape.is_set for shape in (expected, given))
    if (
        ours is None
        or theirs is None
        or (is_set and len(ours[0]) > 1 and not _are_points(expected, given))
    ):
        return undecided(OTHER_NAME)
    if len(ours) == len(theirs) == 1 and len(ours[0]) == len(theirs[0]):
        return _compare_parts(ours[0], theirs[0], sheet)
    points = [tuple(sympy.Tuple(*one) for one in side) for side in (ours, theirs)]
    return compare_lists(points[0], points[1], sheet)


def _as_records(shape: Shape) -> Shape:
    """A single named value as a record."""
    if not isinstance(shape, Values) or shape.name is None or len(shape.items) != 1:
        return shape
    return Records(items=({shape.name: shape.items[0]},), text=shape.text)


def _names_of(records: Records) -> set[Any]:
    return {name for record in records.items for name in record}


def _are_points(expected: Shape, given: Shape) -> bool:
    return all(
        not isinstance(shape, Values) or all(isinstance(i, sympy.Tuple) for i in shape.items)
        for shape in (expected, given)
    )


def _agree_on_some(expected: Records, given: Records, sheet: Sheet) -> bool:
    if len(expected.items) != 1 or len(given.items) != 1:
        return False
    ours, theirs = expected.items[0], given.items[0]
    return all(compare_items(ours[name], theirs[name], sheet).grade.accepts for name in theirs)


def _compare_parts(ours: tuple[Any, ...], theirs: tuple[Any, ...], sheet: Sheet) -> Graded:
    found = [compare_items(a, b, sheet) for a, b in zip(ours, theirs, strict=True)]
    whole = worst(found)
    if whole.grade is Grade.WRONG and any(one.grade.accepts for one in found):
        return partly(evidence=whole.evidence)
    return whole


def _as_points(shape: Shape) -> list[tuple[Any, ...]] | None:
    """Solutions as the values of their names in order."""
    if isinstance(shape, Records):
        return [tuple(record[name] for name in sorted(record, key=str)) for record in shape.items]
    if not isinstance(shape, Values):
        return None
    if all(isinstance(item, sympy.Tuple) for item in shape.items):
        return [tuple(item) for item in shape.items]
    return None if shape.name is not None else [shape.items]


def _compare_values(
    expected: Values, given: Values, sheet: Sheet, request: CompareAnswers
) -> Graded:
    declared = (*request.expected_counters, *request.given_counters)
    items = (*expected.items, *given.items)
    if all(isinstance(item, sympy.Expr) for item in items):
        counters = counters_in(items, declared)
        if counters and _are_families(expected, given, counters):
            return compare_families(expected.items, given.items, counters)
    expected, given = _with_one_index(expected, given)
    expected, given = _as_function(expected, given), _as_function(given, expected)
    names = expected.name, given.name
    if _are_one_function(*names):
        expected, given = _with_one_letter(expected), _with_one_letter(given)
    elif names[0] is not None and names[1] is not None and names[0] != names[1]:
        return _compare_other_names(expected, given, sheet)
    found = _compare_members(expected, given, sheet)
    is_bare = sheet.form.is_equation and names[0] is not None and names[1] is None
    if found.grade is Grade.CORRECT and is_bare and expected.items[0].free_symbols:
        return equivalent(NO_EQUATION)
    return found


def _as_function(values: Values, other: Values) -> Values:
    """A formula of `y` as the value of the other answer's function: `y = 2x` says the same as `f(x) = 2x`."""
    call = other.name
    if values.name != sympy.Symbol("y") or not isinstance(call, AppliedUndef):
        return values
    if len(call.args) != 1 or not _are_arguments(call):
        return values
    letters = set().union(*(item.free_symbols for item in values.items))
    argument = next(iter(letters)) if len(letters) == 1 else call.args[0]
    return replace(values, name=call.func(argument))


def _are_one_function(name: Any, other: Any) -> bool:
    r"""Whether both are calls of one function: `f(x)` and `f(t)`, but never `P(A)` and `P(B)`."""
    if not (isinstance(name, AppliedUndef) and isinstance(other, AppliedUndef)):
        return False
    is_definition = _are_arguments(name) and _are_arguments(other)
    return bool(name == other or (name.func == other.func and is_definition))


def _are_arguments(call: Any) -> bool:
    """Whether a call defines a function: small letters stand in it, which may have any value."""
    return all(isinstance(one, sympy.Symbol) and one.name[0].islower() for one in call.args)


def _with_one_index(expected: Values, given: Values) -> tuple[Values, Values]:
    """Both with the index of the expected one: `a_k = 2^k` says the same as `a_n = 2^n`."""
    ours, theirs = (_INDEXED.fullmatch(getattr(v.name, "name", "")) for v in (expected, given))
    if ours is None or theirs is None or ours["base"] != theirs["base"] or ours[0] == theirs[0]:
        return expected, given
    old, new = sympy.Symbol(theirs["index"]), sympy.Symbol(ours["index"])
    if any(item.has(new) for item in given.items) or any(item.has(old) for item in expected.items):
        return expected, given
    items = tuple(item.xreplace({old: new}) for item in given.items)
    return expected, replace(given, name=expected.name, items=items)


def _are_families(expected: Values, given: Values, counters: frozenset[Any]) -> bool:
    """Whether the expected values run through the whole numbers, and nothing else stands open in them."""
    letters = set().union(*(item.free_symbols for item in (*expected.items, *given.items)))
    return letters <= counters and any(item.free_symbols for item in expected.items)


def _with_one_letter(values: Values) -> Values:
    """A function's formula in a letter that does not depend on how its argument is called."""
    arguments = values.name.args if values.name is not None else ()
    if not all(isinstance(argument, sympy.Symbol) for argument in arguments):
        return values
    names = {a: sympy.Symbol(f"x_{{{place}}}") for place, a in enumerate(arguments)}
    return replace(values, items=tuple(item.xreplace(names) for item in values.items))


def _compare_other_names(expected: Values, given: Values, sheet: Sheet) -> Graded:
    formulas = all(
        isinstance(item, sympy.Expr) and item.free_symbols
        for item in (*expected.items, *given.items)
    )
    if any(isinstance(one.name, AppliedUndef) for one in (expected, given)):
        formulas = False  # a call is no letter that an equation could be solved for
    if formulas and len(expected.items) == len(given.items) == 1:
        pair = [_as_equations(shape) for shape in (expected, given)]
        if pair[0] is not None and pair[1] is not None:
            same = compare_equations(pair[0], pair[1])
            is_open = same.grade is Grade.CORRECT and sheet.form.is_solved
            return equivalent(NOT_SOLVED) if is_open else same
    found = _compare_members(expected, given, sheet)
    return found if found.grade is Grade.WRONG else undecided(OTHER_NAME)


def _compare_members(expected: Values, given: Values, sheet: Sheet) -> Graded:
    pairs = [_is_point(values) for values in (expected, given)]
    if pairs[0] != pairs[1] and len(expected.items) + len(given.items) > 2:
        return _compare_point_with_list(expected, given, sheet)
    is_ordered = sheet.form.is_ordered and not (expected.is_set or expected.name is not None)
    if is_ordered and not given.is_set:
        return compare_sequences(expected.items, given.items, sheet)
    return compare_lists(expected.items, given.items, sheet)


def _is_point(values: Values) -> bool:
    return len(values.items) == 1 and isinstance(values.items[0], sympy.Tuple)


def _compare_point_with_list(expected: Values, given: Values, sheet: Sheet) -> Graded:
    """`(1, 2)` beside `1, 2` or `{1, 2}`."""
    ours, theirs = (
        tuple(values.items[0]) if _is_point(values) else values.items
        for values in (expected, given)
    )
    if sheet.form.is_unordered:
        return compare_lists(ours, theirs, sheet)
    if any(isinstance(item, sympy.Tuple) for item in (*ours, *theirs)):
        return compare_lists(expected.items, given.items, sheet)
    found = compare_sequences(ours, theirs, sheet)
    if expected.is_set or given.is_set:
        return wrong(OTHER_KIND)
    if found.grade.accepts and not sheet.form.is_ordered:
        return undecided(NO_PAIR)
    return found
