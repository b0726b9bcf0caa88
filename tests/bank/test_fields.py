"""Fields that are missing, unknown or wrong: refused by name, and nothing changes."""

import pytest

from tests.bank.refusals import CALLS, assert_refused, changed, good, sent

pytestmark = pytest.mark.usefixtures("nothing_changes")

REQUIRED = {
    "authorise": ("type", "bank", "audience", "reference", "account", "amount", "currency", "channel", "identified_by",
                  "decide_by", "happened_at"),
    "capture": ("type", "bank", "audience", "reference", "happened_at"),
    "void": ("type", "bank", "audience", "reference", "happened_at"),
    "events": ("type", "bank", "audience", "events"),
}
WITH_AMOUNT = ("authorise", "capture")
DATED = ("authorise", "capture", "void")

AMOUNTS = [
    pytest.param(100, id="a number"),
    pytest.param(100.5, id="a number with decimals"),
    pytest.param("10.001", id="three decimals"),
    pytest.param("-10.00", id="negative"),
    pytest.param("0", id="zero"),
    pytest.param("0.00", id="zero with decimals"),
    pytest.param("1" + "0" * 30, id="10^30"),
    pytest.param("1e3", id="an exponent"),
    pytest.param("１０.００", id="full-width digits"),
    pytest.param("10.00\n", id="a trailing newline"),
    pytest.param(" 10.00", id="a leading space"),
    pytest.param("+10.00", id="a plus sign"),
    pytest.param("10.", id="nothing after the point"),
    pytest.param(".50", id="nothing before the point"),
    pytest.param("010.00", id="a leading zero"),
    pytest.param("1,000.00", id="a thousands comma"),
    pytest.param("10,00", id="a decimal comma"),
    pytest.param("0x10", id="hexadecimal"),
    pytest.param("NaN", id="NaN as text"),
    pytest.param("", id="empty"),
    pytest.param(None, id="null"),
    pytest.param(True, id="true"),
    pytest.param(["10.00"], id="a list"),
    pytest.param({"value": "10.00"}, id="an object"),
]

CURRENCIES = [
    pytest.param("CNYX", "CURRENCY_UNKNOWN", id="four letters"),
    pytest.param("cny", "CURRENCY_UNKNOWN", id="small letters"),
    pytest.param("CN", "CURRENCY_UNKNOWN", id="two letters"),
    pytest.param("ＣＮＹ", "CURRENCY_UNKNOWN", id="full-width letters"),
    pytest.param(156, "CURRENCY_UNKNOWN", id="a number"),
    pytest.param("USD", "CURRENCY_MISMATCH", id="not the account's"),
]

INSTANTS = [
    pytest.param("2026-03-10T09:00:00", id="without zone"),
    pytest.param("2026-03-10", id="a date"),
    pytest.param("2026-03-10 09:00:00+08:00", id="a space"),
    pytest.param("2026-02-30T09:00:00+08:00", id="the 30th of February"),
    pytest.param("2026-03-10T24:00:00+08:00", id="24 o'clock"),
    pytest.param("2026-03-10T23:59:60+08:00", id="a leap second"),
    pytest.param("2026-03-10T09:00:00+0800", id="an offset without colon"),
    pytest.param("2026-03-10T09:00:00+08:00\n", id="a trailing newline"),
    pytest.param("yesterday", id="a word"),
    pytest.param(1773108420, id="seconds since 1970"),
    pytest.param(None, id="null"),
]


@pytest.mark.parametrize(("call", "field"), [(call, field) for call, fields in REQUIRED.items() for field in fields])
def test_a_missing_field_is_named(standing, call, field):
    answer = sent(call, standing, changed(good(call, standing), **{field: ...}))
    assert_refused(answer, 422, "FIELD_MISSING", f"/{field}")


@pytest.mark.parametrize("call", CALLS)
def test_an_unknown_field_is_named(standing, call):
    assert_refused(sent(call, standing, changed(good(call, standing), colour="red")), 422, "FIELD_UNKNOWN", "/colour")


@pytest.mark.parametrize("call", CALLS)
def test_an_unknown_field_that_could_be_personal_data_is_not_repeated(standing, call):
    answer = sent(call, standing, changed(good(call, standing), **{"6222020000001234567": 1}))
    assert_refused(answer, 422, "FIELD_UNKNOWN")
    assert b"6222020000001234567" not in answer.body


@pytest.mark.parametrize("call", WITH_AMOUNT)
@pytest.mark.parametrize("amount", AMOUNTS)
def test_a_wrong_amount_is_refused(standing, call, amount):
    answer = sent(call, standing, changed(good(call, standing), amount=amount))
    assert_refused(answer, 422, "AMOUNT_INVALID", "/amount")


@pytest.mark.parametrize("call", WITH_AMOUNT)
@pytest.mark.parametrize(("currency", "code"), CURRENCIES)
def test_a_wrong_currency_is_refused(standing, call, currency, code):
    answer = sent(call, standing, changed(good(call, standing), currency=currency))
    assert_refused(answer, 422, code, "/currency")


def test_three_letters_that_are_no_currency_are_refused(standing):
    answer = sent("authorise", standing, changed(good("authorise", standing), currency="XXQ"))
    assert_refused(answer, 422, "CURRENCY_UNKNOWN", "/currency")


@pytest.mark.parametrize("call", DATED)
@pytest.mark.parametrize("instant", INSTANTS)
def test_a_wrong_time_is_refused(standing, call, instant):
    answer = sent(call, standing, changed(good(call, standing), happened_at=instant))
    assert_refused(answer, 422, "INSTANT_INVALID", "/happened_at")


@pytest.mark.parametrize("instant", INSTANTS)
def test_a_wrong_deadline_is_refused(standing, instant):
    answer = sent("authorise", standing, changed(good("authorise", standing), decide_by=instant))
    assert_refused(answer, 422, "INSTANT_INVALID", "/decide_by")


@pytest.mark.parametrize("call", DATED)
@pytest.mark.parametrize("days", [1, 365_000])
def test_a_time_far_in_the_future_is_refused(standing, call, days):
    at = standing.world.clock.now(days=days)
    answer = sent(call, standing, changed(good(call, standing), happened_at=at))
    assert_refused(answer, 422, "INSTANT_IN_FUTURE", "/happened_at")


@pytest.mark.parametrize(("call", "field"), [
    ("capture", "amount"), ("capture", "currency"),
])
def test_an_amount_and_its_currency_go_together(standing, call, field):
    answer = sent(call, standing, changed(good(call, standing), **{field: ...}))
    assert_refused(answer, 422, "FIELD_MISSING", f"/{field}")


@pytest.mark.parametrize(("field", "value", "code"), [
    pytest.param("channel", "drone", "CHOICE_UNKNOWN", id="an unknown channel"),
    pytest.param("channel", "Counter", "CHOICE_UNKNOWN", id="a channel in other letters"),
    pytest.param("channel", None, "CHOICE_UNKNOWN", id="no channel"),
    pytest.param("identified_by", "handshake", "CHOICE_UNKNOWN", id="an unknown proof"),
    pytest.param("reference", "", "TEXT_INVALID", id="an empty reference"),
    pytest.param("reference", "a b", "TEXT_INVALID", id="a reference with a space"),
    pytest.param("reference", "T" * 65, "TEXT_INVALID", id="a reference of 65 letters"),
    pytest.param("reference", 17, "TEXT_INVALID", id="a reference as number"),
    pytest.param("account", "12345", "TEXT_INVALID", id="an account too short"),
    pytest.param("account", "6222 0200 0000 1234", "TEXT_INVALID", id="an account with spaces"),
    pytest.param("account", "６２２２０２００", "TEXT_INVALID", id="an account in full-width digits"),
    pytest.param("account", "' OR 1=1 --", "TEXT_INVALID", id="an account that is SQL"),
    pytest.param("account", 6222020000001234567, "TEXT_INVALID", id="an account as number"),
])
def test_a_field_of_another_form_is_refused(standing, field, value, code):
    answer = sent("authorise", standing, changed(good("authorise", standing), **{field: value}))
    assert_refused(answer, 422, code, f"/{field}")


def test_all_wrong_fields_are_named_at_once(standing):
    message = changed(good("authorise", standing), amount="-1", currency="cny", channel="drone", colour="red")
    answer = sent("authorise", standing, message)
    assert {error["pointer"] for error in answer.document["errors"]} == {"/amount", "/currency", "/channel", "/colour"}
