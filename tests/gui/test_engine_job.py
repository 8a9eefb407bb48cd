from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from tests.gui.scripted import ScriptedEngine, quadratic, started
from tutor.core.errors import InputError, ModelTooLarge, TutorError, WorkerCrashed
from tutor.core.events import FailureKind, SolveCancelled, SolveEvent, SolveFailed
from tutor.core.problem import Language, Problem
from tutor.gui.engine_job import EngineJob, WarmUpJob
from tutor.gui.late_engine import LateEngine
from tutor.gui.presenters.solve import SolvePresenter
from tutor.solver.options import SolveOptions
from tutor.support.i18n import Translator

PROBLEM = Problem(text="Solve $x^2-5x+6=0$.")


def run(qtbot: QtBot, engine: ScriptedEngine) -> list[SolveEvent]:
    job = EngineJob(engine, PROBLEM, SolveOptions())
    with qtbot.waitSignal(job.finished):
        job.start()
    job.wait()
    return list(job.take())


def test_every_event_arrives_once_and_in_order(qtbot: QtBot) -> None:
    events = run(qtbot, ScriptedEngine(quadratic()))
    assert events[1:] == quadratic()[1:]


def test_one_signal_announces_all_that_waits(qtbot: QtBot) -> None:
    job = EngineJob(ScriptedEngine(quadratic()), PROBLEM, SolveOptions())
    announced: list[int] = []
    job.events_arrived.connect(lambda: announced.append(1))
    job.start()
    job.wait()
    qtbot.waitUntil(lambda: bool(announced))
    assert len(job.take()) == len(quadratic())
    assert announced == [1]


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (InputError("it is empty"), FailureKind.INPUT),
        (ModelTooLarge("it needs more", needed=2, available=1, hint="close"), FailureKind.MODEL),
        (WorkerCrashed("it ended", exit_code=-9, log_tail=""), FailureKind.WORKER),
    ],
)
def test_an_error_of_the_engine_becomes_the_last_event(
    qtbot: QtBot, error: TutorError, kind: FailureKind
) -> None:
    events = run(qtbot, ScriptedEngine([*started("$x$"), error]))
    assert events[-1] == SolveFailed(kind=kind, message=error.message, hint=error.hint)


def test_a_cancelled_job_ends_with_the_engines_own_word(qtbot: QtBot) -> None:
    job = EngineJob(ScriptedEngine(quadratic(), held_at=5), PROBLEM, SolveOptions())
    with qtbot.waitSignal(job.finished):
        job.start()
        job.cancel()
    assert isinstance(job.take()[-1], SolveCancelled)


def test_an_engine_that_ends_without_a_word_is_a_failure(qtbot: QtBot) -> None:
    presenter = SolvePresenter(ScriptedEngine(started("$x$")))
    presenter.solve("Solve $x=1$.")
    qtbot.waitUntil(lambda: not presenter.is_running)
    assert isinstance(presenter.solution.ending, SolveFailed)


def test_the_last_solve_is_gone_when_the_next_begins(qtbot: QtBot) -> None:
    engine = ScriptedEngine(quadratic())
    presenter = SolvePresenter(engine)
    for _ in range(3):
        presenter.solve("Solve $x^2-5x+6=0$.")
        presenter.solve("A second one at once $x$.")
        qtbot.waitUntil(lambda: not presenter.is_running)
        assert len(presenter.solution.steps) == 4
    assert len(engine.problems) == 3
    presenter.close()
    assert engine.is_closed


def test_stopping_says_so_until_the_engine_has_stopped(qtbot: QtBot) -> None:
    presenter = SolvePresenter(ScriptedEngine(quadratic(), held_at=5))
    presenter.solve("Solve $x^2-5x+6=0$.")
    tr = Translator(Language.ENGLISH)
    presenter.stop()
    assert presenter.status(tr).stage == "Stopping"
    qtbot.waitUntil(lambda: not presenter.is_running)
    assert presenter.status(tr).stage == "Stopped"


def test_an_engine_is_opened_late_and_tried_again_after_a_failure(qtbot: QtBot) -> None:
    engine = ScriptedEngine(quadratic())
    opened: list[ScriptedEngine] = []

    def open_engine() -> ScriptedEngine:
        opened.append(engine)
        if len(opened) == 1:
            raise WorkerCrashed("not yet", exit_code=1, log_tail="")
        return engine

    late = LateEngine(open_engine)
    job = WarmUpJob(late)
    with qtbot.waitSignal(job.finished):
        job.start()
    job.wait()
    assert len(opened) == 1
    presenter = SolvePresenter(late)
    presenter.solve("Solve $x^2-5x+6=0$.")
    qtbot.waitUntil(lambda: not presenter.is_running)
    assert presenter.solution.answer is not None
    presenter.close()
    assert len(opened) == 2
    assert engine.is_closed
