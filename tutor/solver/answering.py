"""The final answer, taken from the written steps."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from tutor.core.problem import Latex
from tutor.core.solution import Answer, Step
from tutor.inference.answers import boxed, stated_answer
from tutor.mathtext.chains import strip_decoration


def find_answer(steps: Sequence[Step], *, cut_off: Collection[int] = ()) -> Answer | None:
    """The boxes of the last step that has any, else what is announced as the answer last, else nothing.

    Several boxes in one step (`x = 2` in one, `x = 3` in another) are one answer with several parts.

    Args:
        steps: The written steps.
        cut_off: Places of the steps that end in the middle. A box that is closed there is whole; of what is
            announced without one nobody knows.
    """
    for step in reversed(steps):
        parts = [strip_decoration(box) for box in boxed(step.text)]
        if any(parts):
            return Answer(latex=Latex(", ".join(filter(None, parts))), step=step.index)
    for step in reversed(steps):
        stated = strip_decoration(stated_answer(step.text) or "")
        if stated and step.index not in cut_off:
            return Answer(latex=Latex(stated), step=step.index)
    return None
