"""Where statements, rows and sides begin and end in a list of tokens."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from tutor.cas.parse.errors import Unread
from tutor.cas.parse.tables import ARROWS, MONEY, MONEY_SIGNS, RELATIONS
from tutor.cas.parse.tokens import Kind, Token

_OPENING = ("(", "[", "{", r"\{", "|(", "left.", r"\langle")
_CLOSING = (")", "]", "}", r"\}", ")|", "right.", r"\rangle")
_STEPS = dict.fromkeys(_OPENING, 1) | dict.fromkeys(_CLOSING, -1)
_END_MARKS = (".", ",", ";", ":")
_CONNECTIVES = {r"\land": "and", r"\lor": "or"}
_SYSTEMS = frozenset({"cases", "array", "aligned", "align", "alignedat", "gathered", "split"})
_SYSTEMS |= {"gather", "eqnarray", "equation"}

Test = Callable[[Token], bool]


def is_relation(token: Token) -> bool:
    """Whether a token is `=`, `<`, `in` and their like."""
    return token.kind in (Kind.SYMBOL, Kind.COMMAND) and token.text in RELATIONS


def is_separator(token: Token) -> bool:
    """Whether a token is a comma, a semicolon, "and" or "or"."""
    if token.kind is Kind.WORD:
        return token.text in ("and", "or")
    return token.kind is Kind.SYMBOL and token.text in (",", ";")


def with_connectives(tokens: Sequence[Token]) -> list[Token]:
    r"""Takes `\land` and `\lor` for "and" and "or" where both neighbours are statements."""
    marks = top_level(tokens, lambda token: token.text in _CONNECTIVES)
    if not marks or not all(top_level(part, is_relation) for part in split(tokens, marks)):
        return list(tokens)
    return [
        token._replace(kind=Kind.WORD, text=_CONNECTIVES[token.text]) if index in marks else token
        for index, token in enumerate(tokens)
    ]


def is_arrow(token: Token) -> bool:
    """Whether a token says that something follows."""
    return token.kind is Kind.COMMAND and token.text in ARROWS


def is_row_end(token: Token) -> bool:
    """Whether a token ends a row."""
    return token.kind is Kind.COMMAND and token.text == r"\\"


def is_cell_end(token: Token) -> bool:
    """Whether a token ends a cell."""
    return token.kind is Kind.SYMBOL and token.text == "&"


def top_level(tokens: Sequence[Token], test: Test) -> list[int]:
    """Indices of tokens outside all brackets that pass a test."""
    return [index for index in _outside_brackets(tokens) if test(tokens[index])]


def _outside_brackets(tokens: Sequence[Token]) -> Iterator[int]:
    depth = 0
    for index, token in enumerate(tokens):
        step = _step(token)
        depth += step
        if depth == 0 and not step:
            yield index


def split(tokens: Sequence[Token], marks: Sequence[int]) -> list[list[Token]]:
    """Cuts at the marks, which are dropped; each part ends with a `STOP`."""
    parts = []
    start = 0
    for index in [*marks, len(tokens) - 1]:
        position = tokens[index].position
        parts.append([*tokens[start:index], Token(Kind.STOP, "", position, position)])
        start = index + 1
    return parts


def trimmed(tokens: Sequence[Token]) -> list[Token]:
    """Without arrows in front, marks at the end, and braces round whole statements."""
    rest = list(tokens[:-1])
    while rest:
        if is_arrow(rest[0]):
            rest.pop(0)
        elif rest[-1].text in _END_MARKS and rest[-1].kind is Kind.SYMBOL:
            rest.pop()
        elif _is_braced(rest):
            rest = rest[1:-1]
        else:
            break
    return [*rest, tokens[-1]]


def _is_braced(tokens: Sequence[Token]) -> bool:
    if tokens[0].text != "{" or tokens[-1].text != "}":
        return False
    if not any(is_relation(token) or is_separator(token) for token in tokens):
        return False
    depth = 0
    for token in tokens[:-1]:
        depth += {"{": 1, "}": -1}.get(token.text, 0)
        if depth == 0:
            return False
    return True


class Rows(NamedTuple):
    """The rows of a text that is one environment.

    Attributes:
        rows: Each with a `STOP` at its end, without alignment marks.
        is_system: Whether a brace says that all hold together.
    """

    rows: list[list[Token]]
    is_system: bool


def rows_of(tokens: Sequence[Token]) -> Rows | None:
    """The rows, if the whole text is one environment of statements; cases of values are not."""
    inner = list(tokens[:-1])
    has_brace = len(inner) > 2 and inner[0].text == r"\{"
    if has_brace:
        inner = inner[1:-1] if inner[-1].text in ("right.", r"\}") else inner[1:]
    if len(inner) < 2 or inner[0].kind is not Kind.BEGIN or inner[0].text not in _SYSTEMS:
        return None
    if inner[-1].kind is not Kind.END or _closes_before_end(inner):
        return None
    end = inner[-1]
    body = [*inner[1:-1], Token(Kind.STOP, "", end.position, end.position)]
    rows = [row for row in split(body, top_level(body, is_row_end)) if len(row) > 1]
    if not rows or not top_level(_first_cell(rows[0]), is_relation):
        return None
    return Rows(_joined_up(rows), has_brace or inner[0].text == "cases")


def _closes_before_end(tokens: Sequence[Token]) -> bool:
    depth = 0
    for token in tokens[:-1]:
        depth += {Kind.BEGIN: 1, Kind.END: -1}.get(token.kind, 0)
        if depth == 0:
            return True
    return False


def _first_cell(row: list[Token]) -> list[Token]:
    """Up to a comma or to an alignment mark that no relation follows at once."""
    for index, token in enumerate(row):
        if is_cell_end(token) and not _aligns_relation(row, index):
            return row[: index + 1]
        if token.text == "," and token.kind is Kind.SYMBOL:
            return row[: index + 1]
    return row


def _aligns_relation(row: list[Token], index: int) -> bool:
    return index == 0 or is_relation(row[index + 1]) or is_relation(row[index - 1])


def _joined_up(rows: list[list[Token]]) -> list[list[Token]]:
    """Rows that begin with a relation go on with the row before."""
    joined: list[list[Token]] = []
    for row in rows:
        marks = set(top_level(row, is_cell_end))
        plain = trimmed([token for index, token in enumerate(row) if index not in marks])
        if joined and is_relation(plain[0]):
            joined[-1] = [*joined[-1][:-1], *plain]
        elif len(plain) > 1:
            joined.append(plain)
    return joined


class Measured(NamedTuple):
    """Tokens from which units were taken off.

    Attributes:
        tokens: The rest.
        unit: The one unit that stood there, or an empty string.
        numbers: Positions of the numbers that carried a unit or a currency sign.
    """

    tokens: list[Token]
    unit: str
    numbers: frozenset[int]


def without_units(tokens: Sequence[Token]) -> Measured:
    """Takes off the one unit that stands beside numbers, and currency signs.

    Raises:
        Unread: There are two units, or a factor after one.
    """
    unit = money = ""
    numbers = set()
    before = tokens[0]
    for token, after in pairwise(tokens):
        if token.kind is Kind.UNIT and token.text in MONEY_SIGNS:
            money = _the_same(money, token)
            numbers.add(after.position if after.kind is Kind.NUMBER else before.position)
        elif token.kind is Kind.UNIT:
            unit = _the_same(unit, token)
            _refuse_factor(token, after)
            numbers.add(before.position)
        before = token
    if money and unit in MONEY:
        raise Unread("two different units", tokens[0].position)
    rest = [token for token in tokens if token.kind is not Kind.UNIT]
    return Measured(rest, unit, frozenset(numbers))


def _the_same(unit: str, token: Token) -> str:
    if unit not in ("", token.text):
        raise Unread("two different units", token.position)
    return token.text


def _refuse_factor(token: Token, after: Token) -> None:
    if after.kind in (Kind.NUMBER, Kind.LETTER, Kind.BEGIN) or after.text in ("(", "^", "_"):
        raise Unread("a unit before another factor", token.position)


def without_gaps(tokens: Sequence[Token]) -> list[Token]:
    r"""Takes a wide space between two operands for a comma, and leaves out every other one."""
    kept: list[Token] = []
    depth = 0
    for token, after in pairwise(tokens):
        depth += _step(token)
        if token.text != r"\quad":
            kept.append(token)
        elif kept and not depth and _is_operand(kept[-1]) and _is_operand(after):
            kept.append(Token(Kind.SYMBOL, ",", token.position, token.end))
    return [*kept, tokens[-1]]


def _step(token: Token) -> int:
    if token.kind is Kind.BEGIN:
        return 1
    return -1 if token.kind is Kind.END else _STEPS.get(token.text, 0)


def _is_operand(token: Token) -> bool:
    if token.kind is Kind.COMMAND:
        return not (is_relation(token) or is_arrow(token) or token.text in (r"\quad", r"\\"))
    if token.kind is Kind.SYMBOL:
        return token.text in _OPENING or token.text in _CLOSING or token.text in ("|", "'", "!")
    return token.kind not in (Kind.STOP, Kind.WORD)
