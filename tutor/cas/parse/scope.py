"""What the letters of a text stand for."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

import sympy

from tutor.cas.parse.errors import Unread
from tutor.cas.parse.tables import GREEK, GREEK_VARIANTS
from tutor.cas.parse.tokens import Kind, Token
from tutor.cas.parse.values import Names

_CAPITALS = re.compile("[A-Z]")
_NUMBER_IN_BRACKETS = re.compile(r"\( (?:- )?\d+ \)")
_PRIME_POWERS = (["p", "^", "e"], ["q", "^", "e"], ["^", "{", "e"])
_ONE_NUMBER = re.compile(r"\( \d+ \)")
_SIDE_ENDS = ("=", "<", ">", r"\le", r"\ge", r"\approx", "")
_ORDER = ("<", ">", r"\le", r"\ge")
_CHAIN_STARTS = ("", ",", ";", r"\\", "and", "or", r"\therefore", r"\Rightarrow", r"\because")
_CALCULUS = (r"\int", r"\ln", r"\log", r"\exp", r"\lim", r"\partial", r"\sin", r"\cos")
_CALLED_AT_NUMBERS = frozenset("PQRSTUVWpqrsuvwy")
_LONGEST_ARGUMENT = 10
GREEK_NAMES = GREEK | GREEK_VARIANTS.keys()


@dataclass(frozen=True, slots=True)
class Scope:
    """What is known about the letters of a whole text.

    Attributes:
        functions: Letters that are functions when a bracket or a prime follows.
        plain: Letters among `e` and `i` that are ordinary here.
        lone: Capital letters that occur without another capital beside them.
        pairs: Pairs of capitals that occur.
        primed: Letters that carry a prime somewhere.
        doubtful: Positions of names that may be functions or factors.
    """

    functions: frozenset[str]
    plain: frozenset[str] = frozenset()
    lone: frozenset[str] = frozenset()
    pairs: frozenset[str] = frozenset()
    primed: frozenset[str] = frozenset()
    doubtful: frozenset[int] = frozenset()

    @property
    def greek(self) -> frozenset[str]:
        """Names of Greek letters."""
        return GREEK_NAMES

    def constant(self, letter: str, bound: frozenset[str]) -> sympy.Expr:
        """The value of a letter that stands alone: e and i unless they are used as letters."""
        if letter == "e" and letter not in self.plain | bound:
            return sympy.E
        if letter == "i" and letter not in self.plain | bound:
            return sympy.I
        return sympy.Symbol(letter)


def scope_of(tokens: Sequence[Token], names: Names) -> Scope:
    """Looks over a whole text before it is read.

    Args:
        tokens: All tokens of the text.
        names: What is known already.
    """
    runs = list(_capital_runs(tokens))
    functions = names.functions | _defined(tokens)
    return Scope(
        functions=functions,
        primed=_primed(tokens),
        doubtful=_doubtful(tokens, functions),
        plain=_plain_letters(tokens),
        lone=frozenset(run for run in runs if len(run) == 1),
        pairs=frozenset(run for run in runs if len(run) == 2),
    )


def _capital_runs(tokens: Sequence[Token]) -> list[str]:
    runs: list[str] = []
    goes_on = False
    for token in tokens:
        is_capital = token.kind is Kind.LETTER and _CAPITALS.fullmatch(token.text) is not None
        if is_capital and goes_on:
            runs[-1] += token.text
        elif is_capital:
            runs.append(token.text)
        goes_on = is_capital
    return runs


def _plain_letters(tokens: Sequence[Token]) -> frozenset[str]:
    counts = Counter(token.text for token in tokens if token.kind is Kind.LETTER)
    in_table = any(token.kind is Kind.BEGIN for token in tokens)
    plain = set()
    if counts["j"] or (in_table and counts["g"] and counts["h"]) or has_index(tokens):
        plain.add("i")
    if _is_coefficient(tokens, counts):
        plain.add("e")
    return frozenset(plain | {name for name in ("e", "i") if _is_compared(tokens, name)})


def has_index(tokens: Sequence[Token]) -> bool:
    """Whether `i` is a subscript somewhere, as in `a_i`: then it counts everywhere."""
    texts = [token.text for token in tokens]
    return any(
        text == "_" and "i" in (texts[index + 1], texts[index + 2])
        for index, text in enumerate(texts[:-2])
        if texts[index + 1] in ("i", "{")
    )


def _is_coefficient(tokens: Sequence[Token], counts: Counter[str]) -> bool:
    """Whether `e` is one of the letters around it, as in `x^2+dx+e` and `p^e q^f`."""
    if any(one.text == "e" and two.text == "^" for one, two in pairwise(tokens)):
        return False
    if any(token.text in _CALCULUS for token in tokens):
        return False
    if any(one.text == "{" and two.text == "d" for one, two in pairwise(tokens)):
        return False
    texts = [token.text for token in tokens]
    beside = any(
        one == "f" and two not in ("(", "'", "_", "^", "[") for one, two in pairwise(texts)
    )
    above = any(texts[index - 2 : index + 1] in _PRIME_POWERS for index in range(2, len(texts)))
    return bool(counts["d"]) or beside or above


def _is_compared(tokens: Sequence[Token], name: str) -> bool:
    r"""Whether the letter alone begins a chain, as in `i=1,2` and `e=\frac{c}{a}`, or stands in an order.

    Raises:
        Unread: It is also used as the constant.
    """
    texts = [token.text for token in tokens]
    places = [index for index, text in enumerate(texts[:-1]) if text == name]
    compared = [index for index in places if _is_compared_at(texts, index)]
    if not compared or (name == "i" and r"\sqrt" in texts):
        return False
    if any(r in texts for r in (r"\lim", r"\sum", r"\ln", r"\approx")):
        return False
    if name == "e" and any(texts[index + 1] == "^" for index in places):
        raise Unread("the constant e or a letter", tokens[compared[0]].position)
    return True


def _is_compared_at(texts: Sequence[str], index: int) -> bool:
    before, after = texts[index - 1] if index else "", texts[index + 1]
    ends = (*_SIDE_ENDS, ",", ";", r"\\", "and", "or", "}")
    if texts[index] == "i" and ((before in _ORDER and after in ends) or after in _ORDER):
        return before in (*_ORDER, *_CHAIN_STARTS)
    if before in _ORDER and after in _ORDER:
        return True
    return before in _CHAIN_STARTS and after in ("=", r"\in", r"\ne", *_ORDER)


def _primed(tokens: Sequence[Token]) -> frozenset[str]:
    texts = [token.text for token in tokens]
    found = set()
    for index, token in enumerate(tokens):
        after = texts[index + 1 : index + 4]
        behind = (
            after[:1] if after[:1] != ["^"] else after[1:2] if after[1:2] != ["{"] else after[2:]
        )
        if token.kind is Kind.LETTER and behind == ["'"]:
            found.add(token.text)
    return frozenset(found)


def _defined(tokens: Sequence[Token]) -> frozenset[str]:
    """Letters of sides that are just `P(t)` or `v(0)`, and that occur in no other way."""
    found = {
        token.text
        for index, token in enumerate(tokens)
        if token.kind is Kind.LETTER and _begins_side(tokens, index) and _is_call(tokens, index)
    }
    return frozenset(name for name in found if not _occurs_bare(name, tokens))


def _is_call(tokens: Sequence[Token], index: int) -> bool:
    """Whether `P(t)` or `P(2)` stands here and a side ends behind it."""
    if tokens[index + 1].text != "(":
        return False
    inside: list[Token] = []
    for place in range(index + 2, min(index + 2 + _LONGEST_ARGUMENT, len(tokens) - 1)):
        if tokens[place].text == ")":
            break
        inside.append(tokens[place])
    else:
        return False
    if tokens[place + 1].text not in (*_SIDE_ENDS, "}"):
        return False
    if all(one.kind is Kind.LETTER or one.text == "," for one in inside):
        return len(inside) % 2 == 1
    return tokens[index].text in _CALLED_AT_NUMBERS and not any(
        one.kind is Kind.LETTER for one in inside
    )


def _doubtful(tokens: Sequence[Token], functions: frozenset[str]) -> frozenset[int]:
    """Names that always stand before brackets, with different contents, and alone on a side."""
    uses: dict[str, list[_Use]] = {}
    for index, token in enumerate(tokens[:-1]):
        if token.kind is Kind.LETTER and token.text not in functions:
            use = _use(tokens, index)
            uses.setdefault(use.name, []).append(use)
    several = {
        use.position
        for found in uses.values()
        if all(use.content for use in found)
        and len({use.content for use in found}) > 1
        and any(use.fills_side for use in found)
        for use in found
    }
    several |= {
        use.position
        for found in uses.values()
        if all(_NUMBER_IN_BRACKETS.fullmatch(use.content) for use in found)
        and len({use.content for use in found}) > 1
        for use in found
    }
    alone = {use.position for found in uses.values() for use in found if use.is_called}
    return frozenset(several | alone)


class _Use(NamedTuple):
    name: str
    position: int
    content: str
    fills_side: bool

    @property
    def is_called(self) -> bool:
        """Whether it is `d(18)` and no more: nobody writes a product so."""
        return self.fills_side and _ONE_NUMBER.fullmatch(self.content) is not None


def _use(tokens: Sequence[Token], index: int) -> _Use:
    name = tokens[index].text
    place = index + 1
    if tokens[place].text == "_":
        end = _behind_group(tokens, place + 1)
        name += "".join(token.text for token in tokens[place:end])
        place = end
    if place >= len(tokens) or tokens[place].text != "(":
        return _Use(name, tokens[index].position, "", fills_side=False)
    end = _behind_group(tokens, place)
    content = " ".join(token.text for token in tokens[place:end])
    fills = _begins_side(tokens, index) and end < len(tokens) and tokens[end].text in _SIDE_ENDS
    return _Use(name, tokens[index].position, content, fills)


def _behind_group(tokens: Sequence[Token], place: int) -> int:
    """The index behind the group or single token that begins at a place."""
    depth = 0
    for index in range(place, len(tokens)):
        depth += {"(": 1, "{": 1, ")": -1, "}": -1}.get(tokens[index].text, 0)
        if depth <= 0:
            return index + 1
    return len(tokens) - 1


def _begins_side(tokens: Sequence[Token], index: int) -> bool:
    before = tokens[index - 1] if index else None
    return before is None or before.text in (*_SIDE_ENDS, ",", ";", r"\\", "&", "{")


def _occurs_bare(name: str, tokens: Sequence[Token]) -> bool:
    return any(
        one.kind is Kind.LETTER and one.text == name and two.text not in ("(", "'", "_", "^")
        for one, two in pairwise(tokens)
    )
