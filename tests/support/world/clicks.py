"""A person before a browser without JavaScript: opens pages, fills in forms, presses buttons."""

import html
import re

from werkzeug.test import Client, TestResponse

from livefreeze.web.pages.admission import TOKEN
from tests.support.world import World


class Clicks:
    """One browser; `token` is that of a log-in, None for a stranger."""

    def __init__(self, world: World, token: str | None = None, *, language: str = "en") -> None:
        self._client: Client = world.app.test_client()
        self._headers = {"Accept-Language": language, "Accept": "text/html"}
        if token is not None:
            with self._client.session_transaction() as session:
                session[TOKEN] = token

    def opens(self, address: str) -> TestResponse:
        """The page at the end of all redirects."""
        return self._client.get(address, headers=self._headers, follow_redirects=True)

    def sends(self, shown: TestResponse, *, address: str | None = None, form: int = 0,
              **typed: str | list[str]) -> TestResponse:
        """Send the page's form of this number (the first is 0) with what it holds and what is typed.

        The form that chooses the language stands on every page; it is not counted.
        """
        action, held = forms_of(shown)[form]
        return self._client.post(address or action or shown.request.path, data={**held, **typed},
                                 headers=self._headers, follow_redirects=True)

    def fills(self, address: str, *, form: int = 0, **typed: str | list[str]) -> TestResponse:
        """Open a page and send its form."""
        return self.sends(self.opens(address), form=form, **typed)


def forms_of(shown: TestResponse) -> list[tuple[str | None, dict[str, str]]]:
    """Each form of the page: where it goes, and its hidden fields and fields as they stand."""
    found = []
    for attributes, inside in re.findall(r"<form\b([^>]*)>(.*?)</form>", shown.text, re.DOTALL):
        action = re.search(r'action="([^"]*)"', attributes)
        if action and action[1] in ("/language", "/logout", "/account/log-out", "/log-out"):
            continue
        held = {}
        for tag in re.findall(r"<input\b[^>]*>", inside):
            name, value = re.search(r'name="([^"]*)"', tag), re.search(r'value="([^"]*)"', tag)
            if name and 'type="checkbox"' not in tag:
                held[name[1]] = html.unescape(value[1]) if value else ""
        for name, options in re.findall(r'<select\b[^>]*name="([^"]*)"[^>]*>(.*?)</select>', inside, re.DOTALL):
            chosen = re.search(r'value="([^"]*)" selected', options) or re.search(r'value="([^"]*)"', options)
            held[name] = chosen[1]
        found.append((html.unescape(action[1]) if action else None, held))
    return found
