"""`tutor solve`: a problem in, a checked solution out, step by step."""

from __future__ import annotations

import argparse
import json
import signal
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from tutor.cli.complaints import complain
from tutor.cli.exits import Exit
from tutor.core.cancel import CancelToken
from tutor.core.errors import InputError, TutorError
from tutor.core.events import (
    Ending,
    FailureKind,
    SolveCancelled,
    SolveEvent,
    SolveFailed,
    SolveFinished,
    SolveRefused,
)
from tutor.core.problem import Language, Problem

if TYPE_CHECKING:
    from argparse import _SubParsersAction

MAX_FILE = 1 << 20
"""Most bytes that are read from a file or from standard input; a problem is far shorter."""


def add_parser(commands: _SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command."""
    parser = commands.add_parser("solve", help="solve a problem step by step")
    source = parser.add_mutually_exclusive_group(required=True)
    source.add_argument(
        "problem", nargs="?", help="the problem as text with LaTeX; - reads it from standard input"
    )
    source.add_argument("--file", type=Path, help="read the problem from a file")
    parser.add_argument(
        "--lang",
        choices=[lang.value for lang in Language],
        help="language of the solution (default: the problem's own)",
    )
    parser.add_argument(
        "--model", metavar="NAME", help="an installed model (default: the catalogue's)"
    )
    parser.add_argument(
        "--seed", type=int, default=0, help="seed of the model's sampling (default: 0)"
    )
    parser.add_argument(
        "--max-tokens",
        type=_positive,
        default=0,
        metavar="N",
        help="most tokens to write (default: 1536, twice as many for a model that thinks)",
    )
    parser.add_argument(
        "--anyway", action="store_true", help="solve even if the problem seems to need a figure"
    )
    parser.add_argument(
        "--json", action="store_true", help="print the events, one JSON object a line"
    )
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Solve and show; returns the exit code.

    Raises:
        InputError: The problem cannot be read.
        ModelError: The model is missing, damaged or too large.
    """
    from tutor.intake.reading import read_problem  # noqa: PLC0415 - not for --help

    language = Language(arguments.lang) if arguments.lang else None
    problem = read_problem(_text(arguments), language=language)
    cancel = CancelToken()
    signal.signal(signal.SIGINT, lambda *_: cancel.cancel())
    return _solve(problem, arguments, cancel)


def _solve(problem: Problem, arguments: argparse.Namespace, cancel: CancelToken) -> int:
    from tutor.app import open_tutor  # noqa: PLC0415 - not for --help
    from tutor.solver.options import SolveOptions  # noqa: PLC0415 - not for --help
    from tutor.solver.triage import refusal  # noqa: PLC0415 - not for --help

    options = SolveOptions(
        seed=arguments.seed, max_tokens=arguments.max_tokens, anyway=arguments.anyway
    )
    show = _print_json if arguments.json else _print_pretty
    if refused := refusal(problem, options):
        return exit_code(show(refused))
    with open_tutor(arguments.model) as tutor:
        return exit_code(show(tutor.solve(problem, options=options, cancel=cancel)))


def exit_code(ending: Ending | None) -> Exit:
    """The exit code that tells how a solve ended."""
    match ending:
        case SolveFinished(badge=badge):
            return Exit.NO_ANSWER if badge is None else Exit.OK
        case SolveRefused():
            return Exit.NEEDS_FIGURE
        case SolveCancelled():
            return Exit.INTERRUPTED
        case SolveFailed(kind=FailureKind.INPUT):
            return Exit.BAD_INPUT
        case SolveFailed(kind=FailureKind.MODEL):
            return Exit.MODEL
        case _:
            return Exit.FAILED


def _print_json(events: Iterable[SolveEvent]) -> Ending | None:
    from tutor.support.codec import encode  # noqa: PLC0415 - not for --help

    ending: Ending | None = None
    for event in events:
        sys.stdout.write(json.dumps(encode(event), ensure_ascii=False) + "\n")
        sys.stdout.flush()
        if isinstance(event, Ending):
            ending = event
    return ending


def _print_pretty(events: Iterable[SolveEvent]) -> Ending | None:
    from tutor.cli.terminal import show  # noqa: PLC0415 - loads rich

    ending = show(events)
    if isinstance(ending, SolveFailed):
        complain(TutorError(ending.message, hint=ending.hint, places=ending.places))
    return ending


def _text(arguments: argparse.Namespace) -> str:
    if arguments.file is not None:
        return _decode(_read(arguments.file))
    if arguments.problem == "-":
        return _decode(sys.stdin.buffer.read(MAX_FILE + 1))
    problem: str = arguments.problem
    return problem


def _read(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(MAX_FILE + 1)
    except OSError as error:
        msg = f"{path} cannot be read: {(error.strerror or str(error)).lower()}"
        raise InputError(
            msg, hint="Give the path of a text file that holds one problem."
        ) from error


def _decode(data: bytes) -> str:
    if len(data) > MAX_FILE:
        raise InputError("the text is longer than 1 MB", hint="Give one problem at a time.")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError("this is not text in UTF-8", hint="Save it as UTF-8.") from error


def _positive(text: str) -> int:
    number = int(text) if text.isdecimal() else 0
    if number < 1:
        msg = f"{text!r} is not a positive number"
        raise argparse.ArgumentTypeError(msg)
    return number
