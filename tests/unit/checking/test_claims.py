"""What a step asserts, and how it is meant."""

import pytest

from tutor.checking.claims import MAX_CLAIMS, find_statements
from tutor.checking.moods import Mood
from tutor.core.check import ClaimKind

ASSERTED, CONDITIONAL, DEFINED, SUPPOSED, TENTATIVE = (
    Mood.ASSERTED,
    Mood.CONDITIONAL,
    Mood.DEFINED,
    Mood.SUPPOSED,
    Mood.TENTATIVE,
)

MOODS = [
    ("So $x=2$ or $x=3$.", [ASSERTED, ASSERTED]),
    ("Let $u = x^2$. Then $u^2=4$.", [DEFINED, ASSERTED]),
    ("Let the radius be $r=3$", [DEFINED]),
    ("where $a=1$", [DEFINED]),
    ("设 $f(x)=x^2$，则 $f(2)=4$。", [DEFINED, CONDITIONAL]),
    ("When $x=2$, $f(x)=3$.", [SUPPOSED, CONDITIONAL]),
    ("当 $x=2$ 时，$y=5$", [SUPPOSED, CONDITIONAL]),
    ("If $a=1$, then $b=2$", [SUPPOSED, CONDITIONAL]),
    ("$y=3$ when $x=1$", [CONDITIONAL, SUPPOSED]),
    ("For $x=2$: $4-10+6=1$", [SUPPOSED, ASSERTED]),
    ("Solving for $x$ gives $x=3$.", [ASSERTED]),
    ("Substitute $x=1$ into it: $y=3$", [ASSERTED, CONDITIONAL]),
    ("The equation for the line is $y=2x+1$.", [ASSERTED]),
    ("so the speed is $60/1.5=40$ km/h", [ASSERTED]),
    ("We test whether $x=4$ works: $16-20+6=2$.", [SUPPOSED, TENTATIVE]),
    ("A common mistake is $x=5$.", [TENTATIVE]),
    ("One might think that $x=5$, but it is too large.", [TENTATIVE]),
    ("If we had forgotten the 3 we would get $x=3.5$.", [TENTATIVE]),
    ("有人会得到 $x=5$，这是不对的。", []),
    ("This is not $x=3$.", []),
    ("$x=3$ does not satisfy it", []),
    ("$x=3$ 不满足方程", []),
    ("$x=1$: the left side is too small", [TENTATIVE]),
    ("$x=1$ gives $-6$", [TENTATIVE]),
    ("$x=1$ → $-6$", [TENTATIVE]),
    ("Is it $x=1$? It is not.", [TENTATIVE]),
    ("Using $x=0$", [TENTATIVE]),
    ("Using the quadratic formula, $x=4$.", [ASSERTED]),
    ("Case 1. $x=1$.", [TENTATIVE]),
    ("Possible rational roots: $x=1, 2, 3$", [TENTATIVE]),
    ("The graph passes through $x=1$", [TENTATIVE]),
    ("取$x=1$", [TENTATIVE]),
    ("由 $x=1$ 得 $-6$", [TENTATIVE]),
    ("$x=1$: no", []),
    ("$x=1$ ✗", []),
    ("$x=3$ is extraneous.", []),
    ("$x=3$ is rejected", []),
    ("$x=3$ 舍去", []),
    ("We discard $x=3$.", []),
    ("The roots of $x^2+1$ are wanted.", []),
    ("no formula at all", []),
]


@pytest.mark.parametrize(("text", "moods"), MOODS)
def test_mood_of_each_statement(text: str, moods: list[Mood]) -> None:
    assert [statement.mood for statement in find_statements(text)] == moods


@pytest.mark.parametrize(
    ("latex", "kind"),
    [
        ("x^2-4=(x-2)(x+2)=0", ClaimKind.EQUALITY),
        ("x=2", ClaimKind.VALUE),
        ("x_{1}=2", ClaimKind.VALUE),
        (r"\int x dx = \frac{x^2}{2}+C", ClaimKind.INTEGRAL),
        ("f'(x)=2x", ClaimKind.DERIVATIVE),
        (r"\frac{d}{dx}x^2=2x", ClaimKind.DERIVATIVE),
        (r"x \ge 3", ClaimKind.INEQUALITY),
    ],
)
def test_kind_as_far_as_the_text_shows(latex: str, kind: ClaimKind) -> None:
    assert find_statements(f"So ${latex}$.")[0].claim.kind is kind


def test_step_with_hundreds_of_formulas_is_cut_off() -> None:
    assert len(find_statements("$a=1$ " * 500)) == MAX_CLAIMS


@pytest.mark.parametrize(
    ("text", "claims"),
    [
        ("so $x-2=0$ or $x-3=0$.", [r"x-2=0 \text{ or } x-3=0"]),
        (r"$x-2=0 \text{ or } x-3=0 \text{ or } x=1$", [r"x-2=0 \text{ or } x-3=0", "x=1"]),
        ("得 $x-2=0$ 或 $x-3=0$", [r"x-2=0 \text{ or } x-3=0"]),
        ("$x=2$ or $x=3$", ["x=2", "x=3"]),
        ("A product is zero when a factor is: $x-2=0$ or $x-3=0$", [r"x-2=0 \text{ or } x-3=0"]),
        ("$x-2=0$ and $x-3=0$", ["x-2=0", "x-3=0"]),
    ],
)
def test_equations_joined_by_or_are_one_claim(text: str, claims: list[str]) -> None:
    assert [statement.claim.latex for statement in find_statements(text)] == claims
