"""What the OpenAPI document says to everybody: the introduction, who proves themselves how, what errors look like."""

from bank_adapters import signing
from livefreeze.base.words import OF_PROGRAMS

COURT_TOKEN = "court_token"
BANK_SIGNATURE = "bank_signature"

INTRODUCTION = """\
livefreeze manages salary accounts under court freeze. Courts call `/court/v1` with a token; banks call
`/bank/v1/{bank}` with signed messages.

**Amounts** are text in the account's currency, such as `"12.30"`. **Times** are RFC 3339 with a zone.
Fields and query parameters that are not listed are refused.

**Signed messages** follow the Standard Webhooks scheme, in both directions. Each carries three headers:
`webhook-id` (yours to choose, the same on each retry), `webhook-timestamp` (seconds since 1970, ten
digits, within five minutes) and `webhook-signature`: `v1a,` and the base 64 of an Ed25519 signature
(or `v1,` and HMAC-SHA256, as agreed when the bank was registered) over `id.timestamp.body`, the exact
bytes of the body. A `GET` has no body and signs `id.timestamp.`, with the point at the end; it claims no
id. The same id with the same body gets its first answer again, byte for byte; with another body it is
refused.

**Keys** are a prefix and the base 64 of 32 bytes: `whsk_` before a private Ed25519 key (its seed), which
never leaves its owner, `whpk_` before the public key; `whsec_` and the base 64 of 24 to 64 bytes is a
secret for HMAC. Our public keys are at `GET /bank/v1/keys`.

**Answers are bound** to what they answer, because a signature covers neither address nor direction:
`bank` and `audience` are your code, `in_reply_to` is the `webhook-id` of your request, and
`request_digest` is `sha256:` and the SHA-256 of its exact body in hexadecimal. `audit` is a receipt: the
place (`chain`, `seq`) and the `hash` of the event in our hash chain; keep it, and nobody can change the
past unseen. Refusals after a good signature are signed and bound the same way, without `audit`.

**Errors** are `application/problem+json` (RFC 9457) with sentences in English and Chinese and a `code`
that never changes; the schema *Problem* lists them all.
"""

SECURITY_SCHEMES = {
    COURT_TOKEN: {
        "type": "http",
        "scheme": "bearer",
        "description": "A token of a court's member of staff: `Authorization: Bearer lf_…`",
    },
    BANK_SIGNATURE: {
        "type": "apiKey",
        "in": "header",
        "name": "webhook-signature",
        "description": "A Standard Webhooks signature by a current key of the bank in the path: see the introduction.",
    },
}

SIGNATURE_HEADERS = [
    {
        "name": "webhook-id",
        "in": "header",
        "required": True,
        "description": "The message's id, the same on each retry.",
        "schema": {"type": "string", "pattern": f"^{signing.ID_PATTERN}$"},
    },
    {
        "name": "webhook-timestamp",
        "in": "header",
        "required": True,
        "description": "When it was signed, in seconds since 1970.",
        "schema": {"type": "string", "pattern": "^[0-9]{10}$"},
    },
]


def _table_of_problems() -> str:
    rows = sorted(OF_PROGRAMS.items(), key=lambda row: (row[1].status, row[0]))
    lines = [f"| {words.status} | `{code}` | {words.title} | {words.title_zh} |" for code, words in rows]
    return "\n".join(["| status | code | title | 标题 |", "|---|---|---|---|", *lines])


_TEXT = {"type": "string"}
_FIELD_ERROR = {
    "type": "object",
    "required": ["pointer", "code", "reason", "reason_zh"],
    "properties": {
        "pointer": {
            "type": "string",
            "description": "A JSON pointer into the body, or `?` and the name of a query parameter.",
        },
        "code": _TEXT,
        "reason": _TEXT,
        "reason_zh": _TEXT,
    },
}
PROBLEM = {
    "type": "object",
    "description": "Why a request was refused or failed.\n\n" + _table_of_problems(),
    "required": ["type", "title", "title_zh", "status", "code", "detail", "detail_zh"],
    "properties": {
        "type": {"type": "string", "examples": ["urn:livefreeze:problem:amount-invalid"]},
        "title": _TEXT,
        "title_zh": _TEXT,
        "status": {"type": "integer"},
        "code": {"type": "string", "enum": sorted(OF_PROGRAMS)},
        "detail": _TEXT,
        "detail_zh": _TEXT,
        "errors": {"type": "array", "description": "The fields to blame, where there are such.", "items": _FIELD_ERROR},
    },
}
