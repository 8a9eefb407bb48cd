"""Chains of relations inside brackets and tables."""

from __future__ import annotations

from tutor.cas.parse.reader import Reader
from tutor.cas.parse.tables import RELATIONS
from tutor.cas.parse.values import Node


def read_chain(reader: Reader) -> tuple[list[Node], list[str]]:
    """Reads sides with relations between them.

    Raises:
        Unread: There is no relation.
    """
    sides = [reader.value()]
    relations = []
    while reader.at(*RELATIONS):
        relations.append(RELATIONS[reader.take().text])
        sides.append(reader.value())
    if not relations:
        reader.fail("a condition is missing")
    return sides, relations
