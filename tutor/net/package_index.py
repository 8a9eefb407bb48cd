"""Wheels from the package index, as plain files: they are fetched, never installed and never run."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Final

from tutor.core.errors import NetworkError, StorageError
from tutor.support.file_errors import disk_full
from tutor.support.i18n import N_

POLL: Final = 0.2
"""Seconds between two looks at how far a download is."""

_FULL_DISK: Final = ("No space left on device", "Disk quota exceeded")


def fetch_wheel(
    name: str, version: str, *, into: Path, progress: Callable[[int], None] = lambda _done: None
) -> Path:
    """Download one wheel without its dependencies, through pip and whatever index pip is set up for.

    Args:
        name: Name of the distribution.
        version: Its exact version.
        into: An empty folder, on the disk where the wheel is wanted; it also holds what pip writes
            while it works.
        progress: Told now and then how many bytes are there. What it raises ends the download.

    Raises:
        NetworkError: It cannot be had.
        StorageError: There is no room for it.
    """
    target, log = into / "wheel", into / "pip.log"
    target.mkdir(parents=True)
    with log.open("wb") as output, subprocess.Popen(
        _command(name, version, target),
        stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.STDOUT,
        env={**os.environ, "TMPDIR": str(into), "PYTHONUNBUFFERED": "1"},
    ) as process:  # fmt: skip
        try:
            while _is_running(process):
                progress(_largest_file(into))
        finally:
            process.kill()
    if process.returncode != 0:
        raise told_by_pip(name, log.read_text(encoding="utf-8", errors="replace"))
    return next(target.glob("*.whl"))


def _command(name: str, version: str, target: Path) -> list[str]:
    return [
        sys.executable, "-m", "pip", "--disable-pip-version-check", "--no-input",
        "download", "--quiet", "--no-deps", "--no-cache-dir", "--only-binary", ":all:",
        "--retries", "2", "--dest", str(target), f"{name}=={version}",
    ]  # fmt: skip


def _is_running(process: subprocess.Popen[bytes]) -> bool:
    try:
        process.wait(timeout=POLL)
    except subprocess.TimeoutExpired:
        return True
    return False


def _largest_file(folder: Path) -> int:
    sizes = [0]
    for path in folder.rglob("*"):
        try:
            sizes.append(path.stat().st_size if path.is_file() else 0)
        except FileNotFoundError:
            continue  # pip moves and removes files while we look
    return max(sizes)


def told_by_pip(name: str, log: str) -> NetworkError | StorageError:
    """What went wrong, from what pip wrote while it failed to bring `name`."""
    if any(words in log for words in _FULL_DISK):
        return disk_full()
    lines = [line.strip() for line in log.splitlines() if line.startswith("ERROR")]
    if not lines:
        return NetworkError(N_("the package index gave no {name}"), places={"name": name})
    reason = lines[-1].removeprefix("ERROR:").strip()
    message = N_("the package index gave no {name} ({reason})")
    return NetworkError(message, places={"name": name, "reason": reason})
