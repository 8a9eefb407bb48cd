"""A solve in the terminal: finished steps stay, the open one and the pace are shown live below."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from rich.console import Console, Group, RenderableType
from rich.live import Live
from rich.padding import Padding
from rich.text import Text

from tutor.core.check import Check, Verdict
from tutor.core.events import (
    Ending,
    Progress,
    RefusalReason,
    SolveCancelled,
    SolveEvent,
    SolveFailed,
    SolveFinished,
    SolveRefused,
    SolveStarted,
    Stage,
    StepsWithdrawn,
)
from tutor.core.fold import Solution, apply
from tutor.core.plot import PlotData
from tutor.core.problem import Problem
from tutor.core.solution import Badge, CheckedStep, Usage
from tutor.mathtext.cutting import whole_part
from tutor.support.i18n import N_, Translator
from tutor.support.words import BADGES, PENDING, STAGES, VERDICTS, Sign, explanation

_VERDICT_STYLES: Final[Mapping[Verdict, str]] = {
    Verdict.VERIFIED: "green",
    Verdict.REFUTED: "red",
    Verdict.UNDECIDED: "yellow",
    Verdict.NOT_CHECKABLE: "dim",
}

_BADGE_STYLES: Final[Mapping[Badge, str]] = {
    Badge.VERIFIED: "bold green",
    Badge.AGREED: "bold cyan",
    Badge.UNSURE: "bold yellow",
}

_REFUSALS: Final[Mapping[RefusalReason, str]] = {
    RefusalReason.NEEDS_FIGURE: N_(
        "Unsupported: the problem needs a figure that is not here ({cues})."
    ),
}


def show(events: Iterable[SolveEvent], tr: Translator) -> Ending | None:
    """Show a solve while it runs, but for a failure; returns how it ended."""
    console = Console(highlight=False)
    view = _View(console, tr)
    # A pipe gets whole steps only; rich leaves the live part out there.
    with Live(console=console, transient=True, refresh_per_second=8, get_renderable=view.live):
        for event in events:
            view.take(event)
    return view.solution.ending


class _View:
    """Prints what is settled, in order, and draws what is not."""

    def __init__(self, console: Console, translate: Translator) -> None:
        self.solution = Solution()
        self._console = console
        self._t = translate
        self._printed = 0
        self._planned = False
        self._progress = Progress(stage=Stage.LOADING)

    def take(self, event: SolveEvent) -> None:
        """Show one more event."""
        self.solution = apply(self.solution, event)
        match event:
            case Progress():
                self._progress = event
            case StepsWithdrawn(first=first, check=check):
                self._settle(wait=False, before=first)
                self._withdrawn(first, check)
            case SolveStarted(problem=problem, model=model):
                self._heading(problem, model)
            case _ if isinstance(event, Ending):
                self._end(event)
            case _:
                pass
        if not isinstance(event, Ending):
            self._settle(wait=True)

    def live(self) -> RenderableType:
        """What is under way."""
        lines: list[RenderableType] = []
        for step in self.solution.steps[self._printed :]:
            lines.append(self._step(step, still_checking=True))
        if self.solution.open_text:
            number = len(self.solution.steps) + 1
            lines.append(self._titled(number, self.solution.open_text))
        lines.append(self._status())
        return Group(*lines)

    def _heading(self, problem: Problem, model: str) -> None:
        """Say what is being solved, at once."""
        self._console.print(Text(self._t(N_("Problem")), style="bold"))
        self._console.print(Padding(Text(problem.text), (0, 2)))
        if model:
            self._console.print(Text(self._t(N_("Model: {name}"), name=model), style="dim"))

    def _settle(self, *, wait: bool, before: int | None = None) -> None:
        """Print the steps that will not change any more."""
        if self.solution.plan and not self._planned:
            self._planned = True
            self._console.print(
                Text(self._t(N_("Plan")), style="bold"), Padding(Text(self.solution.plan), (0, 2))
            )
        for step in self.solution.steps[self._printed :]:
            if (wait and len(step.checks) < step.expected) or (
                before and step.step.index >= before
            ):
                return
            self._console.print(self._step(step))
            self._printed += 1

    def _withdrawn(self, first: int, check: Check) -> None:
        text = self._t(N_("Taken back from step {first} on:"), first=first)
        gone = self.solution.withdrawals[-1].steps
        shown = [step for step in gone if step.step.index >= max(first, self._printed + 1)][:1]
        for step in shown:
            self._console.print(self._step(step))
        self._printed = min(self._printed, first - 1)
        self._console.print(Text(f"↩ {text} {explanation(check, self._t)}", style="magenta"))

    def _end(self, ending: Ending) -> None:
        self._settle(wait=False)
        match ending:
            case SolveFinished(badge=badge, usage=usage):
                self._stopped_in_the_middle()
                self._answer(badge)
                self._cost(usage)
            case SolveCancelled(usage=usage):
                self._stopped_in_the_middle()
                self._console.print(
                    Text(self._t(N_("Stopped. The steps so far stay.")), style="yellow")
                )
                self._cost(usage)
            case SolveRefused(reason=reason, cues=cues):
                self._refusal(reason, cues)
            case SolveFailed():
                pass  # told on the standard error output, once the live part is gone

    def _stopped_in_the_middle(self) -> None:
        if self.solution.open_text:
            number = len(self.solution.steps) + 1
            self._console.print(self._titled(number, whole_part(self.solution.open_text)))

    def _answer(self, badge: Badge | None) -> None:
        answer = self.solution.answer
        if answer is None or badge is None:
            self._console.print(Text(self._t(N_("No answer was reached.")), style="yellow"))
            return
        check = self.solution.answer_check
        refuted = check is not None and check.verdict is Verdict.REFUTED
        line = Text(self._t(N_("Answer: {latex}"), latex=answer.latex) + "   ", style="bold")
        line.append_text(self._verdict(Verdict.REFUTED) if refuted else self._badge(badge))
        self._console.print(line)
        if check is not None and (reason := explanation(check, self._t)):
            self._console.print(Padding(Text(reason, style="dim"), (0, 2)))
        if self.solution.plot is not None:
            self._console.print(
                Padding(Text(self._describe(self.solution.plot), style="dim"), (0, 2))
            )

    def _describe(self, plot: PlotData) -> str:
        curves = ", ".join(curve.label for curve in plot.curves)
        points = ", ".join(point.latex for point in plot.points)
        return self._t(
            N_("Plot (in the window): {curves}; marked: {points}"),
            curves=curves,
            points=points or "–",
        )

    def _refusal(self, reason: RefusalReason, cues: tuple[str, ...]) -> None:
        text = self._t(_REFUSALS[reason], cues=", ".join(cues))
        self._console.print(Text(text, style="yellow"))
        self._console.print(
            Text(self._t(N_("Use --anyway to solve it as it stands.")), style="dim")
        )

    def _cost(self, usage: Usage) -> None:
        seconds = f"{usage.seconds:.1f}"
        if usage.tokens_per_second:
            text = self._t(
                N_("{tokens} tokens, {pace} tokens/s, {seconds} s"),
                tokens=usage.tokens,
                pace=f"{usage.tokens_per_second:.1f}",
                seconds=seconds,
            )
        else:
            tokens = self._t(N_("{tokens} tokens"), tokens=usage.tokens)
            text = f"{tokens}, {self._t(N_('{seconds} s'), seconds=seconds)}"
        self._console.print(Text(text, style="dim"))

    def _step(self, done: CheckedStep, *, still_checking: bool = False) -> RenderableType:
        lines: list[RenderableType] = [self._titled(done.step.index, whole_part(done.step.text))]
        for check in done.checks:
            lines.append(Padding(self._check(check), (0, 4)))
        if still_checking and len(done.checks) < done.expected:
            lines.append(Padding(self._sign(PENDING, "dim"), (0, 4)))
        if not done.expected:
            lines.append(Padding(self._verdict(Verdict.NOT_CHECKABLE), (0, 4)))
        return Group(*lines)

    def _titled(self, number: int, text: str) -> RenderableType:
        title = Text(self._t(N_("Step {number}"), number=number), style="bold blue")
        return Group(title, Padding(Text(text.strip()), (0, 2)))

    def _check(self, check: Check) -> Text:
        line = self._verdict(check.verdict)
        line.append(f"  {check.claim.latex}", style="dim")
        if check.verdict in (Verdict.REFUTED, Verdict.UNDECIDED) and (
            reason := explanation(check, self._t)
        ):
            line.append(f"\n  {reason}", style=_VERDICT_STYLES[check.verdict])
        return line

    def _verdict(self, verdict: Verdict) -> Text:
        return self._sign(VERDICTS[verdict], _VERDICT_STYLES[verdict])

    def _badge(self, badge: Badge) -> Text:
        return self._sign(BADGES[badge], _BADGE_STYLES[badge])

    def _sign(self, sign: Sign, style: str) -> Text:
        return Text.assemble((f"{sign.glyph} {self._t(sign.word)}", style))

    def _status(self) -> Text:
        parts = [self._t(STAGES[self._progress.stage])]
        if self._progress.fraction is not None:
            parts.append(f"{self._progress.fraction:.0%}")
        if self._progress.tokens:
            parts.append(self._t(N_("{tokens} tokens"), tokens=self._progress.tokens))
        if self._progress.tokens_per_second:
            parts.append(
                self._t(N_("{pace} tokens/s"), pace=f"{self._progress.tokens_per_second:.1f}")
            )
        return Text("⋯ " + " · ".join(parts), style="dim")
