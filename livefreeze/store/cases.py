"""Cases of a court, their debtors and their claims."""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Connection, select, update

from livefreeze.base.crypto import vault
from livefreeze.rules.freeze import ClaimCounters
from livefreeze.store import case_numbers
from livefreeze.store.engine import locking
from livefreeze.store.insert import insert_new
from livefreeze.store.tables import case_debtor, claim, court_case


class Case(NamedTuple):
    """One case, opened."""

    id: str
    court_id: str
    case_number: str
    creditor: str | None


class Claim(NamedTuple):
    """One claim of a case, with its counters as they stand."""

    id: str
    case_id: str
    currency: str
    counters: ClaimCounters


def insert(connection: Connection, new: Case, debtor_ids: Iterable[str], *, recorded_at: datetime) -> bool:
    """Keep a new case; False where the court has one of this number."""
    creditor = new.creditor and vault().encrypt(new.creditor, table="court_case", column="creditor_sealed", row=new.id)
    row = {"id": new.id, "court_id": new.court_id, "case_number": new.case_number, "creditor_sealed": creditor,
           "recorded_at": recorded_at}
    if not insert_new(connection, court_case, row):
        return False
    case_numbers.keep(connection, new.id, new.court_id, new.case_number, recorded_at=recorded_at)
    connection.execute(case_debtor.insert(), [{"case_id": new.id, "debtor_id": debtor} for debtor in debtor_ids])
    return True


def of_court(connection: Connection, court_id: str, case_id: str) -> Case | None:
    """The court's case of this id; another court's does not exist for it."""
    return _one(connection, court_case.c.court_id == court_id, court_case.c.id == case_id)


def by_number(connection: Connection, court_id: str, case_number: str) -> Case | None:
    """The court's case of this number."""
    return _one(connection, court_case.c.court_id == court_id, court_case.c.case_number == case_number)


def debtors(connection: Connection, case_id: str) -> list[str]:
    """The ids of the case's debtors, sorted."""
    t = case_debtor.c
    return list(connection.scalars(select(t.debtor_id).where(t.case_id == case_id).order_by(t.debtor_id)))


def insert_claim(connection: Connection, new: Claim, *, recorded_at: datetime) -> None:
    """Keep a new claim; what is collected of it begins at nothing and is moved by triggers only."""
    row = {"id": new.id, "case_id": new.case_id, "currency": new.currency, "recorded_at": recorded_at,
           "target_minor": new.counters.target_minor, "quota_minor": new.counters.quota_minor}
    connection.execute(claim.insert().values(**row))


def claims(connection: Connection, case_id: str) -> list[Claim]:
    """The claims of a case, by currency."""
    query = select(claim).where(claim.c.case_id == case_id).order_by(claim.c.currency)
    return [_claim(row) for row in connection.execute(query)]


def claims_of(connection: Connection, case_id: str, court_id: str) -> list[str]:
    """The ids of the claims of a court's case; none for another court's case."""
    query = select(claim.c.id).join(court_case, court_case.c.id == claim.c.case_id)
    return list(connection.scalars(query.where(court_case.c.id == case_id, court_case.c.court_id == court_id)))


def lock_claim(connection: Connection, claim_id: str) -> Claim:
    """The claim as it stands, locked. Lock its pools before. Raises sqlalchemy.exc.NoResultFound."""
    query = select(claim).where(claim.c.id == claim_id)
    return _claim(connection.execute(locking(query)).one())


def amend_claim(connection: Connection, claim_id: str, amended: ClaimCounters) -> None:
    """Write target, ceiling and what is over-collected, as the rule of amendment has them."""
    connection.execute(
        update(claim).where(claim.c.id == claim_id).values(
            target_minor=amended.target_minor, quota_minor=amended.quota_minor,
            over_collected_minor=amended.over_collected_minor,
        )
    )


def _one(connection: Connection, *conditions) -> Case | None:
    row = connection.execute(select(court_case).where(*conditions)).one_or_none()
    if row is None:
        return None
    creditor = row.creditor_sealed and vault().decrypt_text(
        row.creditor_sealed, table="court_case", column="creditor_sealed", row=row.id
    )
    return Case(row.id, row.court_id, row.case_number, creditor)


def _claim(row) -> Claim:
    counters = ClaimCounters(row.target_minor, row.quota_minor, row.settled_minor, row.in_transit_minor,
                             row.over_collected_minor)
    return Claim(row.id, row.case_id, row.currency, counters)
