"""Signed messages as evidence: the exact bytes a bank sent, and whether they told of an account."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Connection, select

from livefreeze.base.crypto import vault
from livefreeze.store.audit import account_chain
from livefreeze.store.tables import audit_event, inbound_message


class Letter(NamedTuple):
    """One message as it came, opened."""

    id: str
    message_id: str
    signed_at: str
    signature: str
    body: bytes
    recorded_at: datetime


def message(connection: Connection, inbound_id: str, *, bank_id: str) -> Letter | None:
    """The bank's message of our id, opened; another bank's does not exist for it."""
    t = inbound_message.c
    row = connection.execute(select(inbound_message).where(t.id == inbound_id, t.bank_id == bank_id)).one_or_none()
    if row is None:
        return None
    body = vault().decrypt(row.body_sealed, table="inbound_message", column="body_sealed", row=row.id)
    return Letter(row.id, row.message_id, row.signed_at, row.signature, body, row.recorded_at)


def tells_of(connection: Connection, account_id: str, message_id: str) -> bool:
    """Does an event of the account's chain name this message as what told of it?

    The chain's documents are canonical JSON, in which the member reads so and no other way.
    """
    t = audit_event.c
    member = f'"message":"{message_id}"'
    found = select(t.seq).where(t.chain == account_chain(account_id), t.document.contains(member, autoescape=True))
    return connection.execute(found.limit(1)).first() is not None
