"""The books of both sides, read as they lie in their databases, with one way to name a booking in either."""

import sqlite3
from collections import Counter
from contextlib import closing
from typing import NamedTuple

from sqlalchemy import Engine, select

from livefreeze.base.clock import format_instant
from livefreeze.rules.ledger import TransferKind
from livefreeze.store import engine as store_engine
from livefreeze.store import tables as t
from tests.crash.town import Account, Bank

INCOMES = ("salary", "pension", "benefit", "maintenance", "own_transfer", "other")
CHARGES = ("bank_charge", "correction", "other_authority")


class Booking(NamedTuple):
    """What a booking is about. Its amounts are added up under this name, so whatever is doubled differs."""

    what: str
    which: str  # a reference, a transfer or, where neither side names it, the instant


class BankBooks:
    """Everything that a sandbox bank has written down."""

    def __init__(self, bank: Bank) -> None:
        self.code = bank.code
        with closing(sqlite3.connect(f"file:{bank.folder / 'bank.sqlite'}?mode=ro", uri=True)) as connection:
            connection.row_factory = sqlite3.Row

            def by(key: str, table: str) -> dict[str, sqlite3.Row]:
                return {row[key]: row for row in connection.execute(f"SELECT * FROM {table}")}

            self.accounts = by("number", "account")
            self.bookings = by("transaction_reference", "booking")
            self.withdrawals = by("reference", "withdrawal")
            self.transfers = by("transfer", "transfer")
            self.came = by("webhook_id", "message_in")
            self.left = by("webhook_id", "message_out")
            self.entries = connection.execute("SELECT * FROM entry").fetchall()
            self.receipts = connection.execute("SELECT * FROM receipt").fetchall()
            self.trial_balance = connection.execute("SELECT sum(balance_minor) FROM account").fetchone()[0]
        paid = [row for row in self.withdrawals.values() if row["transaction_reference"]]
        sent = [row for row in self.transfers.values() if row["transaction_reference"]]
        self._withdrawal_of = {row["transaction_reference"]: row for row in paid}
        self._transfer_of = {row["transaction_reference"]: row["transfer"] for row in sent}
        # Of a transfer that came back the bank keeps the booking of its return, which names the first one.
        self._transfer_of |= {
            self.bookings[reference]["reverses"]: name for reference, name in self._transfer_of.items()
        }

    def sums(self, account: Account, *, after: int) -> Counter[Booking]:
        """Signed minor units of each booking of the account after this one of its sequence."""
        found: Counter[Booking] = Counter()
        for entry in self.entries:
            if entry["account"] == account.number and entry["sequence"] > after:
                found[self._name(entry)] += entry["amount_minor"]
        return found

    def _name(self, entry: sqlite3.Row) -> Booking:
        kind, reference, happened_at = entry["kind"], entry["transaction_reference"], entry["happened_at"]
        if kind == "withdrawal":
            withdrawal = self._withdrawal_of[reference]
            if withdrawal["state"] != "stand_in":
                return Booking("withdrawal", withdrawal["reference"])
        if kind == "withdrawal_reversed":
            return Booking("reversal", self._withdrawal_of[self.bookings[reference]["reverses"]]["reference"])
        if kind in ("transfer", "transfer_returned"):
            return Booking(kind, self._transfer_of[reference])
        names = {"credit_recalled": "recall", "withdrawal": "stand-in", "customer": "stand-in"}
        return Booking(names.get(kind) or ("charge" if kind in CHARGES else "credit"), happened_at)


class ServiceBooks:
    """Everything that the service has written down."""

    def __init__(self, engine: Engine) -> None:
        with store_engine.reading(engine) as connection:

            def rows(table) -> list:
                return connection.execute(select(table).order_by(*table.primary_key)).all()

            codes = {row.id: row.code for row in rows(t.bank)}
            self.accounts = {row.id: row for row in rows(t.account)}
            self.pools = {row.id: row for row in rows(t.pool)}
            self.claims = {row.id: row for row in rows(t.claim)}
            # In the order of the locks under which they were written.
            self.transfers = sorted(rows(t.transfer), key=lambda row: (row.recorded_at, row.id))
            self.withdrawals = {(codes[row.bank_id], row.reference): row for row in rows(t.withdrawal)}
            self.sweeps = {row.id: row for row in rows(t.sweep)}
            self.message_claims = {(codes[row.bank_id], row.message_id): row for row in rows(t.message_claim)}
            self.event_claims = {(codes[row.bank_id], row.event_id): row for row in rows(t.event_claim)}
            self.outbound = {(codes[row.bank_id], row.id): row for row in rows(t.outbound_message)}
            self.chains = {row.chain: row for row in rows(t.audit_chain)}
            self.audit_events = rows(t.audit_event)
        self.hashes = {(event.chain, event.seq): bytes(event.hash).hex() for event in self.audit_events}
        self._references = {row.id: reference for (_, reference), row in self.withdrawals.items()}

    def sums(self, account: Account) -> Counter[Booking]:
        """Signed minor units of each booking that the account's bank must have, too."""
        found: Counter[Booking] = Counter()
        for row in self.transfers:
            if row.account_id == account.id and row.kind in _AT_BANKS:
                what, sign = _AT_BANKS[row.kind]
                if row.kind == TransferKind.STAND_IN and row.withdrawal_id:
                    what = "withdrawal"  # paid above what was approved
                which = self._references.get(row.withdrawal_id) or row.sweep_id or format_instant(row.happened_at)
                found[Booking(what, which)] += sign * row.amount_minor
        return found


# Holds, voids and instructions are between us and the account: no bank books them.
_AT_BANKS = {
    TransferKind.CREDIT: ("credit", 1),
    TransferKind.CREDIT_REVERSED: ("recall", -1),
    TransferKind.DEBIT: ("charge", -1),
    TransferKind.CAPTURE: ("withdrawal", -1),
    TransferKind.STAND_IN: ("stand-in", -1),
    TransferKind.REVERSE: ("reversal", 1),
    TransferKind.SWEEP_SETTLED: ("transfer", -1),
    TransferKind.SWEEP_SETTLED_LATE: ("transfer", -1),
    TransferKind.SWEEP_RETURNED: ("transfer_returned", 1),
}
