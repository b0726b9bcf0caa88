"""Deputies: who stands in for whom, from when until when."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Connection, or_, select, update

from livefreeze.store.tables import deputy, staff


class Deputy(NamedTuple):
    """One person standing in for another."""

    id: str
    staff_id: str
    login: str
    deputy_id: str
    deputy_login: str
    valid_from: datetime
    valid_until: datetime


_D = deputy.c
_principal, _other = staff.alias("principal"), staff.alias("other")
_DEPUTY = (
    select(_D.id, _D.staff_id, _principal.c.login, _D.deputy_id, _other.c.login.label("deputy_login"),
           _D.valid_from, _D.valid_until)
    .join(_principal, _principal.c.id == _D.staff_id).join(_other, _other.c.id == _D.deputy_id)
    .where(_D.ended_at.is_(None), _principal.c.disabled_at.is_(None), _other.c.disabled_at.is_(None))
)


def insert(connection: Connection, deputy_row_id: str, staff_id: str, deputy_id: str, *, valid_from: datetime,
           valid_until: datetime, recorded_at: datetime) -> None:
    """Keep that somebody stands in for another."""
    connection.execute(deputy.insert().values(
        id=deputy_row_id, staff_id=staff_id, deputy_id=deputy_id, valid_from=valid_from, valid_until=valid_until,
        recorded_at=recorded_at,
    ))


def end(connection: Connection, deputy_row_id: str, staff_id: str, *, at: datetime) -> bool:
    """End what this person named, and say whether it was theirs and on."""
    ending = update(deputy).where(_D.id == deputy_row_id, _D.staff_id == staff_id, _D.ended_at.is_(None))
    return connection.execute(ending.values(ended_at=at)).rowcount == 1


def list_of(connection: Connection, staff_id: str, *, at: datetime) -> list[Deputy]:
    """Who stands in for this person, and for whom they do, now or later."""
    query = _DEPUTY.where(or_(_D.staff_id == staff_id, _D.deputy_id == staff_id), _D.valid_until > at)
    return [Deputy(*row) for row in connection.execute(query.order_by(_D.valid_from, _D.id))]


def stands_in(connection: Connection, deputy_id: str, staff_id: str, *, at: datetime) -> bool:
    """Does the one stand in for the other at this moment?"""
    query = _DEPUTY.where(_D.deputy_id == deputy_id, _D.staff_id == staff_id, _D.valid_from <= at,
                          _D.valid_until > at)
    return connection.execute(query.limit(1)).first() is not None
