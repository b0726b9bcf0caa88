"""What the database holds, read directly: to compare before with after, and with what an API says."""

import json
from collections.abc import Iterable
from typing import NamedTuple

from sqlalchemy import Engine, select

from livefreeze.store import tables

# What is written of every message that is understood, whatever becomes of it.
_RECORDS = ("message_claim", "inbound_message", "event_claim", "audit_chain", "audit_event", "alert")


class AccountSums(NamedTuple):
    """Minor units."""

    balance: int
    held: int
    in_transit: int


class PoolSums(NamedTuple):
    """The allowance period that runs, in minor units."""

    allowance: int
    taken: int
    from_held: int
    stand_in: int
    excess_in: int
    quota_left: int


class ClaimSums(NamedTuple):
    """Minor units."""

    target: int
    quota: int
    settled: int
    in_transit: int
    over_collected: int


class Books:
    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def whole(self, *, without: Iterable[str] = ()) -> dict[str, list[tuple]]:
        """Every row of every table, as the driver gives it: hundreds of tests compare all of it."""
        chosen = [table.name for table in tables.metadata.sorted_tables if table.name not in without]
        with self._engine.connect() as connection:
            cursor = connection.connection.cursor()
            return {name: sorted(cursor.execute(f"SELECT * FROM {name}").fetchall(), key=repr) for name in chosen}

    def money(self) -> dict[str, list[tuple]]:
        """Every row that says where money lies or who may have it."""
        return self.whole(without=_RECORDS)

    def rows(self, table: str) -> list:
        with self._engine.connect() as connection:
            found = tables.metadata.tables[table]
            return list(connection.execute(select(found).order_by(*found.primary_key)))

    def account(self, account_id: str) -> AccountSums:
        row = self._one("account", account_id)
        return AccountSums(row.balance_minor, row.held_minor, row.in_transit_minor)

    def pool_of(self, account_id: str) -> PoolSums:
        row = self._one("pool", self._one("account", account_id).pool_id)
        return PoolSums(row.allowance_minor, row.taken_minor, row.from_held_minor, row.stand_in_minor,
                        row.excess_in_minor, row.quota_left_minor)

    def claim_of(self, case_id: str) -> ClaimSums:
        (row,) = [row for row in self.rows("claim") if row.case_id == case_id]
        return ClaimSums(row.target_minor, row.quota_minor, row.settled_minor, row.in_transit_minor,
                         row.over_collected_minor)

    def order_status(self, order_id: str) -> str:
        return self._one("freeze_order", order_id).status

    def closed_periods_of(self, account_id: str) -> list[PoolSums]:
        """The allowance periods that are over, oldest first; quota left is not kept of them."""
        pool_id = self._one("account", account_id).pool_id
        return [PoolSums(row.allowance_minor, row.taken_minor, row.from_held_minor, row.stand_in_minor,
                         row.excess_in_minor, 0)
                for row in self.rows("allowance_period") if row.pool_id == pool_id]

    def events(self, account_id: str) -> list[dict]:
        """The audit chain of an account, oldest first."""
        return self.chain(f"account:{account_id}")

    def chain(self, name: str) -> list[dict]:
        """The events of a chain, oldest first."""
        return [json.loads(row.document) for row in self.rows("audit_event") if row.chain == name]

    def alerts(self) -> list[str]:
        """Their kinds, oldest first."""
        return [row.kind for row in self.rows("alert")]

    def _one(self, table: str, key: str):
        (row,) = [row for row in self.rows(table) if row.id == key]
        return row
