"""Messages: every example of the published page is read and written back; everything else is refused by field."""

import json
from dataclasses import FrozenInstanceError
from datetime import UTC, datetime

import pytest

from bank_adapters import contract, strict_json
from bank_adapters.contract import (
    ANSWERS,
    CALLS,
    EVENTS,
    EVENTS_COUNT_MAX,
    NOTICES,
    EventInvalid,
    Events,
    MessageInvalid,
    Problem,
    parse,
    parse_problem,
    to_document,
)
from bank_adapters.contract.kinds import Moment
from tests.support.examples import DOCUMENTS, example

MESSAGES = (*CALLS, Events, *EVENTS, *ANSWERS, *NOTICES)


def read(document: object) -> object:
    is_problem = isinstance(document, dict) and str(document.get("type")).startswith("urn:")
    return parse_problem(document) if is_problem else parse(document, *MESSAGES)


def same_instants(value: object) -> object:
    """The document with each time as we write it, so that 10:00+08:00 equals 02:00Z."""
    if isinstance(value, dict):
        return {name: same_instants(item) for name, item in value.items()}
    if isinstance(value, list):
        return [same_instants(item) for item in value]
    try:
        return Moment().write(Moment().read(value))
    except MessageInvalid:
        return value


# --- the published examples


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda document: document["type"])
def test_example_is_read_and_written_back(document):
    written = to_document(read(document))
    assert written == same_instants(document)


def test_every_message_has_an_example():
    batched = [event for document in DOCUMENTS for event in document.get("events", [])]
    shown = {type(read(document)) for document in [*DOCUMENTS, *batched]}
    assert shown == {*MESSAGES, Problem}


def test_written_bytes_are_compact_utf8_in_a_fixed_order():
    value = read(example("withdrawal.void", why="客户取消"))
    body = contract.dumps(to_document(value))
    assert body == (
        '{"type":"withdrawal.void","bank":"demo-bank","audience":"livefreeze","reference":"T-20260310-000018",'
        '"happened_at":"2026-03-10T02:07:00.000000Z","why":"客户取消"}'
    ).encode()
    assert read(strict_json.loads(body)) == value


def test_values_are_frozen():
    value = read(example("withdrawal.void"))
    with pytest.raises(FrozenInstanceError):
        value.reference = "another"


def test_personal_data_stays_out_of_repr():
    shown = repr(read(example("freeze.placed"))) + repr(read(example("credit.posted")))
    assert "6222020000001234567" not in shown
    assert "张三" not in shown and "330281199001010000" not in shown and "示例纺织有限公司" not in shown


# --- what is refused, and with which words


ASK, CREDIT, RECEIPT = "withdrawal.authorise", "credit.posted", "freeze.receipt"
ASKED, ANSWERED = "inquiry.requested", "inquiry.answered"
HOLD = {"holder": "A", "amount": "1.00"}


def wrong(type_: str, pointer: str, code: str, why: str, **changes: object):
    """A case: this example with these changes is refused for this field."""
    return pytest.param(example(type_, **changes), pointer, code, id=f"{type_}: {why}")


@pytest.mark.parametrize(
    ("document", "pointer", "code"),
    [
        pytest.param([], "", "FIELD_INVALID", id="a list"),
        pytest.param("text", "", "FIELD_INVALID", id="a text"),
        pytest.param({}, "/type", "FIELD_MISSING", id="no type"),
        wrong(ASK, "/type", "TYPE_UNKNOWN", "unknown type", type="withdrawal.unknown"),
        wrong(ASK, "/type", "TYPE_UNKNOWN", "type is a list", type=["x"]),
        wrong(ASK, "/amount", "FIELD_MISSING", "amount missing", amount=...),
        wrong(ASK, "/branch", "FIELD_UNKNOWN", "unknown field", branch="x"),
        wrong(ASK, "/audience", "CHOICE_UNKNOWN", "for somebody else", audience="demo-bank"),
        wrong(ASK, "/bank", "TEXT_INVALID", "bank in capitals", bank="Demo"),
        wrong(ASK, "/reference", "TEXT_INVALID", "space in the reference", reference="a b"),
        wrong(ASK, "/reference", "TEXT_INVALID", "long reference", reference="r" * 65),
        wrong(ASK, "/account", "TEXT_INVALID", "short account", account="12345"),
        wrong(ASK, "/account", "TEXT_INVALID", "account as number", account=6222020000001234567),
        wrong(ASK, "/account", "TEXT_INVALID", "full-width account", account="６２２２０２０２０２"),
        wrong(ASK, "/currency", "CURRENCY_UNKNOWN", "small currency", currency="cny"),
        wrong(ASK, "/channel", "CHOICE_UNKNOWN", "unknown channel", channel="telex"),
        wrong(ASK, "/channel", "CHOICE_UNKNOWN", "null channel", channel=None),
        wrong(ASK, "/decide_by", "INSTANT_INVALID", "no zone", decide_by="2026-03-10T10:05:10"),
        wrong(ASK, "/decide_by", "INSTANT_INVALID", "30 February", decide_by="2026-02-30T10:05:10Z"),
        wrong(ASK, "/decide_by", "INSTANT_INVALID", "date only", decide_by="2026-03-10"),
        wrong(ASK, "/decide_by", "INSTANT_INVALID", "space for T", decide_by="2026-03-10 10:05:10Z"),
        wrong(ASK, "/decide_by", "INSTANT_INVALID", "leap second", decide_by="2026-03-10T10:05:60Z"),
        wrong(ASK, "/decide_by", "INSTANT_INVALID", "line end", decide_by="2026-03-10T10:05:10Z\n"),
        wrong(ASK, "/decide_by", "INSTANT_INVALID", "year 0", decide_by="0001-01-01T00:00:00+01:00"),
        wrong(ASK, "/decide_by", "INSTANT_INVALID", "time as number", decide_by=1773108420),
        wrong(CREDIT, "/sequence", "FIELD_INVALID", "number as text", sequence="7"),
        wrong(CREDIT, "/sequence", "FIELD_INVALID", "true as number", sequence=True),
        wrong(CREDIT, "/sequence", "FIELD_INVALID", "number below zero", sequence=-1),
        wrong(CREDIT, "/sequence", "FIELD_INVALID", "number with a point", sequence=7.0),
        wrong(CREDIT, "/sequence", "FIELD_INVALID", "number too large", sequence=2**53),
        wrong(CREDIT, "/payer", "TEXT_INVALID", "null where it may be left out", payer=None),
        wrong(CREDIT, "/payer", "TEXT_INVALID", "empty text", payer=""),
        wrong(CREDIT, "/payer", "TEXT_INVALID", "blank text", payer=" 　"),
        wrong(CREDIT, "/payer", "TEXT_INVALID", "line end in a text", payer="a\nb"),
        wrong(CREDIT, "/payer", "TEXT_INVALID", "text that turns round", payer="abc\u202ecba"),
        wrong(CREDIT, "/payer", "TEXT_INVALID", "long text", payer="x" * 201),
        wrong(RECEIPT, "/balance", "FIELD_MISSING", "accepted without balance", balance=...),
        wrong(RECEIPT, "/as_of", "FIELD_MISSING", "partial without as_of", result="partial", as_of=...),
        wrong(RECEIPT, "/order", "TEXT_INVALID", "id too short", order="frz_1"),
        wrong(RECEIPT, "/order", "TEXT_INVALID", "id of something else", order="swp_" + "0" * 26),
        wrong(RECEIPT, "/prior_holds", "FIELD_INVALID", "object for a list", prior_holds={}),
        wrong(RECEIPT, "/prior_holds/0/amount", "AMOUNT_INVALID", "deep inside", prior_holds=[HOLD | {"amount": "0"}]),
        wrong(RECEIPT, "/prior_holds", "LIST_TOO_LONG", "too many prior holds", prior_holds=[HOLD] * 101),
        wrong("withdrawal.capture", "/currency", "FIELD_MISSING", "no currency", amount="1.00"),
        wrong("withdrawal.capture", "/amount", "FIELD_MISSING", "no amount", currency="CNY"),
        wrong("withdrawal.status", "/amount", "FIELD_MISSING", "status, no amount", currency="CNY"),
        wrong("freeze.placed", "/audience", "FIELD_INVALID", "another bank's order", audience="b2"),
        wrong("transfer.instructed", "/transfers", "FIELD_INVALID", "no transfer", transfers=[]),
        wrong("events", "/events", "FIELD_INVALID", "no event", events=[]),
        wrong("events", "/events", "LIST_TOO_LONG", "5,001 events", events=[0] * (EVENTS_COUNT_MAX + 1)),
        wrong("withdrawal.decided", "/expires_at", "FIELD_MISSING", "null left out", expires_at=...),
        wrong(ASKED, "/period_from", "DAY_INVALID", "30 February", period_from="2026-02-30"),
        wrong(ASKED, "/period_from", "DAY_INVALID", "a time for a day", period_from="2026-02-20T00:00:00Z"),
        wrong(ASKED, "/period_from", "DAY_INVALID", "short day", period_from="2026-2-3"),
        wrong(ASKED, "/asks", "FIELD_INVALID", "nothing asked", asks=[]),
        wrong(ANSWERED, "/part", "FIELD_INVALID", "part 0", part=0),
        wrong(ANSWERED, "/parts", "FIELD_INVALID", "part 3 of 2", part=3, parts=2),
        wrong(ANSWERED, "/as_of", "FIELD_MISSING", "balances of no moment", as_of=...),
        wrong(ANSWERED, "/accounts", "FIELD_INVALID", "nobody with accounts", outcome="no_such_person", histories=...),
        wrong(ANSWERED, "/corrects", "FIELD_INVALID", "corrects itself", corrects="E-000120"),
        wrong(ANSWERED, "/parts", "FIELD_INVALID", "nobody in parts", outcome="no_such_person", accounts=...,
              histories=..., parts=2),
        wrong(ANSWERED, "/why", "FIELD_MISSING", "a refusal without reason", outcome="refused", accounts=...,
              histories=...),
        wrong(ANSWERED, "/histories/0/transactions", "LIST_TOO_LONG", "5,001 transactions", histories=[
            {"account": "6222020000001234567", "currency": "CNY", "transactions": [0] * 5_001}]),
        wrong(ANSWERED, "/inquiry", "TEXT_INVALID", "id of an order", inquiry="frz_" + "0" * 26),
    ],
)
def test_refuses(document, pointer, code):
    with pytest.raises(MessageInvalid) as refused:
        read(document)
    assert [(error.pointer, error.code) for error in refused.value.errors] == [(pointer, code)]
    assert all(error.reason and error.reason_zh for error in refused.value.errors)


AMOUNTS_REFUSED = [
    1000, 10.5, None, True, "", " 1.00", "1.00 ", "1.00\n", "+1.00", "-1.00", "1e3", "1E3", ".5", "1.", "01.00",
    "1,000.00", "1.00.00", "0", "0.00", "0x10", "１００", "١٠", "NaN", "1" + "0" * 30, "1.12345", ["1.00"],
]


@pytest.mark.parametrize("amount", AMOUNTS_REFUSED, ids=repr)
def test_refuses_amount(amount):
    with pytest.raises(MessageInvalid) as refused:
        read(example(ASK, amount=amount))
    assert [(error.pointer, error.code) for error in refused.value.errors] == [("/amount", "AMOUNT_INVALID")]


@pytest.mark.parametrize("amount", ["0.01", "1", "1.5", "1000.00", "10.125", "999999999999999.99"])
def test_accepts_amount(amount):
    assert read(example(ASK, amount=amount)).amount == amount


@pytest.mark.parametrize("balance", ["0", "0.00", "-0.01", "-1000.00", "8000.00"])
def test_accepts_balance(balance):
    assert read(example(RECEIPT, balance=balance)).balance == balance


@pytest.mark.parametrize(
    ("text", "microsecond"),
    [
        pytest.param("2026-03-10T10:05:10+08:00", 0, id="zone"),
        pytest.param("2026-03-10T02:05:10Z", 0, id="Z"),
        pytest.param("2026-03-10T02:05:10.5-00:00", 500_000, id="fraction"),
        pytest.param("2026-03-10T02:05:10.123456789Z", 123_456, id="nanoseconds"),
    ],
)
def test_accepts_instant(text, microsecond):
    assert read(example(ASK, decide_by=text)).decide_by == datetime(2026, 3, 10, 2, 5, 10, microsecond, tzinfo=UTC)


def test_a_refused_freeze_needs_no_balance():
    left_out = {"balance": ..., "currency": ..., "as_of": ..., "sequence": ..., "prior_holds": ...}
    assert read(example(RECEIPT, result="refused", **left_out)).balance is None


def test_all_errors_are_told_at_once():
    with pytest.raises(MessageInvalid) as refused:
        read(example(ASK, amount=..., channel="telex", branch="x"))
    assert [error.pointer for error in refused.value.errors] == ["/amount", "/channel", "/branch"]


def test_a_million_unknown_fields_get_a_short_answer():
    with pytest.raises(MessageInvalid) as refused:
        read(example(ASK, **{f"{number:06}": 1 for number in range(100_000)}))
    assert len(refused.value.errors) == 20


def test_what_was_sent_is_never_repeated():
    with pytest.raises(MessageInvalid) as refused:
        read(example(CREDIT, account="6222 0200 0000 1234", payer="张三\n", **{"6222020000001234567": "x", "李四": 1}))
    said = json.dumps([error.pointer + error.reason + error.reason_zh for error in refused.value.errors])
    assert "6222" not in said and "张三" not in said and "李四" not in said


# --- batches


def test_one_bad_event_never_loses_the_others():
    good = example(CREDIT)
    batch = [good, example(CREDIT, event_id="E-2", amount=1), 5, example(CREDIT, event_id="no id", amount=1), good]
    events = parse(example("events", events=batch), Events).events
    assert [type(event).__name__ for event in events] == [
        "CreditPosted", "EventInvalid", "EventInvalid", "EventInvalid", "CreditPosted"
    ]
    assert [event.event_id for event in events if isinstance(event, EventInvalid)] == ["E-2", None, None]
    assert [error.pointer for error in events[1].errors] == ["/amount"]


def test_a_bad_envelope_is_refused_whole():
    with pytest.raises(MessageInvalid):
        parse(example("events", bank="X"), Events)


def test_only_the_classes_asked_for_are_read():
    with pytest.raises(MessageInvalid) as refused:
        parse(example(ASK), *NOTICES)
    assert refused.value.errors[0].code == "TYPE_UNKNOWN"
