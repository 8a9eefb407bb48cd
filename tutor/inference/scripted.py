"""A model that plays texts it was given, for tests and demonstrations of everything above it."""

from __future__ import annotations

import queue
import threading
from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass

from tutor.core.errors import ModelOutputError, TutorError
from tutor.inference.messages import (
    Finish,
    Generation,
    GenerationFailed,
    GenerationFinished,
    ModelSink,
    PromptReading,
    TextWritten,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Script:
    """What one generation plays.

    Attributes:
        text: What is written; a failure comes after it.
        chunk: Characters an event.
        delay: Seconds between events.
        finish: Why it ends.
        error: What goes wrong at the end, if anything does.
    """

    text: str = ""
    chunk: int = 4
    delay: float = 0.0
    finish: Finish = Finish.STOP
    error: TutorError | None = None


class ScriptedModel:
    """Plays one script a generation, in order, on a thread of its own.

    Attributes:
        name: Its name.
        thinks: Whether it says that it thinks before it writes.
        generations: What it was asked, in order.
    """

    def __init__(
        self,
        scripts: Iterable[Script | str] = (),
        *,
        name: str = "scripted",
        thinks: bool = False,
    ) -> None:
        """Queue the scripts; a plain text is a script with nothing special."""
        self.name = name
        self.thinks = thinks
        self.generations: list[Generation] = []
        self._scripts = deque(Script(text=s) if isinstance(s, str) else s for s in scripts)
        self._runs: queue.SimpleQueue[_Playing | None] = queue.SimpleQueue()
        self._current: list[_Playing] = []
        self._thread = threading.Thread(target=self._run, name="scripted model", daemon=True)
        self._thread.start()

    def generate(self, generation: Generation, sink: ModelSink) -> _Playing:
        """Begin to play the next script; when none is left, fail."""
        self.generations.append(generation)
        missing = Script(error=ModelOutputError("the script has ended"))
        script = self._scripts.popleft() if self._scripts else missing
        playing = _Playing(script, sink)
        self._current.append(playing)
        self._runs.put(playing)
        return playing

    def close(self) -> None:
        """Stop playing and end the thread."""
        for playing in tuple(self._current):
            playing.cancel()
        self._runs.put(None)
        self._thread.join()

    def _run(self) -> None:
        while (playing := self._runs.get()) is not None:
            playing.play()
            self._current.remove(playing)


class _Playing:
    """One script being played."""

    def __init__(self, script: Script, sink: ModelSink) -> None:
        self._script = script
        self._sink = sink
        self._cancelled = threading.Event()

    def cancel(self) -> None:
        """Stop after the event that is being sent."""
        self._cancelled.set()

    def play(self) -> None:
        script = self._script
        self._sink(PromptReading(fraction=1.0))
        tokens = 0
        for start in range(0, len(script.text), script.chunk):
            if self._cancelled.wait(script.delay):
                break
            tokens += 1
            text = script.text[start : start + script.chunk]
            self._sink(TextWritten(text=text, tokens=tokens, tokens_per_second=10.0))
        self._end(tokens)

    def _end(self, tokens: int) -> None:
        if self._script.error is not None and not self._cancelled.is_set():
            self._sink(GenerationFailed(self._script.error))
            return
        finish = Finish.CANCELLED if self._cancelled.is_set() else self._script.finish
        self._sink(GenerationFinished(finish=finish, tokens=tokens, writing_seconds=tokens / 10))
