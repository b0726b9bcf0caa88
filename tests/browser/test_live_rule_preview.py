"""The editor of a freeze rule in a real browser: what it does shows while one types, and nothing is kept by looking."""

import pytest
from playwright.sync_api import expect

from tests.support.browser.axe import axe_faults
from tests.support.browser.clicks import Person, money
from tests.support.browser.layout import layout_faults
from tests.support.browser.visitor import LOCALES, PHONE, ZOOMED


@pytest.fixture(params=sorted(LOCALES))
def clerk(town, request) -> Person:
    person = Person(town.visitor("clerk", request.param))
    person.opens(f"/court/rules/{town.scenario.things['court_rule_id']}/new-version")
    return person


def test_the_effect_shows_while_one_types(town, clerk):
    rule = town.scenario.things["court_rule_id"]
    before = town.scenario.court.sees_rule(rule)["open_proposals"]
    clerk.types("Living allowance of each period", "2300.00")
    clerk.field("Living allowance of each period").blur()
    effect = clerk.page.locator("#effect")
    expect(effect).to_contain_text(clerk.says("May take less now"))
    expect(effect).to_contain_text(money(clerk.language, "2300.00").replace("\u00a0", " "))
    expect(effect.locator("svg").first).to_be_visible()
    clerk.types("Living allowance of each period", "12.345")
    clerk.field("Living allowance of each period").blur()
    expect(effect).to_contain_text(clerk.says("The effect shows once these are mended:"))
    expect(clerk.field("Living allowance of each period")).to_have_value("12.345")
    clerk.types("Living allowance of each period", "2800.00")
    clerk.field("Living allowance of each period").blur()
    expect(effect).to_contain_text(clerk.says("Surplus for the case funds"))
    assert town.scenario.court.sees_rule(rule)["open_proposals"] == before
    faults = [*clerk.visitor.complained(), *axe_faults(clerk.page), *layout_faults(clerk.page, ZOOMED, PHONE)]
    assert not faults, "\n".join(faults)


def test_the_enter_key_looks_and_prepares_nothing(town, clerk):
    rule = town.scenario.things["court_rule_id"]
    before = town.scenario.court.sees_rule(rule)["open_proposals"]
    clerk.types("Living allowance of each period", "2800.00")
    clerk.field("Living allowance of each period").press("Enter")
    clerk.sees("On whose authority")
    clerk.page.wait_for_load_state()
    assert town.scenario.court.sees_rule(rule)["open_proposals"] == before


