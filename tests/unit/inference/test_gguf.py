import struct
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.unit.inference.gguf_files import WIDTHS, gguf
from tutor.core.errors import ModelDamaged, StorageError
from tutor.inference.gguf import has_magic, read_header


def written(folder: Path, data: bytes) -> Path:
    path = folder / "model.gguf"
    path.write_bytes(data)
    return path


def test_header_tells_what_memory_depends_on(tmp_path: Path) -> None:
    header = read_header(written(tmp_path, gguf()))
    assert (header.architecture, header.name, header.layers) == ("qwen2", "Tiny", 2)
    assert header.kv_width == 2 * (16 + 16)
    assert header.context == 4096
    assert header.vocabulary == 3


def test_cache_grows_with_context_layers_and_width(tmp_path: Path) -> None:
    header = read_header(written(tmp_path, gguf()))
    assert header.cache_bytes(1000) == 1000 * 2 * 64 * 2


def test_heads_that_differ_by_layer_count_as_the_largest(tmp_path: Path) -> None:
    pairs = {**WIDTHS, "qwen2.attention.head_count_kv": [1, 4]}
    assert read_header(written(tmp_path, gguf(pairs))).kv_width == 4 * 32


def test_key_and_value_lengths_of_their_own_are_used(tmp_path: Path) -> None:
    pairs = {**WIDTHS, "qwen2.attention.key_length": 128, "qwen2.attention.value_length": 64}
    assert read_header(written(tmp_path, gguf(pairs))).kv_width == 2 * (128 + 64)


def test_header_cut_off_anywhere_is_damaged(tmp_path: Path) -> None:
    whole = gguf(weights=b"")
    for length in range(len(whole) + 1):
        with pytest.raises(ModelDamaged):
            read_header(written(tmp_path, whole[:length]))


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b"PK\x03\x04" + b"\0" * 100, "GGUF"),
        (gguf(version=9), "version 9"),
        (b"GGUF" + struct.pack("<IQQ", 3, 1, 2**60), "out of range"),
        (b"GGUF" + struct.pack("<IQQQ", 3, 1, 1, 2**63), "out of range"),
        (gguf({"general.name": "nameless"}), "architecture"),
        (gguf({"general.architecture": "clip"}), "no language model"),
    ],
)
def test_hostile_or_foreign_file_is_damaged_and_says_why(
    tmp_path: Path, data: bytes, reason: str
) -> None:
    with pytest.raises(ModelDamaged, match=reason) as caught:
        read_header(written(tmp_path, data))
    assert "\n" not in str(caught.value)
    assert caught.value.hint


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(position=st.integers(0, len(gguf()) - 1), value=st.integers(0, 255))
def test_no_flipped_byte_escapes_as_another_error(
    tmp_path: Path, position: int, value: int
) -> None:
    data = bytearray(gguf())
    data[position] = value
    path = written(tmp_path, bytes(data))
    try:
        assert read_header(path).layers > 0
    except ModelDamaged as error:
        assert error.message  # noqa: PT017 - either outcome is right


def test_missing_file_is_a_storage_error(tmp_path: Path) -> None:
    with pytest.raises(StorageError):
        read_header(tmp_path / "none.gguf")
    with pytest.raises(StorageError):
        has_magic(tmp_path / "none.gguf")


def test_magic_is_the_first_four_bytes(tmp_path: Path) -> None:
    assert has_magic(written(tmp_path, b"GGUFxxxx"))
    assert not has_magic(written(tmp_path, b"GGU"))
