"""Every page, for every role that may see it, in both languages: it opens, fits, speaks and can be used by anyone."""

import pytest

from livefreeze import app as web_process
from livefreeze.web import shell
from tests.support.browser.axe import axe_faults
from tests.support.browser.keyboard import keyboard_faults
from tests.support.browser.layout import layout_faults
from tests.support.browser.pages import pages_of
from tests.support.browser.texts import text_faults
from tests.support.browser.visitor import LOCALES, PHONE, ZOOMED
from tests.support.world.scenario import SAID_BY_PEOPLE

APP = shell.build(web_process.BLUEPRINTS, is_ready=lambda: True, is_https=False)
PAGES = pages_of(APP)


@pytest.mark.parametrize("language", sorted(LOCALES))
@pytest.mark.parametrize("page", PAGES, ids=str)
def test_page(town, page, language):
    visitor = town.visitor(page.role, language)
    address = page.address(town.scenario.things)
    assert visitor.goes(address) == 200
    shown = visitor.page
    assert shown.locator("html").get_attribute("lang") == LOCALES[language]
    assert shown.locator("h1").count() == 1
    faults = [
        *visitor.complained(), *text_faults(shown, language, SAID_BY_PEOPLE), *axe_faults(shown),
        *layout_faults(shown, ZOOMED, PHONE), *keyboard_faults(shown),
    ]
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize("language", sorted(LOCALES))
@pytest.mark.parametrize("role", sorted({page.role for page in PAGES}))
def test_every_page_of_a_role_has_a_title_of_its_own(town, role, language):
    pages: dict[str, list[str]] = {}
    visitor = town.visitor(role, language)
    for page in (each for each in PAGES if each.role == role):
        visitor.goes(page.address(town.scenario.things))
        pages.setdefault(visitor.page.title().removesuffix("livefreeze").strip(" ·"), []).append(page.rule)
    assert "" not in pages
    assert {title: rules for title, rules in pages.items() if len(rules) > 1} == {}


@pytest.mark.parametrize("language", sorted(LOCALES))
@pytest.mark.parametrize(("address", "status"), [("/nowhere", 404), ("/docs", 200)])
def test_what_is_no_page_of_an_area(town, address, status, language):
    visitor = town.visitor("stranger", language)
    assert visitor.goes(address) == status
    assert [*visitor.complained(), *layout_faults(visitor.page, ZOOMED, PHONE), *axe_faults(visitor.page)] == []
