"""An order is prepared, changed, approved and withdrawn by clicks alone."""

import pytest

from livefreeze.flows import staff
from tests.court.world import freeze, new_account_number, new_case_number, new_id_number
from tests.support.clicking import CHINESE, Visitor


def prepares(clerk, **typed: object):
    """From an empty page to a proposal, as a clerk does it."""
    page = clerk.opens("/court/orders/new")
    page = clerk.sends(page.form("/orders/new"), name="张三丰", id_number=new_id_number())
    case = {"case_number": new_case_number(), "creditor": "李四光", "amount": "60000.00"}
    page = clerk.sends(page.form(page.address), **case)
    account = clerk.opens(next(address for address, _ in page.links if address.startswith("/court/orders/new/")))
    page = clerk.sends(account.form("/account"), bank="icbc", account=new_account_number(), allowance_account="yes")
    terms = {"notice_number": f"{new_case_number()}之一", "anchor_day": "10"} | typed
    return clerk.sends(page.form(page.address.split("?")[0]), **terms)


def test_a_clerk_prepares_and_a_judge_approves(court, bank, desk):
    page = prepares(desk.clerk)
    assert page.address.startswith("/court/proposals/prp_") and page.status == 200
    assert "Frozen up to CNY 60,000.00" in page.text and "CNY 2,500.00" in page.text
    assert "another person must approve it" in page.text
    shown = desk.judge.opens(page.address)
    done = desk.judge.sends(shown.form("/approve"))
    assert done.address == page.address and "the banks are told now" in done.text
    assert "Approve: freeze" not in done.text


def test_the_rule_keeps_the_law_as_its_source_where_nothing_else_is_set(court, bank, desk):
    page = prepares(desk.clerk)
    proposal = court.auditor.get(f"/proposals/{page.address.rsplit('/', 1)[1]}")
    (allowance,) = proposal["document"]["rule"]["allowance"]["amounts"]
    assert allowance["source"].startswith("民事诉讼法")
    assert proposal["document"]["rule"]["period"]["anchor_day"] == 10


def test_what_was_typed_stays_where_a_field_is_wrong(court, bank, desk):
    page = prepares(desk.clerk, quota="60000.123", notice_number="某某号", allowance="abc")
    assert page.status == 422
    form = page.form(page.address.split("?")[0])
    assert (form.fields["quota"], form.fields["notice_number"], form.fields["allowance"]) == (
        ["60000.123"], ["某某号"], ["abc"]
    )
    assert page.fields_with_error in (["quota"], ["allowance"])


def test_another_quota_than_the_claims_is_refused_beside_the_field(court, bank, desk):
    page = prepares(desk.clerk, quota="50000.00")
    assert (page.status, page.fields_with_error) == (422, ["quota"])
    assert "60000.00" in page.text


def test_the_same_form_sent_twice_makes_one_order(court, bank, desk):
    frozen = freeze(court, bank)
    page = desk.clerk.opens(f"/court/orders/{frozen.order}/release")
    first = desk.clerk.sends(page.form("/release"), reason="和解履行完毕")
    again = desk.clerk.sends(page.form("/release"), reason="和解履行完毕")
    assert first.address == again.address
    proposals = court.auditor.get(f"/orders/{frozen.order}")["proposals"]
    assert [each["kind"] for each in proposals].count("order.release") == 1


def test_a_case_is_found_by_its_number_whatever_brackets(court, bank, desk):
    debtor = court.registers_debtor()
    number = new_case_number()
    case = court.opens_case(debtor, case_number=number)
    wide = number.replace("(", "（").replace(")", "）")
    page = desk.clerk.opens(f"/court/orders/new?case_number={wide}")
    assert case in page.address and number in page.text
    assert "no case of this number" in desk.clerk.opens("/court/orders/new?case_number=x").text


def test_a_case_is_found_by_its_serial_number_and_of_several_one_chooses(court, bank, desk):
    debtor = court.registers_debtor()
    serial = f"{new_case_number().rpartition('执')[2].removesuffix('号')}77"
    first = court.opens_case(debtor, case_number=f"(2026)浙0281执{serial}号")
    assert first in desk.clerk.opens(f"/court/orders/new?case_number={serial}").address
    court.opens_case(debtor, case_number=f"(2025)浙0281执{serial}号")
    several = desk.clerk.opens(f"/court/orders/new?case_number={serial}")
    assert "/court/search" in several.address and "2 cases found" in several.text


def test_a_changed_document_needs_a_new_look(court, bank, desk):
    page = prepares(desk.clerk)
    seen = desk.judge.opens(page.address).form("/approve")
    edit = desk.clerk.opens(f"{page.address}/edit")
    changed = desk.clerk.sends(edit.form("/edit"), allowance="3000.00")
    assert "Changed." in changed.text and "CNY 3,000.00" in changed.text
    refused = desk.judge.sends(seen)
    assert refused.status == 409 and "read it again" in refused.text
    assert "CNY 3,000.00" in refused.text


def test_who_changed_it_may_not_approve_it(court, bank, desk):
    page = prepares(desk.clerk)
    edit = desk.judge.opens(f"{page.address}/edit")
    mine = desk.judge.sends(edit.form("/edit"), reserve="100.00")
    assert "another person must approve it" in mine.text
    assert [form.action for form in mine.forms if form.action.endswith("/approve")] == []
    assert desk.presiding.sends(desk.presiding.opens(page.address).form("/approve")).status == 200


def test_a_withdrawn_proposal_is_closed(court, bank, desk):
    page = prepares(desk.clerk)
    withdrawn = desk.clerk.sends(desk.clerk.opens(page.address).form("/withdraw"))
    assert "Withdrawn: nothing was done" in withdrawn.text
    assert [form.action for form in desk.judge.opens(page.address).forms if "proposals" in form.action] == []
    assert page.address in [address for address, _ in desk.auditor.opens("/court/proposals?show=done").links]


@pytest.mark.parametrize("address", ["/court/proposals", "/court/proposals?show=done", "/court/orders/new"])
def test_the_pages_speak_chinese_too(court, bank, app, address):
    clerk = Visitor(app, staff.authenticate(court.people["clerk"].token).staff_id, language=CHINESE)
    page = clerk.opens(address)
    assert page.status == 200 and '<html lang="zh-CN">' in page.html
    assert "冻结" in page.text or "审批" in page.text


def test_an_auditor_looks_and_changes_nothing(court, bank, desk):
    page = prepares(desk.clerk)
    shown = desk.auditor.opens(page.address)
    assert shown.status == 200
    assert [form.action for form in shown.forms if "proposals" in form.action] == []
    assert desk.auditor.answer("/court/orders/new").status_code == 403


def test_an_order_follows_a_rule_of_the_court(court, bank, desk):
    prepared = court.clerk.post("/rules", name="活冻结", source="审判委员会纪要", rule={
        "preset": "cn-live-freeze", "anchor_day": 15, "allowance": "2800.00",
    })
    court.approves(prepared["proposal"])
    page = prepares(desk.clerk, preset=prepared["court_rule"])
    assert "Rule of the court: 活冻结, version 1" in page.text and "CNY 2,800.00" in page.text
    edit = desk.clerk.opens(f"{page.address}/edit")
    assert edit.form("/edit").fields["preset"] == [prepared["court_rule"]]
    own = desk.clerk.sends(edit.form("/edit"), preset="cn-live-freeze", allowance="2600.00")
    assert "CNY 2,600.00" in own.text and "Rule of the court" not in own.text
