"""Which forms have been sent: the key of each, and where its sender went on to."""

from datetime import datetime

from sqlalchemy import Connection, delete, select, update

from livefreeze.store.insert import insert_new
from livefreeze.store.tables import form_claim as t


def claim(connection: Connection, key: str, *, owner: str, recorded_at: datetime) -> str | None:
    """Insert the key; None if it is new, else the place its first sender went on to, "" where none is known yet.

    Another person's key is taken for one that is under way: it tells nothing.
    """
    row = {"key": key, "owner": owner, "location": None, "recorded_at": recorded_at}
    if insert_new(connection, t, row):
        return None
    found = connection.execute(select(t.c.owner, t.c.location).where(t.c.key == key)).one()
    return (found.location or "") if found.owner == owner else ""


def finish(connection: Connection, key: str, location: str) -> None:
    """Keep where the sender went on to."""
    connection.execute(update(t).where(t.c.key == key).values(location=location))


def release(connection: Connection, key: str) -> None:
    """Forget a key whose form did nothing."""
    connection.execute(delete(t).where(t.c.key == key, t.c.location.is_(None)))
