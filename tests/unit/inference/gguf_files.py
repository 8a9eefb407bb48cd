"""Small but true GGUF files for tests."""

from __future__ import annotations

import struct
from collections.abc import Mapping

WIDTHS: dict[str, int | str | list[str] | list[int]] = {
    "general.architecture": "qwen2",
    "general.name": "Tiny",
    "qwen2.block_count": 2,
    "qwen2.context_length": 4096,
    "qwen2.embedding_length": 64,
    "qwen2.attention.head_count": 4,
    "qwen2.attention.head_count_kv": 2,
    "tokenizer.ggml.tokens": ["a", "b", "c"],
}


def text(value: str) -> bytes:
    data = value.encode()
    return struct.pack("<Q", len(data)) + data


def pair(key: str, value: int | str | list[str] | list[int]) -> bytes:
    if isinstance(value, int):
        return text(key) + struct.pack("<II", 4, value)
    if isinstance(value, str):
        return text(key) + struct.pack("<I", 8) + text(value)
    if all(isinstance(item, str) for item in value):
        body = b"".join(text(str(item)) for item in value)
        return text(key) + struct.pack("<IIQ", 9, 8, len(value)) + body
    body = struct.pack(f"<{len(value)}I", *value)
    return text(key) + struct.pack("<IIQ", 9, 4, len(value)) + body


def gguf(
    pairs: Mapping[str, int | str | list[str] | list[int]] = WIDTHS,
    *,
    version: int = 3,
    weights: bytes = b"\0" * 256,
) -> bytes:
    """A file with one tensor whose data is `weights`."""
    head = b"GGUF" + struct.pack("<IQQ", version, 1, len(pairs))
    body = b"".join(pair(key, value) for key, value in pairs.items())
    tensor = text("weight") + struct.pack("<IQIQ", 1, 64, 0, 0)
    return head + body + tensor + weights
