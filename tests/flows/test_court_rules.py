"""A court's rule gets a new version: in mid-period every order that follows is under it, and nothing taken is lost."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from livefreeze.base.money import format_amount
from livefreeze.flows import jobs, periods, rule_adoption
from tests.flows.conftest import SWEEP_DAY
from tests.support.world import BEFORE_PAYDAY, Frozen, World

APRIL = "2026-04-10T09:00:00+08:00"


def follows(world: World, court, court_rule: str, **options: object) -> Frozen:
    """A new account under an order that follows the court's rule."""
    return world.freezes(court=court, court_rule=court_rule, **options)


@pytest.fixture
def court(world):
    return world.court()


@pytest.fixture
def court_rule(court):
    return court.adopts_rule()


@pytest.fixture
def frozen(world, court, court_rule):
    return follows(world, court, court_rule)


@pytest.mark.parametrize(("allowance", "left"), [("2800.00", "1800.00"), ("2000.00", "1000.00"), ("900.00", "0.00")])
def test_a_new_version_holds_at_once_and_what_was_taken_stays_taken(court, court_rule, frozen, allowance, left):
    frozen.bank.withdraws(frozen.account, "1000.00")
    court.changes_rule(court_rule, allowance=allowance)
    assert frozen.bank.withdraws(frozen.account, "9999.00").allowance_left == left


def test_what_a_hold_promised_is_paid_under_a_lower_allowance(world, court, court_rule, frozen):
    promised = frozen.bank.withdraws(frozen.account, "2400.00")
    court.changes_rule(court_rule, allowance="100.00")
    assert frozen.bank.captures(promised.reference).captured_amount == "2400.00"
    assert world.books.pool_of(frozen.account.id).from_held == 2_400_00
    world.clock.moves_to(APRIL)
    assert frozen.bank.withdraws(frozen.account, "9999.00").allowance_left == "100.00"


def test_reserve_and_sweep_day_hold_at_once(world, court, court_rule, frozen):
    court.changes_rule(court_rule, reserve="500.00", sweep={"day": 20})
    world.clock.reaches(SWEEP_DAY)
    world.ticks()
    assert frozen.bank.instructed() == []
    world.clock.reaches("2026-03-20T09:00:00+08:00")
    world.ticks()
    assert [transfer.amount for transfer in frozen.bank.instructed()] == ["5000.00"]


def test_a_channel_that_is_closed_is_closed_at_once(court, court_rule, frozen):
    court.changes_rule(court_rule, channels=["counter"])
    assert frozen.bank.withdraws(frozen.account, "1.00", channel="card").reason == "CHANNEL_NOT_ALLOWED"
    assert frozen.bank.withdraws(frozen.account, "1.00").reason == "WITHIN_LIMITS"


def test_an_order_with_its_own_rule_keeps_it(world, court, court_rule):
    own = world.freezes(court=court)
    court.changes_rule(court_rule, allowance="9000.00")
    assert own.bank.withdraws(own.account, "9999.00").allowance_left == "2500.00"
    assert court.sees_order(own.order)["court_rule"] is None


def test_an_order_says_which_rule_it_follows_and_is_under_its_newest_version(court, court_rule, frozen):
    court.changes_rule(court_rule, allowance="2800.00")
    order = court.sees_order(frozen.order)
    assert order["court_rule"]["id"] == court_rule
    assert order["rule"]["allowance"]["amounts"][0]["amount"] == "2800.00"


def test_before_its_receipt_an_order_gets_the_new_version_too(world, court, court_rule):
    served = world.serves(court=court, court_rule=court_rule)
    court.changes_rule(court_rule, allowance="2800.00")
    served.bank.accepts(served.account, "9000.00")
    assert served.bank.withdraws(served.account, "9999.00").allowance_left == "2800.00"


def test_another_court_that_comes_first_sets_the_rule(world, court, court_rule):
    first = world.freezes()
    debtor = court.names(first.debtor.name, first.debtor.id_number)
    account = court.finds_account(debtor, first.bank, account=first.account.number)
    court.serves(court.opens_case(debtor), debtor, [account], court_rule=court_rule)
    world.delivers()
    first.bank.reads()
    first.bank.accepts(account)
    court.changes_rule(court_rule, allowance="2800.00")
    assert first.bank.withdraws(first.account, "9999.00").allowance_left == "2500.00"
    first.court.releases(first.order)
    assert first.bank.withdraws(first.account, "9999.00").allowance_left == "2800.00"


def test_an_order_is_not_served_under_a_version_that_nobody_read(court, court_rule, world):
    debtor = court.names()
    account = court.finds_account(debtor, world.bank())
    prepared = court.prepares(court.opens_case(debtor), debtor, [account], court_rule=court_rule)["proposal"]
    court.changes_rule(court_rule, allowance="2800.00")
    refused = court.tries("judge", f"/proposals/{prepared['id']}/approve", {"digest": prepared["digest"]})
    assert (refused.status_code, refused.json["code"]) == (409, "RULE_VERSION_PASSED")
    document = court.gets("clerk", f"/proposals/{prepared['id']}")["document"]
    edited = court.puts("clerk", f"/proposals/{prepared['id']}", {"document": document})
    court.posts("judge", f"/proposals/{prepared['id']}/approve", {"digest": edited["digest"]})
    served = court.gets("clerk", f"/proposals/{prepared['id']}")["document"]
    assert served["court_rule"]["version"] == 2
    assert served["rule"]["allowance"]["amounts"][0]["amount"] == "2800.00"


def test_of_two_proposals_from_one_version_the_second_must_be_read_again(court, court_rule):
    first = court.prepares_version(court_rule, allowance="2600.00")["proposal"]
    second = court.prepares_version(court_rule, allowance="2700.00")["proposal"]
    court.posts("judge", f"/proposals/{first['id']}/approve", {"digest": first["digest"]})
    refused = court.tries("judge", f"/proposals/{second['id']}/approve", {"digest": second["digest"]})
    assert (refused.status_code, refused.json["code"]) == (409, "RULE_VERSION_PASSED")
    document = court.gets("clerk", f"/proposals/{second['id']}")["document"]
    edited = court.puts("clerk", f"/proposals/{second['id']}", {"document": document})
    court.posts("judge", f"/proposals/{second['id']}/approve", {"digest": edited["digest"]})
    versions = court.sees_rule(court_rule)["versions"]
    assert [(each["version"], each["differences"]) for each in versions][1:] == [
        (2, [{"field": "allowance", "before": "2500.00", "after": "2600.00"}]),
        (3, [{"field": "allowance", "before": "2600.00", "after": "2700.00"}]),
    ]


# --- in chunks, and after a kill


@pytest.fixture
def five(world, court, court_rule, monkeypatch):
    """Five accounts that follow the rule; a transaction takes two of them, and one lock one."""
    monkeypatch.setattr(rule_adoption, "POOLS_A_TRANSACTION_MAX", 2)
    monkeypatch.setattr(rule_adoption, "POOLS_A_LOCK_MAX", 1)
    bank = world.bank()
    return [follows(world, court, court_rule, bank=bank) for _ in range(5)]


def allowances(world) -> list[int]:
    return [pool.allowance_minor for pool in world.books.rows("pool")]


def changes_told(world) -> list[str]:
    """The chains that say that a rule was changed."""
    return [event.chain for event in world.books.rows("audit_event") if '"rule.changed"' in event.document]


def test_the_first_chunks_come_with_the_approval_and_the_worker_does_the_rest(world, court, court_rule, five):
    court.changes_rule(court_rule, allowance="2800.00")
    assert allowances(world) == [2_800_00] * 4 + [2_500_00]
    assert court.sees_rule(court_rule)["finished_at"] is None
    world.ticks()
    assert allowances(world) == [2_800_00] * 5
    assert court.sees_rule(court_rule)["finished_at"] is not None
    assert sorted(changes_told(world)) == sorted(f"account:{frozen.account.id}" for frozen in five)


def test_killed_in_a_chunk_it_goes_on_and_does_nothing_twice(world, court, court_rule, five, monkeypatch):
    put_under, seen = periods.put_under, []

    def killed(connection, pool, rule_id, *, at):
        seen.append(pool.pool_id)
        if len(seen) == 4:
            raise SystemExit
        return put_under(connection, pool, rule_id, at=at)

    with monkeypatch.context() as patch:
        patch.setattr(periods, "put_under", killed)
        prepared = court.prepares_version(court_rule, allowance="2800.00")["proposal"]
        with pytest.raises(SystemExit):
            court.posts("judge", f"/proposals/{prepared['id']}/approve", {"digest": prepared["digest"]})
    assert allowances(world) == [2_800_00] * 2 + [2_500_00] * 3
    world.ticks()
    assert allowances(world) == [2_800_00] * 5
    assert sorted(changes_told(world)) == sorted(f"account:{frozen.account.id}" for frozen in five)


def test_a_pool_that_fails_holds_up_no_other_and_is_tried_again(world, court, court_rule, five, monkeypatch):
    put_under, spoiled = periods.put_under, world.books.rows("pool")[1].id

    def failing(connection, pool, rule_id, *, at):
        if pool.pool_id == spoiled:
            raise ValueError("spoiled")
        return put_under(connection, pool, rule_id, at=at)

    with monkeypatch.context() as patch:
        patch.setattr(periods, "put_under", failing)
        court.changes_rule(court_rule, allowance="2800.00")
        world.ticks()
        assert allowances(world) == [2_800_00, 2_500_00, *[2_800_00] * 3]
        assert court.sees_rule(court_rule)["finished_at"] is None
    world.ticks()
    assert allowances(world) == [2_800_00] * 5
    assert court.sees_rule(court_rule)["finished_at"] is not None


def test_a_version_that_is_passed_by_is_not_put_in_force_any_more(world, court, court_rule, five):
    court.changes_rule(court_rule, allowance="2800.00")
    court.changes_rule(court_rule, allowance="2900.00")
    world.ticks()
    world.ticks()
    assert allowances(world) == [2_900_00] * 5
    assert all(row.finished_at is not None for row in world.books.rows("rule_adoption"))


def test_where_nothing_is_left_to_do_the_job_does_nothing(world, court_rule):
    assert jobs.JOBS["adopt_rules"](None) == 0


# --- whatever the versions

AMOUNTS = st.integers(1, 400_000)
STEPS = st.lists(
    st.tuples(st.sampled_from(["withdraw", "change", "void"]), AMOUNTS), min_size=2, max_size=7,
)


@settings(max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(steps=STEPS)
def test_what_was_taken_and_held_survives_every_change(world, steps):
    world.clock.moves_to(BEFORE_PAYDAY)
    court = world.court()
    court_rule = court.adopts_rule(reserve="1.00")
    frozen = follows(world, court, court_rule)
    held, ceiling, allowance = {}, 2_500_00, 2_500_00
    for kind, amount in steps:
        before = world.books.pool_of(frozen.account.id)
        if kind == "change" and amount != allowance:
            court.changes_rule(court_rule, allowance=format_amount(amount, "CNY"))
            allowance, ceiling = amount, max(ceiling, amount)
        elif kind == "withdraw":
            left = min(8_000_00 - sum(held.values()), max(0, allowance - sum(held.values())))
            answer = frozen.bank.withdraws(frozen.account, format_amount(amount, "CNY"))
            assert (answer.decision == "approved") == (amount <= left)
            if answer.decision == "approved":
                held[answer.reference] = amount
        elif kind == "void" and held:
            reference = sorted(held)[amount % len(held)]
            del held[reference]
            frozen.bank.voids(reference)
        pool = world.books.pool_of(frozen.account.id)
        assert (pool.taken, pool.from_held, pool.allowance) == (sum(held.values()), sum(held.values()), allowance)
        assert kind != "change" or pool == before._replace(allowance=allowance)
        assert pool.from_held <= ceiling
    for reference, amount in held.items():
        assert frozen.bank.captures(reference).captured_amount == format_amount(amount, "CNY")
