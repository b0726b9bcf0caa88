"""Everything that is asked of every page, in one list of faults."""

from tests.support.browser.axe import axe_faults
from tests.support.browser.keyboard import keyboard_faults
from tests.support.browser.layout import layout_faults
from tests.support.browser.texts import text_faults
from tests.support.browser.visitor import LOCALES, PHONE, ZOOMED, Visitor
from tests.support.world.scenario import SAID_BY_PEOPLE


def page_faults(visitor: Visitor) -> list[str]:
    """What is wrong with the page that the visitor sees now, a line each."""
    page, faults = visitor.page, visitor.complained()
    if page.locator("html").get_attribute("lang") != LOCALES[visitor.language]:
        faults.append("<html lang> names another language")
    if (count := page.locator("h1").count()) != 1:
        faults.append(f"{count} first headings instead of one")
    return [
        *faults, *text_faults(page, visitor.language, SAID_BY_PEOPLE), *axe_faults(page),
        *layout_faults(page, ZOOMED, PHONE), *keyboard_faults(page),
    ]
