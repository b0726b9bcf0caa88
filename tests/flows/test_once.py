"""A message acts once: whatever stands in its way when it comes again, it gets its first answer."""

from bank_adapters.contract import dumps
from tests.support.world import unique


def test_an_id_used_for_another_body_is_refused(world):
    frozen = world.freezes()
    message_id = unique("msg")
    frozen.bank.sends("/withdrawals", frozen.bank.asks_for(frozen.account, "100.00"), message_id=message_id)
    again = frozen.bank.sends("/withdrawals", frozen.bank.asks_for(frozen.account, "200.00"), message_id=message_id)
    assert (again.status, again.document["code"]) == (409, "MESSAGE_REUSED")
    assert world.books.account(frozen.account.id).held == 100_00
    assert world.books.alerts() == ["MESSAGE_REUSED"]


def test_an_id_used_for_another_batch_is_refused(world):
    frozen = world.freezes(balance="0.00")
    bank, account, message_id = frozen.bank, frozen.account, unique("msg")
    bank.sends("/events", bank.batch(bank.credit(account, "1.00")), message_id=message_id)
    again = bank.sends("/events", bank.batch(bank.credit(account, "2.00")), message_id=message_id)
    assert (again.status, again.document["code"]) == (409, "MESSAGE_REUSED")
    assert world.books.account(account.id).balance == 1_00


def test_an_event_id_used_for_another_event_is_refused(world):
    frozen = world.freezes(balance="0.00")
    bank, account = frozen.bank, frozen.account
    event = bank.credit(account, "1.00")
    results = bank.reports(event, event, {**event, "amount": "2.00"})
    assert [result.outcome for result in results] == ["applied", "applied", "refused"]
    assert results[2].problem.code == "MESSAGE_REUSED"
    assert world.books.account(account.id).balance == 1_00


def test_a_lost_answer_is_given_again_after_its_deadline(world):
    frozen = world.freezes()
    body, message_id = dumps(frozen.bank.asks_for(frozen.account, "100.00")), unique("msg")
    first = frozen.bank.sends("/withdrawals", body, message_id=message_id)
    world.clock.passes(minutes=1)
    again = frozen.bank.sends("/withdrawals", body, message_id=message_id)
    assert (again.status, again.body) == (200, first.body)
