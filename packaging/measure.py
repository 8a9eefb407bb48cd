"""Measures what the program promises, on this machine: python packaging/measure.py [--rounds N].

Prints the pace through the program against llama-cpp-python called directly (same file, threads, prompt and
number of tokens, taken in turns), the times of cold and warm starts, the memory of each process, and how fluid
the window stays (on the offscreen platform where there is no display).
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from queue import SimpleQueue

import psutil

from tutor.app import open_tutor
from tutor.core.events import Progress, SolveFinished, Stage
from tutor.core.problem import Language, Problem
from tutor.inference.catalogue import InstalledModel, resolve
from tutor.inference.local import CONTEXT, LocalModel
from tutor.inference.messages import (
    Generation,
    GenerationFailed,
    GenerationFinished,
    ModelEvent,
)
from tutor.inference.prompting import solve_messages

ROOT = Path(__file__).resolve().parent.parent
TOKENS = 200
PROBLEM = (
    "Explain step by step how to find all solutions of $x^4-13x^2+36=0$, and check each of them."
)

DIRECT = """
import json, sys, time
import llama_cpp
request = json.loads(sys.argv[1])
llama = llama_cpp.Llama(
    model_path=request["path"], n_ctx=request["n_ctx"], n_threads=request["threads"],
    n_threads_batch=request["threads"], seed=0, verbose=False,
)
times = []
stream = llama.create_chat_completion(
    messages=request["messages"], max_tokens=request["tokens"], temperature=0.0, stream=True
)
for part in stream:
    if part["choices"][0]["delta"].get("content"):
        times.append(time.perf_counter())
print((len(times) - 1) / (times[-1] - times[0]))
"""


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument(
        "--install", metavar="NAME", help="measure only the disk that installing this model takes"
    )
    arguments = parser.parse_args()
    if arguments.install:
        installation(arguments.install)
        return
    installed = resolve()
    pace(installed, arguments.rounds)
    starts()
    memory()
    window()


def pace(installed: InstalledModel, rounds: int) -> None:
    """Tokens a second, through the program and directly, in turns."""
    ours, direct = [], []
    for _ in range(rounds):
        ours.append(through_the_program(installed))
        direct.append(directly(installed))
    ratio = statistics.median(a / b for a, b in zip(ours, direct, strict=True))
    say("tokens/s through the program", ours)
    say("tokens/s called directly", direct)
    print(f"ratio of the two, median of {rounds} rounds: {ratio:.3f}")


def through_the_program(installed: InstalledModel) -> float:
    """Tokens a second of one generation in the worker."""
    events: SimpleQueue[ModelEvent] = SimpleQueue()
    messages = solve_messages(PROBLEM, Language.ENGLISH)
    with LocalModel(installed) as model:
        model.generate(Generation(messages=messages, max_tokens=TOKENS), events.put)
        while True:
            event = events.get()
            if isinstance(event, GenerationFailed):
                raise event.error
            if isinstance(event, GenerationFinished):
                return event.tokens / event.writing_seconds


def directly(installed: InstalledModel) -> float:
    """Tokens a second of the same in a process that only calls llama-cpp-python."""
    messages = solve_messages(PROBLEM, Language.ENGLISH)
    request = {
        "path": str(installed.path),
        "n_ctx": CONTEXT,
        "threads": psutil.cpu_count(logical=False) or 1,
        "tokens": TOKENS,
        "messages": [{"role": m.role.value, "content": m.text} for m in messages],
    }
    done = subprocess.run(
        [sys.executable, "-c", DIRECT, json.dumps(request)],
        check=True,
        capture_output=True,
        text=True,
    )
    return float(done.stdout)


def starts() -> None:
    """Seconds to the first output of the command line, cold (files out of the cache) and warm."""
    for label in ("cold", "warm", "warm"):
        if label == "cold" and not drop_caches():
            continue
        print(f"{label} start: first output after {first_output():.2f} s")


def drop_caches() -> bool:
    """Have the system forget the files it holds in memory; only root can."""
    os.sync()
    try:
        Path("/proc/sys/vm/drop_caches").write_text("3\n", encoding="ascii")
    except OSError:
        return False
    return True


def first_output() -> float:
    """Seconds until `packaging/run solve` prints its first line."""
    started = time.perf_counter()
    command = ["bash", str(ROOT / "packaging" / "run"), "solve", "--max-tokens", "8", "Solve $x=1$"]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        process.stdout.readline()
        seconds = time.perf_counter() - started
        process.stdout.read()
    return seconds


def memory() -> None:
    """Memory of each process during a solve, and the pace and the first token of that solve."""
    with open_tutor() as tutor:
        started = time.perf_counter()
        first = None
        for event in tutor.solve(Problem(text="Solve $x^2-5x+6=0$")):
            writing = isinstance(event, Progress) and event.stage is Stage.WRITING
            if writing and first is None:
                first = time.perf_counter() - started
            if isinstance(event, SolveFinished):
                usage = event.usage
                print(
                    f"a solve, opened cold: first words after {first:.2f} s, {usage.seconds:.1f} s in all,"
                )
                print(
                    f"  {usage.tokens} tokens at {usage.tokens_per_second:.1f} tokens/s beside the checks"
                )
        for process in (psutil.Process(), *psutil.Process().children()):
            info = process.memory_full_info()
            name = process.cmdline()[-1] if process.pid != os.getpid() else "front end"
            print(
                f"memory of {name}: {info.rss / 1e6:.0f} MB resident, {info.uss / 1e6:.0f} MB its own"
            )


def installation(name: str) -> None:
    """The most disk an installation takes beyond the model itself, in a folder of its own."""
    with tempfile.TemporaryDirectory() as folder:
        places = {"MOONSTEP_HOME": "home", "TMPDIR": "tmp", "PIP_CACHE_DIR": "cache"}
        environment = os.environ | {key: str(Path(folder, sub)) for key, sub in places.items()}
        for sub in places.values():
            Path(folder, sub).mkdir()
        command = [sys.executable, "-m", "tutor", "model", "install", name]
        started, most = time.perf_counter(), 0
        with subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL) as process:
            while process.poll() is None:
                most = max(most, disk_used(Path(folder)))
                time.sleep(0.05)
        seconds, end = time.perf_counter() - started, disk_used(Path(folder))
    extra = (most - end) / 1e6
    print(f"{name}: {seconds:.0f} s, {end / 1e6:.0f} MB; at most {extra:.0f} MB more on the way")


def disk_used(folder: Path) -> int:
    """Bytes of all files below a folder; files come and go meanwhile."""
    used = 0
    for path in folder.rglob("*"):
        with contextlib.suppress(FileNotFoundError):
            used += path.lstat().st_blocks * 512
    return used


def window() -> None:
    """The window's start and its longest pauses, in a process of its own."""
    environment = dict(os.environ)
    if not {"DISPLAY", "WAYLAND_DISPLAY"} & environment.keys():
        environment.setdefault("QT_QPA_PLATFORM", "offscreen")
    script = Path(__file__).with_name("measure_window.py")
    sys.stdout.flush()
    subprocess.run([sys.executable, str(script)], check=True, env=environment)


def say(label: str, values: list[float]) -> None:
    """Print a row of figures."""
    print(f"{label}: {', '.join(f'{value:.2f}' for value in values)}")


if __name__ == "__main__":
    main()
