"""Claims a second, measured on a few."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tutor.bench import throughput
from tutor.core.errors import InputError

pytestmark = pytest.mark.worker


def solutions(path: Path, *steps: str) -> str:
    path.write_text(json.dumps({"steps": steps}), encoding="utf-8")
    return str(path)


def test_claims_come_again_until_there_are_enough_and_each_number_of_workers_is_measured(
    tmp_path: Path,
) -> None:
    source = solutions(tmp_path / "some.jsonl", "So $2+2=4$.", "Then $1+1=3$ and so on.")
    one, two = throughput.run(source, claims=20, workers=(1, 2))
    assert (one.claims, one.decided, one.late, one.workers, two.workers) == (20, 20, 0, 1, 2)
    assert one.rate > 1
    heading, *rows = throughput.table([one, two])
    assert len(heading.split()) == 10
    assert [row.split()[:2] for row in rows] == [["1", "20"], ["2", "20"]]


def test_solutions_that_state_nothing_are_bad_input(tmp_path: Path) -> None:
    source = solutions(tmp_path / "none.jsonl", "Nothing is said here.")
    with pytest.raises(InputError):
        list(throughput.run(source, claims=5, workers=(1,)))
