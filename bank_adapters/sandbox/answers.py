"""Answers to inquiries: the person's accounts, what stands on them, and their history in as many parts as it takes."""

import sqlite3
from collections.abc import Iterator
from datetime import date

from bank_adapters import contract
from bank_adapters.contract.inquiry_events import TRANSACTIONS_COUNT_MAX
from bank_adapters.sandbox import books, faults, freezes, histories, identity, inquiries, money, outbox, population
from bank_adapters.sandbox.bank import Bank
from bank_adapters.sandbox.books import Account
from bank_adapters.sandbox.clock import format_instant, parse_instant
from bank_adapters.sandbox.faults import Faults
from bank_adapters.sandbox.past import Row

SOMEBODY_ELSE = identity.with_check("11010119010101999")
_NOTHING = {"part": 1, "parts": 1}


def answer(bank: Bank, inquiry: str) -> None:
    """Store the answer, part by part, each in a transaction of its own: a killed bank goes on with the next part."""
    with bank.database.transaction() as connection:
        question, stored = inquiries.question(connection, inquiry)
        _meet(connection, bank, question.id_number)
    with bank.database.reading() as connection:
        parts = _parts(connection, bank, question)
    for part in parts:
        if part["part"] <= stored:
            continue
        with bank.database.transaction() as connection:
            _tell(connection, bank, inquiry, part)
            inquiries.part_stored(connection, inquiry, part["part"], is_last=part.get("parts") is not None)


def again(connection: sqlite3.Connection, bank: Bank, inquiry: str, *, corrects: bool) -> None:
    """Tell the first part once more, as the books stand now: as a correction, or as a contradiction of oneself.

    Raises Refused (INQUIRY_NOT_ANSWERED).
    """
    earlier = inquiries.event_of(connection, inquiry, 1)
    question, _ = inquiries.question(connection, inquiry)
    part = next(_parts(connection, bank, question))
    _tell(connection, bank, inquiry, {**part, "corrects": earlier if corrects else None})


def _tell(connection: sqlite3.Connection, bank: Bank, inquiry: str, part: dict) -> None:
    event = outbox.make_event("inquiry.answered", inquiry=inquiry, happened_at=format_instant(bank.clock.now()), **part)
    outbox.add_events(connection, bank, [event])
    inquiries.remember_event(connection, inquiry, part["part"], event["event_id"])


def _meet(connection: sqlite3.Connection, bank: Bank, id_number: str) -> None:
    """Somebody of the made-up population gets accounts in the books when first asked for."""
    person = population.customer(bank.code, id_number)
    if person is None or books.accounts_of(connection, person.id_number):
        return
    for kept in population.accounts(bank.code, person, bank.clock.day_of(bank.clock.now())):
        histories.open_with_past(
            connection, bank, kept.plan, number=kept.number, currency="CNY", kind="salary", name=person.name,
            id_number=person.id_number, branch="main",
        )  # fmt: skip


def _parts(connection: sqlite3.Connection, bank: Bank, question: contract.InquiryRequested) -> Iterator[dict]:
    """The fields of every part. All that the books say is read before this returns."""
    present = faults.current(connection)
    common = {"id_number": SOMEBODY_ELSE if present.wrong_person else question.id_number}
    if present.refuse_inquiries:
        return iter([{**common, **_NOTHING, "outcome": "refused", "why": present.refuse_inquiries}])
    accounts = books.accounts_of(connection, identity.normalised(question.id_number))
    if not accounts:
        return iter([{**common, **_NOTHING, "outcome": "no_such_person"}])
    common |= {"outcome": "accounts"}
    first = {
        "as_of": format_instant(bank.clock.now()),
        "accounts": [_account(connection, bank, account, question) for account in accounts],
    }
    return _numbered(common, first, _histories(connection, bank, accounts, question, present))


def _numbered(common: dict, first: dict, pieces: Iterator[list[dict]]) -> Iterator[dict]:
    """The parts with their numbers: accounts go with the first, the count with the last."""
    part, histories_now = 1, next(pieces)
    for histories_next in pieces:
        yield {**common, **first, "part": part, "histories": histories_now}
        part, first, histories_now = part + 1, {}, histories_next
    yield {**common, **first, "part": part, "parts": part, "histories": histories_now or None}


def _histories(
    connection: sqlite3.Connection, bank: Bank, accounts: list[Account], question: contract.InquiryRequested,
    present: Faults,
) -> Iterator[list[dict]]:  # fmt: skip
    """The histories in pieces of at most so many transactions; one empty piece where there are none."""
    found = []
    if "history" in question.asks:
        for account in accounts:
            rows = histories.rows(connection, bank, account.number, question.period_from, question.period_to)
            found.append((account, histories.broken(rows) if present.broken_balances else rows))
    return _pieces(found, count_max=min(present.split_answers or TRANSACTIONS_COUNT_MAX, TRANSACTIONS_COUNT_MAX))


def _pieces(found: list[tuple[Account, Iterator[Row]]], *, count_max: int) -> Iterator[list[dict]]:
    piece, room = [], count_max
    for account, rows in found:
        transactions = None
        for row in rows:
            if room == 0:
                yield piece
                piece, room, transactions = [], count_max, None
            if transactions is None:
                transactions = []
                piece.append({"account": account.number, "currency": account.currency, "transactions": transactions})
            transactions.append(_transaction(row, account.currency))
            room -= 1
    yield piece


def _account(connection: sqlite3.Connection, bank: Bank, account: Account, question: contract.InquiryRequested) -> dict:
    plan = histories.plan_of(connection, account.number)
    found = {
        "account": account.number,
        "kind": "savings",
        "currency": account.currency,
        "balance": money.format_minor(account.balance_minor, account.currency),
        "opened_on": _opened_on(connection, bank, account).isoformat(),
        "branch": account.branch,
        "owners": plan.owners if plan else 1,
    }
    return {**found, "freezes": freezes.ranked(connection, account)} if "freezes" in question.asks else found


def _opened_on(connection: sqlite3.Connection, bank: Bank, account: Account) -> date:
    row = connection.execute("SELECT opened_at FROM account WHERE number = ?", (account.number,)).fetchone()
    return bank.clock.day_of(parse_instant(row["opened_at"], "opened_at"))


def _transaction(row: Row, currency: str) -> dict:
    document = {
        "date": row.day.isoformat(),
        "amount": money.format_minor(row.amount_minor, currency),
        "sequence": row.sequence,
        "balance_after": money.format_minor(row.balance_after_minor, currency),
        "counterparty": row.counterparty,
        "counterparty_account": row.counterparty_account,
        "text": row.text,
        "income": row.income,
    }
    return {name: value for name, value in document.items() if value is not None}
