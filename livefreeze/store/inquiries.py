"""Inquiries: what was asked, how far each bank is, and the key under which the answers are sealed."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import Connection, delete, select, tuple_, update

from livefreeze.base.content_key import ContentKey
from livefreeze.base.crypto import vault
from livefreeze.store import tables as t
from livefreeze.store.append import append
from livefreeze.store.engine import locking

OPEN = ("asked", "partly")


class Inquiry(NamedTuple):
    """What a court asked about a debtor."""

    id: str
    court_id: str
    case_id: str
    debtor_id: str
    period_from: date
    period_to: date
    answer_by: datetime
    delete_at: datetime
    standing_id: str | None
    recorded_at: datetime
    deleted_at: datetime | None


class AskedBank(NamedTuple):
    """How far one bank is."""

    inquiry_id: str
    bank_id: str
    status: str
    parts: int | None
    parts_received: int


def insert(connection: Connection, new: Inquiry, secret: bytes, *, reason: str, calendar: str, asked_by: str) -> None:
    """Keep an inquiry and the key of its answers."""
    row = {
        **new._asdict(), "asked_by": asked_by, "calendar": calendar,
        "period_from": new.period_from.isoformat(), "period_to": new.period_to.isoformat(),
        "reason_sealed": vault().encrypt(reason, table="inquiry", column="reason_sealed", row=new.id),
        "purged_at": None,
    }
    sealed = vault().encrypt(secret, table="inquiry_key", column="key_sealed", row=new.id)
    append(connection, {t.inquiry: [row]})
    append(connection, {t.inquiry_key: [{"inquiry_id": new.id, "key_sealed": sealed}]})


def insert_banks(connection: Connection, inquiry_id: str, messages: Iterable[tuple[str, str]]) -> None:
    """Which banks were asked, each by which of our messages: (bank id, message id)."""
    append(connection, {t.inquiry_bank: [
        {"inquiry_id": inquiry_id, "bank_id": bank_id, "message_id": message_id, "status": "asked"}
        for bank_id, message_id in messages
    ]})


def by_id(connection: Connection, inquiry_id: str) -> Inquiry | None:
    """The inquiry of this id, whosever it is."""
    return _one(connection, select(t.inquiry).where(t.inquiry.c.id == inquiry_id))


def lock(connection: Connection, inquiry_id: str) -> Inquiry | None:
    """The same, locked: one part of an answer at a time, and none while it is being deleted."""
    return _one(connection, locking(select(t.inquiry).where(t.inquiry.c.id == inquiry_id)))


def of_court(connection: Connection, court_id: str, inquiry_id: str) -> Inquiry | None:
    """The court's inquiry of this id; another court's does not exist for it."""
    i = t.inquiry.c
    return _one(connection, select(t.inquiry).where(i.id == inquiry_id, i.court_id == court_id))


def key(connection: Connection, inquiry_id: str) -> ContentKey | None:
    """The key of the answers; None once it is thrown away."""
    k = t.inquiry_key.c
    sealed = connection.scalar(select(k.key_sealed).where(k.inquiry_id == inquiry_id))
    if sealed is None:
        return None
    return ContentKey(vault().decrypt(sealed, table="inquiry_key", column="key_sealed", row=inquiry_id))


def asked_bank(connection: Connection, inquiry_id: str, bank_id: str) -> AskedBank | None:
    """How far this bank is; None where it was not asked."""
    b = t.inquiry_bank.c
    query = select(b.inquiry_id, b.bank_id, b.status, b.parts, b.parts_received)
    row = connection.execute(query.where(b.inquiry_id == inquiry_id, b.bank_id == bank_id)).one_or_none()
    return None if row is None else AskedBank(*row)


def set_progress(connection: Connection, asked: AskedBank, *, answered_at: datetime | None) -> None:
    """Write how far a bank is now."""
    b = t.inquiry_bank.c
    connection.execute(
        update(t.inquiry_bank).where(b.inquiry_id == asked.inquiry_id, b.bank_id == asked.bank_id).values(
            status=asked.status, parts=asked.parts, parts_received=asked.parts_received, answered_at=answered_at)
    )


def overdue(connection: Connection, *, after: str, count_max: int, answer_by: datetime) -> list[str]:
    """Banks whose answer is overdue and who were not reminded yet, as `inquiry/bank`, from the one after this on."""
    i, b = t.inquiry.c, t.inquiry_bank.c
    query = (
        select(b.inquiry_id, b.bank_id).join(t.inquiry, i.id == b.inquiry_id)
        .where(b.status.in_(OPEN), b.reminded_at.is_(None), i.answer_by < answer_by, i.deleted_at.is_(None))
    )
    if after:
        query = query.where(tuple_(b.inquiry_id, b.bank_id) > tuple_(*after.split("/")))
    rows = connection.execute(query.order_by(b.inquiry_id, b.bank_id).limit(count_max))
    return [f"{row.inquiry_id}/{row.bank_id}" for row in rows]


def remind_once(connection: Connection, inquiry_id: str, bank_id: str, *, at: datetime) -> bool:
    """Note that the bank is reminded; False where it was, or has answered meanwhile."""
    b = t.inquiry_bank.c
    unreminded = update(t.inquiry_bank).where(
        b.inquiry_id == inquiry_id, b.bank_id == bank_id, b.status.in_(OPEN), b.reminded_at.is_(None)
    )
    return connection.execute(unreminded.values(reminded_at=at)).rowcount == 1


def to_delete(connection: Connection, *, after: str, count_max: int, at: datetime) -> list[str]:
    """Inquiries whose term is over and of which something is left, by id, from the one after this on."""
    i = t.inquiry.c
    query = select(i.id).where(i.purged_at.is_(None), i.delete_at <= at, i.id > after)
    return list(connection.scalars(query.order_by(i.id).limit(count_max)))


def throw_key_away(connection: Connection, inquiry_id: str, *, at: datetime) -> None:
    """Delete the key, the evidence and what answers said: from here on nothing of them can be read."""
    a, n = t.inquiry_answer.c, t.inquiry_account.c
    answers = select(a.id).where(a.inquiry_id == inquiry_id)
    connection.execute(delete(t.inquiry_key).where(t.inquiry_key.c.inquiry_id == inquiry_id))
    for table in (t.inquiry_evidence, t.inquiry_statement, t.inquiry_history):
        connection.execute(delete(table).where(table.c.answer_id.in_(answers)))
    connection.execute(update(t.inquiry_answer).where(a.inquiry_id == inquiry_id).values(outcome=None, mark=None))
    connection.execute(update(t.inquiry_account).where(n.inquiry_id == inquiry_id)
                       .values(number_sealed=b""))
    connection.execute(update(t.inquiry_bank).where(t.inquiry_bank.c.inquiry_id == inquiry_id)
                       .values(status="deleted", parts=None, parts_received=0, answered_at=None))
    connection.execute(update(t.inquiry).where(t.inquiry.c.id == inquiry_id).values(deleted_at=at))


def purge(connection: Connection, inquiry_id: str, *, count_max: int) -> bool:
    """Delete so many rows that nobody can read any more; say whether some may be left."""
    n, x = t.inquiry_account.c, t.inquiry_transaction.c
    account_id = connection.scalar(select(n.id).where(n.inquiry_id == inquiry_id).order_by(n.id).limit(1))
    if account_id is None:
        return False
    oldest = select(x.sequence).where(x.account_id == account_id).order_by(x.sequence).limit(count_max)
    deleted = connection.execute(
        delete(t.inquiry_transaction).where(x.account_id == account_id, x.sequence.in_(oldest))
    ).rowcount
    if deleted == 0:
        connection.execute(delete(t.inquiry_account).where(n.id == account_id))
    return True


def set_purged(connection: Connection, inquiry_id: str, *, at: datetime) -> None:
    """Nothing is left to delete."""
    connection.execute(update(t.inquiry).where(t.inquiry.c.id == inquiry_id).values(purged_at=at))


def _one(connection: Connection, query) -> Inquiry | None:
    row = connection.execute(query).one_or_none()
    if row is None:
        return None
    return Inquiry(row.id, row.court_id, row.case_id, row.debtor_id, date.fromisoformat(row.period_from),
                   date.fromisoformat(row.period_to), row.answer_by, row.delete_at, row.standing_id,
                   row.recorded_at, row.deleted_at)
