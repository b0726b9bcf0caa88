"""A court's named freeze rules, their numbered versions, and which orders follow them."""

import json
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Connection, delete, select, update

from livefreeze.store.engine import locking
from livefreeze.store.insert import insert_new
from livefreeze.store.tables import court_rule, court_rule_version, freeze_order_rule, rule


class CourtRule(NamedTuple):
    """A rule that a court has named, with the version that is in force."""

    id: str
    court_id: str
    name: str
    currency: str
    version: int
    rule_id: str
    document: dict


class NewVersion(NamedTuple):
    """A version that was approved; it never changes."""

    court_rule_id: str
    version: int
    rule_id: str
    valid_from: datetime
    proposal_id: str
    approved_by: str


def of_court(connection: Connection, court_id: str, court_rule_id: str, *, lock: bool = False) -> CourtRule | None:
    """The court's rule of this id, as it is in force; None for an unknown one and another court's.

    Locked, no other version can come until the transaction ends. Lock it before pools.
    """
    c = court_rule.c
    query = select(court_rule).where(c.id == court_rule_id, c.court_id == court_id)
    row = connection.execute(locking(query) if lock else query).one_or_none()
    if row is None:
        return None
    v = court_rule_version.c
    # A statement of its own: after a wait for the lock only the locked row is fresh.
    current = connection.execute(
        select(v.rule_id, rule.c.document).join(rule, rule.c.id == v.rule_id)
        .where(v.court_rule_id == row.id, v.version == row.current_version)
    ).one()
    return CourtRule(row.id, row.court_id, row.name, row.currency, row.current_version, current.rule_id,
                     json.loads(current.document))


def is_named(connection: Connection, court_id: str, name: str) -> bool:
    """Whether the court has a rule of this name."""
    c = court_rule.c
    return connection.scalar(select(c.id).where(c.court_id == court_id, c.name == name)) is not None


def insert(connection: Connection, *, court_rule_id: str, court_id: str, name: str, currency: str,
           recorded_at: datetime) -> bool:
    """Keep a new rule, whose first version follows in the same transaction; False where the name is taken."""
    row = {"id": court_rule_id, "court_id": court_id, "name": name, "currency": currency, "current_version": 1,
           "recorded_at": recorded_at}
    return insert_new(connection, court_rule, row)


def add_version(connection: Connection, new: NewVersion, *, recorded_at: datetime) -> None:
    """Let this version be the one in force. Lock the rule before."""
    connection.execute(court_rule_version.insert().values(**new._asdict(), recorded_at=recorded_at))
    connection.execute(
        update(court_rule).where(court_rule.c.id == new.court_rule_id).values(current_version=new.version)
    )


def set_followed(connection: Connection, order_id: str, pool_id: str, court_rule_id: str | None) -> None:
    """Write which rule of its court an order follows; None: it carries its own."""
    connection.execute(delete(freeze_order_rule).where(freeze_order_rule.c.order_id == order_id))
    if court_rule_id is not None:
        row = {"order_id": order_id, "court_rule_id": court_rule_id, "pool_id": pool_id}
        connection.execute(freeze_order_rule.insert().values(**row))
