"""A clerk at the court's pages, for what has no other door: a browser without a screen."""

import re
from urllib.parse import urlencode

import urllib3

from livefreeze.demo.client import TIMEOUT_S
from livefreeze.demo.errors import StoryFailed
from livefreeze.demo.town.places import PASSWORD

_HTTP = urllib3.PoolManager(retries=False, timeout=TIMEOUT_S)
_HIDDEN = re.compile(r'name="(csrf_token|once|next)" value="([^"]*)"')
_ALERT = re.compile(r'action="(/court/alerts/alr_[0-9a-z]+)"')


class Desk:
    """One log-in at the pages, which begins with the first act."""

    def __init__(self, service_url: str, login: str) -> None:
        self._url = service_url
        self._login = login
        self._cookies: dict[str, str] = {}

    def handles_alerts(self) -> int:
        """Deal with every alert that is open; returns how many there were."""
        if not self._cookies:
            self._logs_in()
        handled = 0
        while found := _ALERT.findall(page := self._opens("/court/alerts")):
            for path in found:
                self._sends(path, page, {})
            handled += len(found)
        return handled

    def _logs_in(self) -> None:
        page = self._opens("/login")
        self._sends("/login", page, {"login": self._login, "password": PASSWORD})

    def _opens(self, path: str) -> str:
        return self._asks("GET", path, None)

    def _sends(self, path: str, page: str, typed: dict[str, str]) -> None:
        """Send a form of the page that is open, with what it holds hidden."""
        form = page[page.index("<main") :]
        self._asks("POST", path, urlencode(dict(_HIDDEN.findall(form)) | typed).encode())

    def _asks(self, method: str, path: str, body: bytes | None) -> str:
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self._cookies.items())}
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        try:
            answer = _HTTP.request(method, self._url + path, body=body, headers=headers, redirect=False)
        except urllib3.exceptions.HTTPError as error:
            raise StoryFailed(f"{method} {path}: {error}") from error
        if answer.status != (200 if method == "GET" else 303):
            raise StoryFailed(f"{method} {path} answered {answer.status}")
        for line in answer.headers.getlist("Set-Cookie"):
            name, _, value = line.partition(";")[0].partition("=")
            self._cookies[name] = value
        return answer.data.decode()
