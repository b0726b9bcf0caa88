"""The ten steps of the README's tour, taken by a browser in a demo world; its pictures lie in docs/tour: `make tour`.

The world is made for it in a temporary folder with the usual seed, so the pictures show what the reader sees.
"""

import argparse
import json
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

from playwright.sync_api import Browser

from livefreeze.demo.town import people, places
from tests.browser.screens import take
from tests.support.browser import chromium
from tests.support.browser.visitor import DESKTOP, Visitor, visiting

FOLDER = Path(__file__).parents[2] / "docs" / "tour"
WIDTH = 640
PROGRAM = Path(sys.executable).with_name("livefreeze")
STORY = "(2026)浙0281执1234号"
NUMBER = people.account_number(people.BANKS[0], 7919)  # of the story's account, the first of all
CODE = re.compile("[0-9]{4} [0-9]{4}")
DEBTOR = people.person(0).id_number


def main() -> None:
    """Take all ten pictures, in a world made now or in one that runs."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--address", help="of a demo world that runs, such as http://127.0.0.1:8000")
    parser.add_argument("--to", type=Path, default=FOLDER)
    parser.add_argument("--language", default="en", choices=("en", "zh"))
    arguments = parser.parse_args()
    arguments.to.mkdir(parents=True, exist_ok=True)
    with chromium.launched() as browser, _world(arguments.address) as address:
        for number, (name, step) in enumerate(STEPS, start=1):
            file = arguments.to / f"{number:02d}-{name}.webp"
            step(Walk(browser, address, arguments.language, file))
            print(f"{file.name}  {file.stat().st_size // 1000} kB")


class Walk:
    """One step: a person logs in, does something, and the page is taken as a picture."""

    def __init__(self, browser: Browser, address: str, language: str, file: Path) -> None:
        self._browser, self._address, self._language, self._file = browser, address, language, file

    @contextmanager
    def of(self, login: str | None) -> Iterator[Visitor]:
        """The browser of somebody; its last page is the picture."""
        with visiting(self._browser, self._address, language=self._language) as visitor:
            if login is not None:
                visitor.goes("/login")
                visitor.page.fill("[name=login]", login)
                visitor.page.fill("[name=password]", places.PASSWORD)
                visitor.page.click("main button[type=submit], main button:not([type])")
            yield visitor
            visitor.page.wait_for_load_state("networkidle")
            take(visitor.page, DESKTOP, WIDTH, self._file)


def home(walk: Walk) -> None:
    """What needs the court today."""
    with walk.of("judge") as judge:
        judge.goes("/court")


def case(walk: Walk) -> None:
    """Everything about the case of the story."""
    with walk.of("judge") as judge:
        judge.goes("/court/cases")
        judge.page.fill("main [name=q]", STORY)
        judge.page.keyboard.press("Enter")
        judge.page.click("main a[href*='/court/cases/cas_'] >> nth=0")


def serve(walk: Walk) -> None:
    """A new order begins with the case's number."""
    with walk.of("clerk") as clerk:
        clerk.goes("/court/orders/new")


def approve(walk: Walk) -> None:
    """A second person reads exactly what is to be done."""
    with walk.of("judge") as judge:
        judge.goes("/court/proposals")
        judge.page.click("main a[href*='/court/proposals/prp_'] >> nth=0")


def counter(walk: Walk) -> None:
    """The teller asks before paying."""
    with walk.of("teller-1") as teller:
        teller.goes("/counter/")
        teller.page.fill("main input:not([type=hidden])", NUMBER)
        teller.page.keyboard.press("Enter")


def debtor(walk: Walk) -> None:
    """The debtor logs in by a code, which the notices show."""
    with walk.of(None) as visitor:
        visitor.goes("/debtor/log-in")
        visitor.page.fill("[name=number]", DEBTOR)
        visitor.page.click("main button")
        notices = visitor.opens_tab()
        notices.goto(f"{visitor.address}/notices/")
        code = CODE.search(notices.locator("main li").first.inner_text())[0]
        notices.close()
        visitor.page.fill("[name=code]", code)
        visitor.page.click("main button")


def sweep(walk: Walk) -> None:
    """The clock goes to the next payday and the next sweep day; what came of it stands in the list."""
    with walk.of("finance") as finance:
        finance.goes("/court/sweeps")
        for step in ("payday", "sweep"):
            finance.page.click(f".demo-bar button[value={step}]", timeout=30_000)
            finance.page.wait_for_load_state("networkidle")


def rule(walk: Walk) -> None:
    """A change of the freeze rule beside its effect on the court's own accounts."""
    with walk.of("judge") as judge:
        judge.goes("/court/rules")
        judge.page.click("main a[href*='/court/rules/crl_'] >> nth=0")
        judge.page.click("main a[href*='/court/proposals/prp_'] >> nth=0")


def explained(walk: Walk) -> None:
    """Why just so much may be taken."""
    with walk.of("auditor") as auditor:
        auditor.goes(f"/court/search?q={quote(STORY)}")
        auditor.page.click("main a[href*='/court/cases/cas_'] >> nth=0")
        auditor.page.click("main a[href*='/court/accounts/acc_'] >> nth=0")
        auditor.goes(auditor.is_at().partition("?")[0] + "/explanation")


def operator(walk: Walk) -> None:
    """Banks, their backlog, and letters that a person must look at."""
    with walk.of("operator") as someone:
        someone.goes("/operator")


STEPS: tuple[tuple[str, Callable[[Walk], None]], ...] = (
    ("home", home), ("case", case), ("serve", serve), ("approve", approve), ("counter", counter),
    ("debtor", debtor), ("explained", explained), ("sweep", sweep), ("rule", rule), ("operator", operator),
)


@contextmanager
def _world(address: str | None) -> Iterator[str]:
    """The address of a demo world while the block lasts."""
    if address is not None:
        yield address
        return
    with tempfile.TemporaryDirectory() as folder:
        command = [str(PROGRAM), "demo", "--data", f"{folder}/world", "--any-ports", "--json"]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
            try:
                yield json.loads(process.stdout.readline())["service"]
            finally:
                process.terminate()


if __name__ == "__main__":
    main()
