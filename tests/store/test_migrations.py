"""The schema is the same however one comes to it, on both engines, and is the one that store.tables declares."""

import alembic.command
import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import inspect, text
from sqlalchemy.exc import IntegrityError

from livefreeze.store import engine as store_engine
from livefreeze.store.engine import is_sqlite
from livefreeze.store.tables import APPEND_ONLY, metadata

REVISIONS = [revision.revision for revision in ScriptDirectory(str(store_engine.MIGRATIONS)).walk_revisions()][::-1]


@pytest.fixture
def engine(empty_database_url):
    engine = store_engine.connect(empty_database_url)
    yield engine
    engine.dispose()


def guards(engine) -> tuple[list, dict]:
    """Every trigger and every CHECK, by name and text."""
    query = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' ORDER BY 1"
    if not is_sqlite(engine):
        query = ("SELECT tgname, pg_get_triggerdef(t.oid) || pg_get_functiondef(t.tgfoid) FROM pg_trigger t "
                 "WHERE NOT tgisinternal ORDER BY 1")
    with store_engine.reading(engine) as connection:
        triggers = [tuple(row) for row in connection.execute(text(query))]
    checks = {table: sorted((check["name"], check["sqltext"]) for check in inspect(engine).get_check_constraints(table))
              for table in inspect(engine).get_table_names() if table != "alembic_version"}
    return triggers, checks


def step_by_step(engine) -> None:
    for revision in REVISIONS:
        alembic.command.upgrade(store_engine._alembic(engine), revision)


def test_triggers_and_checks_are_the_same_after_every_path(engine, request):
    step_by_step(engine)
    straight = store_engine.connect(request.getfixturevalue(f"{'sqlite' if is_sqlite(engine) else 'postgres'}_url"))
    assert guards(engine) == guards(straight)
    straight.dispose()


def test_upgrading_again_changes_nothing(engine):
    step_by_step(engine)
    before = guards(engine)
    alembic.command.upgrade(store_engine._alembic(engine), "head")
    assert guards(engine) == before


def test_the_tables_are_those_that_the_code_declares(engine):
    step_by_step(engine)
    with engine.connect() as connection:
        differences = compare_metadata(MigrationContext.configure(connection), metadata)
    assert differences == []


def test_every_table_that_moves_money_or_keeps_evidence_is_guarded(engine):
    step_by_step(engine)
    triggers, checks = guards(engine)
    names = " ".join(name for name, _ in triggers)
    for table in (table.name for table in APPEND_ONLY):
        assert f"{table}_never_" in names
    assert {"transfer_moves_counters", "pool_keeps_closed_period", "audit_event_follows"} <= {n for n, _ in triggers}
    assert {name for name, _ in checks["claim"]} >= {"ck_claim_within_quota", "ck_claim_quota_covers_target"}
    assert "ck_pool_within_ceiling" in {name for name, _ in checks["pool"]}


BEFORE_OTHER_KINDS = (
    "INSERT INTO court (id, code, name, recorded_at) VALUES ('crt_1', 'court', 'court', :now)",
    "INSERT INTO staff (id, login, person, court_id, role, recorded_at)"
    " VALUES ('stf_1', 'a', 'a', 'crt_1', 'clerk', :now)",
    "INSERT INTO proposal (id, court_id, kind, status, version, digest, recorded_at)"
    " VALUES ('prp_1', 'crt_1', 'case_fund.register', 'open', 1, :digest, :now)",
    "INSERT INTO proposal_version (proposal_id, version, document_sealed, digest, edited_by, recorded_at)"
    " VALUES ('prp_1', 1, :digest, :digest, 'stf_1', :now)",
)


def test_proposals_stay_where_other_kinds_are_let_in(engine):
    alembic.command.upgrade(store_engine._alembic(engine), "0003_people")
    values = {"now": "2026-03-10T01:00:00.000000Z", "digest": b"1"}
    with store_engine.writing(engine) as connection:
        for statement in BEFORE_OTHER_KINDS:
            named = {name: value for name, value in values.items() if f":{name}" in statement}
            connection.execute(text(statement), named)
    alembic.command.upgrade(store_engine._alembic(engine), "head")
    with store_engine.writing(engine) as connection:
        joined = "SELECT p.kind FROM proposal p JOIN proposal_version v ON v.proposal_id = p.id"
        assert connection.scalars(text(joined)).all() == ["case_fund.register"]
        connection.execute(text("UPDATE proposal SET kind = 'rule.adopt'"))
    with pytest.raises(IntegrityError), store_engine.writing(engine) as connection:
        connection.execute(text("DELETE FROM proposal"))
