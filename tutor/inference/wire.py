"""What travels between `LocalModel` and its worker besides generations and their events."""

from __future__ import annotations

from dataclasses import dataclass

LOAD = "load"
GENERATE = "generate"


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadModel:
    """Load a model file.

    Attributes:
        path: The file.
        n_ctx: Tokens of context.
        threads: Threads to compute with; 0 for one a physical core.
        gpu: Whether a graphics processor may be used, where the build can.
    """

    path: str
    n_ctx: int = 4096
    threads: int = 0
    gpu: bool = True
