r"""What could be read, but often means something else than it says.

`2\text{ h}=120` and `200+10\%=220` are false as written and true as meant. They are refused, as nothing true must
ever be called false.
"""

from __future__ import annotations

from collections.abc import Sequence

from tutor.cas.parse import layout
from tutor.cas.parse.errors import Unread
from tutor.cas.parse.tables import FUNCTIONS
from tutor.cas.parse.tokens import Kind, Token

Side = list[Token]

_ARITHMETIC = frozenset(
    ["+", "-", "*", "/", "(", ")", "[", "]", "{", "}", r"\frac", r"\times", r"\cdot", r"\div"]
)
_DIVISIONS = ("/", r"\frac", r"\div")
_UNIT_LETTERS = frozenset("msghLNJW")
_CONIC = frozenset("abc")
_ECCENTRIC = (["e", "^", "2"], ["1", "-", "e", "^", "2"], ["e", "^", "2", "-", "1"])


def refuse_doubtful(
    sides: Sequence[Side], relations: Sequence[str], measured: frozenset[int]
) -> None:
    """Refuses a chain that people write with a unit left out or with a letter that means two things.

    Args:
        sides: The sides, each with a `STOP` at its end.
        relations: The relations between them.
        measured: Positions of numbers that carried a unit.

    Raises:
        Unread: At the place of the doubt.
    """
    for side in sides:
        _refuse_added_share(side)
        _refuse_raised_nought(side)
    _refuse_lost_units(sides, relations, measured)
    _refuse_eccentricity(sides)


def refuse_letters(sides: Sequence[Side], relations: Sequence[str]) -> None:
    r"""Refuses sides, read one by one, of which the first is `e` or `i` alone.

    Raises:
        Unread: At the letter.
    """
    first = sides[0]
    if len(first) == 2 and first[0].text in ("e", "i") and "approx" not in relations:
        raise Unread("a constant or a letter", first[0].position)


def _terms(side: Side) -> list[Side]:
    marks = layout.top_level(side, lambda token: token.text in ("+", "-"))
    return [part[:-1] for part in layout.split(side, marks) if len(part) > 1]


def _is_plain(term: Side) -> bool:
    """Whether it is arithmetic with numbers only, and not just zero."""
    numbers = [token for token in term if token.kind is Kind.NUMBER]
    others = [token for token in term if token.kind is not Kind.NUMBER]
    if any(token.text not in _ARITHMETIC for token in others):
        return False
    return any(token.text.strip("0.") for token in numbers)


def _refuse_added_share(side: Side) -> None:
    """`200 + 10%` is often meant as ten percent more."""
    if not any(token.text == r"\%" for token in side):
        return
    terms = _terms(side)
    for term in terms[1:]:
        if [token.text for token in term][1:] == [r"\%"] and any(
            _is_plain(other) and other[0].text != "1" for other in terms
        ):
            raise Unread("a percentage of what is not said", term[0].position)


def _refuse_raised_nought(side: Side) -> None:
    r"""`\sin 30^0` and `30^0+60^0` have a nought for the sign of degrees."""
    is_angle = any(token.text.removeprefix("\\") in FUNCTIONS for token in side)
    for number, *script in zip(side, side[1:], side[2:], side[3:], strict=False):
        texts = [token.text for token in script]
        is_nought = texts[:2] == ["^", "0"] or texts == ["^", "{", "0"]
        if number.kind is Kind.NUMBER and is_nought and (is_angle or _may_be_angle(number.text)):
            raise Unread("a power or degrees", number.position)


def _may_be_angle(number: str) -> bool:
    is_round = number.isdigit() and any(int(number) % step == 0 for step in (9, 10, 15))
    return is_round and int(number) > 10 and number.strip("10") != ""


def _refuse_lost_units(
    sides: Sequence[Side], relations: Sequence[str], measured: frozenset[int]
) -> None:
    for side, relation, after in zip(sides, relations, sides[1:], strict=False):
        alone = len(side) == 2 and side[0].position in measured
        lost = not any(token.position in measured for token in after) and _is_plain(after[:-1])
        if alone and lost and relation == "=":
            raise Unread("a unit on one side only", after[0].position)
    letters = {side[1].text for side in sides if len(side) == 3 and _is_measure(side)}
    if len(letters) > 1 and all(len(side) == 3 and _is_measure(side) for side in sides):
        raise Unread("units or letters", sides[0][1].position)


def _is_measure(side: Side) -> bool:
    return side[0].kind is Kind.NUMBER and side[1].text in _UNIT_LETTERS


def _refuse_eccentricity(sides: Sequence[Side]) -> None:
    r"""`e^2=\frac34` speaks of a conic, not of the constant."""
    if not any(token.text == "e" for side in sides for token in side):
        return
    texts = [[token.text for token in side[:-1] if token.text not in "{}"] for side in sides]
    place = next((index for index, text in enumerate(texts) if text in _ECCENTRIC), None)
    if place is None:
        return
    for index, side in enumerate(sides):
        letters = {token.text for token in side if token.kind is Kind.LETTER}
        if index != place and letters <= _CONIC and _is_ratio(side):
            raise Unread("the constant e or an eccentricity", sides[place][0].position)


def _is_ratio(side: Side) -> bool:
    return all(
        token.kind is not Kind.COMMAND or token.text in (*_ARITHMETIC, r"\sqrt") for token in side
    ) and any(token.kind is Kind.NUMBER or token.text in _DIVISIONS for token in side)
