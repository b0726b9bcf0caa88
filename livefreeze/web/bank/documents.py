"""How the bank's routes stand in the OpenAPI document: their messages, from the contract's own declarations."""

from collections.abc import Callable

from bank_adapters.contract import Struct
from bank_adapters.contract.schemas import schema_of
from livefreeze.web import openapi
from livefreeze.web.bank import blueprint
from livefreeze.web.openapi import BANK_SIGNATURE

_REFUSALS = {
    401: "The signature is missing, malformed, stale or of no key that this bank has",
    404: "Unknown to this bank",
    409: "The id or reference was used for something else, or the state does not allow it",
    503: "Not decided and nothing claimed: send the same message again",
}


def signed(summary: str, *, takes: type[Struct] | None = None, answers: type[Struct]) -> Callable:
    """Document a signed call: what its body holds, and what the answer. Stands below the route's decorator."""

    def decorate(view: Callable) -> Callable:
        content = {"application/json": {"schema": schema_of(answers)}}
        answer = {"description": (answers.__doc__ or "").strip(), "content": content}
        view = blueprint.doc(summary=summary, security=BANK_SIGNATURE, responses={200: answer, **_REFUSALS})(view)
        return view if takes is None else openapi.takes(schema_of(takes))(view)

    return decorate
