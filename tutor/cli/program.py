"""Reads the command line, runs the command, and turns errors into one line and an exit code."""

from __future__ import annotations

import contextlib
import errno
import logging
import os
import sys
from collections.abc import Sequence

import tutor
from tutor.cli import bench, check, grade, model, solve
from tutor.cli.complaints import complain
from tutor.cli.exits import Exit
from tutor.cli.interrupts import HeldInterrupts
from tutor.cli.parser import Parser
from tutor.core.errors import InputError, ModelError, SettingsError, StorageError, TutorError
from tutor.support.i18n import N_, Translator, system_language


def run_program(arguments: Sequence[str], interrupts: HeldInterrupts) -> int:
    """Run one command, with Ctrl-C let through once its arguments are read; returns the exit code."""
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(name)s: %(message)s")
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    tr = Translator(system_language())
    try:
        return _run_and_flush(arguments, interrupts, tr)
    except BrokenPipeError:
        # Whoever read our output has gone (`| head`): nothing is wrong.
        _discard_output()
        return Exit.OK
    except OSError as error:
        if error.filename is not None:  # some file's fault, not the output's
            raise
        _discard_output()
        complain(_unwritten(error), tr)
        return Exit.FAILED


def _run_and_flush(arguments: Sequence[str], interrupts: HeldInterrupts, tr: Translator) -> int:
    try:
        return _run(arguments, interrupts, tr)
    finally:
        print(end="", flush=True)  # unlike sys.stdout.flush(), this bears that there is no output


def _run(arguments: Sequence[str], interrupts: HeldInterrupts, tr: Translator) -> int:
    try:
        parsed = _parser(tr).parse_args(arguments)
        interrupts.release()
        code: int = parsed.run(parsed, tr)
    except TutorError as error:
        complain(error, tr)
        return _exit_code(error)
    except KeyboardInterrupt:
        if arguments[:1] == ["solve"] and "--json" in arguments:
            solve.tell_interrupted()
        return Exit.INTERRUPTED
    return code


def _discard_output() -> None:
    """Send what is still buffered nowhere: written at the interpreter's end, it would fail once more."""
    with contextlib.suppress(OSError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _unwritten(error: OSError) -> StorageError:
    if error.errno == errno.ENOSPC:
        return StorageError(N_("the output cannot be written: no space left on device"))
    reason = (error.strerror or str(error)).lower()
    return StorageError(N_("the output cannot be written: {reason}"), places={"reason": reason})


def _exit_code(error: TutorError) -> Exit:
    if isinstance(error, InputError | SettingsError):
        return Exit.BAD_INPUT
    return Exit.MODEL if isinstance(error, ModelError) else Exit.FAILED


def _parser(tr: Translator) -> Parser:
    description = tr(N_("A maths tutor that works offline and checks its own steps."))
    parser = Parser(tr=tr, prog="tutor", description=description)
    parser.add_argument(
        "--version",
        action="version",
        version=f"tutor {tutor.__version__}",
        help=tr(N_("show the version and exit")),
    )
    commands = parser.add_subparsers(title=N_("commands"), required=True, metavar="COMMAND")
    solve.add_parser(commands, tr)
    model.add_parser(commands, tr)
    grade.add_parser(commands, tr)
    check.add_parser(commands, tr)
    bench.add_parser(commands, tr)
    return parser
