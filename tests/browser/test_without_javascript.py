"""Without JavaScript every page can be read, nothing on it is dead, and no picture leaves a hole."""

import pytest

from livefreeze import app as web_process
from livefreeze.web import shell
from tests.support.browser.layout import layout_faults
from tests.support.browser.pages import STRANGER, pages_of
from tests.support.browser.visitor import PHONE, visiting
from tests.support.world.people import cookie_of

PAGES = pages_of(shell.build(web_process.BLUEPRINTS, is_ready=lambda: True, is_https=False))
ROLES = ("clerk", "finance", "teller", "debtor", "operator", STRANGER)  # all areas; judges see what clerks see

_DEAD = """
() => {
    const shown = (element) => element.checkVisibility() && element.getBoundingClientRect().height > 0;
    const name = (element) => element.outerHTML.replace(/\\s+/g, " ").slice(0, 110);
    const buttons = [...document.querySelectorAll("button")].filter((each) => shown(each) && !each.form);
    const charts = [...document.querySelectorAll("[data-chart]")];
    return [
        ...buttons.map((each) => "does nothing: " + name(each)),
        ...charts.filter(shown).map((each) => "a hole where a chart would be: " + name(each)),
        ...charts.filter((each) => !each.closest("figure").querySelector("table tbody tr"))
            .map((each) => "no table beside " + name(each)),
        ...[...document.querySelectorAll("main svg")]
            .filter((each) => !each.getAttribute("aria-label") && !each.closest(".qr"))
            .map((each) => "a picture without words: " + name(each)),
    ];
}
"""


@pytest.mark.parametrize("role", ROLES)
def test_every_page_of_a_role_is_whole_without_javascript(town, role):
    faults = []
    with visiting(town.browser, town.address, java_script_enabled=False) as visitor:
        if role != STRANGER:
            cookie = cookie_of(town.world, town.scenario, role)
            visitor.context.add_cookies([{"name": cookie.name, "value": cookie.value, "url": town.address}])
        for page in (each for each in PAGES if each.role == role and each.endpoint != "pages.components"):
            address = page.address(town.scenario.things)
            status = visitor.goes(address)
            heading = visitor.page.locator("main h1")
            if (status, heading.count()) != (200, 1) or not heading.inner_text().strip():
                faults.append(f"{address}: answered {status}, with {heading.count()} headings")
            faults += [f"{address}: {fault}" for fault in visitor.page.evaluate(_DEAD)]
            faults += [f"{address}: {fault}" for fault in layout_faults(visitor.page, PHONE)]
    assert not faults, "\n".join(faults)


def test_a_table_is_a_card_for_each_row_on_a_phone_and_still_a_table(town):
    visitor = town.visitor("clerk", "en")
    visitor.goes("/court/orders")
    visitor.page.set_viewport_size(PHONE._asdict())
    cell = visitor.page.locator("main tbody tr").first.locator("td").last
    assert cell.evaluate("cell => getComputedStyle(cell, '::before').content") == '"Prepared"'
    assert visitor.page.get_by_role("columnheader").count() == visitor.page.locator("main thead th").count() > 0
    visitor.page.set_viewport_size({"width": 1280, "height": 800})
