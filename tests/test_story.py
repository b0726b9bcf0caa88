"""The story as `make run` plays it: to its end on both engines, its figures, what it leaves behind, how it fails."""

import json
import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest
from psycopg import sql
from sqlalchemy import make_url

from livefreeze.demo import cast
from livefreeze.demo.client import Client

LIVEFREEZE = str(Path(sys.executable).with_name("livefreeze"))
SECRETS = (cast.DEBTOR_NAME, cast.DEBTOR_ID_NUMBER, cast.CREDITOR_NAME, cast.EMPLOYER_NAME)

pytestmark = pytest.mark.slow


@contextmanager
def story(*options: str) -> Iterator[subprocess.Popen]:
    """A running story; whatever the test does with it, none of its processes outlives the block."""
    command = [LIVEFREEZE, "story", *options]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        try:
            yield process
        finally:
            process.terminate()


def assert_is_told(document: dict) -> None:
    rows = {(row["when"], row["what"]): row for row in document["rows"]}
    withdrawn = rows["03-10 10:30", "Withdrawn −1,000.00"]
    assert (withdrawn["balance"], withdrawn["allowance_left"]) == ("7000.00", "1500.00")
    declined = rows["03-10 15:00", "Declined: 2,000.00"]
    assert (declined["balance"], declined["allowance_left"]) == ("7000.00", "1500.00")
    on_its_way = rows["03-12 08:00", "Sweep instructed"]
    assert (on_its_way["in_transit"], on_its_way["bank_balance"]) == ("5500.00", "7000.00")
    settled = rows["03-12 14:00", "Sweep settled −5,500.00"]
    assert (settled["bank_balance"], settled["spendable"], settled["quota_left"]) == ("1500.00", "1500.00", "54500.00")
    payday = rows["04-10 09:00", "Salary +8,000.00"]
    assert (payday["balance"], payday["allowance_left"], payday["spendable"]) == ("9500.00", "2500.00", "2500.00")
    assert [check["name"] for check in document["checks"] if not check["is_met"]] == []
    assert len(document["checks"]) == 16


def account_numbers(banks_folder: Path) -> list[str]:
    numbers = []
    for file in banks_folder.glob("demo-bank-*/*.sqlite"):
        with sqlite3.connect(file) as books:
            numbers += [number for (number,) in books.execute("SELECT number FROM account WHERE kind <> 'internal'")]
    return numbers


def assert_none_in_clear(data: bytes, secrets: list[str], where: object) -> None:
    """In no spelling that software would write: as it is, escaped as in JSON, or as hexadecimal digits."""
    for secret in secrets:
        for spelling in (secret.encode(), json.dumps(secret).strip('"').encode(), secret.encode().hex().encode()):
            assert spelling not in data, f"{secret} is in {where}"


def logs_and_database_files(folder: Path) -> list[Path]:
    return [file for file in folder.iterdir() if file.suffix == ".log" or file.name.startswith("livefreeze.db")]


def libpq_url(url: str) -> str:
    return make_url(url).set(drivername="postgresql").render_as_string()


def dump(url: str) -> Iterator[tuple[str, bytes]]:
    """Every table of a PostgreSQL database with its bytes as they are stored."""
    with psycopg.connect(libpq_url(url)) as connection:
        tables = connection.execute("SELECT relid::regclass::text FROM pg_stat_user_tables").fetchall()
        for (table,) in tables:
            copy = sql.SQL("COPY {} TO STDOUT (FORMAT binary)").format(sql.Identifier(table))
            with connection.cursor().copy(copy) as rows:
                yield table, b"".join(bytes(row) for row in rows)


def test_the_story_on_sqlite_ends_well_and_leaves_no_name_in_clear(tmp_path):
    folder = tmp_path / "story"
    with story("--exit", "--json", "--data", str(folder)) as process:
        printed, told = process.communicate()
    assert process.returncode == 0, told
    assert_is_told(json.loads(printed))
    assert "A late answer  逾期答复" in told and "Which is the salary account?" in told
    assert "Debtor A asks for 2,000.00. Declined" in told and "不予支取" in told

    secrets = [*SECRETS, *account_numbers(folder / "banks")]
    files = logs_and_database_files(folder)
    assert len(secrets) == 7 and {"service.log", "worker.log", "livefreeze.db"} <= {file.name for file in files}
    for file in files:
        assert_none_in_clear(file.read_bytes(), secrets, file)


def test_the_story_on_postgres_stays_up_until_ctrl_c_and_leaves_no_name_in_clear(tmp_path):
    folder = tmp_path / "story"
    with story("--postgres", "--json", "--data", str(folder)) as process:
        printed = process.stdout.readline()
        assert printed, process.stderr.read()
        document = json.loads(printed)
        assert_is_told(document)
        assert Client(document["service"]).answers("/ready") and Client(document["bank"]).answers("/api/health")

        secrets = [*SECRETS, *account_numbers(folder / "banks")]
        tables = dict(dump(document["database"]))
        searched = {"inbound_message", "outbound_message", "debtor", "account", "audit_event", "inquiry_transaction"}
        assert searched <= set(tables)
        for table, data in tables.items():
            assert_none_in_clear(data, secrets, table)
        for file in logs_and_database_files(folder):
            assert_none_in_clear(file.read_bytes(), secrets, file)

        process.send_signal(signal.SIGINT)
        told = process.communicate()[1]
        assert process.returncode == 0, told
        assert f"{document['service']}/docs" in told and "livefreeze sandbox withdraw --url" in told
    assert not Client(document["service"]).answers("/health") and not Client(document["bank"]).answers("/api/health")
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(libpq_url(document["database"]))


def test_a_story_whose_records_were_altered_fails_its_checks(tmp_path):
    folder = tmp_path / "story"
    with story("--exit", "--json", "--data", str(folder)) as process:
        for line in process.stderr:
            if "The sweep" in line:
                alter_a_withdrawal(folder / "livefreeze.db")
                break
        printed, told = process.communicate()
    assert process.returncode == 1, told
    unmet = [check["name"] for check in json.loads(printed)["checks"] if not check["is_met"]]
    assert unmet == [
        "Audit chains, recomputed from their documents",
        "The banks' receipts for account and case fit",
        "livefreeze audit verify, with all receipts",
    ]


def alter_a_withdrawal(database: Path) -> None:
    """What only who owns the database can do: lift its guard, and make the 1,000 of an audit event 900."""
    connection = sqlite3.connect(database, timeout=60)
    with connection:
        guards = connection.execute(
            "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'audit_event'"
            " AND sql LIKE '%BEFORE UPDATE%'"
        ).fetchall()
        for (name,) in guards:
            connection.execute(f"DROP TRIGGER {name}")
        altered = connection.execute(
            "UPDATE audit_event SET document = replace(document, '100000', '90000')"
            " WHERE document LIKE '%\"withdrawal.%' AND document LIKE '%100000%'"
        )
    connection.close()
    assert guards and altered.rowcount > 0


def test_a_folder_in_use_is_refused(tmp_path):
    (tmp_path / "something").touch()
    ended = subprocess.run([LIVEFREEZE, "story", "--exit", "--data", str(tmp_path)], capture_output=True, text=True)
    assert ended.returncode == 1
    assert "is not empty" in ended.stdout


@pytest.mark.parametrize("command", ["init", "serve", "worker"])
def test_production_refuses_the_movable_clock(tmp_path, command):
    environ = {name: value for name, value in os.environ.items() if not name.startswith("LIVEFREEZE_")} | {
        "LIVEFREEZE_ENVIRONMENT": "production",
        "LIVEFREEZE_PUBLIC_URL": "https://freeze.court",
        "LIVEFREEZE_DATABASE_URL": f"sqlite:///{tmp_path / 'livefreeze.db'}",
        "LIVEFREEZE_MASTER_KEY_FILE": str(tmp_path / "keys.json"),
        "LIVEFREEZE_CLOCK_FILE": str(tmp_path / "clock"),
    }
    ended = subprocess.run([LIVEFREEZE, command], env=environ, capture_output=True, text=True)
    assert ended.returncode == 1
    assert "LIVEFREEZE_CLOCK_FILE moves the clock: unset it" in ended.stderr
    assert list(tmp_path.iterdir()) == []
