"""Claims about whole numbers that are said in words."""

import pytest

from tutor.mathtext.worded import find_worded

CLAIMS = [
    ("1529 ÷ 6 = 254 with a remainder of 5", [r"1529 = 6 \times 254 + 5"]),
    (r"355\div 6=59\;\mathrm{R}\;1", [r"355 = 6 \times 59 + 1"]),
    ("100÷7=14余2", [r"100 = 7 \times 14 + 2"]),
    ("1,529 divided by 6 leaves a remainder of 5.", [r"1529 \equiv 5 \pmod{6}"]),
    ("when 55 is divided by 6, the remainder is 1", [r"55 \equiv 1 \pmod{6}"]),
    ("100除以7余2", [r"100 \equiv 2 \pmod{7}"]),
    ("the GCD of 187 and 77 is 11", [r"\gcd(187, 77) = 11"]),
    ("the least common multiple of 4 and 6 is 12", [r"\operatorname{lcm}(4, 6) = 12"]),
]


@pytest.mark.parametrize(("text", "claims"), CLAIMS)
def test_claim_in_words_is_read(text: str, claims: list[str]) -> None:
    assert [one.chain.text for one in find_worded(text)] == claims


@pytest.mark.parametrize(
    "text",
    [
        "17 / 5 = 3.4",
        "2.5 / 5 = 3 R 2",
        "5x / 2 = 3 R 1y",
        "gcd of 4 and 6 is 2 * 1",
        "2^10 divided by 7",
    ],
)
def test_what_is_no_division_of_whole_numbers_is_left_alone(text: str) -> None:
    assert find_worded(text) == ()
