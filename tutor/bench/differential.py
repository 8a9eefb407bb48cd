"""Every formula of some texts through our reader and another: where they disagree, one of them is wrong."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice

from tutor.bench.reading import OURS, RIVALS, Reading, RemoteReader
from tutor.mathtext.spans import formulas
from tutor.support.rows import read_rows


class Relation(StrEnum):
    """How two readings of one formula stand to each other."""

    AGREE = "agree"
    DIFFER = "differ"
    UNCOMPARED = "not compared"
    ONLY_OURS = "only ours reads"
    ONLY_THEIRS = "only theirs reads"
    NEITHER = "neither reads"


@dataclass(frozen=True, slots=True, kw_only=True)
class Texts:
    """A row with texts that hold formulas; whatever else it has is passed over.

    Attributes:
        problem: A problem's text.
        steps: The steps of a solution.
    """

    problem: str = ""
    steps: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """A formula in both readings.

    Attributes:
        latex: The formula.
        ours: Our reading.
        theirs: The other's.
        relation: How they stand to each other.
    """

    latex: str
    ours: Reading
    theirs: Reading
    relation: Relation


def formulas_of(sources: Iterable[str]) -> list[str]:
    """The different formulas of the texts of some files of `Texts` rows, in order.

    Raises:
        InputError: A file cannot be used.
    """
    rows = (row for source in sources for row in read_rows(Texts, source))
    texts = (text for row in rows for text in (row.problem, *row.steps))
    return list(dict.fromkeys(span.text.strip() for text in texts for span in formulas(text)))


def run(sources: Iterable[str], *, every: int = 1) -> Iterator[Comparison]:
    """Read every so-manieth formula of some files with both readers, and compare.

    Raises:
        InputError: A file cannot be used.
    """
    latex = islice(formulas_of(sources), 0, None, every)
    with RemoteReader(OURS) as ours, RemoteReader(RIVALS[0]) as theirs:
        for one in latex:
            yield _compared(one, ours, theirs)


def _compared(latex: str, ours: RemoteReader, theirs: RemoteReader) -> Comparison:
    mine, other = ours.read(latex), theirs.read(latex)
    relation = _relation(mine, other, ours)
    return Comparison(latex=latex, ours=mine, theirs=other, relation=relation)


def _relation(mine: Reading, other: Reading, judge: RemoteReader) -> Relation:
    if mine.parts is None:
        return Relation.NEITHER if other.parts is None else Relation.ONLY_THEIRS
    if other.parts is None:
        return Relation.ONLY_OURS
    same = judge.same(mine.parts, other.parts)
    if same is None:
        return Relation.UNCOMPARED
    return Relation.AGREE if same else Relation.DIFFER


def table(found: Sequence[Comparison]) -> Iterator[str]:
    """How often each relation occurs, and the reasons of our refusals."""
    yield f"{len(found)} formulas"
    counts = Counter(one.relation for one in found)
    for relation in Relation:
        yield f"{relation.value:<20}{counts[relation]:>7}{counts[relation] / max(1, len(found)):>8.1%}"
    reasons = Counter(one.ours.reason.partition(" (at ")[0] for one in found if one.ours.reason)
    for reason, count in reasons.most_common(40):
        yield f"{count:>7}  {reason}"


def lines(found: Iterable[Comparison], *relations: Relation) -> Iterator[str]:
    """The formulas that stand in one of these relations, with both readings."""
    for one in found:
        if one.relation in relations:
            yield f"{one.relation.value}: {one.latex}"
            yield f"    ours:   {_text(one.ours)}"
            yield f"    theirs: {_text(one.theirs)}"


def _text(reading: Reading) -> str:
    if reading.parts is None:
        return reading.reason
    return "; ".join(
        f"{part['lhs']} {part['op']} {part['rhs']}" if "op" in part else part["expr"]
        for part in reading.parts
    )
