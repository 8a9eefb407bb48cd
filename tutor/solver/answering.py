"""The final answer, taken from the written steps."""

from __future__ import annotations

from collections.abc import Sequence

from tutor.core.problem import Latex
from tutor.core.solution import Answer, Step
from tutor.inference.answers import boxed, stated_answer
from tutor.mathtext.chains import strip_decoration


def find_answer(steps: Sequence[Step]) -> Answer | None:
    """The last boxed answer, else the last one announced as the answer, else nothing."""
    for read in (boxed, stated_answer):
        for step in reversed(steps):
            found = read(step.text)
            if found is not None and (latex := strip_decoration(found)):
                return Answer(latex=Latex(latex), step=step.index)
    return None
