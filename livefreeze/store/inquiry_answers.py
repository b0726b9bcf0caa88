"""Answers to inquiries: each part with its evidence, accounts and bookings, sealed under the key of the inquiry."""

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Connection, select, tuple_, update

from livefreeze.base import ids
from livefreeze.base.content_key import ContentKey
from livefreeze.rules.history import Ends
from livefreeze.store import tables as t

LINES_AT_A_TIME = 2_000
_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


class Part(NamedTuple):
    """One part of an answer as it was taken."""

    id: str
    event_id: str
    part: int
    parts: int | None
    outcome: str | None
    mark: bytes | None
    corrects: str | None
    corrected_by: str | None


class Stretch(NamedTuple):
    """Bookings of an account in one answer: their numbers and the balances at both ends."""

    answer_id: str
    first_sequence: int
    last_sequence: int
    ends: Ends


def parts(connection: Connection, inquiry_id: str, bank_id: str) -> list[Part]:
    """All parts that this bank has answered to the inquiry, in the order in which they came."""
    a = t.inquiry_answer.c
    query = select(a.id, a.event_id, a.part, a.parts, a.outcome, a.mark, a.corrects, a.corrected_by)
    query = query.where(a.inquiry_id == inquiry_id, a.bank_id == bank_id, a.part > 0).order_by(a.id)
    return [Part(*row[:5], None if row.mark is None else bytes(row.mark), *row[6:])
            for row in connection.execute(query)]


def is_known_opening(connection: Connection, inquiry_id: str, bank_id: str, mark: bytes) -> bool:
    """Has this bank told of the same new account before? The news of one is part 0."""
    a = t.inquiry_answer.c
    known = select(a.id).where(a.inquiry_id == inquiry_id, a.bank_id == bank_id, a.part == 0, a.mark == mark)
    return connection.scalar(known.limit(1)) is not None


def set_corrected(connection: Connection, answer_id: str, by: str) -> None:
    """Another part stands in its place now; this one stays as evidence."""
    connection.execute(update(t.inquiry_answer).where(t.inquiry_answer.c.id == answer_id).values(corrected_by=by))


def place(table: str, row: str) -> str:
    """For which place a value of this row is sealed."""
    return f"{table}/{row}"


def seal(key: ContentKey, table: str, row: str, content: object) -> bytes:
    """A value as JSON, sealed for its place."""
    return key.seal(_encode(content).encode(), place(table, row))


def unseal(key: ContentKey, table: str, row: str, sealed: bytes):
    """The value again. Raises Unreadable."""
    return json.loads(key.open(sealed, place(table, row)))


def statement_name(answer_id: str, number_mark: bytes) -> str:
    """By what a statement is bound to its answer and account."""
    return f"{answer_id}/{number_mark.hex()}"


def account_ids(connection: Connection, inquiry_id: str, bank_id: str, numbers: Mapping[bytes, str],
                key: ContentKey, *, at: datetime) -> dict[bytes, str]:
    """The ids of these accounts, by the mark of their number; those that are new here are kept."""
    n = t.inquiry_account.c
    query = select(n.number_mark, n.id).where(
        n.inquiry_id == inquiry_id, n.bank_id == bank_id, n.number_mark.in_(list(numbers))
    )
    known = {bytes(mark): account_id for mark, account_id in connection.execute(query)}
    new = {mark: ids.new("iqa") for mark in numbers if mark not in known}
    if new:
        connection.execute(t.inquiry_account.insert(), [
            {"id": account_id, "inquiry_id": inquiry_id, "bank_id": bank_id, "number_mark": mark, "recorded_at": at,
             "number_sealed": seal(key, "inquiry_account", account_id, numbers[mark])}
            for mark, account_id in new.items()
        ])
    return known | new


def stretches(connection: Connection, account_id: str, key: ContentKey) -> list[Stretch]:
    """The bookings of an account in all answers that stand, as stretches."""
    h, a = t.inquiry_history.c, t.inquiry_answer.c
    query = (
        select(h.answer_id, h.first_sequence, h.last_sequence, h.ends_sealed)
        .join(t.inquiry_answer, a.id == h.answer_id)
        .where(h.account_id == account_id, a.corrected_by.is_(None)).order_by(h.first_sequence)
    )
    return [
        Stretch(row.answer_id, row.first_sequence, row.last_sequence,
                Ends(*unseal(key, "inquiry_history", f"{row.answer_id}/{account_id}", row.ends_sealed)))
        for row in connection.execute(query)
    ]


def sequences_within(connection: Connection, account_id: str, answer_ids: Sequence[str], first: int,
                     last: int) -> set[int]:
    """Which numbers between these two the bookings of these answers have."""
    if not answer_ids:
        return set()
    x = t.inquiry_transaction.c
    query = select(x.sequence).where(x.account_id == account_id, x.sequence.between(first, last),
                                     x.answer_id.in_(answer_ids))
    return set(connection.scalars(query))


def set_flag(connection: Connection, account_id: str, stretch: Stretch, flag: str, *, stands: bool) -> None:
    """Let the first line of a stretch carry this flag, or carry it no more."""
    x = t.inquiry_transaction.c
    first = (x.account_id == account_id, x.sequence == stretch.first_sequence, x.answer_id == stretch.answer_id)
    row = connection.execute(select(x.line, x.flags).where(*first).order_by(x.line).limit(1)).one()
    wanted = [each for each in (row.flags or "").split() if each != flag] + [flag] * stands
    connection.execute(
        update(t.inquiry_transaction).where(*first, x.line == row.line).values(flags=" ".join(wanted) or None)
    )


class StoredLine(NamedTuple):
    """One booking, opened."""

    sequence: int
    answer_id: str
    line: int
    flags: tuple[str, ...]
    currency: str
    day: str
    amount_minor: int
    balance_after_minor: int | None
    counterparty: str | None
    counterparty_account: str | None
    text: str | None
    income: str | None


Position = tuple[int, str, int]
"""Where a booking stands: sequence, answer, line."""


def lines(connection: Connection, account_id: str, key: ContentKey, *, after: Position | None = None,
          count_max: int) -> list[StoredLine]:
    """The bookings of an account that stand, by sequence, after this one: one query."""
    x, a, h = t.inquiry_transaction.c, t.inquiry_answer.c, t.inquiry_history.c
    query = (
        select(t.inquiry_transaction, h.currency)
        .join(t.inquiry_answer, (a.id == x.answer_id) & a.corrected_by.is_(None))
        .join(t.inquiry_history, (h.answer_id == x.answer_id) & (h.account_id == x.account_id))
        .where(x.account_id == account_id)
    )
    if after is not None:
        query = query.where(tuple_(x.sequence, x.answer_id, x.line) > tuple_(*after))
    rows = connection.execute(query.order_by(x.sequence, x.answer_id, x.line).limit(count_max))
    return [_line(row, key) for row in rows]


def every_line(connection: Connection, account_id: str, key: ContentKey) -> Iterator[StoredLine]:
    """All bookings of an account, some at a time: half a million take no more memory than two thousand."""
    after: Position | None = None
    while True:
        found = lines(connection, account_id, key, after=after, count_max=LINES_AT_A_TIME)
        yield from found
        if len(found) < LINES_AT_A_TIME:
            return
        after = (found[-1].sequence, found[-1].answer_id, found[-1].line)


def _line(row, key: ContentKey) -> StoredLine:
    content = unseal(key, "inquiry_transaction", line_name(row.answer_id, row.line), row.content_sealed)
    return StoredLine(row.sequence, row.answer_id, row.line, tuple((row.flags or "").split()), row.currency, *content)


def line_name(answer_id: str, line: int) -> str:
    """By what a booking's sealed text is bound to its place; lines are numbered over the whole answer."""
    return f"{answer_id}/{line}"


class StoredAccount(NamedTuple):
    """An account that a bank named, and what the answer that stands says of it."""

    id: str
    bank: str
    bank_name: str
    number: str
    said: dict | None  # None where only bookings came so far
    currencies: tuple[str, ...]  # of its bookings
    lines: int


def accounts(connection: Connection, inquiry_id: str, key: ContentKey) -> list[StoredAccount]:
    """All accounts that were named in answers to this inquiry, opened: three queries."""
    n, s, a, h = t.inquiry_account.c, t.inquiry_statement.c, t.inquiry_answer.c, t.inquiry_history.c
    stands = (a.inquiry_id == inquiry_id) & a.corrected_by.is_(None)
    said: dict[str, dict] = {}
    query = (
        select(s.answer_id, s.account_id, s.content_sealed, n.number_mark)
        .join(t.inquiry_answer, a.id == s.answer_id).join(t.inquiry_account, n.id == s.account_id)
        .where(stands).order_by(a.part, s.answer_id)  # an answer says more than the news of a new account: part 0
    )
    for row in connection.execute(query):
        name = statement_name(row.answer_id, bytes(row.number_mark))
        said[row.account_id] = unseal(key, "inquiry_statement", name, row.content_sealed)
    booked: dict[str, tuple[set[str], int]] = {}
    query = select(h.account_id, h.currency, h.lines).join(t.inquiry_answer, a.id == h.answer_id).where(stands)
    for row in connection.execute(query):
        currencies, count = booked.get(row.account_id, (set(), 0))
        booked[row.account_id] = (currencies | {row.currency}, count + row.lines)
    query = (
        select(n.id, n.number_sealed, t.bank.c.code, t.bank.c.name).join(t.bank, t.bank.c.id == n.bank_id)
        .where(n.inquiry_id == inquiry_id).order_by(t.bank.c.code, n.id)
    )
    found = []
    for row in connection.execute(query):
        currencies, count = booked.get(row.id, (set(), 0))
        if row.id in said or count:  # else only an answer named it that was corrected since
            number = unseal(key, "inquiry_account", row.id, row.number_sealed)
            found.append(StoredAccount(row.id, row.code, row.name, number, said.get(row.id), tuple(sorted(currencies)),
                                       count))
    return found


def is_account_of(connection: Connection, inquiry_id: str, account_id: str) -> bool:
    """Was this account named in an answer to the inquiry?"""
    n = t.inquiry_account.c
    return connection.scalar(select(n.id).where(n.id == account_id, n.inquiry_id == inquiry_id)) is not None


class Evidence(NamedTuple):
    """The signed message of an answer, opened."""

    id: str
    message_id: str
    signed_at: str
    signature: str
    digest: bytes
    body: bytes
    recorded_at: datetime


def evidence(connection: Connection, inquiry_id: str, answer_id: str, key: ContentKey) -> Evidence | None:
    """The message that brought an answer to this inquiry, corrected ones included."""
    a, e = t.inquiry_answer.c, t.inquiry_evidence.c
    query = (
        select(a.id, a.message_id, e.signed_at, e.signature, a.digest, e.body_sealed, a.recorded_at)
        .join(t.inquiry_evidence, e.answer_id == a.id).where(a.id == answer_id, a.inquiry_id == inquiry_id)
    )
    row = connection.execute(query).one_or_none()
    if row is None:
        return None
    body = key.open(row.body_sealed, place("inquiry_evidence", answer_id))
    return Evidence(row.id, row.message_id, row.signed_at, row.signature, bytes(row.digest), body, row.recorded_at)


def number(connection: Connection, account_id: str, key: ContentKey) -> str:
    """The number of an account that was named. Raises sqlalchemy.exc.NoResultFound."""
    n = t.inquiry_account.c
    sealed = connection.execute(select(n.number_sealed).where(n.id == account_id)).scalar_one()
    return unseal(key, "inquiry_account", account_id, sealed)


def refused_bodies(connection: Connection, inquiry_id: str, key: ContentKey) -> list[tuple[str, bytes]]:
    """The messages in which banks refused, by their codes: one query."""
    a, e = t.inquiry_answer.c, t.inquiry_evidence.c
    query = (
        select(t.bank.c.code, e.answer_id, e.body_sealed).join(t.inquiry_answer, a.id == e.answer_id)
        .join(t.bank, t.bank.c.id == a.bank_id)
        .where(a.inquiry_id == inquiry_id, a.outcome == "refused", a.corrected_by.is_(None)).order_by(t.bank.c.code)
    )
    return [(row.code, key.open(row.body_sealed, place("inquiry_evidence", row.answer_id)))
            for row in connection.execute(query)]
