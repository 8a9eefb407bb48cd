"""`tutor check`: somebody's finished steps, checked one after the other."""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from tutor.cli.exits import Exit
from tutor.core.errors import InputError
from tutor.core.problem import Language
from tutor.support.file_errors import unreadable
from tutor.support.i18n import N_, Translator

if TYPE_CHECKING:
    from argparse import _SubParsersAction
    from collections.abc import Iterator, Sequence

    from tutor.checking.checker import StepCheck
    from tutor.cli.parser import Parser

MAX_NOTES = 1 << 20
"""Most bytes of a file of notes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SolutionRow:
    """One line of a file of solutions."""

    id: str | int
    problem: str
    steps: tuple[str, ...]


def add_parser(commands: _SubParsersAction[Parser], tr: Translator) -> None:
    """Add the command."""
    about = tr(N_("check the steps of a solution"))
    parser = commands.add_parser("check", tr=tr, help=about, description=about)
    text = tr(
        N_(
            "a text with one line a step, a problem in front of them if there is one; or FILE.jsonl, one JSON"
            " object a line; - reads such lines from standard input"
        )
    )
    parser.add_argument("file", metavar="FILE", help=text)
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace, tr: Translator) -> int:
    """Check and show; returns the exit code."""
    if arguments.file == "-" or arguments.file.endswith(".jsonl"):
        return _check_rows(arguments.file)
    return _check_notes(Path(arguments.file), tr)


def _check_rows(source: str) -> int:
    from tutor.cas.client import CasClient  # noqa: PLC0415 - not for --help
    from tutor.checking.solutions import check_solution, first_refuted  # noqa: PLC0415 - not for --help
    from tutor.intake.goal import read_goal  # noqa: PLC0415 - not for --help
    from tutor.support.rows import read_rows  # noqa: PLC0415 - not for --help

    with CasClient() as cas:
        for row in read_rows(SolutionRow, source):
            checks = check_solution(cas, read_goal(row.problem), row.steps)
            wrong = (first_refuted(checks) or 0) - 1
            shown = [_as_json(one) for one in checks]
            result = {"id": row.id, "first_wrong": wrong, "checks": shown}
            print(json.dumps(result, ensure_ascii=False))
            sys.stdout.flush()
    return Exit.OK


def _as_json(one: StepCheck) -> dict[str, str | int | float]:
    """A check as one object; steps are counted from 0, as in the row."""
    from tutor.support.words import explanation  # noqa: PLC0415 - not for --help

    check = one.check
    return {
        "step": one.step - 1,
        "claim": check.claim.latex,
        "verdict": check.verdict.value,
        "method": check.method,
        "evidence": explanation(check, Translator(Language.ENGLISH)),
        "ms": round(1000 * check.elapsed, 1),
    }


def _check_notes(path: Path, tr: Translator) -> int:
    from tutor.cas.client import CasClient  # noqa: PLC0415 - not for --help
    from tutor.checking.notes import read_notes  # noqa: PLC0415 - not for --help
    from tutor.checking.solutions import check_solution  # noqa: PLC0415 - not for --help
    from tutor.intake.goal import read_goal  # noqa: PLC0415 - not for --help

    notes = read_notes(_text(path))
    with CasClient() as cas:
        checks = check_solution(cas, read_goal(notes.problem), notes.steps)
    print(*_lines(notes.steps, checks, tr), sep="\n")
    return Exit.OK


def _lines(steps: Sequence[str], checks: Sequence[StepCheck], tr: Translator) -> Iterator[str]:
    from tutor.core.check import Verdict  # noqa: PLC0415 - not for --help
    from tutor.support.words import VERDICTS, explanation  # noqa: PLC0415 - not for --help

    for number, step in enumerate(steps, start=1):
        yield f"{number}. {step}"
        found = [one.check for one in checks if one.step == number]
        for check in found:
            sign = VERDICTS[check.verdict]
            yield f"   {sign.glyph} {tr(sign.word)}  {check.claim.latex}"
            is_told = check.verdict in (Verdict.REFUTED, Verdict.UNDECIDED)
            if is_told and (reason := explanation(check, tr)):
                yield f"     {reason}"
        if not found:
            sign = VERDICTS[Verdict.NOT_CHECKABLE]
            yield f"   {sign.glyph} {tr(sign.word)}"


def _text(path: Path) -> str:
    try:
        with path.open("rb") as file:
            data = file.read(MAX_NOTES + 1)
    except OSError as error:
        found = unreadable(error, path)
        raise InputError(found.template, places=found.places) from error
    if len(data) > MAX_NOTES:
        raise InputError(N_("the text is longer than 1 MB"))
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(N_("this is not text in UTF-8")) from error
