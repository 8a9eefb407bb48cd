"""The scripted model keeps the promises of every model."""

from __future__ import annotations

import queue
from collections.abc import Iterator

import pytest

from tutor.core.errors import ModelOutputError
from tutor.inference.messages import (
    Finish,
    Generation,
    GenerationFailed,
    GenerationFinished,
    Model,
    ModelEvent,
    PromptReading,
    TextWritten,
)
from tutor.inference.scripted import Script, ScriptedModel

ASK = Generation(messages=())
WAIT = 10.0


@pytest.fixture
def events() -> queue.SimpleQueue[ModelEvent]:
    return queue.SimpleQueue()


def take(events: queue.SimpleQueue[ModelEvent]) -> Iterator[ModelEvent]:
    while True:
        event = events.get(timeout=WAIT)
        yield event
        if isinstance(event, GenerationFinished | GenerationFailed):
            return


def play(model: Model, events: queue.SimpleQueue[ModelEvent]) -> list[ModelEvent]:
    model.generate(ASK, events.put)
    return list(take(events))


def text(found: list[ModelEvent]) -> str:
    return "".join(event.text for event in found if isinstance(event, TextWritten))


def test_texts_are_played_in_order(events: queue.SimpleQueue[ModelEvent]) -> None:
    model = ScriptedModel(["first text", Script(text="second", chunk=1)])
    first, second = play(model, events), play(model, events)
    model.close()
    assert first[0] == PromptReading(fraction=1.0)
    assert (text(first), text(second)) == ("first text", "second")
    assert isinstance(first[-1], GenerationFinished)
    assert first[-1].finish is Finish.STOP
    assert model.generations == [ASK, ASK]


def test_an_error_comes_after_the_text(events: queue.SimpleQueue[ModelEvent]) -> None:
    error = ModelOutputError("no")
    model = ScriptedModel([Script(text="half", error=error)])
    found = play(model, events)
    model.close()
    assert text(found) == "half"
    assert found[-1] == GenerationFailed(error)


def test_a_script_that_has_ended_fails(events: queue.SimpleQueue[ModelEvent]) -> None:
    model = ScriptedModel()
    found = play(model, events)
    model.close()
    assert isinstance(found[-1], GenerationFailed)


def test_a_cancelled_text_ends_early(events: queue.SimpleQueue[ModelEvent]) -> None:
    model = ScriptedModel([Script(text="a" * 1000, chunk=1, delay=0.05)])
    running = model.generate(ASK, events.put)
    while not isinstance(events.get(timeout=WAIT), TextWritten):
        pass
    running.cancel()
    found = list(take(events))
    model.close()
    assert isinstance(found[-1], GenerationFinished)
    assert found[-1].finish is Finish.CANCELLED
    assert len(text(found)) < 900


def test_closing_ends_what_is_playing(events: queue.SimpleQueue[ModelEvent]) -> None:
    model = ScriptedModel([Script(text="a" * 1000, chunk=1, delay=60.0)])
    model.generate(ASK, events.put)
    model.close()
    *_, last = take(events)
    assert isinstance(last, GenerationFinished)
    assert last.finish is Finish.CANCELLED
