"""Real child processes: greeting, answering, cancelling, crashing and being killed."""

import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from tutor.core.errors import ModelTooLarge, ProtocolError, WorkerCrashed, WorkerStartError
from tutor.workers.host import WorkerProcess
from tutor.workers.protocol import Kind, error_from

pytestmark = pytest.mark.worker
ROOT = Path(__file__).resolve().parent.parent.parent
ECHO = [sys.executable, str(Path(__file__).with_name("echo.py"))]


@pytest.fixture
def worker() -> Iterator[WorkerProcess]:
    started = WorkerProcess("echo", program=ECHO)
    started.start()
    started.greet()
    yield started
    started.kill()


def test_answer_comes_back_with_its_number(worker: WorkerProcess) -> None:
    first, second = worker.send("echo", "eins"), worker.send("echo", {"zwei": [2, None]})
    replies = [worker.receive(5), worker.receive(5)]
    assert [(r.id, r.kind, r.body) for r in replies] == [
        (first, Kind.DONE, "eins"),
        (second, Kind.DONE, {"zwei": [2, None]}),
    ]


def test_parts_come_before_the_end(worker: WorkerProcess) -> None:
    worker.send("count", 3)
    kinds = [worker.receive(5).kind for _ in range(4)]
    assert kinds == [Kind.PART, Kind.PART, Kind.PART, Kind.DONE]


def test_cancel_is_seen_while_an_operation_runs(worker: WorkerProcess) -> None:
    number = worker.send("wait")
    assert worker.receive(5).body == "waiting"
    worker.cancel(number)
    assert worker.receive(2).kind is Kind.DONE
    worker.send("echo", 1)
    assert worker.receive(2).body == 1


def test_printing_does_not_disturb_the_protocol(worker: WorkerProcess) -> None:
    worker.send("chatter")
    assert worker.receive(5).body == "quiet"


def test_expired_wait_is_a_timeout_and_kill_ends_the_child(worker: WorkerProcess) -> None:
    worker.send("hang")
    worker.receive(5)
    with pytest.raises(TimeoutError):
        worker.receive(0.05)
    started = time.monotonic()
    worker.kill()
    assert time.monotonic() - started < 0.5
    assert not worker.is_alive


def test_crash_is_told_with_exit_code_and_log(worker: WorkerProcess) -> None:
    worker.send("crash")
    with pytest.raises(WorkerCrashed) as caught:
        worker.receive(5)
    assert caught.value.exit_code == 3
    assert "about to crash" in caught.value.log_tail


def test_exception_that_nobody_catches_is_in_the_log(worker: WorkerProcess) -> None:
    worker.send("stumble")
    with pytest.raises(WorkerCrashed) as caught:
        worker.receive(5)
    assert caught.value.exit_code == 1
    assert "ValueError: nobody catches this" in caught.value.log_tail


def test_end_that_was_not_seen_is_not_told_as_success() -> None:
    with pytest.raises(WorkerCrashed, match="exit code unknown"):
        WorkerProcess("echo", program=ECHO).send("echo")


def test_kill_from_outside_is_told_as_its_signal(worker: WorkerProcess) -> None:
    assert worker.pid is not None
    psutil.Process(worker.pid).kill()
    with pytest.raises(WorkerCrashed) as caught:
        worker.receive(5)
    assert caught.value.exit_code == -signal.SIGKILL
    with pytest.raises(WorkerCrashed):
        worker.send("echo")


def test_errors_keep_their_kind_and_numbers(worker: WorkerProcess) -> None:
    worker.send("fail")
    reply = worker.receive(5)
    error = error_from(reply.body)
    assert isinstance(error, ModelTooLarge)
    assert (error.needed, error.available, error.hint) == (2, 1, "take a smaller one")


def test_unknown_operation_is_an_error_not_a_crash(worker: WorkerProcess) -> None:
    worker.send("dance")
    reply = worker.receive(5)
    assert reply.kind is Kind.ERROR
    assert isinstance(error_from(reply.body), ProtocolError)
    assert worker.is_alive


def test_child_that_does_not_come_up_is_a_start_error() -> None:
    worker = WorkerProcess("broken", program=ECHO)
    worker.start()
    with pytest.raises(WorkerStartError, match="did not come up") as caught:
        worker.greet()
    assert "cannot import what it needs" in caught.value.log_tail
    assert "packaging/run" in caught.value.hint
    assert "\n" not in str(caught.value)


def test_silent_child_is_given_up() -> None:
    worker = WorkerProcess("mute", program=ECHO)
    worker.start()
    with pytest.raises(WorkerStartError):
        worker.greet(0.2)
    assert not worker.is_alive


def test_program_that_is_not_there_is_a_start_error(tmp_path: Path) -> None:
    with pytest.raises(WorkerStartError, match="could not be started"):
        WorkerProcess("none", program=[str(tmp_path / "none")]).start()


def test_child_ends_when_its_parent_closes_the_pipe(worker: WorkerProcess) -> None:
    assert worker.pid is not None
    process = psutil.Process(worker.pid)
    assert worker._process.stdin is not None
    worker._process.stdin.close()
    process.wait(timeout=5)


@pytest.mark.parametrize("data", [b'{"id":1,"op":"ec', b"what is this\n", b""])
def test_child_ends_when_what_it_reads_breaks_off(data: bytes) -> None:
    done = subprocess.run(
        [*ECHO, "--worker", "echo"], input=data, capture_output=True, timeout=10, check=False
    )
    assert done.returncode == 0
    assert b"Traceback" not in done.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such limits")
def test_limits_stay_below_what_is_allowed() -> None:
    program = (
        "import resource as r; from tutor.workers.child import limit_cpu, limit_memory\n"
        "r.setrlimit(r.RLIMIT_CPU, (30, 30)); limit_cpu(60); limit_memory(8 << 30)\n"
        "print(*r.getrlimit(r.RLIMIT_CPU))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, cwd=ROOT, check=True
    )
    assert done.stdout.split() == ["30", "30"]


def test_system_ends_a_child_that_computes_beyond_its_limit() -> None:
    worker = WorkerProcess("limited", program=ECHO)
    worker.start()
    worker.greet()
    worker.send("burn")
    assert worker.receive(5).body == "burning"
    with pytest.raises(WorkerCrashed):
        worker.receive(20)
    worker.kill()


def test_niceness_is_lower_than_ours() -> None:
    worker = WorkerProcess("echo", program=ECHO, nice=7)
    worker.start()
    worker.greet()
    assert worker.pid is not None
    assert psutil.Process(worker.pid).nice() == min(19, psutil.Process().nice() + 7)
    worker.kill()
