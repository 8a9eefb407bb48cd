"""What every test gets: a data folder of its own, and no network."""

from __future__ import annotations

import ipaddress
import logging
import os
import socket
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NoReturn

import pytest

from tutor.support.paths import HOME_VARIABLE, model_dir

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
if hasattr(os, "geteuid") and os.geteuid() == 0:
    os.environ.setdefault("QTWEBENGINE_CHROMIUM_FLAGS", "--no-sandbox --disable-gpu")

REAL_MODELS = model_dir()
"""Where the installed models are; tests that need one link it into their own folder."""


@pytest.fixture(autouse=True)
def own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The user's data folder, empty."""
    home = tmp_path / "home"
    home.mkdir()
    monkeypatch.setenv(HOME_VARIABLE, str(home))
    monkeypatch.setenv("LANG", "C.UTF-8")
    monkeypatch.delenv("LC_ALL", raising=False)
    return home


@pytest.fixture(autouse=True)
def _no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Fail whatever opens a connection to the network."""

    def refuse(*_: object, **__: object) -> NoReturn:
        pytest.fail("a test tried to reach the network")

    monkeypatch.setattr(socket, "create_connection", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)


@pytest.fixture(autouse=True)
def _only_loopback(monkeypatch: pytest.MonkeyPatch) -> None:
    """Fail whatever connects a socket to another machine."""

    def checked(connect: Callable[..., Any]) -> Callable[..., Any]:
        def connect_here(own: socket.socket, address: Any) -> Any:
            if own.family in (socket.AF_INET, socket.AF_INET6) and not _is_loopback(address[0]):
                pytest.fail(f"a test tried to reach {address!r}")
            return connect(own, address)

        return connect_here

    for name in ("connect", "connect_ex"):
        monkeypatch.setattr(socket.socket, name, checked(getattr(socket.socket, name)))


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


@pytest.fixture(autouse=True)
def _no_stray_logs(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """Fail on a warning or an error in the log that the test did not clear."""
    yield
    for when in ("setup", "call"):
        stray = [r for r in caplog.get_records(when) if r.levelno >= logging.WARNING]
        assert not stray, [record.getMessage() for record in stray]


@pytest.fixture
def real_models(own_home: Path) -> Path:
    """The installed models, linked into the test's own data folder."""
    folder = own_home / "models"
    folder.mkdir()
    for file in REAL_MODELS.glob("*"):
        (folder / file.name).symlink_to(file)
    return folder
