"""Four eyes: one person writes, another approves exactly what they read."""

import hashlib
import json

import pytest

from tests.court.world import RULE, new_case_number


@pytest.fixture
def parties(court, bank):
    debtor = court.registers_debtor()
    return court.opens_case(debtor), debtor, court.registers_account(debtor)


def test_an_order_reaches_the_bank_only_when_another_person_approved_it(court, parties):
    prepared = court.prepares_order(*parties)
    assert court.auditor.get(f"/orders/{prepared['order']}")["status"] == "prepared"
    approved = court.approves(prepared["proposal"])
    order = court.auditor.get(f"/orders/{prepared['order']}")
    assert (approved["status"], order["status"]) == ("approved", "pending")
    assert [one["receipt"] for one in order["accounts"]] == ["waiting"]


def test_the_digest_is_of_the_document_as_anyone_can_compute_it(court, parties):
    proposal = court.judge.get(f"/proposals/{court.prepares_order(*parties)['proposal']['id']}")
    text = json.dumps(proposal["document"], ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    assert proposal["digest"] == "sha256:" + hashlib.sha256(text.encode()).hexdigest()


def test_the_document_to_approve_has_the_whole_rule(court, parties):
    document = court.judge.get(f"/proposals/{court.prepares_order(*parties)['proposal']['id']}")["document"]
    assert document["rule"]["period"] == {"anchor_day": 10}
    assert document["rule"]["sweep"] == {"day": 12, "minimum": "1.00"}
    assert document["rule"]["source"] == f"{document['case_number']}, {document['notice_number']}"


def test_who_wrote_it_may_not_approve_it(court, parties):
    body = court.order_body(*parties)
    proposal = court.judge.post("/orders", **body)["proposal"]
    path = f"/proposals/{proposal['id']}/approve"
    problem = court.judge.refused("POST", path, 403, json={"digest": proposal["digest"]})
    assert problem["code"] == "APPROVAL_BY_EDITOR"
    assert court.presiding.post(path, digest=proposal["digest"])["status"] == "approved"


def test_who_changed_it_may_not_approve_it_either(court, parties):
    proposal = court.prepares_order(*parties)["proposal"]
    document = court.judge.get(f"/proposals/{proposal['id']}")["document"] | {"notice_number": new_case_number()}
    edited = court.judge.asks("PUT", f"/proposals/{proposal['id']}", json={"document": document}).json
    path = f"/proposals/{proposal['id']}/approve"
    problem = court.judge.refused("POST", path, 403, json={"digest": edited["digest"]})
    assert problem["code"] == "APPROVAL_BY_EDITOR"


def test_four_eyes_are_two_persons_not_two_logins(court, parties):
    writer = court.hires("wang-writes", "clerk", person="wang")
    approver = court.hires("wang-approves", "judge", person="wang")
    proposal = writer.post("/orders", **court.order_body(*parties))["proposal"]
    path = f"/proposals/{proposal['id']}/approve"
    problem = approver.refused("POST", path, 403, json={"digest": proposal["digest"]})
    assert problem["code"] == "APPROVAL_BY_EDITOR"


def test_a_document_that_changed_meanwhile_is_not_approved(court, parties):
    prepared = court.prepares_order(*parties)
    proposal = prepared["proposal"]
    document = court.clerk.get(f"/proposals/{proposal['id']}")["document"] | {"notice_number": new_case_number()}
    edited = court.clerk.asks("PUT", f"/proposals/{proposal['id']}", json={"document": document}).json
    path = f"/proposals/{proposal['id']}/approve"
    problem = court.judge.refused("POST", path, 409, json={"digest": proposal["digest"]})
    assert problem["code"] == "PROPOSAL_CHANGED"
    assert court.approves(edited)["version"] == 2
    assert court.clerk.get(f"/orders/{prepared['order']}")["notice_number"] == document["notice_number"]


def test_an_approved_proposal_is_closed(court, parties):
    proposal = court.prepares_order(*parties)["proposal"]
    court.approves(proposal)
    path = f"/proposals/{proposal['id']}"
    document = court.clerk.get(path)["document"]
    closed = [
        court.judge.refused("POST", f"{path}/approve", 409, json={"digest": proposal["digest"]}),
        court.clerk.refused("PUT", path, 409, json={"document": document}),
        court.clerk.refused("POST", f"{path}/withdraw", 409),
    ]
    assert {problem["code"] for problem in closed} == {"PROPOSAL_STATE"}


def test_a_withdrawn_order_is_revoked_and_no_bank_hears_of_it(court, parties):
    prepared = court.prepares_order(*parties)
    withdrawn = court.clerk.post(f"/proposals/{prepared['proposal']['id']}/withdraw")
    assert withdrawn["status"] == "withdrawn"
    assert court.clerk.get(f"/orders/{prepared['order']}")["status"] == "revoked"


@pytest.mark.parametrize(("field", "value", "pointer", "code"), [
    ("order", "frz_01kkb5c8w0q3v7n2m4x6z8a9b1", "/document/order", "FIELD_INVALID"),
    ("kind", "order.release", "/document/kind", "FIELD_INVALID"),
    ("currency", "EUR", "/document/currency", "FIELD_INVALID"),
    ("extra", 1, "/document/extra", "FIELD_UNKNOWN"),
    ("quota", "60000.001", "/document/quota", "AMOUNT_INVALID"),
    ("quota", "1.00", "/document/quota", "QUOTA_NOT_CLAIM"),
    ("notice_number", " ", "/document/notice_number", "TEXT_INVALID"),
    ("accounts", [], "/document/accounts", "FIELD_INVALID"),
    ("accounts", [7], "/document/accounts/0", "NOT_FOUND"),
    ("rule", {**RULE, "x": 1}, "/document/rule/anchor_day", "FIELD_UNKNOWN"),
])
def test_an_edited_document_is_checked_like_a_new_one(court, parties, field, value, pointer, code):
    path = f"/proposals/{court.prepares_order(*parties)['proposal']['id']}"
    document = court.clerk.get(path)["document"] | {field: value}
    answer = court.clerk.asks("PUT", path, json={"document": document})
    assert answer.status_code in (404, 422)
    assert [(error["pointer"], error["code"]) for error in answer.json["errors"]] == [(pointer, code)]
    assert court.clerk.get(path)["version"] == 1


def test_each_role_edits_what_it_may_prepare(court, parties):
    order = court.prepares_order(*parties)["proposal"]["id"]
    fund = court.finance.post("/case-fund", bank="icbc", account="9558800000008888", name="案款专户")["id"]
    for person, proposal in ((court.finance, order), (court.clerk, fund)):
        document = person.get(f"/proposals/{proposal}")["document"]
        problem = person.refused("PUT", f"/proposals/{proposal}", 403, json={"document": document})
        assert problem["code"] == "ROLE_NOT_ALLOWED"
