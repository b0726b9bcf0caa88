"""Double entry: whatever is booked, the books balance, and nobody can change them afterwards."""

import sqlite3
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bank_adapters.sandbox import books, money
from bank_adapters.sandbox.database import Database

NOW = "2026-03-10T01:00:00.000000Z"
NUMBERS = ["6222020000000000001", "6222020000000000002", "6222020000000000003", "till/main/CNY"]
bookings = st.lists(st.tuples(st.permutations(NUMBERS), st.integers(min_value=1, max_value=10**12)), max_size=30)


def opened(folder: Path) -> Database:
    database = Database(folder)
    with database.transaction() as connection:
        for number in NUMBERS:
            kind = "internal" if "/" in number else "salary"
            books.open_account(connection, number=number, kind=kind, name="张三", currency="CNY", opened_at=NOW)
    return database


def book(connection, debit: str, credit: str, amount_minor: int):
    return books.book(
        connection,
        kind="test",
        debit=debit,
        credit=credit,
        amount_minor=amount_minor,
        happened_at=NOW,
        recorded_at=NOW,
    )


@pytest.fixture
def connection(tmp_path):
    database = opened(tmp_path)
    with database.transaction() as connection:
        book(connection, NUMBERS[3], NUMBERS[0], 500_00)
        yield connection
    database.close()


@pytest.fixture(scope="module")
def database(tmp_path_factory):
    database = opened(tmp_path_factory.mktemp("books"))
    yield database
    database.close()


class Undo(Exception):
    """Takes an example's bookings back, so that the next one begins with empty books."""


@given(made=bookings)
def test_the_books_balance_after_any_bookings(database, made):
    with pytest.raises(Undo), database.transaction() as connection:
        for (debit, credit, *_), amount_minor in made:
            book(connection, debit, credit, amount_minor)
        assert books.trial_balance(connection) == {"CNY": 0}
        for account in books.accounts(connection):
            entries = books.entries(connection, account.number)
            assert [entry["sequence"] for entry in entries] == list(range(1, account.sequence + 1))
            assert sum(entry["amount_minor"] for entry in entries) == account.balance_minor
            assert [0, *(entry["balance_after_minor"] for entry in entries)][-1] == account.balance_minor
        raise Undo


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE booking SET amount_minor = amount_minor + 1",
        "DELETE FROM booking",
        "INSERT INTO booking SELECT 'tx-2', kind, debit_account, debit_sequence + 1, debit_balance_minor,"
        " credit_account, credit_sequence + 1, credit_balance_minor, 1, NULL, happened_at, recorded_at FROM booking",
        "INSERT INTO booking SELECT 'tx-2', kind, debit_account, debit_sequence, debit_balance_minor,"
        " credit_account, credit_sequence, credit_balance_minor, amount_minor, NULL, happened_at, recorded_at"
        " FROM booking",
    ],
    ids=["edited", "deleted", "balances that do not follow", "a sequence number again"],
)
def test_the_database_refuses_wrong_books(connection, statement):
    with pytest.raises(sqlite3.IntegrityError):
        connection.execute(statement)


def test_a_booking_is_reversed_once(connection):
    [entry] = books.entries(connection, NUMBERS[0])
    fields = {"kind": "test", "debit": NUMBERS[0], "credit": NUMBERS[3], "amount_minor": 1}
    fields |= {"happened_at": NOW, "recorded_at": NOW, "reverses": entry["transaction_reference"]}
    books.book(connection, **fields)
    with pytest.raises(sqlite3.IntegrityError):
        books.book(connection, **fields)


def test_a_transaction_that_fails_leaves_nothing(tmp_path):
    database = opened(tmp_path)
    with pytest.raises(ZeroDivisionError), database.transaction() as connection:
        book(connection, NUMBERS[3], NUMBERS[0], 500_00)
        _ = 1 / 0
    with database.reading() as connection:
        assert books.account(connection, NUMBERS[0]).sequence == 0
    database.close()


@pytest.mark.parametrize(
    ("text", "currency", "minor"),
    [("12.30", "CNY", 1230), ("12", "CNY", 1200), ("0.5", "CNY", 50), ("500", "JPY", 500), ("1.234", "KWD", 1234)],
)
def test_amounts_are_read_and_written(text, currency, minor):
    assert money.parse(text, currency) == minor
    assert money.parse(money.format_minor(minor, currency), currency) == minor


@pytest.mark.parametrize(
    ("minor", "currency", "text"),
    [(1_234_567_89, "CNY", "1,234,567.89"), (-50, "CNY", "-0.50"), (1_000, "JPY", "1,000"), (5, "KWD", "0.005")],
)
def test_amounts_for_people(minor, currency, text):
    assert money.for_people(minor, currency) == text
