"""Inquiries of courts: asked once, answered when due, stood by for new accounts until they end."""

import sqlite3

from bank_adapters import contract, strict_json
from bank_adapters.sandbox import faults, identity, outbox
from bank_adapters.sandbox.bank import Bank
from bank_adapters.sandbox.clock import format_instant, wall_s
from bank_adapters.sandbox.refused import Refused


def ask(connection: sqlite3.Connection, notice: contract.InquiryRequested, body: bytes) -> None:
    """Note the question, to be answered when the faults let it."""
    present = faults.current(connection)
    connection.execute(
        "INSERT INTO inquiry (inquiry, id_number, body, state, due_at, standing_until) VALUES (?, ?, ?, ?, ?, ?)"
        " ON CONFLICT (inquiry) DO UPDATE SET asked = asked + 1",
        (
            notice.inquiry,
            identity.normalised(notice.id_number),
            body,
            "ignored" if present.ignore_inquiries else "waiting",
            wall_s() + present.delay_answers_s,
            format_instant(notice.standing_until) if notice.standing_until else None,
        ),
    )


def remind(connection: sqlite3.Connection, notice: contract.InquiryReminded) -> None:
    """An inquiry that was ignored is answered now, unless the fault still stands."""
    if not faults.current(connection).ignore_inquiries:
        connection.execute(
            "UPDATE inquiry SET state = 'waiting', due_at = ? WHERE inquiry = ? AND state = 'ignored'",
            (wall_s(), notice.inquiry),
        )


def end(connection: sqlite3.Connection, notice: contract.InquiryEnded) -> None:
    """Tell it no more of new accounts."""
    connection.execute("UPDATE inquiry SET standing_until = NULL WHERE inquiry = ?", (notice.inquiry,))


def tell_opened(connection: sqlite3.Connection, bank: Bank, number: str) -> None:
    """Tell the inquiries that stand for the account's owner that it was opened."""
    account = connection.execute("SELECT * FROM account WHERE number = ?", (number,)).fetchone()
    if account["kind"] != "salary" or faults.current(connection).quiet_openings:
        return
    now = format_instant(bank.clock.now())
    standing = connection.execute(
        "SELECT inquiry, body FROM inquiry WHERE standing_until > ? AND id_number = ? ORDER BY inquiry",
        (now, identity.normalised(account["id_number"])),
    ).fetchall()
    for row in standing:
        outbox.add_event(
            connection,
            bank,
            "account.opened",
            happened_at=now,
            inquiry=row["inquiry"],
            id_number=strict_json.loads(row["body"])["id_number"],
            account=number,
            kind="savings",
            currency=account["currency"],
            opened_on=bank.clock.day_of(bank.clock.now()).isoformat(),
            branch=account["branch"],
        )


def due(connection: sqlite3.Connection) -> list[str]:
    """The inquiries to be answered now, the oldest first."""
    rows = connection.execute(
        "SELECT inquiry FROM inquiry WHERE state = 'waiting' AND due_at <= ? ORDER BY due_at", (wall_s(),)
    )
    return [row["inquiry"] for row in rows]


def next_due_at(connection: sqlite3.Connection) -> float | None:
    """When the next one is to be answered, in real seconds since 1970."""
    return connection.execute("SELECT min(due_at) FROM inquiry WHERE state = 'waiting'").fetchone()[0]


def question(connection: sqlite3.Connection, inquiry: str) -> tuple[contract.InquiryRequested, int]:
    """The question, and how many parts of its answer are stored already."""
    row = connection.execute("SELECT body, parts_stored FROM inquiry WHERE inquiry = ?", (inquiry,)).fetchone()
    return contract.parse(strict_json.loads(row["body"]), contract.InquiryRequested), row["parts_stored"]


def part_stored(connection: sqlite3.Connection, inquiry: str, part: int, *, is_last: bool) -> None:
    """One more part of the answer waits in the outbox."""
    connection.execute(
        "UPDATE inquiry SET parts_stored = ?, state = CASE WHEN ? THEN 'answered' ELSE state END WHERE inquiry = ?",
        (part, is_last, inquiry),
    )


def remember_event(connection: sqlite3.Connection, inquiry: str, part: int, event_id: str) -> None:
    """Which event told this part, so that a later one can correct it."""
    connection.execute(
        "INSERT INTO answer_part (inquiry, part, event_id) VALUES (?, ?, ?)"
        " ON CONFLICT (inquiry, part) DO UPDATE SET event_id = excluded.event_id",
        (inquiry, part, event_id),
    )


def event_of(connection: sqlite3.Connection, inquiry: str, part: int) -> str:
    """The newest event that told this part. Raises Refused (INQUIRY_NOT_ANSWERED)."""
    row = connection.execute(
        "SELECT event_id FROM answer_part WHERE inquiry = ? AND part = ?", (inquiry, part)
    ).fetchone()
    if row is None:
        raise Refused("INQUIRY_NOT_ANSWERED")
    return row["event_id"]


def all_of(connection: sqlite3.Connection) -> list[dict]:
    """Every inquiry as the API shows it, without the person."""
    rows = connection.execute(
        "SELECT inquiry, state, asked, parts_stored, standing_until FROM inquiry ORDER BY inquiry"
    )
    return [dict(row) for row in rows]
