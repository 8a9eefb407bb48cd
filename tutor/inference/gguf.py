"""The header of a GGUF file, read by ourselves: safe on any bytes, and without loading the model.

The format: magic, version, number of tensors, number of key-value pairs, the pairs, the tensors' descriptions,
the tensors' data. Little-endian throughout; strings and arrays carry their length in front.
"""

from __future__ import annotations

import mmap
import struct
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final

from tutor.core.errors import ModelDamaged
from tutor.support.file_errors import unreadable
from tutor.support.i18n import N_

MAGIC: Final = b"GGUF"
VERSIONS: Final = (2, 3)
MAX_PAIRS: Final = 65_536
MAX_TENSORS: Final = 1_000_000
MAX_TEXT: Final = 65_536
"""Longest text that is kept, in bytes; chat templates are shorter."""

_SCALARS: Final = {
    0: "<B", 1: "<b", 2: "<H", 3: "<h", 4: "<I", 5: "<i", 6: "<f", 7: "<?", 10: "<Q", 11: "<q", 12: "<d",
}  # fmt: skip
_TEXT: Final = 8
_ARRAY: Final = 9

_F16_BYTES: Final = 2
_F32_BYTES: Final = 4
_PROMPT_BATCH: Final = 512

_Scalar = int | float | str


@dataclass(frozen=True, slots=True, kw_only=True)
class GgufHeader:
    """What the header of a model file says about the model.

    Attributes:
        architecture: The family of models, such as `qwen2`.
        name: The model's own name; may be empty.
        layers: Number of transformer blocks.
        kv_width: Keys and values that one layer stores for one token, in numbers.
        context: Longest context the model was trained for, in tokens; 0 if not given.
        vocabulary: Number of tokens it knows; 0 if not given.
        thinks: Whether its chat template speaks of `<think>`.
    """

    architecture: str
    name: str
    layers: int
    kv_width: int
    context: int
    vocabulary: int
    thinks: bool = False

    def cache_bytes(self, n_ctx: int) -> int:
        """Bytes of the key-value cache for a context of `n_ctx` tokens, at 16 bits a number."""
        return n_ctx * self.layers * self.kv_width * _F16_BYTES

    def compute_bytes(self) -> int:
        """Bytes of the largest scratch buffer: the logits of one batch of the prompt."""
        return self.vocabulary * _PROMPT_BATCH * _F32_BYTES


def has_magic(path: Path) -> bool:
    """Whether the file begins as a GGUF file does.

    Raises:
        StorageError: It cannot be read.
    """
    try:
        with path.open("rb") as file:
            return file.read(len(MAGIC)) == MAGIC
    except OSError as error:
        raise unreadable(error, path.name) from error


def read_header(path: Path) -> GgufHeader:
    """The header of a model file, checked against the file's length.

    Raises:
        ModelDamaged: It is not a GGUF file, or it is cut off.
        StorageError: It cannot be read.
    """
    try:
        with path.open("rb") as file:
            return _read_file(file)
    except OSError as error:
        raise unreadable(error, path.name) from error
    except _Fault as fault:
        raise ModelDamaged(
            fault.template,
            hint=N_("Choose another file, or download it again."),
            places={"file": path.name, "number": fault.number},
        ) from None


class _Fault(Exception):
    """What is wrong with the bytes.

    Attributes:
        template: It in words, with places for the file and the number.
        number: The number that is out of place.
    """

    def __init__(self, template: str, number: int = 0) -> None:
        super().__init__(template)
        self.template = template
        self.number = number


class _Reader:
    """Reads values one after the other and never past the end."""

    def __init__(self, data: mmap.mmap) -> None:
        self._data = data
        self._at = 0

    @property
    def at(self) -> int:
        return self._at

    def skip(self, length: int) -> int:
        start = self._at
        if length < 0 or length > len(self._data) - start:
            raise _Fault(N_("{file} is no usable model: it ends in the middle of its header"))
        self._at = start + length
        return start

    def number(self, form: str) -> int | float:
        start = self.skip(struct.calcsize(form))
        value: int | float = struct.unpack_from(form, self._data, start)[0]
        return value

    def count(self, limit: int) -> int:
        value = int(self.number("<Q"))
        if value > limit:
            raise _Fault(N_("{file} is no usable model: a length in its header is out of range"))
        return value

    def text(self) -> str:
        length = self.count(len(self._data))
        start = self.skip(length)
        kept = self._data[start : start + min(length, MAX_TEXT)]
        return kept.decode("utf-8", errors="replace")

    def value(self) -> tuple[int, ...] | _Scalar:
        """A scalar, a text, or an array: its integers, or for other kinds only its length."""
        kind = int(self.number("<I"))
        if kind in _SCALARS:
            return self.number(_SCALARS[kind])
        if kind == _TEXT:
            return self.text()
        if kind == _ARRAY:
            return self._array()
        raise _Fault(
            N_("{file} is no usable model: it has values of an unknown type {number}"), kind
        )

    def _array(self) -> tuple[int, ...] | int:
        kind, length = int(self.number("<I")), self.count(len(self._data))
        if kind == _TEXT:
            for _ in range(length):
                self.skip(self.count(len(self._data)))
            return length
        if kind not in _SCALARS:
            raise _Fault(
                N_("{file} is no usable model: it has arrays of an unknown type {number}"), kind
            )
        form = _SCALARS[kind]
        start = self.skip(length * struct.calcsize(form))
        if length > MAX_PAIRS or form in ("<f", "<d"):
            return length
        return struct.unpack_from(f"<{length}{form[1]}", self._data, start)


def _read_file(file: BinaryIO) -> GgufHeader:
    if not file.read(1):
        raise _Fault(N_("{file} is empty"))
    with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
        return _read(data)


_Pairs = Mapping[str, "tuple[int, ...] | _Scalar"]


def _read(data: mmap.mmap) -> GgufHeader:
    reader = _Reader(data)
    if data[reader.skip(len(MAGIC)) : len(MAGIC)] != MAGIC:
        raise _Fault(N_("{file} is not a GGUF model file"))
    version = int(reader.number("<I"))
    if version not in VERSIONS:
        raise _Fault(N_("{file} is of an unknown GGUF version {number}"), version)
    tensors, pairs = reader.count(MAX_TENSORS), reader.count(MAX_PAIRS)
    header = _understand({reader.text(): reader.value() for _ in range(pairs)})
    _check_tensors(reader, tensors, len(data))
    return header


def _check_tensors(reader: _Reader, tensors: int, size: int) -> None:
    last = max((_tensor_offset(reader) for _ in range(tensors)), default=-1)
    if last < 0:
        raise _Fault(N_("{file} is no usable model: it holds no weights"))
    if reader.at + last >= size:
        raise _Fault(N_("{file} is no usable model: its weights are cut off"))


def _tensor_offset(reader: _Reader) -> int:
    reader.text()
    dimensions = int(reader.number("<I"))
    reader.skip(dimensions * 8 + 4)
    return int(reader.number("<Q"))


def _understand(pairs: _Pairs) -> GgufHeader:
    architecture = pairs.get("general.architecture")
    if not isinstance(architecture, str):
        raise _Fault(N_("{file} is no usable model: it does not name its architecture"))
    heads = _largest(pairs, f"{architecture}.attention.head_count")
    width = _largest(pairs, f"{architecture}.embedding_length")
    layers = _largest(pairs, f"{architecture}.block_count")
    if not (heads and width and layers):
        raise _Fault(N_("{file} is no language model: layers, heads or width are missing"))
    key = _largest(pairs, f"{architecture}.attention.key_length") or width // heads
    value = _largest(pairs, f"{architecture}.attention.value_length") or width // heads
    kv_heads = _largest(pairs, f"{architecture}.attention.head_count_kv") or heads
    name = pairs.get("general.name")
    return GgufHeader(
        architecture=architecture,
        name=name if isinstance(name, str) else "",
        layers=layers,
        kv_width=kv_heads * (key + value),
        context=_largest(pairs, f"{architecture}.context_length"),
        vocabulary=_largest(pairs, "tokenizer.ggml.tokens"),
        thinks="<think>" in str(pairs.get("tokenizer.chat_template", "")),
    )


def _largest(pairs: _Pairs, key: str) -> int:
    """The number under `key`, the largest one where each layer has its own, 0 if there is none."""
    value = pairs.get(key, 0)
    if isinstance(value, tuple):
        value = max(value, default=0)
    return max(value, 0) if isinstance(value, int) else 0
