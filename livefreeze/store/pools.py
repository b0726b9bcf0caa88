"""Pools: locking reads that carry every fact a movement decides on.

A movement locks pools in sorted order, then, in the same statement, their accounts and these accounts' chains.
After a wait only locked rows are fresh, so nothing that decides may come from another table of such a statement.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

from sqlalchemy import Connection, TextClause, bindparam, text, update

from livefreeze.base import clock
from livefreeze.rules.excess import PeriodFacts
from livefreeze.rules.ledger import Place
from livefreeze.rules.period import Period
from livefreeze.rules.position import AccountFacts, ClaimFacts, PoolFacts
from livefreeze.store import direct
from livefreeze.store.audit import Head, account_chain
from livefreeze.store.columns import Instant, instant_from_text
from livefreeze.store.engine import is_sqlite
from livefreeze.store.tables import pool as pool_table

ALL_CLAIMS = "all claims"  # stands for every claim of a pool in which each covers every account


class AccountRow(NamedTuple):
    """One account of a pool as it stands under the lock."""

    account_id: str
    bank_id: str
    currency: str
    balance_minor: int
    held_minor: int
    in_transit_minor: int
    is_frozen: bool
    is_allowance_account: bool
    opened_at: datetime | None
    opening_sequence: int | None
    opening_as_of: datetime | None
    head: Head  # of its audit chain


class LockedPool(NamedTuple):
    """A pool with its current period, sums and accounts; nobody else moves them until the transaction ends."""

    pool_id: str
    rule_id: str | None
    currency: str
    period_start: datetime | None
    period_end: datetime | None
    allowance_minor: int
    ceiling_minor: int
    excess_in_minor: int
    excess_carried_minor: int
    reserve_minor: int
    taken_minor: int
    from_held_minor: int
    stand_in_minor: int
    quota_left_minor: int
    is_mixed: bool
    accounts: tuple[AccountRow, ...]
    read_at: datetime  # the instant of recording: after the wait for the lock

    def account(self, account_id: str) -> AccountRow:
        """One of its accounts. Raises LookupError for another."""
        for account in self.accounts:
            if account.account_id == account_id:
                return account
        raise LookupError(f"{account_id} is not an account of pool {self.pool_id}")

    def place(self, account_id: str) -> Place:
        """Where a transfer of this account is booked."""
        return Place(account_id, self.pool_id, self.currency)

    def period(self) -> Period | None:
        """The current allowance period; None before the first receipt."""
        return None if self.period_start is None else Period(self.period_start, self.period_end)

    def period_facts(self) -> PeriodFacts:
        """The sums of the current period, for the rule of excess."""
        return PeriodFacts(self.allowance_minor, self.ceiling_minor, self.from_held_minor, self.stand_in_minor)

    def facts(self, claims: tuple[ClaimFacts, ...] | None = None) -> PoolFacts:
        """What the formula needs. Without claims, one stands for all: right where each covers every account."""
        if claims is None:
            claims = (ClaimFacts(ALL_CLAIMS, 1, self.quota_left_minor),)
        accounts = tuple(
            AccountFacts(a.account_id, a.balance_minor, a.is_allowance_account) for a in self.accounts if a.is_frozen
        )
        return PoolFacts(self.currency, self.allowance_minor, self.excess_in_minor, self.taken_minor,
                         self.reserve_minor, accounts, claims)


_POOL = """p.id, p.rule_id, p.currency, p.period_start, p.period_end, p.allowance_minor, p.ceiling_minor,
  p.excess_in_minor, p.excess_carried_minor, p.reserve_minor, p.taken_minor, p.from_held_minor, p.stand_in_minor,
  p.quota_left_minor, p.is_mixed"""
_ACCOUNT = """a.id, a.bank_id, a.currency, a.balance_minor, a.held_minor, a.in_transit_minor, a.is_frozen,
  a.is_allowance_account, a.opened_at, a.opening_sequence, a.opening_as_of, h.seq, h.hash, a.number_index"""
_POOL_WIDTH = _POOL.count(",") + 1

_OF_ACCOUNT_POSTGRES = f"""
WITH p AS MATERIALIZED (
  SELECT * FROM pool WHERE id = (SELECT pool_id FROM account WHERE bank_id = $1::text AND number_index = $2::bytea)
  FOR NO KEY UPDATE
)
SELECT {_POOL}, {_ACCOUNT}, clock_timestamp()
FROM p JOIN account a ON a.pool_id = p.id JOIN audit_chain h ON h.chain = 'account:' || a.id
ORDER BY a.id FOR NO KEY UPDATE OF a, h
"""
_OF_ACCOUNT_SQLITE = f"""
SELECT {_POOL}, {_ACCOUNT}
FROM pool p JOIN account a ON a.pool_id = p.id JOIN audit_chain h ON h.chain = 'account:' || a.id
WHERE p.id = (SELECT pool_id FROM account WHERE bank_id = ? AND number_index = ?) ORDER BY a.id
"""
_BY_ID_POSTGRES = f"""
WITH p AS MATERIALIZED (SELECT * FROM pool WHERE id = ANY($1::text[]) ORDER BY id FOR NO KEY UPDATE)
SELECT {_POOL}, {_ACCOUNT}, clock_timestamp()
FROM p JOIN account a ON a.pool_id = p.id JOIN audit_chain h ON h.chain = 'account:' || a.id
ORDER BY p.id, a.id FOR NO KEY UPDATE OF a, h
"""
_BY_ID_SQLITE = f"""
SELECT {_POOL}, {_ACCOUNT}
FROM pool p JOIN account a ON a.pool_id = p.id JOIN audit_chain h ON h.chain = 'account:' || a.id
WHERE p.id IN (SELECT value FROM json_each(?)) ORDER BY p.id, a.id
"""


def lock_of_account(connection: Connection, bank_id: str, number_index: bytes) -> tuple[LockedPool, str] | None:
    """Lock the pool of a bank's account, and name the account; None where the bank has no such account here."""
    query = _OF_ACCOUNT_SQLITE if is_sqlite(connection) else _OF_ACCOUNT_POSTGRES
    rows = direct.fetch(connection, query, (bank_id, number_index))
    if not rows:
        return None
    asked = next(row for row in rows if row[_POOL_WIDTH + 1] == bank_id and row[_POOL_WIDTH + 13] == number_index)
    return _pools(rows)[0], asked[_POOL_WIDTH]


def lock(connection: Connection, pool_ids: Iterable[str]) -> dict[str, LockedPool]:
    """Lock these pools, in sorted order, with their accounts and the accounts' chains. Each has an account."""
    wanted = sorted(set(pool_ids))
    if not wanted:
        return {}
    if is_sqlite(connection):
        rows = direct.fetch(connection, _BY_ID_SQLITE, (_json_list(wanted),))
    else:
        rows = direct.fetch(connection, _BY_ID_POSTGRES, (wanted,))
    return {pool.pool_id: pool for pool in _pools(rows)}


def read(connection: Connection, pool_id: str) -> LockedPool | None:
    """A pool as it stands, unlocked, for pages and reports; None where it has no account."""
    return read_several(connection, [pool_id]).get(pool_id)


def read_several(connection: Connection, pool_ids: Sequence[str]) -> dict[str, LockedPool]:
    """These pools as they stand, unlocked, by one statement."""
    if not pool_ids:  # an empty list in SQL has no type that every engine compares with text
        return {}
    statement = _BY_ID_SQLITE.replace("IN (SELECT value FROM json_each(?))", "IN :pool_ids")
    query = text(statement).bindparams(bindparam("pool_ids", expanding=True))
    return {pool.pool_id: pool for pool in _pools(connection.execute(query, {"pool_ids": list(pool_ids)}).all())}


def _json_list(values: Sequence[str]) -> str:
    return "[" + ",".join(f'"{value}"' for value in values) + "]"


def _pools(rows: Sequence[Sequence]) -> list[LockedPool]:
    pools = []
    for _, group in groupby(rows, key=itemgetter(0)):
        of_pool = list(group)
        pool = list(of_pool[0][:_POOL_WIDTH])
        pool[3], pool[4], pool[14] = _instant(pool[3]), _instant(pool[4]), bool(pool[14])
        accounts = tuple(_account(row[_POOL_WIDTH:]) for row in of_pool)
        pools.append(LockedPool(*pool, accounts, _read_at(of_pool[0])))
    return pools


def _account(row: Sequence) -> AccountRow:
    return AccountRow(
        row[0], row[1], row[2], row[3], row[4], row[5], bool(row[6]), bool(row[7]), _instant(row[8]), row[9],
        _instant(row[10]), Head(account_chain(row[0]), row[11], bytes(row[12])),
    )


def _read_at(row: Sequence) -> datetime:
    """The database's clock where the row carries it, moved as the demo moves ours; else our own."""
    if len(row) == _POOL_WIDTH + 14:
        return clock.now()
    return row[-1] + clock.offset()


def _instant(value: object) -> datetime | None:
    return instant_from_text(value) if isinstance(value, str) else value


_BEGIN_PERIOD = text(
    "UPDATE pool SET period_start = :period_start, period_end = :period_end WHERE id = :pool_id"
).bindparams(bindparam("period_start", type_=Instant), bindparam("period_end", type_=Instant))
_SET_ALLOWANCE = text(
    """
    UPDATE pool SET rule_id = :rule_id, allowance_minor = :allowance_minor, ceiling_minor = :ceiling_minor,
      excess_in_minor = :excess_in_minor, excess_carried_minor = :excess_carried_minor,
      reserve_minor = :reserve_minor WHERE id = :pool_id
    """
)


def begin_period(connection: Connection, pool: LockedPool) -> LockedPool:
    """Write the period as this value has it; a trigger keeps the old one's sums in allowance_period and begins
    anew from nothing."""
    # Two statements: the sums of the old period must be away before its ceiling is.
    _write(connection, _BEGIN_PERIOD, pool)
    return set_allowance(connection, pool)


def set_allowance(connection: Connection, pool: LockedPool) -> LockedPool:
    """Write rule, allowance, excess and reserve of the current period as this value has them."""
    _write(connection, _SET_ALLOWANCE, pool)
    return pool


def _write(connection: Connection, statement: TextClause, pool: LockedPool) -> None:
    connection.execute(statement, {name: getattr(pool, name) for name in statement.compile().params})


def set_next_sweep(connection: Connection, pool_id: str, at: datetime | None) -> None:
    """When the timetable looks at this pool again; None: never."""
    connection.execute(update(pool_table).where(pool_table.c.id == pool_id).values(next_sweep_at=at))
