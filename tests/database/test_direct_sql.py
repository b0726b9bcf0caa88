"""Somebody at the database's own prompt, or a bug that writes what it likes: the database refuses it by itself.

The service has run as usual before; the statements go past all of our code, on connections it did not prepare.
"""

import sqlite3
from contextlib import closing

import psycopg
import pytest
from sqlalchemy import make_url

from tests.support.world import World, unique


@pytest.fixture
def frozen(world):
    """1,500 left of the allowance, 6,500 on the account, a quota of 60,000 of which 500 are on their way."""
    frozen = world.freezes(balance="2500.00", quota="60000.00")
    frozen.bank.captures(frozen.bank.withdraws(frozen.account, "1000.00").reference)
    frozen.bank.pays_salary(frozen.account, "500.00")
    frozen.court.clicks(frozen.case, frozen.court.previews(frozen.case)["preview"])
    frozen.bank.pays_salary(frozen.account, "5000.00")
    return frozen


class Prompt:
    """The database's own command line: no pragma, no setting and no code of ours."""

    def __init__(self, database_url):
        self._url = make_url(database_url)

    def runs(self, *statements):
        """Run them in one transaction and commit. Raises the driver's own error."""
        with closing(self._connect()) as connection, connection:
            for statement in statements:
                connection.execute(statement)

    def refuses(self, *statements):
        try:
            self.runs(*statements)
        except (sqlite3.IntegrityError, psycopg.IntegrityError):
            return True
        return False

    def _connect(self):
        if self._url.get_backend_name() == "sqlite":
            return sqlite3.connect(self._url.database)
        return psycopg.connect(self._url.set(drivername="postgresql").render_as_string(hide_password=False))


@pytest.fixture
def prompt(world):
    return Prompt(world.environ()["LIVEFREEZE_DATABASE_URL"])


_COPIED = ("kind", "account_id", "pool_id", "debit_bucket", "credit_bucket", "amount_minor", "currency", "claim_id",
           "withdrawal_id", "sweep_id", "corrects", "period_start", "taken_minor", "from_held_minor",
           "stand_in_minor", "happened_at", "recorded_at")


def copy_of(like, **changed):
    """A statement that writes another transfer like the first one of this kind, but for these columns (as SQL)."""
    changed = {"withdrawal_id": "'wdl_another'", "sweep_id": "CASE WHEN sweep_id IS NULL THEN NULL ELSE 'swp_x' END",
               **changed}
    values = ", ".join(changed.get(column, column) for column in _COPIED)
    return (f"INSERT INTO transfer (id, {', '.join(_COPIED)}) SELECT '{unique('trf')}', {values} "
            f"FROM transfer WHERE kind = '{like}' LIMIT 1")


def hold(amount_minor, **changed):
    amount = str(amount_minor)
    return copy_of("hold", **{"amount_minor": amount, "taken_minor": amount, "from_held_minor": amount, **changed})


OVERDRAWN = [
    pytest.param([hold(150_001)], id="a withdrawal above what is left of the allowance"),
    pytest.param([hold(100_000), hold(50_001)], id="two that are together above it"),
    pytest.param([hold(150_001, from_held_minor="0")], id="one that says it takes free money where none is free"),
    pytest.param([hold(150_001, from_held_minor="-1")], id="one that says it takes less than nothing"),
    pytest.param([hold(150_001, taken_minor="0", from_held_minor="0")], id="one that does not count as taken"),
    pytest.param([hold(150_001, taken_minor="0", from_held_minor="0", period_start="NULL")],
                 id="one of no period at all"),
    pytest.param([hold(150_001, period_start="recorded_at")], id="one of a period that never was"),
    pytest.param([copy_of("hold", amount_minor="650001", taken_minor="650001", from_held_minor="1000")],
                 id="one above the balance"),
    pytest.param(["UPDATE pool SET from_held_minor = ceiling_minor + 1"], id="the counter itself"),
    pytest.param(["UPDATE pool SET allowance_minor = ceiling_minor + 1"], id="an allowance above its ceiling"),
    pytest.param(["UPDATE account SET held_minor = -1"], id="a hold below nothing"),
    pytest.param([copy_of("capture", kind="'void'", debit_bucket="'account'")], id="buckets of another kind"),
]


@pytest.mark.parametrize("statements", OVERDRAWN)
def test_an_allowance_cannot_be_overdrawn(world, frozen, prompt, statements):
    before = world.books.money()
    assert prompt.refuses(*statements)
    assert world.books.money() == before


def test_what_is_left_of_the_allowance_can_be_taken(world, frozen, prompt):
    """Or the guards would only refuse everything."""
    prompt.runs(hold(150_000))
    assert world.books.pool_of(frozen.account.id).from_held == 2500_00


ABOVE_QUOTA = [
    pytest.param(["UPDATE claim SET quota_minor = 200000, target_minor = 200000",
                  copy_of("sweep", amount_minor="150001")], id="a transfer above what is left of the quota"),
    pytest.param(["UPDATE claim SET quota_minor = 200000, target_minor = 200000",
                  copy_of("sweep", amount_minor="100000"),
                  copy_of("sweep", amount_minor="50001", sweep_id="'swp_y'")], id="two that are together above it"),
    pytest.param([copy_of("sweep", claim_id="NULL", sweep_id="NULL")], id="one of no claim"),
    pytest.param(["UPDATE claim SET in_transit_minor = quota_minor + 1"], id="the counter itself"),
    pytest.param(["UPDATE claim SET quota_minor = settled_minor + in_transit_minor - 1"],
                 id="a quota below what is on its way"),
    pytest.param(["UPDATE claim SET target_minor = 0"], id="a target of nothing"),
    pytest.param([copy_of("sweep", amount_minor="650001")], id="one above the balance"),
    pytest.param([copy_of("sweep", amount_minor="0")], id="one of nothing"),
    pytest.param([copy_of("sweep", amount_minor="-1")], id="one of less than nothing"),
    pytest.param([copy_of("sweep", sweep_id="sweep_id")], id="one that was instructed already"),
]


@pytest.mark.parametrize("statements", ABOVE_QUOTA)
def test_nothing_is_instructed_above_a_quota(world, frozen, prompt, statements):
    before = world.books.money()
    assert prompt.refuses(*statements)
    assert world.books.money() == before


APPEND_ONLY = ("transfer", "audit_event", "inbound_message", "transaction_claim", "proposal_version")


@pytest.mark.parametrize("statement", [
    "UPDATE {table} SET recorded_at = recorded_at", "DELETE FROM {table}",
    "DELETE FROM {table} WHERE recorded_at = (SELECT max(recorded_at) FROM {table})",
])
@pytest.mark.parametrize("table", APPEND_ONLY)
def test_what_was_written_is_neither_edited_nor_deleted(world, frozen, prompt, table, statement):
    frozen.bank.pays_salary(frozen.account, "1.00", transaction_reference="CORE-1")
    before = world.books.whole()
    assert prompt.refuses(statement.format(table=table))
    assert world.books.whole() == before


@pytest.mark.parametrize("statement", [
    pytest.param("UPDATE transfer SET amount_minor = 1 WHERE kind = 'capture'", id="an amount"),
    pytest.param("UPDATE transfer SET account_id = 'acc_another' WHERE kind = 'credit'", id="an account"),
    pytest.param("""UPDATE audit_event SET document = '{}' WHERE seq = 1""", id="what an audit event says"),
    pytest.param("UPDATE message_claim SET answer_sealed = digest", id="a first answer"),
    pytest.param("UPDATE message_claim SET digest = answer_sealed", id="the digest of a message"),
    pytest.param("DELETE FROM message_claim", id="that a message came"),
])
def test_evidence_is_not_edited(world, frozen, prompt, statement):
    before = world.books.whole()
    assert prompt.refuses(statement)
    assert world.books.whole() == before


@pytest.mark.parametrize("table", ["transfer", "audit_event", "message_claim"])
def test_evidence_is_not_truncated(postgres_url, tmp_path, table):
    world = World(postgres_url, tmp_path)
    world.freezes()
    assert Prompt(postgres_url).refuses(f"TRUNCATE {table}")
    assert world.books.rows(table)
    world.close()


@pytest.mark.parametrize("statement", [
    "INSERT OR REPLACE INTO transfer SELECT * FROM transfer WHERE kind = 'hold'",
    "REPLACE INTO audit_event SELECT * FROM audit_event WHERE seq = 1",
    "INSERT OR REPLACE INTO inbound_message SELECT * FROM inbound_message",
    "INSERT OR REPLACE INTO message_claim SELECT * FROM message_claim",
    "UPDATE OR REPLACE transfer SET amount_minor = 1",
])
def test_evidence_is_not_replaced(sqlite_url, tmp_path, statement):
    """SQLite's REPLACE deletes a row without asking the triggers of DELETE."""
    world = World(sqlite_url, tmp_path)
    frozen = world.freezes()
    frozen.bank.withdraws(frozen.account, "10.00")
    before = world.books.whole()
    assert Prompt(sqlite_url).refuses(statement)
    assert world.books.whole() == before
    world.close()


def test_a_hold_is_not_replaced_by_one_of_another_id(sqlite_url, tmp_path):
    world = World(sqlite_url, tmp_path)
    frozen = world.freezes()
    frozen.bank.withdraws(frozen.account, "10.00")
    before = world.books.whole()
    replacing = copy_of("hold", withdrawal_id="withdrawal_id").replace("INSERT", "INSERT OR REPLACE", 1)
    assert Prompt(sqlite_url).refuses(replacing)
    assert world.books.whole() == before
    world.close()


@pytest.mark.parametrize("table", ["message_claim", "event_claim", "transaction_claim", "withdrawal"])
def test_an_id_is_claimed_once(world, frozen, prompt, table):
    frozen.bank.pays_salary(frozen.account, "1.00", transaction_reference="CORE-1")
    copy = f"INSERT INTO {table} SELECT * FROM {table} LIMIT 1"
    assert prompt.refuses(copy)


@pytest.mark.parametrize("statement", [
    "INSERT INTO audit_event (chain, seq, prev_hash, hash, document, recorded_at) "
    "SELECT chain, seq + 1000, hash, hash, document, recorded_at FROM audit_event WHERE seq = 1",
    "INSERT INTO audit_event (chain, seq, prev_hash, hash, document, recorded_at) "
    "SELECT chain, (SELECT max(seq) + 1 FROM audit_event b WHERE b.chain = a.chain), prev_hash, hash, document, "
    "recorded_at FROM audit_event a WHERE seq = 2",
], ids=["a gap", "another hash before it"])
def test_nothing_is_put_into_an_audit_chain(world, frozen, prompt, statement):
    assert prompt.refuses(statement)


@pytest.mark.parametrize("statement", [
    pytest.param("UPDATE account SET balance_minor = -1000000000", id="a balance below nothing"),
    pytest.param("UPDATE claim SET settled_minor = 1000000000, over_collected_minor = 1000000000",
                 id="more collected than asked"),
])
def test_a_fact_is_never_refused_by_a_check(world, frozen, prompt, statement):
    """A bank may report anything that happened: the tables must be able to hold it."""
    assert not prompt.refuses(statement)
