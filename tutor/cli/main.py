"""Reads the command line, runs the command, and turns errors into one line and an exit code."""

from __future__ import annotations

import argparse
import logging
import sys
from collections.abc import Sequence

import tutor
from tutor.cli import model, solve
from tutor.cli.exits import Exit
from tutor.core.errors import InputError, ModelError, SettingsError, TutorError


def run_command(arguments: Sequence[str]) -> int:
    """Run one command; returns the exit code."""
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(name)s: %(message)s")
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    parsed = _parser().parse_args(arguments)
    try:
        code: int = parsed.run(parsed)
    except TutorError as error:
        sys.stderr.write(f"tutor: {one_line(error)}\n")
        return _exit_code(error)
    except KeyboardInterrupt:
        return Exit.INTERRUPTED
    except BrokenPipeError:
        # Whoever read our output has gone (`| head`): nothing is wrong, and nothing can be said any more.
        sys.stderr.close()
        return Exit.OK
    return code


def one_line(error: TutorError) -> str:
    """An error's message and hint on one line."""
    return " ".join(str(error).split())


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
