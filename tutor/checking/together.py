"""Values that one sentence gives: a point in several letters, or all the solutions there are."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from tutor.core.check import Claim, ClaimKind
from tutor.core.problem import Latex

EQUIVALENCES = frozenset({r"\iff", r"\Leftrightarrow", "⇔"})
_WHOLE = re.compile(
    r"\b(?:only|unique(?:ly)?|exactly\s+one|single|sole|complete|entire)\b"
    r"|\ball\s+(?:(?:of\s+)?the\s+|real\s+|possible\s+)*(?:solutions?|roots?|values?)\b"
    r"|\b(?:one|no\s+other)\s+(?:real\s+|distinct\s+)?(?:solutions?|roots?)\b"
    r"|\bthe\s+solution(?:\s+set)?\s+(?:is|to|of)\b"
    r"|唯一|仅|只[有能]|只是|一个解|全部|所有|解集|方程的解[为是]",
    re.IGNORECASE,
)
_DIVIDED = re.compile(
    r"\b(?i:divid\w*|cancel\w*)\b[^.]{0,30}?\b(?:by|out|the)\s+(?:\\\(|\$)?\s*[a-z](?![A-Za-z'])"
    r"|(?:除以|约去)\s*(?:\\\(|\$)?\s*[a-z](?![a-z])"
)


def says_whole(before: str, after: str) -> bool:
    """Whether the words beside a value say that there is no other solution."""
    return _WHOLE.search(before) is not None or _WHOLE.search(after[:40]) is not None


def divides_by_letter(text: str) -> bool:
    """Whether an unknown was divided by, which may lose a solution."""
    return _DIVIDED.search(text) is not None


@dataclass(slots=True)
class Values:
    """The values that the current sentence has given so far.

    Attributes:
        point: The places of the values that are meant at once, with the values.
        every: The values of the whole sentence, with their places.
        is_whole: Whether the sentence says that they are all.
    """

    point: dict[int, Claim] = field(default_factory=dict)
    every: dict[int, Claim] = field(default_factory=dict)
    is_whole: bool = False

    def add(self, place: int, claim: Claim, *, goes_on: bool, is_other: bool) -> None:
        """Take in a value.

        Args:
            place: Where its statement is.
            claim: The value.
            goes_on: Whether it stands in the same sentence as the one before.
            is_other: Whether an "or" stands between them.
        """
        if not goes_on:
            self.every, self.is_whole = {}, False
        named = {one.sides[0] for one in self.point.values()}
        if not goes_on or is_other or claim.sides[0] in named:
            self.point = {}
        self.point[place] = claim
        self.every[place] = claim

    @property
    def together(self) -> Claim | None:
        """The values as one point; `None` for a single one."""
        if len(self.point) < 2:
            return None
        claims = self.point.values()
        sides = [Latex("(" + ", ".join(c.sides[i] for c in claims) + ")") for i in (0, 1)]
        text = Latex(f"{sides[0]} = {sides[1]}")
        return Claim(kind=ClaimKind.VALUE, latex=text, sides=tuple(sides), relations=("=",))

    @property
    def whole(self) -> Latex | None:
        """All the values of the sentence as an answer, where it says that they are all."""
        text = r" \text{ or } ".join(claim.latex for claim in self.every.values())
        return Latex(text) if self.is_whole else None
