"""The wire format."""

import json

import pytest

from tests.unit.core.test_grammar import LEGAL
from tutor.core.check import Check, Claim, ClaimKind, Evidence, Verdict, Why
from tutor.core.events import SolveEvent, StepFinished
from tutor.core.problem import Language, Latex, Problem
from tutor.core.solution import Step
from tutor.support.codec import CodecError, JsonValue, decode, encode


@pytest.mark.parametrize("name", LEGAL)
def test_events_survive_the_wire(name: str) -> None:
    for event in LEGAL[name]:
        wire = json.loads(json.dumps(encode(event)))
        assert decode(SolveEvent, wire) == event  # type: ignore[arg-type] # a union is not a type to mypy


def test_check_with_everything_survives_the_wire() -> None:
    claim = Claim(kind=ClaimKind.VALUE, latex=Latex("x=1"), sides=(Latex("x"), Latex("1")))
    check = Check(
        claim=claim,
        verdict=Verdict.UNDECIDED,
        method="sampling",
        evidence=Evidence(message="at {x}", details={"x": "2"}),
        why=Why.TIME,
        elapsed=0.5,
    )
    assert decode(Check, json.loads(json.dumps(encode(check)))) == check


def test_integer_is_taken_where_a_float_is_due() -> None:
    wire = encode(
        Check(claim=Claim(kind=ClaimKind.VALUE, latex=Latex(""), sides=()), verdict=Verdict.REFUTED)
    )
    assert isinstance(wire, dict)
    assert decode(Check, {**wire, "elapsed": 1}).elapsed == 1.0


@pytest.mark.parametrize(
    ("wire", "path"),
    [
        ({"type": "Problem", "text": 3}, "$.text: expected str"),
        ({"type": "Problem", "text": "a", "language": "fr"}, "$.language: unknown value 'fr'"),
        ({"type": "Problem", "text": "a", "colour": "red"}, "$: not a Problem: colour"),
        ({"type": "Step", "text": "a"}, "$: not a Problem: Step"),
        ({"type": "Problem"}, "$: "),
        ([], "$: expected an object"),
    ],
)
def test_misfit_is_named_with_its_path(wire: JsonValue, path: str) -> None:
    with pytest.raises(CodecError, match=path.replace("$", r"\$").replace("(", r"\(")):
        decode(Problem, wire)


def test_bool_is_no_number() -> None:
    wire = encode(StepFinished(step=Step(index=1, text="a"), claims=1))
    assert isinstance(wire, dict)
    with pytest.raises(CodecError, match="claims"):
        decode(StepFinished, {**wire, "claims": True})


def test_enums_travel_as_their_values() -> None:
    assert encode(Language.CHINESE) == "zh"


def test_value_without_a_json_form_is_refused() -> None:
    with pytest.raises(CodecError, match="set"):
        encode({1, 2})
