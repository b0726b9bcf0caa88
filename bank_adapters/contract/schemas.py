"""The same messages as marshmallow schemas, for an OpenAPI document.

They are made of the declarations that `message.parse` reads by, and accept and refuse the same documents; a test holds
the two together. Reading by them would cost a dozen times as much.
"""

from collections.abc import Mapping
from functools import cache, singledispatch
from typing import Any

from marshmallow import RAISE, Schema, ValidationError, fields, validate, validates_schema

from bank_adapters.contract import kinds
from bank_adapters.contract.errors import MessageInvalid
from bank_adapters.contract.message import Field, ObjectOf, OneOf, Struct, layout, type_of


@cache
def schema_of(struct: type[Struct]) -> type[Schema]:
    """The schema of a message or object; unknown fields are refused."""
    members: dict[str, Any] = {
        "__doc__": struct.__doc__,
        "Meta": type("Meta", (), {"unknown": RAISE}),
        "refuse_contradictions": _refusal_of_contradictions(struct),
    }
    type_name = type_of(struct)
    if type_name is not None:
        members["type"] = fields.String(required=True, validate=validate.OneOf([type_name]))
    members |= {field.name: _described(field) for field in layout(struct)}
    return type(f"{struct.__name__}Schema", (Schema,), members)


class OneOfField(fields.Field):
    """A message that is one of several, by its `type`."""

    def __init__(self, kind: OneOf, **options: Any) -> None:
        super().__init__(**options)
        self.schemas = {name: schema_of(struct) for name, struct in kind.by_type.items()}

    def _deserialize(self, value: object, attr: str | None, data: Mapping[str, Any] | None, **options: Any) -> Any:
        named = value.get("type") if isinstance(value, dict) else None
        if not isinstance(named, str) or named not in self.schemas:
            raise ValidationError(f"The type must be one of: {', '.join(self.schemas)}.")
        return self.schemas[named]().load(value)


def describe_one_of(converter: Any, field: fields.Field, **_: Any) -> dict[str, Any]:
    """`oneOf` and its discriminator, for apispec: give it to its converter's `add_attribute_function`."""
    if not isinstance(field, OneOfField):
        return {}
    references = {name: converter.resolve_nested_schema(schema()) for name, schema in field.schemas.items()}
    return {
        "oneOf": list(references.values()),
        "discriminator": {
            "propertyName": "type",
            "mapping": {name: reference["$ref"] for name, reference in references.items()},
        },
    }


def _refusal_of_contradictions(struct: type[Struct]) -> Any:
    def refuse_contradictions(self: Schema, loaded: dict[str, Any], **_: Any) -> None:
        loaded = {name: value for name, value in loaded.items() if name != "type" or type_of(struct) is None}
        errors = MessageInvalid(struct(**loaded).contradictions()).errors
        if errors:
            raise ValidationError({error.pointer.removeprefix("/"): [error.reason] for error in errors})

    return validates_schema(skip_on_field_errors=True)(refuse_contradictions)


def _described(field: Field) -> fields.Field:
    made = _field(field.kind, required=not field.may_be_left_out)
    if field.description:
        made.metadata["description"] = field.description
    return made


@singledispatch
def _field(kind: Any, **options: Any) -> fields.Field:
    raise TypeError(f"no marshmallow field is known for {type(kind).__name__}")


@_field.register
def _(kind: kinds.Text, **options: Any) -> fields.Field:
    return fields.String(validate=_Fits(kind), metadata=_pattern(kind), **options)


@_field.register
def _(kind: kinds.Choice, **options: Any) -> fields.Field:
    return fields.String(validate=validate.OneOf(kind.words), **options)


@_field.register
def _(kind: kinds.Moment, **options: Any) -> fields.Field:
    return _MomentField(metadata=_pattern(kind), **options)


@_field.register
def _(kind: kinds.CalendarDay, **options: Any) -> fields.Field:
    return _DayField(metadata=_pattern(kind), **options)


@_field.register
def _(kind: kinds.WholeNumber, **options: Any) -> fields.Field:
    return fields.Integer(strict=True, validate=validate.Range(kind.number_min, kind.number_max), **options)


@_field.register
def _(kind: kinds.Many, **options: Any) -> fields.Field:
    return fields.List(
        _field(kind.item, required=True), validate=validate.Length(kind.count_min, kind.count_max), **options
    )


@_field.register
def _(kind: kinds.Nullable, **options: Any) -> fields.Field:
    return _field(kind.kind, allow_none=True, **options)


@_field.register
def _(kind: ObjectOf, **options: Any) -> fields.Field:
    return fields.Nested(schema_of(kind.struct), **options)


@_field.register
def _(kind: OneOf, **options: Any) -> fields.Field:
    return OneOfField(kind, **options)


class _MomentField(fields.AwareDateTime):
    """marshmallow's own, which by itself also takes other forms of ISO 8601."""

    def _deserialize(self, value: object, *arguments: Any, **options: Any) -> Any:
        try:
            return kinds.Moment().read(value)
        except MessageInvalid as invalid:
            raise ValidationError(invalid.errors[0].reason) from None


class _DayField(fields.Date):
    """marshmallow's own, read as strictly as the reader does."""

    def _deserialize(self, value: object, *arguments: Any, **options: Any) -> Any:
        try:
            return kinds.CalendarDay().read(value)
        except MessageInvalid as invalid:
            raise ValidationError(invalid.errors[0].reason) from None


class _Fits(validate.Validator):
    """The text fits the pattern from end to end; marshmallow's Regexp would let a line end follow."""

    def __init__(self, kind: kinds.Text) -> None:
        self.kind = kind

    def __call__(self, value: str) -> str:
        try:
            return self.kind.read(value)
        except MessageInvalid as invalid:
            raise ValidationError(invalid.errors[0].reason) from None


def _pattern(kind: kinds.Text | kinds.Moment | kinds.CalendarDay) -> dict[str, Any]:
    return {"pattern": f"^{kind.pattern}$", "maxLength": kind.length_max, "example": kind.example}
