"""Messages to banks, written in the transaction of the state they speak of."""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from livefreeze.base import clock, ids
from livefreeze.base.crypto import vault


class Outgoing(NamedTuple):
    """A message to send. Messages of one lane (an account) are delivered one after the other, in order."""

    bank_id: str
    lane: str
    type: str
    body: bytes  # the exact bytes that will be signed


def rows(messages: Iterable[Outgoing], *, recorded_at: datetime) -> list[dict]:
    """Rows of outbound_message, for store.append. Whoever appends them holds the lock of the lane's pool."""
    made = []
    for message in messages:
        message_id = ids.new("msg")
        sealed = vault().encrypt(message.body, table="outbound_message", column="body_sealed", row=message_id)
        made.append({
            "id": message_id, "bank_id": message.bank_id, "lane": message.lane, "type": message.type,
            "body_sealed": sealed, "due_at": clock.wall(), "recorded_at": recorded_at,
        })
    return made
