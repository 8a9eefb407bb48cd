"""`python -m tests.fuzz --inputs 100000 --seed 0`: changed formulas, and whether anything goes wrong."""

from __future__ import annotations

import argparse
import sys

from tests.fuzz.runs import fuzz


def main() -> int:
    """Run, print the figures, and return 1 if anything went wrong."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("--inputs", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--deadline", type=float, default=0.5, help="seconds for each claim")
    arguments = parser.parse_args()
    report = fuzz(inputs=arguments.inputs, seed=arguments.seed, deadline=arguments.deadline)
    print(*report.lines(), sep="\n")  # noqa: T201 - a command
    return 0 if report.is_clean else 1


sys.exit(main())
