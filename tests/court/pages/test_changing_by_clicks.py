"""Another quota, the end of an order, a sweep, the case fund: what they do is shown before they are done."""

import json

import pytest

from tests.court.world import freeze, new_account_number


@pytest.fixture
def frozen(court, bank):
    return freeze(court, bank)


def test_another_quota_shows_what_the_debtor_gains_before_anything_is_prepared(court, frozen, desk):
    page = desk.clerk.opens(f"/court/orders/{frozen.order}/amend")
    looked = desk.clerk.opens(f"/court/orders/{frozen.order}/amend?quota=4000.00")
    assert "The debtor gains: CNY 1,500.00 more may be withdrawn at once." in looked.text
    assert court.auditor.get(f"/orders/{frozen.order}")["proposals"][1:] == []
    prepared = desk.clerk.sends(looked.form("/amend", method="post"))
    assert "waits for a second person" in prepared.text and "CNY 4,000.00" in prepared.text
    desk.judge.sends(desk.judge.opens(prepared.address).form("/approve"))
    assert court.auditor.get(f"/orders/{frozen.order}")["target"] == "4000.00"
    assert page.status == 200


@pytest.mark.parametrize("quota", ["0.00", "x", "12.345"])
def test_a_quota_that_is_none_is_said_so_beside_the_field(frozen, desk, quota):
    page = desk.clerk.opens(f"/court/orders/{frozen.order}/amend?quota={quota}")
    assert (page.status, page.fields_with_error) == (422, ["quota"])
    assert quota in page.html


def test_an_order_ends_by_clicks(court, frozen, desk):
    page = desk.clerk.opens(f"/court/orders/{frozen.order}/release")
    assert "CNY 5,500.00 more may be withdrawn at once" in page.text
    empty = desk.clerk.sends(page.form("/release"))
    assert (empty.status, empty.fields_with_error) == (422, ["reason"])
    prepared = desk.clerk.sends(empty.form("/release"), reason="和解履行完毕")
    done = desk.judge.sends(desk.judge.opens(prepared.address).form("/approve"))
    assert "the order has ended" in done.text
    assert court.auditor.get(f"/orders/{frozen.order}")["status"] == "released"


def test_before_the_receipt_an_order_is_withdrawn(court, bank, desk):
    debtor = court.registers_debtor()
    order = court.serves_order(court.opens_case(debtor), debtor, court.registers_account(debtor))
    page = desk.clerk.opens(f"/court/orders/{order}/release")
    assert "No bank has answered yet" in page.text
    prepared = desk.clerk.sends(page.form("/release"), reason="误冻")
    desk.judge.sends(desk.judge.opens(prepared.address).form("/approve"))
    assert court.auditor.get(f"/orders/{order}")["status"] == "revoked"


def test_what_ended_meanwhile_cannot_be_approved(court, frozen, desk):
    page = desk.clerk.opens(f"/court/orders/{frozen.order}/amend?quota=4000.00")
    prepared = desk.clerk.sends(page.form("/amend", method="post"))
    court.approves(court.clerk.post(f"/orders/{frozen.order}/release", reason="和解"))
    shown = desk.judge.opens(prepared.address)
    assert "This cannot be done now" in shown.text
    assert [form.action for form in shown.forms if form.action.endswith("/approve")] == []


def test_a_sweep_shows_what_it_sends_and_sends_it_once(court, bank, frozen, desk):
    court.registers_fund()
    page = desk.finance.opens(f"/court/cases/{frozen.case}/sweep")
    assert "A click sends CNY 5,500.00" in page.text
    assert "What the debtor may withdraw now stays the same." in page.text
    form = page.form("/sweep")
    done, again = desk.finance.sends(form), desk.finance.sends(form)
    assert done.address == again.address and "1 transfer is on its way" in done.text
    assert done.text.count("CNY 5,500.00") == 1
    after = desk.finance.opens(f"/court/cases/{frozen.case}/sweep")
    assert "Nothing to send now" in after.text and "All that is there is the living allowance" in after.text


def test_a_second_tab_sends_nothing_more(court, bank, frozen, desk):
    court.registers_fund()
    here, there = (desk.finance.opens(f"/court/cases/{frozen.case}/sweep") for _ in range(2))
    desk.finance.sends(here.form("/sweep"))
    refused = desk.finance.sends(there.form("/sweep"))
    assert refused.status == 409 and "Something moved since the preview" in refused.text
    assert desk.finance.opens(f"/court/cases/{frozen.case}/sweeps").text.count("CNY 5,500.00") == 1


def test_a_failed_transfer_is_to_be_worked_off(court, bank, frozen, desk):
    court.registers_fund()
    desk.finance.sends(desk.finance.opens(f"/court/cases/{frozen.case}/sweep").form("/sweep"))
    (transfer,) = sweeps_of(court, frozen)
    bank.reports("transfer.failed", account=frozen.number, transfer=transfer, amount="5500.00", currency="CNY",
                 why="账号有误")
    page = desk.finance.opens(f"/court/cases/{frozen.case}/sweeps")
    assert "1 transfer has failed or was sent back." in page.text and "Look at a new sweep" in page.text


def test_a_clerk_looks_at_the_sweep_and_cannot_send_it(court, frozen, desk):
    court.registers_fund()
    page = desk.clerk.opens(f"/court/cases/{frozen.case}/sweep")
    assert "A finance officer of the court sends it" in page.text
    assert [form.action for form in page.forms if form.action.endswith("/sweep")] == []


def test_the_case_fund_is_registered_by_finance_and_approved_by_a_judge(court, bank, desk):
    page = desk.finance.opens("/court/case-fund/register")
    wrong = desk.finance.sends(page.form("/register"), account="12", name="案款专户")
    assert (wrong.status, wrong.fields_with_error) == (422, ["account"])
    assert wrong.form("/register").fields["name"] == ["案款专户"]
    number = new_account_number()
    prepared = desk.finance.sends(wrong.form("/register"), account=number, bank="icbc")
    assert "waits for a second person" in prepared.text and number in prepared.text
    assert "Another account waits for a judge" in desk.auditor.opens("/court/case-fund").text
    desk.judge.sends(desk.judge.opens(prepared.address).form("/approve"))
    assert f"****{number[-4:]}" in desk.auditor.opens("/court/case-fund").text


def test_what_arrived_stands_in_the_case_fund(court, bank, frozen, desk):
    court.registers_fund()
    desk.finance.sends(desk.finance.opens(f"/court/cases/{frozen.case}/sweep").form("/sweep"))
    (transfer,) = sweeps_of(court, frozen)
    bank.reports("transfer.settled", account=frozen.number, transfer=transfer, amount="5500.00", currency="CNY")
    page = desk.auditor.opens("/court/case-fund")
    number = court.auditor.get(f"/cases/{frozen.case}")["case_number"]
    assert f"{number} arrived CNY 5,500.00" in page.text


@pytest.mark.parametrize("address", [
    "/court/cases/{case}/sweep", "/court/cases/{case}/sweeps", "/court/orders/{order}/amend",
    "/court/orders/{order}/release", "/court/orders/new/{debtor}/{case}", "/court/orders/new/{debtor}",
    "/court/cases/{case}/orders/new",
])
def test_what_is_another_courts_is_unknown(other_desk, frozen, address):
    there = address.format(case=frozen.case, order=frozen.order, debtor=frozen.debtor)
    assert other_desk.judge.answer(there).status_code == 404


def sweeps_of(court, frozen) -> list[str]:
    """The ids of the account's sweeps, from its audit chain."""
    events = court.auditor.get("/audit", chain=f"account:{frozen.account}")["events"]
    documents = [json.loads(event["document"]) for event in events]
    return [document["detail"]["sweep"] for document in documents if document["kind"] == "sweep.instructed"]
