"""One spelling for what people write in several: the order of scripts, needless braces, labels of equations."""

from __future__ import annotations

from collections.abc import Sequence

from tutor.cas.parse.tables import RELATIONS
from tutor.cas.parse.tokens import Kind, Token
from tutor.cas.parse.values import FUNCTION_LETTERS

_LEADERS = (r"\quad", r"\ldots", "&")
_SIGNS = ("+", "-", "*", "/", r"\times", r"\cdot", r"\div", r"\pm", ",")
_CONDITIONS = ("<", ">", r"\le", r"\ge", r"\ne", r"\in")
_TAKES_ARGUMENT = ("^", "_", "}", "]")


def in_one_spelling(tokens: Sequence[Token]) -> list[Token]:
    """The tokens with subscripts before exponents, single letters bare, and no labels at ends of rows."""
    found = list(tokens)
    for step in (
        _with_conditions_apart,
        _without_labels,
        _without_measure,
        _bare_letters,
        _subscripts_first,
    ):
        found = step(found)
    return found


def with_ratios(sides: list[list[Token]]) -> list[list[Token]]:
    """Takes the colon of `3:4=6:8` for a stroke, where nothing else is worked out and no time is meant."""
    colons = [[token for token in side if token.text == ":"] for side in sides]
    if not any(colons) or len(sides) < 2 or not all(map(_is_ratio, sides)):
        return sides
    return [
        [token._replace(text="/") if token.text == ":" else token for token in side]
        for side in sides
    ]


def _is_ratio(side: list[Token]) -> bool:
    texts = [token.text for token in side[:-1]]
    if ":" not in texts:
        return texts[:1] == [r"\frac"] and texts[-1:] == ["}"]
    has_signs = any(text in _SIGNS for text in texts)
    ends = texts.index(":") in (0, len(texts) - 1)
    return texts.count(":") == 1 and not has_signs and not ends


def _with_conditions_apart(tokens: list[Token]) -> list[Token]:
    r"""`x=k\pi\,(k\in Z)` is `x=k\pi, k\in Z`: a condition in brackets at the end of a statement."""
    has_relation = False
    depth = 0
    for index, token in enumerate(tokens):
        if token.text == "(" and has_relation and not depth:
            end = _end_of_condition(tokens, index)
            if end:
                comma = token._replace(text=",")
                inside = tokens[index + 1 : end]
                return [*tokens[:index], comma, *inside, *_with_conditions_apart(tokens[end + 1 :])]
        has_relation = (has_relation or token.text in RELATIONS) and token.text != r"\\"
        depth += {"(": 1, "{": 1, "[": 1, ")": -1, "}": -1, "]": -1}.get(token.text, 0)
    return tokens


def _end_of_condition(tokens: Sequence[Token], start: int) -> int:
    """The index of the bracket that closes a condition, or 0."""
    before = tokens[start - 1]
    if before.kind is Kind.LETTER and (before.text.isupper() or before.text in FUNCTION_LETTERS):
        return 0
    depth = 0
    for index in range(start, len(tokens) - 1):
        depth += {"(": 1, "[": 1, ")": -1, "]": -1}.get(tokens[index].text, 0)
        if depth <= 0:
            break
    inside = [token.text for token in tokens[start + 1 : index]]
    after = tokens[index + 1]
    ends = after.kind in (Kind.STOP, Kind.END) or after.text in (r"\\", ",", ";", ".", "right.")
    states = any(text in _CONDITIONS for text in inside) and "=" not in inside
    return index if ends and states and tokens[index].text == ")" else 0


def _without_labels(tokens: list[Token]) -> list[Token]:
    r"""Leaves out `(1)` behind a wide space, dots or an alignment mark at the end of an equation."""
    if not any(token.text in _LEADERS for token in tokens):
        return tokens
    kept: list[Token] = []
    has_relation = False
    index = 0
    while index < len(tokens):
        token = tokens[index]
        has_relation = has_relation and token.text != r"\\"
        has_relation = has_relation or token.text in RELATIONS
        if has_relation and kept and kept[-1].text in _LEADERS and _is_label(tokens, index):
            while kept[-1].text in _LEADERS:
                kept.pop()
            index += 3
        else:
            kept.append(token)
            index += 1
    return kept


def _is_label(tokens: Sequence[Token], index: int) -> bool:
    if len(tokens) <= index + 3:
        return False
    opening, number, closing, after = tokens[index : index + 4]
    bracketed = (opening.text, closing.text) == ("(", ")") and number.text.isdigit()
    ends = after.kind in (Kind.STOP, Kind.END) or after.text in (r"\\", ",", ";", ".", "right.")
    return bracketed and len(number.text) < 3 and ends


def _without_measure(tokens: list[Token]) -> list[Token]:
    r"""`m\angle A`, the measure of an angle, is the angle here."""
    return [
        token
        for token, after in zip(tokens, [*tokens[1:], tokens[-1]], strict=True)
        if not (token.text == "m" and after.text == r"\angle")
    ]


def _bare_letters(tokens: list[Token]) -> list[Token]:
    """`{C}_5` is `C_5`; the braces of an argument stay."""
    kept: list[Token] = []
    index = 0
    while index < len(tokens):
        if _is_braced_letter(tokens, index) and not (kept and _may_take_argument(kept[-1])):
            kept.append(tokens[index + 1])
            index += 3
        else:
            kept.append(tokens[index])
            index += 1
    return kept


def _is_braced_letter(tokens: Sequence[Token], index: int) -> bool:
    if tokens[index].text != "{" or len(tokens) <= index + 3:
        return False
    letter, closing, after = tokens[index + 1 : index + 4]
    return letter.kind is Kind.LETTER and closing.text == "}" and after.text == "_"


def _may_take_argument(token: Token) -> bool:
    return token.text in _TAKES_ARGUMENT or (
        token.kind is Kind.COMMAND and token.text not in RELATIONS
    )


def _subscripts_first(tokens: list[Token]) -> list[Token]:
    """`x^2_1` is `x_1^2`."""
    if not any(token.text == "_" for token in tokens):
        return tokens
    index = 0
    while index < len(tokens) - 3:
        if tokens[index].kind is Kind.LETTER and tokens[index + 1].text == "^":
            middle = _behind_group(tokens, index + 2)
            if tokens[middle].text == "_":
                end = _behind_group(tokens, middle + 1)
                above, below = tokens[index + 1 : middle], tokens[middle:end]
                tokens = [*tokens[: index + 1], *below, *above, *tokens[end:]]
        index += 1
    return tokens


def _behind_group(tokens: Sequence[Token], place: int) -> int:
    """The index behind the group or single token at a place, at most that of the last token."""
    last = len(tokens) - 1
    depth = 0
    for index in range(place, last):
        depth += {"{": 1, "}": -1}.get(tokens[index].text, 0)
        if depth <= 0:
            return index + 1
    return last
