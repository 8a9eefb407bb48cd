"""The program's door: window, command line or worker, chosen before anything heavy is imported."""

from __future__ import annotations

import sys


def main() -> int:
    """Run what the command line asks for; returns the exit code."""
    try:
        return _run(sys.argv[1:])
    except KeyboardInterrupt:  # while something is still being imported
        return 130


def _run(arguments: list[str]) -> int:
    if arguments[:1] == ["--worker"] and len(arguments) == 2:
        from tutor.workers.child import run_worker  # noqa: PLC0415 - a worker loads nothing else

        return run_worker(arguments[1])
    if not arguments:
        from tutor.gui.main import run_window  # noqa: PLC0415 - Qt only for the window

        return run_window()
    from tutor.cli.main import run_command  # noqa: PLC0415 - not for the window

    return run_command(arguments)


if __name__ == "__main__":
    sys.exit(main())
