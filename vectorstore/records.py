"""Domain values as JSON text and back, for the catalogue's record columns.

Frozen dataclasses of strings, numbers, decimals, dates, enums, tuples and each other; fields that have their
default are left out, fields unknown to this version are ignored, so that an added field needs no migration.
"""

from __future__ import annotations

import dataclasses
import functools
import json
import types
import typing
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import Any, TypeVar

Record = TypeVar("Record")


def to_text(record: object) -> str:
    """The JSON text of a domain value."""
    return json.dumps(_encode(record), ensure_ascii=False, separators=(",", ":"))


def from_text(kind: type[Record], text: str) -> Record:
    """The domain value of `kind` that `to_text` wrote."""
    return typing.cast(Record, _decoder(typing.cast(Any, kind))(json.loads(text)))


def _encode(value: object) -> object:
    if dataclasses.is_dataclass(value):
        return {
            field.name: _encode(getattr(value, field.name))
            for field in dataclasses.fields(value)
            if not _has_its_default(field, getattr(value, field.name))
        }
    if isinstance(value, tuple):
        return [_encode(part) for part in value]
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, date):
        return value.isoformat()
    return value


def _has_its_default(field: dataclasses.Field[Any], value: object) -> bool:
    if field.default is not dataclasses.MISSING:
        return type(value) is type(field.default) and value == field.default
    return field.default_factory is not dataclasses.MISSING and value == field.default_factory()


@functools.cache
def _decoder(kind: Any) -> Callable[[Any], Any]:
    """The function that turns parsed JSON into a value of the annotated type `kind`."""
    if dataclasses.is_dataclass(kind):
        return _dataclass_decoder(typing.cast(type, kind))
    origin = typing.get_origin(kind)
    if origin in (types.UnionType, typing.Union):
        (inner,) = (part for part in typing.get_args(kind) if part is not type(None))
        decode = _decoder(inner)
        return lambda value: None if value is None else decode(value)
    if origin is tuple:
        return _tuple_decoder(typing.get_args(kind))
    if kind is date:
        return date.fromisoformat
    if isinstance(kind, type) and issubclass(kind, (Enum, Decimal)):
        return kind
    return lambda value: value


def _dataclass_decoder(kind: type) -> Callable[[Any], Any]:
    hints = typing.get_type_hints(kind)
    decoders = {field.name: _decoder(hints[field.name]) for field in dataclasses.fields(kind)}

    def decode(stored: dict[str, Any]) -> Any:
        return kind(**{name: decoders[name](value) for name, value in stored.items() if name in decoders})

    return decode


def _tuple_decoder(parts: tuple[Any, ...]) -> Callable[[Any], Any]:
    if len(parts) == 2 and parts[1] is Ellipsis:
        each = _decoder(parts[0])
        return lambda value: tuple(map(each, value))
    decoders = tuple(_decoder(part) for part in parts)
    return lambda value: tuple(decode(part) for decode, part in zip(decoders, value, strict=True))
