"""`tutor solve` as a child process: bad input, refusals and exit codes."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent


def tutor(*arguments: str, data: bytes = b"", **env: str) -> subprocess.CompletedProcess[str]:
    done = subprocess.run(
        [sys.executable, "-m", "tutor", *arguments],
        input=data,
        capture_output=True,
        cwd=ROOT,
        env={**os.environ, **env},
        timeout=60,
        check=False,
    )
    return subprocess.CompletedProcess(
        done.args, done.returncode, done.stdout.decode(), done.stderr.decode()
    )


def is_one_line(text: str) -> bool:
    return text.startswith("tutor: ") and text.count("\n") == 1 and "Traceback" not in text


@pytest.mark.parametrize(
    ("arguments", "data"),
    [
        (["solve", ""], b""),
        (["solve", "-"], b""),
        (["solve", "-"], b"x" * 1_000_000),
        (["solve", "-"], b"x" * 3_000_000),
        (["solve", "-"], bytes(range(256)) * 10),
        (["solve", "-"], b"a\x00b"),
        (["solve", r"Solve \[x=1"], b""),
        (["solve", r"Solve $\frac{1}{2$"], b""),
        (["solve", "--file", "not/there.txt"], b""),
        (["solve", "--file", "."], b""),
    ],
)
def test_bad_input_is_one_line_and_exit_code_2(arguments: list[str], data: bytes) -> None:
    done = tutor(*arguments, data=data)
    assert done.returncode == 2
    assert is_one_line(done.stderr), done.stderr
    assert done.stdout == ""


def test_binary_file_is_bad_input(tmp_path: Path) -> None:
    file = tmp_path / "picture.png"
    file.write_bytes(b"\x89PNG\r\n\x1a\n" + os.urandom(200))
    done = tutor("solve", "--file", str(file))
    assert done.returncode == 2
    assert is_one_line(done.stderr), done.stderr


@pytest.mark.parametrize(
    "option", [["--max-tokens", "0"], ["--seed", "a"], ["--lang", "fr"], ["--what"]]
)
def test_unusable_option_is_exit_code_2(option: list[str]) -> None:
    done = tutor("solve", "1+1", *option)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr


def test_missing_model_is_exit_code_5_and_says_how_to_get_it() -> None:
    done = tutor("solve", "Solve $x=1$")
    assert done.returncode == 5
    assert is_one_line(done.stderr), done.stderr
    assert "model install" in done.stderr


def test_damaged_model_is_exit_code_5(own_home: Path) -> None:
    folder = own_home / "models"
    folder.mkdir()
    (folder / "qwen2.5-coder-1.5b-instruct-q4_k_m.gguf").write_bytes(b"GGUF" + bytes(1000))
    done = tutor("solve", "Solve $x=1$")
    assert done.returncode == 5
    assert is_one_line(done.stderr), done.stderr


def test_problem_with_a_missing_figure_is_exit_code_3_without_a_model() -> None:
    done = tutor("solve", "如图，在三角形ABC中，求 $x$。")
    assert done.returncode == 3
    assert "如图" in done.stdout


def test_help_names_every_option() -> None:
    done = tutor("solve", "--help")
    assert done.returncode == 0
    for option in ("--json", "--model", "--seed", "--max-tokens", "--lang", "--anyway", "--file"):
        assert option in done.stdout
