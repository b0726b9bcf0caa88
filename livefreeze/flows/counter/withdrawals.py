"""A teller on our page asks for a withdrawal, says that it was paid, or that it was not."""

import json
import re
from typing import NamedTuple

from sqlalchemy import Connection

from livefreeze.base.access import Principal
from livefreeze.base.clock import format_instant
from livefreeze.base.errors import Problem
from livefreeze.base.money import format_amount, parse_positive
from livefreeze.flows import answers, withdrawal_decision, withdrawal_end
from livefreeze.flows.counter.accounts import CHANNEL
from livefreeze.flows.pointers import at
from livefreeze.flows.transaction import reading, transaction
from livefreeze.flows.withdrawal_decision import Asked, Decided
from livefreeze.flows.withdrawal_end import Taken
from livefreeze.rules import withdrawal as rule_of_withdrawal
from livefreeze.store import counter, pools, withdrawals
from livefreeze.store import tables as t
from livefreeze.store.errors import Refused

_KEY = re.compile(r"[A-Za-z0-9_-]{8,56}")
_PREFIX = "counter-"  # a reference of ours among those of the bank


class Request(NamedTuple):
    """What a teller asks; the key is the form's own, so that sent twice it is one withdrawal."""

    key: str
    account_id: str
    amount: str
    identified_by: str


def authorise(request: Request, *, principal: Principal) -> str:
    """Decide, hold the money if it is approved, and return the withdrawal's id; asked again, the same one.

    Raises Problem: NOT_FOUND, AMOUNT_INVALID, ACCOUNT_NOT_FROZEN, REFERENCE_REUSED where the key was used for
    something else, NOT_DECIDED where the pool stays locked or the database is away.
    """
    if _KEY.fullmatch(request.key) is None:
        raise Problem("TEXT_INVALID", "/key")
    try:
        with transaction() as connection:
            return _decide(connection, request, principal)
    except (Refused, Problem):  # NotDecided too: a lost answer is asked for again
        first = _first(request, principal)
        if first is None:
            raise
        return first


def _decide(connection: Connection, request: Request, principal: Principal) -> str:
    account = counter.account_by_id(connection, principal.bank_id, request.account_id)
    if account is None:
        raise Problem("NOT_FOUND")
    with at("/amount"):
        amount_minor = parse_positive(request.amount, account.currency)
    pool = pools.lock(connection, [account.pool_id])[account.pool_id]
    decided = withdrawal_decision.decide(connection, pool, account.account_id, Asked(
        reference=_PREFIX + request.key, amount_minor=amount_minor, currency=account.currency, channel=CHANNEL,
        identified_by=request.identified_by, happened_at=pool.read_at,
    ), actor=principal.actor)
    decided.record.add(t.counter_withdrawal, counter.withdrawal_row(
        decided.withdrawal_id, bank_id=principal.bank_id, staff_id=principal.staff_id,
        identified_by=request.identified_by, shown=_shown(decided, account.currency), recorded_at=pool.read_at,
        ended_at=None if decided.decision.is_approved else pool.read_at,
    ))
    decided.record.flush()
    return decided.withdrawal_id


def _shown(decided: Decided, currency: str) -> str:
    """The figures of the answer as they were, for the screen and for a slip that is printed again."""
    pool, counted = decided.pool, decided.counter
    steps = rule_of_withdrawal.explain_to_teller(
        decided.decision, counted, amount_minor=decided.amount_minor, allowance_minor=pool.allowance_minor,
        excess_in_minor=pool.excess_in_minor, taken_minor=pool.taken_minor,
    )
    return json.dumps({
        "allowance_left": format_amount(decided.after().allowance_left_minor, currency),
        "limit_before": format_amount(counted.limit_minor, currency),
        "whole_at": format_instant(pool.period_end), "time_zone": decided.rule.time_zone,
        "explanation": answers.steps(steps, currency),
    }, ensure_ascii=False)


def _first(request: Request, principal: Principal) -> str | None:
    """What this key asked for before. Raises Problem REFERENCE_REUSED where that was something else."""
    with reading() as connection:
        stored = withdrawals.by_reference(connection, principal.bank_id, _PREFIX + request.key)
    if stored is None:
        return None
    if (stored.account_id, format_amount(stored.amount_minor, stored.currency)) != (
        request.account_id, _as_written(request.amount, stored.currency)
    ):
        raise Problem("REFERENCE_REUSED", reference=stored.reference)
    return stored.id


def _as_written(amount: str, currency: str) -> str | None:
    try:
        return format_amount(parse_positive(amount, currency), currency)
    except Problem:
        return None


def confirm(withdrawal_id: str, amount: str | None, transaction_reference: str | None, *,
            principal: Principal) -> None:
    """The teller has paid all that was approved, or less; the rest goes back. Said again, nothing more happens.

    `transaction_reference` is the booking's number in the bank's books, so that the same cash counts once when
    the bank reports it too. Raises Problem: NOT_FOUND, AMOUNT_INVALID, PAID_ABOVE_APPROVED, WITHDRAWAL_STATE,
    NOT_DECIDED.
    """
    with transaction() as connection:
        stored, pool, record = _take(connection, withdrawal_id, principal)
        paid_minor = stored.amount_minor
        if amount is not None:
            with at("/amount"):
                paid_minor = parse_positive(amount, stored.currency)
        if paid_minor > stored.amount_minor:
            raise Problem("PAID_ABOVE_APPROVED", "/amount", currency=stored.currency,
                          approved=format_amount(stored.amount_minor, stored.currency))
        if stored.status == "captured" and stored.captured_minor == paid_minor:
            return
        if not withdrawal_end.may_capture(stored):
            raise Problem("WITHDRAWAL_STATE", status=stored.status)
        withdrawal_end.capture(record, pool, stored, paid_minor, happened_at=record.recorded_at,
                               transaction_reference=transaction_reference, actor=principal.actor)
        counter.end(connection, stored.id, at=record.recorded_at)


def void(withdrawal_id: str, *, principal: Principal) -> None:
    """The teller has not paid and will not: what was held goes back. Said again, nothing more happens.

    Raises Problem: NOT_FOUND, WITHDRAWAL_STATE, NOT_DECIDED.
    """
    with transaction() as connection:
        stored, pool, record = _take(connection, withdrawal_id, principal)
        if stored.status == "voided":
            return
        if stored.status not in withdrawal_end.OPEN:
            raise Problem("WITHDRAWAL_STATE", status=stored.status)
        withdrawal_end.void(record, pool, stored, happened_at=record.recorded_at, actor=principal.actor)
        counter.end(connection, stored.id, at=record.recorded_at)


def _take(connection: Connection, withdrawal_id: str, principal: Principal) -> Taken:
    reference = counter.reference(connection, principal.bank_id, withdrawal_id)
    if reference is None:
        raise Problem("NOT_FOUND")
    return withdrawal_end.take(connection, principal.bank_id, reference)
