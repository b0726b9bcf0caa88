"""What a bug in Python cannot do: the database itself refuses it, whatever wrote the SQL."""

import pytest
from sqlalchemy import inspect

from livefreeze.rules import ledger
from livefreeze.rules.ledger import EFFECTS, Place
from livefreeze.store import engine as store_engine
from livefreeze.store import tables as t
from livefreeze.store.append import append
from livefreeze.store.audit import Head
from livefreeze.store.errors import Refused
from livefreeze.store.record import Record
from tests.store import seeds
from tests.store.seeds import AT, PERIOD

PLACE = Place("acc_1", "pol_1", "CNY")


@pytest.fixture
def engine(database_url):
    """A pool with 8,000 on its account, an allowance of 2,500, a claim of 600, one row in each append-only table."""
    engine = store_engine.connect(database_url)
    with store_engine.writing(engine) as connection:
        seeds.ledger(connection, quota_minor=600_00)
        record = Record(connection, AT, [Head("account:acc_1", 0, bytes(32))])
        record.transfer(ledger.credit(PLACE, amount_minor=8_000_00), happened_at=AT)
        record.event("account:acc_1", "test", {}, actor="test")
        record.add(t.message_claim, {"bank_id": "bnk_1", "message_id": "m1", "digest": b"d", "answer_sealed": b"a",
                                     "recorded_at": AT})
        record.add(t.inbound_message, {"id": "inb_1", "bank_id": "bnk_1", "message_id": "m1", "signed_at": "1",
                                       "signature": "s", "body_sealed": b"b", "recorded_at": AT})
        record.add(t.transaction_claim, {"account_id": "acc_1", "transaction_reference": "t1", "recorded_at": AT})
        record.add(t.staff, {"id": "stf_1", "login": "clerk", "person": "clerk", "court_id": "crt_1", "role": "clerk",
                             "recorded_at": AT})
        record.add(t.proposal, {"id": "prp_1", "court_id": "crt_1", "kind": "order.serve", "status": "open",
                                "version": 1, "digest": b"d", "recorded_at": AT})
        record.add(t.proposal_version, {"proposal_id": "prp_1", "version": 1, "document_sealed": b"d", "digest": b"d",
                                        "edited_by": "stf_1", "recorded_at": AT})
        record.flush()
    yield engine
    engine.dispose()


def refused(engine, act) -> bool:
    try:
        with store_engine.writing(engine) as connection:
            act(connection)
    except Refused:
        return True
    return False


def transfers(*rows):
    def act(connection):
        record = Record(connection, AT)
        for row in rows:
            record.transfer(row, happened_at=AT)
        record.flush()

    return act


def hold(name: str, amount_minor: int, from_held_minor: int):
    return ledger.hold(PLACE, amount_minor=amount_minor, from_held_minor=from_held_minor, withdrawal_id=name,
                       period_start=PERIOD)


def sweep(name: str, amount_minor: int):
    return ledger.sweep(PLACE, amount_minor=amount_minor, claim_id="clm_1", sweep_id=name)


@pytest.mark.parametrize("rows", [
    pytest.param([hold("w1", 2_500_01, 2_500_01)], id="one withdrawal above the allowance"),
    pytest.param([hold("w1", 2_000_00, 2_000_00), hold("w2", 500_01, 500_01)], id="two that are together above it"),
    pytest.param([hold("w1", 8_000_01, 0)], id="more than the account has"),
    pytest.param([sweep("s1", 600_01)], id="a sweep above the quota"),
    pytest.param([sweep("s1", 400_00), sweep("s2", 200_01)], id="two sweeps that are together above it"),
    pytest.param([hold("w1", 100, 100), hold("w1", 100, 100)], id="a hold made twice"),
    pytest.param([hold("w1", 100, 0), *(ledger.void(PLACE, held_minor=100, from_held_minor=0, withdrawal_id="w1",
                                                    period_start=PERIOD),) * 2], id="a hold ended twice"),
])
def test_what_is_approved_or_instructed_beyond_its_limit_is_refused(engine, rows):
    assert refused(engine, transfers(*rows))


def test_within_the_limits_the_same_rows_stand(engine):
    assert not refused(engine, transfers(hold("w1", 2_500_00, 2_500_00), sweep("s1", 600_00)))


@pytest.mark.parametrize("table", ["transfer", "audit_event", "proposal_version", "inbound_message",
                                   "transaction_claim", "message_claim"])
@pytest.mark.parametrize("verb", ["UPDATE", "DELETE"])
def test_what_was_written_is_never_changed_or_deleted(engine, table, verb):
    statement = f"DELETE FROM {table}" if verb == "DELETE" else f"UPDATE {table} SET recorded_at = recorded_at"
    if table == "message_claim" and verb == "UPDATE":
        statement = "UPDATE message_claim SET answer_sealed = 'x'"
    assert refused(engine, lambda connection: connection.exec_driver_sql(statement))


def test_a_ledger_is_not_emptied_in_one_go(postgres_url):
    engine = store_engine.connect(postgres_url)
    assert refused(engine, lambda connection: connection.exec_driver_sql("TRUNCATE transfer"))
    engine.dispose()


@pytest.mark.parametrize(("seq", "prev_hash"), [(3, bytes(32)), (1, bytes(32)), (2, bytes(32))],
                         ids=["a gap", "the same number", "another hash before it"])
def test_an_audit_event_that_does_not_follow_its_chain_is_refused(engine, seq, prev_hash):
    row = {"chain": "account:acc_1", "seq": seq, "prev_hash": prev_hash, "hash": b"h", "document": "{}",
           "recorded_at": AT}
    assert refused(engine, lambda connection: append(connection, {t.audit_event: [row]}))


@pytest.mark.parametrize("row", [
    (t.message_claim, {"bank_id": "bnk_1", "message_id": "m1", "digest": b"x", "answer_sealed": b"x",
                       "recorded_at": AT}),
    (t.transaction_claim, {"account_id": "acc_1", "transaction_reference": "t1", "recorded_at": AT}),
], ids=["message", "booking"])
def test_an_id_is_claimed_once(engine, row):
    assert refused(engine, lambda connection: append(connection, {row[0]: [row[1]]}))


def test_a_transfer_has_the_buckets_of_its_kind(engine):
    wrong = "UPDATE account SET held_minor = -1"
    assert refused(engine, lambda connection: connection.exec_driver_sql(wrong))
    kinds = {check["name"]: check["sqltext"] for check in inspect(engine).get_check_constraints("transfer")}
    assert all(f"'{kind}'" in kinds["ck_transfer_buckets_of_kind"] for kind in EFFECTS)
