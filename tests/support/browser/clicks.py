"""What a person does with a page: clicks, types, reads. Texts are named in English and found in the page's language."""

import re

from playwright.sync_api import Locator, Page, expect

from livefreeze.web.pages.translations import chinese
from tests.support.browser.visitor import Visitor


def said(language: str, text: str, **params: object) -> str:
    """A text of the catalogue as it stands on a page of this language."""
    return (chinese().gettext(text) if language == "zh" else text) % params


def counted(language: str, one: str, many: str, number: int, **params: object) -> str:
    """The same for a text that has a plural."""
    text = chinese().ngettext(one, many, number) if language == "zh" else (one if number == 1 else many)
    return text % {"num": number, **params}


def money(language: str, amount: str) -> str:
    """1500.00 as a page writes it."""
    whole, _, rest = amount.partition(".")
    figure = f"{int(whole):,}.{rest}"
    return f"{figure}\u00a0元" if language == "zh" else f"CNY\u00a0{figure}"


class Person:
    """Somebody before a page."""

    def __init__(self, visitor: Visitor, page: Page | None = None) -> None:
        self.visitor, self.page, self.language = visitor, page or visitor.page, visitor.language

    def in_another_tab(self) -> "Person":
        """The same person, with the same address open a second time."""
        page = self.visitor.opens_tab()
        page.goto(self.page.url)
        return Person(self.visitor, page)

    def says(self, text: str, **params: object) -> str:
        return said(self.language, text, **params)

    def opens(self, path: str) -> None:
        self.page.goto(self.visitor.address + path)

    def follows(self, text: str, **params: object) -> None:
        """Click a link; of several of this name the first."""
        self.page.get_by_role("link", name=self.says(text, **params), exact=True).first.click()

    def follows_in_list(self, text: str) -> None:
        """Click a link of the page's own, which may go on to name what it is about; the bar may have one like it."""
        begins = re.compile(f"^{re.escape(self.says(text))}( · |$)")
        self.page.locator("main").get_by_role("link", name=begins).first.click()

    def follows_to(self, name: str | re.Pattern) -> None:
        """Click a link whose text people wrote, such as a case number."""
        self.page.get_by_role("link", name=name).first.click()

    def presses(self, text: str, **params: object) -> None:
        """Click a button."""
        self.button(text, **params).click()

    def presses_counted(self, one: str, many: str, number: int) -> None:
        """Click a button whose text counts."""
        name = counted(self.language, one, many, number)
        self.page.get_by_role("button", name=name, exact=True).click()

    def button(self, text: str, **params: object) -> Locator:
        return self.page.get_by_role("button", name=self.says(text, **params), exact=True)

    def types(self, label: str, value: str) -> None:
        self.field(label).fill(value)

    def field(self, label: str) -> Locator:
        return self.page.get_by_label(self.says(label), exact=True)

    def chooses(self, label: str, choice: str, *, is_data: bool = False) -> None:
        """One of a list."""
        self.field(label).select_option(label=choice if is_data else self.says(choice))

    def ticks(self, choice: str | re.Pattern, *, is_data: bool = False) -> None:
        self.page.get_by_label(choice if is_data else self.says(str(choice))).check()

    def sees(self, text: str, **params: object) -> None:
        """Fail unless the page says this."""
        expect(self.page.locator("body")).to_contain_text(self.says(text, **params).replace("\u00a0", " "))

    def sees_data(self, *texts: str) -> None:
        for text in texts:
            expect(self.page.locator("body")).to_contain_text(text.replace("\u00a0", " "))

    def sees_money(self, *amounts: str) -> None:
        self.sees_data(*(money(self.language, amount) for amount in amounts))

    def figure(self, name: str) -> str:
        """What stands beside this name in a list of figures."""
        term = self.page.locator("dt", has_text=re.compile(f"^{re.escape(self.says(name))}$")).first
        return term.locator("xpath=following-sibling::dd[1]").inner_text().replace("\u00a0", " ")

    def goes_back(self) -> None:
        self.page.go_back()
