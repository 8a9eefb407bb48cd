"""Ctrl-C while the command line is being imported."""

import json
import signal

import pytest

from tutor.cli.interrupts import HeldInterrupts
from tutor.cli.program import run_program


@pytest.mark.parametrize("arguments", [["solve", "--json", "1+1"], ["solve", "1+1", "--json"]])
def test_early_interrupt_of_a_solve_is_one_event(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    held = HeldInterrupts()
    signal.raise_signal(signal.SIGINT)
    assert run_program(arguments, held) == 130
    (line,) = capsys.readouterr().out.splitlines()
    assert json.loads(line)["type"] == "SolveCancelled"


@pytest.mark.parametrize("arguments", [["solve", "1+1"], ["model", "list"]])
def test_early_interrupt_is_an_exit_code(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    held = HeldInterrupts()
    signal.raise_signal(signal.SIGINT)
    assert run_program(arguments, held) == 130
    assert capsys.readouterr() == ("", "")


def test_interrupts_pass_again_once_they_are_released() -> None:
    usual = signal.getsignal(signal.SIGINT)
    held = HeldInterrupts()
    assert signal.getsignal(signal.SIGINT) != usual
    held.release()
    assert signal.getsignal(signal.SIGINT) == usual
    held.end()
    assert signal.getsignal(signal.SIGINT) == usual
