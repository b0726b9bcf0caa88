"""One-time codes of debtors: only keyed digests are kept. Their times are those of the wall clock."""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Connection, delete, func, select, update

from livefreeze.store.tables import case_debtor, court_case, debtor, debtor_code

_T = debtor_code.c


class Code(NamedTuple):
    """A code on which a try was counted."""

    id: str
    debtor_id: str | None
    digest: bytes


def known_by(connection: Connection, id_number_index: bytes, case_numbers: Iterable[str], *,
             count_max: int) -> list[str]:
    """The debtors whom an ID number or a case number names. Two queries, whatever is found."""
    by_id_number = connection.scalars(select(debtor.c.id).where(debtor.c.id_number_index == id_number_index)).all()
    by_case = (
        select(case_debtor.c.debtor_id).join(court_case, court_case.c.id == case_debtor.c.case_id)
        .where(court_case.c.case_number.in_(list(case_numbers))).order_by(case_debtor.c.debtor_id).limit(count_max)
    )
    return sorted({*by_id_number, *connection.scalars(by_case)})[:count_max]


def case_of(connection: Connection, debtor_id: str) -> str | None:
    """The newest case of a debtor, in whose audit chain a log-in stands."""
    query = select(func.max(case_debtor.c.case_id)).where(case_debtor.c.debtor_id == debtor_id)
    return connection.scalar(query)


def is_asked(connection: Connection, challenge: bytes) -> bool:
    """Was a code asked for under this challenge before?"""
    return connection.scalar(select(_T.id).where(_T.challenge == challenge).limit(1)) is not None


def count_of_subject(connection: Connection, subject_index: bytes, *, since: datetime) -> int:
    """How many codes were asked for by these very words since then."""
    query = select(func.count()).where(_T.subject_index == subject_index, _T.recorded_at >= since)
    return connection.scalar(query)


def count_of_debtors(connection: Connection, debtor_ids: Iterable[str], *, since: datetime) -> dict[str, int]:
    """How many codes each of these debtors was sent since then."""
    query = select(_T.debtor_id, func.count()).where(_T.debtor_id.in_(list(debtor_ids)), _T.recorded_at >= since)
    return dict(connection.execute(query.group_by(_T.debtor_id)).all())


def count_try(connection: Connection, challenge: bytes, *, at: datetime, tries_max: int) -> list[Code]:
    """Count a try on each code of the challenge that is still good, and return them."""
    good = update(debtor_code).where(_T.challenge == challenge, _T.used_at.is_(None), _T.expires_at > at,
                                     _T.tries < tries_max)
    counted = good.values(tries=_T.tries + 1).returning(_T.id, _T.debtor_id, _T.digest)
    return [Code(row.id, row.debtor_id, bytes(row.digest)) for row in connection.execute(counted)]


def use(connection: Connection, challenge: bytes, *, at: datetime) -> None:
    """The challenge was met: none of its codes is good any more."""
    connection.execute(update(debtor_code).where(_T.challenge == challenge).values(used_at=at))


def forget(connection: Connection, *, before: datetime) -> None:
    """Delete codes that say nothing any more."""
    connection.execute(delete(debtor_code).where(_T.recorded_at < before))
