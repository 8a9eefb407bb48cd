"""What stands behind a formula is part of what it says."""

from __future__ import annotations

import pytest

from tutor.checking.claims import find_statements


@pytest.mark.parametrize("sign", ["%", " %", r"\%", " percent", " per cent."])
def test_a_percent_sign_behind_the_formula_belongs_to_its_last_number(sign: str) -> None:
    (statement,) = find_statements(rf"So $\frac{{20}}{{50}} = 40${sign}")
    assert statement.claim.latex == r"\frac{20}{50} = 40\%"
    assert statement.claim.sides[-1] == r"40\%"


@pytest.mark.parametrize(
    "text",
    [
        "$x = 40$%",
        r"$\frac12 = 30$ minutes",
        "$0.5 = 50$ cents",
        "$1.5 = 90$ minutes",
        r"$\frac{20}{30\text{ min}} = 40$ km/h",
    ],
)
def test_sides_that_count_different_things_are_no_claim(text: str) -> None:
    assert find_statements(text) == ()


@pytest.mark.parametrize("text", [r"$\frac{60}{2} = 40$ minutes", r"$\frac12 = 30$ as before"])
def test_a_unit_behind_a_sum_changes_nothing(text: str) -> None:
    assert len(find_statements(text)) == 1
