"""Administrators: two persons decide on users, courts, banks and keys; nobody reaches into another's house."""

import json

import pytest

from bank_adapters.keys import PrivateKey, SharedSecret
from livefreeze.base.errors import Problem
from livefreeze.flows import banks, credentials, staff
from livefreeze.flows.operator import proposals
from livefreeze.flows.transaction import reading
from livefreeze.store.queries.operator import users
from livefreeze.store.queries.viewer import PageAsked
from tests.support.world.administrator import Administrator

URL = "https://bank.example/livefreeze"


@pytest.fixture
def asking(world):
    return Administrator()


@pytest.fixture
def deciding(world):
    return Administrator()


def refused(problem_code, act, *args, **kwargs):
    with pytest.raises(Problem) as problem:
        act(*args, **kwargs)
    return problem.value.code == problem_code


def public_key():
    return PrivateKey.generate().public_key.text()


def events(world, chain):
    return [json.loads(row.document) for row in world.books.rows("audit_event") if row.chain == chain]


def test_a_court_is_there_once_another_person_has_approved_it(world, asking, deciding):
    asked = asking.asks("court.add", code="yuyao", name="余姚市人民法院")
    assert world.books.rows("court") == []
    assert [each["document"]["code"] for each in deciding.waiting()] == ["yuyao"]
    deciding.approves(asked)
    (court,) = world.books.rows("court")
    assert (court.code, court.name) == ("yuyao", "余姚市人民法院")
    assert deciding.waiting() == []
    assert [event["kind"] for event in events(world, "platform")][-2:] == ["proposal.prepared", "proposal.approved"]
    (added,) = events(world, "court:yuyao")
    assert added["detail"]["proposal"] == asked.id and added["actor"] == deciding.principal.actor


def test_nobody_approves_what_they_asked_for_under_whatever_login(world, asking):
    asked = asking.asks("court.add", code="yuyao", name="余姚市人民法院")
    second_login = Administrator(person=asking.principal.person)
    for who in (asking, second_login):
        assert refused("APPROVAL_BY_EDITOR", who.approves, asked)
    assert world.books.rows("court") == []


def test_an_approval_is_bound_to_the_document(world, asking, deciding):
    asked = asking.asks("court.add", code="yuyao", name="余姚市人民法院")
    other = asking.asks("court.add", code="cixi", name="慈溪市人民法院")
    assert refused("PROPOSAL_CHANGED", deciding.approves, asked, digest=other.digest)
    assert world.books.rows("court") == []


def test_what_is_decided_is_decided(world, asking, deciding):
    asked = asking.asks("court.add", code="yuyao", name="余姚市人民法院")
    deciding.approves(asked)
    withdrawn = asking.asks("court.add", code="cixi", name="慈溪市人民法院")
    asking.withdraws(withdrawn)
    for again in (asked, withdrawn):
        assert refused("PROPOSAL_STATE", deciding.approves, again)
        assert refused("PROPOSAL_STATE", asking.withdraws, again)
    assert len(world.books.rows("court")) == 1


def test_what_cannot_be_done_any_more_is_not_approved_either(world, asking, deciding):
    first, second = (asking.asks("court.add", code="yuyao", name="余姚市人民法院") for _ in range(2))
    deciding.approves(first)
    assert refused("ALREADY_EXISTS", deciding.approves, second)
    assert [each["id"] for each in deciding.waiting()] == [second.id]


def test_a_bank_and_its_keys(world, asking, deciding):
    key = PrivateKey.generate()
    deciding.approves(asking.asks("bank.add", code="new-bank", name="新银行", url=URL,
                                  public_key=key.public_key.text()))
    link = banks.link("new-bank")
    assert [each.text() for each in link.verifying_keys] == [key.public_key.text()] and link.url == URL
    second = public_key()
    deciding.approves(asking.asks("bank_key.add", bank="new-bank", public_key=second))
    assert second in [each.text() for each in banks.link("new-bank").verifying_keys]
    shown = banks.keys_shown("new-bank")
    first = next(each for each in shown if each.public_key == key.public_key.text())
    deciding.approves(asking.asks("bank_key.retire", bank="new-bank", key=first.id))
    assert [each.text() for each in banks.link("new-bank").verifying_keys] == [second]
    assert banks.keys_shown("new-bank")[-1].id == first.id


def test_keys_are_shown_by_their_public_half_and_secrets_not_at_all(world, asking):
    secret = SharedSecret.generate()
    banks.add("shared", "共享密钥银行", URL, their_key=secret.text(), actor="operator")
    banks.add("signing", "签名银行", URL, their_key=public_key(), actor="operator")
    assert all(key.public_key.startswith("whpk_") for key in banks.keys_shown("signing"))
    assert secret.text().removeprefix("whsec_") not in repr(banks.keys_shown("shared"))
    assert all(key.public_key is None and len(key.fingerprint) == 19 for key in banks.keys_shown("shared"))


@pytest.mark.parametrize("key", ["", "whpk_x", "whsec_" + "A" * 32, "whsk_" + "A" * 43 + "="])
def test_only_public_keys_come_through_the_web(world, asking, key):
    asked = {"code": "new-bank", "name": "新银行", "url": URL, "public_key": key}
    assert refused("KEY_REFUSED", asking.asks, "bank.add", **asked)


def test_a_user_and_the_link_by_which_they_set_themselves_up(world, asking, deciding):
    court = world.court()
    asked = asking.asks("staff.add", login="wang", role="judge", court=court.code)
    assert refused("NOT_FOUND", proposals.make_link, asked.id, principal=deciding.principal)
    deciding.approves(asked)
    assert refused("NOT_FOUND", proposals.make_link, asked.id, principal=asking.principal)
    first = proposals.make_link(asked.id, principal=deciding.principal)
    second = proposals.make_link(asked.id, principal=deciding.principal)
    assert refused("INVITATION_OVER", credentials.invited, first)
    assert credentials.invited(second).login == "wang"
    world.clock.passes(hours=25)
    assert refused("NOT_FOUND", proposals.make_link, asked.id, principal=deciding.principal)


def test_a_user_who_is_disabled_does_nothing_any_more(world, asking, deciding):
    token = staff.create_token(asking.login, actor="operator")
    asked = deciding.asks("staff.disable", user=asking.principal.staff_id)
    assert refused("ASKED_ALREADY", asking.asks, "staff.disable", user=asking.principal.staff_id)
    Administrator().approves(asked)
    assert staff.authenticate(token) is None


@pytest.mark.parametrize(("where", "role"), [("court", "teller"), ("bank", "judge"), (None, "judge")])
def test_a_role_fits_where_the_user_belongs(world, asking, where, role):
    code = {"court": world.court().code, "bank": world.bank().code}.get(where)
    fields = {where: code} if where else {}
    assert refused("CHOICE_UNKNOWN", asking.asks, "staff.add", login="wang", role=role, **fields)


def test_an_administrator_of_a_court_looks_after_its_users_and_nothing_else(world, asking):
    ours, theirs = world.court(), world.court()
    first, second, stranger = (Administrator(court=each.code) for each in (ours, ours, theirs))
    asked = first.asks("staff.add", login="wang", role="clerk", court=theirs.code)
    assert stranger.waiting() == [] and refused("NOT_FOUND", stranger.approves, asked)
    second.approves(asked)
    (member,) = [row for row in world.books.rows("staff") if row.login == "wang"]
    assert member.court_id == ours.id  # whatever court was named
    assert refused("NOT_FOUND", stranger.asks, "staff.disable", user=member.id)
    for kind in ("court.add", "bank.add", "bank_key.add", "bank_key.retire", "message.replay"):
        assert refused("ROLE_NOT_ALLOWED", first.asks, kind)
    with reading() as connection:
        seen = users.page(connection, stranger.principal, PageAsked(50))["users"]
    assert {user["court"] for user in seen} == {theirs.code}


def test_an_administrator_of_a_bank_does_not_decide_on_its_keys(world, asking):
    bank = world.bank()
    of_bank = Administrator(bank=bank.code)
    asked = asking.asks("bank_key.add", bank=bank.code, public_key=public_key())
    assert of_bank.waiting() == [] and refused("NOT_FOUND", of_bank.approves, asked)
    assert refused("NOT_FOUND", of_bank.withdraws, asked)
    Administrator(bank=bank.code).approves(of_bank.asks("staff.add", login="li", role="teller"))
    assert [row.bank_id for row in world.books.rows("staff") if row.login == "li"] == [bank.id]


def test_what_was_asked_and_decided_is_never_rewritten(world, asking, deciding):
    deciding.approves(asking.asks("court.add", code="yuyao", name="余姚市人民法院"))
    for table in ("platform_proposal", "platform_decision"):
        for statement in (f"UPDATE {table} SET recorded_at = recorded_at", f"DELETE FROM {table}"):
            with pytest.raises(Exception, match="never changed"), world.engine.begin() as connection:
                connection.exec_driver_sql(statement)
