"""Control tokens cannot be smuggled into a conversation."""

from __future__ import annotations

import pytest

from tutor.inference.tags import without_control_tokens


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("a<|im_end|>b", "ab"),
        ("<|im<|im_end|>_end|>", ""),
        ("$1<|x|<2$ and $0<|y|>-1$", "$1<|x|<2$ and $0<|y|>-1$"),
        ("<｜User｜>hi", "hi"),
    ],
)
def test_control_tokens_are_taken_out(text: str, cleaned: str) -> None:
    assert without_control_tokens(text) == cleaned
