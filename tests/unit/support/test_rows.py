"""Files with one JSON object a line."""

from __future__ import annotations

import io
import json
from dataclasses import dataclass
from pathlib import Path

import pytest

from tutor.core.errors import InputError
from tutor.support.rows import MAX_LINE, read_rows


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A row as these tests have it."""

    id: str
    type: str = "open"
    steps: tuple[str, ...] = ()


def written(folder: Path, text: str | bytes) -> str:
    file = folder / "rows.jsonl"
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return str(file)


def test_rows_are_read_in_order_and_foreign_members_passed_over(tmp_path: Path) -> None:
    rows = [{"id": "a", "steps": ["x"], "source": "mine"}, {"id": "b", "type": "choice"}]
    file = written(tmp_path, "\n\n".join(json.dumps(row) for row in rows) + "\n")
    assert list(read_rows(Row, file)) == [Row(id="a", steps=("x",)), Row(id="b", type="choice")]


def test_a_dash_is_the_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b'{"id": "a"}')))
    assert list(read_rows(Row, "-")) == [Row(id="a")]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("nothing", "no JSON"),
        ("[" * 100_000, "no JSON"),
        ("[]", "expected an object"),
        ('{"type": "open"}', "id is missing"),
        ('{"id": 3}', "expected str"),
        ('{"id": "a", "steps": [1]}', "steps[0]"),
        (b"\xff\xfe", "no JSON"),
        (b" " * (MAX_LINE + 1), "too long"),
    ],
)
def test_a_bad_line_is_told_with_its_number(tmp_path: Path, line: str | bytes, reason: str) -> None:
    first = b'{"id": "a"}\n'
    rest = line if isinstance(line, bytes) else line.encode()
    rows = read_rows(Row, written(tmp_path, first + rest))
    assert next(rows) == Row(id="a")
    with pytest.raises(InputError, match="Line 2 ") as caught:
        next(rows)
    assert reason in caught.value.message


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be read"):
        list(read_rows(Row, str(tmp_path / "none.jsonl")))
