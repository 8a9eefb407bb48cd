"""What is remembered of a model file, beside it: what it has to be, and how it was when it last proved to be that."""

from __future__ import annotations

import contextlib
import json
from dataclasses import dataclass, replace
from pathlib import Path

from tutor.core.errors import StorageError
from tutor.support.codec import decode, encode
from tutor.support.file_errors import unreadable


@dataclass(frozen=True, slots=True, kw_only=True)
class FileStamp:
    """What tells without reading a file that nobody has written to it since.

    Attributes:
        bytes: Its size.
        mtime_ns: When it was last written to, in nanoseconds.
        inode: Its number in the file system, which another file of the same name does not have.
    """

    bytes: int
    mtime_ns: int
    inode: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FileRecord:
    """What a model file has to be.

    Attributes:
        bytes: Its size.
        sha256: Its hash.
        verified: Its stamp when its hash was last found right; `None` before that.
    """

    bytes: int
    sha256: str
    verified: FileStamp | None = None


def stamp_of(path: Path) -> FileStamp:
    """The stamp of a file as it is now.

    Raises:
        StorageError: The file cannot be looked at.
    """
    try:
        found = path.stat()
    except OSError as error:
        raise unreadable(error, path.name) from error
    return FileStamp(bytes=found.st_size, mtime_ns=found.st_mtime_ns, inode=found.st_ino)


def record_path(path: Path) -> Path:
    """Where the record of a model file is kept."""
    return path.with_name(f"{path.name}.json")


def write_record(path: Path, record: FileRecord) -> None:
    """Remember what an installed file is."""
    beside = record_path(path)
    fresh = beside.with_name(f"{beside.name}.new")
    fresh.write_text(json.dumps(encode(record)), encoding="utf-8")
    fresh.replace(beside)


def read_record(path: Path) -> FileRecord | None:
    """The record beside a file; a lost or broken one only costs the comparison."""
    try:
        return decode(FileRecord, json.loads(record_path(path).read_text(encoding="utf-8")))
    except (OSError, ValueError):
        return None


def remember_verified(path: Path, record: FileRecord, stamp: FileStamp) -> None:
    """Remember that a file of this stamp has the right hash; where nothing can be written it is read again."""
    with contextlib.suppress(OSError):
        write_record(path, replace(record, verified=stamp))


def is_as_verified(path: Path, record: FileRecord) -> bool:
    """Whether nobody has written to a file since its hash was last found right."""
    kept = read_record(path)
    if kept is None or kept.verified is None or kept.sha256 != record.sha256:
        return False
    try:
        return kept.verified == stamp_of(path)
    except StorageError:
        return False
