"""`tutor grade`: an answer beside the expected one, or many of them from a file."""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tutor.cli.exits import Exit
from tutor.core.errors import InputError
from tutor.core.problem import Language
from tutor.support.i18n import N_, Translator

if TYPE_CHECKING:
    from argparse import _SubParsersAction
    from collections.abc import Mapping

    from tutor.cli.parser import Parser
    from tutor.core.check import Evidence
    from tutor.core.grade import Graded

_WORDS = {
    "correct": ("✓", N_("correct")),
    "equivalent": ("✓", N_("equivalent, but not in the form asked for")),
    "partly correct": ("◐", N_("partly correct")),
    "wrong": ("✗", N_("wrong")),
    "unread": ("?", N_("unread")),
    "undecided": ("?", N_("undecided")),
}
MAX_ANSWER = 100_000
"""Most characters of an answer or a problem on the command line."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerRow:
    """One line of a file of answers."""

    id: str | int
    expected: str
    given: str
    type: str = ""
    problem: str = ""


def add_parser(commands: _SubParsersAction[Parser], tr: Translator) -> None:
    """Add the command."""
    about = tr(N_("grade an answer against the expected one"))
    parser = commands.add_parser("grade", tr=tr, help=about, description=about)
    parser.add_argument(
        "expected", nargs="?", help=tr(N_("the expected answer, as LaTeX or words"))
    )
    parser.add_argument("given", nargs="?", help=tr(N_("the answer to be graded")))
    text = tr(N_("the problem: it may ask for a form, a unit or a precision"))
    parser.add_argument("--problem", default="", metavar="TEXT", help=text)
    text = tr(N_("the kind of answer: number, expression, equation, list, interval, choice, …"))
    parser.add_argument("--type", default="", metavar="KIND", help=text)
    text = tr(N_("grade many: one JSON object a line; - reads them from standard input"))
    parser.add_argument("--jsonl", metavar="FILE", help=text)
    parser.add_argument("--json", action="store_true", help=tr(N_("print the grade as JSON")))
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace, tr: Translator) -> int:
    """Grade and show; returns the exit code."""
    if arguments.jsonl is not None:
        if arguments.expected is not None:
            raise InputError(
                N_("{what} and {other} cannot be used together"),
                places={"what": "EXPECTED", "other": "--jsonl"},
            )
        return _grade_rows(arguments.jsonl)
    _require(arguments)
    return _grade_one(arguments, tr)


def _require(arguments: argparse.Namespace) -> None:
    from tutor.checking.grading import KINDS  # noqa: PLC0415 - not for --help

    for name in ("expected", "given"):
        if getattr(arguments, name) is None:
            raise InputError(N_("{what} is missing"), places={"what": name.upper()})
    if arguments.type and arguments.type not in KINDS:
        raise InputError(
            N_("{what} cannot be {value}; it can be: {all}"),
            places={"what": "--type", "value": arguments.type, "all": ", ".join(KINDS)},
        )
    if max(map(len, (arguments.expected, arguments.given, arguments.problem))) > MAX_ANSWER:
        raise InputError(N_("the answer is too long"))


def _grade_one(arguments: argparse.Namespace, tr: Translator) -> int:
    from tutor.cas.client import CasClient  # noqa: PLC0415 - not for --help
    from tutor.checking.grading import grade  # noqa: PLC0415 - not for --help

    with CasClient() as cas:
        graded = grade(
            arguments.expected, arguments.given, arguments.problem, cas, kind=arguments.type
        )
    if arguments.json:
        print(json.dumps(_as_json(graded), ensure_ascii=False))
    else:
        print("\n".join(_lines(graded, tr)))
    return Exit.OK


def _grade_rows(source: str) -> int:
    from tutor.cas.client import CasClient  # noqa: PLC0415 - not for --help
    from tutor.checking.grading import grade  # noqa: PLC0415 - not for --help
    from tutor.support.rows import read_rows  # noqa: PLC0415 - not for --help

    with CasClient() as cas:
        for row in read_rows(AnswerRow, source):
            graded = grade(row.expected, row.given, row.problem, cas, kind=row.type)
            print(json.dumps({"id": row.id, **_as_json(graded)}, ensure_ascii=False))
            sys.stdout.flush()
    return Exit.OK


def _as_json(graded: Graded) -> Mapping[str, str | None]:
    english = Translator(Language.ENGLISH)
    evidence = graded.evidence
    return {
        "grade": graded.grade.value,
        "why": _sentence(graded.why, english),
        "evidence": None if evidence is None else _sentence(evidence, english),
    }


def _lines(graded: Graded, tr: Translator) -> list[str]:
    glyph, word = _WORDS[graded.grade.value]
    lines = [f"{glyph} {tr(word)}", f"  {_sentence(graded.why, tr)}"]
    if graded.evidence is not None:
        lines.append(f"  {_sentence(graded.evidence, tr)}")
    return lines


def _sentence(evidence: Evidence, tr: Translator) -> str:
    return tr(evidence.message, **evidence.details)
