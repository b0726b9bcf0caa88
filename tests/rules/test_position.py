"""The one formula as tables that a clerk can check, and against a second writing of the same text."""

import pytest
from hypothesis import given, settings

from livefreeze.rules import position
from livefreeze.rules.position import AccountFacts, ClaimFacts, PoolFacts
from tests.rules import reference, strategies

YUAN = 100


def pool(*, accounts, claims=(), allowance=2_500 * YUAN, excess_in=0, taken=0, reserve=0) -> PoolFacts:
    return PoolFacts("CNY", allowance, excess_in, taken, reserve, tuple(accounts), tuple(claims))


@pytest.mark.parametrize(
    ("balance", "quota", "allowance_left", "reserve", "spendable", "surplus", "reserved"),
    [
        pytest.param(8_000, 60_000, 2_500, 0, 2_500, 5_500, 0, id="payday"),
        pytest.param(7_000, 60_000, 1_500, 0, 1_500, 5_500, 0, id="a thousand was taken"),
        pytest.param(2_500, 60_000, 2_500, 0, 2_500, 0, 0, id="the balance is just the allowance"),
        pytest.param(800, 60_000, 2_500, 0, 800, 0, 0, id="less money than allowance"),
        pytest.param(0, 60_000, 2_500, 0, 0, 0, 0, id="an empty account"),
        pytest.param(-300, 60_000, 2_500, 0, 0, 0, 0, id="a recalled salary left less than nothing"),
        pytest.param(8_000, 60_000, 0, 0, 0, 8_000, 0, id="the allowance is used up"),
        pytest.param(8_000, 60_000, 2_500, 1_000, 2_500, 4_500, 1_000, id="a reserve stays"),
        pytest.param(3_000, 60_000, 2_500, 1_000, 2_500, 0, 500, id="part of a reserve stays"),
        pytest.param(8_000, 3_000, 2_500, 0, 5_000, 3_000, 0, id="above the quota all is free"),
        pytest.param(8_000, 7_000, 2_500, 0, 2_500, 5_500, 0, id="the quota reaches into the allowance"),
        pytest.param(8_000, 5_500, 2_500, 0, 2_500, 5_500, 0, id="quota and allowance just meet"),
        pytest.param(8_000, 0, 2_500, 0, 8_000, 0, 0, id="the quota is met"),
        pytest.param(8_000, 4_000, 2_500, 3_000, 4_000, 2_500, 1_500, id="free money and a reserve"),
    ],
)
def test_one_account(balance, quota, allowance_left, reserve, spendable, surplus, reserved):
    divided = position.divide_one(balance, quota, allowance_left, reserve)
    assert (divided.spendable_minor, divided.surplus_minor, divided.reserved_minor) == (
        spendable,
        surplus,
        reserved,
    )


def test_a_balance_below_nothing_is_a_shortfall():
    divided = position.divide_one(-300, 60_000, 2_500, 0)
    assert (divided.present_minor, divided.shortfall_minor) == (0, 300)


@pytest.mark.parametrize(
    ("allowance", "excess_in", "taken", "left"),
    [
        pytest.param(2_500, 0, 0, 2_500, id="whole"),
        pytest.param(2_500, 0, 1_000, 1_500, id="partly taken"),
        pytest.param(2_500, 400, 1_000, 1_100, id="earlier excess is paid back"),
        pytest.param(2_500, 0, 9_000, 0, id="free money was taken above it"),
        pytest.param(1_000, 0, 2_500, 0, id="a court lowered it in mid-period"),
    ],
)
def test_allowance_left(allowance, excess_in, taken, left):
    assert position.allowance_left(allowance_minor=allowance, excess_in_minor=excess_in, taken_minor=taken) == left


TWO = (AccountFacts("a1", 3_000, True), AccountFacts("a2", 4_000))


@pytest.mark.parametrize(
    ("claims", "takes", "spendable", "reserved"),
    [
        pytest.param((), [], 7_000, 0, id="no claim: all is free"),
        pytest.param(
            (ClaimFacts("k1", 1, 9_000),),
            [("k1", "a2", 4_000), ("k1", "a1", 500)],
            2_500,
            0,
            id="the living money stays on the allowance account",
        ),
        pytest.param(
            (ClaimFacts("k2", 2, 9_000), ClaimFacts("k1", 1, 1_000)),
            [("k1", "a2", 1_000), ("k2", "a2", 3_000), ("k2", "a1", 500)],
            2_500,
            0,
            id="by rank, whatever the order of rows",
        ),
        pytest.param(
            (ClaimFacts("k2", 1, 9_000), ClaimFacts("k1", 1, 1_000)),
            [("k1", "a2", 1_000), ("k2", "a2", 3_000), ("k2", "a1", 500)],
            2_500,
            0,
            id="equal ranks go by name",
        ),
        pytest.param(
            (ClaimFacts("k1", 1, 9_000, frozenset({"a1"})),),
            [("k1", "a1", 3_000)],
            4_000,
            0,
            id="a claim on the allowance account alone",
        ),
        pytest.param(
            (ClaimFacts("k1", 1, 3_000, frozenset({"a1"})), ClaimFacts("k2", 2, 1_000, frozenset({"a2"}))),
            [("k1", "a1", 3_000), ("k2", "a2", 1_000)],
            3_000,
            0,
            id="each account has its own claim",
        ),
        pytest.param(
            (ClaimFacts("k1", 1, 1_500, is_stayed=True), ClaimFacts("k2", 2, 9_000)),
            [("k1", "a2", 1_500), ("k2", "a2", 2_500), ("k2", "a1", 500)],
            2_500,
            1_500,
            id="a stayed claim's part is reserved",
        ),
        pytest.param(
            (ClaimFacts("hold", 0, 1_500, is_swept_by_us=False), ClaimFacts("k2", 2, 9_000)),
            [("hold", "a2", 1_500), ("k2", "a2", 2_500), ("k2", "a1", 500)],
            2_500,
            1_500,
            id="a prior hold of another is never swept",
        ),
        pytest.param(
            (ClaimFacts("k1", 1, 0, frozenset({"a1"})), ClaimFacts("k2", 2, 4_000)),
            [("k2", "a2", 4_000)],
            3_000,
            0,
            id="a claim with nothing left holds nothing",
        ),
    ],
)
def test_two_accounts(claims, takes, spendable, reserved):
    divided = position.divide(pool(accounts=TWO, claims=claims, allowance=2_500))
    assert (
        [take[:3] for take in divided.takes],
        divided.spendable_minor,
        divided.reserved_minor,
    ) == (takes, spendable, reserved)


@pytest.mark.parametrize(
    ("accounts", "living_account"),
    [
        pytest.param((AccountFacts("a2", 3_000), AccountFacts("a1", 3_000)), "a1", id="the first by name"),
        pytest.param((AccountFacts("a1", 3_000), AccountFacts("a2", 3_000, True)), "a2", id="as the facts say"),
    ],
)
def test_where_the_living_money_stays(accounts, living_account):
    divided = position.divide(pool(accounts=accounts, claims=[ClaimFacts("k", 1, 99_999)], allowance=2_500))
    assert divided.part(living_account).spendable_minor == 2_500


@pytest.mark.parametrize(
    ("floor", "quota", "taken", "deep", "spendable", "surplus"),
    [
        pytest.param(1_000, 9_000, 0, 1_500, 1_000, 7_000, id="maintenance leaves the lower floor"),
        pytest.param(1_000, 900, 0, 900, 7_100, 900, id="a small claim takes what it lacks"),
        pytest.param(1_000, 9_000, 400, 1_500, 600, 7_400, id="what was taken counts on the floor too"),
        pytest.param(1_000, 9_000, 1_400, 1_100, 0, 8_000, id="the floor is used up"),
        pytest.param(2_500, 9_000, 0, 0, 2_500, 5_500, id="a floor as high as the allowance"),
    ],
)
def test_privileged_claim(floor, quota, taken, deep, spendable, surplus):
    claim = ClaimFacts("k", 1, quota, floor_minor=floor)
    divided = position.divide(pool(accounts=[AccountFacts("a1", 8_000)], claims=[claim], allowance=2_500, taken=taken))
    assert (divided.deep_minor, divided.spendable_minor, divided.surplus_minor) == (deep, spendable, surplus)


def test_a_privileged_claim_goes_first_below_the_allowance_only():
    claims = (ClaimFacts("ordinary", 1, 5_000), ClaimFacts("maintenance", 2, 3_000, floor_minor=1_000))
    divided = position.divide(pool(accounts=[AccountFacts("a1", 8_000)], claims=claims, allowance=2_500))
    assert [take[:3] for take in divided.takes] == [
        ("ordinary", "a1", 5_000),
        ("maintenance", "a1", 2_000),
    ]


@pytest.mark.parametrize(
    ("account", "limit", "free"),
    [
        pytest.param("a1", 2_500, 1_000, id="free money and living money"),
        pytest.param("a2", 1_500, 0, id="the living money of the pool, from here too"),
        pytest.param("a3", 0, 0, id="nothing there"),
    ],
)
def test_at_counter(account, limit, free):
    divided = position.divide(
        pool(
            accounts=[AccountFacts("a1", 3_000), AccountFacts("a2", 4_000), AccountFacts("a3", -100)],
            claims=[ClaimFacts("k1", 1, 2_000), ClaimFacts("k2", 2, 3_000, frozenset({"a2"}))],
            allowance=2_500,
        )
    )
    counter = divided.at_counter(account)
    assert (counter.limit_minor, counter.free_minor) == (limit, free)


@pytest.mark.parametrize("account", ["a9", None])
def test_an_account_must_be_of_the_pool(account):
    divided = position.divide(pool(accounts=TWO))
    with pytest.raises(LookupError):
        divided.at_counter(account)


@settings(max_examples=600)
@given(strategies.pools(is_privileged=True) | strategies.pools())
def test_agrees_with_the_reference(facts):
    divided, expected = position.divide(facts), reference.divide(facts)
    swept = {claim.claim_id: 0 for claim in facts.claims if claim.quota_left_minor}
    swept |= {
        claim_id: sum(t.amount_minor for t in divided.takes if t.claim_id == claim_id and t.is_swept)
        for claim_id in swept
    }
    assert (
        reference.Reference(
            present=divided.present_minor,
            allowance_left=divided.allowance_left_minor,
            free=divided.free_minor,
            spendable=divided.spendable_minor,
            surplus=divided.surplus_minor,
            reserved=divided.reserved_minor,
            at_counter={part.account_id: part.at_counter_minor for part in divided.parts},
            surplus_of={part.account_id: part.surplus_minor for part in divided.parts},
            spendable_of={part.account_id: part.spendable_minor for part in divided.parts},
            reserved_of={part.account_id: part.reserved_minor for part in divided.parts},
            swept_by=swept,
        )
        == expected
    )


@given(strategies.pools(is_full_cover=True))
def test_the_plan_takes_what_the_short_formula_says(facts):
    claims = tuple(claim._replace(is_stayed=False, is_swept_by_us=True) for claim in facts.claims)
    divided = position.divide(facts._replace(claims=claims))
    above = divided.present_minor - divided.allowance_left_minor - facts.reserve_minor
    assert divided.surplus_minor == max(0, min(divided.quota_left_minor, above))


@given(strategies.pools(is_full_cover=True, money=strategies.amounts))
def test_the_fast_path_is_the_same_formula(facts):
    account = facts.accounts[0]
    claims = tuple(claim._replace(is_stayed=False, is_swept_by_us=True) for claim in facts.claims)
    whole = position.divide(facts._replace(accounts=(account,), claims=claims))
    fast = position.divide_one(
        account.balance_minor,
        whole.quota_left_minor,
        whole.allowance_left_minor,
        facts.reserve_minor,
    )
    assert (fast, fast.at_counter()) == (
        whole._replace(parts=(), takes=()),
        whole.at_counter(account.account_id),
    )


@given(strategies.every_pool)
def test_the_order_of_rows_never_matters(facts):
    turned = facts._replace(accounts=facts.accounts[::-1], claims=facts.claims[::-1])
    assert position.divide(turned) == position.divide(facts)


@given(strategies.every_pool)
def test_an_explanation_ends_in_the_position(facts):
    divided = position.divide(facts)
    steps = {step.step: step.amount_minor for step in position.explain(facts, divided, allowance_source="the order")}
    assert (steps["spendable"], steps["surplus"], steps["reserved"], steps["living allowance left"]) == (
        divided.spendable_minor,
        divided.surplus_minor,
        divided.reserved_minor,
        divided.allowance_left_minor,
    )
