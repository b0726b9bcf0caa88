"""Messages as frozen values: of one declaration are made how they are read, written and described.

A message is a class of annotated fields. The annotation says what may stand there (see `vocabulary`); a default
of None, that the field may be left out; `| None` without a default, that it may be null.
"""

import json
import types
import typing
from collections.abc import Iterable
from dataclasses import MISSING, dataclass, fields
from functools import cache
from itertools import islice
from typing import Any, Literal, TypeVar, dataclass_transform

from bank_adapters.contract.errors import (
    ERRORS_COUNT_MAX,
    FieldError,
    MessageInvalid,
    misfit,
    missing,
    unknown,
)
from bank_adapters.contract.kinds import Choice, Kind, Many, Nullable


class Struct:
    """An object of a message. The classes that a bank sends or gets whole also have a `type`."""

    __slots__ = ()

    def contradictions(self) -> Iterable[FieldError]:
        """What is wrong although each field by itself is right; most objects have nothing to say here."""
        return ()

    def __repr__(self) -> str:
        """The value for logs and tests: names and account numbers stay out of it."""
        shown = (
            f"{field.name}=..." if getattr(field.kind, "is_personal", False)
            else f"{field.name}={getattr(self, field.name)!r}"
            for field in layout(type(self))
        )
        return f"{type(self).__name__}({', '.join(shown)})"


S = TypeVar("S", bound=Struct)


@dataclass_transform(frozen_default=True, kw_only_default=True)
def struct(cls: type[S]) -> type[S]:
    """Make a frozen value of a class of annotated fields."""
    return dataclass(frozen=True, slots=True, kw_only=True, repr=False)(cls)


@dataclass(frozen=True, slots=True)
class UpTo:
    """Annotates a tuple: how many entries a list may have."""

    count_max: int
    count_min: int = 0


@dataclass(frozen=True, slots=True)
class Field:
    """One field of an object, as its annotation says."""

    name: str
    kind: Kind
    may_be_left_out: bool
    description: str


@dataclass(frozen=True, slots=True)
class ObjectOf:
    """The kind of a field that holds an object."""

    struct: type[Struct]

    def read(self, raw: object) -> Struct:
        """The object as a frozen value."""
        return _read(self.struct, _as_object(raw))

    def write(self, value: Struct) -> dict[str, object]:
        """The object as a document."""
        return to_document(value)


class OneOf:
    """The kind of a message that is one of several: its `type` says which."""

    def __init__(self, *structs: type[Struct]) -> None:
        self.by_type = {struct.type: struct for struct in structs}

    def read(self, raw: object) -> Struct:
        """The message as a frozen value of its class."""
        document = _as_object(raw)
        if "type" not in document:
            raise MessageInvalid([missing("type")])
        named = document["type"]
        found = self.by_type.get(named) if isinstance(named, str) else None
        if found is None:
            listed = ", ".join(self.by_type)
            reason, reason_zh = f"Here the type must be: {listed}.", f"此处的类型只能是：{listed}。"
            raise misfit("TYPE_UNKNOWN", reason, reason_zh, pointer="/type")
        return _read(found, document)

    def write(self, value: Struct) -> dict[str, object]:
        """The message as a document."""
        return to_document(value)


one_of = cache(OneOf)


def parse(document: object, *messages: type[S]) -> S:
    """The message that this JSON document holds, if it is one of these classes.

    Raises MessageInvalid, which names all that does not fit. A number is never taken for a text or the reverse.
    """
    return one_of(*messages).read(document)


def to_document(value: Struct) -> dict[str, object]:
    """The message as a JSON document: `type` first, then the fields in the order of their declaration."""
    document: dict[str, object] = {}
    if type_of(type(value)) is not None:
        document["type"] = value.type
    for field in layout(type(value)):
        content = getattr(value, field.name)
        if content is not None or not field.may_be_left_out:
            document[field.name] = field.kind.write(content)
    return document


def dumps(document: object) -> bytes:
    """A document as compact UTF-8 in its own order: equal documents give equal bytes on every machine."""
    return _ENCODER.encode(document).encode("utf-8")


_ENCODER = json.JSONEncoder(ensure_ascii=False, allow_nan=False, separators=(",", ":"))


@cache
def layout(struct: type[Struct]) -> tuple[Field, ...]:
    """The fields of a message or object in their order, without `type`."""
    hints = typing.get_type_hints(struct, include_extras=True)
    return tuple(
        _field(field.name, hints[field.name], may_be_left_out=field.default is not MISSING)
        for field in fields(struct)
    )


def type_of(struct: type[Struct]) -> str | None:
    """The `type` by which a message is known, or None for an object within a message."""
    found = struct.__dict__.get("type")
    return found if isinstance(found, str) else None


def _field(name: str, hint: Any, *, may_be_left_out: bool) -> Field:
    inner, is_nullable = _without_none(hint)
    kind = _kind(inner)
    description = next((extra for extra in getattr(inner, "__metadata__", ()) if isinstance(extra, str)), "")
    if is_nullable and not may_be_left_out:
        kind = Nullable(kind)
    return Field(name, kind, may_be_left_out, description)


def _without_none(hint: Any) -> tuple[Any, bool]:
    """What may stand there besides null, and may null?"""
    if typing.get_origin(hint) not in (typing.Union, types.UnionType):
        return hint, False
    (inner,) = (part for part in typing.get_args(hint) if part is not types.NoneType)
    return inner, True


def _kind(hint: Any) -> Kind:
    extras = getattr(hint, "__metadata__", ())
    for extra in extras:
        if isinstance(extra, UpTo):
            item, _ = typing.get_args(typing.get_args(hint)[0])
            return Many(_kind(item), extra.count_max, extra.count_min)
        if hasattr(extra, "read"):
            return extra
    bare = typing.get_args(hint)[0] if extras else hint
    if typing.get_origin(bare) is Literal:
        return Choice(typing.get_args(bare))
    return ObjectOf(bare)


def _as_object(raw: object) -> dict[str, object]:
    if not isinstance(raw, dict):
        raise misfit("FIELD_INVALID", "It must be an object.", "应为对象。")
    return raw


def _read(struct: type[S], document: dict[str, object]) -> S:
    values, errors = {}, []
    plan = layout(struct)
    for field in plan:
        name = field.name
        if name in document:
            try:
                values[name] = field.kind.read(document[name])
            except MessageInvalid as invalid:
                errors += invalid.under(name)
        elif not field.may_be_left_out:
            errors.append(missing(name))
    errors += islice(_unknown_fields(struct, document, found=len(values)), ERRORS_COUNT_MAX)
    if errors:
        raise MessageInvalid(errors)
    value = struct(**values)
    contradictions = tuple(value.contradictions())
    if contradictions:
        raise MessageInvalid(contradictions)
    return value


def _unknown_fields(struct: type[Struct], document: dict[str, object], *, found: int) -> Iterable[FieldError]:
    known = found + (type_of(struct) is not None)
    if known == len(document):
        return ()
    names = {field.name for field in layout(struct)}
    if type_of(struct) is not None:
        names.add("type")
    return (unknown(name) for name in document if name not in names)
