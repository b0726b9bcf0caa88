"""One signed request and its signed answer: size, verify, parse, bind to the address, act, sign."""

from collections.abc import Callable

from flask import Response, request

from bank_adapters import signing
from bank_adapters.contract import MessageInvalid, Struct, dumps, parse
from livefreeze.base import clock
from livefreeze.base.errors import FieldError, Problem, as_document, invalid_fields
from livefreeze.base.words import PROBLEMS
from livefreeze.flows import answers, banks
from livefreeze.flows.banks import BankLink
from livefreeze.flows.once import Inbound
from livefreeze.web import current, json_body, problems


def answered(bank: str, act: Callable[[Inbound], bytes]) -> Response:
    """Verify the request, run `act` on it, and sign what it returns. Before a good signature nothing is looked up.

    A problem after a good signature is signed too, and bound to the request.
    """
    link = banks.link(bank)
    if link is None:  # the same words as for a wrong signature: who we are linked with is nobody's business
        raise Problem("SIGNATURE_INVALID")
    asked = request._get_current_object()  # the proxy costs a microsecond at each look
    body = asked.get_data(cache=True)
    headers = {name: value for name in signing.HEADERS if (value := asked.headers.get(name)) is not None}
    try:
        verified = signing.verify(body, headers, link.verifying_keys, clock.wall())
    except signing.SignatureInvalid as invalid:
        raise invalid_fields([FieldError("", "SIGNATURE_INVALID", invalid.reason, invalid.reason_zh)]) from None
    current.note(caller=link.bank_id, message_id=verified.message_id)
    inbound = Inbound(
        bank_id=link.bank_id, bank_code=link.code, message_id=verified.message_id, body=body,
        signed_at=headers[signing.TIMESTAMP_HEADER], signature=headers[signing.SIGNATURE_HEADER],
    )
    try:
        return _signed(link, inbound, act(inbound), 200, "application/json")
    except Problem as problem:
        response = problems.answer(problem)
        document = {**as_document(problem), **answers.bound(inbound, "problem")}
        document["type"] = as_document(problem)["type"]  # a problem's type is its own name (RFC 9457)
        signed = _signed(link, inbound, dumps(document), problem.status, problems.CONTENT_TYPE)
        signed.headers.extend((name, value) for name, value in response.headers if name == "Retry-After")
        return signed


def message(inbound: Inbound, kind: type[Struct], **address: str) -> Struct:
    """The message in the body: see `bound`. Raises Problem."""
    return bound(inbound, json_of(inbound), kind, **address)


def json_of(inbound: Inbound) -> object:
    """The JSON value in the body. Raises Problem."""
    json_body.require_json()
    return json_body.parse(inbound.body)


def bound(inbound: Inbound, document: object, kind: type[Struct], **address: str) -> Struct:
    """The message that the document is; it must name the same bank, type and ids as its address.

    The scheme of the signature covers neither address nor direction, so the body has to. Raises Problem.
    """
    expected = {"type": kind.type, "bank": inbound.bank_code, "audience": "livefreeze", **address}
    if isinstance(document, dict):
        for name, value in expected.items():
            if isinstance(document.get(name), str) and document[name] != value:
                raise Problem("ADDRESS_MISMATCH", f"/{name}", name=name, expected=value)
    try:
        return parse(document, kind)
    except MessageInvalid as invalid:
        raise invalid_fields([_known(error) for error in invalid.errors]) from None


def _known(error) -> FieldError:
    code = error.code if error.code in PROBLEMS else "FIELD_INVALID"
    return FieldError(error.pointer, code, error.reason, error.reason_zh)


def _signed(link: BankLink, inbound: Inbound, body: bytes, status: int, content_type: str) -> Response:
    headers = signing.sign(body, message_id=inbound.message_id, at=clock.wall(), keys=link.signing_keys)
    return Response(body, status=status, content_type=content_type, headers=headers)
