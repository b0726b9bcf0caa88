"""The life of a freeze order as the bank sees it: placed, answered, amended, lifted."""

import pytest

from tests.bank.refusals import assert_refused


def types(notices):
    return [notice.type for notice in notices]


def withdrawal(frozen, amount="10.00"):
    return frozen.bank.sends("/withdrawals", frozen.bank.asks_for(frozen.account, amount))


def test_a_served_order_is_placed_with_all_that_the_bank_must_know(world):
    court, bank = world.court(), world.bank()
    debtor = court.names("欧阳修远", "330281199001010017")
    account = court.finds_account(debtor, bank)
    case = court.opens_case(debtor, amount="60000.00", case_number="(2026)浙0281执1234号")
    order = court.serves(case, debtor, [account], quota="60000.00", notice_number="(2026)浙0281执1234号之一")
    world.delivers()
    (placed,) = bank.reads()
    assert (placed.type, placed.order, placed.account) == ("freeze.placed", order, account.number)
    assert (placed.name, placed.id_number) == ("欧阳修远", "330281199001010017")
    assert (placed.case_number, placed.notice_number) == ("(2026)浙0281执1234号", "(2026)浙0281执1234号之一")
    assert (placed.quota, placed.block_up_to, placed.currency) == ("60000.00", "60000.00", "CNY")
    assert (placed.court.code, placed.court.name) == (court.code, "示例市人民法院")


def test_an_order_that_nobody_approved_tells_the_bank_nothing(world):
    court, bank = world.court(), world.bank()
    debtor = court.names()
    case, account = court.opens_case(debtor), court.finds_account(debtor, bank)
    court.prepares(case, debtor, [account])
    world.delivers()
    assert bank.reads() == []


def test_a_bank_that_does_not_answer_is_told_again_under_the_same_id(world):
    court, bank = world.court(), world.bank()
    bank.mailbox.status = 503
    debtor = court.names()
    case, account = court.opens_case(debtor), court.finds_account(debtor, bank)
    court.serves(case, debtor, [account])
    world.delivers()
    bank.mailbox.status = 204
    world.delivers_until(lambda: len(bank.mailbox.letters) >= 2)
    first, again = bank.mailbox.letters[:2]
    assert (first.headers["webhook-id"], first.body) == (again.headers["webhook-id"], again.body)


@pytest.mark.parametrize(("result", "status"), [("accepted", "in_force"), ("partial", "in_force"),
                                                 ("refused", "refused")])
def test_the_banks_receipt_puts_it_in_force_or_not(world, result, status):
    frozen = world.serves()
    assert world.books.order_status(frozen.order) == "pending"
    told = {"balance": None, "currency": None, "as_of": None, "why": "账户已销户"} if result == "refused" else {}
    assert frozen.bank.accepts(frozen.account, result=result, **told).outcome == "applied"
    assert world.books.order_status(frozen.order) == status


def test_a_refused_order_freezes_nothing(world):
    frozen = world.serves()
    frozen.bank.accepts(frozen.account, result="refused", balance=None, currency=None, as_of=None)
    assert_refused(withdrawal(frozen), 409, "ACCOUNT_NOT_FROZEN", "/account")


@pytest.mark.parametrize("result", ["accepted", "refused"])
def test_a_second_receipt_for_an_order_that_is_not_waiting_is_refused(world, result):
    frozen = world.serves()
    frozen.bank.accepts(frozen.account)
    before = world.books.money()
    answer = frozen.bank.accepts(frozen.account, "9999.00", result=result)
    assert (answer.outcome, answer.problem.code) == ("refused", "ORDER_STATE")
    assert world.books.money() == before


def test_a_receipt_told_again_is_the_same_receipt(world):
    frozen = world.serves()
    receipt = frozen.bank.receipt(frozen.account, "70.00")
    assert [frozen.bank.reports(receipt)[0].outcome for _ in range(2)] == ["applied", "applied"]
    assert world.books.account(frozen.account.id).balance == 70_00


# --- amended -------------------------------------------------------------------------------------


def test_an_amendment_is_told_to_the_bank_and_frees_what_lies_above(world):
    frozen = world.freezes(balance="8000.00", quota="60000.00")
    assert withdrawal(frozen, "5000.00").message.decision == "declined"
    frozen.court.amends(frozen.order, "3000.00")
    world.delivers()
    (amended,) = frozen.bank.reads()
    assert (amended.type, amended.order, amended.quota, amended.block_up_to) == \
        ("freeze.amended", frozen.order, "3000.00", "3000.00")
    assert withdrawal(frozen, "5000.00").message.decision == "approved"


def test_an_amendment_below_what_is_on_its_way_waits_for_it(world):
    frozen = world.freezes(balance="8000.00", quota="60000.00")
    frozen.court.clicks(frozen.case, frozen.court.previews(frozen.case)["preview"])
    frozen.court.amends(frozen.order, "5000.00")
    assert world.books.claim_of(frozen.case)[:2] == (5000_00, 5500_00)  # target, quota
    world.delivers()
    (sent,) = frozen.bank.instructed()
    frozen.bank.reports(frozen.bank.transfer("settled", frozen.account, sent.transfer, "5500.00"))
    claim = world.books.claim_of(frozen.case)
    assert (claim.quota, claim.settled, claim.over_collected) == (5000_00, 5500_00, 500_00)
    assert world.books.order_status(frozen.order) == "satisfied"
    assert frozen.court.sees_alerts()


# --- lifted --------------------------------------------------------------------------------------


def test_a_release_frees_the_account_at_once(world):
    frozen = world.freezes()
    frozen.court.releases(frozen.order)
    assert_refused(withdrawal(frozen), 409, "ACCOUNT_NOT_FROZEN", "/account")
    world.delivers()
    (released,) = frozen.bank.reads()
    assert (released.type, released.order, released.reason) == ("freeze.released", frozen.order, "released")
    world.clock.moves_to("2026-03-12T09:00:00+08:00")
    world.ticks()
    assert frozen.bank.instructed() == []


def test_a_withdrawal_that_was_approved_before_the_release_is_captured_after_it(world):
    frozen = world.freezes()
    reference = withdrawal(frozen, "1000.00").message.reference
    frozen.court.releases(frozen.order)
    assert frozen.bank.captures(reference).status == "captured"
    assert world.books.account(frozen.account.id) == (7000_00, 0, 0)


@pytest.mark.parametrize(("became", "balance", "settled"), [("settled", 2500_00, 5500_00), ("failed", 8000_00, 0)])
def test_a_transfer_that_was_on_its_way_at_the_release_still_ends(world, became, balance, settled):
    frozen = world.freezes()
    frozen.court.clicks(frozen.case, frozen.court.previews(frozen.case)["preview"])
    frozen.court.releases(frozen.order)
    world.delivers()
    (sent,) = frozen.bank.instructed()
    (result,) = frozen.bank.reports(frozen.bank.transfer(became, frozen.account, sent.transfer, sent.amount))
    assert result.outcome == "applied"
    assert world.books.account(frozen.account.id) == (balance, 0, 0)
    assert world.books.claim_of(frozen.case).settled == settled


def test_a_credit_after_the_release_is_still_no_error(world):
    frozen = world.freezes()
    frozen.court.releases(frozen.order)
    assert frozen.bank.pays_salary(frozen.account, "100.00").outcome == "applied"


def test_a_released_order_before_its_receipt_is_revoked_and_its_late_receipt_refused(world):
    frozen = world.serves()
    frozen.court.releases(frozen.order)
    world.delivers()
    assert types(frozen.bank.reads()) == ["freeze.released"]
    assert world.books.order_status(frozen.order) == "revoked"
    answer = frozen.bank.accepts(frozen.account)
    assert (answer.outcome, answer.problem.code) == ("refused", "ORDER_STATE")
    assert_refused(withdrawal(frozen), 409, "ACCOUNT_NOT_FROZEN", "/account")


def test_messages_of_one_account_come_in_the_order_in_which_they_were_written(world):
    frozen = world.freezes()
    frozen.bank.mailbox.status = 503
    frozen.court.amends(frozen.order, "50000.00")
    frozen.court.amends(frozen.order, "40000.00")
    frozen.court.releases(frozen.order)
    world.delivers()
    frozen.bank.mailbox.status = 204
    refused = len(frozen.bank.mailbox.letters)
    world.delivers_until(lambda: len(frozen.bank.mailbox.letters) >= refused + 3)
    notices = frozen.bank.reads()[-3:]
    assert [getattr(notice, "quota", notice.type) for notice in notices] == ["50000.00", "40000.00", "freeze.released"]


# --- what comes after the end --------------------------------------------------------------------


@pytest.mark.parametrize("until", ["2026-03-11T09:00:00+08:00", "2026-05-11T09:00:00+08:00"],
                         ids=["in the same period", "two periods later"])
@pytest.mark.parametrize("told", [
    pytest.param(lambda bank, account, paid: bank.stand_in(account, "300.00"), id="a stand-in"),
    pytest.param(lambda bank, account, paid: bank.debit(account, "300.00", "customer"), id="a customer's debit"),
    pytest.param(lambda bank, account, paid: bank.recall(account, "8000.00"), id="a recalled salary"),
    pytest.param(lambda bank, account, paid: bank.reversal(account, paid, "100.00"), id="a reversal"),
    pytest.param(lambda bank, account, paid: bank.status(account, paid, "paid"), id="an answer about a withdrawal"),
])
def test_no_fact_is_refused_after_the_freeze_has_ended(world, told, until):
    frozen = world.freezes()
    paid = frozen.bank.withdraws(frozen.account, "100.00").reference
    frozen.bank.captures(paid)
    frozen.court.releases(frozen.order)
    world.clock.moves_to(until)
    (result,) = frozen.bank.reports(told(frozen.bank, frozen.account, paid))
    assert result.outcome == "applied"


def test_a_withdrawal_that_hangs_is_asked_about_although_the_freeze_has_ended(world):
    frozen = world.freezes()
    reference = frozen.bank.withdraws(frozen.account, "100.00").reference
    frozen.court.releases(frozen.order)
    world.clock.passes(minutes=31)
    world.ticks()
    assert "withdrawal.queried" in types(frozen.bank.reads())
    assert frozen.bank.voids(reference).status == "voided"


def test_two_orders_on_one_account_are_answered_in_one_batch(world):
    first = world.serves()
    case = first.court.opens_case(first.debtor, amount="5000.00")
    second = first.court.serves(case, first.debtor, [first.account], quota="5000.00")
    receipts = [first.bank.receipt(first.account, "70.00", order=order) for order in (second, first.order)]
    results = first.bank.reports(*receipts, first.bank.credit(first.account, "30.00"))
    assert [result.outcome for result in results] == ["applied"] * 3
    assert world.books.account(first.account.id).balance == 100_00
    assert world.books.order_status(first.order) == world.books.order_status(second) == "in_force"


def test_an_account_that_is_frozen_again_starts_from_the_new_receipt(world):
    """Between the two freezes nobody told us what happened."""
    frozen = world.freezes(balance="8000.00")
    frozen.court.releases(frozen.order)
    world.clock.moves_to("2026-06-01T09:00:00+08:00")
    case = frozen.court.opens_case(frozen.debtor, amount="5000.00")
    frozen.court.serves(case, frozen.debtor, [frozen.account], quota="5000.00")
    world.delivers()
    frozen.bank.reads()
    assert frozen.bank.accepts(frozen.account, "123.00").outcome == "applied"
    assert world.books.account(frozen.account.id).balance == 123_00
    assert frozen.bank.withdraws(frozen.account, "123.00").decision == "approved"
