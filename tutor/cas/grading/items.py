"""Members of answers side by side: expressions, tuples, matrices, sets; and lists of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import sympy
from sympy.matrices.expressions.matexpr import MatrixExpr

from tutor.cas.calculus import SYMBOLIC_ERRORS
from tutor.cas.grading.regions import compare_sets_of_numbers
from tutor.cas.grading.values import Pair, compare_values
from tutor.cas.grading.verdicts import (
    OTHER_KIND,
    PART,
    correct,
    has_extra,
    lacks,
    partly,
    undecided,
    worst,
    wrong,
)
from tutor.cas.requests import AnswerForm
from tutor.cas.scope import Scope
from tutor.core.grade import Grade, Graded
from tutor.support.i18n import N_

ORDER = N_("It has the right members in another order.")
TRANSPOSED = N_("Rows and columns are exchanged.")
SHAPE = N_("It has another number of rows or columns.")
NO_PAIR = N_("It is not clear whether a point or several values are meant.")
MAX_ITEMS = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """What goes with every comparison of two answers.

    Attributes:
        texts: The expected answer and the other one as they were written.
        form: What form is asked for.
        scope: What holds for the letters.
    """

    texts: tuple[str, str]
    form: AnswerForm
    scope: Scope


def compare_items(expected: Any, given: Any, sheet: Sheet) -> Graded:
    """Compare one member with another."""
    if isinstance(expected, sympy.Set) or isinstance(given, sympy.Set):
        return compare_sets_of_numbers(expected, given)
    if _is_matrix(expected) or _is_matrix(given):
        return _compare_matrices(expected, given, sheet)
    if isinstance(expected, sympy.Tuple) and isinstance(given, sympy.Tuple):
        return _compare_tuples(expected, given, sheet)
    if not (isinstance(expected, sympy.Expr) and isinstance(given, sympy.Expr)):
        return wrong(OTHER_KIND)
    if not (expected.is_commutative and given.is_commutative):
        return correct() if expected == given else undecided()
    return compare_values(
        Pair(
            expected=expected,
            given=given,
            texts=sheet.texts,
            form=sheet.form,
            scope=sheet.scope,
        )
    )


def _compare_tuples(expected: Any, given: Any, sheet: Sheet) -> Graded:
    if sheet.form.is_unordered:
        return compare_lists(tuple(expected), tuple(given), sheet)
    if len(expected) != len(given):
        return wrong(OTHER_KIND)
    found = worst(compare_items(a, b, sheet) for a, b in zip(expected, given, strict=True))
    if found.grade is Grade.PARTLY:
        return wrong(evidence=found.evidence)
    return found


def _is_matrix(node: Any) -> bool:
    return isinstance(node, sympy.MatrixBase | MatrixExpr)


def _compare_matrices(expected: Any, given: Any, sheet: Sheet) -> Graded:
    try:
        left, right = _as_matrix(expected), _as_matrix(given)
    except (*SYMBOLIC_ERRORS, sympy.ShapeError):
        return undecided()
    if left is None or right is None:
        return wrong(OTHER_KIND)
    pairs = [_entries(left, right, sheet)]
    if left.shape != right.shape:
        if left.T.shape != right.shape:
            return wrong(SHAPE)
        is_vector = 1 in left.shape
        turned = _entries(left.T, right, sheet)
        if not turned.grade.accepts:
            return turned
        named = isinstance(expected, sympy.Tuple) or isinstance(given, sympy.Tuple)
        return turned if is_vector and named else partly(TRANSPOSED)
    return pairs[0]


def _entries(left: Any, right: Any, sheet: Sheet) -> Graded:
    if left.shape != right.shape or len(left) > MAX_ITEMS:
        return undecided()
    found = worst(compare_items(a, b, sheet) for a, b in zip(left, right, strict=True))
    return wrong(evidence=found.evidence) if found.grade is Grade.PARTLY else found


def _as_matrix(node: Any) -> Any | None:
    """A matrix that is worked out; a tuple is a column."""
    if isinstance(node, sympy.Tuple):
        return sympy.ImmutableMatrix(list(node)) if _are_plain(node) else None
    if isinstance(node, MatrixExpr):
        node = node.doit()
    return node if isinstance(node, sympy.MatrixBase) else None


def _are_plain(items: Any) -> bool:
    return all(isinstance(item, sympy.Expr) for item in items)


def compare_lists(expected: Sequence[Any], given: Sequence[Any], sheet: Sheet) -> Graded:
    """Compare the members of two collections whose order does not matter."""
    if len(expected) > MAX_ITEMS or len(given) > MAX_ITEMS:
        return undecided()
    if len(expected) == len(given) == 1:
        return compare_items(expected[0], given[0], sheet)
    table = [[compare_items(a, b, sheet) for b in given] for a in expected]
    missing = [a for a, row in zip(expected, table, strict=True) if not _any_accepts(row)]
    columns = zip(*table, strict=True)
    extra = [b for b, column in zip(given, columns, strict=True) if not _any_accepts(column)]
    if not missing and not extra:
        return worst(min(row, key=_rank) for row in table)
    if any(one.grade in (Grade.UNDECIDED, Grade.UNREAD) for row in table for one in row):
        return undecided()
    evidence = lacks(missing[0]) if missing else has_extra(extra[0])
    is_part = len(missing) < len(expected)
    return partly(PART, evidence) if is_part else wrong(evidence=evidence)


def _any_accepts(row: Sequence[Graded]) -> bool:
    return any(one.grade.accepts for one in row)


def _rank(graded: Graded) -> int:
    return (Grade.CORRECT, Grade.EQUIVALENT).index(graded.grade) if graded.grade.accepts else 2


def compare_sequences(expected: Sequence[Any], given: Sequence[Any], sheet: Sheet) -> Graded:
    """Compare the members of two collections place by place."""
    if len(expected) != len(given):
        return compare_lists(expected, given, sheet)
    found = [compare_items(a, b, sheet) for a, b in zip(expected, given, strict=True)]
    whole = worst(found)
    if whole.grade.accepts or whole.grade is Grade.UNDECIDED:
        return whole
    if compare_lists(expected, given, sheet).grade.accepts:
        return wrong(ORDER)
    return partly(PART, whole.evidence) if _any_accepts(found) else whole
