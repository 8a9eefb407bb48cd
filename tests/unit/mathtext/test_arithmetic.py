"""Sums found in prose: complete ones, and nothing that is cut out of something longer."""

import pytest

from tutor.mathtext.arithmetic import find_equations, find_sums

FOUND = [
    ("3 × 12 = 36 apples", [r"3 \times 12 = 36"]),
    ("so the speed is 60/1.5 = 40 km/h", ["60 / 1.5 = 40"]),
    ("12 rows * 15 chairs/row = 180 chairs", [r"12 \times 15 = 180"]),
    ("4 hours * $25/hour = $100.", [r"4 \times \$25 = \$100"]),
    ("$90 (income) - $35 (the clerk's fee) = $55", [r"\$90 - \$35 = \$55"]),
    ("20% of 50 = 10", [r"20\% \times 50 = 10"]),
    ("Tax = 20% of $24 = 0.20 × $24 = $4.80", [r"20\% \times \$24 = 0.20 \times \$24 = \$4.80"]),
    ("Total = 5 × 4 + 3 = 23", [r"5 \times 4 + 3 = 23"]),
    ("5 days a week (Monday to Friday) = 5 * 5 = 25 lessons", [r"5 \times 5 = 25"]),
    ("4x - 13 = 4(40) - 13 = 147", ["4(40) - 13 = 147"]),
    ("2^3 = 8 and 3^2 = 9", ["2^{3} = 8"]),
    ("**5 + 3 = 8**", ["5 + 3 = 8"]),
    ("- 24 - 3 = 21", ["24 - 3 = 21"]),
    ("x = -5 + 3 = -2", ["-5 + 3 = -2"]),
    ("总共3×12=36个苹果，所以速度为60÷1.5=40千米", [r"3 \times 12 = 36", r"60 \div 1.5 = 40"]),
    (r"\text{Cost} = 20 \text{ pens} \times \$3 = \$60", [r"20 \times \$3 = \$60"]),
    ("1,200 + 300 = 1,500", ["1200 + 300 = 1500"]),
    ("no, because 187 = 11 * 17", [r"187 = 11 \times 17"]),
    ("Half: (1/2) * 30 = 15", [r"(1 / 2) \times 30 = 15"]),
    ("7 * 3 is equal to 21", [r"7 \times 3 = 21"]),
]

NOTHING = [
    "half of 20 + 5 = 15",
    "1/4 of the eggs = 60 eggs",
    "she had 5 apples and 3 oranges = 8 fruits",
    "11 + 2 = 1 pm",
    "6:00 + 2 hours = 8:00",
    "2 * 1 hour = 120 minutes",
    "2 dozen + 1 = 25",
    "17 / 5 = 3 remainder 2",
    "17 / 5 = 3 with a remainder of 2",
    "5 more than 2 * 3 = 11",
    "the cost - 5 = 10",
    "5 + 3 = 8 - x",
    "10 = 2 * 5x",
    "12.5% of 80 + 2 = 12",
    "2 hours = 120 minutes",
    "5! = 120!",
    "the square root of 9 + 16 = 5",
    "3 + 4 = 7 thousand",
    "2:3 = 4:6",
]


@pytest.mark.parametrize(("text", "sums"), FOUND)
def test_sum_in_prose_is_found_whole(text: str, sums: list[str]) -> None:
    assert [one.chain.text for one in find_sums(text)] == sums


@pytest.mark.parametrize("text", NOTHING)
def test_nothing_is_cut_out_of_a_longer_sum(text: str) -> None:
    assert find_sums(text) == ()


@pytest.mark.parametrize(
    "text",
    [
        "40 km/h × 30 min = 20 km",
        "30 minutes × 60 mph = 30 miles",
        "1米+50厘米=150厘米",
        "6元÷5角=12",
        "1小时÷15分钟=4",
        r"\$5 ÷ 25 cents = 20",
        "250毫升×4=1升",
        "5/6 = 50 gallons",
        "so 3/5 = 30 students",
    ],
)
def test_units_of_different_size_make_no_sum(text: str) -> None:
    assert find_sums(text) == ()


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("7 days/week × 3 weeks = 21 days", r"7 \times 3 = 21"),
        ("3 hours × 60 minutes + 20 minutes = 200 minutes", r"3 \times 60 + 20 = 200"),
        ("3 days × 8 hours × $15/hour = $360", r"3 \times 8 \times \$15 = \$360"),
        ("8 hours/day × 5 days/week = 40 hours", r"8 \times 5 = 40"),
        ("100/4 = 26 students", "100 / 4 = 26"),
        (r"25 × 4 = 100 = \$1", r"25 \times 4 = 100"),
        ("– 5 + 3 = 8", "5 + 3 = 8"),
    ],
)
def test_units_that_fit_together_are_taken_off(text: str, numbers: str) -> None:
    assert [one.chain.text for one in find_sums(text)] == [numbers]


def test_offsets_are_those_of_the_text() -> None:
    text = "So **3 + 4 = 7** it is."
    (one,) = find_sums(text)
    assert text[one.start : one.end] == "3 + 4 = 7"


@pytest.mark.parametrize(
    ("text", "equations"),
    [
        ("we can write: 3n + 2 = 14. Then 3n = 12.", ["3 n + 2 = 14"]),
        ("-14 = x + 2 -16 = x", []),
        ("I am a = 3", []),
        ("2 x 3 = 6", []),
    ],
)
def test_equation_in_prose_stands_from_stop_to_stop(text: str, equations: list[str]) -> None:
    assert [one.chain.text for one in find_equations(text)] == equations
