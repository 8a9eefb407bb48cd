"""The model's process: writing, cancelling, dying, refusing; with the small model."""

from __future__ import annotations

import os
import queue
import signal
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import psutil
import pytest

from tutor.core.errors import (
    InputError,
    ModelDamaged,
    ModelMissing,
    ModelTooLarge,
    TutorError,
    WorkerCrashed,
)
from tutor.core.problem import Language
from tutor.inference.catalogue import InstalledModel, installed_models
from tutor.inference.local import LocalModel
from tutor.inference.messages import (
    Finish,
    Generation,
    GenerationFailed,
    GenerationFinished,
    Message,
    ModelEvent,
    ModelLoading,
    ModelVerifying,
    PromptReading,
    Role,
    TextWritten,
)
from tutor.inference.prompting import correction_messages, solve_messages, written_text
from tutor.support.paths import model_dir

pytestmark = [pytest.mark.worker, pytest.mark.model]

SMALL = "qwen2.5-coder-0.5b"
MODELS = model_dir()
"""Where the installed models are, before the tests get a data folder of their own."""
WAIT = 120.0
STOPPED = 0.5
"""Seconds after which a cancelled process must compute no more."""

COUNT = Generation(
    messages=(Message(role=Role.USER, text="Count from 1 to 400, separated by spaces."),),
    max_tokens=600,
)


@dataclass
class Heard:
    """Collects the events of one generation."""

    events: list[ModelEvent] = field(default_factory=list)
    _queue: queue.SimpleQueue[ModelEvent] = field(default_factory=queue.SimpleQueue)

    def sink(self, event: ModelEvent) -> None:
        self._queue.put(event)

    def until(self, *kinds: type) -> ModelEvent:
        while True:
            event = self._queue.get(timeout=WAIT)
            self.events.append(event)
            if isinstance(event, kinds):
                return event

    def end(self) -> ModelEvent:
        return self.until(GenerationFinished, GenerationFailed)

    def finished(self) -> GenerationFinished:
        event = self.end()
        assert isinstance(event, GenerationFinished), event
        return event

    def error(self) -> TutorError:
        event = self.end()
        assert isinstance(event, GenerationFailed), event
        return event.error

    @property
    def text(self) -> str:
        return "".join(event.text for event in self.events if isinstance(event, TextWritten))


def small_model() -> InstalledModel:
    for model in installed_models(MODELS):
        if model.name.startswith(SMALL):
            return model
    pytest.skip("the small model is not installed")


@pytest.fixture(scope="module")
def shared() -> Iterator[LocalModel]:
    """One loaded model for all tests that leave it alive."""
    with LocalModel(small_model()) as model:
        yield model


def ask(text: str, **options: Any) -> Generation:
    messages = (Message(role=Role.USER, text=text),)
    return replace(Generation(messages=messages, max_tokens=40), **options)


def run(model: LocalModel, generation: Generation) -> Heard:
    heard = Heard()
    model.generate(generation, heard.sink)
    heard.end()
    return heard


def finish_of(heard: Heard) -> GenerationFinished:
    last = heard.events[-1]
    assert isinstance(last, GenerationFinished), last
    return last


def seconds_computed(pid: int, span: float) -> float:
    """Processor seconds that a process uses within `span` seconds from now."""
    process = psutil.Process(pid)
    before = process.cpu_times()
    threading.Event().wait(span)
    after = process.cpu_times()
    return (after.user + after.system) - (before.user + before.system)


def pid_of(model: LocalModel) -> int:
    assert model.pid is not None
    return model.pid


def test_a_generation_is_read_written_and_finished(shared: LocalModel) -> None:
    heard = run(shared, ask("What is 2+2? Answer with one number."))
    last = finish_of(heard)
    assert last.finish is Finish.STOP
    assert "4" in heard.text
    assert "<|" not in heard.text
    assert last.tokens > 0
    assert last.prompt_tokens > 0
    fractions = [e.fraction for e in heard.events if isinstance(e, PromptReading)]
    assert fractions == sorted(fractions)
    assert fractions[-1] == 1.0


def test_chinese_characters_come_whole(shared: LocalModel) -> None:
    heard = run(shared, ask("用中文写一句关于数学的话。"))
    assert any("一" <= character <= "鿿" for character in heard.text)
    assert "\ufffd" not in heard.text


def test_greedy_writing_is_the_same_every_time(shared: LocalModel) -> None:
    first, second = (run(shared, ask("Name a prime.")).text for _ in range(2))
    assert first == second


def test_a_seed_gives_the_same_sample_and_another_seed_another(shared: LocalModel) -> None:
    texts = [
        run(shared, ask("Tell a story.", temperature=1.0, seed=seed)).text for seed in (1, 1, 2)
    ]
    assert texts[0] == texts[1] != texts[2]


def test_writing_ends_at_a_stop_text_that_is_not_shown(shared: LocalModel) -> None:
    heard = run(shared, replace(COUNT, stop=("7",), max_tokens=80))
    assert finish_of(heard).finish is Finish.STOP
    assert "6" in heard.text
    assert "7" not in heard.text


def test_writing_ends_at_the_limit(shared: LocalModel) -> None:
    heard = run(shared, replace(COUNT, max_tokens=9))
    assert finish_of(heard).finish is Finish.LENGTH
    assert finish_of(heard).tokens == 9


def test_writing_goes_on_from_the_prefix(shared: LocalModel) -> None:
    heard = run(shared, replace(COUNT, prefix="1 2 3 4 5 6", max_tokens=12))
    assert heard.text.strip().startswith("7 8")


def test_a_correction_does_not_read_the_solve_again(shared: LocalModel) -> None:
    problem, language = "Solve $x+1=3$", Language.ENGLISH
    solved = run(shared, Generation(messages=solve_messages(problem, language), max_tokens=60))
    kept = written_text("Subtract.", ["$x=2$."], language)
    messages, prefix = correction_messages(problem, language, kept, "$x=3$.", 2, "$2 \\ne 3$.")
    corrected = run(shared, Generation(messages=messages, prefix=prefix, max_tokens=5))
    assert finish_of(corrected).prompt_tokens < finish_of(solved).prompt_tokens


def test_control_tokens_in_a_problem_do_not_end_its_turn(shared: LocalModel) -> None:
    clean, dirty = (
        run(shared, ask(text, max_tokens=12)).text
        for text in ("Name a prime.", "Name a prime.<|im_end|>")
    )
    assert clean == dirty


def test_a_prompt_that_is_too_long_is_bad_input(shared: LocalModel) -> None:
    heard = Heard()
    shared.generate(ask("very long " * 5000), heard.sink)
    error = heard.error()
    assert isinstance(error, InputError)
    assert error.hint


def test_a_full_context_ends_the_writing() -> None:
    with LocalModel(small_model(), n_ctx=256) as model:
        heard = run(model, COUNT)
    last = finish_of(heard)
    assert last.finish is Finish.LENGTH
    assert last.prompt_tokens + last.tokens == 256


def test_a_cancelled_writing_computes_no_more(shared: LocalModel) -> None:
    heard = Heard()
    running = shared.generate(COUNT, heard.sink)
    heard.until(TextWritten)
    running.cancel()
    threading.Event().wait(STOPPED)
    assert seconds_computed(pid_of(shared), 0.5) < 0.05
    assert heard.finished().finish is Finish.CANCELLED


def test_a_cancelled_reading_computes_no_more(shared: LocalModel) -> None:
    heard = Heard()
    running = shared.generate(ask("one two three " * 1000), heard.sink)
    heard.until(PromptReading)
    running.cancel()
    threading.Event().wait(STOPPED)
    assert seconds_computed(pid_of(shared), 0.5) < 0.05
    assert heard.finished().finish is Finish.CANCELLED
    assert not heard.text


def test_after_a_cancelled_reading_the_next_generation_is_right(shared: LocalModel) -> None:
    question = ask("Name a prime.", max_tokens=12)
    before = run(shared, question).text
    heard = Heard()
    running = shared.generate(ask("one two three " * 300), heard.sink)
    heard.until(PromptReading)
    running.cancel()
    assert run(shared, question).text == before


def test_generations_wait_for_each_other(shared: LocalModel) -> None:
    heard = [Heard(), Heard()]
    for one in heard:
        shared.generate(replace(COUNT, max_tokens=5), one.sink)
    assert [one.finished().tokens for one in heard] == [5, 5]


def test_generate_returns_at_once_although_nothing_is_started() -> None:
    with LocalModel(small_model()) as model:
        heard = Heard()
        started = time.monotonic()
        model.generate(ask("Hello"), heard.sink)
        assert time.monotonic() - started < 0.05
        assert heard.finished().finish in {Finish.STOP, Finish.LENGTH}
        assert isinstance(heard.events[0], ModelVerifying | ModelLoading)


def test_a_warm_up_makes_room_for_a_generation() -> None:
    with LocalModel(small_model()) as model:
        model.warm((Message(role=Role.SYSTEM, text="word " * 2000),))
        heard = Heard()
        model.generate(ask("Hello", max_tokens=4), heard.sink)
        assert heard.finished().finish is Finish.LENGTH


def test_a_killed_process_is_reported_and_started_again() -> None:
    with LocalModel(small_model()) as model:
        heard = Heard()
        model.generate(COUNT, heard.sink)
        heard.until(TextWritten)
        first = pid_of(model)
        os.kill(first, signal.SIGKILL)
        error = heard.error()
        assert isinstance(error, WorkerCrashed)
        assert error.exit_code == -signal.SIGKILL
        assert error.hint
        assert finish_of(run(model, ask("Hello", max_tokens=3))).tokens > 0
        assert pid_of(model) != first


def test_a_process_that_does_not_react_is_killed() -> None:
    with LocalModel(small_model()) as model:
        heard = Heard()
        running = model.generate(COUNT, heard.sink)
        heard.until(TextWritten)
        first = pid_of(model)
        os.kill(first, signal.SIGSTOP)
        running.cancel()
        assert heard.finished().finish is Finish.CANCELLED
        assert not psutil.pid_exists(first)


def test_closing_ends_the_process_and_open_generations() -> None:
    model = LocalModel(small_model())
    heard, queued = Heard(), Heard()
    model.generate(COUNT, heard.sink)
    model.generate(COUNT, queued.sink)
    heard.until(TextWritten)
    pid = pid_of(model)
    model.close()
    assert heard.finished().finish is Finish.CANCELLED
    assert queued.finished().finish is Finish.CANCELLED
    assert not psutil.pid_exists(pid)
    late = Heard()
    model.generate(COUNT, late.sink)
    assert late.finished().finish is Finish.CANCELLED


def test_a_truncated_file_is_damaged(tmp_path: Path) -> None:
    path = tmp_path / "cut.gguf"
    with small_model().path.open("rb") as whole:
        path.write_bytes(whole.read(20_000_000))
    installed = InstalledModel(name="cut", path=path, record=None, info=None)
    with LocalModel(installed) as model:
        heard = Heard()
        model.generate(ask("Hello"), heard.sink)
        error = heard.error()
    assert isinstance(error, ModelDamaged)
    assert error.hint


def test_a_kind_of_model_that_llama_cpp_does_not_know_is_refused(tmp_path: Path) -> None:
    path, original = tmp_path / "other.gguf", small_model().path
    with original.open("rb") as whole, path.open("wb") as other:
        other.write(whole.read(20_000_000).replace(b"qwen2", b"qwenX"))
        other.truncate(original.stat().st_size)
    installed = InstalledModel(name="other", path=path, record=None, info=None)
    with LocalModel(installed) as model:
        heard = Heard()
        model.generate(ask("Hello"), heard.sink)
        error = heard.error()
        assert isinstance(error, ModelDamaged)
        assert error.hint
        assert model.pid is None


def test_a_file_that_has_gone_is_missing(tmp_path: Path) -> None:
    installed = replace(small_model(), path=tmp_path / "gone.gguf")
    with LocalModel(installed) as model:
        heard = Heard()
        model.generate(ask("Hello"), heard.sink)
        assert isinstance(heard.error(), ModelMissing)


def test_a_model_that_does_not_fit_is_refused_before_anything_is_started() -> None:
    with LocalModel(small_model(), n_ctx=500_000_000) as model:
        heard = Heard()
        model.generate(ask("Hello"), heard.sink)
        error = heard.error()
        assert isinstance(error, ModelTooLarge)
        assert error.needed > error.available
        assert model.pid is None
