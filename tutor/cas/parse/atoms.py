"""Numbers, letters and brackets."""

from __future__ import annotations

import sympy

from tutor.cas.parse import build
from tutor.cas.parse.marks import mark_evaluated as evaluate_at
from tutor.cas.parse.reader import Reader
from tutor.cas.parse.subscripts import subscript
from tutor.cas.parse.tokens import Kind, Token
from tutor.cas.parse.values import Alternatives, Node


def read_number(reader: Reader, token: Token) -> Node:
    """An integer, a decimal as an exact fraction, a mixed number, or a number with a base."""
    text = token.text
    if text.isdigit() and len(text) > 1 and not text.strip("0"):
        reader.fail("a number of zeros only", token)
    if reader.at("_"):
        return _in_base(reader, token)
    if repeating := _repeating(reader, token):
        return repeating
    if "." in text:
        return sympy.Rational(text)
    whole = sympy.Integer(int(text))
    return _mixed(reader, whole) if reader.at(r"\frac") else whole


def _in_base(reader: Reader, token: Token) -> Node:
    reader.expect("_")
    written = subscript(reader)
    base = int(written) if written.isdigit() else 0
    if not 2 <= base <= 10 or not token.text.isdigit() or int(max(token.text)) >= base:
        reader.fail("a subscript on a number", token)
    return sympy.Integer(int(token.text, base))


def _repeating(reader: Reader, token: Token) -> Node | None:
    point = reader.peek()
    has_point = point.text == "." and point.position == token.end
    after = reader.peek(1 if has_point else 0)
    if after.text not in (r"\overline", r"\dot") or not (has_point or "." in token.text):
        return None
    reader.index += has_point
    fixed = token.text.partition(".")[2]
    period = _overlined_digits(reader) if after.text == r"\overline" else _dotted_digits(reader)
    if not period:
        reader.fail("repeating digits", after)
    scale = 10 ** len(fixed)
    nines = 10 ** len(period) - 1
    known = sympy.Rational(token.text.removesuffix("."))
    return known + sympy.Rational(int(period), nines * scale)


def _overlined_digits(reader: Reader) -> str:
    reader.expect(r"\overline")
    return _braced_digits(reader)


def _dotted_digits(reader: Reader) -> str:
    reader.expect(r"\dot")
    digits = _braced_digits(reader)
    if reader.peek().kind is Kind.NUMBER:
        digits += reader.take().text
        if not reader.at(r"\dot"):
            reader.fail("repeating digits")
    if reader.accept(r"\dot"):
        digits += _braced_digits(reader)
    return digits


def _braced_digits(reader: Reader) -> str:
    braced = reader.accept("{")
    if not braced:
        reader.split_number()
    token = reader.take()
    if not token.text.isdigit():
        reader.fail("digits are missing", token)
    if braced:
        reader.expect("}")
    return token.text


def _mixed(reader: Reader, whole: sympy.Integer) -> Node:
    r"""`1\frac34` is seven quarters: a whole number and a proper fraction of whole numbers."""
    start = reader.index
    fraction = reader.take()
    parts = []
    for _ in range(2):
        reader.split_number()
        braced = reader.accept("{")
        if reader.peek().kind is not Kind.NUMBER or not reader.peek().text.isdigit():
            break
        parts.append(int(reader.take().text))
        if braced and not reader.accept("}"):
            break
    else:
        if 0 < parts[0] < parts[1]:
            return whole + sympy.Rational(*parts)
        reader.fail("a whole number before an improper fraction", fraction)
    reader.index = start
    return whole


def read_bracket(reader: Reader, token: Token) -> Node:
    """`(a)`, `[a]`, a tuple or an interval."""
    with reader.bracketed():
        items = [reader.value()]
        while reader.accept(",", ";"):
            items.append(reader.value())
    closing = reader.take()
    if closing.text not in (")", "]"):
        reader.fail("a bracket is not closed", token)
    if len(items) > 1:
        return _listed(reader, items, token, closing)
    node = _parenthesised(reader, items[0], token, closing)
    return evaluate_at(reader, node, closing) if reader.at("_") else node


def read_left_open(reader: Reader, token: Token) -> Node:
    r"""`\left. F \right|_a^b`."""
    with reader.bracketed():
        node = reader.value()
    reader.expect(")|")
    return evaluate_at(reader, node, token)


def _parenthesised(reader: Reader, node: Node, token: Token, closing: Token) -> Node:
    if (token.text, closing.text) not in (("(", ")"), ("[", "]")):
        reader.fail("brackets that do not match", closing)
    if token.text == "[" and (isinstance(node, sympy.Symbol | sympy.Number)):
        reader.fail("square brackets round one number may mean its whole part", token)
    return node


def _listed(reader: Reader, items: list[Node], token: Token, closing: Token) -> Node:
    if any(isinstance(item, Alternatives) for item in items):
        reader.fail("several values inside a bracket", token)
    opens = (token.text == "(", closing.text == ")")
    ends_at_infinity = len(items) == 2 and (items[0] == -sympy.oo or items[1] == sympy.oo)
    if opens == (True, True) and not ends_at_infinity:
        return sympy.Tuple(*items)
    if len(items) != 2:
        reader.fail("an interval needs two ends", token)
    return build.interval(items[0], items[1], opens=opens, position=token.position)


def read_group(reader: Reader, token: Token) -> Node:
    """`{...}` in running text."""
    del token
    reader.index -= 1
    return reader.group()


def read_bars(reader: Reader, token: Token) -> Node:
    """`|a|`: an absolute value, or the determinant of a matrix."""
    closing = ")|" if token.text == "|(" else "|"
    with reader.bracketed(bars=1):
        node = reader.sum()
    if not reader.accept(closing):
        reader.fail("a bar is not closed", token)
    if build.is_matrix(node):
        return sympy.Determinant(node)
    return build.apply(sympy.Abs, node, token.position)
