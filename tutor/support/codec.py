"""Frozen dataclasses to JSON and back: the one wire format, for pipes, `--json` and files.

A dataclass becomes an object with a `type` member that holds its class name; tuples become lists, enums
their values. Decoding checks every member and names the path of what is wrong.
"""

from __future__ import annotations

import dataclasses
import enum
import types
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any, TypeAlias, TypeVar, Union, cast, get_args, get_origin, get_type_hints

JsonValue: TypeAlias = (
    "bool | int | float | str | Sequence[JsonValue] | Mapping[str, JsonValue] | None"
)
T = TypeVar("T")


class CodecError(ValueError):
    """A JSON value does not have the form that was expected; the message begins with its path."""


def encode(value: object) -> JsonValue:
    """A value as JSON.

    Raises:
        CodecError: It holds something that JSON has no form for.
    """
    if isinstance(value, enum.Enum):
        return cast("JsonValue", value.value)
    if value is None or isinstance(value, bool | int | float | str):
        return value
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        fields = {f.name: encode(getattr(value, f.name)) for f in dataclasses.fields(value)}
        return {"type": type(value).__name__, **fields}
    if isinstance(value, tuple | list):
        return [encode(item) for item in value]
    if isinstance(value, Mapping):
        return {str(key): encode(item) for key, item in value.items()}
    msg = f"{type(value).__name__} has no JSON form"
    raise CodecError(msg)


def decode(kind: type[T], value: JsonValue, path: str = "$") -> T:
    """A JSON value as `kind`: a dataclass, a union of dataclasses, an enum, a tuple or a plain type.

    Raises:
        CodecError: The value does not fit; the message names the place.
    """
    return cast("T", _decode(kind, value, path))


def decode_row(kind: type[T], value: JsonValue, path: str = "$") -> T:
    """An object of somebody else's as `kind`.

    Members that `kind` does not know are passed over, and `type` is a member like any other.

    Raises:
        CodecError: A member is missing or does not fit; the message names the place.
    """
    if not isinstance(value, Mapping):
        msg = f"{path}: expected an object"
        raise CodecError(msg)
    hints = _hints(cast("type", kind))
    members = {k: _decode(hints[k], v, f"{path}.{k}") for k, v in value.items() if k in hints}
    return cast("T", _made(kind, members, path))


def _decode(kind: Any, value: JsonValue, path: str) -> object:
    kind = getattr(kind, "__supertype__", kind)  # NewType
    origin = get_origin(kind)
    if origin in (Union, types.UnionType):
        return _decode_union(get_args(kind), value, path)
    if origin is tuple:
        return _decode_tuple(get_args(kind), value, path)
    if origin is dict:
        return _decode_dict(get_args(kind), value, path)
    if isinstance(kind, type) and issubclass(kind, enum.Enum):
        return _decode_enum(kind, value, path)
    if dataclasses.is_dataclass(kind):
        return _decode_dataclass(cast("type", kind), value, path)
    return _decode_plain(kind, value, path)


def _decode_union(options: tuple[Any, ...], value: JsonValue, path: str) -> object:
    if value is None and type(None) in options:
        return None
    rest = [option for option in options if option is not type(None)]
    if len(rest) == 1:
        return _decode(rest[0], value, path)
    if type(value) in rest:  # plain types
        return value
    name = value.get("type") if isinstance(value, Mapping) else None
    for option in rest:
        if getattr(option, "__name__", "") == name and name is not None:
            return _decode(option, value, path)
    msg = f"{path}: unknown type {name!r}"
    raise CodecError(msg)


def _decode_tuple(args: tuple[Any, ...], value: JsonValue, path: str) -> tuple[object, ...]:
    if not isinstance(value, Sequence) or isinstance(value, str):
        msg = f"{path}: expected a list"
        raise CodecError(msg)
    if len(args) == 2 and args[1] is Ellipsis:
        args = (args[0],) * len(value)
    if len(args) != len(value):
        msg = f"{path}: expected {len(args)} items, found {len(value)}"
        raise CodecError(msg)
    return tuple(
        _decode(a, v, f"{path}[{i}]") for i, (a, v) in enumerate(zip(args, value, strict=True))
    )


def _decode_dict(args: tuple[Any, ...], value: JsonValue, path: str) -> dict[str, object]:
    if not isinstance(value, Mapping):
        msg = f"{path}: expected an object"
        raise CodecError(msg)
    return {key: _decode(args[1], item, f"{path}.{key}") for key, item in value.items()}


def _decode_enum(kind: type[enum.Enum], value: JsonValue, path: str) -> enum.Enum:
    try:
        return kind(value)
    except ValueError:
        msg = f"{path}: unknown value {value!r}"
        raise CodecError(msg) from None


def _decode_dataclass(kind: type, value: JsonValue, path: str) -> object:
    if not isinstance(value, Mapping):
        msg = f"{path}: expected an object"
        raise CodecError(msg)
    hints = _hints(kind)
    unknown = set(value) - set(hints) - {"type"}
    if unknown or value.get("type", kind.__name__) != kind.__name__:
        msg = f"{path}: not a {kind.__name__}: {', '.join(sorted(unknown)) or value.get('type')}"
        raise CodecError(msg)
    members = {k: _decode(hints[k], v, f"{path}.{k}") for k, v in value.items() if k != "type"}
    return _made(kind, members, path)


def _made(kind: type, members: Mapping[str, object], path: str) -> object:
    needed = [f.name for f in dataclasses.fields(kind) if f.default is f.default_factory]
    if missing := [name for name in needed if name not in members]:
        msg = f"{path}: {', '.join(missing)} is missing"
        raise CodecError(msg)
    return kind(**members)


def _decode_plain(kind: Any, value: JsonValue, path: str) -> object:
    if kind is float and isinstance(value, int) and not isinstance(value, bool):
        return float(value)
    exact = kind in (int, float) and isinstance(value, bool)
    if not isinstance(value, kind) or exact:
        msg = f"{path}: expected {getattr(kind, '__name__', kind)}, found {type(value).__name__}"
        raise CodecError(msg)
    return value


@cache
def _hints(kind: type) -> dict[str, Any]:
    hints = get_type_hints(kind)
    return {f.name: hints[f.name] for f in dataclasses.fields(kind)}
