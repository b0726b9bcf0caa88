"""Courts, by id and by the code that messages and commands call them."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Connection, select

from livefreeze.store.insert import insert_new
from livefreeze.store.tables import court


class Court(NamedTuple):
    """One court."""

    id: str
    code: str
    name: str


_COURT = select(court.c.id, court.c.code, court.c.name)


def insert(connection: Connection, new: Court, *, recorded_at: datetime) -> bool:
    """Keep a new court; False where its code is taken."""
    return insert_new(connection, court, {**new._asdict(), "recorded_at": recorded_at})


def by_code(connection: Connection, code: str) -> Court | None:
    """The court of this code."""
    row = connection.execute(_COURT.where(court.c.code == code)).one_or_none()
    return None if row is None else Court(*row)


def by_id(connection: Connection, court_id: str) -> Court:
    """The court of this id. Raises sqlalchemy.exc.NoResultFound: ids of courts come from us."""
    return Court(*connection.execute(_COURT.where(court.c.id == court_id)).one())
