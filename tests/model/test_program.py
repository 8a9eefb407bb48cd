"""The program as people run it, with a real model: its events, its exit codes, Ctrl-C, and no network."""

from __future__ import annotations

import json
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import psutil
import pytest

from tutor.core.events import SolveEvent, SolveFinished, StepFinished
from tutor.core.fold import fold
from tutor.core.grammar import check_grammar
from tutor.support.codec import decode

ROOT = Path(__file__).resolve().parent.parent.parent
SMALL = "qwen2.5-coder-0.5b-instruct"
TUTOR = [sys.executable, "-m", "tutor"]

pytestmark = [pytest.mark.model, pytest.mark.worker, pytest.mark.timeout(240)]


def run(command: Sequence[str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command, cwd=ROOT, capture_output=True, text=True, timeout=200, check=False
    )


def events_of(output: str) -> list[SolveEvent]:
    return [decode(SolveEvent, json.loads(line)) for line in output.splitlines()]  # type: ignore[arg-type] # a union is not a type to mypy


def network_namespace() -> list[str]:
    """A command that runs another without any network, where this machine lets us."""
    for command in (["unshare", "-n"], ["unshare", "-rn"]):
        if shutil.which("unshare") and run([*command, "true"]).returncode == 0:
            return command
    pytest.skip("this machine does not let us make a network namespace")


def test_solve_needs_no_network(real_models: Path) -> None:
    assert real_models.is_dir()
    command = [*network_namespace(), *TUTOR, "solve", "--json", "--model", SMALL, "Solve $2x=8$."]
    done = run(command)
    events = events_of(done.stdout)
    check_grammar(events)
    assert isinstance(events[-1], SolveFinished)
    assert done.returncode == (0 if events[-1].badge else 4)
    assert done.stderr == ""


def test_same_seed_gives_the_same_solution(real_models: Path) -> None:
    assert real_models.is_dir()
    command = [*TUTOR, "solve", "--json", "--model", SMALL, "--seed", "7", "--max-tokens", "60"]
    first, second = (run([*command, "计算 $12\\times 13$。"]) for _ in range(2))
    texts = [[s.step.text for s in fold(events_of(d.stdout)).steps] for d in (first, second)]
    assert texts[0] == texts[1]
    assert texts[0]


def test_terminal_shows_steps_marks_and_cost(real_models: Path) -> None:
    assert real_models.is_dir()
    done = run([*TUTOR, "solve", "--model", SMALL, "Solve $x^2-5x+6=0$"])
    assert done.returncode in (0, 4)
    assert "Step 1" in done.stdout
    assert any(
        word in done.stdout for word in ("verified", "refuted", "undecided", "not checkable")
    )
    assert "tokens/s" in done.stdout


def test_interrupt_keeps_the_steps_and_ends_the_computing(real_models: Path) -> None:
    assert real_models.is_dir()
    command = [*TUTOR, "solve", "--json", "--model", SMALL, "Explain how to solve $x^2-5x+6=0$."]
    with subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as program:
        assert program.stdout is not None
        lines = []
        for line in program.stdout:
            lines.append(line)
            if '"StepFinished"' in line:
                break
        children = psutil.Process(program.pid).children(recursive=True)
        assert children
        program.send_signal(signal.SIGINT)
        started = time.monotonic()
        _, alive = psutil.wait_procs(children, timeout=5)
        waited = time.monotonic() - started
        lines += program.stdout.readlines()
        assert program.wait(timeout=5) == 130
        assert program.stderr is not None
        assert program.stderr.read() == ""
    assert not alive
    assert waited < 0.5
    events = events_of("".join(lines))
    check_grammar(events)
    assert any(isinstance(event, StepFinished) for event in events)
