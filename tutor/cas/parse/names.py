"""Letters with what belongs to them: subscripts, primes, arguments, marks."""

from __future__ import annotations

import re

import sympy

from tutor.cas.parse import build
from tutor.cas.parse.applied import applied_or_product, is_applied, primed_letter, take_primes
from tutor.cas.parse.reader import Reader
from tutor.cas.parse.subscripts import subscripted
from tutor.cas.parse.tables import GREEK_VARIANTS
from tutor.cas.parse.tokens import Kind, Token
from tutor.cas.parse.values import Node

_COEFFICIENTS = frozenset("ABCDEF")
_DIFFERENTIATED = frozenset("yuvwsz")
_GREEK_FUNCTIONS = frozenset(["phi", "psi", "Phi", "Psi", "Gamma", "zeta", "sigma", "tau", "mu"])
_CONJUGATED = frozenset({"z", "w"})


def read_letter(reader: Reader, token: Token) -> Node:
    """A letter: a symbol, a constant, the name of a function, a count of choices, a differential."""
    if token.text == "d" and reader.take_differential():
        return sympy.Integer(1)
    if token.text in ("C", "A") and reader.at("_") and _has_both_scripts(reader):
        return _count(reader, token)
    if _capital_follows(reader, token):
        return _pair(reader, token)
    return _named(reader, token, token.text)


def read_greek(reader: Reader, token: Token) -> Node:
    """A Greek letter."""
    name = token.text[1:]
    if name == "Delta" and reader.peek().kind is Kind.LETTER:
        reader.fail("a Delta before a letter may be one name", token)
    name = GREEK_VARIANTS.get(name, name)
    if reader.at("(") and name not in reader.scope.functions:
        _refuse_greek_function(reader, token, name)
    return _named(reader, token, name)


def _refuse_greek_function(reader: Reader, token: Token, name: str) -> None:
    r"""`\varphi(12)` counts numbers or is a product; `\lambda(\lambda-1)` is a product."""
    is_number = reader.peek(1).kind is Kind.NUMBER and reader.peek(2).text in (")", ",")
    if is_number and name in _GREEK_FUNCTIONS:
        reader.fail("a function or a factor", token)


def read_pi(reader: Reader, token: Token) -> Node:
    r"""The constant; `\pi(n)` with a letter is something else."""
    if reader.at("(") and _holds_one_letter(reader, "pi"):
        reader.fail("a function or a factor", token)
    return sympy.pi


def read_angle(reader: Reader, token: Token) -> Node:
    r"""`\angle A`, `\angle ABC`, `\angle 1`: a name; the arms of an angle may be named in either order."""
    braced = reader.accept("{")
    if reader.peek().kind is Kind.NUMBER and reader.peek().text.isdigit():
        name = reader.take().text
    else:
        points = ""
        while reader.peek().kind is Kind.LETTER and reader.peek().text.isupper():
            points += reader.take().text
        name = min(points, points[::-1])
        if len(points) not in (1, 3):
            reader.fail("an angle without a plain name", token)
    if (braced and not reader.accept("}")) or reader.at("_", "'", "("):
        reader.fail("an angle without a plain name", token)
    return sympy.Symbol(f"angle{{{name}}}")


def _named(reader: Reader, token: Token, letter: str) -> Node:
    node = subscripted(reader, letter) if reader.at("_") else None
    if node is not None and _capital_follows(reader, token):
        reader.fail("two capitals side by side may be one name", token)
    name = letter if node is None else getattr(node, "name", "")
    has_bracket = [reader.peek(offset).text for offset in range(3)] == ["^", "{", "("]
    if name and (order := take_primes(reader)):
        if has_bracket and letter not in reader.scope.functions | _DIFFERENTIATED:
            reader.fail("a derivative or an upper index", token)
        return primed_letter(reader, letter, name, order)
    if name and is_applied(reader, letter):
        return applied_or_product(reader, token, name)
    if token.position in reader.scope.doubtful and reader.at("("):
        reader.fail("a function or a factor", token)
    if reader.at("(") and _holds_one_letter(reader, letter):
        reader.fail("a function or a factor", token)
    if node is not None:
        return node
    return reader.dependent_on(letter) or reader.scope.constant(letter, reader.bound)


def _holds_one_letter(reader: Reader, letter: str) -> bool:
    r"""Whether `(x)`, `(\alpha)` or `(x_i)` stands here, with another letter than the one before."""
    inside = reader.peek(1)
    is_name = inside.kind is Kind.LETTER or inside.text[1:] in reader.scope.greek
    if not is_name or inside.text.removeprefix("\\") == letter:
        return False
    place = 2 if reader.peek(2).text != "_" else reader.after_argument(3)
    return reader.peek(place).text in (")", ",")


def _capital_follows(reader: Reader, token: Token) -> bool:
    after = reader.peek()
    return token.text.isupper() and after.kind is Kind.LETTER and after.text.isupper()


def _pair(reader: Reader, token: Token) -> Node:
    """Two capitals: a segment's name where neither stands alone in the text, else a product."""
    other = reader.peek()
    after = reader.peek(1)
    run_goes_on = after.kind is Kind.LETTER and after.text.isupper()
    if {token.text, other.text} <= reader.scope.lone and not run_goes_on:
        return reader.scope.constant(token.text, reader.bound)
    lone = reader.scope.lone & (_COEFFICIENTS | {token.text, other.text})
    if run_goes_on or after.text == "_" or lone:
        reader.fail("capitals side by side may be one name or a product", token)
    if other.text + token.text in reader.scope.pairs:
        reader.fail("two capitals in both orders", token)
    reader.take()
    return sympy.Symbol(token.text + other.text)


def _has_both_scripts(reader: Reader) -> bool:
    place = reader.after_argument(1)
    if reader.peek(place).text == "{" and reader.peek(place + 1).text == "}":
        place += 2
    return reader.peek(place).text == "^" and reader.peek(place + 1).text not in ("'", r"\prime")


def read_count_before(reader: Reader, token: Token) -> Node:
    """`^5C_2` and `_5C_2`, with the total before the letter."""
    total = build.scalar(reader.script(), token.position)
    letter = reader.take()
    if letter.text not in ("C", "P", "A") or not reader.accept("_"):
        reader.fail("a script without a letter", token)
    chosen = build.scalar(reader.script(), token.position)
    return _choices(letter, total, chosen)


def _count(reader: Reader, token: Token) -> Node:
    """`C_n^k`, the number of choices, and `A_n^k`, the number of arrangements."""
    reader.expect("_")
    total = build.scalar(reader.script(), token.position)
    if reader.accept("{"):
        reader.expect("}")
    reader.expect("^")
    chosen = build.scalar(reader.script(), token.position)
    numbers = total.is_Integer and chosen.is_Integer
    if (numbers and chosen > total) or (token.text == "A" and not numbers):
        reader.fail("a count of choices or the power of a name", token)
    return _choices(token, total, chosen)


def _choices(token: Token, total: sympy.Expr, chosen: sympy.Expr) -> Node:
    if token.text == "C":
        return sympy.binomial(total, chosen, evaluate=False)
    above = build.apply(sympy.factorial, total, token.position)
    below = build.apply(sympy.factorial, total - chosen, token.position)
    return build.divide(above, below, token.position)


def read_vector(reader: Reader, token: Token) -> Node:
    """A letter with an arrow, a hat or in bold: a symbol that does not commute; a bold number is a number."""
    if token.text == r"\mathbf" and reader.peek(1).kind is Kind.NUMBER and reader.at("{"):
        return reader.group()
    node = _decorated(reader, token, token.text[1:])
    if isinstance(node, sympy.Symbol):
        return sympy.Symbol(node.name, commutative=False)
    return reader.fail("a vector that counts", token)


def read_overline(reader: Reader, token: Token) -> Node:
    """A line over `z`, `w` or a complex number is the conjugate, over another letter a name."""
    is_letter = reader.peek(1).kind is Kind.LETTER and reader.peek(2).text == "}"
    letter = reader.peek(1).text if is_letter else reader.peek().text
    if letter in _CONJUGATED:
        return build.apply(sympy.conjugate, reader.argument(), token.position)
    if reader.at("{") and not is_letter:
        return _conjugate_of_expression(reader, token)
    return _decorated(reader, token, "overline")


def _conjugate_of_expression(reader: Reader, token: Token) -> Node:
    node = build.scalar(reader.group(), token.position)
    letters = {symbol.name[0] for symbol in node.free_symbols}
    if not (node.has(sympy.I) or (letters and letters <= _CONJUGATED)):
        reader.fail("a line over several letters", token)
    return build.apply(sympy.conjugate, node, token.position)


def _decorated(reader: Reader, token: Token, mark: str) -> Node:
    name = _name_under_mark(reader, token)
    if not re.fullmatch(r"[A-Za-z]{1,2}|0", name):
        reader.fail("what stands under the mark is not a letter", token)
    base = f"{mark}{{{name}}}"
    return subscripted(reader, base) if reader.at("_") else sympy.Symbol(base)


def _name_under_mark(reader: Reader, token: Token) -> str:
    if not reader.accept("{"):
        return reader.take().text
    parts: list[str] = []
    while not reader.at("}"):
        if len(parts) > 2:
            reader.fail("a long name", token)
        parts.append(reader.take().text)
    reader.take()
    return "".join(parts)
