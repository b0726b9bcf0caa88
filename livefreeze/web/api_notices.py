"""What we send to banks of our own accord, as the OpenAPI document shows it: its webhooks."""

from typing import Any

from bank_adapters.contract import NOTICES, Struct
from bank_adapters.contract.message import type_of
from bank_adapters.contract.schemas import schema_of
from livefreeze.web.api_description import SIGNATURE_HEADERS

_SIGNATURE = {
    "name": "webhook-signature",
    "in": "header",
    "required": True,
    "description": "A Standard Webhooks signature by our key for this bank: see the introduction.",
    "schema": {"type": "string"},
}

_DESCRIPTION = (
    "We POST it to the bank's one registered address, signed with our key for this bank, and repeat it with the same "
    "webhook-id until it is acknowledged: take each id once. What became of it comes as an event."
)


def webhooks(converter: Any) -> dict[str, dict]:
    """The messages that a bank receives, by type. `converter` is that of apispec's plugin for marshmallow."""
    return {str(type_of(notice)): {"post": _operation(notice, converter)} for notice in NOTICES}


def _operation(notice: type[Struct], converter: Any) -> dict[str, Any]:
    schema = converter.resolve_nested_schema(schema_of(notice)())
    return {
        "tags": ["bank"],
        "operationId": f"receive_{notice.__name__}",
        "summary": (notice.__doc__ or "").strip(),
        "description": _DESCRIPTION,
        "parameters": [*SIGNATURE_HEADERS, _SIGNATURE],
        "requestBody": {"required": True, "content": {"application/json": {"schema": schema}}},
        "responses": {"2XX": {"description": "It is safely stored at the bank; the body of the answer is ignored."}},
    }
