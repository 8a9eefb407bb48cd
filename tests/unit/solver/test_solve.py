"""The loop, with a scripted model and a fake CAS."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.fakes import FakeCas
from tutor.cas.requests import Finding, Outcome, Truth
from tutor.core.cancel import CancelToken
from tutor.core.check import Evidence, Verdict
from tutor.core.errors import ModelMissing, WorkerCrashed
from tutor.core.events import (
    AnswerReady,
    CheckFinished,
    EvidenceFound,
    FailureKind,
    PlotReady,
    RefusalReason,
    SolveCancelled,
    SolveEvent,
    SolveFailed,
    SolveFinished,
    SolveRefused,
    StepFinished,
    StepsWithdrawn,
    TextDelta,
    ThinkingDelta,
)
from tutor.core.fold import Solution, fold
from tutor.core.grammar import check_grammar
from tutor.core.plot import Curve, PlotData
from tutor.core.problem import Language, Latex, Problem
from tutor.core.solution import Badge
from tutor.inference.messages import Finish
from tutor.inference.scripted import Script, ScriptedModel
from tutor.solver.options import SolveOptions
from tutor.solver.solve import solve

PROBLEM = Problem(text="Solve $x^2-5x+6=0$")
GOOD = (
    "Plan: Factor.\n\nStep 1: $x^2-5x+6=(x-2)(x-3)$.\n\n"
    "Step 2: So $x=2$ or $x=3$: $\\boxed{x=2, x=3}$."
)
RIGHT = {
    "x^2-5x+6=(x-2)(x-3)": Truth.HOLDS,
    "x=2": Truth.HOLDS,
    "x=3": Truth.HOLDS,
    "answer x=2, x=3": Truth.HOLDS,
}
PLOT = PlotData(
    variable="x",
    curves=(Curve(label=Latex("x"), pieces=(((0.0, 0.0), (1.0, 1.0)),)),),
    points=(),
    x_range=(0.0, 1.0),
    y_range=(0.0, 1.0),
)


@pytest.fixture
def models() -> Iterator[list[ScriptedModel]]:
    made: list[ScriptedModel] = []
    yield made
    for model in made:
        model.close()


class Stage:
    """Runs solves with what a test put in."""

    def __init__(self, models: list[ScriptedModel]) -> None:
        self._models = models
        self.cas = FakeCas()

    def solve(
        self,
        *scripts: Script | str,
        truths: dict[str, Truth | Outcome | Finding] | None = None,
        problem: Problem = PROBLEM,
        options: SolveOptions | None = None,
        plot: PlotData | None = None,
        thinks: bool = False,
    ) -> list[SolveEvent]:
        self.cas = FakeCas(truths or {}, plot=plot)
        self.model = ScriptedModel(scripts, thinks=thinks)
        self._models.append(self.model)
        events = list(
            solve(
                problem,
                model=self.model,
                cas=self.cas,
                options=options or SolveOptions(),
                cancel=CancelToken(),
            )
        )
        check_grammar(events)
        return events


@pytest.fixture
def stage(models: list[ScriptedModel]) -> Stage:
    return Stage(models)


def kinds(events: list[SolveEvent], *wanted: type) -> list[SolveEvent]:
    return [event for event in events if isinstance(event, wanted)]


def test_checked_solution_with_a_proven_answer_is_verified(stage: Stage) -> None:
    events = stage.solve(GOOD, truths=RIGHT)
    solution = fold(events)
    assert solution.plan == "Factor."
    assert [step.verdict for step in solution.steps] == [Verdict.VERIFIED, Verdict.VERIFIED]
    assert solution.answer is not None
    assert (solution.answer.latex, solution.answer.step) == ("x=2, x=3", 2)
    assert isinstance(solution.ending, SolveFinished)
    assert solution.ending.badge is Badge.VERIFIED
    assert solution.ending.usage.tokens > 0


def test_answer_that_algebra_cannot_prove_is_unsure(stage: Stage) -> None:
    events = stage.solve(GOOD, truths=RIGHT | {"answer x=2, x=3": Truth.UNKNOWN})
    ending = events[-1]
    assert isinstance(ending, SolveFinished)
    assert ending.badge is Badge.UNSURE


def test_checks_follow_their_steps_while_the_model_writes_on(stage: Stage) -> None:
    events = stage.solve(Script(text=GOOD, delay=0.002), truths=RIGHT)
    first_check = next(i for i, e in enumerate(events) if isinstance(e, CheckFinished))
    last_text = max(i for i, e in enumerate(events) if isinstance(e, TextDelta))
    assert first_check < last_text


def test_refuted_step_is_taken_back_and_written_again(stage: Stage) -> None:
    wrong = "Plan: Factor.\n\nStep 1: $a=1$.\n\nStep 2: $x=7$.\n\nStep 3: $\\boxed{x=7}$"
    again = " So $x=2$ or $x=3$: $\\boxed{x=2, x=3}$."
    evidence = Evidence(message="At {point} it fails.", details={"point": "x=7"})
    fails = Finding(truth=Truth.FAILS, method="substitution", evidence=evidence)
    events = stage.solve(wrong, again, truths=RIGHT | {"x=7": fails})
    withdrawn = kinds(events, StepsWithdrawn)
    assert [event.first for event in withdrawn if isinstance(event, StepsWithdrawn)] == [2]
    solution = fold(events)
    assert [done.step.text for done in solution.steps] == ["$a=1$.", again.strip()]
    assert isinstance(solution.ending, SolveFinished)
    assert solution.ending.badge is Badge.VERIFIED
    correction = stage.model.generations[1]
    assert "$x=7$" in correction.messages[-1].text
    assert "it fails" not in correction.messages[-1].text
    assert "$a=1$." in correction.messages[-2].text
    assert correction.prefix == "Step 2:"


def test_a_model_that_thinks_is_told_the_counterexample(stage: Stage) -> None:
    evidence = Evidence(message="At {point} it fails.", details={"point": "x=7"})
    fails = Finding(truth=Truth.FAILS, method="substitution", evidence=evidence)
    stage.solve("Step 1: $x=8$.", GOOD, truths=RIGHT | {"x=8": fails}, thinks=True)
    assert "At $x=7$ it fails." in stage.model.generations[1].messages[-1].text


def test_step_that_stays_wrong_is_corrected_twice_and_then_stands_refuted(stage: Stage) -> None:
    wrong = "Step 1: $x=7$.\n\nStep 2: $\\boxed{x=7}$"
    again = " $x=7$.\n\nStep 2: $\\boxed{x=7}$"
    truths: dict[str, Truth | Outcome | Finding] = {"x=7": Truth.FAILS}
    events = stage.solve(wrong, again, again, again, truths=truths)
    assert len(kinds(events, StepsWithdrawn)) == 2
    solution = fold(events)
    assert solution.steps[0].verdict is Verdict.REFUTED
    assert isinstance(solution.ending, SolveFinished)
    assert solution.ending.badge is Badge.UNSURE


def test_refuted_answer_begins_again_at_the_first_unproven_step(stage: Stage) -> None:
    first = "Step 1: $a=1$.\n\nStep 2: words.\n\nStep 3: $c=3$.\n\nStep 4: $\\boxed{7}$"
    truths = {"a=1": Truth.HOLDS, "c=3": Truth.UNKNOWN, "answer 7": Truth.FAILS}
    again = " So $\\boxed{8}$"
    events = stage.solve(first, again, truths=truths | {"answer 8": Truth.HOLDS})
    withdrawn = kinds(events, StepsWithdrawn)
    assert [event.first for event in withdrawn if isinstance(event, StepsWithdrawn)] == [2]
    assert len(kinds(events, AnswerReady)) == len(kinds(events, EvidenceFound)) == 2


def test_problem_that_needs_a_figure_is_refused_without_a_token(stage: Stage) -> None:
    problem = Problem(text="如图，求 $x$。", language=Language.CHINESE)
    events = stage.solve(GOOD, problem=problem)
    assert isinstance(events[-1], SolveRefused)
    assert events[-1].cues == ("如图",)
    assert events[-1].reason is RefusalReason.NEEDS_FIGURE
    assert stage.model.generations == []


def test_user_may_have_it_solved_anyway(stage: Stage) -> None:
    problem = Problem(text="如图，求 $x$。", language=Language.CHINESE)
    events = stage.solve(GOOD, problem=problem, options=SolveOptions(anyway=True))
    assert isinstance(events[-1], SolveFinished)


def test_solution_without_an_answer_is_asked_for_one(stage: Stage) -> None:
    events = stage.solve("Step 1: $a=1$.", "x=2, x=3}$", truths=RIGHT)
    answer = fold(events).answer
    assert answer is not None
    assert answer.latex == "x=2, x=3"
    assert stage.model.generations[1].prefix.endswith("$\\boxed{")


def test_refuted_answer_that_was_asked_for_is_asked_for_again(stage: Stage) -> None:
    scripts = ("Step 1: words.\n\nStep 2: more.", "7}$", " The roots are two and three.", "8}$")
    events = stage.solve(*scripts, truths={"answer 7": Truth.FAILS, "answer 8": Truth.HOLDS})
    answer = fold(events).answer
    assert answer is not None
    assert answer.latex == "8"


def test_budget_is_the_most_that_is_asked_of_the_model(stage: Stage) -> None:
    stage.solve("Step 1: words.", "5}$", options=SolveOptions(max_tokens=100))
    first, second = stage.model.generations
    assert first.max_tokens < 100
    assert second.max_tokens <= 100 - 4


def test_seeds_do_not_depend_on_when_a_step_was_refuted(stage: Stage) -> None:
    seeds = []
    for delay in (0.0, 0.01):
        wrong = Script(text="Step 1: $x=7$.\n\nStep 2: and so on and on.", delay=delay)
        truths: dict[str, Truth | Outcome | Finding] = {"x=7": Truth.FAILS}
        stage.solve(wrong, " $y=1$: $\\boxed{1}$", truths=truths)
        seeds.append([generation.seed for generation in stage.model.generations])
    assert seeds[0] == seeds[1] == [0, 1]


def test_stopped_solve_tells_its_pace(models: list[ScriptedModel]) -> None:
    models.append(ScriptedModel([Script(text=GOOD * 50, chunk=8, delay=0.002)]))
    cancel = CancelToken()
    ending: SolveEvent | None = None
    for event in solve(
        PROBLEM, model=models[0], cas=FakeCas(RIGHT), options=SolveOptions(), cancel=cancel
    ):
        ending = event
        if isinstance(event, StepFinished):
            cancel.cancel()
    assert isinstance(ending, SolveCancelled)
    assert ending.usage.tokens_per_second == pytest.approx(10)


def test_solve_that_never_answers_says_so(stage: Stage) -> None:
    events = stage.solve("Step 1: words.", "")
    assert isinstance(events[-1], SolveFinished)
    assert events[-1].badge is None


def test_answer_that_the_budget_cuts_off_is_none(stage: Stage) -> None:
    cut = Script(text="Step 1: The answer is 5", finish=Finish.LENGTH)
    events = stage.solve(cut, Script(text="56", finish=Finish.LENGTH))
    assert len(stage.model.generations) == 2
    assert isinstance(events[-1], SolveFinished)
    assert events[-1].badge is None
    assert not kinds(events, AnswerReady)


def test_box_that_is_closed_counts_in_a_step_that_is_cut_off(stage: Stage) -> None:
    events = stage.solve(Script(text=r"Step 1: So $\boxed{5}$. It", finish=Finish.LENGTH))
    assert [event.answer.latex for event in events if isinstance(event, AnswerReady)] == ["5"]


def test_word_answer_in_passing_has_the_answer_asked_for(stage: Stage) -> None:
    events = stage.solve("Step 1: We will find the answer by factoring.", "5}$")
    assert [event.answer.latex for event in events if isinstance(event, AnswerReady)] == ["5"]


def test_thinking_is_apart_from_the_steps(stage: Stage) -> None:
    events = stage.solve("<think>Let me see.</think>" + GOOD, truths=RIGHT)
    assert "".join(e.text for e in events if isinstance(e, ThinkingDelta)) == "Let me see."
    assert "see" not in fold(events).steps[0].step.text


def test_endless_repetition_is_cut_off(stage: Stage) -> None:
    endless = Script(text="Step 1: $a=1$.\n\nStep 2: " + "It follows again. " * 400, chunk=20)
    events = stage.solve(endless, "5}$")
    written = fold(events).steps
    assert sum(len(done.step.text) for done in written) < 4_000


def test_steps_that_come_again_end_the_writing(stage: Stage) -> None:
    turns = "".join(f"Step {n}: Add {n % 2} to both sides.\n\n" for n in range(1, 60))
    events = stage.solve(Script(text=turns, chunk=20), "5}$")
    assert len(fold(events).steps) < 8


def test_plot_comes_with_the_solution(stage: Stage) -> None:
    events = stage.solve(GOOD, truths=RIGHT, plot=PLOT)
    assert kinds(events, PlotReady) == [PlotReady(plot=PLOT)]


def test_model_that_is_missing_fails_the_solve_with_its_hint(stage: Stage) -> None:
    missing = Script(error=ModelMissing("the model is not installed", hint="Install it."))
    ending = stage.solve(missing)[-1]
    assert ending == SolveFailed(
        kind=FailureKind.MODEL, message="the model is not installed", hint="Install it."
    )


def test_crash_keeps_the_steps_so_far(stage: Stage) -> None:
    crash = WorkerCrashed("the model process ended", exit_code=-9, log_tail="")
    events = stage.solve(Script(text="Step 1: $a=1$.\n\nStep 2: and", error=crash))
    assert isinstance(events[-1], SolveFailed)
    assert events[-1].kind is FailureKind.WORKER
    assert len(kinds(events, StepFinished)) == 1


def test_stop_keeps_what_is_written(models: list[ScriptedModel]) -> None:
    models.append(ScriptedModel([Script(text=GOOD * 50, chunk=8, delay=0.005)]))
    cancel = CancelToken()
    events: list[SolveEvent] = []
    running = solve(
        PROBLEM, model=models[0], cas=FakeCas(RIGHT), options=SolveOptions(), cancel=cancel
    )
    for event in running:
        events.append(event)
        if isinstance(event, StepFinished):
            cancel.cancel()
    check_grammar(events)
    assert isinstance(events[-1], SolveCancelled)
    solution: Solution = fold(events)
    assert len(solution.steps) >= 1


def test_iterator_closed_early_stops_the_model(models: list[ScriptedModel]) -> None:
    models.append(ScriptedModel([Script(text=GOOD * 500, delay=0.005), "Step 1: $\\boxed{1}$"]))
    running = solve(
        PROBLEM,
        model=models[0],
        cas=FakeCas(),
        options=SolveOptions(),
        cancel=CancelToken(),
    )
    next(event for event in running if isinstance(event, StepFinished))
    running.close()  # type: ignore[attr-defined] # a generator, which its callers need not know
    again = list(
        solve(PROBLEM, model=models[0], cas=FakeCas(), options=SolveOptions(), cancel=CancelToken())
    )
    assert isinstance(again[-1], SolveFinished)


def test_several_boxes_of_the_last_step_are_one_answer(stage: Stage) -> None:
    text = "Step 1: $\\boxed{7}$.\n\nStep 2: So $\\boxed{x=2}$ or $\\boxed{x=3}$."
    answer = fold(stage.solve(text, truths=RIGHT)).answer
    assert answer is not None
    assert (answer.latex, answer.step) == ("x=2, x=3", 2)
