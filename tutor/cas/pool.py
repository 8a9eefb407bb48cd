"""Several CAS clients side by side, for many jobs that know nothing of each other."""

from __future__ import annotations

import queue
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from tutor.cas.client import CasClient

Item = TypeVar("Item")
Result = TypeVar("Result")


class CasPool:
    """Gives each job a client of its own while it runs.

    Use it as a context manager, or call `close`.
    """

    def __init__(self, size: int) -> None:
        self._clients = [CasClient() for _ in range(size)]
        self._free: queue.SimpleQueue[CasClient] = queue.SimpleQueue()
        for client in self._clients:
            self._free.put(client)
        self._threads = ThreadPoolExecutor(size, thread_name_prefix="cas-pool")

    def __enter__(self) -> CasPool:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def map(
        self, work: Callable[[CasClient, Item], Result], items: Iterable[Item]
    ) -> Iterator[Result]:
        """What each job returns, in the order of the items; all of them are read at once."""

        def run(item: Item) -> Result:
            client = self._free.get()
            try:
                return work(client, item)
            finally:
                self._free.put(client)

        return self._threads.map(run, items)

    def close(self) -> None:
        """Drop the jobs that have not begun and end the processes."""
        for client in self._clients:
            client.close()
        self._threads.shutdown(cancel_futures=True)
