import hashlib
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from tutor.core.errors import Cancelled, NetworkError, StorageError
from tutor.net.hub import Hub

DATA = bytes(range(256)) * 4000
SHA256 = hashlib.sha256(DATA).hexdigest()


class Handler(BaseHTTPRequestHandler):
    """Answers as the hub does: facts about the file in headers, ranges honoured."""

    ranges: list[str]

    def do_HEAD(self) -> None:
        self._answer(body=False)

    def do_GET(self) -> None:
        self._answer(body=True)

    def _answer(self, *, body: bool) -> None:
        if "/tiny/" not in self.path:
            self._refuse()
            return
        wanted = self.headers.get("Range", "")
        start = int(wanted.removeprefix("bytes=").rstrip("-")) if wanted else 0
        if body:
            Handler.ranges.append(wanted)
        self.send_response(206 if wanted else 200)
        self.send_header("Content-Length", str(len(DATA) - start))
        if wanted:
            self.send_header("Content-Range", f"bytes {start}-{len(DATA) - 1}/{len(DATA)}")
        self.send_header("ETag", f'"{"plain" if "no-hash" in self.path else SHA256}"')
        self.send_header("X-Repo-Commit", "a" * 40)
        self.end_headers()
        if body:
            self.wfile.write(DATA[start:])

    def _refuse(self) -> None:
        self.send_response(404)
        self.send_header("X-Error-Code", "RepoNotFound")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_arguments: object) -> None:
        return


@pytest.fixture
def hub() -> Iterator[Hub]:
    Handler.ranges = []
    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield Hub(f"http://127.0.0.1:{server.server_port}")
        server.shutdown()
        thread.join()


def test_size_hash_and_commit_come_from_the_hub(hub: Hub) -> None:
    file = hub.look_up("someone/tiny", "tiny.gguf")
    assert (file.bytes, file.sha256, file.commit) == (len(DATA), SHA256, "a" * 40)


def test_whole_file_arrives_with_progress(hub: Hub, tmp_path: Path) -> None:
    counts: list[int] = []
    file = hub.look_up("someone/tiny", "tiny.gguf")
    hub.append(file, tmp_path / "part", progress=counts.append)
    assert (tmp_path / "part").read_bytes() == DATA
    assert counts[-1] == len(DATA)


def test_only_what_is_missing_is_asked_for(hub: Hub, tmp_path: Path) -> None:
    (tmp_path / "part").write_bytes(DATA[:1000])
    hub.append(hub.look_up("someone/tiny", "tiny.gguf"), tmp_path / "part", progress=print)
    assert (tmp_path / "part").read_bytes() == DATA
    assert Handler.ranges == ["bytes=1000-"]


def test_whole_file_is_not_asked_for_again(hub: Hub, tmp_path: Path) -> None:
    (tmp_path / "part").write_bytes(DATA)
    hub.append(hub.look_up("someone/tiny", "tiny.gguf"), tmp_path / "part", progress=print)
    assert Handler.ranges == []


def test_watcher_can_end_the_download_and_what_came_stays(hub: Hub, tmp_path: Path) -> None:
    def stop(_count: int) -> None:
        raise Cancelled

    file = hub.look_up("someone/tiny", "tiny.gguf")
    with pytest.raises(Cancelled):
        hub.append(file, tmp_path / "part", progress=stop)
    assert DATA.startswith((tmp_path / "part").read_bytes())


def test_full_disk_is_told_from_the_network(hub: Hub) -> None:
    file = hub.look_up("someone/tiny", "tiny.gguf")
    with pytest.raises(StorageError):
        hub.append(file, Path("/dev/full"), progress=print)


def test_unknown_repository_is_named(hub: Hub) -> None:
    with pytest.raises(NetworkError, match="someone/other"):
        hub.look_up("someone/other", "x.gguf")


def test_file_without_a_hash_is_not_taken(hub: Hub) -> None:
    with pytest.raises(NetworkError, match="hash"):
        hub.look_up("someone/tiny", "no-hash.gguf")


def test_hub_out_of_reach_is_one_line() -> None:
    with pytest.raises(NetworkError) as caught:
        Hub("http://127.0.0.1:9").look_up("someone/tiny", "tiny.gguf")
    assert "\n" not in caught.value.message
