"""`tutor bench`: measures what is promised, with data sets that are given as files."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from tutor.cli.exits import Exit
from tutor.cli.parser import positive
from tutor.support.i18n import N_, Translator

if TYPE_CHECKING:
    from argparse import _SubParsersAction

    from tutor.cli.parser import Parser


def add_parser(commands: _SubParsersAction[Parser], tr: Translator) -> None:
    """Register `bench` and what it measures; each measurement is imported when it runs."""
    about = tr(N_("measure how well problems are read, checked and graded"))
    parser = commands.add_parser("bench", tr=tr, help=about, description=about)
    actions = parser.add_subparsers(title=N_("commands"), metavar="ACTION", required=True)
    _add_grade(actions, tr)
    _add_parse(actions, tr)
    _add_steps(actions, tr)
    _add_check(actions, tr)


def _add_grade(actions: _SubParsersAction[Parser], tr: Translator) -> None:
    about = tr(N_("how often answers are graded right, by us and by another grader"))
    parser = actions.add_parser("grade", tr=tr, help=about, description=about)
    text = tr(N_("pairs of answers with their grades: a TOML table or one JSON object a line"))
    parser.add_argument("file", metavar="FILE", help=text)
    text = tr(N_("take each so-manieth row only"))
    parser.add_argument("--every", type=positive, default=1, metavar="N", help=text)
    text = tr(N_("without the other grader"))
    parser.add_argument("--alone", action="store_true", help=text)
    text = tr(N_("list each pair that was graded otherwise"))
    parser.add_argument("--faults", action="store_true", help=text)
    parser.set_defaults(run=_run_grade)


def _run_grade(arguments: argparse.Namespace, _tr: Translator) -> int:
    from tutor.bench import grading  # noqa: PLC0415 - not for --help

    found = grading.run(arguments.file, every=arguments.every, rival=not arguments.alone)
    outcomes = list(found)
    faults = grading.faults(outcomes) if arguments.faults else ()
    print(*faults, *grading.table(outcomes), sep="\n")
    return Exit.OK


def _add_parse(actions: _SubParsersAction[Parser], tr: Translator) -> None:
    about = tr(N_("how well formulas are read, beside other readers"))
    parser = actions.add_parser("parse", tr=tr, help=about, description=about)
    text = tr(
        N_("formulas with their meanings, one JSON object a line; with --differential, any texts")
    )
    parser.add_argument("files", metavar="FILE.jsonl", nargs="+", help=text)
    text = tr(N_("take each so-manieth row only"))
    parser.add_argument("--every", type=positive, default=1, metavar="N", help=text)
    text = tr(N_("read every formula of problems and steps with two readers, and compare"))
    parser.add_argument("--differential", action="store_true", help=text)
    text = tr(N_("list what is read wrongly or differently"))
    parser.add_argument("--faults", action="store_true", help=text)
    parser.set_defaults(run=_run_parse)


def _run_parse(arguments: argparse.Namespace, _tr: Translator) -> int:
    if arguments.differential:
        return _run_comparison(arguments)
    from tutor.bench import reading  # noqa: PLC0415 - not for --help

    outcomes = [one for file in arguments.files for one in reading.run(file, every=arguments.every)]
    if arguments.faults:
        print(*reading.misses(outcomes), sep="\n")
    print(*reading.table(outcomes), reading.fallback(outcomes), sep="\n")
    return Exit.OK


def _run_comparison(arguments: argparse.Namespace) -> int:
    from tutor.bench import differential  # noqa: PLC0415 - not for --help

    found = list(differential.run(arguments.files, every=arguments.every))
    if arguments.faults:
        shown = (differential.Relation.DIFFER, differential.Relation.ONLY_THEIRS)
        print(*differential.lines(found, *shown), sep="\n")
    print(*differential.table(found), sep="\n")
    return Exit.OK


def _add_steps(actions: _SubParsersAction[Parser], tr: Translator) -> None:
    about = tr(N_("how often the first wrong step of a solution is found"))
    parser = actions.add_parser("steps", tr=tr, help=about, description=about)
    text = tr(N_("solutions with labels, one JSON object a line; - reads them from standard input"))
    parser.add_argument("file", metavar="FILE.jsonl", help=text)
    text = tr(N_("take each so-manieth row only"))
    parser.add_argument("--every", type=positive, default=1, metavar="N", help=text)
    text = tr(N_("processes side by side (default: 2)"))
    parser.add_argument("--workers", type=positive, default=2, metavar="N", help=text)
    parser.add_argument("--subset", metavar="NAME", help=tr(N_("take the rows of one subset only")))
    text = tr(N_("list each refuted claim with what it rests on"))
    parser.add_argument("--flags", action="store_true", help=text)
    parser.set_defaults(run=_run_steps)


def _run_steps(arguments: argparse.Namespace, _tr: Translator) -> int:
    from tutor.bench import steps  # noqa: PLC0415 - not for --help
    from tutor.intake.goal import read_goal  # noqa: PLC0415 - not for --help

    found = steps.run(
        arguments.file,
        read_goal,
        every=arguments.every,
        workers=arguments.workers,
        subset=arguments.subset,
    )
    outcomes = list(found)
    if arguments.flags:
        print(*steps.flag_lines(outcomes), sep="\n")
    print(*steps.table(outcomes), sep="\n")
    return Exit.OK


def _add_check(actions: _SubParsersAction[Parser], tr: Translator) -> None:
    about = tr(N_("how many claims are checked in a second, by one process and by several"))
    parser = actions.add_parser("check", tr=tr, help=about, description=about)
    text = tr(N_("solutions with their steps, one JSON object a line"))
    parser.add_argument("file", metavar="FILE.jsonl", help=text)
    text = tr(N_("how many claims (default: 2000)"))
    parser.add_argument("--claims", type=positive, default=2000, metavar="N", help=text)
    text = tr(N_("numbers of processes, one after the other (default: 1 2)"))
    parser.add_argument(
        "--workers", type=positive, nargs="+", default=[1, 2], metavar="N", help=text
    )
    parser.set_defaults(run=_run_check)


def _run_check(arguments: argparse.Namespace, _tr: Translator) -> int:
    from tutor.bench import throughput  # noqa: PLC0415 - not for --help

    measured = list(
        throughput.run(arguments.file, claims=arguments.claims, workers=arguments.workers)
    )
    print(*throughput.table(measured), sep="\n")
    return Exit.OK
