"""The command line's door: everything else is imported behind it, where Ctrl-C waits."""

from __future__ import annotations

from collections.abc import Sequence

from tutor.cli.interrupts import HeldInterrupts


def run_command(arguments: Sequence[str]) -> int:
    """Run one command; returns the exit code."""
    interrupts = HeldInterrupts()
    try:
        from tutor.cli.program import run_program  # noqa: PLC0415 - Ctrl-C waits for it

        return run_program(arguments, interrupts)
    finally:
        interrupts.end()
