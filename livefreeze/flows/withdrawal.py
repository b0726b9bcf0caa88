"""Withdrawals at the counter: authorise, capture, void. The bank asks while the debtor waits."""

import time
from datetime import datetime, timedelta

from sqlalchemy import Connection

from bank_adapters.contract import WithdrawalAuthorise, WithdrawalCapture, WithdrawalVoid
from livefreeze.base import clock
from livefreeze.base.crypto import normalise_account, vault
from livefreeze.base.errors import Problem
from livefreeze.base.money import format_amount
from livefreeze.base.words import REASONS
from livefreeze.flows import amounts, answers, facts, periods, positions, withdrawal_decision, withdrawal_end
from livefreeze.flows.once import once
from livefreeze.flows.transaction import reading, transaction
from livefreeze.flows.withdrawal_decision import Asked, Decided
from livefreeze.store import messages, pools, withdrawals
from livefreeze.store import tables as t
from livefreeze.store.audit import Head, account_chain
from livefreeze.store.errors import Refused
from livefreeze.store.messages import Inbound
from livefreeze.store.pools import LockedPool
from livefreeze.store.record import Record

AHEAD_MAX = timedelta(hours=1)  # how far a bank's clock may run before ours


def authorise(inbound: Inbound, asked: WithdrawalAuthorise) -> bytes:
    """Decide one withdrawal, hold the money if it is approved, and return the answer's body.

    Asked again, it returns the first answer. Raises Problem: NOT_FOUND for an account that this bank does not
    have here, ACCOUNT_NOT_FROZEN, CURRENCY_MISMATCH, REFERENCE_REUSED, MESSAGE_REUSED, DEADLINE_PASSED where
    the bank no longer waits, NOT_DECIDED where the pool stays locked.
    """
    began = time.perf_counter()
    refuse_future(asked.happened_at, "/happened_at")
    amount_minor = amounts.positive(asked)

    def act() -> bytes:
        with transaction() as connection:
            return _decide(connection, inbound, asked, amount_minor, began)

    try:
        return once(inbound, act)
    except Refused:
        with reading() as connection:
            if withdrawals.by_reference(connection, inbound.bank_id, asked.reference) is None:
                raise
        raise Problem("REFERENCE_REUSED", "/reference", reference=asked.reference) from None


def _decide(
    connection: Connection, inbound: Inbound, asked: WithdrawalAuthorise, amount_minor: int, began: float
) -> bytes:
    number_index = vault().blind_index("account", normalise_account(asked.account))
    found = pools.lock_of_account(connection, inbound.bank_id, number_index)
    if found is None:
        raise Problem("NOT_FOUND", "/account")
    pool, account_id = found
    decided = withdrawal_decision.decide(connection, pool, account_id, Asked(
        reference=asked.reference, amount_minor=amount_minor, currency=asked.currency, channel=asked.channel,
        identified_by=asked.identified_by, happened_at=asked.happened_at, decide_by=asked.decide_by,
        message_id=inbound.message_id,
    ), actor=f"bank:{inbound.bank_code}")
    expires_at, recorded_at = decided.expires_at, decided.pool.read_at
    answer = answers.body(inbound, "withdrawal.decided", {
        "id": decided.withdrawal_id, "reference": asked.reference, **_decision_fields(asked.currency, decided),
        "expires_at": None if expires_at is None else clock.format_instant(expires_at),
        "duration_ms": int((time.perf_counter() - began) * 1000),
        "explanation": answers.steps(decided.explanation(), asked.currency),
    }, decided.receipt)
    decided.record.add(t.inbound_message, messages.evidence_row(inbound, recorded_at=recorded_at))
    decided.record.add(t.message_claim, messages.claim_row(inbound, answer, recorded_at=recorded_at))
    decided.record.flush()
    return answer


def _decision_fields(currency: str, decided: Decided) -> dict:
    decision, after = decided.decision, decided.after()
    english, chinese = REASONS[decision.reason]
    return {
        "decision": "approved" if decision.is_approved else "declined", "reason": decision.reason,
        "reason_text": {"en": english, "zh": chinese},
        "approved_amount": format_amount(decision.approved_minor, currency),
        "currency": currency, "allowance_left": format_amount(after.allowance_left_minor, currency),
        "spendable": format_amount(after.spendable_minor, currency),
    }


def capture(inbound: Inbound, paid: WithdrawalCapture) -> bytes:
    """The bank paid: all that was approved, less, or more. Returns the answer's body.

    Less gives the rest back; what is above the hold is recorded as a stand-in fact and shown to the court.
    Raises Problem: NOT_FOUND, WITHDRAWAL_STATE after a void or a first capture, CURRENCY_MISMATCH.
    """
    refuse_future(paid.happened_at, "/happened_at")

    def act(stored: withdrawals.StoredWithdrawal, pool: LockedPool, record: Record) -> None:
        if not withdrawal_end.may_capture(stored):
            raise Problem("WITHDRAWAL_STATE", status=stored.status)
        amount_minor = stored.amount_minor
        if paid.amount is not None:
            facts.refuse_other_currency(pool, paid.currency, "/currency")
            amount_minor = amounts.positive(paid)
        withdrawal_end.capture(
            record, pool, stored, amount_minor, happened_at=paid.happened_at,
            transaction_reference=paid.transaction_reference, actor=f"bank:{inbound.bank_code}",
        )

    return _change(inbound, paid.reference, act)


def void(inbound: Inbound, given_up: WithdrawalVoid) -> bytes:
    """The bank has not paid and will not: the hold goes back whole. Returns the answer's body.

    Raises Problem: NOT_FOUND, WITHDRAWAL_STATE after a capture or a first void.
    """
    refuse_future(given_up.happened_at, "/happened_at")

    def act(stored: withdrawals.StoredWithdrawal, pool: LockedPool, record: Record) -> None:
        if stored.status not in withdrawal_end.OPEN:
            raise Problem("WITHDRAWAL_STATE", status=stored.status)
        withdrawal_end.void(record, pool, stored, happened_at=given_up.happened_at,
                            actor=f"bank:{inbound.bank_code}")

    return _change(inbound, given_up.reference, act)


def _change(inbound: Inbound, reference: str, change) -> bytes:
    """Lock, change the withdrawal by `change`, write, and answer with where it stands."""

    def act() -> bytes:
        with transaction() as connection:
            stored, pool, record = withdrawal_end.take(connection, inbound.bank_id, reference)
            record.message_id = inbound.message_id
            change(stored, pool, record)
            receipt = record.event(account_chain(stored.account_id), "withdrawal.asked", {
                "withdrawal": stored.id, "reference": reference, "digest": inbound.digest.hex(),
            }, actor=f"bank:{inbound.bank_code}")
            record.flush()
            answer = _state(connection, inbound, reference, receipt)
            record.add(t.inbound_message, messages.evidence_row(inbound, recorded_at=pool.read_at))
            record.add(t.message_claim, messages.claim_row(inbound, answer, recorded_at=pool.read_at))
            record.flush()
            return answer

    return once(inbound, act)


def state(inbound: Inbound, reference: str) -> bytes:
    """Where a withdrawal stands: for a bank that lost an answer. Claims nothing. Raises Problem NOT_FOUND."""
    with reading() as connection:
        stored = withdrawals.by_reference(connection, inbound.bank_id, reference)
        if stored is None:
            raise Problem("NOT_FOUND")
        head = pools.read(connection, stored.pool_id).account(stored.account_id).head
        return _state(connection, inbound, reference, head)


def _state(connection: Connection, inbound: Inbound, reference: str, receipt: Head) -> bytes:
    stored = withdrawals.by_reference(connection, inbound.bank_id, reference)
    pool = periods.as_of(connection, pools.read(connection, stored.pool_id))
    spendable = allowance_left = 0
    if pool.account(stored.account_id).is_frozen:
        counter, position = positions.at_counter(connection, pool, stored.account_id)
        spendable, allowance_left = position.spendable_minor, counter.allowance_left_minor
    return answers.body(inbound, "withdrawal.state", {
        "id": stored.id, "reference": reference, "status": stored.status,
        "amount": format_amount(stored.amount_minor, stored.currency),
        "captured_amount": format_amount(stored.captured_minor, stored.currency), "currency": stored.currency,
        "allowance_left": format_amount(allowance_left, stored.currency),
        "spendable": format_amount(spendable, stored.currency),
    }, receipt)


def refuse_future(happened_at: datetime, pointer: str) -> None:
    """Raise Problem INSTANT_IN_FUTURE for what cannot have happened yet."""
    if happened_at > clock.now() + AHEAD_MAX:
        raise Problem("INSTANT_IN_FUTURE", pointer)
