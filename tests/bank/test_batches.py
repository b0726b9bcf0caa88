"""Batches: every event stands or falls alone, in its place, and a batch sent again ends with the same bytes."""

import pytest

from bank_adapters.contract import dumps
from livefreeze.flows import events as flow
from tests.bank.refusals import assert_event_refused, assert_refused, changed
from tests.support.world import Account, unique

STRANGERS = Account("", "6222029999999999999", "CNY")


def outcomes(results):
    return [result.outcome for result in results]


@pytest.mark.parametrize("bad", [
    pytest.param({"amount": "1.001"}, id="a wrong amount"),
    pytest.param({"amount": ...}, id="a missing field"),
    pytest.param({"colour": "red"}, id="an unknown field"),
    pytest.param({"currency": "USD"}, id="another currency"),
    pytest.param({"happened_at": "2026-03-10T09:00:00"}, id="a time without zone"),
    pytest.param({"type": "credit.invented"}, id="an unknown type"),
])
@pytest.mark.parametrize("place", [0, 1, 2])
def test_one_bad_event_never_loses_the_others(world, bad, place):
    frozen = world.freezes(balance="0.00")
    events = [frozen.bank.credit(frozen.account, "10.00") for _ in range(3)]
    events[place] = changed(events[place], **bad)
    results = frozen.bank.reports(*events)
    assert [result.event_id for result in results] == [event["event_id"] for event in events]
    assert outcomes(results) == ["refused" if index == place else "applied" for index in range(3)]
    assert world.books.account(frozen.account.id).balance == 20_00


def test_an_event_of_the_wrong_state_never_loses_the_others(world):
    frozen = world.freezes(balance="0.00")
    results = frozen.bank.reports(
        frozen.bank.credit(frozen.account, "10.00"),
        frozen.bank.receipt(frozen.account, "0.00", order=frozen.order),
        frozen.bank.transfer("settled", frozen.account, "swp_01kkb5c8w0q3v7n2m4x6z8a9b1", "10.00"),
        frozen.bank.credit(frozen.account, "10.00"),
    )
    assert outcomes(results) == ["applied", "refused", "refused", "applied"]
    assert world.books.account(frozen.account.id).balance == 20_00


def test_results_come_in_the_order_of_the_events_whatever_their_accounts(world):
    first = world.freezes(balance="0.00")
    second, third = (world.freezes(balance="0.00", bank=first.bank, court=first.court) for _ in range(2))
    accounts = [third.account, first.account, STRANGERS, second.account, first.account]
    events = [first.bank.credit(account, "10.00") for account in accounts]
    results = first.bank.reports(*events)
    assert [result.event_id for result in results] == [event["event_id"] for event in events]
    assert outcomes(results) == ["applied", "applied", "waiting", "applied", "applied"]


@pytest.mark.parametrize("change", [
    pytest.param({"events": []}, id="none"), pytest.param({"events": {}}, id="an object"),
    pytest.param({"events": None}, id="null"), pytest.param({"events": "E-1"}, id="a text"),
])
def test_a_batch_needs_a_list_of_events(world, change):
    bank = world.bank()
    before = world.books.whole()
    assert_refused(bank.sends("/events", changed(bank.batch(), **change)), 422, "FIELD_INVALID", "/events")
    assert world.books.whole() == before


def test_a_batch_of_5_000_is_applied_and_one_of_5_001_is_refused(world):
    frozen = world.freezes(balance="0.00")
    events = [frozen.bank.credit(frozen.account, "0.01") for _ in range(5_001)]
    assert_refused(frozen.bank.sends("/events", frozen.bank.batch(*events)), 422, "BATCH_TOO_LONG", "/events")
    assert world.books.account(frozen.account.id).balance == 0
    assert set(outcomes(frozen.bank.reports(*events[:5_000]))) == {"applied"}
    assert world.books.account(frozen.account.id).balance == 50_00


def test_a_batch_over_many_pools_is_applied_in_chunks(world, monkeypatch):
    monkeypatch.setattr(flow, "CHUNK_EVENTS_MAX", 2)
    first = world.freezes(balance="0.00")
    others = [world.freezes(balance="0.00", bank=first.bank, court=first.court) for _ in range(4)]
    results = first.bank.reports(*(first.bank.credit(frozen.account, "10.00") for frozen in (first, *others)))
    assert outcomes(results) == ["applied"] * 5
    assert {world.books.account(frozen.account.id).balance for frozen in (first, *others)} == {10_00}


def test_a_batch_that_broke_off_between_two_chunks_is_resumed_by_its_redelivery(world, monkeypatch):
    """The process dies after the first chunk's commit: nothing of it is lost, nothing is applied twice."""
    monkeypatch.setattr(flow, "CHUNK_EVENTS_MAX", 1)
    first = world.freezes(balance="0.00")
    second = world.freezes(balance="0.00", bank=first.bank, court=first.court)
    body = dumps(first.bank.batch(*(first.bank.credit(frozen.account, "10.00") for frozen in (first, second))))
    message_id, apply, chunks = unique("msg"), flow._apply, []

    def dies_at_the_second(*chunk):
        if chunks:
            raise KeyboardInterrupt
        chunks.append(chunk)
        return apply(*chunk)

    monkeypatch.setattr(flow, "_apply", dies_at_the_second)
    with pytest.raises(KeyboardInterrupt):
        first.bank.sends("/events", body, message_id=message_id)
    assert sorted(world.books.account(frozen.account.id).balance for frozen in (first, second)) == [0, 10_00]

    monkeypatch.setattr(flow, "_apply", apply)
    answer = first.bank.sends("/events", body, message_id=message_id)
    assert outcomes(answer.message.results) == ["applied", "applied"]
    assert {world.books.account(frozen.account.id).balance for frozen in (first, second)} == {10_00}
    assert first.bank.sends("/events", body, message_id=message_id).body == answer.body


def test_a_batch_sent_again_ends_with_the_same_bytes_although_its_waiting_events_were_applied_since(world):
    frozen = world.serves()
    body = dumps(frozen.bank.batch(frozen.bank.credit(frozen.account, "10.00"),
                                   frozen.bank.credit(frozen.account, "0.001")))
    message_id = unique("msg")
    first = frozen.bank.sends("/events", body, message_id=message_id)
    assert outcomes(first.message.results) == ["waiting", "refused"]
    frozen.bank.accepts(frozen.account)
    assert frozen.bank.sends("/events", body, message_id=message_id).body == first.body


def test_a_refused_event_is_told_as_a_call_would_be(world):
    frozen = world.freezes()
    (result,) = frozen.bank.reports(frozen.bank.credit(frozen.account, 100))
    assert_event_refused(result, 422, "AMOUNT_INVALID", "/amount")
