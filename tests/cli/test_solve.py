"""`tutor solve` as a child process: bad input, refusals and exit codes."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tutor.cli.solve import _print_pretty
from tutor.core.events import FailureKind, SolveCancelled, SolveFailed
from tutor.core.solution import Usage

FIGURE = "如图，在三角形ABC中，求 $x$。"
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


def test_unknown_model_is_bad_input() -> None:
    done = tutor("solve", "Solve $x=1$", "--model", "nobody-knows-this")
    assert done.returncode == 2
    assert is_one_line(done.stderr), done.stderr


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no disk that is always full")
@pytest.mark.parametrize(
    "arguments",
    [["model", "list"], ["--help"], ["solve", FIGURE], ["solve", FIGURE, "--json"]],
)
def test_output_that_cannot_be_written_is_one_line(arguments: list[str]) -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "tutor", *arguments],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            cwd=ROOT,
            timeout=60,
            check=False,
        )
    assert done.returncode == 1
    assert done.stderr == "tutor: the output cannot be written: no space left on device\n"


def test_failure_is_one_line_and_not_among_the_output(capsys: pytest.CaptureFixture[str]) -> None:
    failed = SolveFailed(kind=FailureKind.WORKER, message="it ended", hint="Look\nhere.")
    assert _print_pretty([failed]) == failed
    shown = capsys.readouterr()
    assert shown.err == "tutor: it ended. Look here.\n"
    assert "it ended" not in shown.out


@pytest.mark.parametrize(("pace", "text"), [(0.0, "7 tokens, 1.5 s"), (4.0, "4.0 tokens/s")])
def test_pace_is_told_where_there_is_one(
    capsys: pytest.CaptureFixture[str], pace: float, text: str
) -> None:
    usage = Usage(tokens=7, seconds=1.5, tokens_per_second=pace)
    _print_pretty([SolveCancelled(usage=usage)])
    out = capsys.readouterr().out
    assert text in out
    assert " 0.0 tokens/s" not in out


def test_damaged_model_is_exit_code_5(own_home: Path) -> None:
    folder = own_home / "models"
    folder.mkdir()
    (folder / "qwen2.5-coder-1.5b-instruct-q4_k_m.gguf").write_bytes(b"GGUF" + bytes(1000))
    done = tutor("solve", "Solve $x=1$")
    assert done.returncode == 5
    assert is_one_line(done.stderr), done.stderr


def test_problem_with_a_missing_figure_is_exit_code_3_without_a_model() -> None:
    done = tutor("solve", FIGURE)
    assert done.returncode == 3
    assert "如图" in done.stdout


def test_help_names_every_option() -> None:
    done = tutor("solve", "--help")
    assert done.returncode == 0
    for option in ("--json", "--model", "--seed", "--max-tokens", "--lang", "--anyway", "--file"):
        assert option in done.stdout
