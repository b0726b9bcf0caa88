"""After all that happens to an account, neither a dump of the database nor the logs hold a name or number in clear."""

import base64
import io
import logging
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import make_url

from bank_adapters.contract import dumps
from livefreeze.base.logs import JsonLine
from tests.support import secrets
from tests.support.world import Account, World, unique

DEBTOR, ID_NUMBER = "欧阳修远", "330281197508093417"
CREDITOR = "司马光明"
EMPLOYER = "诸葛慧纺织厂"
HOLDER = "令狐正义"
ACCOUNT, STRANGERS = "6217856300072941385", "6217856300099887766"
FUND = "33010000000000009001"
SECRETS = (DEBTOR, ID_NUMBER, CREDITOR, EMPLOYER, HOLDER, ACCOUNT, STRANGERS, FUND)


def dump(database_url: str) -> bytes:
    """Everything that a thief of the database would have: every row as text, and SQLite's own files."""
    url = make_url(database_url)
    if url.get_backend_name() == "sqlite":
        with closing(sqlite3.connect(url.database)) as connection:
            text = "\n".join(connection.iterdump()).encode()
        files = sorted(Path(url.database).parent.glob(Path(url.database).name + "*"))
        return text + b"".join(file.read_bytes() for file in files)
    with psycopg.connect(url.set(drivername="postgresql").render_as_string(hide_password=False)) as connection:
        tables = connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1").fetchall()
        return b"".join(_copied(connection, table) for (table,) in tables)


def _copied(connection: psycopg.Connection, table: str) -> bytes:
    with connection.cursor().copy(f'COPY "{table}" TO STDOUT') as rows:
        return table.encode() + b"\n" + b"".join(bytes(block) for block in rows)


def lives(world: World) -> None:
    """All of an account's life, good and bad input, names in every text that can hold one."""
    court, bank = world.court(), world.bank()
    debtor = court.names(DEBTOR, ID_NUMBER)
    account = court.finds_account(debtor, bank, account=ACCOUNT)
    case = court.opens_case(debtor, amount="5500.00", creditor=CREDITOR)
    order = court.serves(case, debtor, [account], quota="5500.00")
    bank.mailbox.status = 503
    world.delivers()
    bank.mailbox.status = 204
    world.delivers_until(lambda: len(bank.mailbox.letters) >= 2)
    bank.reads()
    stranger = Account("", STRANGERS, "CNY")
    bank.reports(bank.credit(account, "1.00", payer=EMPLOYER), bank.credit(stranger, "1.00", payer=EMPLOYER))
    bank.accepts(account, "0.00", result="partial", why=f"{DEBTOR} {ACCOUNT}", prior_holds=[
        {"holder": HOLDER, "amount": "10.00"}])
    world.clock.reaches("2026-03-10T09:00:00+08:00")
    bank.pays_salary(account, "8000.00", payer=EMPLOYER, transaction_reference="CORE-1")
    paid = bank.withdraws(account, "1000.00").reference
    bank.captures(paid, "1100.00")
    bank.withdraws(account, "2000.00")
    given_up = bank.withdraws(account, "10.00").reference
    bank.voids(given_up, why=f"{DEBTOR} 不在")
    forgotten = bank.withdraws(account, "20.00").reference
    bad_input(bank, account, stranger)
    world.clock.moves_to("2026-03-12T09:00:00+08:00")
    world.ticks()
    (sent,) = bank.instructed()
    bank.reports(bank.transfer("failed", account, sent.transfer, sent.amount, why=f"{DEBTOR} {FUND}"),
                 bank.status(account, forgotten, "not_paid"))
    court.clicks(case, court.previews(case)["preview"])
    world.delivers()
    (sent,) = bank.instructed()
    bank.reports(bank.transfer("settled", account, sent.transfer, sent.amount))
    court.posts("clerk", f"/orders/{order}/release", {"reason": f"{DEBTOR}已履行"})
    for path in ("/cases", f"/cases/{case}", f"/accounts/{account.id}", f"/orders/{order}", "/case-fund", "/alerts"):
        court.gets("auditor", path)


def bad_input(bank, account, stranger) -> None:
    """What is wrong is where a careless log or error would repeat what it got."""
    asked = bank.asks_for(account, "10.00")
    for wrong in ({ACCOUNT: 1}, {DEBTOR: 1}, {"amount": ID_NUMBER}, {"channel": DEBTOR}, {"happened_at": ACCOUNT},
                  {"account": STRANGERS}, {"currency": "USD"}):
        bank.sends("/withdrawals", {**asked, **wrong})
    bank.sends("/withdrawals", f'{{"account": "{ACCOUNT}", "account": "{ACCOUNT}"}}'.encode())
    bank.sends("/withdrawals", f"{DEBTOR} {ACCOUNT}".encode())
    bank.throws("/withdrawals", dumps(asked), {})
    message_id = unique("msg")
    bank.sends("/withdrawals", asked, message_id=message_id)
    bank.sends("/withdrawals", {**asked, "amount": "11.00"}, message_id=message_id)
    bank.sends("/withdrawals", asked)
    bank.reports(bank.credit(account, "1.001", payer=EMPLOYER), bank.credit(stranger, "1.001", payer=EMPLOYER),
                 bank.credit(account, "1.00", transaction_reference="CORE-1"), {ACCOUNT: DEBTOR})
    bank.sends(f"/withdrawals/{ACCOUNT}", method="GET")


@pytest.fixture
def logged() -> Iterator[io.StringIO]:
    """What the process writes to its log, in the form in which it does."""
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    handler.setFormatter(JsonLine())
    logging.getLogger().addHandler(handler)
    yield written
    logging.getLogger().removeHandler(handler)


@pytest.fixture
def life(database_url, tmp_path, logged):
    """The dump and the logs of it."""
    world = World(database_url, tmp_path)
    lives(world)
    world.close()
    return dump(database_url), logged.getvalue().encode()


def test_neither_a_dump_nor_the_logs_hold_a_name_or_number_in_clear(life):
    dumped, logged = life
    assert b"freeze_order" in dumped and b'"level"' in logged
    assert secrets.found(SECRETS, dumped) == []
    assert secrets.found(SECRETS, logged) == []


@pytest.mark.parametrize("secret", [DEBTOR, ID_NUMBER, ACCOUNT])
@pytest.mark.parametrize("around", [b"", b"a", b"ab", b"abc"])
def test_the_search_finds_whatever_is_there(secret, around):
    """Every spelling is found at every place, or the test above would prove nothing."""
    for way, written in secrets.spellings(secret):
        assert secrets.found([secret], around + written + around), way
    assert secrets.found([secret], base64.b64encode(around + secret.encode() + around))


def test_the_search_finds_nothing_where_nothing_is():
    assert secrets.found(SECRETS, bytes(range(256)) * 100) == []
