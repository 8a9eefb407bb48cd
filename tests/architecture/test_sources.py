"""The shape of the source: sizes, names, and that every word for people is translated."""

from __future__ import annotations

import ast
import string
from collections.abc import Iterator
from pathlib import Path

import polib
import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
SOURCES = sorted((ROOT / "tutor").rglob("*.py"))
LONGEST_MODULE = 400
LONGEST_FUNCTION = 45
VAGUE = {"utils", "util", "helpers", "helper", "manager", "misc", "common", "base"}
EVALUATORS = {"sympify", "parse_expr", "lambdify", "parse_latex"}
BUILTIN_EVALUATORS = {"eval", "exec", "compile"}


def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


def test_modules_are_short() -> None:
    long = {str(p.relative_to(ROOT)): len(p.read_text("utf-8").splitlines()) for p in SOURCES}
    assert {name: size for name, size in long.items() if size > LONGEST_MODULE} == {}


def test_functions_tell_one_story() -> None:
    long = {}
    for path in SOURCES:
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.FunctionDef):
                size = (node.end_lineno or node.lineno) - node.lineno + 1
                if size > LONGEST_FUNCTION:
                    long[f"{path.relative_to(ROOT)}:{node.name}"] = size
    assert long == {}


def test_modules_have_telling_names() -> None:
    assert [p for p in SOURCES if p.stem in VAGUE] == []


@pytest.mark.parametrize("path", SOURCES, ids=lambda p: str(p.relative_to(ROOT)))
def test_text_is_never_evaluated(path: Path) -> None:
    calls = [node.func for node in ast.walk(tree(path)) if isinstance(node, ast.Call)]
    names = {func.id for func in calls if isinstance(func, ast.Name)}
    methods = {func.attr for func in calls if isinstance(func, ast.Attribute)}
    assert names & (EVALUATORS | BUILTIN_EVALUATORS) == set()
    assert methods & EVALUATORS == set()


def messages() -> Iterator[str]:
    """Every literal that is marked for translation or translated on the spot."""
    for path in SOURCES:
        for node in ast.walk(tree(path)):
            if not isinstance(node, ast.Call) or not node.args:
                continue
            name = getattr(node.func, "id", getattr(node.func, "attr", ""))
            first = node.args[0]
            if name == "N_" and isinstance(first, ast.Constant) and isinstance(first.value, str):
                yield first.value


def test_every_message_has_its_chinese() -> None:
    catalogue = polib.pofile(str(ROOT / "assets" / "translations" / "zh.po"))
    translated = {entry.msgid for entry in catalogue if entry.msgstr}
    assert sorted(set(messages()) - translated) == []


def test_translations_keep_their_places() -> None:

    for entry in polib.pofile(str(ROOT / "assets" / "translations" / "zh.po")):
        places = {name for _, name, _, _ in string.Formatter().parse(entry.msgid) if name}
        kept = {name for _, name, _, _ in string.Formatter().parse(entry.msgstr) if name}
        assert kept == places, entry.msgid
