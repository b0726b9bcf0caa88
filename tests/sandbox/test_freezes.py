"""The bank blocks what it was told, once, and says from which balance the court's books start."""

import pytest

from bank_adapters.keys import PrivateKey
from tests.sandbox.conftest import ACCOUNT, open_account
from tests.sandbox.fake_service import ORDER, frozen


def test_the_receipt_has_the_balance_of_its_moment(bank, account, service):
    bank.gets("freeze.placed", **frozen(account))
    [receipt] = service.wait_for(lambda s: s.events_of("freeze.receipt"))
    shown = bank.get(f"/api/accounts/{account}")
    assert (receipt["order"], receipt["result"], receipt["balance"]) == (ORDER, "accepted", "8000.00")
    assert (receipt["sequence"], receipt["as_of"]) == (shown["sequence"], receipt["happened_at"])
    assert (shown["blocked"], shown["orders"][0]["status"]) == ("8000.00", "in_force")


def test_a_hold_of_somebody_else_is_named(bank, account, service):
    bank.post(f"/api/accounts/{account}/prior-holds", holder="浙江省慈溪市人民法院", amount="3000.00")
    bank.gets("freeze.placed", **frozen(account))
    [receipt] = service.wait_for(lambda s: s.events_of("freeze.receipt"))
    assert receipt["result"] == "partial"
    assert receipt["prior_holds"] == [{"holder": "浙江省慈溪市人民法院", "amount": "3000.00"}]


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({"account": "6222020000009999999"}, "No account of this number is kept here."),
        ({"name": "李四"}, "The account belongs to somebody else"),
        ({"currency": "EUR"}, "The account is kept in CNY"),
    ],
)
def test_what_cannot_be_blocked_is_refused(bank, account, service, fields, why):
    bank.gets("freeze.placed", **{**frozen(account), **fields})
    [receipt] = service.wait_for(lambda s: s.events_of("freeze.receipt"))
    assert (receipt["result"], receipt["why"]) == ("refused", why)
    assert bank.withdraw("1.00")["state"] == "paid_unasked"


def test_a_bank_may_refuse_everything(bank, account, service):
    bank.answer("PUT", "/api/faults", refuse_freeze=True)
    bank.gets("freeze.placed", **frozen(account))
    [receipt] = service.wait_for(lambda s: s.events_of("freeze.receipt"))
    assert (receipt["result"], receipt["why"]) == ("refused", "The bank cannot block this account")


def test_an_order_is_answered_once_however_often_it_comes(bank, account, service):
    for message_id in ("msg-a", "msg-a", "msg-b"):
        assert bank.gets("freeze.placed", message_id=message_id, **frozen(account)) == 204
    bank.wait_until_quiet()
    assert len(service.events_of("freeze.receipt")) == 1


def test_the_block_follows_the_order(bank, frozen_account, service):
    amended = {"order": ORDER, "account": ACCOUNT, "quota": "500.00", "currency": "CNY", "block_up_to": "500.00"}
    bank.gets("freeze.amended", **amended, happened_at="2026-03-02T00:00:00Z")
    bank.wait_until_quiet()
    assert bank.get(f"/api/accounts/{ACCOUNT}")["blocked"] == "500.00"


def test_after_the_release_nothing_is_asked_or_reported(bank, frozen_account, service):
    released = {"order": ORDER, "account": ACCOUNT, "reason": "satisfied"}
    bank.gets("freeze.released", **released, happened_at="2026-03-02T00:00:00Z")
    bank.wait_until_quiet()
    heard = len(service.requests)
    bank.post("/api/payroll", account=ACCOUNT, amount="8000.00")
    assert bank.withdraw("9000.00")["state"] == "paid_unasked"
    assert (bank.get(f"/api/accounts/{ACCOUNT}")["blocked"], len(service.requests)) == ("0.00", heard)


def test_another_order_still_blocks_after_one_is_released(bank, frozen_account, service):
    bank.gets("freeze.placed", **frozen(ACCOUNT, order="frz_" + "1" * 26, block_up_to="100.00"))
    bank.gets("freeze.released", order=ORDER, account=ACCOUNT, reason="released", happened_at="2026-03-02T00:00:00Z")
    bank.wait_until_quiet()
    assert bank.get(f"/api/accounts/{ACCOUNT}")["blocked"] == "100.00"


def test_the_same_id_with_another_body_is_refused(bank, account):
    assert bank.gets("freeze.placed", message_id="msg-a", **frozen(account)) == 204
    assert bank.gets("freeze.placed", message_id="msg-a", **frozen(account, quota="1.00")) == 409


def test_a_message_of_a_stranger_is_refused(bank, account, service):
    bank.gets("freeze.placed", **frozen(account, order="frz_" + "2" * 26))  # now the service's key is known
    assert bank.gets("freeze.placed", key=PrivateKey.generate(), **frozen(account)) == 401


@pytest.mark.parametrize(
    ("fields", "status"), [({"bank": "other-bank"}, 422), ({"quota": 60000}, 422), ({"colour": "red"}, 422)]
)
def test_a_message_that_does_not_fit_is_refused(bank, account, service, fields, status):
    assert bank.gets("freeze.placed", **{**frozen(account), **fields}) == status
    assert bank.get("/api/messages")["inbox"] == []


def test_an_unreachable_bank_takes_the_message_later(bank, account, service):
    bank.answer("PUT", "/api/faults", unreachable=True)
    assert bank.gets("freeze.placed", message_id="msg-a", **frozen(account)) == 503
    bank.answer("PUT", "/api/faults")
    assert bank.gets("freeze.placed", message_id="msg-a", **frozen(account)) == 204


def test_a_frozen_account_of_another_customer_is_asked_for_alone(bank, frozen_account, service):
    open_account(bank, "6222020000000000002", name="李四")
    shown = bank.post("/api/withdrawals", account="6222020000000000002", amount="1.00")
    assert shown["state"] == "paid_unasked"
