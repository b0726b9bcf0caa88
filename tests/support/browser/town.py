"""A world in which everything has happened once, and a person of each role before a browser in each language."""

from contextlib import ExitStack

from playwright.sync_api import Browser
from werkzeug.test import Client, TestResponse

from tests.support.browser.pages import STRANGER
from tests.support.browser.visitor import LOCALES, Visitor, visiting
from tests.support.world import World
from tests.support.world.people import cookie_of
from tests.support.world.scenario import Scenario, happens


class Town:
    """People are made and logged in when they are first asked for, and stay."""

    def __init__(self, world: World, browser: Browser, address: str, scenario: Scenario | None = None) -> None:
        self.world, self.browser, self.address = world, browser, address
        self.scenario = scenario or happens(world)
        self._visitors: dict[tuple[str, str], Visitor] = {}
        self._readers: dict[str, Client] = {}
        self._open = ExitStack()

    def __enter__(self) -> "Town":
        return self

    def __exit__(self, *_: object) -> None:
        self._open.close()

    def visitor(self, role: str, language: str) -> Visitor:
        """Somebody of this role, logged in."""
        if (role, language) not in self._visitors:
            visitor = self._open.enter_context(visiting(self.browser, self.address, language=language))
            if role != STRANGER:
                cookie = cookie_of(self.world, self.scenario, role)
                visitor.context.add_cookies([{"name": cookie.name, "value": cookie.value, "url": self.address}])
            self._visitors[role, language] = visitor
        return self._visitors[role, language]

    def answers(self, role: str, language: str, address: str) -> TestResponse:
        """What the server sends to somebody of this role in the end, without a browser, which takes much longer."""
        if role not in self._readers:
            reader = self._readers[role] = self.world.app.test_client()
            if role != STRANGER:
                cookie = cookie_of(self.world, self.scenario, role)
                reader.set_cookie(cookie.name, cookie.value)
        headers = {"Accept-Language": LOCALES[language], "Accept": "text/html"}
        return self._readers[role].get(address, headers=headers, follow_redirects=True)
