"""The history of an account: what was made up of the time before, then what the books say."""

import json
import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from bank_adapters.sandbox import books, past
from bank_adapters.sandbox.bank import Bank
from bank_adapters.sandbox.clock import format_instant, parse_instant
from bank_adapters.sandbox.past import Plan, Row

PAST = "past"  # the kind of the booking that brings the balance of the made-up time into the books
_TEXTS = {
    **past.INCOME_TEXTS, "opening": "开户存入", "withdrawal": "取款", "withdrawal_reversed": "取款冲正",
    "bank_charge": "手续费", "correction": "更正", "other_authority": "其他机关扣划", "customer": "转账支出",
    "transfer": "法院划转", "transfer_returned": "划转退回", "credit_recalled": "入账追回",
}  # fmt: skip


def open_with_past(
    connection: sqlite3.Connection, bank: Bank, plan: Plan, *, number: str, currency: str, **account: str
) -> None:
    """Open an account whose books begin where the plan ends: its balance and its sequence go on from there."""
    final = None
    for final in past.rows(plan):  # noqa: B007 - the last one counts
        pass
    now = format_instant(bank.clock.now())
    opened_at = format_instant(bank.clock.opening(date.fromisoformat(plan.first)))
    books.open_account(connection, number=number, currency=currency, opened_at=opened_at, **account)
    connection.execute(
        "INSERT INTO past (account, plan) VALUES (?, ?)", (number, json.dumps(plan.as_document(), ensure_ascii=False))
    )
    has_balance = final.balance_after_minor > 0
    connection.execute("UPDATE account SET sequence = ? WHERE number = ?", (final.sequence - has_balance, number))
    if has_balance:
        books.book(
            connection, kind=PAST, debit=books.own(connection, "correspondent", currency, now), credit=number,
            amount_minor=final.balance_after_minor,
            happened_at=format_instant(bank.clock.opening(date.fromisoformat(plan.last))), recorded_at=now,
        )  # fmt: skip


def plan_of(connection: sqlite3.Connection, number: str) -> Plan | None:
    """What was made up for this account, if anything was."""
    row = connection.execute("SELECT plan FROM past WHERE account = ?", (number,)).fetchone()
    return Plan(**json.loads(row["plan"])) if row else None


def rows(connection: sqlite3.Connection, bank: Bank, number: str, first: date, last: date) -> Iterator[Row]:
    """The bookings of those days. The books are read now; what was made up follows as it is asked for."""
    plan, booked = plan_of(connection, number), _booked(connection, bank, number)

    def all_rows() -> Iterator[Row]:
        if plan is not None:
            yield from past.rows(plan)
        yield from booked

    return (row for row in all_rows() if first <= row.day <= last)


def broken(found: Iterator[Row]) -> Iterator[Row]:
    """The same with a wrong running balance in every tenth row: a fault."""
    for place, row in enumerate(found, start=1):
        yield replace(row, balance_after_minor=row.balance_after_minor + 100) if place % 10 == 0 else row


def _booked(connection: sqlite3.Connection, bank: Bank, number: str) -> list[Row]:
    found = connection.execute(
        "SELECT entry.*, remark.counterparty FROM entry LEFT JOIN remark USING (transaction_reference)"
        " WHERE account = ? AND kind <> ? ORDER BY sequence",
        (number, PAST),
    )
    return [
        Row(
            day=bank.clock.day_of(parse_instant(row["happened_at"], "happened_at")),
            amount_minor=row["amount_minor"],
            balance_after_minor=row["balance_after_minor"],
            sequence=row["sequence"],
            counterparty=row["counterparty"],
            counterparty_account=None,
            text=_TEXTS[row["kind"]],
            income=row["kind"] if row["kind"] in past.INCOME_TEXTS else None,
        )
        for row in found
    ]
