"""A model file that is coming in: how much of it is there, and whether it is the right one.

`FILE.part` holds the beginning of the file, whatever source that came from; `FILE.state` says what the file has to
become and where its whole parts end. Only a file whose SHA-256 is right gets its final name.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import IO, Final

from tutor.core.errors import ModelDamaged
from tutor.inference.catalogue import sha256_of
from tutor.inference.records import FileRecord, stamp_of, write_record
from tutor.support.codec import decode, encode
from tutor.support.i18n import N_

_CHUNK: Final = 1 << 18


@dataclass(frozen=True, slots=True, kw_only=True)
class _State:
    """What is known of a `.part` file.

    Attributes:
        goal: What the whole file has to be.
        ends: Where each of its whole parts ends, in order.
    """

    goal: FileRecord
    ends: tuple[int, ...] = ()


class PartFile:
    """The beginning of one file. `OSError` of its methods is for the caller to tell people about.

    Attributes:
        path: Where the beginning is.
        goal: What the whole file has to be.
    """

    def __init__(self, target: Path, goal: FileRecord) -> None:
        """Go on with what an earlier attempt at the same file left, or begin.

        Args:
            target: The place of the whole file.
            goal: What the whole file has to be.
        """
        self.path = _part_path(target)
        self.goal = goal
        self._target = target
        self._digest = hashlib.sha256()
        self._digested = 0
        self._state = _read_state(target)
        if self._state is None or self._state.goal != goal:
            discard_part(target)
            self._write_state(_State(goal=goal))

    @property
    def size(self) -> int:
        """Bytes that are there."""
        return self.path.stat().st_size if self.path.exists() else 0

    @property
    def missing(self) -> int:
        """Bytes that are not there yet."""
        return max(self.goal.bytes - self.size, 0)

    def rewind(self) -> int:
        """Cut off what does not belong to a whole part; returns how many whole parts remain."""
        size = self.size
        ends = tuple(end for end in self._known.ends if end <= size)
        if self.path.exists():
            os.truncate(self.path, ends[-1] if ends else 0)
        self._write_state(_State(goal=self.goal, ends=ends))
        return len(ends)

    def append_part(self, data: IO[bytes], progress: Callable[[int], None]) -> None:
        """Append one part and keep in mind that it is whole.

        Args:
            data: The part's bytes.
            progress: Told how many bytes of the file are there. What it raises ends the work.
        """
        with self.path.open("ab") as target:
            follow = self._digested == target.tell()
            while chunk := data.read(_CHUNK):
                target.write(chunk)
                if follow:
                    self._digest.update(chunk)
                    self._digested += len(chunk)
                progress(target.tell())
            target.flush()
            os.fsync(target.fileno())
        self._write_state(replace(self._known, ends=(*self._known.ends, self.size)))

    def finish(self, progress: Callable[[int], None]) -> None:
        """Check the file and move it to its place.

        Args:
            progress: Told how many bytes are checked. What it raises ends the work.

        Raises:
            ModelDamaged: It has the wrong size or hash, and was removed.
        """
        if self.size != self.goal.bytes or self._sha256(progress) != self.goal.sha256:
            discard_part(self._target)
            raise ModelDamaged(
                N_("{file} came with a wrong SHA-256 and was removed"),
                hint=N_("Try again to download it afresh."),
                places={"file": self._target.name},
            )
        with self.path.open("rb+") as file:
            os.fsync(file.fileno())
        write_record(self._target, replace(self.goal, verified=stamp_of(self.path)))
        self.path.replace(self._target)
        discard_part(self._target)

    def _sha256(self, progress: Callable[[int], None]) -> str:
        if self._digested == self.goal.bytes:
            return self._digest.hexdigest()
        return sha256_of(self.path, progress)

    @property
    def _known(self) -> _State:
        return self._state or _State(goal=self.goal)

    def _write_state(self, state: _State) -> None:
        path = _state_path(self._target)
        path.parent.mkdir(parents=True, exist_ok=True)
        fresh = path.with_name(f"{path.name}.new")
        fresh.write_text(json.dumps(encode(state)), encoding="utf-8")
        fresh.replace(path)
        self._state = state


def discard_part(target: Path) -> int:
    """Remove what an unfinished attempt left; returns how many bytes that were."""
    freed = 0
    for path in (_part_path(target), _state_path(target)):
        with contextlib.suppress(FileNotFoundError):
            size = path.stat().st_size
            path.unlink()
            freed += size
    return freed


def _part_path(target: Path) -> Path:
    return target.with_name(f"{target.name}.part")


def _state_path(target: Path) -> Path:
    return target.with_name(f"{target.name}.state")


def _read_state(target: Path) -> _State | None:
    """What an earlier attempt wrote down; without it, its bytes are worth nothing."""
    try:
        return decode(_State, json.loads(_state_path(target).read_text(encoding="utf-8")))
    except (OSError, ValueError):
        return None
