"""Names, ID numbers and account numbers: masked in every answer, sealed in every table, absent from logs and chains."""

import logging
from pathlib import Path

import pytest
from sqlalchemy import select

from livefreeze.flows import transaction
from livefreeze.store import tables as t
from tests.court.world import CREDITOR, FUND, freeze, new_id_number

NAME = "欧阳修远"


@pytest.fixture(scope="module")
def person(court, bank):
    """A debtor with all that can be known of them here; the secrets that must stay so."""
    id_number = new_id_number()
    court.registers_fund()
    court.registers_debtor(NAME, id_number)
    frozen = freeze(court, bank)
    court.clerk.post(f"/orders/{frozen.order}/release", reason=f"{NAME}已履行")
    return frozen, [NAME, id_number, frozen.number, CREDITOR, FUND]


def test_every_answer_is_masked(court, person):
    frozen, secrets = person
    paths = [f"/cases/{frozen.case}", "/cases", f"/accounts/{frozen.account}", f"/accounts/{frozen.account}/position",
             f"/orders/{frozen.order}", "/orders", "/proposals", "/case-fund", "/alerts",
             f"/audit?chain=case:{frozen.case}", f"/audit?chain=account:{frozen.account}",
             f"/audit?chain=court:{court.code}", f"/cases/{frozen.case}/sweep"]
    for path in paths:
        answer = court.auditor.asks("GET", path).get_data(as_text=True)
        assert not [secret for secret in secrets if secret in answer], path


def test_masks_still_tell_people_apart(court, person):
    shown = court.auditor.get(f"/cases/{person[0].case}")
    assert (shown["creditor"], shown["debtors"][0]["name"]) == ("李**", "张**")
    assert shown["debtors"][0]["id_number"].startswith("330***")
    assert shown["accounts"][0]["account"] == "****" + person[0].number[-4:]


def test_no_table_holds_them_in_clear(person):
    _, secrets = person
    with transaction.reading() as connection:
        stored = "\n".join(
            repr(tuple(row)) for table in t.metadata.sorted_tables for row in connection.execute(select(table))
        )
    forms = [form for secret in secrets for form in (secret, repr(secret.encode())[2:-1])]
    assert not [form for form in forms if form in stored]


def test_no_log_line_holds_them(court, person, caplog):
    frozen, secrets = person
    with caplog.at_level(logging.DEBUG):
        court.clerk.asks("POST", "/debtors", json={"name": NAME, "id_number": secrets[1]})
        court.clerk.asks("POST", "/debtors", json={"name": NAME + "\n", "id_number": secrets[1]})
        court.clerk.asks("POST", "/accounts", json=court.account_body(frozen.debtor, account=frozen.number))
    assert not [secret for secret in secrets if secret in caplog.text]


@pytest.fixture
def database_files(app) -> list[bytes]:
    """Beside the rows, what SQLite keeps of them: pages that are free again, the write-ahead log."""
    url = transaction.engine().url
    if not url.drivername.startswith("sqlite"):
        return []  # the server's files are not ours to read; its rows were
    return [file.read_bytes() for file in Path(url.database).parent.glob(Path(url.database).name + "*")]


def test_no_file_holds_them(person, database_files):
    _, secrets = person
    assert not [secret for secret in secrets for raw in database_files if secret.encode() in raw]
