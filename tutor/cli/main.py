"""Reads the command line, runs the command, and turns errors into one line and an exit code."""

from __future__ import annotations

import argparse
import contextlib
import logging
import os
import sys
from collections.abc import Sequence

import tutor
from tutor.cli import model, solve
from tutor.cli.complaints import complain
from tutor.cli.exits import Exit
from tutor.core.errors import InputError, ModelError, SettingsError, TutorError


def run_command(arguments: Sequence[str]) -> int:
    """Run one command; returns the exit code."""
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(name)s: %(message)s")
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    try:
        return _run_and_flush(arguments)
    except BrokenPipeError:
        # Whoever read our output has gone (`| head`): nothing is wrong.
        _discard_output()
        return Exit.OK
    except OSError as error:
        if error.filename is not None:  # some file's fault, not the output's
            raise
        _discard_output()
        complain(f"the output cannot be written: {(error.strerror or str(error)).lower()}")
        return Exit.FAILED


def _run_and_flush(arguments: Sequence[str]) -> int:
    try:
        return _run(arguments)
    finally:
        print(end="", flush=True)  # unlike sys.stdout.flush(), this bears that there is no output


def _run(arguments: Sequence[str]) -> int:
    parsed = _parser().parse_args(arguments)
    try:
        code: int = parsed.run(parsed)
    except TutorError as error:
        complain(error)
        return _exit_code(error)
    except KeyboardInterrupt:
        return Exit.INTERRUPTED
    return code


def _discard_output() -> None:
    """Send what is still buffered nowhere: written at the interpreter's end, it would fail once more."""
    with contextlib.suppress(OSError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _exit_code(error: TutorError) -> Exit:
    if isinstance(error, InputError | SettingsError):
        return Exit.BAD_INPUT
    return Exit.MODEL if isinstance(error, ModelError) else Exit.FAILED


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="tutor", description="A maths tutor that works offline and checks its own steps."
    )
    parser.add_argument("--version", action="version", version=f"tutor {tutor.__version__}")
    commands = parser.add_subparsers(title="commands", required=True, metavar="COMMAND")
    solve.add_parser(commands)
    model.add_parser(commands)
    return parser
