"""Sums, products, powers and brackets: the frame that the words of the language hang in."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field

import sympy

from tutor.cas.parse import build
from tutor.cas.parse.cursor import Cursor
from tutor.cas.parse.errors import Unread
from tutor.cas.parse.scope import Scope
from tutor.cas.parse.tokens import Kind, Token
from tutor.cas.parse.values import Node

Handler = Callable[["Reader", Token], Node]
"""Reads what a token begins; the token is already taken."""

TIMES = ("*", r"\cdot", r"\times")
OVER = ("/", r"\div")


@dataclass(frozen=True, slots=True)
class Grammar:
    """What begins with a word: the parts of the language outside the frame.

    Attributes:
        number: Reads a number.
        letter: Reads a letter, with what belongs to it.
        environment: Reads `\\begin{...}`.
        commands: Reads what a command or an opening bracket begins.
    """

    number: Handler
    letter: Handler
    environment: Handler
    commands: Mapping[str, Handler]


@dataclass(slots=True)
class OpenIntegral:
    """An integral whose differential has not been seen yet.

    Attributes:
        level: How many brackets were open when it began.
        variable: The variable, once a differential inside a fraction gave it.
    """

    level: int
    variable: sympy.Symbol | None = None


@dataclass(slots=True)
class _State:
    bound: frozenset[str] = frozenset()
    bars: int = 0
    level: int = 0
    integrals: list[OpenIntegral] = field(default_factory=list)


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
        self._state = _State()

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

    def sum(self) -> Node:
        """Reads terms joined by plus, minus and plus-minus."""
        with self.deeper():
            start = self.peek().position
            terms = [self._term(self._sign())]
            while self.at("+", "-", r"\pm", r"\mp"):
                self._refuse_stray_index(terms[-1])
                terms.append(self._term(self._sign()))
            return build.add(terms, start)

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

    def _refuse_stray_index(self, term: Node) -> None:
        if not isinstance(term, sympy.Sum | sympy.Product):
            return
        index = term.limits[0][0].name
        for offset in range(1, 200):
            token = self.peek(offset)
            if token.kind is Kind.STOP or token.text in (r"\sum", r"\prod", "=", ")", "}", ","):
                return
            if token.text == index:
                self.fail("how far the sum reaches is not clear", token)

    def product(self) -> Node:
        """Reads factors joined by times, a stroke, or nothing."""
        start = self.peek().position
        factors = [self.factor()]
        while True:
            if self.accept(*TIMES):
                factors.append(self._signed_factor())
            elif self.accept(*OVER):
                factors = [self._quotient(factors, start)]
            elif self.accept(r"\bmod"):
                factors = [self._remainder(factors, start)]
            elif self.starts_factor():
                self._refuse_second_number()
                factors.append(self.factor())
            else:
                return build.multiply(factors, start)

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
        if self.peek().kind is Kind.NUMBER and before and before.text not in ("}", ")", "!", "]"):
            self.fail("a number directly after another part; what joins them is not clear")

    def starts_factor(self) -> bool:
        """Whether the token at the place can begin a factor without a times sign."""
        token = self.peek()
        if self.at_differential():
            return bool(self.level > self.integrals[-1].level)
        if token.kind in (Kind.NUMBER, Kind.LETTER, Kind.BEGIN):
            return True
        if token.text == "|":
            return self._state.bars == 0
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

    def factor(self) -> Node:
        """Reads an atom with its powers, factorials, percent and degree signs."""
        start = self.peek()
        node = self.atom()
        marks = 0
        while self.at("^", "!", r"\%", r"\degree", "{", "'"):
            if self.at("{") and not self._at_empty_group():
                break
            node = self._with_mark(node, start)
            marks += 1
            if marks > 3:
                self.fail("too many marks on one part")
        return node

    def _at_empty_group(self) -> bool:
        return self.peek(1).text == "}" and self.peek(2).text in ("^", "_")

    def _with_mark(self, node: Node, start: Token) -> Node:
        token = self.take()
        match token.text:
            case "{":
                self.take()
                return node
            case "^":
                return self._raised(node, start)
            case "!":
                if self.at("!"):
                    self.fail("a double factorial")
                return build.apply(sympy.factorial, node, start.position)
            case r"\%":
                return build.multiply([node, sympy.Rational(1, 100)], start.position)
            case r"\degree":
                return self.degrees(node, start)
            case _:
                return self._grammar.commands["'"](self.holding(node), token)

    def holding(self, node: Node) -> Reader:
        """This reader, with the node that a mark stands on."""
        self.held = node
        return self

    def _raised(self, node: Node, start: Token) -> Node:
        if self._takes_degree():
            return self.degrees(node, start)
        if build.is_matrix(node) and self._takes_transpose():
            return sympy.Transpose(node)
        if self.at("'") or (self.at("{") and self.peek(1).text == "'"):
            return self._grammar.commands["'"](self.holding(node), self.peek())
        exponent = self.script()
        if self.at("^"):
            self.fail("two exponents")
        return build.power(node, exponent, start.position)

    def _takes_degree(self) -> bool:
        return self._takes_script(r"\circ", r"\degree")

    def _takes_transpose(self) -> bool:
        return self._takes_script("T", r"\top")

    def _takes_script(self, *texts: str) -> bool:
        if self.peek().text in texts:
            self.index += 1
            return True
        inside = self.peek().text == "{" and self.peek(2).text == "}"
        if inside and self.peek(1).text in texts:
            self.index += 3
            return True
        return False

    def degrees(self, node: Node, start: Token) -> Node:
        """The node in degrees, as radians."""
        after = self.peek()
        if after.kind is Kind.LETTER and after.text in ("C", "F"):
            self.fail("a temperature")
        angle = build.multiply([node, sympy.pi, sympy.Rational(1, 180)], start.position)
        return self._grammar.commands[r"\degree"](self.holding(angle), start)

    def script(self) -> Node:
        """Reads the argument of `^`: a group or a single token."""
        token = self.peek()
        if token.text == "{" and token.kind is Kind.SYMBOL:
            return self.group()
        if token.kind is Kind.NUMBER and len(token.text) > 1:
            self.fail("several digits without braces after ^")
        return self.argument()

    def group(self) -> Node:
        """Reads `{...}`."""
        self.expect("{")
        with self.bracketed():
            position = self.peek().position
            node = self.sum()
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
