"""A withdrawal from the counter's side: asked, paid in full or in part or too much, given up, reversed."""

import pytest

from bank_adapters.contract import WithdrawalState
from tests.bank.refusals import assert_refused

# --- the decision --------------------------------------------------------------------------------


def test_the_story_at_the_counter(world):
    frozen = world.freezes(balance="8000.00", quota="60000.00")
    first = frozen.bank.withdraws(frozen.account, "1000.00")
    assert (first.decision, first.reason, first.approved_amount) == ("approved", "WITHIN_LIMITS", "1000.00")
    assert (first.allowance_left, first.spendable) == ("1500.00", "1500.00")
    second = frozen.bank.withdraws(frozen.account, "2000.00")
    assert (second.decision, second.reason, second.approved_amount) == ("declined", "ALLOWANCE_EXHAUSTED", "0.00")
    assert (second.allowance_left, second.spendable, second.expires_at) == ("1500.00", "1500.00", None)


@pytest.mark.parametrize(("balance", "quota", "amount", "reason"), [
    pytest.param("8000.00", "60000.00", "2500.00", "WITHIN_LIMITS", id="the whole allowance"),
    pytest.param("8000.00", "60000.00", "2500.01", "ALLOWANCE_EXHAUSTED", id="a fen too many"),
    pytest.param("8000.00", "3000.00", "5000.00", "WITHIN_LIMITS", id="money above the quota is free"),
    pytest.param("8000.00", "3000.00", "5000.01", "ALLOWANCE_EXHAUSTED", id="a fen more than is free"),
    pytest.param("800.00", "60000.00", "900.00", "BALANCE_TOO_LOW", id="a poor account"),
    pytest.param("800.00", "60000.00", "800.00", "WITHIN_LIMITS", id="all of a poor account"),
    pytest.param("0.00", "60000.00", "0.01", "BALANCE_TOO_LOW", id="an empty account"),
])
def test_a_decision_and_its_reason(world, balance, quota, amount, reason):
    frozen = world.freezes(balance=balance, quota=quota)
    decided = frozen.bank.withdraws(frozen.account, amount)
    assert decided.reason == reason
    assert decided.reason_text.en and decided.reason_text.zh


@pytest.mark.parametrize(("channel", "decision", "reason"), [
    pytest.param("counter", "approved", "WITHIN_LIMITS", id="counter"),
    pytest.param("card", "approved", "WITHIN_LIMITS", id="card"),
    pytest.param("app", "declined", "CHANNEL_NOT_ALLOWED", id="a known one that the rule does not allow"),
])
def test_the_rule_says_by_which_channels(world, channel, decision, reason):
    frozen = world.freezes(channels=["counter", "card"])
    decided = frozen.bank.withdraws(frozen.account, "10.00", channel=channel)
    assert (decided.decision, decided.reason) == (decision, reason)


def test_a_declined_withdrawal_moves_nothing_and_is_remembered(world):
    frozen = world.freezes()
    before = world.books.account(frozen.account.id), world.books.pool_of(frozen.account.id)
    reference = frozen.bank.withdraws(frozen.account, "5000.00").reference
    assert (world.books.account(frozen.account.id), world.books.pool_of(frozen.account.id)) == before
    assert frozen.bank.asks_about(reference).status == "declined"


def test_an_explanation_goes_with_every_decision(world):
    frozen = world.freezes()
    decided = frozen.bank.withdraws(frozen.account, "1000.00")
    assert all(step.step and step.step_zh for step in decided.explanation)
    assert "2500.00" in [step.amount for step in decided.explanation]


def test_each_decision_carries_its_place_in_the_accounts_audit_chain(world):
    frozen = world.freezes()
    receipts = [frozen.bank.withdraws(frozen.account, "100.00").audit for _ in range(2)]
    rows = {(row.chain, row.seq): row.hash.hex() for row in world.books.rows("audit_event")}
    assert [rows[receipt.chain, receipt.seq] for receipt in receipts] == [receipt.hash for receipt in receipts]
    assert frozen.account.id in receipts[0].chain and receipts[1].seq > receipts[0].seq


def test_a_question_whose_deadline_has_passed_is_refused_for_good(world):
    """The bank no longer waits: what we approved now would hang until it is queried, and to repeat it cannot help."""
    frozen = world.freezes()
    before = world.books.whole()
    asked = frozen.bank.asks_for(frozen.account, "100.00", decide_by=world.clock.now(seconds=-1))
    answer = frozen.bank.sends("/withdrawals", asked)
    assert_refused(answer, 422, "DEADLINE_PASSED", "/decide_by")
    assert "Retry-After" not in answer.headers
    assert world.books.whole() == before


# --- captured ------------------------------------------------------------------------------------


@pytest.mark.parametrize(("paid", "balance", "taken", "stand_in"), [
    pytest.param(None, 7000_00, 1000_00, 0, id="all of it, without naming the amount"),
    pytest.param("1000.00", 7000_00, 1000_00, 0, id="all of it"),
    pytest.param("800.00", 7200_00, 800_00, 0, id="less: the rest goes back"),
    pytest.param("0.01", 7999_99, 1, 0, id="almost nothing"),
    pytest.param("1200.00", 6800_00, 1200_00, 200_00, id="more: the rest is a stand-in fact"),
])
def test_a_capture(world, paid, balance, taken, stand_in):
    frozen = world.freezes()
    reference = frozen.bank.withdraws(frozen.account, "1000.00").reference
    captured = frozen.bank.captures(reference, paid)
    assert (captured.status, captured.amount, captured.captured_amount) == ("captured", "1000.00", paid or "1000.00")
    account, pool = world.books.account(frozen.account.id), world.books.pool_of(frozen.account.id)
    assert (account.balance, account.held, pool.taken, pool.stand_in) == (balance, 0, taken, stand_in)


def test_what_was_paid_above_the_approval_is_shown_to_the_court(world):
    frozen = world.freezes()
    frozen.bank.captures(frozen.bank.withdraws(frozen.account, "1000.00").reference, "1200.00")
    assert frozen.court.sees_alerts()


def test_what_was_not_paid_can_be_taken_again(world):
    frozen = world.freezes()
    frozen.bank.captures(frozen.bank.withdraws(frozen.account, "2500.00").reference, "800.00")
    assert frozen.bank.withdraws(frozen.account, "1700.00").decision == "approved"


# --- given up ------------------------------------------------------------------------------------


def test_a_void_gives_back_everything(world):
    frozen = world.freezes()
    before = world.books.account(frozen.account.id), world.books.pool_of(frozen.account.id)
    reference = frozen.bank.withdraws(frozen.account, "1000.00").reference
    voided = frozen.bank.voids(reference, why="柜台取消")
    assert (voided.status, voided.captured_amount, voided.allowance_left) == ("voided", "0.00", "2500.00")
    assert (world.books.account(frozen.account.id), world.books.pool_of(frozen.account.id)) == before


def test_a_void_in_the_next_period_gives_back_in_the_period_it_was_taken(world):
    """The next period's allowance must not grow by what the last one did not use."""
    frozen = world.freezes()
    reference = frozen.bank.withdraws(frozen.account, "2000.00").reference
    world.clock.moves_to("2026-04-10T09:00:00+08:00")
    assert frozen.bank.withdraws(frozen.account, "100.00").allowance_left == "2400.00"
    assert frozen.bank.voids(reference).allowance_left == "2400.00"
    assert world.books.account(frozen.account.id).balance == 7900_00


# --- asked about ---------------------------------------------------------------------------------


def test_asking_tells_how_it_stands(world):
    frozen = world.freezes()
    reference = frozen.bank.withdraws(frozen.account, "1000.00").reference
    asked = frozen.bank.asks_about(reference)
    assert isinstance(asked, WithdrawalState)
    assert (asked.status, asked.amount, asked.captured_amount, asked.currency, asked.allowance_left) == \
        ("authorised", "1000.00", "0.00", "CNY", "1500.00")
    frozen.bank.captures(reference, "400.00")
    asked = frozen.bank.asks_about(reference)
    assert (asked.status, asked.captured_amount, asked.allowance_left) == ("captured", "400.00", "2100.00")


# --- too late ------------------------------------------------------------------------------------


def _captured(bank, account):
    reference = bank.withdraws(account, "100.00").reference
    bank.captures(reference)
    return reference


def _voided(bank, account):
    reference = bank.withdraws(account, "100.00").reference
    bank.voids(reference)
    return reference


def _declined(bank, account):
    return bank.withdraws(account, "9000.00").reference


@pytest.mark.parametrize(("before", "call"), [
    pytest.param(_captured, "capture", id="capture twice"),
    pytest.param(_voided, "capture", id="capture after void"),
    pytest.param(_captured, "void", id="void after capture"),
    pytest.param(_voided, "void", id="void twice"),
    pytest.param(_declined, "capture", id="capture of a declined one"),
    pytest.param(_declined, "void", id="void of a declined one"),
])
def test_what_has_ended_does_not_end_again(world, before, call):
    frozen = world.freezes()
    reference = before(frozen.bank, frozen.account)
    money = world.books.money()
    message = frozen.bank.says(f"withdrawal.{call}", reference=reference)
    assert_refused(frozen.bank.sends(f"/withdrawals/{reference}/{call}", message), 409, "WITHDRAWAL_STATE")
    assert world.books.money() == money


# --- reversed after capture ----------------------------------------------------------------------


def test_a_reversal_gives_back_everything_in_its_period(world):
    frozen = world.freezes()
    before = world.books.account(frozen.account.id), world.books.pool_of(frozen.account.id)
    reference = frozen.bank.withdraws(frozen.account, "1000.00").reference
    frozen.bank.captures(reference)
    (result,) = frozen.bank.reports(frozen.bank.reversal(frozen.account, reference, "1000.00"))
    assert result.outcome == "applied"
    assert frozen.bank.asks_about(reference).status == "reversed"
    assert (world.books.account(frozen.account.id), world.books.pool_of(frozen.account.id)) == before


def test_a_withdrawal_is_reversed_in_parts(world):
    frozen = world.freezes()
    reference = frozen.bank.withdraws(frozen.account, "1000.00").reference
    frozen.bank.captures(reference)
    frozen.bank.reports(*(frozen.bank.reversal(frozen.account, reference, "300.00") for _ in range(2)))
    assert world.books.pool_of(frozen.account.id).taken == 400_00
    assert world.books.account(frozen.account.id).balance == 7600_00


def test_a_reversal_of_a_capture_above_the_hold_gives_back_the_stand_in_too(world):
    frozen = world.freezes()
    before = world.books.account(frozen.account.id), world.books.pool_of(frozen.account.id)
    reference = frozen.bank.withdraws(frozen.account, "1000.00").reference
    frozen.bank.captures(reference, "1200.00")
    frozen.bank.reports(frozen.bank.reversal(frozen.account, reference, "1200.00"))
    assert (world.books.account(frozen.account.id), world.books.pool_of(frozen.account.id)) == before


# --- an account that is not frozen ---------------------------------------------------------------


def test_an_account_whose_receipt_has_not_come_is_not_ours_to_decide(world):
    frozen = world.serves()
    before = world.books.whole()
    answer = frozen.bank.sends("/withdrawals", frozen.bank.asks_for(frozen.account, "10.00"))
    assert_refused(answer, 409, "ACCOUNT_NOT_FROZEN", "/account")
    assert world.books.whole() == before
