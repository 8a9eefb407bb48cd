"""`tutor grade` and `tutor bench grade` as child processes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.running import tutor

pytestmark = pytest.mark.worker


def test_wrong_answer_is_told_with_its_counterexample() -> None:
    done = tutor("grade", "x^2", "x^3")
    assert done.returncode == 0
    assert done.stdout.splitlines() == [
        "✗ wrong",
        "  It does not agree with the expected answer.",
        "  At x = 2 the expected answer is 4, this one is 8.",
    ]


def test_grade_is_told_in_chinese() -> None:
    done = tutor("grade", r"\{1,2\}", "x=1或x=2", LC_ALL="zh_CN.UTF-8")
    assert done.stdout.splitlines() == ["✓ 正确", "  与标准答案一致。"]


def test_problem_and_type_are_used() -> None:
    problem = "Give your answer to two decimal places."
    done = tutor("grade", r"\frac13", "0.33", "--problem", problem, "--json")
    assert json.loads(done.stdout)["grade"] == "correct"
    done = tutor("grade", "C", "c", "--type", "choice", "--json")
    assert json.loads(done.stdout)["grade"] == "correct"


def test_rows_come_back_in_order() -> None:
    rows = [
        {"id": "a", "expected": "1", "given": "1", "type": "number"},
        {"id": 2, "expected": r"\frac12", "given": "0.5"},
        {"id": "c", "expected": "even", "given": "odd", "type": "open", "problem": "Is it?"},
    ]
    done = tutor("grade", "--jsonl", "-", data="\n".join(map(json.dumps, rows)))
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    assert [(one["id"], one["grade"]) for one in answers] == [
        ("a", "correct"),
        (2, "equivalent"),
        ("c", "wrong"),
    ]
    assert set(answers[0]) == {"id", "grade", "why", "evidence"}


@pytest.mark.parametrize(
    "arguments",
    [
        ["grade"],
        ["grade", "1"],
        ["grade", "1", "2", "--jsonl", "-"],
        ["grade", "1", "2", "--type", "novel"],
        ["grade", "--jsonl", "not/there.jsonl"],
        ["grade", "x" * 100_001, "1"],
        ["bench", "grade", "not/there.toml"],
    ],
)
def test_bad_input_is_one_line_and_exit_code_2(arguments: list[str]) -> None:
    done = tutor(*arguments)
    assert done.returncode == 2
    assert done.stderr.startswith("tutor: ")
    assert done.stderr.count("\n") == 1
    assert done.stdout == ""


def test_row_that_cannot_be_used_is_named() -> None:
    done = tutor("grade", "--jsonl", "-", data='{"id": 1, "expected": "1"}\n')
    assert done.returncode == 2
    assert "1" in done.stderr


def test_other_grader_is_measured_beside_ours(tmp_path: Path) -> None:
    pytest.importorskip("math_verify")
    table = tmp_path / "pairs.toml"
    table.write_text(
        "[[pair]]\nexpected = '3'\ngiven = '3'\ngrade = 'correct'\n"
        "[[pair]]\nexpected = '3'\ngiven = '4'\ngrade = 'wrong'\n",
        encoding="utf-8",
    )
    done = tutor("bench", "grade", str(table), "--faults")
    lines = done.stdout.splitlines()
    assert [line.split()[:5] for line in lines[1:]] == [
        ["ours", "2", "0", "0", "0"],
        ["math-verify", "2", "0", "0", "0"],
    ]
