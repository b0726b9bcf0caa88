"""A person with a browser without JavaScript: opens pages, follows links, fills forms in and sends them."""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urlsplit

from werkzeug.test import TestResponse

from livefreeze.flows import sessions
from livefreeze.web.pages.admission import TOKEN

ENGLISH = {"Accept-Language": "en", "Accept": "text/html"}
CHINESE = {"Accept-Language": "zh-CN", "Accept": "text/html"}


@dataclass
class PageForm:
    """One form of a page: where it goes, and what stands in its fields."""

    action: str
    method: str
    fields: dict[str, list[str]] = field(default_factory=dict)
    buttons: list[str] = field(default_factory=list)


@dataclass
class Page:
    """A page as it came."""

    address: str
    status: int
    html: str
    text: str
    forms: list[PageForm]
    links: list[tuple[str, str]]
    fields_with_error: list[str]

    def form(self, ending: str, *, method: str = "post") -> PageForm:
        """The one that is sent so, to an address with this ending."""
        found = [form for form in self.forms if form.action.split("?")[0].endswith(ending) and form.method == method]
        assert len(found) == 1, [(form.method, form.action) for form in self.forms]
        return found[0]


class Visitor:
    """One browser, with a log-in of this member of staff."""

    def __init__(self, app: Any, staff_id: str, *, language: dict[str, str] = ENGLISH) -> None:
        self._client = app.test_client()
        self._headers = language
        with self._client.session_transaction() as session:
            session[TOKEN] = sessions.open_for_staff(staff_id, agent="test")

    def opens(self, address: str) -> Page:
        """The page at this address, or where it leads."""
        return _read(self._client.get(address, headers=self._headers, follow_redirects=True))

    def sends(self, form: PageForm, **typed: str | list[str]) -> Page:
        """The page to which the form leads, filled in with this."""
        values = form.fields | {name: [text] if isinstance(text, str) else text for name, text in typed.items()}
        if form.method == "get":
            return _read(self._client.get(form.action, query_string=values, headers=self._headers,
                                          follow_redirects=True))
        return _read(self._client.post(form.action, data=values, headers=self._headers, follow_redirects=True))

    def answer(self, address: str, method: str = "GET", *, headers: dict[str, str] | None = None) -> TestResponse:
        """The bare answer."""
        return self._client.open(address, method=method, headers={**self._headers, **(headers or {})})


def _read(response: TestResponse) -> Page:
    parts = urlsplit(response.request.url)
    reader = _Reader(parts.path + (f"?{parts.query}" if parts.query else ""))
    reader.feed(response.text)
    return Page(reader.address, response.status_code, response.text, " ".join(" ".join(reader.said).split()),
                reader.forms, reader.links, reader.errors)


class _Reader(HTMLParser):
    def __init__(self, address: str) -> None:
        super().__init__()
        self.address = address
        self.forms: list[PageForm] = []
        self.links: list[tuple[str, str]] = []
        self.errors: list[str] = []
        self.said: list[str] = []
        self._select: str | None = None
        self._area: str | None = None
        self._link: str | None = None

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        at = dict(attributes)
        if tag == "form":
            self.forms.append(PageForm(at.get("action") or self.address, at.get("method", "get")))
        elif tag == "a" and at.get("href"):
            self._link = at["href"]
            self.links.append((at["href"], ""))
        if at.get("aria-invalid") == "true":
            self.errors.append(at["name"])
        if not self.forms:
            return
        fields = self.forms[-1].fields
        if tag == "input" and at.get("name"):
            if at.get("type") not in ("checkbox", "radio") or "checked" in at:
                fields.setdefault(at["name"], []).append(at.get("value") or "")
        elif tag == "select":
            self._select = at["name"]
        elif tag == "option" and self._select and ("selected" in at or self._select not in fields):
            fields[self._select] = [at.get("value") or ""]
        elif tag == "textarea":
            self._area = at["name"]
            fields[self._area] = [""]

    def handle_endtag(self, tag: str) -> None:
        if tag == "select":
            self._select = None
        elif tag == "textarea":
            self._area = None
        elif tag == "a":
            self._link = None

    def handle_data(self, text: str) -> None:
        self.said.append(text.replace("\xa0", " "))
        if self._area is not None:
            self.forms[-1].fields[self._area][0] += text
        if self._link is not None and self.links:
            address, before = self.links[-1]
            self.links[-1] = (address, before + text)
