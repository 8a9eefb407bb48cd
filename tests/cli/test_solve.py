"""`tutor solve` as a child process: bad input, refusals and exit codes."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tutor.cli.complaints import complain
from tutor.cli.terminal import show
from tutor.core.check import Check, Claim, ClaimKind, Verdict, Why
from tutor.core.errors import TutorError
from tutor.core.events import (
    CheckFinished,
    FailureKind,
    SolveCancelled,
    SolveEvent,
    SolveFailed,
    StepFinished,
)
from tutor.core.grammar import check_grammar
from tutor.core.problem import Language, Latex
from tutor.core.solution import Step, Usage
from tutor.support.codec import decode
from tutor.support.i18n import Translator

FIGURE = "如图，在三角形ABC中，求 $x$。"
ENGLISH = Translator(Language.ENGLISH)
CHINESE = "zh_CN.UTF-8"
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


UNREADABLE = [
    (["solve", ""], b""),
    (["solve", "hello"], b""),
    (["solve", "-"], b""),
    (["solve", "-"], b"x" * 1_000_000),
    (["solve", "-"], b"x" * 3_000_000),
    (["solve", "-"], bytes(range(256)) * 10),
    (["solve", "-"], b"a\x00b"),
    (["solve", r"Solve \[x=1"], b""),
    (["solve", r"Solve $\frac{1}{2$"], b""),
    (["solve", "--file", "not/there.txt"], b""),
    (["solve", "--file", "."], b""),
]


@pytest.mark.parametrize(("arguments", "data"), UNREADABLE)
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
    ("arguments", "english", "chinese"),
    [
        ("nosuch", "there is no command 'nosuch'", "没有命令 'nosuch'"),
        ("model nosuch", "there is no command 'nosuch'", "没有命令 'nosuch'"),
        ("model", "ACTION is missing", "缺少 ACTION"),
        ("model remove", "name is missing", "缺少 name"),
        ("solve", "neither problem nor --file is given", "缺少 problem 或 --file"),
        ("solve 1 --file x", "--file and problem cannot be", "--file 与 problem 不能同时使用"),
        ("solve 1 --max-tokens 0", "--max-tokens has to be a positive", "--max-tokens 应为正整数"),
        ("solve 1 --max-tokens -3", "number, not '-3'", "而不是 '-3'"),
        ("solve 1 --max-tokens a", "number, not 'a'", "而不是 'a'"),
        ("solve 1 --seed 1.5", "--seed has to be a whole number", "--seed 应为整数"),
        ("solve 1 --seed", "--seed needs a value", "--seed 后面要给出一个值"),
        ("solve 1 --lang fr", "--lang cannot be 'fr'; it can be: ", "--lang 不能是 'fr'"),
        ("solve 1 --json=x", "--json takes no value", "--json 不带值"),
        ("solve 1 --what", "--what is not understood", "无法识别 --what"),
        ("solve 1 --max 3", "--max 3 is not understood", "无法识别 --max 3"),
    ],
)
def test_unusable_command_is_one_line_in_the_learners_language(
    arguments: str, english: str, chinese: str
) -> None:
    for language, words in (("C.UTF-8", english), (CHINESE, chinese)):
        done = tutor(*arguments.split(), LANG=language)
        assert done.returncode == 2
        assert is_one_line(done.stderr), done.stderr
        assert words in done.stderr
        assert "--help" in done.stderr


@pytest.mark.parametrize(
    ("arguments", "program"),
    [
        ("nosuch", "tutor"),
        ("--what solve 1", "tutor"),
        ("solve a b", "tutor solve"),
        ("model install --json", "tutor model install"),
        ("model nosuch", "tutor model"),
    ],
)
def test_unusable_command_points_to_its_own_help(arguments: str, program: str) -> None:
    assert tutor(*arguments.split()).stderr.endswith(f"See: {program} --help\n")


@pytest.mark.parametrize("arguments", [["model", "add", ""], ["solve", "--file", ""]])
def test_empty_file_name_is_called_empty(arguments: list[str]) -> None:
    done = tutor(*arguments)
    assert done.returncode == 2
    assert is_one_line(done.stderr), done.stderr
    assert "is empty" in done.stderr


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["solve", ""], "题目是空的。请输入题目"),
        (["solve", "--file", "not/there.txt"], "文件 not/there.txt 不存在。请给出"),
        (["solve", "--file", "."], ". 是文件夹，不是文件。"),
        (["solve", "1+1", "--model", "nosuch"], "没有名为 nosuch 的模型。请看："),
        (["solve", "1+1"], "没有安装。请运行：tutor model install"),
    ],
)
def test_complaints_are_in_the_learners_language(arguments: list[str], words: str) -> None:
    done = tutor(*arguments, LANG=CHINESE)
    assert is_one_line(done.stderr), done.stderr
    assert words in done.stderr


@pytest.mark.parametrize(
    ("arguments", "data", "code"),
    [
        *((arguments, data, 2) for arguments, data in UNREADABLE),
        (["solve", "1+1"], b"", 5),
        (["solve", "1+1", "--model", "nosuch"], b"", 2),
        (["solve", FIGURE], b"", 3),
    ],
)
def test_events_as_json_have_exactly_one_ending(
    arguments: list[str], data: bytes, code: int
) -> None:
    done = tutor(*arguments, "--json", data=data)
    kind: type[SolveEvent] = SolveEvent  # type: ignore[assignment] # a union is not a type to mypy
    check_grammar([decode(kind, json.loads(line)) for line in done.stdout.splitlines()])
    assert done.returncode == code
    assert is_one_line(done.stderr) or code == 3


def test_refusal_as_json_says_why() -> None:
    last = json.loads(tutor("solve", FIGURE, "--json").stdout.splitlines()[-1])
    assert last["reason"] == "needs_figure"


def test_failure_as_json_is_told_with_its_places_filled() -> None:
    done = tutor("solve", "1+1", "--model", "nosuch", "--json", LANG=CHINESE)
    last = json.loads(done.stdout.splitlines()[-1])
    assert last["message"] == "There is no model called {name}"
    assert last["told"].startswith("There is no model called nosuch. See: tutor model list")


def test_undecided_check_without_evidence_says_why(capsys: pytest.CaptureFixture[str]) -> None:
    claim = Claim(kind=ClaimKind.VALUE, latex=Latex("x = 1"), sides=(Latex("x"), Latex("1")))
    events: list[SolveEvent] = [
        StepFinished(step=Step(index=1, text="a"), claims=1),
        CheckFinished(
            step=1, check=Check(claim=claim, verdict=Verdict.UNDECIDED, why=Why.UNSUPPORTED)
        ),
        SolveCancelled(usage=Usage()),
    ]
    show(events, ENGLISH)
    assert "cannot be decided yet" in capsys.readouterr().out


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


def test_failure_is_one_line_however_it_was_written(capsys: pytest.CaptureFixture[str]) -> None:
    complain(TutorError("it ended", hint="Look\nhere."), ENGLISH)
    assert capsys.readouterr().err == "tutor: it ended. Look here.\n"


def test_failure_is_not_among_the_output(capsys: pytest.CaptureFixture[str]) -> None:
    failed = SolveFailed(kind=FailureKind.WORKER, message="it ended")
    assert show([failed], ENGLISH) == failed
    assert "it ended" not in capsys.readouterr().out


@pytest.mark.parametrize(("pace", "text"), [(0.0, "7 tokens, 1.5 s"), (4.0, "4.0 tokens/s")])
def test_pace_is_told_where_there_is_one(
    capsys: pytest.CaptureFixture[str], pace: float, text: str
) -> None:
    usage = Usage(tokens=7, seconds=1.5, tokens_per_second=pace)
    show([SolveCancelled(usage=usage)], ENGLISH)
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
    assert "Unsupported: the problem needs a figure" in done.stdout


def test_help_names_every_option() -> None:
    done = tutor("solve", "--help")
    assert done.returncode == 0
    for option in ("--json", "--model", "--seed", "--max-tokens", "--lang", "--anyway", "--file"):
        assert option in done.stdout


@pytest.mark.parametrize("arguments", [["--help"], ["solve", "--help"], ["model", "-h"]])
def test_help_is_in_the_learners_language(arguments: list[str]) -> None:
    done = tutor(*arguments, LANG=CHINESE)
    assert done.returncode == 0
    assert done.stdout.startswith("用法：tutor")
    for english in ("usage", "options", "arguments:", "show", "commands"):
        assert english not in done.stdout
