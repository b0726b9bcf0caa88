"""For each test process one browser, one service and one world, started by the first test that needs them."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.support.browser import chromium
from tests.support.browser.served import served
from tests.support.browser.town import Town
from tests.support.world import World


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with chromium.launched() as running:
        yield running


@pytest.fixture(scope="session")
def built_town(browser, sqlite_files, tmp_path_factory) -> Iterator[Town]:
    folder = tmp_path_factory.mktemp("town")
    world = World(sqlite_files.new_database(folder), folder)
    with served(world.app) as address, Town(world, browser, address) as town:
        yield town
    world.ends()
    world.close()


@pytest.fixture
def town(built_town) -> Town:
    """A world in which everything has happened once, with somebody of each role logged in."""
    built_town.world.enter()  # another test of this process may have had a world of its own meanwhile
    return built_town
