"""Events of banks: each id is claimed once; those of accounts not yet open wait."""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Connection, select, update

from livefreeze.base.crypto import vault
from livefreeze.store.tables import account, event_claim, waiting_event


class EventClaim(NamedTuple):
    """What became of an event."""

    digest: bytes
    outcome: str
    problem: str | None


def claims(connection: Connection, bank_id: str, event_ids: Iterable[str]) -> dict[str, EventClaim]:
    """Those of these events that were claimed before."""
    t = event_claim.c
    query = select(t.event_id, t.digest, t.outcome, t.problem).where(
        t.bank_id == bank_id, t.event_id.in_(list(event_ids))
    )
    return {row.event_id: EventClaim(bytes(row.digest), row.outcome, row.problem) for row in connection.execute(query)}


def claim_row(bank_id: str, event_id: str, claim: EventClaim, *, recorded_at: datetime) -> dict:
    """A row of event_claim."""
    return {"bank_id": bank_id, "event_id": event_id, "digest": claim.digest, "outcome": claim.outcome,
            "problem": claim.problem, "recorded_at": recorded_at}


class Waiting(NamedTuple):
    """An event that waits, and the message that brought it."""

    body: bytes
    message_id: str | None


def waiting_row(bank_id: str, event_id: str, number_index: bytes, event: Waiting, *, recorded_at: datetime) -> dict:
    """A row of waiting_event."""
    sealed = vault().encrypt(event.body, table="waiting_event", column="event_sealed", row=f"{bank_id}/{event_id}")
    return {"bank_id": bank_id, "event_id": event_id, "number_index": number_index, "event_sealed": sealed,
            "recorded_at": recorded_at, "message_id": event.message_id}


def waiting(connection: Connection, bank_id: str, number_index: bytes) -> dict[str, Waiting]:
    """The events that wait for this account, by event id."""
    t = waiting_event.c
    query = select(t.event_id, t.event_sealed, t.message_id).where(
        t.bank_id == bank_id, t.number_index == number_index, t.applied_at.is_(None)
    )
    return {
        row.event_id: Waiting(vault().decrypt(
            row.event_sealed, table="waiting_event", column="event_sealed", row=f"{bank_id}/{row.event_id}"
        ), row.message_id)
        for row in connection.execute(query)
    }


def accounts_waited_for(connection: Connection, *, after: str, count_max: int) -> list[str]:
    """Accounts that are open and for which an event still waits, by id, from the one after this on."""
    w, a = waiting_event.c, account.c
    query = (
        select(a.id).join(waiting_event, (w.bank_id == a.bank_id) & (w.number_index == a.number_index))
        .where(w.applied_at.is_(None), a.opened_at.is_not(None), a.id > after).distinct()
    )
    return list(connection.scalars(query.order_by(a.id).limit(count_max)))


def end_waiting(connection: Connection, bank_id: str, event_id: str, claim: EventClaim, *, at: datetime) -> None:
    """A waiting event was applied or refused; the answer that its sender got stays as it was."""
    t, c = waiting_event.c, event_claim.c
    connection.execute(
        update(waiting_event).where(t.bank_id == bank_id, t.event_id == event_id).values(applied_at=at)
    )
    connection.execute(
        update(event_claim).where(c.bank_id == bank_id, c.event_id == event_id)
        .values(outcome=claim.outcome, problem=claim.problem)
    )
