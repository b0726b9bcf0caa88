"""The withdrawal rule as a table: each row is a sentence that a clerk can check."""

import pytest

from livefreeze.base.words import REASONS
from livefreeze.rules import position, withdrawal
from livefreeze.rules.position import AccountFacts, ClaimFacts, PoolFacts
from livefreeze.rules.withdrawal import Reason

CHANNELS = frozenset({"counter", "cash_machine"})


def decide(amount, counter, channel="counter"):
    return withdrawal.decide(amount, counter, channel=channel, channels=CHANNELS)


@pytest.mark.parametrize(
    ("amount", "balance", "quota", "reason", "from_held"),
    [
        pytest.param(1_000_00, 8_000_00, 60_000_00, "WITHIN_LIMITS", 1_000_00, id="out of the allowance"),
        pytest.param(2_500_00, 8_000_00, 60_000_00, "WITHIN_LIMITS", 2_500_00, id="all of the allowance"),
        pytest.param(2_500_01, 8_000_00, 60_000_00, "ALLOWANCE_EXHAUSTED", 0, id="a fen too many"),
        pytest.param(9_000_00, 8_000_00, 60_000_00, "ALLOWANCE_EXHAUSTED", 0, id="more than there is, too"),
        pytest.param(5_000_00, 8_000_00, 3_000_00, "WITHIN_LIMITS", 0, id="free money above the quota"),
        pytest.param(2_000_00, 8_000_00, 7_000_00, "WITHIN_LIMITS", 1_000_00, id="free money first"),
        pytest.param(1_000_01, 8_000_00, 7_000_00, "WITHIN_LIMITS", 1, id="a fen more than is free"),
        pytest.param(8_000_00, 8_000_00, 1, "ALLOWANCE_EXHAUSTED", 0, id="a fen is frozen"),
        pytest.param(900_00, 800_00, 60_000_00, "BALANCE_TOO_LOW", 0, id="a poor account"),
        pytest.param(1, -5_00, 60_000_00, "BALANCE_TOO_LOW", 0, id="less than nothing"),
        pytest.param(9_000_00, 8_000_00, 0, "BALANCE_TOO_LOW", 0, id="nothing frozen, and too much"),
        pytest.param(8_000_00, 8_000_00, 0, "WITHIN_LIMITS", 0, id="nothing frozen"),
    ],
)
def test_one_account(amount, balance, quota, reason, from_held):
    decision = decide(amount, position.divide_one(balance, quota, 2_500_00, 0).at_counter())
    assert decision == (reason, amount if reason == "WITHIN_LIMITS" else 0, from_held)


@pytest.mark.parametrize(
    ("amount", "account", "reason"),
    [
        pytest.param(3_000, "a1", "WITHIN_LIMITS", id="the free account"),
        pytest.param(1, "a2", "FREE_MONEY_ELSEWHERE", id="the frozen account"),
        pytest.param(2_000, "a2", "FREE_MONEY_ELSEWHERE", id="the frozen account, all of it"),
        pytest.param(2_500, "a2", "BALANCE_TOO_LOW", id="the frozen account, just the allowance"),
        pytest.param(2_501, "a2", "ALLOWANCE_EXHAUSTED", id="the frozen account, above the allowance"),
        pytest.param(2_100, "a2", "BALANCE_TOO_LOW", id="the frozen account, above its balance"),
    ],
)
def test_free_money_on_one_of_two_accounts(amount, account, reason):
    facts = PoolFacts(
        "CNY",
        2_500,
        0,
        0,
        0,
        (AccountFacts("a1", 3_000), AccountFacts("a2", 2_000)),
        (ClaimFacts("k", 1, 60_000, frozenset({"a2"})),),
    )
    assert decide(amount, position.divide(facts).at_counter(account)).reason == reason


@pytest.mark.parametrize(
    ("amount", "reason"),
    [
        pytest.param(1_000, "WITHIN_LIMITS", id="down to the lower floor"),
        pytest.param(1_001, "ALLOWANCE_EXHAUSTED", id="maintenance has cut what is left"),
    ],
)
def test_a_privileged_claim(amount, reason):
    claim = ClaimFacts("k", 1, 60_000, floor_minor=1_000)
    facts = PoolFacts("CNY", 2_500, 0, 0, 0, (AccountFacts("a1", 2_000),), (claim,))
    assert decide(amount, position.divide(facts).at_counter()).reason == reason


def test_a_channel_that_the_rule_does_not_allow():
    counter = position.divide_one(8_000, 60_000, 2_500, 0).at_counter()
    assert decide(1, counter, channel="transfer") == (Reason.CHANNEL_NOT_ALLOWED, 0, 0)


@pytest.mark.parametrize("amount", [0, -1])
def test_an_amount_that_is_not_positive_is_a_bug(amount):
    counter = position.divide_one(8_000, 60_000, 2_500, 0).at_counter()
    with pytest.raises(ValueError, match="not positive"):
        decide(amount, counter)


@pytest.mark.parametrize("reason", Reason, ids=str)
def test_every_reason_has_both_sentences(reason):
    assert all(REASONS[reason.value])


def explained(amount, *, excess_in=0):
    counter = position.divide_one(7_000_00, 60_000_00, 1_500_00 - excess_in, 0).at_counter()
    return withdrawal.explain(
        decide(amount, counter),
        counter,
        amount_minor=amount,
        allowance_minor=2_500_00,
        excess_in_minor=excess_in,
        taken_minor=1_000_00,
        allowance_source="the order",
    )


def test_the_explanation_of_a_refusal():
    assert [(step.step, step.amount_minor) for step in explained(2_000_00)] == [
        ("living allowance of this period", 2_500_00),
        ("taken in this period so far", 1_000_00),
        ("living allowance left", 1_500_00),
        ("money on this account", 7_000_00),
        ("frozen for all claims together", 60_000_00),
        ("free money at this account", 0),
        ("may be withdrawn at this account now", 1_500_00),
        ("asked for", 2_000_00),
        ("approved", 0),
    ]


def test_an_explanation_names_what_is_paid_back():
    assert ("paid back of earlier withdrawals above it", 500_00) in [
        (step.step, step.amount_minor) for step in explained(1, excess_in=500_00)
    ]


def test_every_step_is_said_in_chinese_and_has_a_source():
    assert all(step.step_zh and step.source for step in explained(1, excess_in=1))


@pytest.mark.parametrize(
    ("amount", "allowance_left", "spendable"),
    [
        pytest.param(1_000, 1_500, 1_500, id="approved"),
        pytest.param(2_501, 2_500, 2_500, id="declined: nothing changes"),
    ],
)
def test_what_is_left_after_it(amount, allowance_left, spendable):
    divided = position.divide_one(8_000, 60_000, 2_500, 0)
    counter = divided.at_counter()
    assert withdrawal.after(decide(amount, counter), counter, divided) == (allowance_left, spendable)


def test_free_money_counts_on_the_allowance_too():
    divided = position.divide_one(8_000, 3_000, 2_500, 0)
    counter = divided.at_counter()
    assert withdrawal.after(decide(4_000, counter), counter, divided) == (0, 1_000)


def test_a_teller_is_told_how_it_came_about_but_neither_the_debt_nor_what_gives_it_away():
    counter = position.divide_one(70_000_00, 61_234_56, 2_500_00, 0).at_counter()
    decision = decide(1_000_00, counter)
    steps = withdrawal.explain_to_teller(decision, counter, amount_minor=1_000_00, allowance_minor=2_500_00,
                                         excess_in_minor=0, taken_minor=0)
    assert [(step.step, step.amount_minor) for step in steps] == [
        ("living allowance of this period", 2_500_00), ("taken in this period so far", 0),
        ("living allowance left", 2_500_00), ("may be withdrawn at this account now", 8_765_44),
        ("asked for", 1_000_00), ("approved", 1_000_00),
    ]
