"""For these tests alone: a network that ends at this machine."""

from __future__ import annotations

import socket
from typing import Any

import pytest


@pytest.fixture(autouse=True)
def _no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let connections reach the loopback address and nothing else."""
    look_up, connect = socket.getaddrinfo, socket.create_connection

    def only_here(host: object) -> None:
        if host not in ("127.0.0.1", b"127.0.0.1"):
            pytest.fail(f"a test tried to reach {host!r}")

    def checked_look_up(host: Any, *rest: Any, **named: Any) -> object:
        only_here(host)
        return look_up(host, *rest, **named)

    def checked_connect(address: tuple[str, int], *rest: Any, **named: Any) -> object:
        only_here(address[0])
        return connect(address, *rest, **named)

    monkeypatch.setattr(socket, "getaddrinfo", checked_look_up)
    monkeypatch.setattr(socket, "create_connection", checked_connect)
