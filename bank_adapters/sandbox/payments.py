"""Paying withdrawals, and taking the money back: the booking and the message about it in one transaction."""

import sqlite3

from bank_adapters.sandbox import books, money, outbox, transfers, withdrawals
from bank_adapters.sandbox.bank import Bank
from bank_adapters.sandbox.books import Account, Entry
from bank_adapters.sandbox.clock import format_instant
from bank_adapters.sandbox.link import Answer
from bank_adapters.sandbox.outbox import Message
from bank_adapters.sandbox.refused import Refused
from bank_adapters.sandbox.withdrawals import Wish, Withdrawal

_IN_CASH = ("counter", "cash_machine")


def pay(connection: sqlite3.Connection, bank: Bank, reference: str, amount_minor: int | None = None) -> Message:
    """Pay an approved withdrawal, or another amount than approved; returns the capture to be sent.

    Raises Refused (WITHDRAWAL_STATE, BALANCE_TOO_LOW).
    """
    withdrawal = withdrawals.in_state(connection, reference, "approved")
    happened_at = format_instant(bank.clock.now())
    paid_minor = withdrawal.amount_minor if amount_minor is None else amount_minor
    entry = _pay(connection, bank, withdrawal, paid_minor, happened_at)
    withdrawals.set_state(connection, reference, "paid")
    return outbox.add_call(
        connection,
        bank,
        "capture",
        reference,
        amount=money.format_minor(paid_minor, withdrawal.currency),
        currency=withdrawal.currency,
        transaction_reference=entry.transaction_reference,
        happened_at=happened_at,
    )


def captured(connection: sqlite3.Connection, bank: Bank, message: Message, answer: Answer) -> None:
    """The service knows of the payment. If it refused the capture, the withdrawal stays paid for people to see."""
    if answer.is_done:
        withdrawals.set_state(connection, message.reference, "captured")


def pay_unasked(connection: sqlite3.Connection, bank: Bank, wish: Wish, *, is_stand_in: bool) -> str:
    """Pay at once: no freeze, or (stand-in) a freeze while the service is silent, which is then reported.

    Returns the reference. Raises Refused (BALANCE_TOO_LOW).
    """
    reference = withdrawals.write_down(connection, wish, "stand_in" if is_stand_in else "paid_unasked")
    withdrawal = withdrawals.find(connection, reference)
    entry = _pay(connection, bank, withdrawal, wish.amount_minor, wish.happened_at)
    if is_stand_in:
        outbox.add_event(
            connection,
            bank,
            "withdrawal.stand_in",
            channel=wish.channel,
            **entry.as_event_fields(),
        )
    return reference


def reverse(connection: sqlite3.Connection, bank: Bank, reference: str) -> Entry:
    """The money came back, all of it: the booking is reversed and the service told.

    Raises Refused (WITHDRAWAL_STATE) unless the payment was captured.
    """
    withdrawal = withdrawals.in_state(connection, reference, "captured")
    happened_at = format_instant(bank.clock.now())
    _, entry = books.book(
        connection,
        kind="withdrawal_reversed",
        debit=_paid_from(connection, withdrawal, happened_at),
        credit=withdrawal.account,
        amount_minor=withdrawal.paid_minor,
        happened_at=happened_at,
        recorded_at=happened_at,
        reverses=withdrawal.transaction_reference,
    )
    withdrawals.set_state(connection, reference, "reversed")
    outbox.add_event(
        connection,
        bank,
        "withdrawal.reversed",
        reference=reference,
        **entry.as_event_fields(),
    )
    return entry


def available_minor(connection: sqlite3.Connection, account: Account) -> int:
    """What the books allow to be paid: the balance without what is promised to others already."""
    promised_minor = connection.execute(
        "SELECT coalesce(sum(amount_minor), 0) FROM withdrawal WHERE account = ? AND state = 'approved'",
        (account.number,),
    ).fetchone()[0]
    return account.balance_minor - promised_minor - transfers.in_transit_minor(connection, account.number)


def _pay(
    connection: sqlite3.Connection, bank: Bank, withdrawal: Withdrawal, amount_minor: int, happened_at: str
) -> Entry:
    account = books.account(connection, withdrawal.account)
    promised_minor = withdrawal.amount_minor if withdrawal.state == "approved" else 0
    if amount_minor > available_minor(connection, account) + promised_minor:
        raise Refused("BALANCE_TOO_LOW")
    entry, _ = books.book(
        connection,
        kind="withdrawal",
        debit=withdrawal.account,
        credit=_paid_from(connection, withdrawal, happened_at),
        amount_minor=amount_minor,
        happened_at=happened_at,
        recorded_at=format_instant(bank.clock.now()),
    )
    connection.execute(
        "UPDATE withdrawal SET transaction_reference = ?, paid_minor = ? WHERE reference = ?",
        (entry.transaction_reference, amount_minor, withdrawal.reference),
    )
    return entry


def _paid_from(connection: sqlite3.Connection, withdrawal: Withdrawal, opened_at: str) -> str:
    in_cash = withdrawal.channel in _IN_CASH
    name = f"till/{withdrawal.branch}" if in_cash else "correspondent"
    return books.own(connection, name, withdrawal.currency, opened_at)
