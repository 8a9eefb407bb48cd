"""Files from the Hugging Face hub, with its own account of their size and hash."""

from __future__ import annotations

import contextlib
import logging
import os
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final, cast

from tutor.core.errors import NetworkError
from tutor.support.file_errors import unwritable
from tutor.support.i18n import N_

_SHA256: Final = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True, kw_only=True)
class HubFile:
    """A file on the hub, at one fixed commit.

    Attributes:
        repository: `owner/name`.
        name: The file's name there.
        commit: The commit it was looked up at.
        bytes: Its size.
        sha256: Its hash, as the hub gives it.
    """

    repository: str
    name: str
    commit: str
    bytes: int
    sha256: str


class Hub:
    """The hub, or a mirror of it."""

    def __init__(self, endpoint: str | None = None) -> None:
        """Name the hub.

        Args:
            endpoint: Address of a mirror; without it, the one that `HF_ENDPOINT` or the library says.
        """
        self._endpoint = endpoint

    def look_up(self, repository: str, name: str) -> HubFile:
        """Size, hash and commit of a file.

        Raises:
            NetworkError: The hub cannot be reached, or has no such file.
        """
        _forbid_telemetry()
        from huggingface_hub import (  # noqa: PLC0415 - slow to import, needed for downloads only
            get_hf_file_metadata,
            hf_hub_url,
        )

        with _network_errors(repository, name):
            url = hf_hub_url(repository, name, endpoint=self._endpoint)
            found = get_hf_file_metadata(url, token=False, endpoint=self._endpoint)
        if not (found.commit_hash and found.size and _SHA256.fullmatch(found.etag or "")):
            message = N_("the hub gives no size and hash for {file} of {repository}")
            raise NetworkError(message, places={"file": name, "repository": repository})
        return HubFile(
            repository=repository,
            name=name,
            commit=found.commit_hash,
            bytes=found.size,
            sha256=str(found.etag),
        )

    def append(self, file: HubFile, path: Path, *, progress: Callable[[int], None]) -> None:
        """Download what `path` lacks of a file, behind what it already holds.

        Args:
            file: The file.
            path: Where its beginning may already be; a file that does not exist yet is made.
            progress: Told how many bytes are there. What it raises ends the download.

        Raises:
            NetworkError: The hub cannot be reached or breaks off; `path` keeps what came.
            StorageError: There is no room.
        """
        _forbid_telemetry()
        from huggingface_hub import hf_hub_url  # noqa: PLC0415 - as above
        from huggingface_hub.file_download import http_get  # noqa: PLC0415 - the one that resumes
        from huggingface_hub.utils.tqdm import disable_progress_bars  # noqa: PLC0415 - as above

        disable_progress_bars()
        # It logs every retry; what people see of it is progress that stands still for a while.
        logging.getLogger("huggingface_hub").setLevel(logging.ERROR)
        with _network_errors(file.repository, file.name), path.open("ab") as target:
            url = hf_hub_url(
                file.repository, file.name, revision=file.commit, endpoint=self._endpoint
            )
            watched = cast("BinaryIO", _WatchedFile(target, progress))
            http_get(url, watched, resume_size=target.tell(), expected_size=file.bytes)


def _forbid_telemetry() -> None:
    """Keep the library from asking its makers, before the first request, what program it runs in."""
    os.environ["HF_HUB_DISABLE_TELEMETRY"] = "1"  # read once, when the library is imported


class _WatchedFile:
    """A file that reports how long it has become, and whose write errors are told from the network's."""

    def __init__(self, file: BinaryIO, progress: Callable[[int], None]) -> None:
        self._file = file
        self._progress = progress

    def write(self, data: bytes) -> int:
        try:
            written = self._file.write(data)
            self._file.flush()
        except OSError as error:
            raise unwritable(error, self._file.name) from error
        self._progress(self._file.tell())
        return written

    def tell(self) -> int:
        return self._file.tell()

    def seek(self, offset: int) -> int:
        return self._file.seek(offset)

    def truncate(self) -> int:
        return self._file.truncate()


@contextlib.contextmanager
def _network_errors(repository: str, name: str) -> Iterator[None]:
    import httpx2  # noqa: PLC0415 - comes with the hub's library and is imported with it
    from huggingface_hub.errors import (  # noqa: PLC0415 - as above
        EntryNotFoundError,
        GatedRepoError,
        RepositoryNotFoundError,
    )

    places = {"file": name, "repository": repository}
    try:
        yield
    except GatedRepoError as error:
        raise NetworkError(N_("the hub wants a login for {repository}"), places=places) from error
    except (RepositoryNotFoundError, EntryNotFoundError) as error:
        raise NetworkError(N_("the hub has no {file} in {repository}"), places=places) from error
    except (OSError, httpx2.HTTPError) as error:
        lines = str(error).strip().splitlines() or [type(error).__name__]
        message = N_("the hub could not be reached ({reason})")
        raise NetworkError(message, places={"reason": lines[0].rstrip(".")}) from error
