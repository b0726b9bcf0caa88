"""The native way to speak with a bank: contract messages as JSON, signed over the exact bytes.

An answer is bound to its request by `in_reply_to` and `request_digest`, so that an old "approved" can never
stand for a new question.
"""

import hashlib
from collections.abc import Mapping, Sequence
from datetime import datetime

from bank_adapters import signing, strict_json
from bank_adapters.contract import Struct, dumps, parse, parse_problem, to_document
from bank_adapters.errors import Refused
from bank_adapters.keys import SigningKey, VerifyingKey

CONTENT_TYPE = "application/json"
PROBLEM_CONTENT_TYPE = "application/problem+json"


class AnswerUnbound(Refused):
    """A rightly signed answer to something else than what was asked."""


def encode(message: Struct) -> bytes:
    """The bytes of a message: compact UTF-8, equal messages giving equal bytes."""
    return dumps(to_document(message))


def decode(body: bytes, *messages: type[Struct]) -> Struct:
    """The message in these bytes, if it is one of these classes. Raises NotJson or MessageInvalid."""
    return parse(strict_json.loads(body), *messages)


def signed_headers(
    body: bytes,
    *,
    message_id: str,
    at: datetime,
    keys: Sequence[SigningKey],
    content_type: str = CONTENT_TYPE,
) -> dict[str, str]:
    """All headers for sending this body: its type and its signature at this moment."""
    return {"Content-Type": content_type, **signing.sign(body, message_id=message_id, at=at, keys=keys)}


def request_digest(body: bytes) -> str:
    """What an answer repeats of its request: `sha256:` and the SHA-256 of the body's bytes."""
    return f"sha256:{hashlib.sha256(body).hexdigest()}"


def read_answer(
    body: bytes,
    headers: Mapping[str, str],
    *messages: type[Struct],
    keys: Sequence[VerifyingKey],
    now: datetime,
    bank: str,
    request_id: str,
    request_body: bytes,
) -> Struct:
    """The answer of the service to a request of this bank: one of these messages, or a Problem.

    Raises SignatureInvalid, NotJson, MessageInvalid, or AnswerUnbound if it answers something else. After any of
    them nothing is known about the request: ask again with the same id and body.
    """
    verified = signing.verify(body, headers, keys, now)
    document = strict_json.loads(body)
    answer = parse_problem(document) if _is_problem(document) else parse(document, *messages)
    asked = (bank, bank, request_id, request_id, request_digest(request_body))
    if (answer.bank, answer.audience, answer.in_reply_to, verified.message_id, answer.request_digest) != asked:
        raise AnswerUnbound(
            "ANSWER_UNBOUND",
            "The answer belongs to another request or bank. Do not act on it; ask again with the same id.",
            "该应答属于其他请求或机构，请勿据此办理，以相同编号重新查询。",
        )
    return answer


def _is_problem(document: object) -> bool:
    return isinstance(document, dict) and str(document.get("type")).startswith("urn:livefreeze:problem:")
