"""The measurement itself: a reader in its own process, and figures that count what they say."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tutor.bench import differential, reading
from tutor.bench.reading import OURS, RemoteReader, Verdict

ROWS = [
    (
        "right",
        r"x^2=4",
        "equation",
        [{"op": "Eq", "lhs": "Pow(Symbol('x'), Integer(2))", "rhs": "Integer(4)"}],
    ),
    ("other value", r"3+4", "expr", [{"expr": "Integer(8)"}]),
    ("unread", r"1/2x", "expr", [{"expr": "Symbol('x')"}]),
    ("hopeless", r"a_1,\ldots,a_n", "reject", None),
]


@pytest.fixture
def spans(tmp_path: Path) -> str:
    path = tmp_path / "spans.jsonl"
    lines = [
        json.dumps({"id": name, "latex": latex, "expect": expect, "gold_srepr": gold})
        for name, latex, expect, gold in ROWS
    ]
    path.write_text("\n".join(lines), encoding="utf-8")
    return str(path)


@pytest.mark.worker
def test_spans_are_counted_as_right_wrong_or_refused(
    spans: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "RIVALS", ())
    outcomes = list(reading.run(spans))
    assert [one.verdict for one in outcomes] == [
        Verdict.RIGHT,
        Verdict.WRONG,
        Verdict.REFUSED,
        Verdict.REFUSED,
    ]
    line = list(reading.table(outcomes))[1]
    assert line.split()[:5] == [OURS, "4", "33.3%", "25.0%", "33.3%"]
    assert "1 / 1" in line
    assert [one.split()[0] for one in reading.misses(outcomes)] == ["silently", "refused"]


@pytest.mark.worker
def test_two_readings_are_compared_by_value() -> None:
    with RemoteReader(OURS) as reader:
        one = reader.read(r"(x+1)^2").parts
        other = reader.read(r"x^2+2x+1").parts
        third = reader.read(r"x^2+1").parts
        assert one is not None
        assert other is not None
        assert third is not None
        assert reader.same(one, other) is True
        assert reader.same(one, third) is False
        assert reader.same(one, [{"expr": "Unknown(Integer(1))"}]) is None
        assert reader.read("1/2x").reason


def test_formulas_of_problems_and_steps_are_found_once(tmp_path: Path) -> None:
    path = tmp_path / "texts.jsonl"
    row = {"id": 7, "problem": "Solve $x=1$.", "steps": ["So $x=1$,", r"and \(y=2\)."]}
    path.write_text(json.dumps(row), encoding="utf-8")
    assert differential.formulas_of([str(path)]) == ["x=1", "y=2"]
