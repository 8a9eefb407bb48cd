import os
from dataclasses import replace
from pathlib import Path

import pytest

from tests.unit.inference.gguf_files import gguf
from tutor.core.errors import (
    Cancelled,
    InputError,
    ModelDamaged,
    ModelMissing,
    ModelTooLarge,
    SettingsError,
)
from tutor.inference.catalogue import (
    RUNTIME_BYTES,
    InstalledModel,
    ModelRole,
    ensure_fits,
    ensure_unaltered,
    find_installed,
    inspect,
    installed_models,
    is_safe_name,
    load_catalogue,
    memory_needed,
    resolve,
    sha256_of,
    verify,
)
from tutor.inference.records import FileRecord, write_record

REASONING = {
    "deepseek-r1-distill-qwen-1.5b",
    "deepseek-r1-distill-qwen-7b",
    "qwen3-1.7b",
    "qwen3-4b-thinking-2507",
    "qwen2.5-math-1.5b-instruct",
    "qwen2.5-math-7b-instruct",
    "phi-4-mini-reasoning",
}

ENTRY = """
["a"]
title = "A"
file = "a.gguf"
repository = "o/a"
licence = "MIT"
role = "default"
memory_estimate = 1
"""


def added(folder: Path, name: str = "mine", data: bytes | None = None) -> InstalledModel:
    path = folder / f"{name}.gguf"
    path.write_bytes(gguf() if data is None else data)
    write_record(path, FileRecord(bytes=path.stat().st_size, sha256=sha256_of(path)))
    return find_installed(name, folder=folder)


def test_shipped_catalogue_has_the_default_the_small_and_the_reasoning_models() -> None:
    catalogue = load_catalogue()
    assert catalogue.default.bytes == 1_117_320_768
    assert {m.name for m in catalogue.models if m.role is ModelRole.REASONING} == REASONING
    assert sum(m.role is ModelRole.SMALL for m in catalogue.models) == 1


def test_what_only_the_hub_knows_is_absent_together() -> None:
    for model in load_catalogue().models:
        assert (model.bytes is None) == (model.sha256 is None)
        assert model.parts is None or model.sha256 is not None
        assert model.licence
        assert model.memory_estimate > (model.bytes or 0)


@pytest.mark.parametrize(
    "text",
    [
        "not toml [",
        "a = 1",
        "",
        ENTRY.replace("default", "unheard-of"),
        ENTRY.replace("default", "small"),
        ENTRY.replace("a.gguf", "../a.gguf"),
        ENTRY.replace('"a.gguf"', "7"),
        ENTRY + "surprise = 1\n",
    ],
)
def test_broken_catalogue_is_told_in_one_line(tmp_path: Path, text: str) -> None:
    path = tmp_path / "models.toml"
    path.write_text(text)
    with pytest.raises(SettingsError) as caught:
        load_catalogue(path)
    assert "models.toml" in caught.value.message


@pytest.mark.parametrize(
    "name", ["", ".", "..", "a/b", "a\\b", "-x", ".hidden", "a b", "ä", "x" * 200]
)
def test_name_that_could_leave_its_folder_is_not_safe(name: str) -> None:
    assert not is_safe_name(name)


def test_missing_default_names_the_exact_command(tmp_path: Path) -> None:
    with pytest.raises(ModelMissing) as caught:
        resolve(folder=tmp_path)
    assert caught.value.hint == "Run: tutor model install qwen2.5-coder-1.5b-instruct"


@pytest.mark.parametrize("name", ["nobody-knows-this", "../../etc/passwd", ""])
def test_unknown_name_points_to_the_list(tmp_path: Path, name: str) -> None:
    with pytest.raises(InputError) as caught:
        resolve(name, folder=tmp_path)
    assert "tutor model list" in caught.value.hint


def test_catalogue_model_of_another_size_is_damaged(tmp_path: Path) -> None:
    (tmp_path / load_catalogue().default.file).write_bytes(gguf())
    with pytest.raises(ModelDamaged) as caught:
        resolve(folder=tmp_path)
    assert "1,117,320,768" in caught.value.message
    assert caught.value.hint == "Run: tutor model install qwen2.5-coder-1.5b-instruct"


def test_added_model_is_listed_and_resolved_by_its_stem(tmp_path: Path) -> None:
    model = added(tmp_path)
    assert installed_models(tmp_path) == (model,)
    assert resolve("mine", folder=tmp_path) == model
    assert model.info is None


def test_file_that_lost_its_magic_is_damaged(tmp_path: Path) -> None:
    model = added(tmp_path)
    model.path.write_bytes(b"<!doctype html>")
    with pytest.raises(ModelDamaged, match="not a GGUF"):
        inspect(model)


def test_change_that_keeps_the_size_is_found_by_verify_only(tmp_path: Path) -> None:
    model = added(tmp_path)
    data = bytearray(model.path.read_bytes())
    data[-1] ^= 1
    model.path.write_bytes(bytes(data))
    inspect(model)
    with pytest.raises(ModelDamaged, match="SHA-256"):
        verify(model)


def alter(model: InstalledModel) -> None:
    data = bytearray(model.path.read_bytes())
    data[-1] ^= 1
    model.path.write_bytes(bytes(data))
    os.utime(model.path, ns=(0, 0))


def unread(_done: int) -> None:
    pytest.fail("the file is read")


def test_file_that_was_verified_and_left_alone_is_not_read_again(tmp_path: Path) -> None:
    model = added(tmp_path)
    read: list[int] = []
    ensure_unaltered(model, read.append)
    assert read
    ensure_unaltered(model, unread)


def test_file_that_was_altered_since_it_was_verified_is_damaged(tmp_path: Path) -> None:
    model = added(tmp_path)
    verify(model)
    alter(model)
    for _ in range(2):
        with pytest.raises(ModelDamaged, match="SHA-256"):
            ensure_unaltered(model)


def test_file_that_was_put_back_is_read_and_sound(tmp_path: Path) -> None:
    model = added(tmp_path)
    verify(model)
    alter(model)
    alter(model)
    read: list[int] = []
    ensure_unaltered(model, read.append)
    assert read


def test_file_that_nothing_is_known_of_is_not_read(tmp_path: Path) -> None:
    ensure_unaltered(replace(added(tmp_path), record=None), unread)


def test_verification_of_another_hash_does_not_count(tmp_path: Path) -> None:
    model = added(tmp_path)
    verify(model)
    other = FileRecord(bytes=model.path.stat().st_size, sha256="0" * 64)
    with pytest.raises(ModelDamaged, match="SHA-256"):
        ensure_unaltered(replace(model, record=other))


def test_verify_says_whether_there_was_a_hash(tmp_path: Path) -> None:
    model = added(tmp_path)
    assert verify(model)
    assert not verify(replace(model, record=None))


def test_verify_ends_when_its_watcher_wants(tmp_path: Path) -> None:
    def stop(_done: int) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        verify(added(tmp_path), stop)


@pytest.mark.parametrize("record", ["", "[]", "{", '{"bytes": "many", "sha256": 1}'])
def test_broken_record_only_costs_the_comparison(tmp_path: Path, record: str) -> None:
    model = added(tmp_path)
    model.path.with_name("mine.gguf.json").write_text(record)
    assert resolve("mine", folder=tmp_path).record is None


def test_memory_is_weights_cache_logits_and_runtime(tmp_path: Path) -> None:
    model = added(tmp_path)
    expected = model.path.stat().st_size + 1000 * 2 * 64 * 2 + 3 * 512 * 4 + RUNTIME_BYTES
    assert memory_needed(model, 1000) == expected


def test_model_that_does_not_fit_is_refused_with_both_numbers(tmp_path: Path) -> None:
    model = added(tmp_path)
    with pytest.raises(ModelTooLarge) as caught:
        ensure_fits(model, 4096, available=1_000_000)
    assert caught.value.available == 1_000_000
    assert caught.value.needed == memory_needed(model, 4096)


def test_model_that_fits_is_not_refused(tmp_path: Path) -> None:
    model = added(tmp_path)
    ensure_fits(model, 4096, available=memory_needed(model, 4096))
    ensure_fits(model, 4096)
