"""Sets of real numbers side by side: intervals, inequalities, unions."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from typing import Any

import sympy

from tutor.cas.closed import number_gap
from tutor.cas.findings import show_number, show_point
from tutor.cas.grading.shapes import Region, Values
from tutor.cas.grading.verdicts import (
    correct,
    partly,
    undecided,
    wrong,
)
from tutor.cas.identity import Agreement, compare_everywhere
from tutor.cas.numeric import Gap, compile_node
from tutor.cas.numeric_build import NotNumeric, Undefined
from tutor.cas.orders import Table, tabulate
from tutor.cas.parse import build
from tutor.cas.scope import Order
from tutor.cas.solution_sets import region_of_set
from tutor.core.check import Evidence
from tutor.core.grade import Grade, Graded
from tutor.support.i18n import N_

ENDPOINT = N_("Only an endpoint is wrong.")
IS_MISSING = N_("{value} belongs to the expected set but not to this one.")
IS_EXTRA = N_("{value} does not belong to the expected set.")
POINT_MISSING = N_("{point} satisfies the expected inequality but not this one.")
POINT_EXTRA = N_("{point} satisfies this inequality but not the expected one.")
OTHER_LETTER = N_("It is about another letter.")

_LINE = sympy.Symbol("x")

System = tuple[Order, ...]


def compare_sets_of_numbers(expected: Any, given: Any) -> Graded:
    """Compare two sets, or a set and a pair that may be an open interval."""
    shapes = [Region(parts=(node,), text="") for node in (expected, given)]
    return compare_regions(*shapes)


def compare_regions(expected: Region | Values, given: Region | Values) -> Graded:
    """Compare two sets of real numbers."""
    if isinstance(expected, Region) and isinstance(given, Region):
        if expected.letter and given.letter and expected.letter != given.letter:
            return undecided(OTHER_LETTER)
        plain = _compare_plain_intervals(expected, given)
        if plain is not None:
            return plain
    ours, theirs = systems_of(expected), systems_of(given)
    if ours is None or theirs is None:
        return undecided()
    if _has_several_letters(ours) or _has_several_letters(theirs):
        return _compare_half_planes(ours, theirs)
    if not ours and not theirs:
        return correct()
    if any(not order.letters for system in (*ours, *theirs) for order in system):
        return undecided()
    found = _compare_systems(ours or _NOWHERE, theirs or _NOWHERE)
    if isinstance(expected, Values) or isinstance(given, Values):
        # Single values are only found again in a region to so many digits.
        return undecided() if found.grade is Grade.CORRECT else wrong(evidence=found.evidence)
    return found


_NOWHERE: list[System] = [(Order(left=_LINE, relation="<", right=_LINE),)]


def _compare_plain_intervals(expected: Region, given: Region) -> Graded | None:
    """Compare two single intervals by their ends, which may have letters; `None` for anything else."""
    left, right = _interval(expected), _interval(given)
    if left is None or right is None:
        return None
    ends = [_same(getattr(left, end), getattr(right, end)) for end in ("start", "end")]
    opens = [bool(getattr(left, o) == getattr(right, o)) for o in ("left_open", "right_open")]
    if ends == [True, True]:
        return correct() if all(opens) else partly(ENDPOINT)
    if None in ends:
        return undecided()
    ours, theirs = systems_of(expected), systems_of(given)
    if left.free_symbols | right.free_symbols or not ours or not theirs:
        return wrong()
    found = _compare_systems(ours, theirs)
    return wrong() if found.grade is Grade.CORRECT else found


def _interval(region: Region) -> Any | None:
    node = region.parts[0] if len(region.parts) == 1 else None
    if isinstance(node, sympy.Tuple) and len(node) == 2:
        return build.interval(node[0], node[1], opens=(True, True), position=0)
    if isinstance(node, sympy.Interval):
        return node
    return _from_chain(node) if isinstance(node, tuple) else None


def _from_bound(order: Order) -> Any | None:
    """The half line of `x < a`."""
    flipped = {"<": ">", "<=": ">=", ">": "<", ">=": "<="}
    if order.relation not in flipped:
        return None
    letter, relation, bound = order.left, order.relation, order.right
    if not isinstance(letter, sympy.Symbol):
        letter, relation, bound = order.right, flipped[order.relation], order.left
    if not isinstance(letter, sympy.Symbol) or bound.free_symbols:
        return None
    is_open = "=" not in relation
    ends = (-sympy.oo, bound) if "<" in relation else (bound, sympy.oo)
    opens = (True, is_open) if "<" in relation else (is_open, True)
    return build.interval(ends[0], ends[1], opens=opens, position=0)


def _from_chain(system: System) -> Any | None:
    """The interval of `a < x < b` where the letter stands alone."""
    if len(system) == 1:
        return _from_bound(system[0])
    if len(system) != 2 or system[0].right != system[1].left:
        return None
    one, two = system
    letter = one.right
    if (
        not isinstance(letter, sympy.Symbol)
        or letter in one.left.free_symbols | two.right.free_symbols
    ):
        return None
    if one.relation in ("<", "<=") and two.relation in ("<", "<="):
        low, high = (one.left, one.relation), (two.right, two.relation)
    elif one.relation in (">", ">=") and two.relation in (">", ">="):
        low, high = (two.right, two.relation), (one.left, one.relation)
    else:
        return None
    opens = ("=" not in low[1], "=" not in high[1])
    return build.interval(low[0], high[0], opens=opens, position=0)


def _same(left: Any, right: Any) -> bool | None:
    """Whether two ends are the same; `None` where that is not known."""
    if not (left.free_symbols | right.free_symbols):
        gap = number_gap(left, right)
        return None if gap is Gap.UNCLEAR else gap is Gap.EQUAL
    agreement = compare_everywhere(left, right).agreement
    return None if agreement is Agreement.UNKNOWN else agreement is Agreement.ALWAYS


def is_open_interval(node: Any) -> bool:
    """Whether a tuple may be meant as an open interval: its first number is the smaller one."""
    if len(node) != 2 or not all(isinstance(end, sympy.Expr) for end in node):
        return False
    if node.free_symbols:
        return True
    return Order(left=node[0], relation="<", right=node[1]).at({}) is True or node.has(sympy.oo)


def systems_of(shape: Region | Values) -> list[System] | None:
    """The systems of inequalities whose union is a region; `None` where it is something else."""
    if isinstance(shape, Values):
        if not all(_is_real_number(item) for item in shape.items):
            return None
        return [(Order(left=_LINE, relation="=", right=item),) for item in shape.items]
    letter = shape.letter or _LINE
    parts = [_systems_of_part(part, letter) for part in shape.parts]
    if None in parts:
        return None
    known = [[_renamed(system, letter) for system in part] for part in parts if part is not None]
    if shape.joined == "or" or len(known) == 1:
        return [system for part in known for system in part]
    both = [(*a, *b) for a in known[0] for b in _product(known[1:])]
    if shape.joined == "and" or _meet(both):
        return both
    return [system for part in known for system in part]


def _is_real_number(item: Any) -> bool:
    if not isinstance(item, sympy.Expr) or item.free_symbols:
        return False
    try:
        compile_node(item).at({}, 20)
    except (NotNumeric, Undefined):
        return False
    return True


def _product(parts: Sequence[list[System]]) -> list[System]:
    if not parts:
        return [()]
    return [(*a, *b) for a in parts[0] for b in _product(parts[1:])]


def _meet(systems: list[System]) -> bool:
    """Whether statements beside each other can hold together: then a comma means "and"."""
    if any(not order.letters for system in systems for order in system):
        return True
    try:
        table = tabulate(systems, systems)
    except Undefined:
        return True
    return any(inside for _, inside, _ in table.rows)


def _systems_of_part(part: Any, letter: Any) -> list[System] | None:
    if isinstance(part, tuple):
        return [part]
    if isinstance(part, sympy.Tuple) and len(part) == 2:
        part = build.interval(part[0], part[1], opens=(True, True), position=0)
    if any(i.start is sympy.oo or i.end is -sympy.oo for i in _intervals(part)):
        return list(_NOWHERE)
    found = region_of_set(part, letter)
    return None if found is None else [tuple(system) for system in found]


def _intervals(part: Any) -> list[Any]:
    return [node for node in sympy.preorder_traversal(part) if isinstance(node, sympy.Interval)]


def _renamed(system: System, letter: Any) -> System:
    if letter == _LINE or _has_several_letters([system]):
        return system
    names = {letter: _LINE}
    return tuple(
        Order(
            left=order.left.xreplace(names),
            relation=order.relation,
            right=order.right.xreplace(names),
        )
        for order in system
    )


def _has_several_letters(systems: Sequence[System]) -> bool:
    letters = {letter for system in systems for order in system for letter in order.letters}
    return len(letters) > 1


def _compare_systems(expected: list[System], given: list[System]) -> Graded:
    try:
        table = tabulate(given, expected)
    except Undefined:
        return undecided()
    extra = [x for x, claims, holds in table.rows if claims and not holds]
    missing = [x for x, claims, holds in table.rows if holds and not claims]
    if not extra and not missing:
        return correct()
    evidence = _at(IS_MISSING, missing[0]) if missing else _at(IS_EXTRA, extra[0])
    if _are_ends(table, [*extra, *missing]):
        return partly(ENDPOINT, evidence)
    return partly(evidence=evidence) if _share_a_part(table) else wrong(evidence=evidence)


def _at(message: str, x: Any) -> Evidence:
    return Evidence(message=message, details={"value": show_number(x)})


def _are_ends(table: Table, points: list[Any]) -> bool:
    """Whether only single points differ and the sets share more than points."""
    common = any(a and b and x not in table.edges for x, a, b in table.rows)
    return common and all(x in table.edges for x in points)


def _share_a_part(table: Table) -> bool:
    """Whether one of several whole pieces is right and only others differ."""
    rows = sorted(table.rows)
    runs = [_runs([row[which] for row in rows]) for which in (1, 2)]
    common = set(runs[0]) & set(runs[1])
    return bool(common) and max(len(runs[0]), len(runs[1])) > 1


def _runs(flags: list[bool]) -> list[tuple[int, int]]:
    """Where stretches of true values begin and end."""
    found, start = [], None
    for place, flag in enumerate([*flags, False]):
        if flag and start is None:
            start = place
        elif not flag and start is not None:
            found.append((start, place))
            start = None
    return found


def _compare_half_planes(expected: list[System], given: list[System]) -> Graded:
    """Compare two inequalities in several letters: up to a positive factor."""
    if len(expected) != 1 or len(given) != 1 or len(expected[0]) != 1 or len(given[0]) != 1:
        return undecided()
    (one, flipped), (two, turned) = _directed(expected[0][0]), _directed(given[0][0])
    if _proportional(one, two):
        return correct() if flipped == turned else partly(ENDPOINT)
    return _compare_at_points(expected[0][0], given[0][0])


def _compare_at_points(expected: Order, given: Order) -> Graded:
    """Look for a point that satisfies only one of two inequalities."""
    letters = sorted(expected.letters | given.letters, key=str)
    for values in itertools.product((0, 1, -1, 3, -3), repeat=min(len(letters), 3)):
        point = {letter: sympy.Integer(v) for letter, v in zip(letters, values, strict=False)}
        outcomes = expected.at(point), given.at(point)
        if set(outcomes) == {True, False}:
            message = POINT_MISSING if outcomes[0] else POINT_EXTRA
            return wrong(evidence=Evidence(message=message, details={"point": show_point(point)}))
    return undecided()


def _directed(order: Order) -> tuple[Any, str]:
    """A difference and the relation, `<` or `<=` or `!=`, that it has to zero."""
    if order.relation in (">", ">="):
        return sympy.Add(order.right, -order.left), order.relation.replace(">", "<")
    return sympy.Add(order.left, -order.right), order.relation


def _proportional(one: Any, two: Any) -> bool:
    ratio = sympy.cancel(one / two)
    return bool(ratio.is_number and ratio.is_positive)
