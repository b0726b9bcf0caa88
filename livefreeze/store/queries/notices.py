"""The outbox of notices to debtors, opened: for the page that stands in for a telephone in development."""

from sqlalchemy import Connection, select

from livefreeze.base.crypto import vault
from livefreeze.store import tables as t
from livefreeze.store.queries import opened


def latest(connection: Connection, *, count_max: int) -> list[dict]:
    """The newest notices, to whom (masked) and what they say. One query."""
    n, d = t.notice.c, t.debtor.c
    query = (
        select(n.id, n.kind, n.text_sealed, n.recorded_at, n.debtor_id, d.name_sealed, d.id_number_sealed)
        .join(t.debtor, d.id == n.debtor_id).order_by(n.id.desc()).limit(count_max)
    )
    return [
        {"id": row.id, "kind": row.kind, "recorded_at": row.recorded_at,
         "text": vault().decrypt_text(row.text_sealed, table="notice", column="text_sealed", row=row.id),
         "name": opened.name(row.name_sealed, table="debtor", column="name_sealed", row=row.debtor_id),
         "id_number": opened.id_number(row.id_number_sealed, row=row.debtor_id)}
        for row in connection.execute(query)
    ]
