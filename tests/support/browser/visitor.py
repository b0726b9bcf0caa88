"""A person with a browser: their language, their device, and all that the browser complained of meanwhile."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request


class Device(NamedTuple):
    """A screen in pixels of CSS."""

    width: int
    height: int


DESKTOP = Device(1280, 800)
ZOOMED = Device(640, 400)  # what is left of the desktop at 200 %
PHONE = Device(360, 740)

LOCALES = {"zh": "zh-CN", "en": "en"}  # the language of the page -> what the browser asks for

_REPORT_POLICY = """
window.policyViolations = [];
document.addEventListener("securitypolicyviolation", (event) => window.policyViolations.push(
    `${event.violatedDirective} forbids ${event.blockedURI || "inline"} (${event.sample})`));
"""


class Visitor:
    """One context of the browser with one page open."""

    def __init__(self, context: BrowserContext, address: str, language: str) -> None:
        self.address, self.language = address, language
        self.context = context
        self.complaints: list[str] = []
        context.add_init_script(_REPORT_POLICY)
        self.page = self.opens_tab()

    def opens_tab(self) -> Page:
        """Another page of the same browser, with the same log-in."""
        page = self.context.new_page()
        page.set_default_timeout(10_000)
        page.on("console", self._heard)
        page.on("pageerror", lambda error: self.complaints.append(f"script failed: {error}"))
        page.on("request", self._asked)
        return page

    def goes(self, path: str) -> int:
        """Open an address; the status of what is shown in the end."""
        response = self.page.goto(self.address + path)
        assert response is not None
        return response.status

    def is_at(self) -> str:
        """The path, with its query, that is shown."""
        parts = urlsplit(self.page.url)
        return parts.path + (f"?{parts.query}" if parts.query else "")

    def complained(self) -> list[str]:
        """What the browser complained of since it was asked last."""
        self.complaints += self.page.evaluate("window.policyViolations.splice(0)")
        complaints, self.complaints = self.complaints, []
        return complaints

    def _heard(self, message: ConsoleMessage) -> None:
        # A page that is answered with 422 or 404 is an answer to be shown; the test looks at the status itself.
        is_own_status = "Failed to load resource" in message.text and message.location.get("url") == message.page.url
        if message.type in ("error", "warning") and not is_own_status:
            self.complaints.append(f"console {message.type}: {message.text}")

    def _asked(self, request: Request) -> None:
        if not request.url.startswith((self.address, "data:", "blob:", "about:")):
            self.complaints.append(f"asked outside: {request.url}")


@contextmanager
def visiting(browser: Browser, address: str, *, language: str = "en", device: Device = DESKTOP,
             **options: Any) -> Iterator[Visitor]:
    """A person who has just opened their browser; `options` are those of the browser's context."""
    context = browser.new_context(
        locale=LOCALES[language], viewport={"width": device.width, "height": device.height},
        timezone_id="Asia/Shanghai", reduced_motion="reduce", **options,
    )
    yield Visitor(context, address, language)
    context.close()
