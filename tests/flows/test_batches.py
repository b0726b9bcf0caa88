"""A batch of events: stored whole, applied in chunks, answered once."""

from bank_adapters.contract import dumps
from livefreeze.flows import events
from tests.flows.test_timetable import spoil_rule
from tests.support.world import unique


def test_one_pools_trouble_holds_up_no_other(world):
    bank, court = world.bank(), world.court()
    spoiled, sound = world.freezes(bank=bank, balance="0.00"), world.freezes(bank=bank, court=court, balance="0.00")
    spoil_rule(spoiled.order)
    world.clock.reaches("2026-04-10T09:00:00+08:00")  # a new period, for which the rule is read
    body = dumps(bank.batch(bank.credit(spoiled.account, "1.00"), bank.credit(sound.account, "2.00")))
    assert bank.throws("/events", body, bank.signed(body, message_id=unique("msg"))).status == 500
    assert world.books.account(sound.account.id).balance == 2_00


def test_a_batch_of_several_chunks_keeps_the_order_of_each_account(world, monkeypatch):
    monkeypatch.setattr(events, "CHUNK_EVENTS_MAX", 2)
    frozen = world.serves()
    bank, account = frozen.bank, frozen.account
    told = [bank.credit(account, "5.00"), bank.receipt(account, "100.00"), bank.credit(account, "7.00"),
            bank.debit(account, "3.00", "bank_charge"), bank.credit(account, "11.00")]
    results = bank.reports(*told)
    assert [result.outcome for result in results] == ["waiting", *["applied"] * 4]
    assert world.books.account(account.id).balance == 115_00  # the first was in the opening balance


def test_an_event_id_used_twice_is_shown(world):
    frozen = world.freezes(balance="0.00")
    bank, event_id = frozen.bank, unique("E")
    bank.pays_salary(frozen.account, "1.00", event_id=event_id)
    assert bank.pays_salary(frozen.account, "2.00", event_id=event_id).outcome == "refused"
    assert [(row.kind, row.bank_id) for row in world.books.rows("alert")] == [("EVENT_ID_REUSED", bank.id)]
