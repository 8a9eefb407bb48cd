"""The composition root: paths, model and workers become one `Tutor`."""

from __future__ import annotations

from collections.abc import Iterator

from tutor.cas.client import CasClient
from tutor.core.cancel import CancelToken
from tutor.core.errors import TutorError
from tutor.core.events import SolveEvent
from tutor.core.problem import Problem
from tutor.inference.catalogue import resolve
from tutor.inference.local import LocalModel
from tutor.inference.messages import Model
from tutor.inference.prompting import solve_messages
from tutor.solver.options import SolveOptions
from tutor.solver.solve import solve
from tutor.support.i18n import system_language


class Tutor:
    """Solves problems with one language model and one CAS, both in processes of their own.

    Use it as a context manager, or call `close`. One solve runs at a time.
    """

    def __init__(self, model: Model, cas: CasClient) -> None:
        self._model = model
        self._cas = cas

    def __enter__(self) -> Tutor:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def solve(
        self,
        problem: Problem,
        *,
        options: SolveOptions | None = None,
        cancel: CancelToken | None = None,
    ) -> Iterator[SolveEvent]:
        """The events of solving a problem; see `tutor.core.events` for their grammar.

        Args:
            problem: What to solve.
            options: Seed, budget and the like.
            cancel: Stops the solve when it is set.
        """
        return solve(
            problem,
            model=self._model,
            cas=self._cas,
            options=options or SolveOptions(),
            cancel=cancel or CancelToken(),
        )

    def close(self) -> None:
        """End the processes."""
        self._model.close()
        self._cas.close()


def open_tutor(model: str | None = None) -> Tutor:
    """A tutor with an installed model; its processes start and load in the background.

    Args:
        model: Name of an installed model; `None` takes the default.

    Raises:
        ModelMissing: It is not installed.
        InputError: There is no such model.
        ModelDamaged: Its file is not what it should be.
    """
    local = LocalModel(resolve(model))
    # The system prompt is most of what is read before the first word. The one in the likelier language is read
    # before there is a problem.
    try:
        local.warm(solve_messages("", system_language(), thinks=local.thinks)[:1])
    except TutorError:
        local.close()
        raise
    return Tutor(local, CasClient())
