"""Judging claims: each link of a chain by its kind, then the chain as a whole."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise
from typing import Any

import sympy
from sympy.core.function import AppliedUndef

from tutor.cas.calculus import SYMBOLIC_ERRORS, Unresolved, indefinite
from tutor.cas.closed import closed_approximation
from tutor.cas.differentials import has_differential
from tutor.cas.equality import check_equality
from tutor.cas.findings import (
    holds,
    new,
    too_costly,
    unknown,
    unread,
    unsupported,
)
from tutor.cas.guard import TooCostly, check_cost
from tutor.cas.identity import COUNTERS, Agreement, compare_everywhere
from tutor.cas.links import Link, prepare
from tutor.cas.memberships import check_congruence, check_membership
from tutor.cas.numeric_build import NotNumeric, Undefined
from tutor.cas.orders import check_order, check_order_chain
from tutor.cas.parse import (
    Alternatives,
    Names,
    Statement,
    Unread,
    read,
    read_statement,
    refuse_doubtful_sides,
)
from tutor.cas.requests import CheckClaim, Finding, Truth
from tutor.cas.scope import ORDERS, Scope, read_scope
from tutor.cas.several import check_several
from tutor.cas.values import assignments, check_values
from tutor.core.check import Claim, Evidence
from tutor.core.problem import Latex
from tutor.support.i18n import N_

CHAIN = N_("Every link of the chain is true.")
NEAR = N_("It is a solution of what is given, rounded.")
NAMED = N_("It gives a new name; the rest of the chain is true.")
_COMMAND = re.compile(r"\\[A-Za-z]+")
_LETTER_OR_LIST = re.compile(r"[A-Za-z_]|(?<!\{)[,;，；、]")


def check_claim(request: CheckClaim) -> Finding:
    """Find out whether a claim is true where it stands. Never raises for what is written in it."""
    claim, context = request.claim, request.context
    try:
        scope = read_scope(context.given, context.unknowns, context.target, claim.sides)
        scope = replace(scope, tied=frozenset(context.tied), is_source=context.is_source)
        return _check_statement(_read(claim, scope.names), claim, scope)
    except Unread as error:
        return _false_link(request) or unread(error.reason)
    except TooCostly:
        return too_costly()
    except (Unresolved, NotNumeric, Undefined, *SYMBOLIC_ERRORS):
        return unknown()


def _false_link(request: CheckClaim) -> Finding | None:
    r"""A false link between numbers in a chain that cannot be read as a whole: `1 + \cdots + 9 = 9 \cdot 5 = 46`."""
    claim = request.claim
    if len(claim.relations) < 2 or set(claim.relations) != {"="}:
        return None
    for left, right in pairwise(claim.sides):
        if _LETTER_OR_LIST.search(_COMMAND.sub(" ", left + right)):
            continue
        text = Latex(f"{left} = {right}")
        link = replace(claim, latex=text, sides=(left, right), relations=("=",))
        found = check_claim(replace(request, claim=link))
        if found.truth is Truth.FAILS:
            return _located(
                found,
                Link(left=None, relation="=", right=None, left_text=left, right_text=right),
                2,
            )
    return None


def _read(claim: Claim, names: Names) -> Statement:
    if "equiv" in claim.relations or not claim.relations:
        return read_statement(claim.latex, names)
    try:
        refuse_doubtful_sides(claim.sides, claim.relations)
        return Statement(tuple(read(side, names) for side in claim.sides), claim.relations)
    except Unread:
        if len(claim.relations) > 1:
            raise
        return read_statement(claim.latex, names)


def _unit(text: str, names: Names) -> str:
    """The unit that the reader took off a side."""
    try:
        return read_statement(text, names).unit
    except Unread:
        return ""


def _check_statement(statement: Statement, claim: Claim, scope: Scope) -> Finding:
    if not statement.relations or has_differential(claim.latex, statement.sides):
        return unsupported()
    for side in statement.sides:
        if isinstance(side, sympy.Basic):
            check_cost(side)
    texts = (
        claim.sides if len(claim.sides) == len(statement.sides) else ("",) * len(statement.sides)
    )
    pairs = zip(
        statement.sides, statement.sides[1:], statement.relations, texts, texts[1:], strict=False
    )
    links = [
        Link(left=a, relation=relation, right=b, left_text=s, right_text=t)
        for a, b, relation, s, t in pairs
    ]
    return _check_links(links, statement, scope)


def _check_links(links: list[Link], statement: Statement, scope: Scope) -> Finding:
    """Judge link by link; the letters of a chain that starts with a known expression are free."""
    as_one = _order_chain(links, scope)
    if as_one is not None:
        return as_one
    is_free = _starts_with_target(links[0], scope)
    integrated = _integrated(links[0].left)
    findings: list[Finding] = []
    letters = _free_letters(links[0], scope)
    for link in links:
        if len(findings) == 1 and isinstance(links[0].left, AppliedUndef):
            is_free, letters = True, letters | _letters(link.left)  # `f(2x) = … = …` is worked out
        free = replace(
            link,
            is_free=is_free and _letters(link.left) | _letters(link.right) <= letters,
            integrated=integrated,
        )
        findings.append(_tempered(_guarded(free, statement, scope), link, links, scope.names))
        if findings[-1].truth is Truth.FAILS:
            return _located(findings[-1], link, len(links))
        if len(links) > 1 and len(findings) == 1:
            is_free = is_free or _is_identity(link, findings[0], scope)
    return _combined(findings, links)


def _free_letters(link: Link, scope: Scope) -> frozenset[Any]:
    """The letters of the expression that a chain begins with, those of the functions it calls among them."""
    letters = _letters(link.left)
    if not isinstance(link.left, sympy.Expr) or not scope.defines(link.left):
        return letters
    try:
        return letters | _letters(prepare(replace(link, right=link.left), scope).left)
    except (Unresolved, *SYMBOLIC_ERRORS):
        return letters


def _order_chain(links: list[Link], scope: Scope) -> Finding | None:
    """What is found out about a chain of inequalities in one letter as a whole."""
    is_chain = len(links) > 1 and all(link.relation in ORDERS and link.is_plain for link in links)
    return check_order_chain([prepare(link, scope) for link in links], scope) if is_chain else None


def _tempered(finding: Finding, link: Link, links: list[Link], names: Names) -> Finding:
    r"""A finding without the refutations that only the way of writing brings about.

    `\frac13 < k < \frac23 \approx 0.33 < k < 0.67` rounds a whole chain: its middle is no claim. Units that
    differ (`1 m = 100 cm`) make numbers that differ equal.
    """
    if finding.truth is not Truth.FAILS:
        return finding
    if link.relation == "=" and any(other.relation == "equiv" for other in links):
        return unknown()  # equal up to the modulus is meant
    among_orders = any(other.relation in ORDERS for other in links)
    if link.relation == "approx" and among_orders:
        return unknown()
    left, right = _unit(link.left_text, names), _unit(link.right_text, names)
    return unknown() if left and left != right else finding


def _integrated(side: Any) -> Any | None:
    """The letter of the indefinite integral that a chain works out."""
    found = indefinite(side) if isinstance(side, sympy.Expr) else []
    return found[0].limits[0][0] if len(found) == 1 and len(found[0].limits) == 1 else None


def _guarded(link: Link, statement: Statement, scope: Scope) -> Finding:
    try:
        return _check_link(prepare(link, scope), statement, scope)
    except (Unresolved, NotNumeric, Undefined, *SYMBOLIC_ERRORS):
        return unknown()


def _letters(node: Any) -> frozenset[Any]:
    return frozenset(node.free_symbols) if isinstance(node, sympy.Basic) else frozenset()


def _starts_with_target(link: Link, scope: Scope) -> bool:
    """Whether a chain begins by rewriting the expression that the problem asks about."""
    if scope.target is None or not isinstance(link.left, sympy.Expr):
        return False
    if not link.left.free_symbols:
        return False
    if link.left == scope.target:
        return True
    try:
        left = prepare(replace(link, right=link.left), scope).left
        return compare_everywhere(left, scope.target).agreement is Agreement.ALWAYS
    except (Unresolved, NotNumeric, *SYMBOLIC_ERRORS):
        return False


def _is_identity(link: Link, finding: Finding, scope: Scope) -> bool:
    """Whether the first link of a chain is true for all values of its letters, and not only of given ones."""
    if finding.truth is not Truth.HOLDS or not link.is_plain or not link.letters:
        return False
    return not scope.related(link.letters)


def _check_link(link: Link, statement: Statement, scope: Scope) -> Finding:
    relation = link.relation
    if relation == "in":
        return check_membership(link)
    if relation == "equiv":
        return check_congruence(link, statement.modulus)
    if relation in (*ORDERS, "!="):
        return check_order(link, scope) if link.is_plain else unsupported()
    if relation == "approx":
        return _check_approximation(link, scope)
    return _check_equation(link, scope) if relation == "=" else unsupported()


def _check_equation(link: Link, scope: Scope) -> Finding:
    given = assignments(link)
    if given is not None and (not link.is_plain or _gives_a_value(link, scope)):
        return check_values(given, scope)
    if isinstance(link.left, Alternatives) or isinstance(link.right, Alternatives):
        return check_several(link, scope)
    if link.is_plain:
        return check_equality(link, scope)
    return check_several(link, scope)


def _gives_a_value(link: Link, scope: Scope) -> bool:
    """Whether `x = ...` is a value of a letter that what is given constrains."""
    letter, value = link.left, link.right
    if not isinstance(letter, sympy.Symbol):
        letter, value = value, letter
    counts = all(extra.name in COUNTERS for extra in value.free_symbols)
    return counts or letter.name in scope.unknowns


def _check_approximation(link: Link, scope: Scope) -> Finding:
    if not link.is_plain:
        return unsupported()
    if not link.letters:
        return closed_approximation(link)
    return _approximate_value(link, scope)


def _approximate_value(link: Link, scope: Scope) -> Finding:
    r"""`x \approx 1.41`: near to a solution of what is given, or open."""
    if not isinstance(link.left, sympy.Symbol) or link.right.free_symbols:
        return unknown()
    related = scope.related([link.left])
    if not related:
        return new(NAMED)
    for point in scope.solutions(related).real:
        if link.left in point and _is_near(link, point[link.left]):
            return holds("rounding", NEAR)
    return unknown()


def _is_near(link: Link, value: Any) -> bool:
    rounded = replace(link, left=sympy.Float(value, 40), left_text="")
    return closed_approximation(rounded).truth is Truth.HOLDS


def _located(finding: Finding, link: Link, links: int) -> Finding:
    """A finding that names its link, where there are several."""
    if links == 1 or finding.evidence is None or not link.left_text:
        return finding
    details = {**finding.evidence.details, "link": f"{link.left_text} = {link.right_text}"}
    return replace(finding, evidence=Evidence(message=finding.evidence.message, details=details))


def _combined(findings: list[Finding], links: list[Link]) -> Finding:
    if len(findings) == 1:
        return findings[0]
    truths = [finding.truth for finding in findings]
    if (
        truths[0] is Truth.NEW
        and set(truths[1:]) == {Truth.HOLDS}
        and isinstance(links[0].left, sympy.Symbol)
    ):
        return new(NAMED)
    for truth in (Truth.UNKNOWN, Truth.HOLDS_SOMETIMES, Truth.NEW):
        if truth in truths:
            return findings[truths.index(truth)]
    return holds(findings[-1].method, CHAIN)
