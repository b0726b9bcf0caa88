"""Events of a bank, one or thousands: stored whole first, then applied in chunks of pools, each its own transaction."""

import hashlib
import json
import logging
from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import NamedTuple

from sqlalchemy import Connection

from bank_adapters.contract import Event, EventInvalid, Events, FreezeReceipt, dumps, to_document
from livefreeze.base.crypto import normalise_account, vault
from livefreeze.base.errors import FieldError, MessageReused, NotDecided, Problem, as_document, invalid_fields
from livefreeze.flows import amounts, answers, facts, inbound, periods, waiting
from livefreeze.flows.once import first_answer
from livefreeze.flows.transaction import reading, transaction
from livefreeze.flows.withdrawal import refuse_future
from livefreeze.store import audit, booked, claims, engine, messages, pools, sweeps
from livefreeze.store import events as stored_events
from livefreeze.store import tables as t
from livefreeze.store.booked import Booked
from livefreeze.store.errors import Refused
from livefreeze.store.events import EventClaim
from livefreeze.store.messages import Inbound
from livefreeze.store.pools import AccountRow, LockedPool
from livefreeze.store.record import Record

CHUNK_EVENTS_MAX = 250  # applied in about a tenth of a second: so long may a teller wait for one of their pools

_LOG = logging.getLogger("livefreeze.flows")


class NotApplied(Exception):
    """Some events met a fault of ours. The others are applied; the message stays unanswered and may come again."""


class Numbered(NamedTuple):
    """An event with its place in the message, and the account it names as it is known here."""

    position: int
    event: Event
    number_index: bytes
    account: Booked | None  # None where no court has named it yet


class Outcome(NamedTuple):
    """What became of an event: applied, waiting or refused, with the problem of a refused one."""

    outcome: str
    problem: dict | None = None


def receive(message: Inbound, batch: Events) -> bytes:
    """Apply the events and return the answer's body; sent again, the same bytes.

    Killed anywhere and sent again, it goes on where it was: each event is claimed in the transaction of its
    effect. Raises MessageReused where the id was used for another body, NotApplied.
    """
    answer = _keep(message)
    if answer is not None:
        return answer
    outcomes: dict[int, Outcome] = {}
    well_formed = []
    for position, event in enumerate(batch.events):
        if isinstance(event, EventInvalid):
            outcomes[position] = _malformed(event)
        else:
            well_formed.append((position, event))
    for chunk in _chunks(_numbered(message, well_formed)):
        outcomes |= _apply_or_split(message, chunk)
    if len(outcomes) < len(batch.events):
        raise NotApplied
    return _finish(message, batch.events, outcomes)


def _keep(message: Inbound) -> bytes | None:
    """Claim the id and store the body, or find the answer that was given before."""
    try:
        with transaction() as connection:
            if not messages.is_claimed(connection, message):
                messages.keep(connection, message, recorded_at=engine.now(connection))
                return None
    except Refused:
        pass  # another delivery of it was first, this instant
    return first_answer(message)


def _numbered(message: Inbound, numbered: Sequence[tuple[int, Event]]) -> list[Numbered]:
    indexes = [vault().blind_index("account", normalise_account(event.account)) for _, event in numbered]
    with reading() as connection:
        known = booked.by_index(connection, message.bank_id, indexes) if indexes else {}
    return [
        Numbered(position, event, index, known.get(index))
        for (position, event), index in zip(numbered, indexes, strict=True)
    ]


def _chunks(numbered: Iterable[Numbered]) -> list[list[Numbered]]:
    """The events by sorted pools, so many at a time; within a pool in the order of the message."""
    ordered = sorted(numbered, key=_pool_id)
    return [ordered[first : first + CHUNK_EVENTS_MAX] for first in range(0, len(ordered), CHUNK_EVENTS_MAX)]


def _pool_id(item: Numbered) -> str:
    return item.account.pool_id if item.account else ""


def _apply_or_split(message: Inbound, chunk: Sequence[Numbered]) -> dict[int, Outcome]:
    """Apply a chunk; where that fails, pool by pool: one pool's trouble holds up no other, and is logged."""
    try:
        return _apply(message, chunk)
    except NotDecided:
        raise
    except Exception:
        by_pool = [list(of_pool) for _, of_pool in groupby(chunk, key=_pool_id)]
        if len(by_pool) > 1:
            return {position: outcome for of_pool in by_pool
                    for position, outcome in _apply_or_split(message, of_pool).items()}
        _LOG.exception("events could not be applied", extra={"fields": {"pool": _pool_id(chunk[0])}})
        return {}


def _apply(message: Inbound, chunk: Sequence[Numbered]) -> dict[int, Outcome]:
    """Apply one chunk in one transaction, under the locks of all its pools."""
    with transaction() as connection:
        locked = pools.lock(connection, _pools_to_lock(connection, chunk))
        recorded_at = next((pool.read_at for pool in locked.values()), None) or engine.now(connection)
        heads = [account.head for pool in locked.values() for account in pool.accounts]
        record = Record(connection, recorded_at, heads, message_id=message.message_id)
        for pool_id, pool in locked.items():
            locked[pool_id] = periods.roll(connection, pool, recorded_at)
        claimed = stored_events.claims(connection, message.bank_id, {item.event.event_id for item in chunk})
        outcomes = {}
        for item in chunk:
            digest = hashlib.sha256(dumps(to_document(item.event))).digest()
            before = claimed.get(item.event.event_id)
            if before is not None:
                outcomes[item.position] = _again(before, digest, item.event.event_id)
                if before.digest != digest:
                    facts.alert_of_bank(connection, message.bank_id, "EVENT_ID_REUSED",
                                        {"event": item.event.event_id}, recorded_at=recorded_at)
                continue
            outcome = _one(message, record, locked, item)
            outcomes[item.position] = outcome
            if outcome.problem is not None:
                continue  # a refusal claims nothing: mended, the event may come again under its id
            claimed[item.event.event_id] = EventClaim(digest, outcome.outcome, None)
            record.add(t.event_claim, stored_events.claim_row(
                message.bank_id, item.event.event_id, claimed[item.event.event_id], recorded_at=recorded_at))
        record.flush()
        return outcomes


def _pools_to_lock(connection: Connection, chunk: Sequence[Numbered]) -> set[str]:
    """The pools of the events, and for the news of a transfer every pool of its claim."""
    wanted = {item.account.pool_id for item in chunk if item.account}
    transfers = [item.event.transfer for item in chunk if hasattr(item.event, "transfer")]
    if transfers:
        wanted.update(claims.pools_of(connection, sweeps.claims_of(connection, transfers)))
    return wanted


def _one(message: Inbound, record: Record, locked: dict[str, LockedPool], item: Numbered) -> Outcome:
    try:
        refuse_future(item.event.happened_at, "/happened_at")
        amounts.refuse_invalid(item.event)
        if item.account is None or inbound.must_wait(_row(locked, item.account), item.event):
            record.add(t.waiting_event, stored_events.waiting_row(
                message.bank_id, item.event.event_id, item.number_index,
                stored_events.Waiting(dumps(to_document(item.event)), message.message_id),
                recorded_at=record.recorded_at))
            return Outcome("waiting")
        actor = f"bank:{message.bank_code}"
        inbound.apply(record, locked, item.account, item.event, actor=actor)
        if isinstance(item.event, FreezeReceipt):
            waiting.let_in(record, locked, item.account, actor=actor)
        return Outcome("applied")
    except Problem as problem:
        return Outcome("refused", as_document(problem))


def _row(locked: dict[str, LockedPool], account: Booked) -> AccountRow:
    return locked[account.pool_id].account(account.account_id)


def _again(before: EventClaim, digest: bytes, event_id: str) -> Outcome:
    if before.digest != digest:
        return Outcome("refused", as_document(MessageReused(event_id)))
    return Outcome(before.outcome, None if before.problem is None else json.loads(before.problem))


def _malformed(event: EventInvalid) -> Outcome:
    errors = [FieldError(e.pointer, e.code, e.reason, e.reason_zh) for e in event.errors]
    return Outcome("refused", as_document(invalid_fields(errors)))


def _finish(message: Inbound, events: Sequence[Event | EventInvalid], outcomes: dict[int, Outcome]) -> bytes:
    """Write the answer, unless another delivery of the same message has; return the one that stands."""
    counted: dict[str, int] = {}
    for outcome in outcomes.values():
        counted[outcome.outcome] = counted.get(outcome.outcome, 0) + 1
    chain = audit.bank_chain(message.bank_code)
    with transaction() as connection:
        audit.lock_heads(connection, [chain])  # two deliveries of one message end one after the other
        answer = messages.first_answer(connection, message)
        if answer is not None:
            return answer
        recorded_at = engine.now(connection)
        receipt = audit.record(
            connection, chain, "events.applied",
            {"message": message.message_id, "digest": message.digest.hex(), "outcomes": counted},
            actor=f"bank:{message.bank_code}", recorded_at=recorded_at,
        )
        results = [
            {"event_id": event.event_id, "outcome": outcomes[position].outcome, "problem": outcomes[position].problem}
            for position, event in enumerate(events)
        ]
        return messages.answer(
            connection, message, answers.body(message, "events.applied", {"results": results}, receipt)
        )
