"""An answer as evidence: its signed message while it is kept, digests and a whole chain after the term."""

import json
from datetime import UTC, datetime

import pytest

from bank_adapters import signing
from livefreeze.flows import audit_check
from tests.support.world.inquiry import ACCOUNT, LINES, NUMBER, history, kinds


def test_the_court_opens_the_signed_message_of_an_answer_corrected_or_not(world, asked):
    asked.answers(event_id="E-1", accounts=[ACCOUNT])
    asked.answers(event_id="E-2", corrects="E-1", accounts=[])
    listed = asked.court.gets("auditor", f"/inquiries/{asked.id}/answers")["answers"]
    assert [(each["event_id"], each["corrected_by"]) for each in listed] == [("E-1", listed[1]["id"]), ("E-2", None)]
    opened = asked.court.gets("clerk", f"/inquiries/{asked.id}/answers/{listed[0]['id']}")
    assert NUMBER in opened["text"] and opened["digest"] == listed[0]["digest"]
    headers = {"webhook-id": opened["message_id"], "webhook-timestamp": opened["signed_at"],
               "webhook-signature": opened["signature"]}
    signed_at = datetime.fromtimestamp(int(opened["signed_at"]), UTC)
    signing.verify(opened["text"].encode(), headers, [asked.bank.key.public_key], signed_at)
    assert kinds(world, asked.case)[-1] == "inquiry.looked_at"
    world.clock.passes(days=181)
    world.ticks()
    assert [each["digest"] for each in asked.court.gets("auditor", f"/inquiries/{asked.id}/answers")["answers"]] == [
        each["digest"] for each in listed]
    gone = asked.court.tries_to_get("clerk", f"/inquiries/{asked.id}/answers/{listed[0]['id']}")
    assert gone.json["code"] == "INQUIRY_DELETED"


def test_after_the_term_nothing_is_left_but_digests_and_the_chain_verifies(world, asked):
    asked.answers(event_id="E-1", accounts=[ACCOUNT], histories=history(*LINES))
    (account,) = asked.court.looks_at(asked.id)
    world.clock.passes(days=181)
    world.ticks()
    for path in ("accounts", f"accounts/{account['id']}/transactions"):
        gone = asked.court.tries_to_get("clerk", f"/inquiries/{asked.id}/{path}")
        assert (gone.status_code, gone.json["code"]) in ((409, "INQUIRY_DELETED"), (404, "NOT_FOUND"))
    for table in ("inquiry_key", "inquiry_evidence", "inquiry_account", "inquiry_statement", "inquiry_history",
                  "inquiry_transaction"):
        assert world.books.rows(table) == [], table
    (left,) = world.books.rows("inquiry_answer")
    assert (left.outcome, left.mark, len(left.digest)) == (None, None, 32)
    assert asked.status == "deleted"
    assert asked.code(part=2, parts=2) == "INQUIRY_DELETED"
    assert asked.bank.reports(asked.bank.answer(asked.question, event_id="E-1"))[0].outcome == "refused"
    assert audit_check.verify([]).mistakes == ()


@pytest.mark.parametrize("secret", [NUMBER, "甲厂", "示例区人民法院"])
def test_an_answer_never_stands_in_clear(world, asked, secret):
    asked.answers(accounts=[ACCOUNT], histories=history(*LINES))
    tables = ("inquiry_answer", "inquiry_evidence", "inquiry_account", "inquiry_statement", "inquiry_history",
              "inquiry_transaction", "audit_event", "message_claim", "event_claim", "alert")
    values = [value for table in tables for row in world.books.rows(table) for value in row]
    kept = [value if isinstance(value, bytes) else str(value).encode() for value in values]
    spellings = {secret.encode(), json.dumps(secret).strip('"').encode()}
    assert not any(spelling in value for value in kept for spelling in spellings)
