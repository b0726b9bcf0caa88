"""Cash that came back over the counter: one teller asks, another person of the bank approves exactly that."""

from sqlalchemy import Connection

from livefreeze.base import ids
from livefreeze.base.access import Principal
from livefreeze.base.errors import Problem
from livefreeze.base.money import format_amount, parse_positive
from livefreeze.flows import proposals, withdrawal_end
from livefreeze.flows.pointers import at
from livefreeze.flows.transaction import transaction
from livefreeze.flows.withdrawal_end import Taken
from livefreeze.store import counter
from livefreeze.store.audit import account_chain
from livefreeze.store.counter import Reversal

REASONS = ("cash_returned", "miscounted", "wrong_person")


def ask(withdrawal_id: str, amount: str | None, reason: str, *, principal: Principal) -> str:
    """Ask that a payment, or part of it, be booked back; nothing moves yet. Returns the request's id.

    Asked again in the same words, the same request. Raises Problem: NOT_FOUND, AMOUNT_INVALID, CHOICE_UNKNOWN,
    WITHDRAWAL_STATE for one that was not paid, BACK_ABOVE_PAID, ALREADY_EXISTS where another request is open.
    """
    if reason not in REASONS:
        raise Problem("CHOICE_UNKNOWN", "/reason")
    with transaction() as connection:
        reference = counter.reference(connection, principal.bank_id, withdrawal_id)
        if reference is None:
            raise Problem("NOT_FOUND")
        taken = withdrawal_end.take(connection, principal.bank_id, reference)
        amount_minor = _amount(taken, amount)
        digest = _digest(taken, amount_minor, reason)
        before = counter.open_reversal(connection, withdrawal_id)
        if before is not None:
            if (before.digest, before.asked_by) != (digest, principal.staff_id):
                raise Problem("ALREADY_EXISTS")
            return before.id
        reversal_id = ids.new("rev")
        counter.insert_reversal(connection, {
            "id": reversal_id, "bank_id": principal.bank_id, "withdrawal_id": withdrawal_id,
            "amount_minor": amount_minor, "reason": reason, "digest": digest, "asked_by": principal.staff_id,
            "recorded_at": taken.record.recorded_at,
        })
        _note(taken, "withdrawal.reversal_asked", reversal_id, digest, principal)
        taken.record.flush()
        return reversal_id


def approve(reversal_id: str, digest: str, *, principal: Principal) -> None:
    """Book it back: the same fact as a bank's `withdrawal.reversed`. Approved again, nothing more happens.

    Raises Problem: NOT_FOUND, PROPOSAL_STATE, APPROVAL_BY_EDITOR for the person who asked, whatever login it is,
    PROPOSAL_CHANGED for another digest, WITHDRAWAL_STATE, BACK_ABOVE_PAID, NOT_DECIDED.
    """
    with transaction() as connection:
        asked, taken = _take(connection, reversal_id, principal)
        if asked.status == "approved" and asked.ended_by == principal.staff_id:
            return
        _refuse_closed(asked)
        if asked.asked_by_person == principal.person:
            raise Problem("APPROVAL_BY_EDITOR")
        if digest != proposals.digest_text(asked.digest):
            raise Problem("PROPOSAL_CHANGED", "/digest")
        _refuse_above_paid(taken, asked.amount_minor)
        _note(taken, "withdrawal.reversal_approved", asked.id, asked.digest, principal)
        counter.end_reversal(connection, asked.id, "approved", by=principal.staff_id, at=taken.record.recorded_at)
        withdrawal_end.reverse(
            taken.record, taken.pool, taken.stored, asked.amount_minor, happened_at=taken.record.recorded_at,
            transaction_reference=None, actor=principal.actor,
        )


def withdraw(reversal_id: str, *, principal: Principal) -> None:
    """Close the request unapproved, by whoever of the bank. Said again, nothing more happens.

    Raises Problem: NOT_FOUND, PROPOSAL_STATE.
    """
    with transaction() as connection:
        asked, taken = _take(connection, reversal_id, principal)
        if asked.status == "withdrawn":
            return
        _refuse_closed(asked)
        counter.end_reversal(connection, asked.id, "withdrawn", by=principal.staff_id, at=taken.record.recorded_at)
        _note(taken, "withdrawal.reversal_withdrawn", asked.id, asked.digest, principal)
        taken.record.flush()


def _take(connection: Connection, reversal_id: str, principal: Principal) -> tuple[Reversal, Taken]:
    found = counter.reversal(connection, principal.bank_id, reversal_id)
    if found is None:
        raise Problem("NOT_FOUND")
    taken = withdrawal_end.take(connection, principal.bank_id, found.reference)
    return counter.lock_reversal(connection, principal.bank_id, reversal_id), taken


def _refuse_closed(asked: Reversal) -> None:
    if asked.status != "open":
        raise Problem("PROPOSAL_STATE", status=asked.status)


def _amount(taken: Taken, amount: str | None) -> int:
    amount_minor = taken.stored.captured_minor
    if amount is not None:
        with at("/amount"):
            amount_minor = parse_positive(amount, taken.stored.currency)
    with at("/amount"):
        _refuse_above_paid(taken, amount_minor)
    return amount_minor


def _refuse_above_paid(taken: Taken, amount_minor: int) -> None:
    stored = taken.stored
    if stored.captured_minor == 0:
        raise Problem("WITHDRAWAL_STATE", status=stored.status)
    paid_minor = withdrawal_end.still_paid_minor(taken.record, stored)
    if amount_minor > paid_minor:
        raise Problem("BACK_ABOVE_PAID", paid=format_amount(paid_minor, stored.currency), currency=stored.currency)


def _digest(taken: Taken, amount_minor: int, reason: str) -> bytes:
    return proposals.digest_of({"kind": "withdrawal.reverse", "withdrawal": taken.stored.id,
                                "amount_minor": amount_minor, "currency": taken.stored.currency, "reason": reason})


def _note(taken: Taken, kind: str, reversal_id: str, digest: bytes, principal: Principal) -> None:
    taken.record.event(account_chain(taken.stored.account_id), kind, {
        "withdrawal": taken.stored.id, "reversal": reversal_id, "digest": proposals.digest_text(digest),
    }, actor=principal.actor)
