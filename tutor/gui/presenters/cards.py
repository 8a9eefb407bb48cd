"""What a web page shows: a sheet of cards. The page's `cards.js` draws each class by its name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """How sure something is: a shape, a word and a state that gives the colour."""

    state: str
    glyph: str
    word: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckLine:
    """One check in the evidence of a step or of the answer.

    Attributes:
        mark: Its verdict.
        claim: What was checked, as LaTeX.
        method: How.
        message: What came out, as Markdown.
    """

    mark: Mark
    claim: str
    method: str
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StepCard:
    """A step.

    Attributes:
        key: Its identity on the sheet.
        number: What stands in its corner.
        title: Its name, for readers who hear the page.
        text: Markdown with LaTeX.
        is_open: Whether it is still being written.
        mark: Its verdict; `None` while it is written.
        label: The badge in words, for readers who hear the page.
        evidence: Its checks.
        note: A sentence below the checks.
    """

    key: str
    number: str
    title: str
    text: str
    is_open: bool = False
    mark: Mark | None = None
    label: str = ""
    evidence: tuple[CheckLine, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerCard:
    """The final answer; members as in `StepCard`, and `sentence` says what the badge means."""

    key: str
    title: str
    latex: str
    mark: Mark
    sentence: str
    label: str = ""
    evidence: tuple[CheckLine, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TextCard:
    """A text with an optional title: the plan, the preview of a problem."""

    key: str
    text: str
    title: str = ""
    is_open: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class FoldCard:
    """Texts behind a fold: thinking, withdrawn steps.

    Attributes:
        key: Its identity on the sheet.
        title: What the fold's button says.
        texts: What is behind it, as Markdown.
        note: What is seen while it is folded, as Markdown.
        look: `thinking` or `withdrawn`.
        is_open: Whether the last text is still being written.
    """

    key: str
    title: str
    texts: tuple[str, ...]
    note: str = ""
    look: str = "thinking"
    is_open: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class LegendLine:
    """A mark and what it means."""

    mark: Mark
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WelcomeCard:
    """What is seen before the first problem."""

    key: str
    title: str
    text: str
    legend: tuple[LegendLine, ...]


Card: TypeAlias = StepCard | AnswerCard | TextCard | FoldCard | WelcomeCard


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """All that a page shows.

    Attributes:
        cards: In order.
        follow: Whether its end is to be kept in view while it grows.
        language: The language of its own words, as an HTML `lang`.
        says: The newest thing worth saying to readers who hear the page.
    """

    cards: tuple[Card, ...]
    follow: bool = False
    language: str = "en"
    says: str = ""
