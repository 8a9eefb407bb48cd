"""What travels between the program and its child processes: one JSON object a line.

to the child      {"id": 7, "op": "check", "body": {…}}      {"id": 7, "op": "cancel", "body": null}
from the child    {"id": 0, "kind": "hello", "body": {"protocol": 1, "name": "cas"}}
                  {"id": 7, "kind": "part", "body": {…}}      any number of them, then one of
                  {"id": 7, "kind": "done", "body": {…}}
                  {"id": 7, "kind": "error", "body": {"type": "ModelDamaged", "message": "…", "hint": "…"}}
"""

from __future__ import annotations

import enum
import json
from collections.abc import Mapping
from dataclasses import dataclass

from tutor.core.errors import (
    InputError,
    ModelDamaged,
    ModelError,
    ModelMissing,
    ModelOutputError,
    ModelTooLarge,
    ProtocolError,
    TutorError,
)
from tutor.support.codec import JsonValue

PROTOCOL = 1
CANCEL = "cancel"


class Kind(enum.StrEnum):
    """What a message from a child is."""

    HELLO = "hello"
    PART = "part"
    DONE = "done"
    ERROR = "error"


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """A message to a child.

    Attributes:
        id: Number that its replies carry.
        op: What to do; `cancel` stops the request with the same number.
        body: What the operation needs.
    """

    id: int
    op: str
    body: JsonValue = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """A message from a child.

    Attributes:
        id: Number of the request it answers; 0 for the greeting.
        kind: What it is.
        body: What it carries.
    """

    id: int
    kind: Kind
    body: JsonValue = None


def write_request(request: Request) -> bytes:
    """The line that carries a request."""
    return _line({"id": request.id, "op": request.op, "body": request.body})


def write_reply(reply: Reply) -> bytes:
    """The line that carries a reply."""
    return _line({"id": reply.id, "kind": reply.kind.value, "body": reply.body})


def read_request(line: bytes) -> Request:
    """The request on a line.

    Raises:
        ProtocolError: The line is not a request.
    """
    message = _object(line)
    number, op = message.get("id"), message.get("op")
    if not isinstance(number, int) or not isinstance(op, str):
        raise ProtocolError("not a request")
    return Request(id=number, op=op, body=message.get("body"))


def read_reply(line: bytes) -> Reply:
    """The reply on a line.

    Raises:
        ProtocolError: The line is not a reply.
    """
    message = _object(line)
    number, kind = message.get("id"), message.get("kind")
    if not isinstance(number, int) or kind not in list(Kind):
        raise ProtocolError("not a reply")
    return Reply(id=number, kind=Kind(kind), body=message.get("body"))


def error_body(error: TutorError) -> JsonValue:
    """An error as the body of an error reply."""
    body: dict[str, JsonValue] = {
        "type": type(error).__name__,
        "message": error.template,
        "hint": error.hint_template,
        "places": error.places,
    }
    if isinstance(error, ModelTooLarge):
        body |= {"needed": error.needed, "available": error.available}
    return body


def error_from(body: JsonValue) -> TutorError:
    """The error in the body of an error reply."""
    if not isinstance(body, Mapping):
        return ProtocolError("a worker failed without saying how")
    message, hint = str(body.get("message", "")), str(body.get("hint", ""))
    found = body.get("places")
    places = dict(found) if isinstance(found, Mapping) else {}
    needed, available = body.get("needed"), body.get("available")
    if isinstance(needed, int) and isinstance(available, int):
        return ModelTooLarge(message, needed=needed, available=available, hint=hint, places=places)
    kinds: tuple[type[TutorError], ...] = (ModelMissing, ModelDamaged, ModelOutputError)
    named: dict[str, type[TutorError]] = {
        kind.__name__: kind for kind in (*kinds, ModelError, InputError)
    }
    return named.get(str(body.get("type")), ProtocolError)(message, hint=hint, places=places)


def _line(message: Mapping[str, JsonValue]) -> bytes:
    return json.dumps(message, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def _object(line: bytes) -> Mapping[str, JsonValue]:
    try:
        message = json.loads(line)
    except ValueError as error:
        msg = f"a line that is not JSON: {line[:80]!r}"
        raise ProtocolError(msg) from error
    if not isinstance(message, dict):
        raise ProtocolError("a line that is not an object")
    return message
