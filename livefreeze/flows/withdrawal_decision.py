"""The decision on one withdrawal under the pool's lock, whoever asks: a bank's system, or a teller on our page."""

from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import Connection

from livefreeze.base import ids
from livefreeze.base.errors import Problem
from livefreeze.flows import periods, positions, rules
from livefreeze.rules import ledger
from livefreeze.rules import withdrawal as rule_of_withdrawal
from livefreeze.rules.document import FreezeRule
from livefreeze.rules.explanation import Step
from livefreeze.rules.position import Counter, Position
from livefreeze.rules.withdrawal import After, Decision
from livefreeze.store import tables as t
from livefreeze.store.audit import Head
from livefreeze.store.pools import LockedPool
from livefreeze.store.record import Record

EXPIRES_AFTER = timedelta(minutes=30)  # neither captured nor voided by then, it is asked what became of it


class Asked(NamedTuple):
    """What is asked for. The reference is unique in the bank and names the withdrawal from then on."""

    reference: str
    amount_minor: int
    currency: str
    channel: str
    identified_by: str
    happened_at: datetime
    decide_by: datetime | None = None  # until when the asker waits; None: nobody counts the seconds
    message_id: str | None = None  # of the signed message that asks; none where a teller asks on our own page


class Decided(NamedTuple):
    """What was decided, with the facts as they stood before it. Nothing is written before `record.flush()`."""

    record: Record
    withdrawal_id: str
    amount_minor: int
    decision: Decision
    counter: Counter
    position: Position
    pool: LockedPool  # in its current period
    rule: FreezeRule
    expires_at: datetime | None
    receipt: Head

    def after(self) -> After:
        """What is left once the decision is carried out."""
        return rule_of_withdrawal.after(self.decision, self.counter, self.position)

    def explanation(self) -> tuple[Step, ...]:
        """The steps by which it came; made only for who shows them."""
        return rule_of_withdrawal.explain(
            self.decision, self.counter, amount_minor=self.amount_minor, allowance_minor=self.pool.allowance_minor,
            excess_in_minor=self.pool.excess_in_minor, taken_minor=self.pool.taken_minor,
            allowance_source=rules.allowance_in_force(self.rule, self.pool.period_start).source,
        )


def decide(connection: Connection, pool: LockedPool, account_id: str, asked: Asked, *, actor: str) -> Decided:
    """Decide, and gather the rows: the withdrawal, the hold where it is approved, the audit event.

    Raises Problem: ACCOUNT_NOT_FROZEN, CURRENCY_MISMATCH, DEADLINE_PASSED.
    """
    account = pool.account(account_id)
    if not account.is_frozen:
        raise Problem("ACCOUNT_NOT_FROZEN", "/account")
    if asked.currency != account.currency:
        raise Problem("CURRENCY_MISMATCH", "/currency", currency=account.currency)
    if asked.decide_by is not None and pool.read_at > asked.decide_by:
        # What we approved now would hang until it is queried. Nothing is claimed, and asking again cannot help.
        raise Problem("DEADLINE_PASSED", "/decide_by")
    pool = periods.roll(connection, pool, pool.read_at)
    rule = rules.of(connection, pool.rule_id)
    counter, position = positions.at_counter(connection, pool, account_id)
    decision = rule_of_withdrawal.decide(asked.amount_minor, counter, channel=asked.channel, channels=rule.channels)

    withdrawal_id = ids.new("wdl")
    expires_at = pool.read_at + EXPIRES_AFTER if decision.is_approved else None
    record = Record(connection, pool.read_at, [account.head], message_id=asked.message_id)
    record.add(t.withdrawal, {
        "id": withdrawal_id, "bank_id": account.bank_id, "reference": asked.reference, "account_id": account_id,
        "pool_id": pool.pool_id, "amount_minor": asked.amount_minor, "currency": asked.currency,
        "channel": asked.channel, "status": "authorised" if decision.is_approved else "declined",
        "reason": decision.reason, "from_held_minor": decision.from_held_minor, "period_start": pool.period_start,
        "happened_at": asked.happened_at, "expires_at": expires_at, "recorded_at": pool.read_at,
    })
    if decision.is_approved:
        hold = ledger.hold(
            pool.place(account_id), amount_minor=asked.amount_minor, from_held_minor=decision.from_held_minor,
            withdrawal_id=withdrawal_id, period_start=pool.period_start,
        )
        record.transfer(hold, happened_at=asked.happened_at)
    receipt = record.event(account.head.chain, "withdrawal.decided", {
        "withdrawal": withdrawal_id, "reference": asked.reference, "amount_minor": asked.amount_minor,
        "currency": asked.currency, "channel": asked.channel, "identified_by": asked.identified_by,
        "decision": "approved" if decision.is_approved else "declined", "reason": decision.reason,
        "taken_before_minor": pool.taken_minor, "balance_before_minor": account.balance_minor,
    }, actor=actor)
    return Decided(record, withdrawal_id, asked.amount_minor, decision, counter, position, pool, rule, expires_at,
                   receipt)
