"""Tokens become text: characters over several tokens, stop texts over several tokens."""

from __future__ import annotations

import pytest

from tutor.inference.pieces import PieceJoiner


def join(pieces: list[bytes], stops: tuple[str, ...] = ()) -> tuple[list[str], bool]:
    joiner = PieceJoiner(stops)
    texts = [joiner.add(piece) for piece in pieces]
    return [*texts, joiner.finish()], joiner.is_stopped


def test_a_character_over_several_tokens_comes_whole() -> None:
    data = "步骤".encode()
    texts, _ = join([data[:1], data[1:4], data[4:]])
    assert texts == ["", "步", "骤", ""]


def test_a_broken_character_at_the_end_is_marked() -> None:
    texts, _ = join(["步".encode()[:2]])
    assert texts == ["", "\ufffd"]


def test_what_may_become_a_stop_text_is_held_back() -> None:
    texts, stopped = join([b"a Que", b"stion", b": b"], ("Question:",))
    assert texts == ["a ", "", "", ""]
    assert stopped


def test_what_did_not_become_a_stop_text_is_let_go() -> None:
    texts, stopped = join([b"a Que", b"en", b" Q"], ("Question:",))
    assert texts == ["a ", "Queen", " ", "Q"]
    assert not stopped


@pytest.mark.parametrize("stops", [("b", "ab"), ("ab", "b")])
def test_the_first_stop_text_counts(stops: tuple[str, ...]) -> None:
    texts, stopped = join([b"xab"], stops)
    assert "".join(texts) == "x"
    assert stopped


def test_nothing_after_a_stop_text_counts() -> None:
    texts, _ = join([b"a|", b"b", b"c"], ("|",))
    assert "".join(texts) == "a"
