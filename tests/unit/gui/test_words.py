from __future__ import annotations

import ast
import re
from pathlib import Path

import polib
import pytest

import tutor.gui
from tutor.core.errors import InputError
from tutor.core.problem import Language
from tutor.gui.commands import COMMANDS
from tutor.gui.presenters.examples import EXAMPLES
from tutor.intake.reading import read_problem
from tutor.support.i18n import Translator
from tutor.support.resources import asset

CATALOGUE = {e.msgid: e.msgstr for e in polib.pofile(str(asset("translations", "zh.po")))}


def marked_messages() -> set[str]:
    """Every message that the window's source marks with `N_`."""
    found = set()
    for path in Path(next(iter(tutor.gui.__path__))).rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "N_":
                found.add(ast.literal_eval(node.args[0]))
    return found


def test_everything_the_window_says_is_said_in_chinese() -> None:
    assert marked_messages() - {message for message, text in CATALOGUE.items() if text} == set()


def test_translations_have_the_places_of_their_messages() -> None:
    def places(text: str) -> set[str]:
        return set(re.findall(r"\{(\w+)\}", text))

    assert [m for m, text in CATALOGUE.items() if places(m) != places(text)] == []


def test_every_example_is_a_problem_in_its_own_language() -> None:
    for language, examples in EXAMPLES.items():
        assert len(examples) == 6
        assert all(read_problem(example.text).language is language for example in examples)


def test_no_two_commands_share_a_name_or_a_key() -> None:
    names = [command.name for command in COMMANDS]
    keys = [key for command in COMMANDS for key in command.keys]
    assert len(names) == len(set(names))
    assert len(keys) == len(set(keys))


def test_error_with_numbers_is_told_in_chinese() -> None:
    with pytest.raises(InputError) as caught:
        read_problem("x" * 9_000)
    assert Translator(Language.CHINESE).error(caught.value).startswith("题目有 9,000 个字符")
