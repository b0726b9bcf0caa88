"""An inquiry in a real browser: what a bank answers shows by itself, without a click."""

from playwright.sync_api import expect

from tests.support.browser.axe import axe_faults
from tests.support.browser.clicks import Person
from tests.support.world.numbers import id_number


def test_an_answer_shows_by_itself(town):
    court, bank = town.scenario.court, town.world.bank()
    debtor = court.names(id_number=id_number())
    inquiry = court.asks(court.opens_case(debtor), debtor, bank)
    town.world.delivers_until(lambda: bool(bank.mailbox.letters))
    clerk = Person(town.visitor("clerk", "en"))
    clerk.opens(f"/court/inquiries/{inquiry}")
    progress = clerk.page.locator("#progress")
    expect(progress).to_contain_text("1 of 1 banks still to answer")
    bank.answers(bank.asked()[0])
    expect(progress).to_contain_text("no such person", timeout=10_000)
    expect(progress).not_to_have_attribute("hx-trigger", "every 2s")
    assert not [*clerk.visitor.complained(), *axe_faults(clerk.page)]
