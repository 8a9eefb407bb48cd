"""An engine that says what it is told to say, and the solutions that tests look at."""

from __future__ import annotations

import math
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from tutor.core.cancel import CancelToken
from tutor.core.check import Check, Claim, ClaimKind, Evidence, Verdict, Why
from tutor.core.errors import Cancelled, TutorError
from tutor.core.events import (
    AnswerReady,
    CheckFinished,
    EvidenceFound,
    PlanReady,
    PlotReady,
    Progress,
    SolveCancelled,
    SolveEvent,
    SolveFinished,
    SolveRefused,
    SolveStarted,
    Stage,
    StepFinished,
    StepStarted,
    StepsWithdrawn,
    TextDelta,
    ThinkingDelta,
    Triaged,
)
from tutor.core.plot import Curve, PlotData, PlotPoint, PointKind
from tutor.core.problem import Goal, Language, Latex, Problem, Task
from tutor.core.solution import Answer, Badge, Step, Usage
from tutor.gui.model_library import ModelOffer
from tutor.inference.progress import InstallProgress, InstallStage
from tutor.solver.options import SolveOptions

USAGE = Usage(prompt_tokens=120, tokens=186, seconds=14.8, tokens_per_second=12.6)


class ScriptedEngine:
    """Plays a list of events; an error in it is raised.

    Attributes:
        problems: What it was asked to solve.
        options: And how.
        hold: While clear, the engine waits before the event `held_at`.

    Args:
        pace: Seconds from one event to the next.
    """

    def __init__(
        self, events: Sequence[SolveEvent | TutorError], held_at: int = -1, *, pace: float = 0.0
    ) -> None:
        self.events = list(events)
        self.problems: list[Problem] = []
        self.options: list[SolveOptions] = []
        self.is_warm = self.is_closed = False
        self.hold = threading.Event()
        self._clock = threading.Event()
        self._held_at = held_at
        self._pace = pace

    def solve(
        self, problem: Problem, *, options: SolveOptions, cancel: CancelToken
    ) -> Iterator[SolveEvent]:
        self.problems.append(problem)
        self.options.append(options)
        for place, event in enumerate(self.events):
            while place == self._held_at and not (self.hold.wait(0.01) or cancel.is_cancelled):
                pass
            if self._pace:
                self._clock.wait(self._pace)
            if cancel.is_cancelled:
                yield SolveCancelled(usage=USAGE)
                return
            if isinstance(event, TutorError):
                raise event
            yield replace(event, problem=problem) if isinstance(event, SolveStarted) else event

    def warm(self) -> None:
        self.is_warm = True

    def close(self) -> None:
        self.is_closed = True
        self.hold.set()


class ScriptedLibrary:
    """A model that is there, or comes in ten pieces."""

    def __init__(self, *, is_here: bool = True, error: TutorError | None = None) -> None:
        self.is_here = is_here
        self.error = error
        self.go_on = threading.Event()

    def offer(self) -> ModelOffer | None:
        return None if self.is_here else ModelOffer(title="Test model 1B", bytes=1_117_320_768)

    def install(
        self, progress: Callable[[InstallProgress], None], is_cancelled: Callable[[], bool]
    ) -> None:
        for done in range(1, 6):
            report = InstallProgress(
                model="test", stage=InstallStage.DOWNLOADING, done=done * 100_000_000, total=10**9
            )
            progress(report)
        while not self.go_on.wait(0.01):
            if is_cancelled():
                raise Cancelled
        if self.error is not None:
            raise self.error
        self.is_here = True


def check(
    latex: str,
    verdict: Verdict = Verdict.VERIFIED,
    message: str = "",
    why: Why | None = None,
    **details: str,
) -> Check:
    claim = Claim(kind=ClaimKind.EQUALITY, latex=Latex(latex), sides=(Latex(latex),))
    evidence = Evidence(message=message, details=details) if message else None
    method = "sampling" if verdict is not Verdict.NOT_CHECKABLE else ""
    return Check(claim=claim, verdict=verdict, evidence=evidence, why=why, method=method)


def step(index: int, text: str, *checks: Check, size: int = 6) -> list[SolveEvent]:
    """A step written in pieces, and its checks."""
    pieces = [text[i : i + size] for i in range(0, len(text), size)]
    return [
        StepStarted(index=index),
        *(TextDelta(index=index, text=piece) for piece in pieces),
        StepFinished(step=Step(index=index, text=text), claims=len(checks)),
        *(CheckFinished(step=index, check=one) for one in checks),
    ]


def started(text: str, language: Language = Language.ENGLISH) -> list[SolveEvent]:
    problem = Problem(text=text, language=language)
    return [
        SolveStarted(problem=problem, model="test", seed=0),
        Triaged(goal=Goal(task=Task.SOLVE)),
        Progress(stage=Stage.READING, fraction=0.5),
    ]


def parabola() -> PlotData:
    xs = [-1 + 8 * i / 300 for i in range(301)]
    curve = Curve(label=Latex("x^2-5x+6"), pieces=(tuple((x, x * x - 5 * x + 6) for x in xs),))
    points = (
        PlotPoint(kind=PointKind.ROOT, x=2, y=0, latex=Latex("(2, 0)")),
        PlotPoint(kind=PointKind.ROOT, x=3, y=0, latex=Latex("(3, 0)")),
        PlotPoint(
            kind=PointKind.MINIMUM, x=2.5, y=-0.25, latex=Latex(r"(\frac{5}{2}, -\frac{1}{4})")
        ),
    )
    return PlotData(variable="x", curves=(curve,), points=points, x_range=(-1, 7), y_range=(-2, 12))


def tangents() -> PlotData:
    pieces = tuple(
        tuple((x, math.tan(x)) for x in (k * math.pi + t * 1.5 / 60 for t in range(-60, 61)))
        for k in (-1, 0, 1)
    )
    curves = (
        Curve(label=Latex(r"\tan\left(x\right)"), pieces=pieces),
        Curve(label=Latex(r"\begin{cases}1\end{cases}"), pieces=(((-5.0, 1.0), (5.0, 1.0)),)),
    )
    points = (PlotPoint(kind=PointKind.CROSSING, x=math.pi / 4, y=1, latex=Latex("(0.79, 1)")),)
    return PlotData(variable="x", curves=curves, points=points, x_range=(-5, 5), y_range=(-4, 4))


def quadratic() -> list[SolveEvent]:
    """A whole solve with everything in it: thinking, a step taken back, every verdict, a plot."""
    wrong = check(
        r"x^2-5x+6=(x-1)(x-6)",
        Verdict.REFUTED,
        "At {point} the left side is {left} and the right side is {right}.",
        point="x=1",
        left="2",
        right="0",
    )
    right = check(
        r"x^2-5x+6=(x-2)(x-3)",
        Verdict.VERIFIED,
        "Both sides are the same: the difference simplifies to {difference}.",
        difference="0",
    )
    roots = check(
        "x=2",
        Verdict.VERIFIED,
        "Put into the problem, {value} makes both sides equal.",
        value="x=2",
    )
    unsure = check(r"\Delta=b^2-4ac=1", Verdict.UNDECIDED, why=Why.UNSUPPORTED)
    words = "Look for two numbers with the product $6$ and the sum $-5$."
    factored = (
        "The numbers are $-2$ and $-3$, so the left side **factors**:\n\n$$x^2-5x+6=(x-2)(x-3)$$"
    )
    bad = "The numbers are $-1$ and $-6$:\n\n\\[x^2-5x+6=(x-1)(x-6)\\]"
    return [
        *started("Solve $x^2-5x+6=0$."),
        PlanReady(text="Factor the quadratic, then set each factor to zero."),
        ThinkingDelta(text="We need numbers whose product is 6. "),
        ThinkingDelta(text="Maybe $1$ and $6$? Or $2$ and $3$."),
        Progress(stage=Stage.WRITING, tokens=42, tokens_per_second=12.4),
        PlotReady(plot=parabola()),
        *step(1, words),
        *step(2, bad, wrong),
        StepsWithdrawn(first=2, check=wrong),
        *step(2, factored, right),
        *step(
            3,
            "A product is zero when a factor is:\n\n- $x-2=0$, so $x=2$\n- $x-3=0$, so $x=3$",
            roots,
        ),
        *step(4, "The discriminant $\\Delta=b^2-4ac=1$ agrees: there are two roots.", unsure),
        AnswerReady(answer=Answer(latex=Latex("x=2 \\text{ or } x=3"), step=4)),
        EvidenceFound(
            check=replace(roots, claim=replace(roots.claim, latex=Latex("x \\in \\{2, 3\\}")))
        ),
        SolveFinished(badge=Badge.VERIFIED, usage=USAGE),
    ]


def symmetric() -> list[SolveEvent]:
    """A whole solve in Chinese."""
    square = check(r"\left(x+\frac{1}{x}\right)^2=x^2+2+\frac{1}{x^2}")
    return [
        *started("已知 $x+\\frac{1}{x}=3$，求 $x^2+\\frac{1}{x^2}$ 的值。", Language.CHINESE),
        Progress(stage=Stage.WRITING, tokens=12, tokens_per_second=12.4),
        *step(
            1,
            "把已知等式两边平方：\n\n$$\\left(x+\\frac{1}{x}\\right)^2=x^2+2+\\frac{1}{x^2}$$",
            square,
        ),
        *step(2, "代入 $x+\\frac{1}{x}=3$，得 $x^2+\\frac{1}{x^2}=9-2=7$。", check("9-2=7")),
        *step(3, "因此所求的值是 $7$。"),
        AnswerReady(answer=Answer(latex=Latex("7"), step=3)),
        SolveFinished(badge=Badge.UNSURE, usage=USAGE),
    ]


def refused() -> list[SolveEvent]:
    problem = Problem(text="In the figure, find $x$.")
    return [
        SolveStarted(problem=problem, model="test", seed=0),
        Triaged(goal=Goal(task=Task.OTHER), figure_cues=("In the figure", "as shown")),
        SolveRefused(cues=("In the figure", "as shown")),
    ]
