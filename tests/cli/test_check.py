"""`tutor check` and `tutor bench steps` as child processes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.running import tutor

pytestmark = pytest.mark.worker


def test_rows_are_answered_with_the_first_wrong_step() -> None:
    row = {"id": 7, "problem": "", "steps": ["3 × 12 = 36 eggs", "so $36 - 6 = 29$"]}
    done = tutor("check", "-", data=json.dumps(row) + "\n")
    assert done.returncode == 0, done.stderr
    answered = json.loads(done.stdout)
    assert (answered["id"], answered["first_wrong"]) == (7, 1)
    assert [check["verdict"] for check in answered["checks"]] == ["verified", "refuted"]
    assert answered["checks"][1]["evidence"] == "The left side is 30, the right side is 29."
    assert set(answered["checks"][0]) == {"step", "claim", "verdict", "method", "evidence", "ms"}


def test_notes_are_shown_with_glyph_and_word(tmp_path: Path) -> None:
    notes = tmp_path / "notes.md"
    notes.write_text("题目：求和\n\n3 × 12 = 36\n36 - 6 = 29\n你好\n", encoding="utf-8")
    done = tutor("check", str(notes), LC_ALL="zh_CN.UTF-8")
    assert done.stdout.splitlines() == [
        "1. 3 × 12 = 36",
        "   ✓ 已验证  3 \\times 12 = 36",
        "2. 36 - 6 = 29",
        "   ✗ 有误  36 - 6 = 29",
        "     左边等于 30，右边等于 29。",
        "3. 你好",
        "   – 不可检验",
    ]


def test_missing_notes_are_told_in_one_line(tmp_path: Path) -> None:
    done = tutor("check", str(tmp_path / "none.md"))
    assert done.returncode == 2
    assert "Traceback" not in done.stderr


def test_labelled_solutions_are_measured(tmp_path: Path) -> None:
    rows = [
        {"id": "a", "subset": "s", "problem": "", "steps": ["2 + 2 = 4"], "label": -1},
        {"id": "b", "subset": "s", "problem": "", "steps": ["2 + 2 = 5"], "label": 0},
    ]
    file = tmp_path / "rows.jsonl"
    file.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    done = tutor("bench", "steps", str(file), "--workers", "1", "--flags")
    assert done.returncode == 0, done.stderr
    lines = done.stdout.splitlines()
    assert lines[0] == "exact b  flagged 0, label 0"
    assert lines[-1].split()[:6] == ["s", "1", "1", "100.0%", "100.0%", "100.0"]
