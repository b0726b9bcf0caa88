"""Banks and their keys. A key's direction is the message's: `inbound` keys check what the bank sends."""

from collections.abc import Iterable
from datetime import datetime
from typing import Literal, NamedTuple

from sqlalchemy import Connection, select, update

from livefreeze.base.crypto import vault
from livefreeze.store.insert import insert_new
from livefreeze.store.tables import bank, bank_key

Direction = Literal["inbound", "outbound"]


class Bank(NamedTuple):
    """One bank and the one address at which it takes our messages."""

    id: str
    code: str
    name: str
    url: str


class Key(NamedTuple):
    """One key that is in use, opened; its text says what kind it is (bank_adapters/keys.py)."""

    id: str
    direction: Direction
    scheme: str
    text: str

    def __repr__(self) -> str:
        return f"Key(id={self.id!r}, direction={self.direction!r}, scheme={self.scheme!r})"


_BANK = select(bank.c.id, bank.c.code, bank.c.name, bank.c.url)


def insert(connection: Connection, new: Bank, *, recorded_at: datetime) -> bool:
    """Keep a new bank; False where its code is taken."""
    return insert_new(connection, bank, {**new._asdict(), "recorded_at": recorded_at})


def by_code(connection: Connection, code: str) -> Bank | None:
    """The bank of this code."""
    row = connection.execute(_BANK.where(bank.c.code == code)).one_or_none()
    return None if row is None else Bank(*row)


def by_codes(connection: Connection, codes: Iterable[str]) -> dict[str, Bank]:
    """Those of these banks that are linked, by code."""
    query = _BANK.where(bank.c.code.in_(set(codes)))
    return {row.code: Bank(*row) for row in connection.execute(query)}


def every(connection: Connection) -> dict[str, Bank]:
    """All banks, by code."""
    return {row.code: Bank(*row) for row in connection.execute(_BANK.order_by(bank.c.code))}


def code(connection: Connection, bank_id: str) -> str:
    """By what code messages call this bank."""
    return connection.scalar(select(bank.c.code).where(bank.c.id == bank_id))


def insert_key(connection: Connection, bank_id: str, key: Key, *, recorded_at: datetime) -> None:
    """Keep a key, sealed."""
    sealed = vault().encrypt(key.text, table="bank_key", column="key_sealed", row=key.id)
    row = {"id": key.id, "bank_id": bank_id, "direction": key.direction, "scheme": key.scheme,
           "key_sealed": sealed, "recorded_at": recorded_at}
    connection.execute(bank_key.insert().values(**row))


def keys(connection: Connection, bank_id: str) -> list[Key]:
    """The keys of a bank that are not retired, oldest first."""
    t = bank_key.c
    query = select(t.id, t.direction, t.scheme, t.key_sealed)
    query = query.where(t.bank_id == bank_id, t.retired_at.is_(None)).order_by(t.recorded_at, t.direction, t.id)
    return [Key(row.id, row.direction, row.scheme, _opened(row)) for row in connection.execute(query)]


class KeyRecord(NamedTuple):
    """A key, in use or not any more, and since when."""

    key: Key
    recorded_at: datetime
    retired_at: datetime | None


def every_key(connection: Connection, bank_id: str, *, count_max: int) -> list[KeyRecord]:
    """The keys of a bank, those in use first, then the ones retired last."""
    t = bank_key.c
    query = select(t.id, t.direction, t.scheme, t.key_sealed, t.recorded_at, t.retired_at).where(t.bank_id == bank_id)
    query = query.order_by(t.retired_at.is_not(None), t.retired_at.desc(), t.recorded_at, t.direction, t.id)
    return [
        KeyRecord(Key(row.id, row.direction, row.scheme, _opened(row)), row.recorded_at, row.retired_at)
        for row in connection.execute(query.limit(count_max))
    ]


def own_keys(connection: Connection) -> list[tuple[str, Key]]:
    """With which keys we sign now: the code of the bank and the key, for every bank."""
    t = bank_key.c
    query = select(bank.c.code, t.id, t.direction, t.scheme, t.key_sealed).join(bank, bank.c.id == t.bank_id)
    query = query.where(t.direction == "outbound", t.retired_at.is_(None)).order_by(bank.c.code, t.recorded_at, t.id)
    return [(row.code, Key(row.id, row.direction, row.scheme, _opened(row))) for row in connection.execute(query)]


def retire_key(connection: Connection, bank_id: str, key_id: str, *, at: datetime) -> bool:
    """Take a key out of use; False where the bank has no such key in use."""
    t = bank_key.c
    in_use = update(bank_key).where(t.id == key_id, t.bank_id == bank_id, t.retired_at.is_(None))
    return connection.execute(in_use.values(retired_at=at)).rowcount == 1


def _opened(row) -> str:
    return vault().decrypt_text(row.key_sealed, table="bank_key", column="key_sealed", row=row.id)
