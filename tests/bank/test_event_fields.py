"""Events that do not fit: each is refused by name, in its place in the batch, and moves no money."""

import pytest

from tests.bank.refusals import assert_event_refused, changed
from tests.bank.test_fields import AMOUNTS, CURRENCIES, INSTANTS

pytestmark = pytest.mark.usefixtures("no_money_moves")

TRANSFER = "swp_01kkb5c8w0q3v7n2m4x6z8a9b1"
ORDER = "frz_01kkb5c8w0q3v7n2m4x6z8a9b1"

GOOD = {
    "freeze.receipt": lambda bank, s: bank.receipt(s.waiting.account, "0.00"),
    "credit.posted": lambda bank, s: bank.credit(s.frozen.account, "10.00"),
    "credit.reversed": lambda bank, s: bank.recall(s.frozen.account, "10.00"),
    "debit.posted": lambda bank, s: bank.debit(s.frozen.account, "10.00", "bank_charge"),
    "withdrawal.reversed": lambda bank, s: bank.reversal(s.frozen.account, s.captured, "10.00"),
    "withdrawal.stand_in": lambda bank, s: bank.stand_in(s.frozen.account, "10.00"),
    "withdrawal.status": lambda bank, s: bank.status(s.frozen.account, s.held, "paid", amount="10.00", currency="CNY"),
    "transfer.settled": lambda bank, s: bank.transfer("settled", s.frozen.account, TRANSFER, "10.00"),
    "transfer.failed": lambda bank, s: bank.transfer("failed", s.frozen.account, TRANSFER, "10.00"),
    "transfer.returned": lambda bank, s: bank.transfer("returned", s.frozen.account, TRANSFER, "10.00"),
}
COMMON = ("type", "event_id", "account", "happened_at")
OWN = {
    "freeze.receipt": ("order", "result", "balance", "currency", "as_of"),
    "credit.posted": ("amount", "currency", "income"),
    "credit.reversed": ("amount", "currency"),
    "debit.posted": ("amount", "currency", "kind"),
    "withdrawal.reversed": ("reference", "amount", "currency"),
    "withdrawal.stand_in": ("amount", "currency", "channel"),
    "withdrawal.status": ("reference", "status"),
    "transfer.settled": ("transfer", "amount", "currency"),
    "transfer.failed": ("transfer", "amount", "currency"),
    "transfer.returned": ("transfer", "amount", "currency"),
}
WITH_AMOUNT = sorted(kind for kind in OWN if kind != "freeze.receipt")


def reported(standing, type_, **changes):
    """What became of one such event with other fields; `...` leaves one out."""
    bank = standing.frozen.bank
    return bank.reports(changed(GOOD[type_](bank, standing), **changes))[0]


@pytest.mark.parametrize(("kind", "field"), [(kind, field) for kind in OWN for field in (*COMMON, *OWN[kind])])
def test_a_missing_field_is_named(standing, kind, field):
    assert_event_refused(reported(standing, kind, **{field: ...}), 422, "FIELD_MISSING", f"/{field}")


@pytest.mark.parametrize("kind", OWN)
def test_an_unknown_field_is_named(standing, kind):
    assert_event_refused(reported(standing, kind, colour="red"), 422, "FIELD_UNKNOWN", "/colour")


@pytest.mark.parametrize("kind", WITH_AMOUNT)
@pytest.mark.parametrize("amount", [100, "10.001", "-10.00", "0.00", "1" + "0" * 30, "1e3", "１０", "10.00\n"])
def test_a_wrong_amount_is_refused(standing, kind, amount):
    assert_event_refused(reported(standing, kind, amount=amount), 422, "AMOUNT_INVALID", "/amount")


@pytest.mark.parametrize("amount", AMOUNTS)
def test_a_credit_of_a_wrong_amount_is_refused(standing, amount):
    assert_event_refused(reported(standing, "credit.posted", amount=amount), 422, "AMOUNT_INVALID", "/amount")


@pytest.mark.parametrize("kind", WITH_AMOUNT)
@pytest.mark.parametrize(("currency", "code"), CURRENCIES)
def test_a_wrong_currency_is_refused(standing, kind, currency, code):
    assert_event_refused(reported(standing, kind, currency=currency), 422, code, "/currency")


@pytest.mark.parametrize("instant", INSTANTS)
def test_a_wrong_time_is_refused(standing, instant):
    result = reported(standing, "credit.posted", happened_at=instant)
    assert_event_refused(result, 422, "INSTANT_INVALID", "/happened_at")


@pytest.mark.parametrize("kind", OWN)
def test_a_time_far_in_the_future_is_refused(standing, kind):
    result = reported(standing, kind, happened_at=standing.world.clock.now(days=1))
    assert_event_refused(result, 422, "INSTANT_IN_FUTURE", "/happened_at")


def test_a_balance_of_a_moment_far_in_the_future_is_refused(standing):
    """Or every booking until then would count as part of it."""
    result = reported(standing, "freeze.receipt", as_of=standing.world.clock.now(days=1))
    assert_event_refused(result, 422, "INSTANT_IN_FUTURE", "/as_of")


@pytest.mark.parametrize(("kind", "field", "value", "code"), [
    pytest.param("credit.posted", "type", "credit.invented", "TYPE_UNKNOWN", id="an unknown type"),
    pytest.param("credit.posted", "type", "withdrawal.authorise", "TYPE_UNKNOWN", id="a call among events"),
    pytest.param("credit.posted", "type", 7, "TYPE_UNKNOWN", id="a type that is a number"),
    pytest.param("credit.posted", "income", "lottery", "CHOICE_UNKNOWN", id="an unknown income"),
    pytest.param("credit.posted", "event_id", "", "TEXT_INVALID", id="an empty event id"),
    pytest.param("credit.posted", "event_id", "E" * 65, "TEXT_INVALID", id="an event id of 65 letters"),
    pytest.param("credit.posted", "account", "12", "TEXT_INVALID", id="an account too short"),
    pytest.param("credit.posted", "payer", "a\nb", "TEXT_INVALID", id="a payer on two lines"),
    pytest.param("credit.posted", "payer", "名" * 201, "TEXT_INVALID", id="a payer of 201 letters"),
    pytest.param("credit.posted", "sequence", "7", "FIELD_INVALID", id="a sequence as text"),
    pytest.param("credit.posted", "sequence", 1.0, "FIELD_INVALID", id="a sequence with decimals"),
    pytest.param("credit.posted", "sequence", True, "FIELD_INVALID", id="a sequence that is true"),
    pytest.param("credit.posted", "sequence", 2**63, "FIELD_INVALID", id="a sequence beyond 63 bits"),
    pytest.param("debit.posted", "kind", "theft", "CHOICE_UNKNOWN", id="an unknown kind of debit"),
    pytest.param("withdrawal.stand_in", "channel", "drone", "CHOICE_UNKNOWN", id="an unknown channel"),
    pytest.param("withdrawal.status", "status", "maybe", "CHOICE_UNKNOWN", id="an unknown status"),
    pytest.param("freeze.receipt", "result", "perhaps", "CHOICE_UNKNOWN", id="an unknown result"),
    pytest.param("freeze.receipt", "balance", "8000.001", "AMOUNT_INVALID", id="a balance with three decimals"),
    pytest.param("freeze.receipt", "balance", 8000, "AMOUNT_INVALID", id="a balance as number"),
    pytest.param("freeze.receipt", "as_of", "2026-03-09T15:00:00", "INSTANT_INVALID", id="an as_of without zone"),
    pytest.param("freeze.receipt", "order", "frz_1", "TEXT_INVALID", id="an order that is no id"),
    pytest.param("transfer.settled", "transfer", ORDER, "TEXT_INVALID", id="an order for a transfer"),
])
def test_a_field_of_another_form_is_refused(standing, kind, field, value, code):
    assert_event_refused(reported(standing, kind, **{field: value}), 422, code, f"/{field}")


def test_a_wrong_amount_within_prior_holds_is_named(standing):
    holds = [{"holder": "示例区人民法院", "amount": "1.00"}, {"holder": "示例区人民法院", "amount": "1.001"}]
    result = reported(standing, "freeze.receipt", prior_holds=holds)
    assert_event_refused(result, 422, "AMOUNT_INVALID", "/prior_holds/1/amount")


@pytest.mark.parametrize("field", ["amount", "currency"])
def test_an_amount_and_its_currency_go_together(standing, field):
    result = reported(standing, "withdrawal.status", **{field: ...})
    assert_event_refused(result, 422, "FIELD_MISSING", f"/{field}")


@pytest.mark.parametrize("event", [None, 7, "credit.posted", [], {}])
def test_an_entry_that_is_no_event_is_refused(standing, event):
    (result,) = standing.frozen.bank.reports(event)
    assert (result.event_id, result.outcome) == (None, "refused")


# --- ids that are unknown, or another bank's -----------------------------------------------------


@pytest.mark.parametrize("kind", ["transfer.settled", "transfer.failed", "transfer.returned"])
def test_a_transfer_that_was_never_instructed_is_refused(standing, kind):
    assert_event_refused(reported(standing, kind), 404, "NOT_FOUND", "/transfer")


@pytest.mark.parametrize("order", [
    pytest.param(lambda standing: ORDER, id="nobody's order"),
    pytest.param(lambda standing: standing.foreign.order, id="an order on an account of another bank"),
])
def test_a_receipt_for_an_unknown_order_is_refused(standing, order):
    result = reported(standing, "freeze.receipt", order=order(standing))
    assert_event_refused(result, 404, "NOT_FOUND", "/order")


def test_a_receipt_for_an_order_that_is_not_waiting_is_refused(standing):
    bank, frozen = standing.frozen.bank, standing.frozen
    (result,) = bank.reports(bank.receipt(frozen.account, "0.00", order=frozen.order))
    assert_event_refused(result, 409, "ORDER_STATE", "/order")


@pytest.mark.parametrize("kind", ["withdrawal.reversed", "withdrawal.status"])
def test_news_of_a_withdrawal_of_another_bank_is_refused(standing, kind):
    assert_event_refused(reported(standing, kind, reference=standing.foreign_held), 404, "NOT_FOUND", "/reference")
