"""What the front ends load: nothing heavy before it is needed, and never what belongs to a worker."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
HEAVY = ("PySide6", "sympy", "numpy", "matplotlib", "llama_cpp", "huggingface_hub", "rich")

REPORT = """
import runpy, sys
sys.argv = ["tutor", *{arguments!r}]
try:
    runpy.run_module("tutor", run_name="__main__")
except SystemExit:
    pass
print("LOADED", *sorted(name for name in {heavy!r} if name in sys.modules), file=sys.stderr)
"""


def loaded(*arguments: str) -> set[str]:
    code = REPORT.format(arguments=list(arguments), heavy=HEAVY)
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    return set(done.stderr.rpartition("LOADED")[2].split())


@pytest.mark.parametrize(
    "arguments",
    [["--help"], ["--version"], ["solve", "--help"], ["model", "--help"], ["model", "list"]],
)
def test_start_path_imports_nothing_heavy(arguments: list[str]) -> None:
    assert loaded(*arguments) - ({"rich"} if arguments == ["model", "list"] else set()) == set()


@pytest.mark.parametrize("module", ["tutor.cli.main", "tutor.app", "tutor.cli.terminal"])
def test_program_without_its_window_loads_without_qt_sympy_and_llama(module: str) -> None:
    blocked = {"PySide6": None, "sympy": None, "llama_cpp": None}
    code = f"import sys; sys.modules.update({blocked!r}); import {module}"
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True, timeout=60)


def test_window_loads_without_sympy_and_llama() -> None:
    code = "import sys; sys.modules.update(sympy=None, llama_cpp=None); import tutor.gui.main"
    env = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True, timeout=60, env=env)
