"""Small pictures of every page for docs/screens, desktop and phone, in both languages: `make screens`.

They show the world of tests/support/world/scenario.py as it is usually, its lists empty, and the pages of one case very
full: a name and a sum as long as they come. A picture that looks as before is left as it is.
"""

import argparse
import io
import itertools
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PIL import Image, ImageChops
from playwright.sync_api import Page

from livefreeze.store import engine
from tests.support.browser import chromium
from tests.support.browser.pages import STRANGER, pages_of
from tests.support.browser.served import served
from tests.support.browser.town import Town
from tests.support.browser.visitor import DESKTOP, LOCALES, PHONE, Device
from tests.support.world import World
from tests.support.world.scenario import has_nothing

FOLDER = Path(__file__).parents[2] / "docs" / "screens"
DEVICES = {"desktop": (DESKTOP, 640), "phone": (PHONE, 300)}  # and the width of the picture
HEIGHT_MAX = 1600  # of what is shown of a long page
BYTES_MAX = 60_000
SEEN_BY = ("operator", "judge", "finance", "clerk", "auditor", "teller", "debtor", "admin", STRANGER)  # the first one
EMPTY = ("console.home", "console.cases", "console.orders", "console.proposals", "console.rules", "console.case_fund",
         "console.accounts", "console.alerts", "console.withdrawals", "console.all_sweeps", "console.inquiries",
         "counter.home", "counter.today", "debtor.home", "debtor.withdrawals", "operator.home", "operator.messages",
         "operator.proposals")
FULL = ("console.case", "console.order", "console.account", "console.explanation", "console.amend_order",
        "console.release_order", "console.new_order_terms", "console.sweep", "counter.account", "debtor.home")
LOOKS_ALIKE = 0.01  # of the picture's points: ids and times of day differ each time


def main() -> None:
    """Take the pictures of all pages, or of those whose endpoint begins with a word."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("only", nargs="*", help="such as `counter` or `console.case`")
    parser.add_argument("--to", type=Path, default=FOLDER)
    arguments = parser.parse_args()
    arguments.to.mkdir(parents=True, exist_ok=True)
    with chromium.launched() as browser:
        with _world() as world, served(world.app) as address, Town(world, browser, address) as town:
            for name in _take_all(town, tuple(arguments.only), arguments.to):
                print(name)
            with Town(world, browser, address, town.scenario.full) as full:
                for name in _take_all(full, tuple(arguments.only), arguments.to, FULL, "-full"):
                    print(name)
        with _world() as world, served(world.app) as address:
            with Town(world, browser, address, has_nothing(world)) as empty:
                for name in _take_all(empty, tuple(arguments.only), arguments.to, EMPTY, "-empty"):
                    print(name)


@contextmanager
def _world() -> Iterator[World]:
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/screens.db"
        engine.upgrade(url)
        world = World(url, Path(folder))
        yield world
        world.ends()
        world.close()


def take(page: Page, device: Device, width: int, file: Path) -> bool:
    """Write a picture of the page as it stands on this device; False where it looks as before."""
    before = page.viewport_size
    page.set_viewport_size({"width": device.width, "height": device.height})
    height = min(HEIGHT_MAX, max(device.height, page.evaluate("document.documentElement.scrollHeight")))
    shot = page.screenshot(full_page=True, clip={"x": 0, "y": 0, "width": device.width, "height": height})
    page.set_viewport_size(before)
    picture = Image.open(io.BytesIO(shot)).convert("RGB")
    picture = picture.resize((width, picture.height * width // picture.width), Image.Resampling.LANCZOS)
    if file.exists() and _looks_like(picture, Image.open(file).convert("RGB")):
        return False
    file.write_bytes(_packed(picture))
    return True


def _take_all(town: Town, only: tuple[str, ...], folder: Path, endpoints: tuple[str, ...] = (),
              how: str = "") -> Iterator[str]:
    pages = sorted(pages_of(town.world.app), key=lambda page: (page.endpoint, SEEN_BY.index(page.role)))
    for endpoint, of_roles in itertools.groupby(pages, key=lambda page: page.endpoint):
        each = next(of_roles)
        if not endpoint.startswith(only or "") or (endpoints and endpoint not in endpoints):
            continue
        for language in sorted(LOCALES):
            visitor = town.visitor(each.role, language)
            address = each.address(town.scenario.things)
            visitor.goes(address)
            if visitor.is_at() != address:  # a page that is reached by a step alone, such as that of a code
                continue
            for name, (device, width) in DEVICES.items():
                file = folder / f"{each.endpoint.replace('.', '-')}{how}-{name}-{language}.webp"
                if take(visitor.page, device, width, file):
                    yield f"{file.name}  {file.stat().st_size // 1000} kB"


def _looks_like(picture: Image.Image, other: Image.Image) -> bool:
    if picture.size != other.size:
        return False
    difference = ImageChops.difference(picture, other).convert("L").point(lambda value: 255 if value > 40 else 0)
    return difference.histogram()[255] < LOOKS_ALIKE * picture.width * picture.height


def _packed(picture: Image.Image) -> bytes:
    for quality in (70, 50, 30, 10):
        packed = io.BytesIO()
        picture.save(packed, "WEBP", quality=quality, method=6)
        if packed.tell() <= BYTES_MAX:
            break
    return packed.getvalue()


if __name__ == "__main__":
    main()
