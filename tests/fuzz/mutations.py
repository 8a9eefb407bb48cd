"""Real formulas, changed at random: the same seed gives the same ones."""

from __future__ import annotations

import random
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tutor.cas.requests import CheckAnswer, CheckClaim, Context
from tutor.checking.claims import claim_of
from tutor.core.problem import Goal, Latex, Task
from tutor.mathtext.chains import split_chains

GOLDEN = Path(__file__).parents[1] / "golden"
CHANGES = (1, 1, 1, 1, 2, 2, 3, 4)
"""How many changes a formula gets; few leave more of them readable."""
TOKEN = re.compile(r"\\[A-Za-z]+|\\.|\d+|.", re.DOTALL)
HOSTILE = (
    *("^", "_", "{", "}", "(", ")", "[", "]", "|", "!", "'", "&", r"\\", ",", ";", "=", "<", r"\ge "),
    *(r"\left(", r"\right)", r"\left|", r"\{", r"\}", r"\frac", r"\sqrt", r"\sqrt[", r"\binom", r"\pm "),
    *(r"\sum_{k=1}^{10^{9}}", r"\prod_{k=1}^{n}", r"\int_0^1 ", r"\int ", r"\,dx", r"\lim_{x\to0}", r"\infty "),
    *(r"\frac{d}{dx}", r"\begin{pmatrix}", r"\end{pmatrix}", r"\begin{cases}", r"\text{ or }", r"\in ", r"\cup "),
    *("9^{9^{9}}", "^{10^{12}}", "!!", "/0", "0", "-", "+", "1", "10", "100000", ".5", "0.333", r"\%", r"^\circ "),
    *(r"\sin ", r"\cos^2", r"\tan", r"\ln ", r"\log ", r"\log_2", r"\arcsin ", "e^", "i", "e", "x", "y", "n", "f(x)"),
    *(r"\pmod{7}", r"\equiv ", r"\approx ", r"\ne ", r"\cdot ", r"\div ", r"\overline{3}", r"\dot{3}", r"\sqrt[3]{-8}"),
    *("\0", "\u202e", "\u0301", "\u200b", "\uffff", "，", "。", "×", "π", "²", "或", "{0.__class__}", "__import__"),
)  # fmt: skip

KINDS = (
    (*"0123456789", "10", "12", "25", "30", "60", "100", "1000", "999999", "1234567"),
    tuple("xyzabcnktrmpq"),
    ("+", "-", r"\cdot", r"\times", "/", r"\div", ""),
    ("=", "<", ">", r"\le", r"\ge", r"\ne", r"\approx", r"\leq", r"\in", r"\equiv"),
    (r"\sin", r"\cos", r"\tan", r"\ln", r"\log", r"\lg", r"\arctan", r"\exp", r"\cot", r"\sinh", r"\sqrt"),
    (r"\sum", r"\prod", r"\int", r"\lim", r"\max", r"\gcd", r"\binom", r"\frac"),
    (r"\pi", r"\infty", r"\alpha", r"\theta", "e", "i"),
)  # fmt: skip
"""Tokens that can stand for each other."""


@dataclass(frozen=True, slots=True)
class Seed:
    """A formula of the golden tables with what it is asked about in.

    Attributes:
        latex: The formula.
        row: The row of the table.
    """

    latex: str
    row: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Mutant:
    """A changed formula and what is asked about it.

    Attributes:
        text: The formula.
        request: What the CAS is asked; `None` where the text states nothing.
    """

    text: str
    request: CheckClaim | CheckAnswer | None


def seeds() -> list[Seed]:
    """The formulas of the tables of claims, answers and readings."""
    claims = tomllib.loads((GOLDEN / "claims.toml").read_text(encoding="utf-8"))
    reading = tomllib.loads((GOLDEN / "latex.toml").read_text(encoding="utf-8"))
    rows = [*claims["claim"], *claims["answer"], *reading["row"]]
    found = [Seed(row.get("answer") or row["latex"], row) for row in rows]
    return [seed for seed in found if len(seed.latex) < 400]


def mutants(seed: int, count: int) -> Iterator[Mutant]:
    """Formulas that are changed in one to four places.

    Args:
        seed: Decides which.
        count: How many.
    """
    generator = random.Random(seed)  # noqa: S311 - nothing secret
    pool = seeds()
    for _ in range(count):
        parent = generator.choice(pool)
        text = parent.latex
        for _ in range(generator.choice(CHANGES)):
            text = _changed(text, generator, pool)
        yield Mutant(text, _request(text, parent.row))


def _changed(text: str, generator: random.Random, pool: list[Seed]) -> str:
    tokens = TOKEN.findall(text)
    a, b = sorted(generator.randrange(len(tokens) + 1) for _ in range(2))
    match generator.randrange(12):
        case 0:
            tokens[a : min(b, a + 3)] = []
        case 1:
            tokens[b:b] = tokens[a : a + 8]
        case 2 if a < b < len(tokens):
            tokens[a], tokens[b] = tokens[b], tokens[a]
        case 3:
            other = TOKEN.findall(generator.choice(pool).latex)
            start = generator.randrange(len(other) + 1)
            tokens[a:b] = other[start : start + 12]
        case 4:
            tokens[a : a + 1] = [generator.choice(HOSTILE)]
        case 5:
            tokens[a:a] = [generator.choice(HOSTILE)]
        case _:
            _exchange(tokens, generator)
    return "".join(tokens)


def _exchange(tokens: list[str], generator: random.Random) -> None:
    """Put another of its kind in the place of a number, a letter, a sign or a function."""
    places = [place for place, token in enumerate(tokens) if any(token in k for k in KINDS)]
    if places:
        place = generator.choice(places)
        kind = next(kind for kind in KINDS if tokens[place] in kind)
        tokens[place] = generator.choice(kind)


def _request(text: str, row: dict[str, Any]) -> CheckClaim | CheckAnswer | None:
    given = tuple(map(Latex, row.get("given", ())))
    target = Latex(row["target"]) if "target" in row else None
    unknowns = tuple(row.get("unknowns", ()))
    if "answer" in row:
        goal = Goal(task=Task(row["task"]), given=given, target=target, unknowns=unknowns)
        return CheckAnswer(goal=goal, answer=Latex(text))
    chains = split_chains(text) or split_chains(f"{text} = 1")
    context = Context(given=given, unknowns=unknowns, target=target)
    return CheckClaim(claim=claim_of(chains[0]), context=context) if chains else None
