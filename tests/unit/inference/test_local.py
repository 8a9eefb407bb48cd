"""A model file that somebody wrote to is not loaded."""

import queue
from pathlib import Path

from tests.unit.inference.gguf_files import gguf
from tutor.core.errors import ModelDamaged
from tutor.inference.catalogue import find_installed, sha256_of
from tutor.inference.local import LocalModel
from tutor.inference.messages import (
    Generation,
    GenerationFailed,
    Message,
    ModelEvent,
    ModelVerifying,
    Role,
)
from tutor.inference.records import FileRecord, write_record


def test_altered_file_is_read_told_of_and_not_loaded(tmp_path: Path) -> None:
    path = tmp_path / "mine.gguf"
    path.write_bytes(gguf())
    write_record(path, FileRecord(bytes=path.stat().st_size, sha256=sha256_of(path)))
    path.write_bytes(gguf()[:-1] + b"?")
    events: queue.SimpleQueue[ModelEvent] = queue.SimpleQueue()
    with LocalModel(find_installed("mine", folder=tmp_path)) as model:
        model.generate(Generation(messages=(Message(role=Role.USER, text="1+1"),)), events.put)
        assert events.get(timeout=10) == ModelVerifying(fraction=1.0)
        end = events.get(timeout=10)
        assert model.pid is None
    assert isinstance(end, GenerationFailed)
    assert isinstance(end.error, ModelDamaged)
