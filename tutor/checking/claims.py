"""What a step asserts: its claims, found in its formulas and in the sums of its prose."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from tutor.checking.behind import with_what_follows
from tutor.checking.derivations import (
    Before,
    continued,
    reworked,
    reworked_side,
    rewritten,
    simplified,
    source_of,
)
from tutor.checking.moods import (
    EXPRESSION,
    RELATION,
    SENTENCE_END,
    Mood,
    has_letters,
    mood_of,
    mood_of_value,
)
from tutor.checking.together import EQUIVALENCES, Values, divides_by_letter, says_whole
from tutor.core.check import Claim, ClaimKind
from tutor.core.problem import Latex
from tutor.mathtext.arithmetic import find_equations, find_sums
from tutor.mathtext.chains import Chain, split_chains, strip_decoration
from tutor.mathtext.spans import Span, split_spans
from tutor.mathtext.worded import find_worded

MAX_CLAIMS = 24
"""Most claims that are taken from one step; a step with more is no single step."""

MAX_TEXT = 20_000
"""Most characters of a step; in a longer text no claims are looked for."""

MAX_NEAR = 4
"""Most equations before a claim that are looked at for what it is about."""

NEARBY = 400
"""Characters of prose on either side of a formula that can say how it is meant."""


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement of a step.

    Attributes:
        claim: What it says.
        mood: How it is meant.
        source: The formula in front of it that it was made from, where the words say so.
        near: The equations just before it, which it may be about; the nearest comes first.
        point: The values that the sentence gives to several letters at once, this one among them.
        whole: What is said to be the whole solution, this being it or a part of it.
    """

    claim: Claim
    mood: Mood
    source: Latex | None = None
    near: tuple[Latex, ...] = ()
    point: Claim | None = None
    whole: Latex | None = None


_OR = re.compile(
    r"((?:\uffff\s*[,，]\s*)*)[\ufffe\uffff]\s*[,，]?\s*(?:or|或者?)\s*$", re.IGNORECASE
)
"""An "or" behind a formula, and the formulas that are listed in front of it with commas."""
_WORDED = re.compile(r"\\(?:text|mathrm|textbf|mbox)\s*\{[^{}]*[A-Za-z\u4e00-\u9fff]{2}")
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?:\D|$))")
_CONTINUED = re.compile(
    r"(?:\b(?:of|times|plus|minus|than|by)|[-+*/×÷·−])[\s\ufffe]*$", re.IGNORECASE
)
_ENDS_SENTENCE = re.compile(r"[.。](?:\s|\\[\])]|\$|\\end\{[a-z*]+\})*$")
_NUMBER = re.compile(r"[\\$£€\d.,\s]+(?:\\?%)?|\\[dt]?frac\s*\{\d+\}\s*\{\d+\}")
_TAKEN_BACK = re.compile(
    r"\boops\b|\bwait\b|\bmistaken?(?:ly)?\b|\bincorrect(?:ly)?\b|\bmade an error\b|\bnot correct\b|\bre-?(?:evaluate|check|consider|examine)\b|有误|算错|重新",
    re.IGNORECASE,
)
"""Words with which a step takes back what stands before them."""
_LABEL = re.compile(
    r"(?:\\(?:text|mathrm|textbf|mbox|textit)\s*\{[^{}]*\}|(?<![A-Za-z\\])[A-Z]?[a-z]{2,}|\\[ ,;:!]|[\s()/_-]|\\quad)+"
)
_AMOUNT = re.compile(r".{0,2}|-?\d+|\\?[A-Za-z]+_(?:\w|\{\w+\})|-?\\[dt]?frac\s*\{\d+\}\s*\{\d+\}")
_NAME = re.compile(r"\\?[A-Za-z]+(?:_(?:\w|\{[^{}]+\}))?")


@dataclass(frozen=True, slots=True)
class Reading:
    """What was found in a step.

    Attributes:
        statements: Its statements, in order.
        last: Its last formula.
        tail: The prose behind that.
        equations: Its last equations.
    """

    statements: tuple[Statement, ...] = ()
    last: Before | None = None
    tail: str = ""
    equations: tuple[Latex, ...] = ()


NOTHING = Reading()


def find_statements(text: str) -> tuple[Statement, ...]:
    """The statements of a step's text, in order; a formula without a relation states nothing."""
    return read_step(text).statements


def read_step(text: str, before: Reading = NOTHING) -> Reading:
    """What a step states.

    Args:
        text: The step's text.
        before: The step before it, whose last formula this one may go on from.
    """
    reader = _Reader(text, last=before.last, between=before.tail + "\n")
    reader.equations.extend(before.equations)
    for span in split_spans(text) if len(text) <= MAX_TEXT else ():
        if len(reader.found) > MAX_CLAIMS:
            break
        if span.is_math:
            reader.formula(span)
        else:
            reader.prose(span)
    return Reading(
        statements=tuple(reader.found[:MAX_CLAIMS]),
        last=reader.last,
        tail=reader.between[-NEARBY:],
        equations=tuple(reader.equations[-MAX_NEAR:]),
    )


@dataclass(slots=True)
class _Reader:
    """Goes through a step from left to right.

    Attributes:
        text: The step's text.
        found: The statements so far.
        before: The prose of the sentence so far, with signs for the formulas in it.
        last: The formula before.
        between: The prose since then.
        equations: The equations so far that do not give a letter its value.
        values: The values that the sentence gives.
    """

    text: str
    found: list[Statement] = field(default_factory=list)
    before: str = ""
    last: Before | None = None
    between: str = ""
    equations: list[Latex] = field(default_factory=list)
    values: Values = field(default_factory=Values)

    def prose(self, span: Span) -> None:
        """Take in a stretch of prose."""
        for one in (*find_sums(span.text), *find_worded(span.text)):
            before = (self.before[-NEARBY:] + span.text[: one.start])[-NEARBY:]
            mood = mood_of(before, self.text[span.start + one.end :][:NEARBY])
            if mood is not None:
                self.found.append(_statement(claim_of(one.chain), mood))
        start = 0
        for one in find_equations(span.text):
            self._pass_prose(span.text[start : one.start])
            self._read([one.chain], span, self.text[span.start + one.end :][:NEARBY])
            start = one.end
        self._pass_prose(span.text[start:])

    def _pass_prose(self, text: str) -> None:
        self.before = (self.before + text)[-NEARBY:]
        self.between += text

    def formula(self, span: Span) -> None:
        """Take in a formula."""
        after = self.text[span.end : span.end + NEARBY]
        is_end = _ENDS_SENTENCE.search(span.text) is not None
        chains = with_what_follows(self._chains(span), span.text, after)
        self._read(chains, span, f". {after}" if is_end else after)

    def _read(self, chains: list[Chain], span: Span, after: str) -> None:
        self.before = self.before[-NEARBY:]
        listed = _OR.search(self.before)
        has_relation = any(chain.relations for chain in chains)
        mood: Mood | None = None
        if has_relation or (chains and self.last is not None):
            denies = "!=" in chains[0].relations and not has_letters(chains[0].text)
            mood = mood_of(self.before, "" if denies else after)
            if mood is Mood.ASSERTED and _TAKEN_BACK.search(self.text, span.end):
                mood = Mood.TENTATIVE
        for place, chain in enumerate(chains):
            made, source = self._made(_uncut(chain, self.before) if place == 0 else chain, span)
            meant = mood_of_value(self.before, after, mood) if _gives_value(chain) else mood
            known = len(self.found)
            is_other = chain.is_alternative or (listed is not None and place == 0)
            self._state(made, source, meant, is_other=is_other)
            if listed is not None and place == 0:
                self._join(listed[1].count(RELATION))
            if known < len(self.found) <= MAX_CLAIMS:
                goes_on = place > 0 or RELATION in SENTENCE_END.split(self.before)[-1]
                self._accompany(chain, span, after, goes_on=goes_on, is_other=is_other)
            self._pass(self._as_cases(chain) if is_other else chain, span, meant)
        self.before += RELATION if has_relation else EXPRESSION

    def _chains(self, span: Span) -> list[Chain]:
        chains = [_unlabelled(one) for one in split_chains(span.text, continued=True)]
        if worded := find_worded(span.text):
            return [one.chain for one in worded]
        if any(_WORDED.search(side) for chain in chains for side in chain.sides):
            return [one.chain for one in find_sums(span.text)] or chains
        return chains

    def _made(self, chain: Chain, span: Span) -> tuple[Chain, Latex | None]:
        """A chain with what it leaves out put in, and what it was made from."""
        is_display = _is_display(self.text, span)
        if chain.relations and chain.sides[0]:
            words = self.before[-80:]
            source = simplified(words, chain) or reworked(words, chain)
            source = source or source_of(self.last, self.between, chain, is_display=is_display)
            return continued(self.last, chain, source) or chain, source
        whole = reworked_side(self.last, self.between, chain)
        whole = whole or rewritten(
            self.last, self.between, chain, is_display=is_display, words=self.before[-80:]
        )
        if whole is None:
            return chain, None
        return whole, Latex(whole.sides[0])

    def _state(
        self, chain: Chain, source: Latex | None, mood: Mood | None, *, is_other: bool
    ) -> None:
        if mood is None or not chain.relations or not all(chain.sides):
            return
        near = tuple(reversed(self.equations[-MAX_NEAR:]))
        statement = replace(_statement(claim_of(chain), mood), source=source, near=near)
        cases = None
        if self.found and is_other:
            cases = _cases(self.found[-1], statement)
        if cases is not None:
            self.found[-1] = cases
        else:
            self.found.append(statement)

    def _join(self, count: int) -> None:
        """Take formulas that are listed before an "or" into the cases behind it: `A = 0, B = 0, or C = 0`."""
        while count > 0 and len(self.found) > 1:
            cases = _cases(*self.found[-2:])
            if cases is None or self.found[-1].claim.kind is not ClaimKind.CASES:
                return
            self.found[-2:] = [cases]
            count -= 1

    def _as_cases(self, chain: Chain) -> Chain:
        """What follows from the last of several cases follows from all of them."""
        claim = self.found[-1].claim if self.found else None
        if claim is None or claim.kind is not ClaimKind.CASES:
            return chain
        return Chain(" = ".join(claim.sides), claim.sides, claim.relations)

    def _accompany(
        self, chain: Chain, span: Span, after: str, *, goes_on: bool, is_other: bool
    ) -> None:
        """Note what the last statement is said together with."""
        place, values = len(self.found) - 1, self.values
        if chain.sign in EQUIVALENCES:
            for one in range(max(0, place - 1), place + 1):
                self.found[one] = replace(self.found[one], whole=Latex(chain.text))
            return
        claim = self.found[place].claim
        if claim.kind is not ClaimKind.VALUE or claim.relations != ("=",):
            return
        values.add(place, claim, goes_on=goes_on, is_other=is_other)
        words = SENTENCE_END.split(self.before)[-1]
        recent = self.text[max(0, span.start - 60) : span.start] + self.before[-60:]
        is_cut = goes_on and "=" in SENTENCE_END.split(self.before)[-1].rpartition(RELATION)[2]
        values.is_whole |= is_cut or says_whole(words, after) or divides_by_letter(recent)
        for one in values.every:
            self.found[one] = replace(self.found[one], whole=values.whole)
        for one in values.point:
            self.found[one] = replace(self.found[one], point=values.together)

    def _pass(self, chain: Chain, span: Span, mood: Mood | None) -> None:
        if not chain.relations and _AMOUNT.fullmatch(chain.text.strip()):
            self.between += " "  # "divide by $2$" does not come between two formulas
            return
        if not chain.sides[0] and self.last is not None:
            chain = replace(chain, sides=(self.last.chain.sides[-1], *chain.sides[1:]))
        is_named = chain.relations and _NAME.fullmatch(chain.sides[0].strip())
        is_case = mood is Mood.CONDITIONAL and _gives_value(chain)
        is_asserted = (mood in (Mood.ASSERTED, Mood.CONDITIONAL) and not is_case) or not is_named
        self.last = Before(chain, _is_display(self.text, span), is_asserted)
        self.between = ""
        if "=" in chain.relations and not _gives_value(chain):
            self.equations.append(Latex(chain.text))


def _gives_value(chain: Chain) -> bool:
    return len(chain.sides) == 2 and _NAME.fullmatch(chain.sides[0].strip()) is not None


def _is_display(text: str, span: Span) -> bool:
    """Whether a formula stands on a line of its own."""
    if text.startswith(("$$", "\\[", "\\begin"), span.start):
        return True
    line = text[: span.start].rpartition("\n")[2] + text[span.end :].partition("\n")[0]
    return not line.strip(" \t.,;，。；")


def _uncut(chain: Chain, before: str) -> Chain:
    r"""A chain without a number that the words before it go on with: `10\% of $1.50 = 0.10 \times 1.50 = 0.15$`."""
    if len(chain.sides) > 2 and _CONTINUED.search(before) and _NUMBER.fullmatch(chain.sides[0]):
        return _without_first(chain)
    return chain


def _unlabelled(chain: Chain) -> Chain:
    r"""A chain without the words that name its value: `\text{Area} = 3 \cdot 4 = 12`."""
    if len(chain.sides) > 2 and chain.relations[0] == "=" and _LABEL.fullmatch(chain.sides[0]):
        return _without_first(chain)
    return chain


def _without_first(chain: Chain) -> Chain:
    text = f"{chain.sides[1]} {chain.text.partition(chain.sides[1])[2]}".strip()
    return replace(chain, text=text, sides=chain.sides[1:], relations=chain.relations[1:])


def _cases(first: Statement, second: Statement) -> Statement | None:
    """`A = B or C = D` as one claim: `(A - B)(C - D) = 0`; `None` where each says something by itself."""
    factors = [factor for s in (first, second) if (factor := _factor(s.claim))]
    if len(factors) != 2 or first.mood is not second.mood:
        return None
    latex = Latex(rf"{first.claim.latex} \text{{ or }} {second.claim.latex}")
    claim = Claim(
        kind=ClaimKind.CASES,
        latex=latex,
        sides=(Latex("".join(factors)), Latex("0")),
        relations=("=",),
    )
    return Statement(claim, first.mood)


def _factor(claim: Claim) -> str:
    """What is zero where an equation is true; empty for claims that are no equation or name a value."""
    if claim.kind is ClaimKind.CASES:
        return claim.sides[0]
    if claim.kind is not ClaimKind.EQUALITY or claim.relations != ("=",):
        return ""
    left, right = claim.sides
    return rf"\left({left}-\left({right}\right)\right)"


def _statement(claim: Claim, mood: Mood) -> Statement:
    """A condition on letters says nothing about a claim that has none, and such a claim defines nothing."""
    if mood in (Mood.CONDITIONAL, Mood.DEFINED) and not has_letters(claim.latex):
        mood = Mood.ASSERTED
    return Statement(claim, mood)


def claim_of(chain: Chain) -> Claim:
    """A chain as a claim, with its kind as far as the text shows it."""
    sides = chain.sides
    if len(sides) > 1 and not has_letters(chain.text):
        sides = tuple(_THOUSANDS.sub("{,}", side) for side in sides)
    return Claim(
        kind=_kind(chain),
        latex=Latex(chain.text),
        sides=tuple(Latex(side) for side in sides),
        relations=chain.relations,
    )


def answer_claim(latex: Latex) -> Claim:
    """The claim that a final answer answers the problem."""
    clean = Latex(strip_decoration(latex))
    return Claim(kind=ClaimKind.ANSWER, latex=clean, sides=(clean,))


def _kind(chain: Chain) -> ClaimKind:
    whole = chain.text
    if "\\int" in whole:
        return ClaimKind.INTEGRAL
    if re.search(r"\\frac\s*\{\s*(?:d|\\mathrm\{d\}|\\partial)|'|\\prime", whole):
        return ClaimKind.DERIVATIVE
    if any(relation in ("<", ">", "<=", ">=", "!=", "in") for relation in chain.relations):
        return ClaimKind.INEQUALITY
    if _NAME.fullmatch(chain.sides[0]) and len(chain.sides) == 2:
        return ClaimKind.VALUE
    return ClaimKind.EQUALITY
