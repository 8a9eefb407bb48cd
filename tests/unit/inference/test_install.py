import errno
import fcntl
import hashlib
import resource
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest

from tests.unit.inference.gguf_files import gguf
from tutor.core.errors import (
    Cancelled,
    InputError,
    ModelDamaged,
    NetworkError,
    StorageError,
)
from tutor.inference.catalogue import (
    ModelInfo,
    ModelRole,
    WheelParts,
    ensure_unaltered,
    installed_as,
    load_catalogue,
    resolve,
)
from tutor.inference.install import (
    Sources,
    add_file,
    install,
    remove,
)
from tutor.inference.progress import InstallProgress, InstallStage
from tutor.net.hub import HubFile

MODEL = gguf(weights=hashlib.sha256(b"seed").digest() * 40_000)
PARTS = 4
CUT = -(-len(MODEL) // PARTS)
PIECES = [MODEL[i : i + CUT] for i in range(0, len(MODEL), CUT)]
INFO = ModelInfo(
    name="tiny",
    title="Tiny",
    file="tiny-q4.gguf",
    repository="someone/tiny",
    licence="MIT",
    role=ModelRole.SMALL,
    memory_estimate=10**9,
    bytes=len(MODEL),
    sha256=hashlib.sha256(MODEL).hexdigest(),
    parts=WheelParts(prefix="tiny-part", count=PARTS, version="1.0", member="*/data/part*.bin"),
)
HUB_ONLY = replace(INFO, parts=None, bytes=None, sha256=None)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    path = tmp_path / "models"
    path.mkdir()
    return path


def write_wheel(path: Path, piece: bytes, member: str = "tiny/data/part01.bin") -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("tiny/__init__.py", "raise SystemExit('never run')")
        archive.writestr(member, piece)
    return path


@dataclass
class FakeIndex:
    """Hands out wheels from memory; fails at the part it is told to."""

    fails_at: int = 0
    pieces: list[bytes] = field(default_factory=lambda: list(PIECES))
    asked: list[str] = field(default_factory=list)

    def __call__(
        self, name: str, version: str, *, into: Path, progress: Callable[[int], None]
    ) -> Path:
        assert version == "1.0"
        assert not list(into.iterdir())
        number = int(name.removeprefix("tiny-part"))
        if number == self.fails_at:
            raise NetworkError("the package index is away")
        self.asked.append(name)
        piece = self.pieces[number - 1]
        progress(len(piece) // 2)
        progress(len(piece))
        return write_wheel(into / f"{name}.whl", piece)


@dataclass
class FakeHub:
    """A hub with one file; without one it is out of reach. Breaks off after `most` bytes."""

    data: bytes | None = None
    most: int = 10**9
    resumed_at: list[int] = field(default_factory=list)

    def look_up(self, repository: str, name: str) -> HubFile:
        if self.data is None:
            raise NetworkError("the hub is away")
        return HubFile(
            repository=repository,
            name=name,
            commit="c",
            bytes=len(self.data),
            sha256=hashlib.sha256(self.data).hexdigest(),
        )

    def append(self, file: HubFile, path: Path, *, progress: Callable[[int], None]) -> None:
        assert self.data is not None
        with path.open("ab") as target:
            start = target.tell()
            self.resumed_at.append(start)
            target.write(self.data[start : start + self.most])
            progress(target.tell())
        if start + self.most < file.bytes:
            raise NetworkError("the hub broke off")


def run(
    folder: Path,
    index: FakeIndex | None = None,
    hub: FakeHub | None = None,
    info: ModelInfo = INFO,
    **watch: Any,
) -> bytes:
    sources = Sources(wheels=index or FakeIndex(), hub=hub or FakeHub())
    return install(info, folder=folder, sources=sources, **watch).path.read_bytes()


def files(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir() if not path.name.startswith(".")}


def test_parts_become_the_file_and_nothing_else_is_left(folder: Path) -> None:
    assert run(folder) == MODEL
    assert files(folder) == {"tiny-q4.gguf", "tiny-q4.gguf.json"}


@pytest.mark.parametrize("part", range(1, PARTS + 1))
def test_connection_lost_at_any_part_goes_on_there(folder: Path, part: int) -> None:
    with pytest.raises(NetworkError) as caught:
        run(folder, FakeIndex(fails_at=part))
    assert "package index is away" in caught.value.message
    assert "hub is away" in caught.value.message
    assert files(folder) <= {"tiny-q4.gguf.part", "tiny-q4.gguf.state"}
    index = FakeIndex()
    assert run(folder, index) == MODEL
    assert index.asked == [f"tiny-part{n}" for n in range(part, PARTS + 1)]


@pytest.mark.parametrize("stop_at", range(1, 4 * PARTS))
def test_cancelled_at_any_report_goes_on_and_ends_right(folder: Path, stop_at: int) -> None:
    reports: list[InstallProgress] = []
    try:
        run(folder, progress=reports.append, is_cancelled=lambda: len(reports) >= stop_at)
    except Cancelled:
        assert "tiny-q4.gguf" not in files(folder)
        assert "tiny-q4.gguf.wheels" not in files(folder)
    assert run(folder) == MODEL


def test_half_written_part_of_a_crash_is_cut_off(folder: Path) -> None:
    with pytest.raises(NetworkError):
        run(folder, FakeIndex(fails_at=3))
    with (folder / "tiny-q4.gguf.part").open("ab") as file:
        file.write(b"half a part")
    (folder / "tiny-q4.gguf.wheels").mkdir()
    (folder / "tiny-q4.gguf.wheels" / "left.whl").write_bytes(b"x")
    assert run(folder) == MODEL


def test_part_file_shorter_than_remembered_goes_back_to_a_whole_part(folder: Path) -> None:
    with pytest.raises(NetworkError):
        run(folder, FakeIndex(fails_at=4))
    with (folder / "tiny-q4.gguf.part").open("rb+") as file:
        file.truncate(CUT + 5)
    index = FakeIndex()
    assert run(folder, index) == MODEL
    assert index.asked[0] == "tiny-part2"


@pytest.mark.parametrize("state", ["", "{", '{"ends": [1]}'])
def test_broken_state_begins_again(folder: Path, state: str) -> None:
    with pytest.raises(NetworkError):
        run(folder, FakeIndex(fails_at=3))
    (folder / "tiny-q4.gguf.state").write_text(state)
    index = FakeIndex()
    assert run(folder, index) == MODEL
    assert index.asked[0] == "tiny-part1"


def test_altered_part_is_found_by_the_hash_and_removed(folder: Path) -> None:
    pieces = [*PIECES[:-1], bytes(len(PIECES[-1]))]
    with pytest.raises(ModelDamaged, match="SHA-256"):
        run(folder, FakeIndex(pieces=pieces))
    assert files(folder) == set()


@pytest.mark.parametrize("piece", [b"too long" * len(MODEL)])
def test_part_larger_than_what_is_missing_is_refused(folder: Path, piece: bytes) -> None:
    with pytest.raises(NetworkError, match="not what it was"):
        run(folder, FakeIndex(pieces=[piece, *PIECES[1:]]))


@pytest.mark.parametrize("damage", ["cut", "flip", "no-zip", "no-member"])
def test_damaged_wheel_is_told_and_the_next_run_mends_it(folder: Path, damage: str) -> None:
    def broken(name: str, version: str, *, into: Path, progress: Callable[[int], None]) -> Path:
        wheel = FakeIndex()(name, version, into=into, progress=progress)
        data = bytearray(wheel.read_bytes())
        if damage == "cut":
            data = data[: len(data) // 2]
        elif damage == "flip":
            data[len(data) // 2] ^= 1
        elif damage == "no-zip":
            data = bytearray(b"<html>")
        else:
            return write_wheel(wheel, b"x", member="tiny/other.bin")
        wheel.write_bytes(bytes(data))
        return wheel

    with pytest.raises(NetworkError, match="part 1"):
        install(INFO, folder=folder, sources=Sources(wheels=broken, hub=FakeHub()))
    assert run(folder) == MODEL


def test_hub_goes_on_where_the_package_index_failed(folder: Path) -> None:
    hub = FakeHub(MODEL)
    assert run(folder, FakeIndex(fails_at=3), hub) == MODEL
    assert hub.resumed_at == [2 * CUT]


def test_hub_alone_resumes_and_is_checked_with_its_own_hash(folder: Path) -> None:
    hub = FakeHub(MODEL, most=len(MODEL) // 4 + 1)
    for _ in range(3):
        with pytest.raises(NetworkError, match="broke off"):
            run(folder, hub=hub, info=HUB_ONLY)
    assert run(folder, hub=hub, info=HUB_ONLY) == MODEL
    assert hub.resumed_at == [0, *(n * hub.most for n in (1, 2, 3))]


def test_file_that_changed_on_the_hub_begins_again(folder: Path) -> None:
    with pytest.raises(NetworkError):
        run(folder, hub=FakeHub(MODEL[::-1], most=1000), info=HUB_ONLY)
    hub = FakeHub(MODEL)
    assert run(folder, hub=hub, info=HUB_ONLY) == MODEL
    assert hub.resumed_at == [0]


def test_hub_with_another_file_than_the_catalogue_is_not_believed(folder: Path) -> None:
    with pytest.raises(NetworkError, match="another"):
        run(folder, FakeIndex(fails_at=1), FakeHub(MODEL[::-1]))


def test_installed_model_is_left_alone(folder: Path) -> None:
    run(folder)
    index = FakeIndex()
    assert run(folder, index) == MODEL
    assert index.asked == []


def test_damaged_installed_model_is_replaced(folder: Path) -> None:
    run(folder)
    (folder / INFO.file).write_bytes(bytes(len(MODEL)))
    assert run(folder) == MODEL


def test_progress_never_goes_back_and_ends_complete(folder: Path) -> None:
    reports: list[InstallProgress] = []
    run(folder, progress=reports.append)
    downloads = [r for r in reports if r.stage is InstallStage.DOWNLOADING]
    assert [r.done for r in downloads] == sorted(r.done for r in downloads)
    assert downloads[-1].done == downloads[-1].total == len(MODEL)
    assert {r.part for r in downloads} == set(range(1, PARTS + 1))


@contextmanager
def file_size_limit(count: int) -> Iterator[None]:
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (count, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_write_that_the_system_refuses_is_one_line_and_resumes(tmp_path: Path) -> None:
    wheels = [write_wheel(tmp_path / f"{n}.whl", piece) for n, piece in enumerate(PIECES)]
    folder = tmp_path / "models"

    def ready(name: str, _version: str, *, into: Path, progress: Callable[[int], None]) -> Path:
        assert into.is_dir()
        progress(1)
        return wheels[int(name.removeprefix("tiny-part")) - 1]

    sources = Sources(wheels=ready, hub=FakeHub())
    with file_size_limit(2 * CUT + 100), pytest.raises(StorageError) as caught:
        install(INFO, folder=folder, sources=sources)
    assert isinstance(caught.value.__cause__, OSError)
    assert caught.value.__cause__.errno == errno.EFBIG
    assert "\n" not in str(caught.value)
    assert files(folder) == {"tiny-q4.gguf.part", "tiny-q4.gguf.state"}
    index = FakeIndex()
    assert run(folder, index) == MODEL
    assert index.asked == ["tiny-part3", "tiny-part4"]


def test_model_larger_than_the_disk_is_refused_before_the_download(folder: Path) -> None:
    index = FakeIndex()
    with pytest.raises(StorageError, match="too full"):
        run(folder, index, info=replace(INFO, bytes=10**18))
    assert index.asked == []


def test_folder_that_cannot_be_made_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "models").write_text("a file, not a folder")
    with pytest.raises(StorageError):
        run(tmp_path / "models")


def test_model_that_was_just_installed_or_added_need_not_be_read_again(
    folder: Path, tmp_path: Path
) -> None:
    def unread(_done: int) -> None:
        pytest.fail("the file is read")

    run(folder)
    ensure_unaltered(installed_as(INFO, folder), unread)
    (tmp_path / "mine.gguf").write_bytes(MODEL)
    ensure_unaltered(add_file(tmp_path / "mine.gguf", folder=folder), unread)


def test_second_install_of_the_same_model_is_refused(folder: Path) -> None:
    with (folder / f".{INFO.file}.lock").open("wb") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with pytest.raises(StorageError, match="another process"):
            run(folder)
    assert run(folder) == MODEL


def test_file_of_the_users_own_is_copied_and_kept(tmp_path: Path) -> None:
    source = tmp_path / "My_model-1.gguf"
    source.write_bytes(MODEL)
    model = add_file(source, folder=tmp_path / "models")
    assert model.path.read_bytes() == MODEL
    assert source.read_bytes() == MODEL
    assert resolve("My_model-1", folder=tmp_path / "models") == model
    assert files(tmp_path / "models") == {"My_model-1.gguf", "My_model-1.gguf.json"}


@pytest.mark.parametrize("name", ["a model.gguf", "model.bin", ".gguf", "-x.gguf"])
def test_file_with_a_name_that_is_not_allowed_is_bad_input(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(MODEL)
    with pytest.raises(InputError):
        add_file(tmp_path / name, folder=tmp_path / "models")


def test_path_that_is_not_there_is_bad_input(tmp_path: Path) -> None:
    for path in (tmp_path / "none.gguf", tmp_path):
        with pytest.raises(InputError):
            add_file(path, folder=tmp_path / "models")


def test_names_of_the_catalogue_and_of_added_models_are_taken(tmp_path: Path) -> None:
    info = load_catalogue().default
    for name in (f"{info.name}.gguf", info.file, "twice.gguf"):
        (tmp_path / name).write_bytes(MODEL)
    add_file(tmp_path / "twice.gguf", folder=tmp_path / "models")
    for name in (f"{info.name}.gguf", info.file, "twice.gguf"):
        with pytest.raises(InputError, match="already"):
            add_file(tmp_path / name, folder=tmp_path / "models")


def test_full_disk_while_adding_leaves_nothing(tmp_path: Path) -> None:
    (tmp_path / "big.gguf").write_bytes(MODEL)
    with file_size_limit(1000), pytest.raises(StorageError):
        add_file(tmp_path / "big.gguf", folder=tmp_path / "models")
    assert files(tmp_path / "models") == set()


def test_removed_model_is_gone_with_its_record(tmp_path: Path) -> None:
    source = tmp_path / "mine.gguf"
    source.write_bytes(MODEL)
    add_file(source, folder=tmp_path / "models")
    assert remove("mine", folder=tmp_path / "models") == len(MODEL)
    assert files(tmp_path / "models") == set()
    with pytest.raises(InputError):
        remove("mine", folder=tmp_path / "models")


def test_unfinished_download_can_be_removed(folder: Path) -> None:
    info = load_catalogue().default
    (folder / f"{info.file}.part").write_bytes(b"x" * 1000)
    assert remove(info.name, folder=folder) == 1000
    assert files(folder) == set()
