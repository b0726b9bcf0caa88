"""Which forms have been sent: the key of each, and where its sender went on to."""

from datetime import datetime

from sqlalchemy import Connection, delete, select, update

from livefreeze.store.insert import insert_new
from livefreeze.store.tables import form_claim as t


def claim(connection: Connection, key: str, *, owner: str, digest: bytes, recorded_at: datetime) -> str | None:
    """Insert the key; None if it is new, else the place its first sender went on to, "" where none is known yet.

    Another person's key is taken for one that is under way: it tells nothing.
    """
    row = {"key": key, "owner": owner, "location": None, "recorded_at": recorded_at, "digest": digest}
    if insert_new(connection, t, row):
        return None
    found = connection.execute(select(t.c.owner, t.c.location).where(t.c.key == key)).one()
    return (found.location or "") if found.owner == owner else ""


def sent_since(connection: Connection, digest: bytes, *, owner: str, since: datetime, other_than: str) -> str | None:
    """Where another form that said the same went on to, sent by this person since then; None where there is none."""
    query = select(t.c.location).where(
        t.c.owner == owner, t.c.digest == digest, t.c.recorded_at >= since, t.c.key != other_than,
        t.c.location.is_not(None),
    )
    return connection.scalar(query.order_by(t.c.recorded_at.desc()).limit(1))


def finish(connection: Connection, key: str, location: str) -> None:
    """Keep where the sender went on to."""
    connection.execute(update(t).where(t.c.key == key).values(location=location))


def release(connection: Connection, key: str) -> None:
    """Forget a key whose form did nothing."""
    connection.execute(delete(t).where(t.c.key == key, t.c.location.is_(None)))
