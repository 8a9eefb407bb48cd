from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
import sympy

from tests.unit.cas.prefix import same, side
from tutor.cas.parse import Statement, TooBig, Unread, read_statements

TABLE = Path(__file__).parents[2] / "golden" / "latex.toml"
ROWS: list[dict[str, Any]] = tomllib.loads(TABLE.read_text(encoding="utf-8"))["row"]
READ = [row for row in ROWS if "refused_at" not in row]
REFUSED = [row for row in ROWS if "refused_at" in row]


def assert_statement(statement: Statement, expected: list[str]) -> None:
    assert statement.relations == tuple(expected[1::2])
    assert len(statement.sides) == len(expected[::2])
    for found, written in zip(statement.sides, expected[::2], strict=True):
        assert same(found, side(written)), f"{found} is not {written}"


@pytest.mark.parametrize("row", READ, ids=lambda row: row["latex"])
def test_a_formula_means_what_the_table_says(row: dict[str, Any]) -> None:
    statements = read_statements(row["latex"])
    expected = row["are"] if "are" in row else [row["is"]]
    assert len(statements.items) == len(expected)
    for statement, sides in zip(statements.items, expected, strict=True):
        assert_statement(statement, sides)
    assert statements.joined == row.get("joined")
    assert statements.items[0].unit == row.get("unit", "")
    if "modulus" in row:
        assert statements.items[0].modulus == sympy.Integer(int(row["modulus"]))


@pytest.mark.parametrize("row", REFUSED, ids=lambda row: repr(row["latex"]))
def test_a_formula_that_is_not_clear_is_refused_where_it_is_not_clear(row: dict[str, Any]) -> None:
    with pytest.raises(TooBig if row.get("too_big") else Unread) as caught:
        read_statements(row["latex"])
    assert caught.value.reason
    assert caught.value.position == row["refused_at"]
