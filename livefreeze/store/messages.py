"""Signed messages of banks: what came, what was answered; each id is claimed once, with the digest of its body."""

import hashlib
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, select

from livefreeze.base import ids
from livefreeze.base.crypto import vault
from livefreeze.base.errors import MessageReused
from livefreeze.store.append import append
from livefreeze.store.tables import inbound_message, message_claim


@dataclass(frozen=True, slots=True)
class Inbound:
    """One verified message of a bank, with its evidence: the exact bytes and the signature over them."""

    bank_id: str
    bank_code: str
    message_id: str
    signed_at: str  # the header's own text
    signature: str
    body: bytes

    @property
    def digest(self) -> bytes:
        """SHA-256 of the exact body, so that a reused id is caught."""
        return hashlib.sha256(self.body).digest()


def evidence_row(inbound: Inbound, *, recorded_at: datetime) -> dict:
    """The row of inbound_message that keeps the message as it came."""
    row_id = ids.new("inb")
    return {
        "id": row_id, "bank_id": inbound.bank_id, "message_id": inbound.message_id, "signed_at": inbound.signed_at,
        "signature": inbound.signature, "recorded_at": recorded_at,
        "body_sealed": vault().encrypt(inbound.body, table="inbound_message", column="body_sealed", row=row_id),
    }


def claim_row(inbound: Inbound, answer: bytes | None, *, recorded_at: datetime) -> dict:
    """The row of message_claim: the id, the digest of its body, and the answer's body."""
    return {
        "bank_id": inbound.bank_id, "message_id": inbound.message_id, "digest": inbound.digest,
        "answer_sealed": None if answer is None else _seal(inbound, answer), "recorded_at": recorded_at,
    }


def first_answer(connection: Connection, inbound: Inbound) -> bytes | None:
    """The answer's body that this message got before; None where it is new, or still being applied.

    Raises MessageReused where the id was claimed by another body.
    """
    claimed = connection.execute(_claim_of(inbound)).one_or_none()
    if claimed is None:
        return None
    if bytes(claimed.digest) != inbound.digest:
        raise MessageReused(inbound.message_id)
    if claimed.answer_sealed is None:
        return None
    row = _row_name(inbound)
    return vault().decrypt(claimed.answer_sealed, table="message_claim", column="answer_sealed", row=row)


def is_claimed(connection: Connection, inbound: Inbound) -> bool:
    """Was the id of this message claimed, whether or not an answer is there yet?"""
    return connection.execute(_claim_of(inbound)).one_or_none() is not None


def keep(connection: Connection, inbound: Inbound, *, recorded_at: datetime) -> None:
    """Claim the id and keep the body, before its events are applied: a batch is stored whole first."""
    append(connection, {
        inbound_message: [evidence_row(inbound, recorded_at=recorded_at)],
        message_claim: [claim_row(inbound, None, recorded_at=recorded_at)],
    })


def answer(connection: Connection, inbound: Inbound, body: bytes) -> bytes:
    """Write the answer of a kept message unless it has one; return the one that stands."""
    t = message_claim.c
    unanswered = message_claim.update().where(
        t.bank_id == inbound.bank_id, t.message_id == inbound.message_id, t.answer_sealed.is_(None)
    )
    connection.execute(unanswered.values(answer_sealed=_seal(inbound, body)))
    return first_answer(connection, inbound)


def _claim_of(inbound: Inbound):
    t = message_claim.c
    return select(t.digest, t.answer_sealed).where(t.bank_id == inbound.bank_id, t.message_id == inbound.message_id)


def _seal(inbound: Inbound, body: bytes) -> bytes:
    return vault().encrypt(body, table="message_claim", column="answer_sealed", row=_row_name(inbound))


def _row_name(inbound: Inbound) -> str:
    return f"{inbound.bank_id}/{inbound.message_id}"
