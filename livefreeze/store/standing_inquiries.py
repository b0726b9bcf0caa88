"""Standing inquiries: the same question for a term, asked again at an interval."""

import json
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Connection, func, literal_column, or_, select, update

from livefreeze.base.crypto import vault
from livefreeze.store import tables as t
from livefreeze.store.engine import locking

ALL_BANKS = "*"


class Standing(NamedTuple):
    """A question that is asked again."""

    id: str
    court_id: str
    case_id: str
    debtor_id: str
    asked_by: str
    reason: str
    banks: tuple[str, ...] | None  # None asks all that are linked by then
    interval_days: int
    ends_at: datetime
    next_at: datetime
    ended_at: datetime | None


def insert(connection: Connection, new: Standing, *, recorded_at: datetime) -> None:
    """Keep a new one."""
    row = new._asdict() | {"recorded_at": recorded_at}
    row["banks"] = ALL_BANKS if new.banks is None else json.dumps(new.banks)
    reason = row.pop("reason")
    row["reason_sealed"] = vault().encrypt(reason, table="standing_inquiry", column="reason_sealed", row=new.id)
    connection.execute(t.standing_inquiry.insert().values(**row))


def lock(connection: Connection, standing_id: str) -> Standing:
    """The standing inquiry of this id, locked. Raises sqlalchemy.exc.NoResultFound."""
    s = t.standing_inquiry.c
    row = connection.execute(locking(select(t.standing_inquiry).where(s.id == standing_id))).one()
    reason = vault().decrypt_text(row.reason_sealed, table="standing_inquiry", column="reason_sealed", row=row.id)
    banks = None if row.banks == ALL_BANKS else tuple(json.loads(row.banks))
    return Standing(row.id, row.court_id, row.case_id, row.debtor_id, row.asked_by, reason, banks, row.interval_days,
                    row.ends_at, row.next_at, row.ended_at)


def due(connection: Connection, *, after: str, count_max: int, at: datetime) -> list[str]:
    """Those to be asked again or ended, by id, from the one after this on."""
    s, k, c = t.standing_inquiry.c, t.case_closing.c, t.claim.c
    is_closed = select(k.case_id).where(k.case_id == s.case_id).exists()
    is_owed = select(c.id).where(c.case_id == s.case_id, c.settled_minor < c.target_minor).exists()
    query = select(s.id).where(
        s.ended_at.is_(None), s.id > after, or_(s.next_at <= at, s.ends_at <= at, is_closed, ~is_owed)
    )
    return list(connection.scalars(query.order_by(s.id).limit(count_max)))


def set_next(connection: Connection, standing_id: str, at: datetime) -> None:
    """When it is asked again."""
    connection.execute(update(t.standing_inquiry).where(t.standing_inquiry.c.id == standing_id).values(next_at=at))


def end(connection: Connection, standing_id: str, reason: str, *, at: datetime) -> None:
    """It is over."""
    of_id = t.standing_inquiry.c.id == standing_id
    connection.execute(update(t.standing_inquiry).where(of_id).values(ended_at=at, ended_because=reason))


def first_inquiry(connection: Connection, standing_id: str) -> str:
    """The inquiry by which it began: banks tell new accounts to that one."""
    i = t.inquiry.c
    return connection.scalar(select(func.min(i.id)).where(i.standing_id == standing_id))


def last_day_asked(connection: Connection, standing_id: str) -> str:
    """The last day of any period that it has asked about."""
    i = t.inquiry.c
    return connection.scalar(select(func.max(i.period_to)).where(i.standing_id == standing_id))


def banks_asked(connection: Connection, inquiry_id: str) -> list[tuple[str, str]]:
    """Ids and codes of the banks of an inquiry."""
    b = t.inquiry_bank.c
    query = select(b.bank_id, t.bank.c.code).join(t.bank, t.bank.c.id == b.bank_id).where(b.inquiry_id == inquiry_id)
    return [tuple(row) for row in connection.execute(query.order_by(t.bank.c.code))]


OPENED = "opened"
"""The outcome of an answer that tells of a new account. It is no part of an answer: its part is 0."""


def hits(connection: Connection, *, after: str, count_max: int) -> list[str]:
    """New accounts that were told and for which no order is drafted yet: ids of their answers, after this one."""
    a = t.inquiry_answer.c
    # Spelled out, for else no engine sees that the index is for it.
    query = select(a.id).where(a.outcome == literal_column(f"'{OPENED}'"), a.parts.is_(None), a.id > after)
    return list(connection.scalars(query.order_by(a.id).limit(count_max)))


class Hit(NamedTuple):
    """A new account of a standing inquiry."""

    inquiry_id: str
    standing_id: str
    account_id: str


def hit(connection: Connection, answer_id: str) -> Hit:
    """The hit that an answer told. Raises sqlalchemy.exc.NoResultFound."""
    a, i, s = t.inquiry_answer.c, t.inquiry.c, t.inquiry_statement.c
    query = (
        select(i.id, i.standing_id, s.account_id).join(t.inquiry_answer, a.inquiry_id == i.id)
        .join(t.inquiry_statement, s.answer_id == a.id).where(a.id == answer_id)
    )
    return Hit(*connection.execute(query).one())


def set_drafted(connection: Connection, answer_id: str) -> None:
    """The hit is dealt with: of an account that was told, `parts` says so by 0."""
    connection.execute(update(t.inquiry_answer).where(t.inquiry_answer.c.id == answer_id).values(parts=0))
