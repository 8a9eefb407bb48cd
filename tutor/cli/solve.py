"""`tutor solve`: a problem in, a checked solution out, step by step."""

from __future__ import annotations

import argparse
import contextlib
import json
import signal
import sys
from collections.abc import Generator, Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from tutor.cli.complaints import complain
from tutor.cli.exits import Exit
from tutor.cli.parser import file_path, positive
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
from tutor.core.solution import Usage
from tutor.support.file_errors import unreadable
from tutor.support.i18n import N_, Translator

if TYPE_CHECKING:
    from argparse import _SubParsersAction

    from tutor.cli.parser import Parser

MAX_FILE = 1 << 20
"""Most bytes that are read from a file or from standard input; a problem is far shorter."""


def add_parser(commands: _SubParsersAction[Parser], tr: Translator) -> None:
    """Add the command."""
    about = tr(N_("solve a problem step by step"))
    parser = commands.add_parser("solve", tr=tr, help=about, description=about)
    source = parser.add_mutually_exclusive_group(required=True)
    text = tr(N_("the problem as text with LaTeX; - reads it from standard input"))
    source.add_argument("problem", nargs="?", help=text)
    source.add_argument("--file", type=file_path, help=tr(N_("read the problem from a file")))
    text = tr(N_("language of the solution (default: the problem's; messages are in the system's)"))
    parser.add_argument("--lang", choices=[lang.value for lang in Language], help=text)
    text = tr(N_("an installed model (default: the catalogue's)"))
    parser.add_argument("--model", metavar="NAME", help=text)
    text = tr(N_("seed of the model's sampling (default: 0)"))
    parser.add_argument("--seed", type=int, default=0, help=text)
    text = tr(N_("most tokens to write (default: 1536, twice as many for a model that thinks)"))
    parser.add_argument("--max-tokens", type=positive, default=0, metavar="N", help=text)
    text = tr(N_("solve even if the problem seems to need a figure"))
    parser.add_argument("--anyway", action="store_true", help=text)
    text = tr(N_("print the events, one JSON object a line"))
    parser.add_argument("--json", action="store_true", help=text)
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace, tr: Translator) -> int:
    """Solve and show; returns the exit code."""
    show = _print_json if arguments.json else _print_pretty
    cancel = CancelToken()
    # Read before anything is shown: the learner may type it.
    read = _problem(arguments, cancel)
    with contextlib.closing(_solve(read, arguments, cancel)) as events:
        ending = show(events, tr)
    if isinstance(ending, SolveFailed):
        complain(TutorError(ending.message, hint=ending.hint, places=ending.places), tr)
    return exit_code(ending)


def tell_interrupted() -> None:
    """Say as JSON that Ctrl-C came before anything was begun."""
    _print_json([SolveCancelled(usage=Usage())], Translator(Language.ENGLISH))


def _problem(
    arguments: argparse.Namespace, cancel: CancelToken
) -> Problem | SolveFailed | SolveCancelled:
    """The problem, or how the solve ends without one; from here on Ctrl-C sets the token."""
    language = Language(arguments.lang) if arguments.lang else None
    try:
        text = _text(arguments)
        signal.signal(signal.SIGINT, lambda *_: cancel.cancel())
        from tutor.intake.reading import read_problem  # noqa: PLC0415 - not for --help

        return read_problem(text, language=language)
    except TutorError as error:
        return SolveFailed.of(error)
    except KeyboardInterrupt:
        return SolveCancelled(usage=Usage())


def _solve(
    read: Problem | SolveFailed | SolveCancelled,
    arguments: argparse.Namespace,
    cancel: CancelToken,
) -> Generator[SolveEvent, None, None]:
    """The events of the solve, which end with exactly one ending whatever happens."""
    from tutor.app import open_tutor  # noqa: PLC0415 - not for --help
    from tutor.solver.options import SolveOptions  # noqa: PLC0415 - not for --help
    from tutor.solver.triage import refusal  # noqa: PLC0415 - not for --help

    if not isinstance(read, Problem):
        yield read
        return
    options = SolveOptions(
        seed=arguments.seed, max_tokens=arguments.max_tokens, anyway=arguments.anyway
    )
    if refused := refusal(read, options):
        yield from refused
        return
    try:
        with open_tutor(arguments.model) as tutor:
            yield from tutor.solve(read, options=options, cancel=cancel)
    except TutorError as error:
        yield SolveFailed.of(error)


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


def _print_json(events: Iterable[SolveEvent], _tr: Translator) -> Ending | None:
    from tutor.support.codec import encode  # noqa: PLC0415 - not for --help

    ending: Ending | None = None
    for event in events:
        sys.stdout.write(json.dumps(encode(event), ensure_ascii=False) + "\n")
        sys.stdout.flush()
        if isinstance(event, Ending):
            ending = event
    return ending


def _print_pretty(events: Iterable[SolveEvent], tr: Translator) -> Ending | None:
    from tutor.cli.terminal import show  # noqa: PLC0415 - loads rich

    return show(events, tr)


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
        found = unreadable(error, path)
        hint = N_("Give the path of a text file that holds one problem.")
        raise InputError(found.template, hint=hint, places=found.places) from error


def _decode(data: bytes) -> str:
    if len(data) > MAX_FILE:
        message = N_("the text is longer than 1 MB")
        raise InputError(message, hint=N_("Give one problem at a time."))
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        hint = N_("Save it as UTF-8, or paste the problem as text.")
        raise InputError(N_("this is not text in UTF-8"), hint=hint) from error
