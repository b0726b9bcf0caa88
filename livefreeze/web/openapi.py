"""What the OpenAPI document says beyond the single routes: who may call, how to sign, how errors look."""

import json

from apiflask import APIFlask

from livefreeze.base.words import PROBLEMS
from livefreeze.web.problems import CONTENT_TYPE

COURT_TOKEN = "court_token"
BANK_SIGNATURE = "bank_signature"

_DESCRIPTION = """\
livefreeze manages salary accounts under court freeze. Courts call `/court/v1` with a token; banks call
`/bank/v1/{bank}` with signed messages.

**Amounts** are text in the account's currency, such as `"12.30"`. **Times** are RFC 3339 with a zone.
Fields and query parameters that are not listed are refused.

**Signed messages** follow the Standard Webhooks scheme, in both directions. Each carries three headers:
`webhook-id` (yours to choose, the same on each retry), `webhook-timestamp` (seconds since 1970, ten
digits, within five minutes) and `webhook-signature`: `v1a,` and the base 64 of an Ed25519 signature
(or `v1,` and HMAC-SHA256, as agreed when the bank was registered) over `id.timestamp.body`, the exact
bytes of the body. Our answers are signed the same way; verify them with the keys of
`GET /bank/v1/keys`. The same id with the same body gets its first answer again, byte for byte; with
another body it is refused.

**Errors** are `application/problem+json` (RFC 9457) with a stable `code` and sentences in English and
Chinese:

| status | code | title | 标题 |
|---|---|---|---|
"""

_SECURITY_SCHEMES = {
    COURT_TOKEN: {
        "type": "http",
        "scheme": "bearer",
        "description": "A token of a court's member of staff: `Authorization: Bearer lf_…`",
    },
    BANK_SIGNATURE: {
        "type": "apiKey",
        "in": "header",
        "name": "webhook-signature",
        "description": "A Standard Webhooks signature by a current key of the bank in the path; see the introduction.",
    },
}

_TEXT = {"type": "string"}
_PROBLEM = {
    "type": "object",
    "required": ["type", "title", "title_zh", "status", "code", "detail", "detail_zh"],
    "properties": {
        "type": {"type": "string", "examples": ["urn:livefreeze:problem:amount-invalid"]},
        "title": _TEXT,
        "title_zh": _TEXT,
        "status": {"type": "integer"},
        "code": {"type": "string", "enum": sorted(PROBLEMS)},
        "detail": _TEXT,
        "detail_zh": _TEXT,
        "errors": {
            "type": "array",
            "description": "The fields to blame, where there are such.",
            "items": {
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
            },
        },
    },
}

_SIGNATURE_HEADERS = [
    {
        "name": "webhook-id",
        "in": "header",
        "required": True,
        "description": "The message's id, the same on each retry.",
        "schema": {"type": "string", "pattern": "^[A-Za-z0-9._:-]{1,64}$"},
    },
    {
        "name": "webhook-timestamp",
        "in": "header",
        "required": True,
        "description": "When it was signed, in seconds since 1970.",
        "schema": {"type": "string", "pattern": "^[0-9]{10}$"},
    },
]

# What can go wrong by the form of an operation; what its subject adds, its own view documents.
_SENTENCES = {
    "400": "The request cannot be read",
    "401": "Who asks is not proven",
    "403": "The role may not do this",
    "404": "Unknown, or another's",
    "413": "The body is too large",
    "415": "The body is not declared as JSON",
    "422": "A field has a wrong value",
}


def install(app: APIFlask) -> None:
    """Configure the document of the app."""
    app.config.update(
        OPENAPI_VERSION="3.1.0",
        DESCRIPTION=_DESCRIPTION
        + "".join(map(_table_row, sorted(PROBLEMS, key=lambda code: (PROBLEMS[code].status, code)))),
        LICENSE={"name": "Apache-2.0", "identifier": "Apache-2.0"},
        SERVERS=[{"url": "/"}],
        SECURITY_SCHEMES=_SECURITY_SCHEMES,
        AUTO_OPERATION_ID=True,
        AUTO_404_RESPONSE=False,
        AUTO_AUTH_ERROR_RESPONSE=False,
        AUTO_VALIDATION_ERROR_RESPONSE=False,
        HTTP_ERROR_SCHEMA=_PROBLEM,
    )
    app.spec_processor(_complete)


def text_of(app: APIFlask) -> str:
    """Return the document as it stands in docs/openapi.json, where a person reviews each change of it."""
    return json.dumps(app.spec, ensure_ascii=False, indent=2) + "\n"


def _table_row(code: str) -> str:
    words = PROBLEMS[code]
    return f"| {words.status} | `{code}` | {words.title} | {words.title_zh} |\n"


def _complete(document: dict) -> dict:
    schemas = document.setdefault("components", {}).setdefault("schemas", {})
    schemas.pop("HTTPError", None)  # APIFlask's name for the error answers that views document
    schemas["Problem"] = _PROBLEM
    for operations in document["paths"].values():
        for operation in operations.values():
            _complete_operation(operation)
    return document


def _complete_operation(operation: dict) -> None:
    schemes = {name for requirement in operation.get("security", []) for name in requirement}
    if BANK_SIGNATURE in schemes:
        operation["parameters"] = operation["parameters"] + _SIGNATURE_HEADERS
    responses = operation["responses"]
    for status in _statuses(operation, schemes) - responses.keys():
        responses[status] = {"description": _SENTENCES[status]}
    responses["default"] = {"description": "Any other refusal or failure"}
    for status, response in responses.items():
        if status == "default" or status >= "400":
            response["content"] = {CONTENT_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}
    operation["responses"] = dict(sorted(responses.items()))


def _statuses(operation: dict, schemes: set[str]) -> set[str]:
    """Return the errors that the form of the operation makes possible."""
    statuses = {"401"} if schemes else set()
    if COURT_TOKEN in schemes:
        statuses.add("403")
    if any(parameter["in"] == "path" for parameter in operation["parameters"]):
        statuses.add("404")
    if any(parameter["in"] == "query" for parameter in operation["parameters"]):
        statuses.add("422")
    if "requestBody" in operation:
        statuses |= {"400", "413", "415", "422"}
    return statuses
