"""Standing salaries: paid by themselves whenever the bank's clock passes a payday, also several at once."""

import calendar
import sqlite3
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby

from bank_adapters.sandbox import books, payroll
from bank_adapters.sandbox.bank import Bank
from bank_adapters.sandbox.clock import Clock, format_instant
from bank_adapters.sandbox.payroll import Credit

PAYDAYS_AT_ONCE_MAX = 5_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Employment:
    """What an account is paid every month, on which day."""

    account: str
    amount_minor: int
    income: str
    payer: str | None
    day: int


def write(connection: sqlite3.Connection, bank: Bank, employment: Employment, *, after: datetime) -> None:
    """Let the account be paid so from the first payday after this instant on."""
    connection.execute(
        "INSERT INTO employment (account, amount_minor, income, payer, day, next_at) VALUES (?, ?, ?, ?, ?, ?)"
        " ON CONFLICT (account) DO UPDATE SET amount_minor = excluded.amount_minor, income = excluded.income,"
        " payer = excluded.payer, day = excluded.day, next_at = excluded.next_at",
        (
            employment.account,
            employment.amount_minor,
            employment.income,
            employment.payer,
            employment.day,
            format_instant(_payday_after(bank.clock, after, employment.day)),
        ),
    )


def are_kept(connection: sqlite3.Connection) -> bool:
    """Whether anybody is paid every month at all."""
    return connection.execute("SELECT 1 FROM employment LIMIT 1").fetchone() is not None


def count_due(connection: sqlite3.Connection, bank: Bank) -> int:
    """How many accounts wait for a salary whose payday has come."""
    now = format_instant(bank.clock.now())
    return connection.execute("SELECT count(*) FROM employment WHERE next_at <= ?", (now,)).fetchone()[0]


def pay_due(connection: sqlite3.Connection, bank: Bank) -> int:
    """Pay the salaries of every payday that has come, oldest first, each day's together; returns how many."""
    now = format_instant(bank.clock.now())
    rows = connection.execute(
        "SELECT * FROM employment WHERE next_at <= ? ORDER BY next_at, account LIMIT ?", (now, PAYDAYS_AT_ONCE_MAX)
    ).fetchall()
    for payday, of_that_day in groupby(rows, lambda row: row["next_at"]):
        _pay(connection, bank, list(of_that_day), payday)
    return len(rows)


def _pay(connection: sqlite3.Connection, bank: Bank, rows: list[sqlite3.Row], payday: str) -> None:
    credits = [
        Credit(
            account=books.account(connection, row["account"]),
            amount_minor=row["amount_minor"],
            income=row["income"],
            payer=row["payer"],
        )
        for row in rows
    ]
    payroll.pay(connection, bank, credits, happened_at=payday)
    connection.executemany(
        "UPDATE employment SET next_at = ? WHERE account = ?",
        [
            (format_instant(_payday_after(bank.clock, datetime.fromisoformat(payday), row["day"])), row["account"])
            for row in rows
        ],
    )


def _payday_after(bank_clock: Clock, instant: datetime, day: int) -> datetime:
    """The opening of the first such day of a month that is after the instant."""
    month = bank_clock.day_of(instant).replace(day=1)
    while True:
        payday = bank_clock.opening(_day_in(month, day))
        if payday > instant:
            return payday
        month = (month + timedelta(days=31)).replace(day=1)


def _day_in(month: date, day: int) -> date:
    last = calendar.monthrange(month.year, month.month)[1]
    return month.replace(day=min(day, last))
