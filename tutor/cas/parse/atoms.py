"""Numbers, letters and brackets."""

from __future__ import annotations

import sympy

from tutor.cas.parse import build
from tutor.cas.parse.marks import mark_evaluated as evaluate_at
from tutor.cas.parse.reader import Reader
from tutor.cas.parse.subscripts import subscript
from tutor.cas.parse.tokens import Kind, Token
from tutor.cas.parse.values import Alternatives, Node

_LONGEST_LOOK_AHEAD = 80
_OPERATORS = ("+", "-", "*", "/", r"\cdot", r"\times", r"\div", "=", "<", ">", ",")
_MATRIX_NAMES = frozenset("ABCDEGHMNPQSTUV")


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
    if reader.accept(r"\mixed"):
        return _spoken_mixed(reader, whole)
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


def _spoken_mixed(reader: Reader, whole: sympy.Integer) -> Node:
    r"""`2又1/2` and `2又\frac12`."""
    if reader.at(r"\frac"):
        node = _mixed(reader, whole)
        if node != whole:
            return node
    upper, stroke, lower = reader.take(), reader.take(), reader.take()
    plain = stroke.text == "/" and upper.text.isdigit() and lower.text.isdigit()
    if not plain or not 0 < int(upper.text) < int(lower.text):
        reader.fail("a mixed number without its fraction", upper)
    return whole + sympy.Rational(int(upper.text), int(lower.text))


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
    if reader.at("(") and _is_made_of_functions(reader, node):
        reader.fail("a function or a factor", token)
    return evaluate_at(reader, node, closing) if reader.at("_") else node


def _is_made_of_functions(reader: Reader, node: Node) -> bool:
    """`(f+g)(x)`."""
    letters = node.free_symbols if isinstance(node, sympy.Expr) else set()
    return bool(letters) and all(symbol.name in reader.scope.functions for symbol in letters)


def read_angled(reader: Reader, token: Token) -> Node:
    r"""`\langle 1, 2 \rangle`: the components of a vector."""
    with reader.bracketed():
        items = [build.scalar(reader.sum(), token.position)]
        while reader.accept(","):
            items.append(build.scalar(reader.sum(), token.position))
    reader.expect(r"\rangle")
    if len(items) < 2:
        reader.fail("a vector with one component", token)
    return sympy.Tuple(*items)


def read_braced_under(reader: Reader, token: Token) -> Node:
    r"""`\underbrace{1+1}_{2}`: what is in the braces; the remark is left out."""
    node = reader.group()
    mark = "_" if token.text == r"\underbrace" else "^"
    if reader.accept(mark):
        reader.index += reader.after_argument(0)
    return node


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


def _refuse_unclear_bars(reader: Reader) -> None:
    """`|2|x|-1|` is one absolute value around another, or two beside each other."""
    if reader.at("|") or not reader.starts_factor():
        return
    depth = 0
    for offset in range(1, _LONGEST_LOOK_AHEAD):
        token = reader.peek(offset)
        depth += {"(": 1, "{": 1, ")": -1, "}": -1}.get(token.text, 0)
        if depth < 0 or token.kind is Kind.STOP or (not depth and token.text in _OPERATORS):
            return
        if token.text == "|" and not depth:
            reader.fail("which bars belong together is not clear", token)


def _may_be_matrix(node: Node) -> bool:
    """Whether all letters are capitals that stand for matrices and sets as well as for numbers."""
    if not isinstance(node, sympy.Expr):
        return False
    names = {symbol.name for symbol in node.free_symbols}
    return bool(names) and all(len(name) == 1 and name in _MATRIX_NAMES for name in names)


def read_bars(reader: Reader, token: Token) -> Node:
    """`|a|`: an absolute value, or the determinant of a matrix."""
    closing = ")|" if token.text == "|(" else "|"
    with reader.bracketed(bars=1):
        node = reader.sum()
    if not reader.accept(closing):
        reader.fail("a bar is not closed", token)
    if token.text == "|":
        _refuse_unclear_bars(reader)
    if build.is_matrix(node):
        return sympy.Determinant(node)
    if _may_be_matrix(node):
        reader.fail("an absolute value, a determinant or a number of members", token)
    return build.apply(sympy.Abs, node, token.position)
