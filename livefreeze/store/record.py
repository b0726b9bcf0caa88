"""What one transaction writes: transfers, audit events, messages and rows, gathered and appended in one statement."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from sqlalchemy import Connection, Table

from livefreeze.base import ids
from livefreeze.rules.ledger import Transfer
from livefreeze.store import audit, outbox
from livefreeze.store.append import append
from livefreeze.store.outbox import Outgoing
from livefreeze.store.tables import audit_event, outbound_message, transfer


class Record:
    """The rows of one movement or of a chunk of them, in the order in which they were added.

    The counters move only when `flush` has appended the rows: flush before reading what they change.
    Audit events link to the heads of chains that are locked.
    """

    def __init__(self, connection: Connection, recorded_at: datetime, heads: Iterable[audit.Head] = (), *,
                 message_id: str | None = None) -> None:
        self.connection = connection
        self.recorded_at = recorded_at
        self.message_id = message_id  # of the bank's signed message that tells of it, which is its evidence
        self._heads = {head.chain: head for head in heads}
        self._rows: dict[Table, list[Mapping[str, object]]] = {}
        self._once: set[tuple] = set()

    def add(self, table: Table, row: Mapping[str, object]) -> None:
        """Any other row. All rows of one table have the same columns."""
        self._rows.setdefault(table, []).append(row)

    def add_once(self, table: Table, row: Mapping[str, object]) -> bool:
        """As `add`, but False where this record has had the very same row before."""
        if (key := (table.name, *row.values())) in self._once:
            return False
        self._once.add(key)
        self.add(table, row)
        return True

    def transfer(self, movement: Transfer, *, happened_at: datetime) -> str:
        """A row of the ledger; returns its id."""
        transfer_id = ids.new("trf")
        self.add(transfer, {
            "id": transfer_id, "kind": movement.kind, "account_id": movement.account_id, "pool_id": movement.pool_id,
            "debit_bucket": movement.debit, "credit_bucket": movement.credit, "amount_minor": movement.amount_minor,
            "currency": movement.currency, "claim_id": movement.claim_id, "withdrawal_id": movement.withdrawal_id,
            "sweep_id": movement.sweep_id, "corrects": movement.corrects, "period_start": movement.period_start,
            "taken_minor": movement.taken_minor, "from_held_minor": movement.from_held_minor,
            "stand_in_minor": movement.stand_in_minor, "happened_at": happened_at, "recorded_at": self.recorded_at,
        })
        return transfer_id

    def event(self, chain: str, kind: str, detail: Mapping[str, object], *, actor: str,
              authority: str | None = None) -> audit.Head:
        """An audit event on a chain whose head is known here or can be locked now; returns its receipt."""
        head = self._heads.get(chain) or self._lock_head(chain)
        if self.message_id is not None:
            detail = {**detail, "message": self.message_id}
        row, head = audit.link(head, kind, detail, actor=actor, authority=authority, recorded_at=self.recorded_at)
        self._heads[chain] = head
        self.add(audit_event, row)
        return head

    def message(self, message: Outgoing) -> None:
        """A message to a bank, sent by the worker once this transaction is committed."""
        for row in outbox.rows([message], recorded_at=self.recorded_at):
            self.add(outbound_message, row)

    def flush(self) -> None:
        """Append all rows gathered so far."""
        rows, self._rows = self._rows, {}
        append(self.connection, rows)

    def _lock_head(self, chain: str) -> audit.Head:
        audit.begin_chain(self.connection, chain)
        return audit.lock_heads(self.connection, [chain])[chain]
