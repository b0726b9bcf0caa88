"""The command line's line to a running sandbox bank."""

import json
from typing import Any

from bank_adapters import strict_json
from bank_adapters.addresses import Policy
from bank_adapters.send import send

DEADLINE_S = 90.0  # longer than any answer of the bank takes


class NotRunning(Exception):
    """No sandbox bank answers at the address."""


def call(url: str, method: str, path: str, document: dict | None = None) -> tuple[int, Any]:
    """Status and document of the bank's answer. Raises NotRunning."""
    delivery = send(
        url.rstrip("/") + path,
        json.dumps(document or {}).encode(),
        {"Content-Type": "application/json"},
        method=method,
        policy=Policy(allow_loopback_http=True),
        deadline_s=DEADLINE_S,
    )
    if delivery.status is None or delivery.error_code is not None:
        raise NotRunning(delivery.error_code)
    return delivery.status, strict_json.loads(delivery.body)
