"""Every message counts once: the first answer comes again byte for byte, another body under its id is refused."""

import pytest

from bank_adapters.contract import dumps
from tests.bank.refusals import assert_event_refused, assert_refused, changed
from tests.support.world import unique


def _authorise(bank, frozen):
    return "/withdrawals", bank.asks_for(frozen.account, "100.00")


def _declined(bank, frozen):
    return "/withdrawals", bank.asks_for(frozen.account, "5000.00")


def _capture(bank, frozen):
    reference = bank.withdraws(frozen.account, "100.00").reference
    return f"/withdrawals/{reference}/capture", bank.says("withdrawal.capture", reference=reference)


def _void(bank, frozen):
    reference = bank.withdraws(frozen.account, "100.00").reference
    return f"/withdrawals/{reference}/void", bank.says("withdrawal.void", reference=reference)


def _events(bank, frozen):
    return "/events", bank.batch(bank.credit(frozen.account, "50.00"), bank.credit(frozen.account, "0.001"))


CALLS = [
    pytest.param(_authorise, id="approved"), pytest.param(_declined, id="declined"),
    pytest.param(_capture, id="capture"), pytest.param(_void, id="void"), pytest.param(_events, id="events"),
]


@pytest.mark.parametrize("call", CALLS)
def test_the_same_message_gets_its_first_answer_although_much_has_happened_since(world, call):
    frozen = world.freezes()
    path, message = call(frozen.bank, frozen)
    message_id = unique("msg")
    first = frozen.bank.sends(path, message, message_id=message_id)
    frozen.bank.withdraws(frozen.account, "700.00")
    frozen.bank.pays_salary(frozen.account, "9000.00")
    world.clock.passes(days=40)
    before = world.books.whole()
    again = frozen.bank.sends(path, message, message_id=message_id)
    assert (again.status, again.body) == (first.status, first.body)
    assert world.books.whole() == before


@pytest.mark.parametrize("call", CALLS)
def test_another_body_under_the_same_id_is_refused_and_raises_an_alert(world, call):
    frozen = world.freezes()
    path, message = call(frozen.bank, frozen)
    message_id = unique("msg")
    first = frozen.bank.sends(path, message, message_id=message_id)
    before = world.books.money()
    other = dumps(message).replace(b'","', b'", "', 1)  # the same meaning, other bytes
    assert_refused(frozen.bank.sends(path, other, message_id=message_id), 409, "MESSAGE_REUSED")
    assert world.books.money() == before
    assert "MESSAGE_REUSED" in world.books.alerts()
    assert frozen.bank.sends(path, message, message_id=message_id).body == first.body


def test_the_id_of_one_kind_of_message_is_taken_for_all_kinds(world):
    frozen = world.freezes()
    message_id = unique("msg")
    frozen.bank.sends(*_authorise(frozen.bank, frozen), message_id=message_id)
    answer = frozen.bank.sends(*_events(frozen.bank, frozen), message_id=message_id)
    assert_refused(answer, 409, "MESSAGE_REUSED")


def test_two_banks_may_use_the_same_id(world):
    one, other = world.freezes(), world.freezes()
    message_id = unique("msg")
    statuses = [frozen.bank.sends(*_authorise(frozen.bank, frozen), message_id=message_id).status
                for frozen in (one, other)]
    assert statuses == [200, 200]


@pytest.mark.parametrize("wrong", [
    pytest.param({"amount": "1.001"}, id="of a wrong amount"),
    pytest.param({"account": "6222029999999999999"}, id="from an unknown account"),
    pytest.param({"currency": "USD"}, id="in another currency"),
    pytest.param({"bank": "other-bank"}, id="for another bank"),
    pytest.param({"colour": "red"}, id="with an unknown field"),
])
def test_a_refused_message_claims_nothing_and_may_be_sent_mended_under_its_id(world, wrong):
    frozen = world.freezes()
    path, message = _authorise(frozen.bank, frozen)
    message_id = unique("msg")
    frozen.bank.sends(path, changed(message, **wrong), message_id=message_id)
    assert frozen.bank.sends(path, message, message_id=message_id).status == 200


def test_asking_claims_no_id(world):
    frozen = world.freezes()
    reference = frozen.bank.withdraws(frozen.account, "100.00").reference
    message_id = unique("msg")
    before = world.books.whole()
    for _ in range(2):
        frozen.bank.sends(f"/withdrawals/{reference}", method="GET", message_id=message_id)
    assert world.books.whole() == before
    assert frozen.bank.sends(*_authorise(frozen.bank, frozen), message_id=message_id).status == 200


# --- references ----------------------------------------------------------------------------------


@pytest.mark.parametrize("other", [
    pytest.param({}, id="the same withdrawal asked again under a new message id"),
    pytest.param({"amount": "200.00"}, id="another amount"),
    pytest.param({"channel": "card"}, id="another channel"),
])
def test_a_reference_names_one_withdrawal_for_ever(world, other):
    """A second "approved" for one reference could be paid twice: whoever lost an answer asks by GET."""
    frozen = world.freezes()
    asked = frozen.bank.asks_for(frozen.account, "100.00")
    frozen.bank.sends("/withdrawals", asked)
    before = world.books.money()
    assert_refused(frozen.bank.sends("/withdrawals", changed(asked, **other)), 409, "REFERENCE_REUSED", "/reference")
    assert world.books.money() == before


def test_a_reference_names_no_withdrawal_of_another_account(world):
    frozen = world.freezes()
    other = world.freezes(bank=frozen.bank, court=frozen.court)
    reference = frozen.bank.withdraws(frozen.account, "100.00").reference
    answer = frozen.bank.sends("/withdrawals", frozen.bank.asks_for(other.account, "100.00", reference=reference))
    assert_refused(answer, 409, "REFERENCE_REUSED", "/reference")


def test_two_banks_may_use_the_same_reference(world):
    one, other = world.freezes(), world.freezes()
    decisions = [frozen.bank.withdraws(frozen.account, "100.00", reference="T-1").decision for frozen in (one, other)]
    assert decisions == ["approved", "approved"]


# --- events --------------------------------------------------------------------------------------


def test_an_event_told_again_in_another_message_counts_once(world):
    frozen = world.freezes(balance="0.00")
    salary = frozen.bank.credit(frozen.account, "8000.00")
    results = [frozen.bank.reports(salary)[0] for _ in range(3)]
    assert [result.outcome for result in results] == ["applied"] * 3
    assert world.books.account(frozen.account.id).balance == 8000_00


def test_an_event_told_twice_in_one_batch_counts_once(world):
    frozen = world.freezes(balance="0.00")
    salary = frozen.bank.credit(frozen.account, "8000.00")
    assert [result.outcome for result in frozen.bank.reports(salary, salary)] == ["applied", "applied"]
    assert world.books.account(frozen.account.id).balance == 8000_00


def test_another_event_under_the_same_event_id_is_refused(world):
    frozen = world.freezes()
    salary = frozen.bank.credit(frozen.account, "8000.00")
    frozen.bank.reports(salary)
    before = world.books.money()
    (result,) = frozen.bank.reports(changed(salary, amount="9000.00"))
    assert_event_refused(result, 409, "MESSAGE_REUSED")
    assert world.books.money() == before


def test_a_refused_event_may_be_sent_mended(world):
    frozen = world.freezes(balance="0.00")
    salary = frozen.bank.credit(frozen.account, "8000.00")
    frozen.bank.reports(changed(salary, amount="8000.001"))
    assert frozen.bank.reports(salary)[0].outcome == "applied"


def test_two_banks_may_use_the_same_event_id(world):
    one, other = world.freezes(balance="0.00"), world.freezes(balance="0.00")
    for frozen in (one, other):
        frozen.bank.pays_salary(frozen.account, "8000.00", event_id="E-1")
    assert [world.books.account(frozen.account.id).balance for frozen in (one, other)] == [8000_00, 8000_00]


# --- the same cash, told by two kinds of message -------------------------------------------------


def _stand_in_and_debit(bank, account):
    return bank.stand_in(account, "300.00", transaction_reference="CORE-1"), \
        bank.debit(account, "300.00", "customer", transaction_reference="CORE-1")


def _credit_twice(bank, account):
    return tuple(bank.credit(account, "300.00", transaction_reference="CORE-1") for _ in range(2))


@pytest.mark.parametrize(("told", "balance"), [
    pytest.param(_stand_in_and_debit, 7700_00, id="a stand-in and a debit"),
    pytest.param(_credit_twice, 8300_00, id="two credits"),
])
def test_a_booking_counts_once_by_its_transaction_reference(world, told, balance):
    frozen = world.freezes()
    results = frozen.bank.reports(*told(frozen.bank, frozen.account))
    assert [result.outcome for result in results] == ["applied", "applied"]
    assert world.books.account(frozen.account.id).balance == balance


def test_a_capture_and_a_debit_of_one_booking_count_once(world):
    frozen = world.freezes()
    reference = frozen.bank.withdraws(frozen.account, "300.00").reference
    frozen.bank.captures(reference, transaction_reference="CORE-1")
    frozen.bank.reports(frozen.bank.debit(frozen.account, "300.00", "customer", transaction_reference="CORE-1"))
    assert world.books.account(frozen.account.id).balance == 7700_00
    assert world.books.pool_of(frozen.account.id).taken == 300_00


def test_two_accounts_may_have_bookings_of_one_reference(world):
    one = world.freezes(balance="0.00")
    other = world.freezes(balance="0.00", bank=one.bank, court=one.court)
    for frozen in (one, other):
        one.bank.pays_salary(frozen.account, "300.00", transaction_reference="CORE-1")
    assert [world.books.account(frozen.account.id).balance for frozen in (one, other)] == [300_00, 300_00]
