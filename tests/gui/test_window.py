from __future__ import annotations

import statistics
import time
from itertools import pairwise

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt, QTimer
from PySide6.QtWidgets import QApplication, QPushButton, QToolButton
from pytestqt.qtbot import QtBot

from tests.gui.scripted import (
    USAGE,
    ScriptedEngine,
    ScriptedLibrary,
    quadratic,
    refused,
    started,
    step,
    symmetric,
)
from tests.gui.watching import (
    PAGE_MS,
    OpenWindow,
    Shoot,
    drawn,
    evaluate,
    press,
    settled,
    solve,
)
from tutor.core.errors import ModelMissing, NetworkError, WorkerCrashed
from tutor.core.events import AnswerReady, SolveFinished, StepFinished
from tutor.core.problem import Language
from tutor.gui.theme import DARK, LIGHT, ThemeChoice
from tutor.gui.widgets.plot_canvas import PlotView
from tutor.gui.window import MainWindow

BOTH = [
    (language, theme) for language in Language for theme in (ThemeChoice.LIGHT, ThemeChoice.DARK)
]


def page_text(qtbot: QtBot, window: MainWindow) -> str:
    return str(evaluate(qtbot, window.page, "document.getElementById('sheet').textContent"))


@pytest.mark.parametrize(("language", "theme"), BOTH)
def test_a_problem_is_solved_in_either_language_and_theme(
    open_window: OpenWindow, qtbot: QtBot, shoot: Shoot, language: Language, theme: ThemeChoice
) -> None:
    events = quadratic() if language is Language.ENGLISH else symmetric()
    engine = ScriptedEngine(events)
    window = open_window(engine, language=language, theme=theme)
    shoot(window, f"welcome-{language}-{theme}")
    press(window, "example-0" if language is Language.ENGLISH else "example-4")
    press(window, "solve")
    qtbot.waitUntil(lambda: settled(window), timeout=PAGE_MS)
    shoot(window, f"solved-{language}-{theme}")
    steps = sum(isinstance(event, StepFinished) for event in events)
    withdrawn = 1 if language is Language.ENGLISH else 0
    assert engine.problems[0].language is language
    script = "document.querySelectorAll('.step').length"
    assert evaluate(qtbot, window.page, script) == steps - withdrawn
    word = {Language.ENGLISH: "verified", Language.CHINESE: "已验证"}[language]
    assert word in page_text(qtbot, window)
    assert window.plot.isVisible() == (language is Language.ENGLISH)


def test_a_step_shows_its_evidence_when_its_badge_is_pressed_with_the_keyboard(
    open_window: OpenWindow, qtbot: QtBot, shoot: Shoot
) -> None:
    window = open_window(ScriptedEngine(quadratic()), size=(1000, 650))
    solve(qtbot, window)
    badge = "document.querySelector('[data-key=step-2] .badge')"
    evaluate(qtbot, window.page, f"({badge}.focus(), scrollTo(0, 260), 0)")
    window.page.setFocus()
    page_input = window.page.focusProxy()
    assert page_input is not None
    qtbot.keyClick(page_input, Qt.Key.Key_Return)
    qtbot.waitUntil(
        lambda: evaluate(qtbot, window.page, f"{badge}.getAttribute('aria-expanded')") == "true"
    )
    assert "the difference simplifies to" in page_text(qtbot, window)
    shoot(window, "evidence-narrow")


def test_a_withdrawn_step_is_folded_with_its_reason(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window(ScriptedEngine(quadratic()))
    solve(qtbot, window)
    text = page_text(qtbot, window)
    assert "Step 2 was taken back" in text
    assert "This was wrong" in text
    hidden = "document.querySelector('[data-look=withdrawn] .panel').hidden"
    assert evaluate(qtbot, window.page, hidden) is True


def test_a_running_solve_shows_what_it_does_and_what_it_has(
    open_window: OpenWindow, qtbot: QtBot, shoot: Shoot
) -> None:
    events = quadratic()
    held = next(i for i, e in enumerate(events) if isinstance(e, AnswerReady)) - 6
    engine = ScriptedEngine(events, held_at=held)
    window = open_window(engine, size=(1000, 650))
    window.side.editor.setPlainText("Solve $x^2-5x+6=0$.")
    press(window, "solve")
    qtbot.waitUntil(lambda: len(window.presenter.solution.steps) == 3)
    qtbot.waitUntil(lambda: drawn(window), timeout=PAGE_MS)
    assert window.status.stage.text() == "Writing"
    assert "12.4 tokens/s" in window.status.detail.text()
    assert not window.side.solve_button.isEnabled()
    shoot(window, "running-narrow")
    engine.hold.set()
    qtbot.waitUntil(lambda: settled(window), timeout=PAGE_MS)
    assert window.status.stage.text() == "Done"


def test_stop_keeps_the_steps_and_the_next_solve_works(
    open_window: OpenWindow, qtbot: QtBot, shoot: Shoot
) -> None:
    engine = ScriptedEngine(quadratic(), held_at=40)
    window = open_window(engine, theme=ThemeChoice.DARK)
    window.side.editor.setPlainText("Solve $x^2-5x+6=0$.")
    press(window, "solve")
    qtbot.waitUntil(lambda: bool(window.presenter.solution.steps))
    qtbot.keyClick(window.side.editor, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: settled(window), timeout=PAGE_MS)
    assert window.status.stage.text() == "Stopped"
    assert window.presenter.solution.steps
    shoot(window, "stopped")
    engine.hold.set()
    solve(qtbot, window)
    assert window.status.stage.text() == "Done"


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter])
def test_control_and_enter_solves(open_window: OpenWindow, qtbot: QtBot, key: Qt.Key) -> None:
    engine = ScriptedEngine(symmetric())
    window = open_window(engine)
    window.side.editor.setPlainText("Find $1+1$.")
    qtbot.keyClick(window.side.editor, key, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: settled(window), timeout=PAGE_MS)
    assert [problem.text for problem in engine.problems] == ["Find $1+1$."]
    assert window.side.text == "Find $1+1$."


def test_escape_reaches_the_solve_from_inside_the_page(
    open_window: OpenWindow, qtbot: QtBot
) -> None:
    window = open_window(ScriptedEngine(quadratic(), held_at=40))
    window.side.editor.setPlainText("Solve $x^2-5x+6=0$.")
    press(window, "solve")
    window.page.setFocus()
    page_input = window.page.focusProxy()
    assert page_input is not None
    qtbot.keyClick(page_input, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: settled(window), timeout=PAGE_MS)
    assert window.status.stage.text() == "Stopped"


def test_a_problem_without_its_figure_is_refused_and_can_be_solved_anyway(
    open_window: OpenWindow, qtbot: QtBot, shoot: Shoot
) -> None:
    engine = ScriptedEngine(refused())
    window = open_window(engine)
    solve(qtbot, window, "In the figure, find $x$.")
    assert '"In the figure", "as shown"' in window.notice._text.text()
    shoot(window, "refused")
    engine.events = quadratic()
    press(window, "override")
    qtbot.waitUntil(lambda: settled(window), timeout=PAGE_MS)
    assert [options.anyway for options in engine.options] == [False, True]
    assert engine.problems[1].text == "In the figure, find $x$."
    assert not window.notice.isVisible()


def test_a_refusal_goes_with_the_text_it_spoke_of(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window(ScriptedEngine(refused()))
    solve(qtbot, window, "In the figure, find $x$.")
    assert window.notice.isVisible()
    window.side.editor.setPlainText("Solve $x^2=9$.")
    qtbot.waitUntil(lambda: not window.notice.isVisible())
    window.presenter.solve_anyway()
    assert not window.presenter.is_running


def test_a_failure_of_the_engine_stays_while_the_text_is_edited(
    open_window: OpenWindow, qtbot: QtBot
) -> None:
    crash = WorkerCrashed("it ended", exit_code=-9, log_tail="")
    window = open_window(ScriptedEngine([*started("$x$"), *step(1, "First, $x=1$."), crash]))
    solve(qtbot, window)
    window.side.editor.setPlainText("Solve $x^2=9$.")
    qtbot.waitUntil(lambda: drawn(window), timeout=PAGE_MS)
    assert window.notice.isVisible()
    assert "First" in page_text(qtbot, window)


def test_the_solution_names_its_problem_while_another_is_typed(
    open_window: OpenWindow, qtbot: QtBot, shoot: Shoot
) -> None:
    window = open_window(ScriptedEngine(quadratic()))
    solve(qtbot, window, "Solve $x^2-5x+6=0$.")
    window.side.editor.setPlainText("Solve $x^2=9$.")
    qtbot.waitUntil(lambda: drawn(window), timeout=PAGE_MS)
    shown = "document.querySelector('[data-key=problem] annotation').textContent"
    assert evaluate(qtbot, window.page, shown) == "x^2-5x+6=0"
    shoot(window, "another-problem")


def test_a_failure_is_told_and_the_next_solve_works(
    open_window: OpenWindow, qtbot: QtBot, shoot: Shoot
) -> None:
    crash = WorkerCrashed(
        "the language model's process ended", exit_code=-9, log_tail="", hint="Solve it again."
    )
    engine = ScriptedEngine([*started("$x$"), *step(1, "First, $x=1$."), crash])
    window = open_window(engine)
    solve(qtbot, window)
    assert window.notice._title.text() == "The language model's process ended"
    assert "First" in page_text(qtbot, window)
    shoot(window, "failed")
    engine.events = quadratic()
    solve(qtbot, window)
    assert not window.notice.isVisible()
    assert window.status.stage.text() == "Done"


@pytest.mark.parametrize("text", ["Solve $x^2=4", "a" * 9_000, "\x00\x01"])
def test_bad_input_is_told_and_reaches_no_engine(
    open_window: OpenWindow, qtbot: QtBot, text: str
) -> None:
    engine = ScriptedEngine(quadratic())
    window = open_window(engine)
    solve(qtbot, window, text)
    assert window.notice.isVisible()
    assert engine.problems == []


def test_a_megabyte_is_not_pasted_and_the_solution_stays(
    open_window: OpenWindow, qtbot: QtBot
) -> None:
    window = open_window(ScriptedEngine(quadratic()))
    solve(qtbot, window)
    pasted = QMimeData()
    pasted.setText("a" * 1_000_000)
    window.side.editor.insertFromMimeData(pasted)
    qtbot.waitUntil(lambda: "1,000,000 characters" in window.notice._title.text())
    assert window.side.text == "Solve $x^2-5x+6=0$."
    assert window.presenter.solution.answer is not None


def test_a_missing_model_is_installed_from_the_window(
    open_window: OpenWindow, qtbot: QtBot, shoot: Shoot
) -> None:
    engine, library = ScriptedEngine(quadratic()), ScriptedLibrary(is_here=False)
    window = open_window(engine, library=library)
    window.side.editor.setPlainText("Solve $x^2-5x+6=0$.")
    assert not window.side.solve_button.isEnabled()
    assert "Test model 1B (1.1 GB)" in window.install_banner._text.text()
    shoot(window, "model-missing")
    press(window, "install")
    qtbot.waitUntil(lambda: window.install_banner._text.text() == "500 of 1,000 MB")
    shoot(window, "model-coming")
    press(window, "cancel_install")
    qtbot.waitUntil(window.install_banner.install_button.isVisible)
    press(window, "install")
    library.go_on.set()
    qtbot.waitUntil(lambda: engine.is_warm)
    assert not window.install_banner.isVisible()
    assert window.side.solve_button.isEnabled()


def test_an_installation_that_fails_says_why_and_can_be_tried_again(
    open_window: OpenWindow, qtbot: QtBot
) -> None:
    error = NetworkError("no source could be reached", hint="Check the connection.")
    library = ScriptedLibrary(is_here=False, error=error)
    library.go_on.set()
    window = open_window(ScriptedEngine([]), library=library)
    press(window, "install")
    qtbot.waitUntil(lambda: "no source" in window.install_banner._text.text().lower())
    library.error = None
    press(window, "install")
    qtbot.waitUntil(lambda: not window.install_banner.isVisible())


def test_a_model_that_went_missing_is_offered_again(open_window: OpenWindow, qtbot: QtBot) -> None:
    library = ScriptedLibrary()
    window = open_window(ScriptedEngine([ModelMissing("it is not installed")]), library=library)
    library.is_here = False
    solve(qtbot, window)
    assert window.install_banner.isVisible()


def test_language_and_theme_change_while_a_solution_is_on_the_screen(
    open_window: OpenWindow, qtbot: QtBot
) -> None:
    window = open_window(ScriptedEngine(quadratic()))
    solve(qtbot, window)
    window.header._language.choose(Language.CHINESE)
    window.header._theme.choose(ThemeChoice.DARK)
    qtbot.waitUntil(lambda: drawn(window), timeout=PAGE_MS)
    assert "已验证" in page_text(qtbot, window)
    assert window.side.solve_button.text() == "求解"
    assert window.status.stage.text() == "完成"
    background = "getComputedStyle(document.documentElement).getPropertyValue('--paper')"
    assert evaluate(qtbot, window.page, background) == DARK.paper
    assert QApplication.palette().window().color().name() == DARK.paper
    window.header._theme.choose(ThemeChoice.LIGHT)
    assert QApplication.palette().window().color().name() == LIGHT.paper


def test_the_menu_changes_the_language_and_names_every_key(open_window: OpenWindow) -> None:
    window = open_window(ScriptedEngine([]))
    menu = window.header.menu_button.menu()
    assert any(action.text() == "Solve\tCtrl+Enter" for action in menu.actions())
    assert window.side.solve_button.toolTip() == "Solve (Ctrl+Enter)"
    assert "Ctrl+N" in next(a.text() for a in menu.actions() if a.text().startswith("New"))
    next(action for action in menu.actions() if action.text() == "中文").trigger()
    assert window.side.solve_button.text() == "求解"
    texts = [action.text() for action in window.header.menu_button.menu().actions()]
    assert any(text.startswith("新题目") for text in texts)


def test_a_new_problem_clears_the_screen(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window(ScriptedEngine(quadratic()))
    solve(qtbot, window)
    qtbot.keyClick(window.side.editor, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: drawn(window), timeout=PAGE_MS)
    assert window.side.text == ""
    assert "What shall we solve?" in page_text(qtbot, window)
    assert not window.plot.isVisible()


@pytest.mark.parametrize("width", [620, 700, 853, 861, 1280])
def test_a_graph_never_widens_the_window(
    open_window: OpenWindow, qtbot: QtBot, shoot: Shoot, width: int
) -> None:
    window = open_window(ScriptedEngine(quadratic()), size=(width, 620))
    solve(qtbot, window)
    assert window.plot.isVisible()
    assert window.width() == width
    right_edges = [
        part.mapTo(window, part.rect().bottomRight()) for part in (window.page, window.plot)
    ]
    assert all(window.rect().contains(edge) for edge in right_edges)
    assert (window.plot.mapTo(window, QPoint(0, 0)).y() > 200) == (width < 860)
    shoot(window, f"width-{width}")


def test_a_wide_window_with_a_graph_can_be_made_narrow(
    open_window: OpenWindow, qtbot: QtBot
) -> None:
    window = open_window(ScriptedEngine(quadratic()))
    solve(qtbot, window)
    window.resize(620, 560)
    qtbot.waitUntil(lambda: window.plot.y() > 0)
    assert window.width() == 620
    window.resize(1280, 800)
    qtbot.waitUntil(lambda: window.plot.y() == 0)


def test_the_graph_can_be_moved_and_enlarged(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window(ScriptedEngine(quadratic()))
    solve(qtbot, window)
    qtbot.waitUntil(lambda: window.plot.findChild(QToolButton, "pan") is not None)
    pan, zoom = (window.plot.findChild(QToolButton, name) for name in ("pan", "zoom"))
    assert pan is not None
    assert zoom is not None
    pan.click()
    assert pan.isChecked()
    zoom.click()
    assert zoom.isChecked()
    assert not pan.isChecked()


def test_closing_the_window_stops_a_running_solve(open_window: OpenWindow, qtbot: QtBot) -> None:
    engine = ScriptedEngine(quadratic(), held_at=10)
    window = open_window(engine)
    window.side.editor.setPlainText("Solve $x^2-5x+6=0$.")
    press(window, "solve")
    window.close()
    assert engine.is_closed


def test_the_window_never_works_for_long_between_two_turns_of_its_event_loop(
    open_window: OpenWindow, qtbot: QtBot
) -> None:
    lines = [f"Line {i}: $x_{{{i}}}=\\frac{{{i}}}{{{i + 1}}}$ and so on." for i in range(30)]
    steps = [event for i, text in enumerate(lines, 1) for event in step(i, text, size=6)]
    script = [*quadratic()[:8], *steps, SolveFinished(badge=None, usage=USAGE)]
    window = open_window(ScriptedEngine(script, pace=0.005))
    work = [longest_work(qtbot, window) for _ in range(3)]
    assert window.plot.isVisible()
    # The median: on a busy machine a single turn can cost more than its work.
    assert statistics.median(work) < 0.1, work


def longest_work(qtbot: QtBot, window: MainWindow) -> float:
    """Seconds of our own computing between two turns of the event loop during a solve, at most."""
    turns: list[float] = []
    timer = QTimer(window)
    timer.timeout.connect(lambda: turns.append(time.thread_time()))
    timer.start(5)
    solve(qtbot, window)
    timer.stop()
    return max(after - before for before, after in pairwise(turns))


def test_every_example_button_has_its_problem(open_window: OpenWindow) -> None:
    window = open_window(ScriptedEngine([]))
    seen = set()
    for i in range(6):
        press(window, f"example-{i}")
        seen.add(window.side.text)
    assert len(seen) == 6
    assert isinstance(window.findChild(QPushButton, "solve"), QPushButton)


def test_the_numbers_of_a_low_graph_are_in_sight(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window(ScriptedEngine(quadratic()), size=(620, 560))
    solve(qtbot, window)
    view = window.plot.findChild(PlotView)
    assert view is not None
    qtbot.waitUntil(lambda: bool(view.canvas.figure.axes))
    (axes,) = view.canvas.figure.axes
    drawn_on = axes.get_tightbbox()
    assert drawn_on is not None
    assert drawn_on.y0 >= 0
    assert drawn_on.y1 <= view.canvas.figure.bbox.height
