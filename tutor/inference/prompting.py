"""Fills the prompts; their texts are the Markdown files in `prompts/`."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

from tutor.core.problem import Language
from tutor.inference.messages import Message, Role

_FOLDER = Path(__file__).with_name("prompts")
_PLACE = re.compile(r"\[\[(\w+)\]\]")
_STEP = {Language.ENGLISH: "Step {index}:", Language.CHINESE: "步骤{index}："}
_PLAN = {Language.ENGLISH: "Plan:", Language.CHINESE: "计划："}
_ANSWER = {
    Language.ENGLISH: "\n\nThe answer is $\\boxed{",
    Language.CHINESE: "\n\n所以答案是 $\\boxed{",
}
_GAP = {Language.ENGLISH: " ", Language.CHINESE: ""}


def solve_messages(
    problem_text: str, language: Language, *, thinks: bool = False
) -> tuple[Message, ...]:
    """The conversation that asks for a solution.

    Args:
        problem_text: The problem as the learner gave it.
        language: The language to answer in.
        thinks: Whether the model plans by itself, in `<think>`; it is then asked for steps alone.
    """
    system = _text("think" if thinks else "solve", language)
    return (
        Message(role=Role.SYSTEM, text=system),
        Message(role=Role.USER, text=problem_text.strip()),
    )


def correction_messages(  # noqa: PLR0913 - what a correction is made of
    problem_text: str,
    language: Language,
    kept_steps_text: str,
    wrong_step_text: str,
    index: int,
    reason: str,
    *,
    thinks: bool = False,
) -> tuple[tuple[Message, ...], str]:
    """The conversation that asks to go on from a refuted step, and how the model's turn begins.

    It begins like the conversation of the solve, so a model that has just written the solution need not read
    that part again.

    Args:
        problem_text: The problem as the learner gave it.
        language: The language to answer in.
        kept_steps_text: The plan and the steps before the wrong one, as `written_text` gives them.
        wrong_step_text: The refuted step, without its marker.
        index: Its place, counted from 1.
        reason: What is wrong with it, as a sentence with LaTeX.
        thinks: Whether the model plans by itself, in `<think>`.
    """
    wrong = f"{step_prefix(index, language)}{_GAP[language]}{wrong_step_text.strip()}"
    written = "\n\n".join(part for part in (kept_steps_text.strip(), wrong) if part)
    request = _fill(_text("correct", language), {"index": str(index), "reason": reason.strip()})
    messages = (
        *solve_messages(problem_text, language, thinks=thinks),
        Message(role=Role.ASSISTANT, text=written),
        Message(role=Role.USER, text=request),
    )
    return messages, step_prefix(index, language)


def written_text(
    plan: str, steps: Sequence[str], language: Language = Language.ENGLISH, *, first: int = 1
) -> str:
    """A plan and steps in the form the prompts ask for.

    Args:
        plan: The plan, or an empty string.
        steps: The texts of the steps, without markers.
        language: The language of the markers.
        first: Number of the first of these steps.
    """
    gap = _GAP[language]
    marked = [
        f"{step_prefix(index, language)}{gap}{text.strip()}"
        for index, text in enumerate(steps, start=first)
    ]
    head = [f"{_PLAN[language]}{gap}{plan.strip()}"] if plan.strip() else []
    return "\n\n".join([*head, *marked])


def step_prefix(index: int, language: Language) -> str:
    """The marker a step begins with."""
    return _STEP[language].format(index=index)


def answer_prefix(language: Language) -> str:
    """How a model's turn goes on when it is to state the answer it has not stated."""
    return _ANSWER[language]


@cache
def _text(name: str, language: Language) -> str:
    path = _FOLDER / f"{name}.{language.value}.md"
    return path.read_text(encoding="utf-8").strip()


def _fill(text: str, values: Mapping[str, str]) -> str:
    """The text with its `[[name]]` places filled, once: what is filled in is not filled again."""
    return _PLACE.sub(lambda match: values[match[1]], text)
