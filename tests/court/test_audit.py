"""The audit trail: every act of the court stands in a chain, and a chain that was touched is found out."""

import hashlib
import json

import pytest
from sqlalchemy import create_engine, text

from livefreeze.flows import audit_check, transaction
from livefreeze.flows.audit_check import Receipt
from livefreeze.store import tables as t
from tests.court.world import freeze


@pytest.fixture(scope="module")
def frozen(court, bank):
    frozen = freeze(court, bank)
    court.approves(court.clerk.post(f"/orders/{frozen.order}/amend", quota="50000.00"))
    court.approves(court.clerk.post(f"/orders/{frozen.order}/release", reason="解除"))
    return frozen


def kinds(court, chain: str) -> list[str]:
    return [json.loads(event["document"])["kind"] for event in court.auditor.get("/audit", chain=chain)["events"]]


def test_a_case_tells_what_the_court_did_in_it(court, frozen):
    assert kinds(court, f"case:{frozen.case}") == [
        "case.opened", "proposal.prepared", "order.served", "proposal.prepared", "claim.amended", "proposal.prepared",
        "order.released",
    ]


def test_an_account_tells_what_happened_to_it(court, frozen):
    assert kinds(court, f"account:{frozen.account}") == [
        "account.registered", "order.served", "freeze.receipt", "order.amended", "order.released",
    ]


def test_the_court_tells_of_its_people_and_its_fund(court, frozen):
    court.registers_fund()
    assert {"court.added", "staff.added", "token.created", "debtor.registered", "case_fund.registered"} <= set(
        kinds(court, f"court:{court.code}")
    )


def test_an_act_names_who_when_and_on_whose_authority(court, frozen):
    events = court.auditor.get("/audit", chain=f"case:{frozen.case}")["events"]
    served = json.loads(events[2]["document"])
    order = court.auditor.get(f"/orders/{frozen.order}")
    approved = court.auditor.get(f"/proposals/{order['proposals'][0]['id']}")
    assert served["actor"] == f"staff:{approved['approved_by']}"
    assert served["authority"] == order["notice_number"]
    assert served["detail"]["digest"] == approved["digest"]
    assert (served["detail"]["before"], served["detail"]["after"]) == ("prepared", "pending")
    amended = json.loads(events[4]["document"])["detail"]
    assert (amended["before"]["target_minor"], amended["after"]["target_minor"]) == (60000_00, 50000_00)


def test_anyone_can_recompute_a_chain_from_its_documents(court, frozen):
    page = court.auditor.get("/audit", chain=f"case:{frozen.case}")
    previous = "0" * 64
    for event in page["events"]:
        assert json.loads(event["document"])["prev"] == event["prev_hash"] == previous
        previous = hashlib.sha256(event["document"].encode()).hexdigest()
        assert event["hash"] == previous
    assert page["head"] == {"seq": len(page["events"]), "hash": previous}


def test_a_chain_comes_in_pages(court, frozen):
    first = court.auditor.get("/audit", chain=f"case:{frozen.case}", limit=3)
    rest = court.auditor.get("/audit", chain=f"case:{frozen.case}", after=first["next"])
    assert ([event["seq"] for event in first["events"]], first["next"]) == ([1, 2, 3], 3)
    assert ([event["seq"] for event in rest["events"]], rest["next"]) == ([4, 5, 6, 7], None)


def test_all_chains_are_whole(court, frozen):
    report = audit_check.verify([])
    assert (report.mistakes, report.chains > 3, report.events > 20) == ((), True, True)


def test_a_receipt_in_somebodys_hands_fits(court, frozen):
    page = court.auditor.get("/audit", chain=f"case:{frozen.case}")
    receipts = [Receipt(page["chain"], event["seq"], event["hash"]) for event in page["events"]]
    assert audit_check.verify(receipts).mistakes == ()


def test_a_receipt_for_what_is_not_there_is_a_mistake(court, frozen):
    chain = f"case:{frozen.case}"
    report = audit_check.verify([Receipt(chain, 2, "0" * 64), Receipt(chain, 99, "0" * 64)])
    assert report.mistakes == (
        f"{chain} 2: somebody holds a receipt for another event",
        f"{chain} 99: somebody holds a receipt, but there is no such event",
    )


@pytest.fixture
def tampering(court, frozen):
    """An administrator of the database who drops its guards. The rows come back, the guards do not: the last test."""
    engine = create_engine(transaction.engine().url)
    with engine.connect() as connection:
        if engine.dialect.name == "sqlite":
            for name in ("audit_event_never_updated", "audit_event_never_deleted"):
                connection.execute(text(f"DROP TRIGGER {name}"))
        else:
            connection.execute(text("ALTER TABLE audit_event DISABLE TRIGGER ALL"))
        connection.commit()
        rows = connection.execute(t.audit_event.select()).mappings().all()
        yield connection
        connection.execute(t.audit_event.delete())
        if engine.dialect.name == "sqlite":
            connection.execute(text("DROP TRIGGER audit_event_follows"))
        connection.execute(t.audit_event.insert(), [dict(row) for row in rows])
        connection.commit()
    engine.dispose()


def test_tampering_is_found(tampering, frozen):
    chain = f"case:{frozen.case}"
    e = t.audit_event.c
    where = (e.chain == chain) & (e.seq == 2)
    document = tampering.scalar(t.audit_event.select().with_only_columns(e.document).where(where))
    forged = document.replace('"version":1', '"version":2')
    tampering.execute(t.audit_event.update().where(where).values(document=forged))
    tampering.commit()
    assert audit_check.verify([]).mistakes[0] == f"{chain} 2: does not follow the event before it, or was changed"

    tampering.execute(t.audit_event.delete().where(where))
    tampering.commit()
    assert audit_check.verify([]).mistakes == (f"{chain} 3: does not follow the event before it, or was changed",)

    tampering.execute(t.audit_event.delete().where(e.chain == chain, e.seq > 1))
    tampering.commit()
    assert audit_check.verify([]).mistakes == (f"{chain}: its head is not its last event",)
