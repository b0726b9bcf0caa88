"""Messages to the service, stored in the transaction of what they tell and kept until they are answered.

A message keeps its id and its exact bytes over all attempts. Events leave one after another in the order in
which they were stored; calls about a withdrawal leave at once.
"""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from bank_adapters import contract
from bank_adapters.sandbox import identifiers
from bank_adapters.sandbox.bank import Bank
from bank_adapters.sandbox.clock import format_instant, wall_s

BACKOFF_FIRST_S = 0.1
BACKOFF_MAX_S = 2.0  # short: whoever tries the sandbox waits in front of it
EVENTS_COUNT_MAX = 1_000  # events in one message; the service takes 5,000


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """One stored message."""

    position: int
    webhook_id: str
    kind: str  # events, authorise, capture or void
    reference: str | None  # of the withdrawal that a call speaks of
    body: bytes
    attempts: int
    next_attempt_at: float  # real time, seconds since 1970

    def path(self, code: str) -> str:
        """Where at the service it goes."""
        start = f"/bank/v1/{code}"
        if self.kind == "events":
            return f"{start}/events"
        if self.kind == "authorise":
            return f"{start}/withdrawals"
        return f"{start}/withdrawals/{self.reference}/{self.kind}"


def add_event(connection: sqlite3.Connection, bank: Bank, event_type: str, **fields: object) -> None:
    """Store one event as a message of its own."""
    add_events(connection, bank, [make_event(event_type, **fields)])


def make_event(event_type: str, **fields: object) -> dict:
    """An event with a new id; fields that are None are left out. Raises MessageInvalid."""
    event = {
        "type": event_type,
        "event_id": identifiers.new("evt"),
        **{name: value for name, value in fields.items() if value is not None},
    }
    contract.parse(event, *contract.EVENTS)
    return event


def add_events(connection: sqlite3.Connection, bank: Bank, events: list[dict]) -> None:
    """Store many events, in their order, in as few messages as the limit allows."""
    for start in range(0, len(events), EVENTS_COUNT_MAX):
        body = events_body(bank, events[start : start + EVENTS_COUNT_MAX])
        _insert(connection, bank, "events", None, body)


@contextmanager
def gathered(connection: sqlite3.Connection, bank: Bank) -> Iterator[None]:
    """What the block stores of events leaves together, within the transaction and so before anybody saw it."""
    last = connection.execute("SELECT coalesce(max(position), 0) FROM message_out").fetchone()[0]
    yield
    rows = connection.execute(
        "SELECT position, body FROM message_out WHERE position > ? AND kind = 'events' ORDER BY position", (last,)
    ).fetchall()
    if len(rows) < 2:
        return
    connection.executemany("DELETE FROM message_out WHERE position = ?", [(row["position"],) for row in rows])
    add_events(connection, bank, [event for row in rows for event in json.loads(row["body"])["events"]])


def add_call(connection: sqlite3.Connection, bank: Bank, kind: str, reference: str, **fields: object) -> Message:
    """Store a call about one withdrawal: authorise, capture or void. Raises MessageInvalid."""
    document = {
        "type": f"withdrawal.{kind}",
        "bank": bank.code,
        "audience": "livefreeze",
        "reference": reference,
        **fields,
    }
    contract.parse(document, *contract.CALLS)
    return _insert(connection, bank, kind, reference, contract.dumps(document))


def events_body(bank: Bank, events: list) -> bytes:
    """The exact bytes of a message of these events, whatever they are."""
    return contract.dumps({"type": "events", "bank": bank.code, "audience": "livefreeze", "events": events})


def next_to_leave(connection: sqlite3.Connection, *, newest_event_first: bool) -> list[Message]:
    """What leaves next, due or not: one message of events, and every call."""
    order = "DESC" if newest_event_first else "ASC"
    rows = connection.execute(
        f"SELECT {_COLUMNS} FROM (SELECT * FROM message_out WHERE state = 'waiting' AND kind = 'events'"
        f" ORDER BY position {order} LIMIT 1)"
        f" UNION ALL SELECT {_COLUMNS} FROM (SELECT * FROM message_out WHERE state = 'waiting'"
        " AND kind <> 'events' ORDER BY position)"
    )
    return [_message(row) for row in rows]


def is_waiting(connection: sqlite3.Connection, position: int) -> bool:
    """Whether the message still needs an answer."""
    row = connection.execute("SELECT state FROM message_out WHERE position = ?", (position,)).fetchone()
    return row["state"] == "waiting"


def are_events_waiting(connection: sqlite3.Connection, before: int | None = None) -> bool:
    """Whether events still need an answer: any, or those stored before a position."""
    row = connection.execute(
        "SELECT 1 FROM message_out WHERE state = 'waiting' AND kind = 'events'"
        " AND position < coalesce(?, position + 1)",
        (before,),
    ).fetchone()
    return row is not None


def postpone(connection: sqlite3.Connection, message: Message, why: str) -> None:
    """The message stays; the next attempt waits twice as long as the last."""
    delay_s = min(BACKOFF_MAX_S, BACKOFF_FIRST_S * 2 ** min(message.attempts, 10))
    connection.execute(
        "UPDATE message_out SET attempts = attempts + 1, next_attempt_at = ?, problem = ? WHERE position = ?",
        (wall_s() + delay_s, why, message.position),
    )


def close(connection: sqlite3.Connection, message: Message, *, status: int, answer: dict) -> None:
    """Store the service's answer, which ends the message."""
    connection.execute(
        "UPDATE message_out SET state = ?, status = ?, answer = ?, problem = ?, attempts = attempts + 1"
        " WHERE position = ?",
        (
            "answered" if status == 200 else "refused",
            status,
            json.dumps(answer, ensure_ascii=False),
            _problem(answer),
            message.position,
        ),
    )


def drop(connection: sqlite3.Connection, message: Message) -> None:
    """Send the message no more, although nothing is known about it: another one takes its place."""
    connection.execute("UPDATE message_out SET state = 'dropped' WHERE position = ?", (message.position,))


def _problem(answer: dict) -> str | None:
    if "code" in answer:
        return str(answer["code"])
    refused = [
        f"{result.get('event_id')}: {(result.get('problem') or {}).get('code')}"
        for result in answer.get("results", ())
        if result.get("outcome") == "refused"
    ]
    return "; ".join(refused) or None


def _insert(connection: sqlite3.Connection, bank: Bank, kind: str, reference: str | None, body: bytes) -> Message:
    row = connection.execute(
        "INSERT INTO message_out (webhook_id, kind, reference, body, state, created_at)"
        f" VALUES (?, ?, ?, ?, 'waiting', ?) RETURNING {_COLUMNS}",
        (identifiers.new("msg"), kind, reference, body, format_instant(bank.clock.wall())),
    ).fetchone()
    return _message(row)


_COLUMNS = "position, webhook_id, kind, reference, body, attempts, next_attempt_at"


def _message(row: sqlite3.Row) -> Message:
    return Message(**{name: row[name] for name in _COLUMNS.split(", ")})
