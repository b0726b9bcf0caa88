"""Debtors: name and ID number sealed, found again by the blind index of the number."""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Connection, select

from livefreeze.base.crypto import normalise_id_number, vault
from livefreeze.store.insert import insert_new
from livefreeze.store.tables import court_debtor, debtor


class Debtor(NamedTuple):
    """One debtor, opened: only what is sent to a bank or compared, never what is shown."""

    id: str
    name: str
    id_number: str


def insert(connection: Connection, new: Debtor, *, recorded_at: datetime) -> bool:
    """Keep a new debtor; False where the ID number is known."""
    return insert_new(connection, debtor, {
        "id": new.id, "name_sealed": _seal(new.id, "name_sealed", new.name),
        "id_number_sealed": _seal(new.id, "id_number_sealed", new.id_number),
        "id_number_index": _index(new.id_number), "recorded_at": recorded_at,
    })


def by_id_number(connection: Connection, id_number: str) -> Debtor | None:
    """The debtor of this ID number, however it is spelled."""
    row = connection.execute(select(debtor).where(debtor.c.id_number_index == _index(id_number))).one_or_none()
    return None if row is None else _opened(row)


def by_id(connection: Connection, debtor_id: str) -> Debtor:
    """The debtor of this id. Raises sqlalchemy.exc.NoResultFound."""
    return _opened(connection.execute(select(debtor).where(debtor.c.id == debtor_id)).one())


def make_known(connection: Connection, court_id: str, debtor_id: str, *, recorded_at: datetime) -> bool:
    """Let a court name this debtor; False where it could already."""
    row = {"court_id": court_id, "debtor_id": debtor_id, "recorded_at": recorded_at}
    return insert_new(connection, court_debtor, row)


def known(connection: Connection, court_id: str, debtor_ids: Iterable[str]) -> set[str]:
    """Those of these debtors that the court may name."""
    t = court_debtor.c
    query = select(t.debtor_id).where(t.court_id == court_id, t.debtor_id.in_(set(debtor_ids)))
    return set(connection.scalars(query))


def _index(id_number: str) -> bytes:
    return vault().blind_index("id_number", normalise_id_number(id_number))


def _seal(row: str, column: str, text: str) -> bytes:
    return vault().encrypt(text, table="debtor", column=column, row=row)


def _opened(row) -> Debtor:
    name = vault().decrypt_text(row.name_sealed, table="debtor", column="name_sealed", row=row.id)
    number = vault().decrypt_text(row.id_number_sealed, table="debtor", column="id_number_sealed", row=row.id)
    return Debtor(row.id, name, number)
