"""What the court has told the bank to block, and the bank's receipts for it."""

import sqlite3

from bank_adapters.contract import FreezeAmended, FreezePlaced, FreezeReleased
from bank_adapters.sandbox import books, faults, money, outbox
from bank_adapters.sandbox.bank import Bank
from bank_adapters.sandbox.books import Account
from bank_adapters.sandbox.clock import format_instant
from bank_adapters.sandbox.refused import Refused


def is_frozen(connection: sqlite3.Connection, account: str) -> bool:
    """Whether a freeze is in force: then tellers ask, and bookings are reported."""
    row = connection.execute("SELECT 1 FROM freeze WHERE account = ? AND status = 'in_force'", (account,))
    return row.fetchone() is not None


def blocked_minor(connection: sqlite3.Connection, account: Account) -> int:
    """How much of the balance is blocked: what the orders ask for together, and no more than there is."""
    asked_minor = connection.execute(
        "SELECT coalesce(sum(block_up_to_minor), 0) FROM freeze WHERE account = ? AND status = 'in_force'",
        (account.number,),
    ).fetchone()[0]
    return min(asked_minor, max(0, account.balance_minor))


def place(connection: sqlite3.Connection, bank: Bank, notice: FreezePlaced) -> None:
    """Block the account and send the receipt, with the balance that belongs to this very moment."""
    if _has_come(connection, notice):
        return
    account, why = _account_to_block(connection, notice)
    connection.execute(
        "INSERT INTO freeze (order_id, account, status, quota_minor, block_up_to_minor, notice_number)"
        " VALUES (?, ?, ?, ?, ?, ?)",
        (
            notice.order,
            notice.account,
            "refused" if account is None else "in_force",
            money.parse(notice.quota, notice.currency, least=0),
            money.parse(notice.block_up_to, notice.currency, least=0),
            notice.notice_number,
        ),
    )
    now = format_instant(bank.clock.now())
    common = {"account": notice.account, "happened_at": now, "order": notice.order}
    if account is None:
        outbox.add_event(connection, bank, "freeze.receipt", result="refused", why=why, **common)
        return
    holds = _prior_holds(connection, account)
    outbox.add_event(
        connection,
        bank,
        "freeze.receipt",
        result="partial" if holds else "accepted",
        why="Other holds stand before it" if holds else None,
        balance=money.format_minor(account.balance_minor, account.currency),
        currency=account.currency,
        as_of=now,
        sequence=account.sequence,
        prior_holds=holds,
        **common,
    )


def amend(connection: sqlite3.Connection, notice: FreezeAmended) -> None:
    """Block up to another amount from now on."""
    connection.execute(
        "UPDATE freeze SET quota_minor = ?, block_up_to_minor = ? WHERE order_id = ? AND account = ?",
        (
            money.parse(notice.quota, notice.currency, least=0),
            money.parse(notice.block_up_to, notice.currency, least=0),
            notice.order,
            notice.account,
        ),
    )


def release(connection: sqlite3.Connection, notice: FreezeReleased) -> None:
    """Block nothing for this order any more."""
    connection.execute(
        "UPDATE freeze SET status = 'ended' WHERE order_id = ? AND account = ? AND status = 'in_force'",
        (notice.order, notice.account),
    )


def add_prior_hold(connection: sqlite3.Connection, account: Account, holder: str, amount_minor: int) -> None:
    """Note a hold of somebody outside the service, which later receipts name."""
    connection.execute(
        "INSERT INTO prior_hold (account, holder, amount_minor) VALUES (?, ?, ?)"
        " ON CONFLICT (account, holder) DO UPDATE SET amount_minor = excluded.amount_minor",
        (account.number, holder, amount_minor),
    )


def orders(connection: sqlite3.Connection, account: Account) -> list[dict]:
    """The orders that reached this account, as the API shows them."""
    rows = connection.execute("SELECT * FROM freeze WHERE account = ? ORDER BY order_id", (account.number,))
    return [
        {
            "order": row["order_id"],
            "status": row["status"],
            "quota": money.format_minor(row["quota_minor"], account.currency),
            "block_up_to": money.format_minor(row["block_up_to_minor"], account.currency),
            "notice_number": row["notice_number"],
        }
        for row in rows
    ]


def ranked(connection: sqlite3.Connection, account: Account) -> list[dict]:
    """What stands on the account in its rank, as an answer to an inquiry names it: holds of others, then orders."""
    rows = connection.execute(
        "SELECT amount_minor, holder AS authority FROM prior_hold WHERE account = :account"
        " UNION ALL SELECT block_up_to_minor, :court FROM freeze"
        " WHERE account = :account AND status = 'in_force'",
        {"account": account.number, "court": "人民法院"},
    )
    return [
        {"rank": rank, "amount": money.format_minor(row["amount_minor"], account.currency),
         "authority": row["authority"]}
        for rank, row in enumerate(rows, start=1)
    ]  # fmt: skip


def _has_come(connection: sqlite3.Connection, notice: FreezePlaced) -> bool:
    row = connection.execute("SELECT 1 FROM freeze WHERE order_id = ? AND account = ?", (notice.order, notice.account))
    return row.fetchone() is not None


def _account_to_block(connection: sqlite3.Connection, notice: FreezePlaced) -> tuple[Account | None, str]:
    """The account, or None and why it cannot be blocked."""
    if why := faults.current(connection).refuse_freeze:
        return None, why
    try:
        account = books.customer(connection, notice.account)
    except Refused as refused:
        return None, refused.reason
    if account.currency != notice.currency:
        return None, f"The account is kept in {account.currency}"
    if (account.name, account.id_number) != (notice.name, notice.id_number):
        return None, "The account belongs to somebody else"
    return account, ""


def _prior_holds(connection: sqlite3.Connection, account: Account) -> list[dict] | None:
    rows = connection.execute("SELECT * FROM prior_hold WHERE account = ? ORDER BY rowid", (account.number,))
    holds = [
        {"holder": row["holder"], "amount": money.format_minor(row["amount_minor"], account.currency)} for row in rows
    ]
    return holds or None
