"""Whole solutions through the checker, with real algebra in this process."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tutor.cas.requests import CasRequest, CasResult, Outcome
from tutor.cas.worker import answer
from tutor.checking.solutions import check_solution, first_refuted
from tutor.core.check import Verdict
from tutor.core.problem import Goal
from tutor.intake.goal import read_goal


class InlineCas:
    """Answers at once, without a process."""

    def submit(
        self, request: CasRequest, *, deadline: float, sink: Callable[[CasResult], None]
    ) -> int:
        assert deadline > 0
        sink(CasResult(ticket=1, outcome=Outcome.ANSWERED, answer=answer(request)))
        return 1

    def withdraw(self, ticket: int) -> None:
        raise AssertionError(ticket)


def refuted(problem: str, *steps: str) -> int | None:
    return first_refuted(check_solution(InlineCas(), _goal(problem), steps))


def _goal(problem: str) -> Goal:
    return read_goal(problem)


WRONG = [
    ("", "There are 12 rows * 15 chairs/row = 190 chairs."),
    ("", r"Expanding: \[ (x+3)^2 \] This simplifies to: \[ x^2 + 9 \]"),
    ("", r"\[ 2x + 5 = 11 \] Subtracting 5 from both sides: \[ 2x = 16 \]"),
    ("", r"We have $3n = 12 \Rightarrow n = 3$."),
    ("", r"\[ S = 165 \times \frac{6}{11} \] \[ S = 9 \times 6 \]"),
    ("", r"\begin{align*} a^2 - 4 + 2a &= a^2 + 2a + 4 \end{align*}"),
    ("", r"\[ (x+1)^2 - x = x^2 + 2x + 1 - x \] \[ = x^2 + 3x + 1 \]"),
    ("", "We can write an equation: 2n + 3n + n = 60. Combine like terms: 7n = 60."),
    ("", r"Let $P(x) = ax + b$. Then $P(P(x)) = a(ax+b)+b = a^2x + 2ab + b$."),
    ("Solve $x^2-5x+6=0$", "We factor: $x^2-5x+6=(x-3)(x+2)$."),
    ("Solve $x^2-x-6=0$", "Using the quadratic formula, $x=4$."),
    (r"$\tan\theta=\frac43$", r"$\theta=57^\circ$"),
    ("", r"$\sin^{-1} 0.5 = 40$"),
    (r"Solve $\sin x=0.5$ for $0\le x\le360$.", "$x=40$"),
    (r"In a triangle $\sin A=\frac35$", r"$A=36.8^\circ$"),
    ("", r"When $x = 2$: \[ y = \frac{1}{5 - 3} = \frac12 = 2 \]"),
    ("", r"\[ x^2 + y^2 - 4x = 9 \] Completing the square: \[ (x-2)^2 + y^2 = 9 \]"),
    ("", r"Expanding the left-hand side, we have: \[ (x+2)(x-3) = x^2 + x - 6 \]"),
    ("", r"We factor: $n^2 - n - 6 = (n-2)(n+3)$."),
    ("", "1529 ÷ 6 = 255 with a remainder of 4 (because 6 × 255 = 1530)."),
    ("", r"First, $$355\div 6=58\;\mathrm{R}\;5.$$"),
    ("", "The GCD of 187 and 77 is 13."),
    ("", "1529 divided by 6 leaves a remainder of 4."),
    ("", "The total is $4.20 + $9.45 + $1.35 = $14.99."),
    ("", r"Simplify: $3x+2x=6x$"),
    ("", r"Simplify the numerator: $x^2+2x-x^2=5x$"),
    ("", r"Simplify the expression: $3(x+2)-x=2x+5$"),
    ("", r"Combining like terms, we get \[ 2x^2+3x+x=2x^2+4x=2x^2+5x \]"),
    ("", r"合并同类项得 $3x+2x=6x$"),
    ("", r"化简分子：$(x+1)^2-x^2=2x$"),
    ("", r"\[ (y+2)(y+3) = y^2 \] Expanding the left-hand side, we get: \[ y^2 + 5y + 5 \]"),
    ("", r"We can factor $x^3-4x^2+3$ as $(x-1)(x^2-3x+3)$."),
    ("", r"Since $\sqrt{4} \ne 2$, $x=4$ is not a solution."),
    ("", r"\[ x = \frac{1 + \sqrt{50}}{6} = \frac{1 + 7}{6}. \] This is not an integer."),
    ("", r"We have $2x(x+1)-x$. Combine like terms: $= 2x^2+2x$."),
    ("", "Solving:\n\\( 2n + 5 = 11 \\)\n\\( 2n = 16 \\)"),
    ("", r"$1 + 2 + \cdots + 9 = 9 \cdot 5 = 46$"),
    ("", r"$\phi(15) = (3-1)(5-1) = 2 \times 4 = 9$"),
    (
        "",
        r"\(a_1a_2 - a_2a_3 - a_4 = 0\). Factoring out \(a_2\), we get: \(a_2(a_1 - a_4) = a_3\).",
    ),
    ("", r"Recall the identity $(a+b+c)^2 = a^2+b^2+c^2+ab+bc+ca$."),
    ("", r"由公式 $\cos 2x = 1 + 2\sin^2 x$ 可得结论。"),
    ("", r"Expanding: \[ (1-x)(2 - f(x)) = 2 - f(x) - 2x - xf(x) \]"),
]

NOT_WRONG = [
    ("", r"The solutions are \[ x = 2 \] \[ x = 3 \]"),
    ("", r"So \[ x - 2 = 0 \] \[ x - 3 = 0 \]"),
    ("", r"\[ x = \frac{-4 + 6}{2} \] \[ x = \frac{-4 - 6}{2} \]"),
    ("", r"We solve the system \[ x + y = 5 \] \[ x - y = 1 \]"),
    ("", r"$x + y = 5$. Adding the equations gives $2x = 6$."),
    ("", r"Let $x = \log_a b$. Then the equation becomes $a^{x} = b^{2}$."),
    ("", r"Let's try $a = 2$, $b = 3$. This gives \[ 1 = \frac12 + \frac13 \] which is too small."),
    ("", r"If $a = -1$: $ab + b = 44a \implies 0 = -44$. This is a contradiction."),
    ("", r"So it is \[ = 12 \] Oops, I simplified incorrectly. \[ 3 + 4 = 12 \] Wait, it is 7."),
    ("", r"$10\%$ of $\$1.50 = 0.10 \times \$1.50 = \$0.15$"),
    ("", r"We know $x+y=5$. So $x^2+y^2 = (x+y)^2 - 2xy = 25 - 2xy$."),
    ("", r"Select $a=3$: \[ 1 = \frac13 + \frac15 \] This still does not equate to 1 directly."),
    ("", r"Expanding both sides: $x^2 + 4x + 4 = x^2 + 8$"),
    ("", r"Expanding the left side gives $x^2 + 4x + 4 = 9x$"),
    ("", r"Factoring: $(x-2)(x-3) = 0$"),
    ("", r"Simplify both sides: $3x+x+5=2x+10$"),
    ("", r"Simplify the equation: $3x+x+5=2x+10$"),
    ("", r"化简方程：$3x+x+5=2x+10$"),
    ("", r"So $3x+5=2x+10-x$. Simplify: $3x+x+5=2x+10$"),
    ("", r"We get $n^2+n=5n-2+n^2$. Simplify: $n^2+n-n^2=5n-2$."),
    ("Solve $3x+x+5=2x+10$", r"Simplify: $3x+x+5=2x+10$"),
    ("Solve $3x+x+5=2x+10$", r"Combine like terms: $4x+5=2x+10$"),
    ("", r"Simplify: $5x=6x+1$"),
    ("", r"\[ (y+2)(y+3) = y^2 \] Expanding the left-hand side, we get: \[ y^2 + 5y + 6 \]"),
    ("", r"\[ (x+1)^2 = x + 7 \] Expanding: \[ (x+1)(x+1) = x+7 \]"),
    ("", r"$1 + 2 + \cdots + 9 = 9 \cdot 5 = 45$"),
    (
        "",
        r"\(a_1a_2 - a_2a_3 - a_4 = 0\). Factoring out \(a_2\), we get: \(a_2(a_1 - a_3) = a_4\).",
    ),
    ("", r"Recall the identity $a^3+b^3 = (a+b)(a^2-ab+b^2)$."),
    ("", r"By the identity, we get $(a-b)(a+b) = 7ab$."),
    ("", r"So $x^2=3x+4$. Using this identity: $x^2-3x=4x-3x+4-x$"),
    ("", r"The formula $a_n = 2a_n - 3$ gives it."),
    ("", r"We count: $5, 5 + 10 = 15, 15 + 10 = 25, 25 + 10 = 35, \ldots$"),
    ("", r"By the formula $f(x+1) = f(x) + 2x$ it grows."),
    ("", r"By the formula $2n + 5 = 3n$ it is 5."),
    ("", r"We have $2x+1$. Multiply by 2: $= 4x+2$."),
    ("", r"Since $\sqrt{4} \ne 3$, $x=4$ is not a solution."),
    ("", r"Since $x \ne 2$ when $y = 3$, it is not a solution."),
    ("", "The roots are\n\\( x = 3 \\)\n\\( x = 2 \\)"),
    ("", "Either\n\\( x - 3 = 0 \\)\n\\( x - 2 = 0 \\)"),
    ("", r"Simplify: $3(x+2)-x=x^2-5$"),
    ("", r"$9 + e = 9 + 9 = 18$"),
    ("", r"Simplify further:\n1. $3a + 2b = 12$\n2. $3b + 2a = 24$"),
    ("Solve $x^2-x-6=0$", "x=1: 1-1-6 = -6, no; x=2: 4-2-6 = -4, no; x=3: 9-3-6 = 0, yes"),
    ("Solve $x^2-x-6=0$", "Interval $(-2,3)$: $x=0$, sign $-$"),
    ("Line: $2x+3y=6$. Circle: $x^2+y^2=4$.", "intercepts: $x=3$, $y=2$"),
    ("Solve $1000(1.05)^t=2000$", "so it takes $t=15$ years"),
    ("Solve $x^4-5x^2+4=0$", "If $x^2=4$, $x=\\pm 2$. So $x = 1, -1, 2, -2$."),
    (r"In a triangle $\sin A=\frac35$", r"$A=36.9^\circ$"),
    (r"In a triangle $\sin A=\frac35$", "$A=36.87°$"),
    (r"$\cos B=0.2$", "$B=78.5°$"),
    (r"$\tan\theta=\frac43$", r"$\theta=53^\circ$"),
    ("", r"$\sin^{-1} 0.5 = 30$"),
    ("", r"$\cos^{-1}(0.8) \approx 36.87$"),
    ("", r"$\theta=\tan^{-1}(4/3)=53.1$"),
    (r"Solve $\sin x=0.5$ for $0\le x\le360$.", "$x=30$ or $x=150$"),
    ("Find where $y=-x-1$, $x=2$ and $y=\\frac15x+\\frac{13}{5}$ meet.", "At $x=2$: $x = 2$."),
]


@pytest.mark.parametrize(("problem", "step"), WRONG)
def test_wrong_step_is_refuted(problem: str, step: str) -> None:
    assert refuted(problem, step) == 1


@pytest.mark.parametrize(("problem", "step"), NOT_WRONG)
def test_step_that_may_be_right_is_not_refuted(problem: str, step: str) -> None:
    assert refuted(problem, step) is None


def test_first_wrong_step_is_told() -> None:
    assert refuted("", "5 * 3 = 15", "15 + 4 = 18", "18 - 2 = 17") == 2


def test_equation_before_it_does_not_switch_off_the_check_of_a_derivative() -> None:
    problem = r"Find the derivative of $f(x)=\frac{x^2+1}{x+3}$."
    assert refuted(problem, r"$x^2+6x=x^2+5x$", r"So $f'(x)=\frac{x^2+6x+1}{(x+3)^2}$.") == 2


def test_false_simplification_between_true_steps_is_refuted() -> None:
    problem = r"Find the derivative of $f(x)=\frac{x^2+1}{x+3}$."
    first = r"By the quotient rule $f'(x)=\frac{(x+3)(2x)-(x^2+1)}{(x+3)^2}$."
    assert refuted(problem, first, r"Simplify the numerator: $2x^2+6x-x^2-1=x^2+5x-1$.") == 2


def test_sides_that_differ_stay_undecided_where_a_condition_may_be_meant() -> None:
    (only,) = check_solution(InlineCas(), _goal(""), [r"$3x+2x=6x$"])
    assert only.check.verdict is Verdict.UNDECIDED


def test_line_goes_on_from_the_step_before() -> None:
    assert refuted("", r"\[ 2x + 5 = 11 \]", r"Dividing both sides by 2: \[ x + 5 = 5.5 \]") == 2


NOT_VERIFIED = [
    ("Solve $x^2+y^2=25$, $x+y=7$.", r"$\begin{cases}x=3\\y=3\end{cases}$"),
    ("Solve $x^2+y^2=25$, $x+y=7$.", "$x=3$ and $y=3$"),
    ("Solve $x^2+y^2=25$, $x+y=7$.", "x=3,y=4 or x=4,y=4"),
    ("Solve $x+y=10$, $xy=21$.", "So $x=4$, $y=6$."),
    ("Solve $x^2=4$.", "The only solution is $x=2$."),
    ("Solve $x^2=4$.", r"$x^2=4 \iff x=2$"),
    ("Solve $x^2>4$.", r"$x^2>4 \iff x>2$"),
    ("Solve $|x|=3$.", "唯一解为 $x=3$"),
    ("Solve $|x|=3$.", "All solutions: $x=3$"),
    ("Solve $|x|=3$.", "The equation has one root $x=3$"),
    ("Solve $x^2=3x$.", "两边同除以x得 $x=3$"),
    ("Solve $x^2=3x$.", "Divide both sides by $x$: $x=3$"),
    (r"Solve $9^x-4\cdot3^x+3=0$.", r"$3^x = 3 \Rightarrow x = 0$"),
    ("", r"$uv-\int v\,du = x\sin x - \cos x$"),
    ("", r"Let $u=x^2$. $\int u^2 du = \frac{u^3}{3} + x + C$"),
]
VERIFIED = [
    ("Solve $x^2+y^2=25$, $x+y=7$.", r"$\begin{cases}x=3\\y=4\end{cases}$"),
    ("Solve $x^2+y^2=25$, $x+y=7$.", "$x=3, y=4$ or $x=4, y=3$"),
    ("Solve $2x=6$.", "The only solution is $x=3$."),
    ("Solve $x^2=4$.", "All solutions: $x=2$ and $x=-2$"),
    ("Solve $x^2=4$.", r"$x^2=4 \iff x=\pm2$"),
    ("", r"$\int u^2 du = \frac{u^3}{3} + C$"),
    ("", r"$\int x^n dx = \frac{x^{n+1}}{n+1} + K$"),
]


@pytest.mark.parametrize(("problem", "step"), NOT_VERIFIED)
def test_values_that_fit_only_alone_are_not_verified(problem: str, step: str) -> None:
    checks = check_solution(InlineCas(), _goal(problem), [step])
    assert Verdict.VERIFIED not in {one.check.verdict for one in checks}


@pytest.mark.parametrize(("problem", "step"), VERIFIED)
def test_values_that_fit_together_are_verified(problem: str, step: str) -> None:
    checks = check_solution(InlineCas(), _goal(problem), [step])
    assert {one.check.verdict for one in checks} == {Verdict.VERIFIED}


@pytest.mark.parametrize(
    ("problem", "step"),
    [
        ("Solve $x^2-5x+6=0$.", "So $x-2=0$ or $x-3=0$, thus $x=2$ or $x=3$."),
        (
            "Solve $x^3-6x^2+11x-6=0$.",
            r"So $x-1=0$, $x-2=0$, or $x-3=0$, so $\boxed{x=1, x=2, x=3}$.",
        ),
    ],
)
def test_what_follows_from_cases_follows_from_all_of_them(problem: str, step: str) -> None:
    checks = check_solution(InlineCas(), _goal(problem), (step,))
    assert {one.check.verdict for one in checks} == {Verdict.VERIFIED}


def test_cases_of_which_none_can_be_are_refuted() -> None:
    step = "Hence $x-7=0$, $x-8=0$, or $x-9=0$."
    assert refuted("Solve $x^3-6x^2+11x-6=0$.", step) == 1
