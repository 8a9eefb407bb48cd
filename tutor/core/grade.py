"""Grades of an answer beside the expected one. A grade is never a bool."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from typing import NoReturn

from tutor.core.check import Evidence


class Grade(enum.StrEnum):
    """How an answer compares with the expected one.

    `CORRECT` and `EQUIVALENT` say that it is right, `PARTLY` and `WRONG` that it is not; the other two say nothing.
    """

    CORRECT = "correct"
    EQUIVALENT = "equivalent"
    """The value is right but is not in the form that is asked for."""
    PARTLY = "partly correct"
    WRONG = "wrong"
    UNREAD = "unread"
    UNDECIDED = "undecided"
    """Both were read, but algebra cannot tell whether they agree."""

    def __bool__(self) -> NoReturn:
        """A grade has six values: compare it.

        Raises:
            TypeError: Always.
        """
        msg = "a grade is not a bool; compare it with Grade.CORRECT or another member"
        raise TypeError(msg)

    @property
    def accepts(self) -> bool:
        """Whether the answer is right, in whatever form."""
        return self in (Grade.CORRECT, Grade.EQUIVALENT)


@dataclass(frozen=True, slots=True, kw_only=True)
class Graded:
    """The judgement on an answer.

    Attributes:
        grade: The grade.
        why: What it is given for, as a sentence.
        evidence: A counterexample, or the member that is missing, where there is one.
    """

    grade: Grade
    why: Evidence
    evidence: Evidence | None = None
