"""Events before the receipt wait for it, and none waits for ever."""

from livefreeze.flows import waiting


def test_an_event_whose_account_became_known_in_that_moment_is_let_in_later(world, monkeypatch):
    frozen = world.serves()
    bank, account = frozen.bank, frozen.account
    assert bank.pays_salary(account, "5.00", happened_at=bank.clock.now(minutes=1)).outcome == "waiting"
    with monkeypatch.context() as patch:  # the receipt did not see it: its transaction was not finished
        patch.setattr(waiting, "let_in", lambda *_, **__: None)
        bank.accepts(account, "100.00")
    assert world.books.account(account.id).balance == 100_00
    world.ticks()
    world.ticks()
    assert world.books.account(account.id).balance == 105_00


def test_a_waiting_event_that_turns_out_wrong_is_shown(world):
    frozen = world.serves()
    bank, account = frozen.bank, frozen.account
    assert bank.reports(bank.reversal(account, "T-never-asked", "5.00"))[0].outcome == "waiting"
    bank.accepts(account, "100.00")
    assert world.books.alerts() == ["WAITING_EVENT_REFUSED"]
