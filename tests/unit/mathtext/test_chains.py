"""Formulas cut into statements and chains."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tutor.mathtext.chains import split_chains, strip_decoration

CASES = [
    ("a = b = c", [(("a", "b", "c"), ("=", "="))]),
    (r"-3 < 2x+1 \le 7", [(("-3", "2x+1", "7"), ("<", "<="))]),
    (r"\begin{aligned}a&=b\\&=c\end{aligned}", [(("a", "b", "c"), ("=", "="))]),
    (r"\begin{cases}x+y=3\\x-y=1\end{cases}", [(("x+y", "3"), ("=",)), (("x-y", "1"), ("=",))]),
    (r"x=2 \text{ or } x=3", [(("x", "2"), ("=",)), (("x", "3"), ("=",))]),
    (r"x=2 \text{或} x=3", [(("x", "2"), ("=",)), (("x", "3"), ("=",))]),
    ("x_1=2, x_2=3", [(("x_1", "2"), ("=",)), (("x_2", "3"), ("=",))]),
    ("x = 2, 3", [(("x", "2, 3"), ("=",))]),
    ("f(x,y)=3", [(("f(x,y)", "3"), ("=",))]),
    (r"\boxed{x=2}", [(("x", "2"), ("=",))]),
    (r"\boxed{2}.", [(("2",), ())]),
    (r"x^2=4 \Rightarrow x=2", [(("x^2", "4"), ("=",)), (("x", "2"), ("=",))]),
    (r"\frac{a=b}{c}", [((r"\frac{a=b}{c}",), ())]),
    (r"\left\{x=1\right\}", [((r"\left\{x=1\right\}",), ())]),
    (r"x \ne 2", [(("x", "2"), ("!=",))]),
    (r"\pi \approx 3.14", [((r"\pi", "3.14"), ("approx",))]),
    (
        r"\begin{pmatrix}1&2\\3&4\end{pmatrix}=A",
        [((r"\begin{pmatrix}1&2\\3&4\end{pmatrix}", "A"), ("=",))],
    ),
    ("", []),
    ("=", []),
]


@pytest.mark.parametrize(("latex", "expected"), CASES)
def test_chains_are_cut(
    latex: str, expected: list[tuple[tuple[str, ...], tuple[str, ...]]]
) -> None:
    assert [(chain.sides, chain.relations) for chain in split_chains(latex)] == expected


@given(st.text(alphabet=r"ab=<,\{}()[] &", max_size=40))
def test_chain_has_one_side_more_than_relations(latex: str) -> None:
    for chain in split_chains(latex):
        assert len(chain.sides) == len(chain.relations) + 1


@pytest.mark.parametrize(
    ("latex", "plain"),
    [
        (r" x=1 ,", "x=1"),
        (r"\boxed{\boxed{3}}", "3"),
        (r"\boxed{3}+1", r"\boxed{3}+1"),
        ("a&=b。", "a =b"),
    ],
)
def test_decoration_is_stripped(latex: str, plain: str) -> None:
    assert strip_decoration(latex) == plain
