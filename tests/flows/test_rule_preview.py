"""What a rule would do to the court's accounts is exactly what it then does; of very many a sample is looked at."""

import pytest

from livefreeze.flows import rule_preview, transaction
from livefreeze.rules import document
from livefreeze.store.queries import rule_pools
from livefreeze.store.queries.viewer import Viewer


@pytest.fixture
def court(world):
    return world.court()


def test_the_preview_comes_true(world, court):
    court_rule = court.adopts_rule()
    rich = world.freezes(court=court, court_rule=court_rule)
    poor = world.freezes(court=court, court_rule=court_rule, balance="2550.00")
    rich.bank.withdraws(rich.account, "1000.00")
    shown = court.posts("clerk", "/rules/preview", {"court_rule": court_rule, "rule": {"allowance": "2800.00"}})
    assert (shown["accounts"], shown["of_accounts"], shown["follows_rule"]) == (2, 2, True)
    assert shown["more"] == {"count": 2, "most": "300.00", "median": "50.00"}
    assert (shown["surplus_before"], shown["surplus_after"]) == ("5550.00", "5200.00")
    assert [each["count"] for each in shown["buckets"]] == [0, 0, 0, 0, 0, 1, 1, 0, 0]
    court.changes_rule(court_rule, allowance="2800.00")
    assert [court.sees_position(each.account)["position"]["spendable"] for each in (rich, poor)] == [
        "1800.00", "2550.00"
    ]
    sweeps = [court.previews(each.case)["total"] for each in (rich, poor)]
    assert sweeps == ["5200.00", "0.00"]


def test_a_rule_that_nobody_follows_yet_is_tried_on_all_accounts(world, court):
    world.freezes(court=court)
    world.freezes()  # another court's
    shown = court.posts("clerk", "/rules/preview", {"rule": {"preset": "cn-live-freeze", "allowance": "2000.00"}})
    assert (shown["accounts"], shown["follows_rule"], shown["less"]["most"]) == (1, False, "500.00")
    assert [each["code"] for each in shown["warnings"]] == ["NOTHING_ON_FIRST_DAY"]


def test_a_preview_writes_nothing(world, court):
    world.freezes(court=court)
    before = world.books.whole()
    court.posts("clerk", "/rules/preview", {"rule": {"preset": "cn-live-freeze", "allowance": "2000.00"}})
    assert world.books.whole() == before


def test_a_period_that_is_over_is_seen_as_the_next_one(world, court):
    frozen = world.freezes(court=court)
    frozen.bank.withdraws(frozen.account, "2500.00")
    world.clock.reaches("2026-04-10T09:00:00+08:00")
    shown = court.posts("clerk", "/rules/preview", {"rule": {"preset": "cn-live-freeze", "allowance": "2600.00"}})
    assert shown["more"] == {"count": 1, "most": "100.00", "median": "100.00"}


def test_where_another_court_comes_first_its_rule_holds(world, court):
    first = world.freezes()
    debtor = court.names(first.debtor.name, first.debtor.id_number)
    account = court.finds_account(debtor, first.bank, account=first.account.number)
    court.serves(court.opens_case(debtor), debtor, [account])
    world.delivers()
    first.bank.reads()
    first.bank.accepts(account)
    assert court.posts("clerk", "/rules/preview", {"rule": {"preset": "cn-live-freeze"}})["of_accounts"] == 0


def test_of_many_a_sample_is_looked_at_and_always_the_same(world, court, monkeypatch):
    bank = world.bank()
    for _ in range(12):
        world.freezes(court=court, bank=bank)
    monkeypatch.setattr(rule_preview, "SAMPLE_MAX", 6)
    candidate = document.preset_document("cn-live-freeze", allowance="2600.00")
    previews = [rule_preview.of_rule(candidate, Viewer(court.id), court_rule_id=None) for _ in range(2)]
    assert previews[0] == previews[1]
    assert previews[0].of_count == 12
    assert previews[0].is_sample and previews[0].summary.count <= 6


def test_chunks_name_each_pool_once(world, court, monkeypatch):
    bank = world.bank()
    for _ in range(5):
        world.freezes(court=court, bank=bank)
    monkeypatch.setattr(rule_pools, "CHUNK", 2)
    with transaction.reading() as connection:
        chunks = list(rule_pools.sample(connection, Viewer(court.id), currency="CNY", court_rule_id=None, of_count=5,
                                        count_max=5_000))
    assert [len(chunk) for chunk in chunks] == [2, 2, 1]
    assert sorted({pool for chunk in chunks for pool in chunk}) == [row.id for row in world.books.rows("pool")]
