"""What can be chosen for a solve."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class SolveOptions:
    """How to solve.

    Attributes:
        seed: Seed of the model's sampling.
        max_tokens: Most tokens the model may write in all; 0 leaves it to the kind of model.
        anyway: Solve even though the text speaks of a drawing it does not bring.
    """

    seed: int = 0
    max_tokens: int = 0
    anyway: bool = False
