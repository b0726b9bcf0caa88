"""Notices to debtors, sealed; whoever delivers them (a text message, the post) takes them from here."""

from datetime import datetime

from livefreeze.base import ids
from livefreeze.base.crypto import vault


def row(debtor_id: str, kind: str, text: str, *, recorded_at: datetime) -> dict:
    """The row of `notice` that waits for delivery."""
    notice_id = ids.new("ntc")
    sealed = vault().encrypt(text, table="notice", column="text_sealed", row=notice_id)
    return {"id": notice_id, "debtor_id": debtor_id, "kind": kind, "text_sealed": sealed, "recorded_at": recorded_at}
