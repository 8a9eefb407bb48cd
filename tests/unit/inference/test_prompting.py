"""The prompts are whole, in both languages, and a correction goes on from the solve."""

from __future__ import annotations

import pytest

from tutor.core.problem import Language
from tutor.inference.messages import Role
from tutor.inference.prompting import (
    correction_messages,
    solve_messages,
    step_prefix,
    written_text,
)
from tutor.inference.reader import PlanWritten, SolutionReader, StepClosed

LANGUAGES = list(Language)


@pytest.mark.parametrize("thinks", [False, True])
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_solve_has_a_system_turn_and_the_problem(language: Language, thinks: bool) -> None:
    system, user = solve_messages(" Solve $x=1$ ", language, thinks=thinks)
    assert (system.role, user.role) == (Role.SYSTEM, Role.USER)
    assert user.text == "Solve $x=1$"
    assert r"\boxed{" in system.text
    assert step_prefix(1, language) in system.text


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_model_that_thinks_is_not_asked_for_a_plan(language: Language) -> None:
    texts = [solve_messages("1+1", language, thinks=t)[0].text for t in (False, True)]
    plan = written_text("p", (), language).removesuffix("p").strip()
    assert plan in texts[0]
    assert plan not in texts[1]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_correction_begins_like_the_solve_and_the_written_text(language: Language) -> None:
    kept = written_text("Add.", ["$1+1=2$", "$2+1=3$"], language)
    messages, prefix = correction_messages("p", language, kept, "$3+1=5$", 3, "$3+1=4$.")
    assert messages[:2] == solve_messages("p", language)
    assert messages[2].role is Role.ASSISTANT
    assert messages[2].text == written_text("Add.", ["$1+1=2$", "$2+1=3$", "$3+1=5$"], language)
    assert messages[3].role is Role.USER
    assert prefix == step_prefix(3, language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_filled_in_is_not_filled_again(language: Language) -> None:
    messages, _ = correction_messages("p", language, "", "a", 1, r"[[index]] and \1 at $\frac12$")
    assert r"[[index]] and \1 at $\frac12$" in messages[-1].text
    assert messages[-1].text.count("[[") == 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_reader_reads_written_text(language: Language) -> None:
    reader = SolutionReader()
    parts = [*reader.feed(written_text("Add.", ["a", "b"], language)), *reader.finish()]
    assert PlanWritten("Add.") in parts
    assert [part.text for part in parts if isinstance(part, StepClosed)] == ["a", "b"]
