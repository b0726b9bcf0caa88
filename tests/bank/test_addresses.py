"""A body that speaks of another bank, type or id than its address, and ids that are unknown or another bank's."""

import pytest

from tests.bank.refusals import CALLS, assert_refused, changed, good, path_of, sent
from tests.support.world import Account

pytestmark = pytest.mark.usefixtures("nothing_changes")

NOBODYS = Account("acc_00000000000000000000000000", "6222029999999999999", "CNY")


@pytest.mark.parametrize("call", CALLS)
@pytest.mark.parametrize(("field", "value"), [
    pytest.param("bank", "other-bank", id="another bank"),
    pytest.param("audience", "other-service", id="another audience"),
    pytest.param("type", "withdrawal.decided", id="another direction"),
])
def test_a_body_for_another_address_is_refused(standing, call, field, value):
    answer = sent(call, standing, changed(good(call, standing), **{field: value}))
    assert_refused(answer, 422, "ADDRESS_MISMATCH", f"/{field}")


@pytest.mark.parametrize("call", CALLS)
def test_a_body_addressed_to_the_bank_itself_is_no_request(standing, call):
    """Or our own answers could be sent back to us."""
    answer = sent(call, standing, changed(good(call, standing), audience=standing.frozen.bank.code))
    assert_refused(answer, 422, "ADDRESS_MISMATCH", "/audience")


@pytest.mark.parametrize(("call", "like"), [
    ("authorise", "capture"), ("capture", "void"), ("void", "capture"), ("events", "authorise"),
])
def test_a_good_message_at_another_address_is_refused(standing, call, like):
    answer = sent(call, standing, good(like, standing))
    assert_refused(answer, 422, "ADDRESS_MISMATCH", "/type")
    assert f"type must be {good(call, standing)['type']}:" in answer.message.detail


@pytest.mark.parametrize("call", ["capture", "void"])
def test_a_body_that_names_another_withdrawal_than_its_address_is_refused(standing, call):
    answer = sent(call, standing, changed(good(call, standing), reference=standing.foreign_held))
    assert_refused(answer, 422, "ADDRESS_MISMATCH", "/reference")


@pytest.mark.parametrize("call", CALLS)
def test_a_body_of_another_bank_is_refused_although_it_is_rightly_signed(standing, call):
    """A bank that sends on what another one wrote."""
    answer = standing.foreign.bank.sends(path_of(call, standing), good(call, standing))
    assert_refused(answer, 422, "ADDRESS_MISMATCH", "/bank")


# --- unknown, or another bank's: the same words --------------------------------------------------


@pytest.mark.parametrize("account", [
    pytest.param(lambda standing: NOBODYS, id="nobody's account"),
    pytest.param(lambda standing: standing.foreign.account, id="an account of another bank"),
])
def test_a_withdrawal_from_an_unknown_account_is_refused(standing, account):
    bank = standing.frozen.bank
    answer = bank.sends("/withdrawals", bank.asks_for(account(standing), "10.00"))
    assert_refused(answer, 404, "NOT_FOUND", "/account")


@pytest.mark.parametrize("reference", [
    pytest.param(lambda standing: "T-nobodys", id="nobody's withdrawal"),
    pytest.param(lambda standing: standing.foreign_held, id="a withdrawal of another bank"),
])
@pytest.mark.parametrize("call", ["capture", "void"])
def test_an_unknown_withdrawal_is_refused(standing, call, reference):
    bank, named = standing.frozen.bank, reference(standing)
    answer = bank.sends(f"/withdrawals/{named}/{call}", bank.says(f"withdrawal.{call}", reference=named))
    assert_refused(answer, 404, "NOT_FOUND")


@pytest.mark.parametrize("reference", [
    pytest.param(lambda standing: "T-nobodys", id="nobody's withdrawal"),
    pytest.param(lambda standing: standing.foreign_held, id="a withdrawal of another bank"),
])
def test_asking_about_an_unknown_withdrawal_is_refused(standing, reference):
    answer = standing.frozen.bank.sends(f"/withdrawals/{reference(standing)}", method="GET")
    assert_refused(answer, 404, "NOT_FOUND")


def test_unknown_and_foreign_are_told_in_the_same_words(standing):
    bank = standing.frozen.bank
    unknown, foreign = (bank.sends(f"/withdrawals/{named}", method="GET").document
                        for named in ("T-nobodys", standing.foreign_held))
    words = ("type", "title", "title_zh", "status", "code", "detail", "detail_zh", "errors")
    assert [unknown.get(name) for name in words] == [foreign.get(name) for name in words]


def test_asking_with_a_body_is_refused(standing):
    answer = standing.frozen.bank.sends(f"/withdrawals/{standing.held}", b"{}", method="GET")
    assert_refused(answer, 400, "REQUEST_INVALID")
