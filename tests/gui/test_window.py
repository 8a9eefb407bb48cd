from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from tests.gui.conftest import OpenWindow, Shoot, settled
from tests.gui.scripted import ScriptedEngine, quadratic, symmetric
from tutor.core.problem import Language
from tutor.gui.theme import ThemeChoice

BOTH = [
    (language, theme) for language in Language for theme in (ThemeChoice.LIGHT, ThemeChoice.DARK)
]


@pytest.mark.parametrize(("language", "theme"), BOTH)
def test_a_problem_is_solved_in_either_language_and_theme(
    open_window: OpenWindow, qtbot: QtBot, shoot: Shoot, language: Language, theme: ThemeChoice
) -> None:
    engine = ScriptedEngine(quadratic() if language is Language.ENGLISH else symmetric())
    window = open_window(engine, language=language, theme=theme)
    shoot(window, f"welcome-{language}-{theme}")
    window.side._examples[0].click()
    window.side.solve_button.click()
    qtbot.waitUntil(lambda: not window.presenter.is_running)
    qtbot.waitUntil(lambda: settled(window))
    qtbot.wait(300)
    shoot(window, f"solved-{language}-{theme}")
