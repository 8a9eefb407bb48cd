"""The solution reader: what it finds in what models write, however the stream is cut."""

from __future__ import annotations

import random

import pytest

from tutor.inference.reader import (
    PlanWritten,
    SolutionPart,
    SolutionReader,
    StepClosed,
    StepOpened,
    StepText,
    ThinkingWritten,
)

ASKED = (
    "Plan: Factor, then read off the roots.\n\nStep 1: Factor $x^2-5x+6=(x-2)(x-3)$.\n\n"
    "Step 2: So $x=2$ or $x=3$.\nAnswer: \\boxed{x=2, x=3}"
)
ASKED_STEPS = [
    "Factor $x^2-5x+6=(x-2)(x-3)$.",
    "So $x=2$ or $x=3$.\nAnswer: \\boxed{x=2, x=3}",
]
CHINESE = "计划：先因式分解。\n\n步骤1：分解 $x^2-1=(x-1)(x+1)$。\n第2步：解得 $x=\\pm 1$。\n\n答案：\\boxed{\\pm1}"

SAMPLES: dict[str, tuple[str, str, list[str]]] = {
    "asked for": (ASKED, "Factor, then read off the roots.", ASKED_STEPS),
    "chinese": (
        CHINESE,
        "先因式分解。",
        ["分解 $x^2-1=(x-1)(x+1)$。", "解得 $x=\\pm 1$。\n\n答案：\\boxed{\\pm1}"],
    ),
    "chinese numerals": (
        "**计划：** 代入。\n\n第一步，代入得 $y=2$。\n第二步，所以 $x=1$。",
        "代入。",
        ["代入得 $y=2$。", "所以 $x=1$。"],
    ),
    "headings with an introduction": (
        "To solve it, follow these steps:\n\n### Step 1: Expand\n\n$a=b$\n\n### Step 2\n$c=d$",
        "To solve it, follow these steps:",
        ["Expand\n\n$a=b$", "$c=d$"],
    ),
    "bold": (
        "**Step 1:** Expand.\n\n**Step 2**: Collect.\n**Step 3: Solve**\n$x=1$\n\n**步骤 4**\n$y=2$",
        "",
        ["Expand.", "Collect.", "**Solve**\n$x=1$", "$y=2$"],
    ),
    "a bold title after a plain marker": (
        "Step 1: **Factor** it.\nStep 2: -x = 3",
        "",
        ["**Factor** it.", "-x = 3"],
    ),
    "numbered list": (
        "We do this:\n\n1. **Factor** the left side:\n   $$x^2-1=0$$\n2. Solve.\n\nSo \\boxed{1}.",
        "We do this:",
        ["**Factor** the left side:\n   $$x^2-1=0$$", "Solve.\n\nSo \\boxed{1}."],
    ),
    "numbers inside a step": (
        "Step 1: Two cases:\n1. $x>0$\n2. $x<0$\n\nStep 2: Done.",
        "",
        ["Two cases:\n1. $x>0$\n2. $x<0$", "Done."],
    ),
    "a plan that is a list": (
        "Plan:\n1. Factor\n2. Solve\n\nSteps:\n\nStep 1: $a=a$\nStep 2: $b=b$",
        "1. Factor\n2. Solve",
        ["$a=a$", "$b=b$"],
    ),
    "paragraphs": (
        "We expand:\n\n$$(x+1)^2\n\n=x^2+2x+1$$\n\nThen we set\n- a\n\n- b\n\nso that\n\n\\[x=1\\]\n\nDone.",
        "",
        [
            "We expand:\n\n$$(x+1)^2\n\n=x^2+2x+1$$",
            "Then we set\n- a\n\n- b",
            "so that\n\n\\[x=1\\]",
            "Done.",
        ],
    ),
    "a plan, then paragraphs": (
        "Plan: Add.\n\n$1+1=2$, so two.\n\nHence \\boxed{2}.",
        "Add.",
        ["$1+1=2$, so two.", "Hence \\boxed{2}."],
    ),
    "an environment with blank lines": (
        "Let\n\\begin{aligned}a&=1\\\\[2pt]\n\nb&=2\\end{aligned}\nin all.\n\nDone.",
        "",
        ["Let\n\\begin{aligned}a&=1\\\\[2pt]\n\nb&=2\\end{aligned}\nin all.", "Done."],
    ),
    "a code fence": (
        "Step 1: Run\n```python\n# Step 9: no\nx = 1\n\ny = 2\n```\nStep 2: Done.",
        "",
        ["Run\n```python\n# Step 9: no\nx = 1\n\ny = 2\n```", "Done."],
    ),
    "empty steps and rules": (
        "### Solution\n\nStep 1:\n\nStep 2: $a=a$\n\n---\n\nStep 3: $b=b$<|im_end|>",
        "",
        ["$a=a$", "$b=b$"],
    ),
    "a sentence about a step": (
        "Step 1: $a=1$.\nStep 1 gives $a=1$.\n第1步得到 $a=1$。",
        "",
        ["$a=1$.\nStep 1 gives $a=1$.\n第1步得到 $a=1$。"],
    ),
    "one paragraph": ("The answer is \\boxed{3}", "", ["The answer is \\boxed{3}"]),
    "a less-than sign": ("Step 1: $1<x$ and $|x|<|y|$, <b>", "", ["$1<x$ and $|x|<|y|$, <b>"]),
    "nothing": ("", "", []),
    "blanks": ("\n \n", "", []),
    "solution marker in chinese": (
        "解：\n由题意 $x=1$。\n\n所以 $y=2$。",
        "",
        ["由题意 $x=1$。", "所以 $y=2$。"],
    ),
}


def read(pieces: list[str], reader: SolutionReader | None = None) -> list[SolutionPart]:
    reader = reader or SolutionReader()
    parts = [part for piece in pieces for part in reader.feed(piece)]
    return _merged([*parts, *reader.finish()])


def _merged(parts: list[SolutionPart]) -> list[SolutionPart]:
    merged: list[SolutionPart] = []
    for part in parts:
        last = merged[-1] if merged else None
        if isinstance(part, StepText) and isinstance(last, StepText):
            merged[-1] = StepText(last.text + part.text)
        elif isinstance(part, ThinkingWritten) and isinstance(last, ThinkingWritten):
            merged[-1] = ThinkingWritten(last.text + part.text)
        else:
            merged.append(part)
    return merged


def steps(parts: list[SolutionPart]) -> list[str]:
    return [part.text for part in parts if isinstance(part, StepClosed)]


def plan(parts: list[SolutionPart]) -> str:
    return "".join(part.text for part in parts if isinstance(part, PlanWritten))


def thinking(parts: list[SolutionPart]) -> str:
    return "".join(part.text for part in parts if isinstance(part, ThinkingWritten))


@pytest.mark.parametrize("name", SAMPLES)
def test_plan_and_steps_are_found(name: str) -> None:
    text, expected_plan, expected_steps = SAMPLES[name]
    parts = read([text])
    assert steps(parts) == expected_steps
    assert plan(parts) == expected_plan


@pytest.mark.parametrize("name", SAMPLES)
def test_the_cut_of_the_stream_does_not_matter(name: str) -> None:
    text = SAMPLES[name][0]
    whole = read([text])
    assert read(list(text)) == whole
    chance = random.Random(1)  # noqa: S311 - no secret
    for _ in range(20):
        pieces, rest = [], text
        while rest:
            size = chance.randint(1, 12)
            pieces.append(rest[:size])
            rest = rest[size:]
        assert read(pieces) == whole


@pytest.mark.parametrize("name", SAMPLES)
def test_a_step_is_opened_written_and_closed_with_the_same_text(name: str) -> None:
    parts = [part for part in read(list(SAMPLES[name][0])) if not isinstance(part, PlanWritten)]
    assert len(parts) % 3 == 0
    for opened, text, closed in zip(parts[::3], parts[1::3], parts[2::3], strict=True):
        assert isinstance(opened, StepOpened)
        assert isinstance(text, StepText)
        assert isinstance(closed, StepClosed)
        assert text.text == closed.text == closed.text.strip()


def test_text_is_passed_on_before_its_line_ends() -> None:
    reader = SolutionReader()
    reader.feed("Plan: Add.\n\nStep 1: We ")
    assert reader.feed("add 1") == (StepText(" add 1"),)


def test_the_first_step_opens_with_its_first_word() -> None:
    reader = SolutionReader()
    assert reader.feed("Step 1") == ()
    assert reader.feed(": W") == (StepOpened(), StepText("W"))


def test_a_step_closes_when_the_next_begins() -> None:
    reader = SolutionReader()
    reader.feed("Step 1: a\n")
    assert reader.feed("\nStep 2: b") == (StepClosed("a"), StepOpened(), StepText("b"))


def test_a_long_text_without_markers_is_streamed() -> None:
    reader = SolutionReader()
    parts = reader.feed("word " * 100)
    assert parts[0] == StepOpened()


@pytest.mark.parametrize(
    "pieces", [["Step 3:", " now $a=b$.\n\nStep 4: c"], [" now $a=b$.\n\nStep 4: c"]]
)
def test_a_correction_continues_the_step_it_was_given(pieces: list[str]) -> None:
    parts = read(pieces, SolutionReader(next_step=3))
    assert steps(parts) == ["now $a=b$.", "c"]


def test_a_correction_never_brings_a_plan() -> None:
    parts = read(["\n\nFirst\n\nsecond"], SolutionReader(next_step=2))
    assert steps(parts) == ["First\n\nsecond"]


THOUGHT = "<think>\nHm, $x<1$?\n\nStep 1: no.\n</think>\n\nStep 1: yes."


def test_thinking_is_apart_from_the_steps() -> None:
    parts = read(list(THOUGHT))
    assert thinking(parts).strip() == "Hm, $x<1$?\n\nStep 1: no."
    assert steps(parts) == ["yes."]


def test_thinking_that_the_prompt_opened_is_read() -> None:
    parts = read([THOUGHT.removeprefix("<think>")], SolutionReader(thinking=True))
    assert thinking(parts).strip() == "Hm, $x<1$?\n\nStep 1: no."
    assert steps(parts) == ["yes."]


def test_unclosed_thinking_brings_no_step() -> None:
    parts = read(["<think>on and", " on"])
    assert parts == [ThinkingWritten("on and on")]


def test_control_tokens_vanish() -> None:
    parts = read(list("<|im_start|>Step 1: a<|im_end|><｜end▁of▁sentence｜></s>"))
    assert steps(parts) == ["a"]
