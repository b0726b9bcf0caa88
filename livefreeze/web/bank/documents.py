"""How the bank's routes stand in the OpenAPI document: their messages, from the contract's own declarations."""

from bank_adapters.contract import Struct
from bank_adapters.contract.schemas import schema_of
from livefreeze.web.openapi import BANK_SIGNATURE

WHAT_CAN_GO_WRONG = {
    401: "The signature is missing, malformed, stale or of no key that this bank has",
    404: "Unknown to this bank",
    409: "The id or reference was used for something else, or the state does not allow it",
    503: "Not decided and nothing claimed: send the same message again",
}


def signed(summary: str, takes: type[Struct] | None) -> dict:
    """The keywords for a route's `doc` decorator."""
    options = {"summary": summary, "security": BANK_SIGNATURE, "responses": WHAT_CAN_GO_WRONG}
    if takes is not None:
        options["operation_id"] = takes.type.replace(".", "_")
    return options


def body_of(takes: type[Struct]):
    """The marshmallow schema of a message."""
    return schema_of(takes)
