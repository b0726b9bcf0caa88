"""A freeze rule by clicks: written beside its effect, approved by a second person, in force for whoever follows it."""

import pytest

from livefreeze.flows import staff
from tests.court.world import freeze
from tests.support.clicking import CHINESE, Visitor

ALL_OF = {"allowance": "2500.00", "anchor_day": "10", "reserve": "0.00", "channels": ["counter"], "day": "12",
          "minimum": "1.00", "stand_in_limit": "", "source": "执行局会议纪要"}
_names = iter(range(1, 1_000))


@pytest.fixture
def rule(court):
    prepared = court.clerk.post("/rules", name=f"规则{next(_names)}", source="会议纪要",
                                rule={"preset": "cn-live-freeze", "anchor_day": 10, "sweep": {"day": 12}})
    court.judge.post(f"/proposals/{prepared['proposal']['id']}/approve", digest=prepared["proposal"]["digest"])
    return prepared["court_rule"]


@pytest.fixture
def frozen(court, bank, rule):
    """8,000 on an account whose order follows the rule."""
    return freeze(court, bank, rule={"court_rule": rule}).account


def spendable(court, account) -> str:
    return court.auditor.get(f"/accounts/{account}/position")["position"]["spendable"]


def test_a_rule_is_changed_by_clicks(court, frozen, rule, desk):
    page = desk.clerk.opens(f"/court/rules/{rule}/new-version")
    looked = desk.clerk.sends(page.form("/new-version"), look="yes", allowance="2800.00", source="纪要二")
    assert "Living allowance of each period: CNY 2,500.00 → CNY 2,800.00" in looked.text
    assert "May take more now 1 at most CNY 300.00 more" in looked.text
    assert "100 to 500 more" in looked.text
    assert "CNY 5,200.00 now: CNY 5,500.00" in looked.text
    assert court.auditor.get(f"/rules/{rule}")["open_proposals"] == []
    prepared = desk.clerk.sends(looked.form("/new-version"))
    assert "waits for a second person" in prepared.text and "You wrote or changed this" in prepared.text
    read = desk.judge.opens(prepared.address)
    assert "What changes from version 1" in read.text
    assert "Living allowance of each period: CNY 2,500.00 → CNY 2,800.00" in read.text
    assert "May take more now 1" in read.text
    assert spendable(court, frozen) == "2500.00"
    done = desk.judge.sends(read.form("/approve"))
    assert "the rule is in force" in done.text
    assert spendable(court, frozen) == "2800.00"
    versions = desk.auditor.opens(f"/court/rules/{rule}")
    assert "Version 2 · approved by" in versions.text
    assert "Living allowance of each period: CNY 2,500.00 → CNY 2,800.00" in versions.text
    assert "1 debtor is under this rule." in versions.text


def test_a_version_that_waits_is_named_where_it_waits(court, rule, desk):
    name = court.auditor.get(f"/rules/{rule}")["name"]
    court.clerk.post(f"/rules/{rule}/versions", source="纪要三", rule={"allowance": "2700.00"})
    assert name in desk.judge.opens("/court").text
    assert f"Freeze rule · {name}" in desk.judge.opens("/court/proposals").text


def test_a_double_click_prepares_one(court, rule, desk):
    form = desk.clerk.opens(f"/court/rules/{rule}/new-version").form("/new-version")
    first, second = (desk.clerk.sends(form, allowance="2600.00", source="纪要") for _ in range(2))
    assert first.address == second.address
    assert len(court.auditor.get(f"/rules/{rule}")["open_proposals"]) == 1


def test_looking_prepares_nothing_however_often(court, rule, desk):
    form = desk.clerk.opens(f"/court/rules/{rule}/new-version").form("/new-version")
    for allowance in ("2600.00", "2700.00"):
        looked = desk.clerk.sends(form, look="yes", allowance=allowance, source="纪要")
        assert looked.form("/new-version").fields["allowance"] == [allowance]
    assert court.auditor.get(f"/rules/{rule}")["open_proposals"] == []


@pytest.mark.parametrize(("typed", "wrong"), [
    ({"allowance": "12.345"}, ["allowance"]),
    ({"allowance": ""}, ["allowance"]),
    ({"anchor_day": "32"}, ["anchor_day"]),
    ({"day": "x"}, ["day"]),
    ({"minimum": "-1"}, ["minimum"]),
    ({"stand_in_limit": "viel"}, ["stand_in_limit"]),
    ({"reserve": "1e3"}, ["reserve"]),
])
@pytest.mark.parametrize("look", ["yes", ""])
def test_what_is_wrong_is_said_beside_the_field_and_what_was_typed_stays(rule, desk, typed, wrong, look):
    page = desk.clerk.opens(f"/court/rules/{rule}/new-version")
    refused = desk.clerk.sends(page.form("/new-version"), **(ALL_OF | {"look": look, "reserve": "77.00"} | typed))
    assert (refused.status, refused.fields_with_error) == (422, wrong)
    kept = refused.form("/new-version").fields
    assert [kept[name] for name in typed] == [[text] for text in typed.values()]
    assert kept["channels"] == ["counter"]


def test_the_authority_is_needed_to_prepare_a_version_and_not_to_look_at_it(rule, desk):
    page = desk.clerk.opens(f"/court/rules/{rule}/new-version")
    looked = desk.clerk.sends(page.form("/new-version"), look="yes", allowance="2600.00", source="")
    assert (looked.status, looked.fields_with_error) == (200, [])
    refused = desk.clerk.sends(looked.form("/new-version"))
    assert (refused.status, refused.fields_with_error) == (422, ["source"])
    assert refused.form("/new-version").fields["allowance"] == ["2600.00"]


def test_without_any_channel_it_is_refused(rule, desk):
    page = desk.clerk.opens(f"/court/rules/{rule}/new-version")
    refused = desk.clerk.sends(page.form("/new-version"), **(ALL_OF | {"channels": []}))
    assert refused.status == 422


def test_a_version_that_changes_nothing_is_refused(rule, desk):
    page = desk.clerk.opens(f"/court/rules/{rule}/new-version")
    refused = desk.clerk.sends(page.form("/new-version"), source="只改依据")
    assert refused.status == 422 and "in force already" in refused.text


def test_a_new_rule_by_clicks_warns_of_an_empty_account_and_may_be_changed_before_its_approval(court, desk):
    page = desk.clerk.opens("/court/rules/new")
    looked = desk.clerk.sends(page.form("/new"), look="yes", name="按月规则", source="纪要")
    assert "The allowance is whole again on the 1st" in looked.text
    assert "Nobody is under this rule yet." in looked.text or "No account to try it on" in looked.text
    prepared = desk.clerk.sends(looked.form("/new"))
    assert "The allowance is whole again on the 1st" in desk.judge.opens(prepared.address).text
    edit = desk.clerk.opens(prepared.address + "/edit")
    assert edit.form("/edit").fields["name"] == ["按月规则"]
    changed = desk.clerk.sends(edit.form("/edit"), name="发薪日", anchor_day="15", stand_in_limit="800")
    assert "day 15 of each month" in changed.text and "CNY 800.00" in changed.text
    done = desk.judge.sends(desk.judge.opens(prepared.address).form("/approve"))
    assert "the rule is in force" in done.text
    listed = desk.auditor.opens("/court/rules")
    assert "发薪日" in listed.text and "按月规则" not in listed.text


def test_a_name_in_use_is_refused_beside_the_name(court, rule, desk):
    name = court.auditor.get(f"/rules/{rule}")["name"]
    page = desk.clerk.opens("/court/rules/new")
    refused = desk.clerk.sends(page.form("/new"), name=name, source="纪要")
    assert refused.fields_with_error == ["name"]
    assert refused.form("/new").fields["name"] == [name]


def test_of_two_versions_the_second_cannot_be_approved_before_it_is_written_anew(court, rule, desk):
    first, second = (
        desk.clerk.sends(desk.clerk.opens(f"/court/rules/{rule}/new-version").form("/new-version"),
                         allowance=allowance, source="纪要")
        for allowance in ("2600.00", "2700.00")
    )
    desk.judge.sends(desk.judge.opens(first.address).form("/approve"))
    read = desk.judge.opens(second.address)
    assert "This cannot be done now" in read.text
    assert [form for form in read.forms if form.action.endswith("/approve")] == []
    desk.clerk.sends(desk.clerk.opens(second.address + "/edit").form("/edit"))
    read = desk.judge.opens(second.address)
    assert "Living allowance of each period: CNY 2,600.00 → CNY 2,700.00" in read.text
    desk.judge.sends(read.form("/approve"))
    assert court.auditor.get(f"/rules/{rule}")["version"] == 3


def test_who_may_not_write_is_shown_no_way_to(rule, desk):
    for address in ("/court/rules", f"/court/rules/{rule}"):
        page = desk.auditor.opens(address)
        assert page.status == 200
        assert not [link for link, _ in page.links if link.endswith(("/new", "/new-version"))]
    assert desk.auditor.opens(f"/court/rules/{rule}/new-version").status == 403


def test_anothers_rule_is_unknown(rule, other_desk):
    assert other_desk.clerk.opens(f"/court/rules/{rule}").status == 404
    assert other_desk.clerk.opens(f"/court/rules/{rule}/new-version").status == 404


def test_the_live_part_of_the_editor_comes_alone(court, frozen, rule, desk):
    form = desk.clerk.opens(f"/court/rules/{rule}/new-version").form("/new-version")
    client = desk.clerk._client
    headers = {"HX-Request": "true", "Accept-Language": "en"}
    fields = form.fields | {"look": ["yes"], "allowance": ["2000.00"], "source": ["纪要"]}
    part = client.post(form.action, data=fields, headers=headers)
    assert part.status_code == 200 and "<html" not in part.text
    assert "May take less now" in part.text
    refused = client.post(form.action, data=fields | {"allowance": ["x"]}, headers=headers)
    assert refused.status_code == 200 and "once these are mended" in refused.text


def test_the_pages_speak_chinese(app, court, frozen, rule, desk):
    clerk = Visitor(app, staff.authenticate(court.people["clerk"].token).staff_id, language=CHINESE)
    page = clerk.opens(f"/court/rules/{rule}/new-version")
    looked = clerk.sends(page.form("/new-version"), look="yes", allowance="2800.00", source="纪要二")
    assert "每期生活费: 2,500.00 元 → 2,800.00 元" in looked.text
