"""A bank that is silent about a withdrawal: whoever looks after the link is told, once."""

from livefreeze.flows import transaction
from livefreeze.store.queries.operator import alerts
from livefreeze.store.queries.viewer import PageAsked


def told(bank):
    with transaction.reading() as connection:
        return [(each["kind"], each["detail"]["reference"])
                for each in alerts.page(connection, PageAsked(10), bank=bank.code)["alerts"]]


def test_a_query_without_an_answer_is_told_of_once_after_a_day(world):
    frozen = world.freezes()
    reference = frozen.bank.withdraws(frozen.account, "1000.00").reference
    world.clock.passes(minutes=30)
    world.ticks()
    world.clock.passes(hours=23)
    world.ticks()
    assert told(frozen.bank) == []
    world.clock.passes(hours=1)
    world.ticks()
    world.ticks()
    assert told(frozen.bank) == [("QUERY_UNANSWERED", reference)]
    assert world.books.account(frozen.account.id).held == 1000_00


def test_an_answer_in_time_is_no_news(world):
    frozen = world.freezes()
    reference = frozen.bank.withdraws(frozen.account, "1000.00").reference
    world.clock.passes(minutes=30)
    world.ticks()
    frozen.bank.voids(reference)
    world.clock.passes(hours=48)
    world.ticks()
    assert told(frozen.bank) == []
