"""Files with one JSON object a line (JSON Lines), read line by line; `-` is the standard input."""

from __future__ import annotations

import contextlib
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, TypeVar

from tutor.core.errors import InputError
from tutor.support.codec import CodecError, decode_row
from tutor.support.i18n import N_

MAX_LINE = 4 << 20
"""Most bytes of one line; a row is far shorter."""

T = TypeVar("T")


def read_rows(kind: type[T], source: str) -> Iterator[T]:
    """The rows of a file, one after the other, as they are read.

    Args:
        kind: The dataclass that a row becomes; members it does not have are passed over.
        source: The path of the file, or `-`.

    Raises:
        InputError: The file cannot be read, or a line is not such an object; the message names the line.
    """
    try:
        with contextlib.ExitStack() as stack:
            stream = sys.stdin.buffer if source == "-" else stack.enter_context(_opened(source))
            for number, line in enumerate(_lines(stream, source), start=1):
                if line.strip():
                    yield _row(kind, line, source, number)
    except OSError as error:
        raise InputError(
            N_("{file} cannot be read: {reason}"),
            places={"file": source, "reason": (error.strerror or str(error)).lower()},
        ) from None


def _opened(source: str) -> BinaryIO:
    return Path(source).open("rb")


def _lines(stream: BinaryIO, source: str) -> Iterator[bytes]:
    number = 0
    while line := stream.readline(MAX_LINE + 1):
        number += 1
        if len(line) > MAX_LINE:
            raise InputError(
                N_("Line {line} of {file} is too long"), places={"line": number, "file": source}
            )
        yield line


def _row(kind: type[T], line: bytes, source: str, number: int) -> T:
    try:
        return decode_row(kind, json.loads(line))
    except (ValueError, RecursionError) as error:
        reason = str(error) if isinstance(error, CodecError) else "no JSON"
        raise InputError(
            N_("Line {line} of {file} cannot be used: {reason}"),
            places={"line": number, "file": source, "reason": reason},
        ) from None
