"""The bodies of our answers to banks: bound to the request, with the receipt of the audit chain."""

import json
from collections.abc import Iterable

from livefreeze.base.money import format_amount
from livefreeze.rules.explanation import Step
from livefreeze.store.audit import Head
from livefreeze.store.messages import Inbound

_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def body(inbound: Inbound, kind: str, fields: dict, receipt: Head) -> bytes:
    """The exact bytes of an answer; they are stored, and signed anew each time they are sent."""
    return dumps({**bound(inbound, kind), **fields, "audit": receipt.receipt()})


def bound(inbound: Inbound, kind: str) -> dict:
    """What ties an answer to its request: the scheme of the signature covers neither address nor direction."""
    return {
        "type": kind, "bank": inbound.bank_code, "audience": inbound.bank_code, "in_reply_to": inbound.message_id,
        "request_digest": f"sha256:{inbound.digest.hex()}",
    }


def dumps(document: dict) -> bytes:
    """Compact UTF-8 JSON."""
    return _encode(document).encode()


def steps(explanation: Iterable[Step], currency: str) -> list[dict]:
    """An explanation as it stands in an answer; amounts as decimal text."""
    return [
        {"step": step.step, "step_zh": step.step_zh, "source": step.source,
         "amount": None if step.amount_minor is None else format_amount(step.amount_minor, currency)}
        for step in explanation
    ]
