"""Delivery: in the order of each lane, at least once, and one bank's trouble is its own."""

from bank_adapters.contract import FreezeAmended, FreezePlaced
from livefreeze.base import clock
from livefreeze.flows import banks, delivery, transaction
from livefreeze.store import outbox


def orders_on(court, bank, count):
    """So many orders on accounts of one bank: each a lane of its own."""
    for _ in range(count):
        debtor = court.names()
        account = court.finds_account(debtor, bank)
        court.serves(court.opens_case(debtor), debtor, [account])


def test_a_bank_that_takes_nothing_is_asked_a_few_times_and_keeps_nobody_waiting(world):
    court, deaf, sound = world.court(), world.bank(), world.bank()
    deaf.mailbox.status = 503
    orders_on(court, deaf, 2 * delivery.SENDERS_A_BANK)
    orders_on(court, sound, 1)
    world.delivers()
    assert len(sound.mailbox.letters) == 1
    assert 1 <= len(deaf.mailbox.letters) <= delivery.SENDERS_A_BANK
    tried = [row.attempts for row in world.books.rows("outbound_message") if row.bank_id == deaf.id]
    assert sum(tried) == len(deaf.mailbox.letters)


def test_a_slow_bank_with_much_to_take_over_does_not_keep_a_run_from_its_end(world, monkeypatch):
    monkeypatch.setattr(delivery, "SLOW_S", 0.1)
    court, slow = world.court(), world.bank()
    slow.mailbox.delay_s = 0.2
    orders_on(court, slow, delivery.SENDERS_A_BANK + 2)
    world.delivers()
    assert 1 <= len(slow.mailbox.letters) <= delivery.SENDERS_A_BANK
    slow.mailbox.delay_s = 0
    world.delivers()
    assert len(slow.mailbox.letters) == len({letter.headers["webhook-id"] for letter in slow.mailbox.letters}) == 6


def test_a_later_message_of_an_account_waits_for_the_earlier_one(world):
    court, bank = world.court(), world.bank()
    debtor = court.names()
    account = court.finds_account(debtor, bank)
    order = court.serves(court.opens_case(debtor), debtor, [account])
    court.amends(order, "50000.00")
    bank.mailbox.status = 503
    world.delivers()
    bank.mailbox.status = 204
    with transaction.transaction() as connection:  # as if the time to wait were over
        connection.execute(outbox.outbound_message.update().values(due_at=clock.wall()))
    world.delivers()
    assert [type(notice) for notice in bank.reads()] == [FreezePlaced, FreezePlaced, FreezeAmended]


def test_a_bank_without_a_key_of_ours_keeps_its_messages(world):
    court, keyless, sound = world.court(), world.bank(), world.bank()
    for key in banks.keys(keyless.code):
        if key.direction == "outbound":
            banks.retire_key(keyless.code, key.id, actor="operator")
    orders_on(court, keyless, 1)
    orders_on(court, sound, 1)
    world.delivers()
    assert len(sound.mailbox.letters) == 1
    (message,) = [row for row in world.books.rows("outbound_message") if row.bank_id == keyless.id]
    assert (message.last_error, message.delivered_at) == ("no key to sign with", None)


def test_a_worker_that_comes_too_late_changes_nothing(world, monkeypatch):
    court, bank = world.court(), world.bank()
    orders_on(court, bank, 1)
    monkeypatch.setattr(outbox, "LEASE_S", -1)  # it was busy for longer than its lease
    with transaction.transaction() as connection:
        (late,) = outbox.lease(connection, bank.id, count_max=1)
    monkeypatch.undo()
    world.delivers()
    with transaction.transaction() as connection:
        outbox.failed(connection, late, "no answer", retry_at=clock.wall(), is_dead=True)
    (message,) = world.books.rows("outbound_message")
    assert (message.delivered_at is None, message.dead_at, message.last_error) == (False, None, None)
    assert len(bank.mailbox.letters) == 1
