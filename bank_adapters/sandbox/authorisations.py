"""Asking the service before paying, and what follows when nobody waits for the answer any more."""

import json
import sqlite3

from bank_adapters.sandbox import money, outbox, withdrawals
from bank_adapters.sandbox.bank import Bank
from bank_adapters.sandbox.clock import format_instant
from bank_adapters.sandbox.link import Answer
from bank_adapters.sandbox.outbox import Message
from bank_adapters.sandbox.refused import Refused
from bank_adapters.sandbox.withdrawals import Wish


def ask(connection: sqlite3.Connection, bank: Bank, wish: Wish) -> Message:
    """Write the withdrawal down together with the question to the service."""
    decide_by = format_instant(bank.clock.now() + bank.patience)
    reference = withdrawals.write_down(connection, wish, "asked", decide_by=decide_by)
    return outbox.add_call(
        connection,
        bank,
        "authorise",
        reference,
        account=wish.account.number,
        amount=money.format_minor(wish.amount_minor, wish.account.currency),
        currency=wish.account.currency,
        channel=wish.channel,
        identified_by=wish.identified_by,
        decide_by=decide_by,
        happened_at=wish.happened_at,
    )


def decided(connection: sqlite3.Connection, bank: Bank, message: Message, answer: Answer) -> None:
    """Store the service's decision. What nobody waits for any more is voided."""
    withdrawal = withdrawals.find(connection, message.reference)
    is_approved = answer.is_done and answer.document["decision"] == "approved"
    connection.execute(
        "UPDATE withdrawal SET state = ?, decision = ? WHERE reference = ? AND state = 'asked'",
        (
            "approved" if is_approved else "declined",
            json.dumps(answer.document, ensure_ascii=False),
            withdrawal.reference,
        ),
    )
    if is_approved and not withdrawal.teller_waits:
        give_up(connection, bank, withdrawal.reference)


def unanswered(connection: sqlite3.Connection, bank: Bank, message: Message) -> None:
    """An attempt to ask brought no answer: ask again, or void when that has become pointless.

    It has when nobody waits and `decide_by` is over: the service decides nothing new then, but may have
    approved an earlier attempt whose answer was lost.
    """
    withdrawal = withdrawals.find(connection, message.reference)
    if not withdrawal.teller_waits and format_instant(bank.clock.now()) > withdrawal.decide_by:
        outbox.drop(connection, message)
        _void(connection, bank, withdrawal.reference)


def teller_leaves(connection: sqlite3.Connection, bank: Bank, reference: str) -> None:
    """Nobody waits at the counter any more: an answer that comes now is not paid out."""
    connection.execute("UPDATE withdrawal SET teller_waits = 0 WHERE reference = ?", (reference,))
    if withdrawals.find(connection, reference).state == "approved":
        give_up(connection, bank, reference)


def after_restart(connection: sqlite3.Connection, bank: Bank) -> None:
    """No teller outlives the process; only what was authorised to be paid later may still be paid."""
    rows = connection.execute(
        "SELECT reference FROM withdrawal"
        " WHERE (state = 'asked' AND teller_waits) OR (state = 'approved' AND NOT is_kept)"
    ).fetchall()
    for row in rows:
        teller_leaves(connection, bank, row["reference"])


def give_up(connection: sqlite3.Connection, bank: Bank, reference: str) -> Message:
    """Void an approved withdrawal that will not be paid; returns the call to be sent."""
    withdrawals.in_state(connection, reference, "approved")
    return _void(connection, bank, reference)


def voided(connection: sqlite3.Connection, bank: Bank, message: Message, answer: Answer) -> None:
    """The service has let go of the money, or had done so before."""
    withdrawals.set_state(connection, message.reference, "voided")


def answer_query(connection: sqlite3.Connection, bank: Bank, reference: str, account: str) -> None:
    """Tell the service whether the withdrawal was paid. What was not paid is never paid after this."""
    try:
        withdrawal = withdrawals.find(connection, reference)
    except Refused:
        withdrawal = None  # never heard of here, so certainly not paid
    paid = withdrawal is not None and withdrawal.paid_minor is not None
    if withdrawal is not None and not paid:
        connection.execute(
            "UPDATE withdrawal SET teller_waits = 0, state = iif(state = 'approved', 'voided', state)"
            " WHERE reference = ?",
            (reference,),
        )
    outbox.add_event(
        connection,
        bank,
        "withdrawal.status",
        account=account,
        happened_at=format_instant(bank.clock.now()),
        reference=reference,
        status="paid" if paid else "not_paid",
        amount=money.format_minor(withdrawal.paid_minor, withdrawal.currency) if paid else None,
        currency=withdrawal.currency if paid else None,
        transaction_reference=withdrawal.transaction_reference if paid else None,
    )


def _void(connection: sqlite3.Connection, bank: Bank, reference: str) -> Message:
    withdrawals.set_state(connection, reference, "voiding")
    return outbox.add_call(connection, bank, "void", reference, happened_at=format_instant(bank.clock.now()))
