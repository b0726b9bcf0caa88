"""Cases that a court has closed."""

from datetime import datetime

from sqlalchemy import Connection, select

from livefreeze.base.crypto import vault
from livefreeze.store.insert import insert_new
from livefreeze.store.tables import case_closing


def close(connection: Connection, case_id: str, *, by: str, reason: str, at: datetime) -> bool:
    """Close a case; False where it is closed already."""
    sealed = vault().encrypt(reason, table="case_closing", column="reason_sealed", row=case_id)
    row = {"case_id": case_id, "closed_by": by, "reason_sealed": sealed, "recorded_at": at}
    return insert_new(connection, case_closing, row)


def closed_at(connection: Connection, case_id: str) -> datetime | None:
    """When the case was closed; None for an open one."""
    c = case_closing.c
    return connection.scalar(select(c.recorded_at).where(c.case_id == case_id))
