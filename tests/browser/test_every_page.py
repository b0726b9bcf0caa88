"""Every page, for every role that may see it, in both languages: it opens, fits, speaks and can be used by anyone."""

import re
from html import unescape

import pytest

from livefreeze import app as web_process
from livefreeze.web import shell
from tests.support.browser.axe import axe_faults
from tests.support.browser.keyboard import unseen_steps
from tests.support.browser.layout import layout_faults
from tests.support.browser.pages import STRANGER, pages_of
from tests.support.browser.visitor import LOCALES, PHONE, ZOOMED, Visitor
from tests.support.browser.whole import page_faults

APP = shell.build(web_process.BLUEPRINTS, is_ready=lambda: True, is_https=False)
PAGES = pages_of(APP)
RULES = sorted({page.rule for page in PAGES})
ROLES = sorted({page.role for page in PAGES})
FORMS = sorted({page.rule for page in PAGES if page.has_form})


@pytest.mark.parametrize("language", sorted(LOCALES))
@pytest.mark.parametrize("rule", RULES)
def test_page(town, rule, language):
    faults, seen = [], set()
    for page in (each for each in PAGES if each.rule == rule):
        address = page.address(town.scenario.things)
        answer = town.answers(page.role, language, address)
        if answer.status_code != 200:
            faults.append(f"{page.role}: answered {answer.status_code}")
        elif (content := content_of(answer.text)) not in seen:  # what several roles see alike is looked at once
            seen.add(content)
            faults += [f"{page.role}: {fault}" for fault in faults_of(town.visitor(page.role, language), address)]
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize("language", sorted(LOCALES))
@pytest.mark.parametrize("rule", FORMS)
def test_form_that_was_sent_empty(town, rule, language):
    """It says what is missing, or sends on; either way in a page that is as good as any."""
    page = next(each for each in PAGES if each.rule == rule)
    visitor = town.visitor(page.role, language)
    visitor.goes(page.address(town.scenario.things))
    form = visitor.page.locator("main form[method=post]").first
    if form.count() == 0:
        return  # nothing can be done here as things stand
    for field in form.locator("input:not([type=hidden]):not([type=checkbox]):not([type=radio]), textarea").all():
        if field.is_visible():
            field.fill("")
    with visitor.page.expect_navigation():
        form.locator("button:not([type=button])").first.click()
    faults = page_faults(visitor)
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize("language", sorted(LOCALES))
@pytest.mark.parametrize("role", ROLES)
def test_every_page_of_a_role_has_a_title_of_its_own(town, role, language):
    pages: dict[str, set[str]] = {}
    for page in (each for each in PAGES if each.role == role):
        answer = town.answers(role, language, page.address(town.scenario.things))
        title = unescape(re.search("<title>(.*?)</title>", answer.text, re.DOTALL)[1])
        pages.setdefault(title.strip().removesuffix("livefreeze").strip(" ·"), set()).add(answer.request.full_path)
    assert "" not in pages
    assert {title: paths for title, paths in pages.items() if len(paths) > 1} == {}


@pytest.mark.parametrize("language", sorted(LOCALES))
@pytest.mark.parametrize(("address", "status"), [("/nowhere", 404), ("/docs", 200)])
def test_what_is_no_page_of_an_area(town, address, status, language):
    visitor = town.visitor(STRANGER, language)
    assert visitor.goes(address) == status
    assert [*visitor.complained(), *layout_faults(visitor.page, ZOOMED, PHONE), *axe_faults(visitor.page)] == []


def test_the_keyboard_walks_through_the_api(town):
    """Its list is long, and made by a library: Tab goes on, is seen, and Enter opens what it stands on."""
    visitor = town.visitor(STRANGER, "en")
    visitor.goes("/docs")
    visitor.page.locator(".opblock-summary-control").first.wait_for()
    assert unseen_steps(visitor.page, 40) == []
    control = visitor.page.locator(".opblock-summary-control").first
    control.focus()
    visitor.page.keyboard.press("Enter")
    assert visitor.page.locator(".opblock.is-open .opblock-body").count() == 1


def faults_of(visitor: Visitor, address: str) -> list[str]:
    status = visitor.goes(address)
    return page_faults(visitor) if status == 200 else [f"answered {status}"]


def content_of(text: str) -> str:
    """What the page says and offers, without what is new in it each time."""
    return re.sub(r'value="[^"]{26,}"', "", re.search("<main.*</main>", text, re.DOTALL)[0])
