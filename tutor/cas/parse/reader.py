"""Sums, products, powers and brackets: the frame that the words of the language hang in."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

import sympy

from tutor.cas.parse import build
from tutor.cas.parse.cursor import Cursor
from tutor.cas.parse.errors import Unread
from tutor.cas.parse.reach import refuse_stray_index
from tutor.cas.parse.scope import Scope
from tutor.cas.parse.state import Dependence, OpenIntegral, State
from tutor.cas.parse.tokens import Kind, Token
from tutor.cas.parse.values import Node

Handler = Callable[["Reader", Token], Node]
"""Reads what a token begins; the token is already taken."""

Mark = Callable[["Reader", Node, Token], Node]
"""Reads a sign behind a node. The token is the one the node began with."""

TIMES = ("*", r"\cdot", r"\times")
OVER = ("/", r"\div")
_BEHIND = ("!", r"\%", r"\degree", "'", r"\second")
_MOST_MARKS = 4


@dataclass(frozen=True, slots=True)
class Grammar:
    r"""What begins with a word: the parts of the language outside the frame.

    Attributes:
        number: Reads a number.
        letter: Reads a letter, with what belongs to it.
        environment: Reads `\begin{...}`.
        commands: Reads what a command or an opening bracket begins.
        marks: Reads a sign that stands behind a part.
    """

    number: Handler
    letter: Handler
    environment: Handler
    commands: Mapping[str, Handler]
    marks: Mapping[str, Mark]


class Reader(Cursor):
    """Reads one expression from tokens.

    Args:
        tokens: The tokens of one side, the last one of kind `STOP`.
        grammar: The words of the language.
        scope: What is known about the letters of the whole text.
    """

    def __init__(self, tokens: list[Token], grammar: Grammar, scope: Scope) -> None:
        super().__init__(tokens)
        self._grammar = grammar
        self.scope = scope
        self._state = State()
        self._raised_until = -1

    @property
    def bound(self) -> frozenset[str]:
        """Letters that count: the index of a sum or the variable of a limit."""
        return self._state.bound

    @property
    def integrals(self) -> list[OpenIntegral]:
        """The integrals that are open, the innermost last."""
        return self._state.integrals

    @property
    def level(self) -> int:
        """How many brackets are open."""
        return self._state.level

    @contextmanager
    def binding(self, name: str) -> Iterator[None]:
        """Makes a letter count while a body is read."""
        before = self._state.bound
        self._state.bound = before | {name}
        try:
            yield
        finally:
            self._state.bound = before

    @contextmanager
    def bracketed(self, bars: int = 0) -> Iterator[None]:
        """Reads inside brackets, where bars that are open outside cannot close."""
        outside = self._state.bars
        self._state.bars = bars
        self._state.level += 1
        try:
            yield
        finally:
            self._state.bars = outside
            self._state.level -= 1

    @contextmanager
    def depending(self, dependence: Dependence) -> Iterator[None]:
        """Reads letters as functions of others."""
        before = self._state.dependence
        self._state.dependence = dependence
        try:
            yield
        finally:
            self._state.dependence = before

    def dependent_on(self, letter: str) -> sympy.Expr | None:
        """The letter as a function, if it depends on others here."""
        dependence = self._state.dependence
        if dependence is None or letter in {symbol.name for symbol in dependence.variables}:
            return None
        if dependence.letters is not None and letter not in dependence.letters:
            return None
        if letter in ("e", "i") and letter not in self.scope.plain:
            return None
        return sympy.Function(letter)(*dependence.variables)

    def value(self) -> Node:
        """Reads an expression, or sets joined by cup, cap and minus."""
        token = self.peek()
        parts = [self.sum()]
        operators = []
        while self.at(*build.SET_OPERATIONS):
            operators.append(self.take().text)
            parts.append(self.sum())
        if not operators:
            return parts[0]
        if len(set(operators)) > 1 or (operators[0] == r"\setminus" and len(parts) > 2):
            self.fail("which sets go together is not clear", token)
        return build.combine_sets(operators[0], parts, token.position)

    def sum(self) -> Node:
        """Reads terms joined by plus, minus and plus-minus."""
        start = self.peek().position
        terms = [self._term(self._sign())]
        while self.at("+", "-", r"\pm", r"\mp") and not self._integral_ended():
            refuse_stray_index(self, terms[-1])
            terms.append(self._term(self._sign()))
        if self._integral_ended() and len(terms) > 1:
            self.fail("a differential in one term of several")
        if self._at_evaluation_bar():
            return self._evaluated(terms)
        return build.add(terms, start)

    def _integral_ended(self) -> bool:
        return bool(
            self.integrals
            and self.integrals[-1].variable is not None
            and self.integrals[-1].level == self.level
        )

    def _at_evaluation_bar(self) -> bool:
        return self.at("|") and self.peek(1).text == "_" and not self._state.bars

    def _evaluated(self, terms: list[Node]) -> Node:
        token = self.take()
        if len(terms) > 1:
            self.fail("how far back the bar reaches is not clear", token)
        return self._grammar.marks["|"](self, terms[0], token)

    def _sign(self) -> str:
        sign = "+"
        while self.at("+", "-"):
            sign = "+" if (self.take().text == "-") == (sign == "-") else "-"
        if self.at(r"\pm", r"\mp"):
            sign = self.take().text
        return sign

    def _term(self, sign: str) -> Node:
        position = self.peek().position
        term = self.product()
        if sign == "-":
            return build.negate(term, position)
        if sign in (r"\pm", r"\mp"):
            both = build.both_signs(term, position)
            return both if sign == r"\pm" else type(both)(both.items[::-1])
        return term

    def product(self) -> Node:
        """Reads factors joined by times, a stroke, or nothing."""
        start = self.peek().position
        before = self.previous()
        factors = [self.factor()]
        while True:
            if self.at(r"\cdot") and isinstance(factors[-1], sympy.Tuple):
                factors = [self._inner_product(factors, start)]
            elif self.accept(*TIMES):
                factors.append(self._signed_factor())
            elif self.accept(*OVER):
                factors = [self._quotient(factors, start)]
            elif self.accept(r"\bmod", r"\mod"):
                if before is not None and before.text in ("+", "-", r"\pm", r"\mp"):
                    self.fail("the remainder of the term or of the sum")
                factors = [self._remainder(factors, start)]
            elif self.starts_factor():
                self._refuse_second_number()
                factors.append(self.factor())
            else:
                return build.multiply(factors, start)

    def _inner_product(self, factors: list[Node], start: int) -> Node:
        self.take()
        left, right = build.multiply(factors, start), self._signed_factor()
        if not (isinstance(left, sympy.Tuple) and isinstance(right, sympy.Tuple)):
            self.fail("a vector times something that is not one")
        return build.dot(left, right, start)

    def _signed_factor(self) -> Node:
        position = self.peek().position
        if self.accept("-"):
            return build.negate(self.factor(), position)
        self.accept("+")
        return self.factor()

    def _quotient(self, factors: list[Node], start: int) -> Node:
        lower = self._signed_factor()
        if self.starts_factor():
            self.fail("what stands under the stroke is not clear; write a fraction or brackets")
        return build.divide(build.multiply(factors, start), lower, start)

    def _remainder(self, factors: list[Node], start: int) -> Node:
        left = build.scalar(build.multiply(factors, start), start)
        position = self.peek().position
        return sympy.Mod(left, build.scalar(self.factor(), position), evaluate=False)

    def _refuse_second_number(self) -> None:
        before = self.previous()
        if self.peek().kind is not Kind.NUMBER or before is None:
            return
        if self.behind_exponent() and before.kind is Kind.LETTER:
            return
        if before.text not in ("}", ")", "!", "]") or (
            before.text == ")" and self.behind_letters()
        ):
            self.fail("a number directly after another part; what joins them is not clear")

    def starts_factor(self) -> bool:
        """Whether the token at the place can begin a factor without a times sign."""
        token = self.peek()
        if self.at_differential():
            return bool(self.level > self.integrals[-1].level)
        if token.kind in (Kind.NUMBER, Kind.LETTER, Kind.BEGIN):
            return True
        if token.text == "|":
            return self._state.bars == 0 and self.peek(1).text != "_"
        if token.kind is Kind.SYMBOL:
            return token.text in ("(", "[", "{", r"\{", "|(", "left.")
        return token.kind is Kind.COMMAND and token.text in self._grammar.commands

    def at_differential(self) -> bool:
        """Whether `dx` stands here and an integral waits for it."""
        if not self.integrals or self.integrals[-1].variable is not None:
            return False
        return self.looks_like_differential()

    def looks_like_differential(self) -> bool:
        """Whether a `d` and a letter stand here."""
        after = self.peek(1)
        is_name = after.kind is Kind.LETTER or after.text[1:] in self.scope.greek
        return self.peek().kind is Kind.LETTER and self.peek().text == "d" and is_name

    def take_differential(self) -> bool:
        """Notes the letter after a `d` that was just taken, if an integral waits for it."""
        after = self.peek()
        if not self.integrals or self.integrals[-1].variable is not None:
            return False
        if after.kind is not Kind.LETTER and after.text[1:] not in self.scope.greek:
            return False
        self.take()
        self.integrals[-1].variable = sympy.Symbol(after.text.removeprefix("\\"))
        return True

    def behind_exponent(self) -> bool:
        """Whether the part before the place is raised: what follows may belong to either."""
        return self._raised_until == self.index

    def factor(self) -> Node:
        """Reads an atom with its powers, factorials, percent and degree signs."""
        start = self.peek()
        node = self.atom()
        for _ in range(_MOST_MARKS):
            if self.at("{") and self.peek(1).text == "}" and self.peek(2).text == "^":
                self.index += 2
            if self.at("^") and not self._at_side_of_limit():
                node = self._raised(node, start)
            elif self.at(*_BEHIND):
                if self.at(r"\degree"):
                    self.take()
                node = self._grammar.marks[self._mark()](self, node, start)
            else:
                return node
        return self.fail("too many marks on one part", start)

    def _mark(self) -> str:
        token = self.peek() if self.at("'", "!", r"\%", r"\second") else self.previous()
        text = token.text if token else ""
        return "'" if text == r"\second" else text

    def _at_side_of_limit(self) -> bool:
        after = self.peek(2 if self.peek(1).text == "{" else 1)
        return after.text in ("+", "-") and self.peek(2 if after is self.peek(1) else 3).text == "}"

    def _raised(self, node: Node, start: Token) -> Node:
        inside = self.peek(2) if self.peek(1).text == "{" else self.peek(1)
        if inside.text in ("'", r"\second"):
            return self._grammar.marks["'"](self, node, start)
        self.expect("^")
        small_o = ("o",) if start.kind is Kind.NUMBER else ()
        if self.accept_script(r"\circ", r"\degree", *small_o):
            return self._grammar.marks[r"\degree"](self, node, start)
        if build.is_matrix(node) and self.accept_script("T", r"\top"):
            return sympy.Transpose(node)
        exponent = self.script()
        self._raised_until = self.index
        if self.at("^"):
            self.fail("two exponents")
        return build.power(node, exponent, start.position)

    def script(self) -> Node:
        """Reads the argument of `^`: a group or a single token."""
        token = self.peek()
        if token.text == "{" and token.kind is Kind.SYMBOL:
            return self.group()
        if token.kind is Kind.NUMBER and len(token.text) > 1:
            self.fail("several digits without braces after ^")
        if token.text == "-":
            return self._bare_minus()
        return self.argument()

    def _bare_minus(self) -> Node:
        """`x^-1`, which people write for `x^{-1}`."""
        minus, digit = self.take(), self.peek()
        if digit.kind is not Kind.NUMBER or len(digit.text) > 1 or digit.position != minus.end:
            self.fail("what is raised is not in braces", minus)
        return build.negate(self.argument(), minus.position)

    def group(self) -> Node:
        """Reads `{...}`."""
        self.expect("{")
        if self.at("}") and self.peek(1).text in ("^", "_"):
            self.take()
            return self.atom()
        with self.bracketed():
            position = self.peek().position
            node = self.value()
            if self.accept(r"\over"):
                node = build.divide(node, self.sum(), position)
            elif self.accept(r"\choose"):
                node = self.binomial(node, self.sum(), position)
        self.expect("}")
        return node

    def binomial(self, upper: Node, lower: Node, position: int) -> Node:
        """The number of ways to choose."""
        return sympy.binomial(
            build.scalar(upper, position), build.scalar(lower, position), evaluate=False
        )

    def argument(self) -> Node:
        """Reads the argument of a command: a group, one digit, one letter or one command."""
        token = self.peek()
        if token.kind is Kind.SYMBOL and token.text == "{":
            return self.group()
        if token.kind is Kind.NUMBER:
            self.split_number()
            if not self.peek().text.isdigit():
                self.fail("an argument that is cut in two")
            return sympy.Integer(int(self.take().text))
        if token.kind is Kind.LETTER:
            self.take()
            return self.scope.constant(token.text, self.bound)
        if token.kind is Kind.COMMAND and token.text in self._grammar.commands:
            return self.atom()
        return self.fail("an argument is missing")

    def atom(self) -> Node:
        """Reads the smallest thing that is a value."""
        with self.deeper():
            token = self.take()
            if token.kind is Kind.NUMBER:
                return self._grammar.number(self, token)
            if token.kind is Kind.LETTER:
                return self._grammar.letter(self, token)
            if token.kind is Kind.BEGIN:
                return self._grammar.environment(self, token)
            handler = self._grammar.commands.get(token.text)
            if token.kind is Kind.STOP:
                raise Unread("something is missing", token.position)
            if handler is None or token.kind not in (Kind.SYMBOL, Kind.COMMAND):
                raise Unread(f"'{token.text}' cannot be read here", token.position)
            return handler(self, token)
