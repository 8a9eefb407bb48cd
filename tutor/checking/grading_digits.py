"""Spaces between the digits of an answer: mixed numbers, groups of three, and what is neither."""

from __future__ import annotations

import re

_GAP = r"(?:\s|\\[,;:! ]|~|\\q?quad(?![A-Za-z]))"
_ARGUMENT = r"(?<![\d.^_])(?<!frac)(?<!frac\s)(?<!sqrt)(?<!sqrt\s)(?<!binom)(?<!binom\s)"
"""Not right behind a sign that takes the next digit for itself."""
_GROUPED = re.compile(rf"{_ARGUMENT}(\d{{1,3}})((?:{_GAP}\d{{3}}){{1,8}})(?![\d/]|{_GAP}+\d)")
_MIXED = re.compile(rf"{_ARGUMENT}(\d{{1,12}}){_GAP}{{1,4}}(\d{{1,9}})\s?/\s?(\d{{1,9}})(?![\d.])")
_APART = re.compile(rf"{_ARGUMENT}\d{{1,99}}{_GAP}{{1,9}}\d")


def joined_digits(text: str) -> str:
    r"""A text with `1 1/2` as `1\frac{1}{2}`, and `12 345` as `12345`."""
    text = _MIXED.sub(r"\1\\frac{\2}{\3}", text)
    return _GROUPED.sub(lambda match: match[1] + re.sub(_GAP, "", match[2]), text)


def has_loose_digits(text: str) -> bool:
    """Whether digits stand side by side that are no one number: `12 34`."""
    return _APART.search(text) is not None
