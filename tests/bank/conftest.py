"""A service with its courts and banks, for the tests of the bank link over the real application."""

from collections.abc import Iterator
from typing import NamedTuple

import pytest

from tests.support.databases import ENGINES, shared_database
from tests.support.world import Frozen, World
from tests.support.world.kept import kept_world, world  # noqa: F401  fixtures


class Standing(NamedTuple):
    """A service that many tests share because each must leave it as it was."""

    world: World
    frozen: Frozen
    held: str  # the reference of a withdrawal of 100.00 that is authorised
    captured: str
    voided: str
    waiting: Frozen  # its receipt has not come
    foreign: Frozen  # an account at another bank
    foreign_held: str


@pytest.fixture(scope="module", params=ENGINES)
def shared(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Standing]:
    folder = tmp_path_factory.mktemp("shared")
    with shared_database(request, request.param, folder) as url:
        world = World(url, folder)
        frozen, foreign = world.freezes(), world.freezes()
        references = [frozen.bank.withdraws(frozen.account, "100.00").reference for _ in range(3)]
        frozen.bank.captures(references[1])
        frozen.bank.voids(references[2])
        foreign_held = foreign.bank.withdraws(foreign.account, "100.00").reference
        waiting = world.serves(bank=frozen.bank)
        yield Standing(world, frozen, *references, waiting, foreign, foreign_held)
        world.close()


@pytest.fixture
def standing(shared: Standing) -> Standing:
    shared.world.enter()
    return shared


@pytest.fixture(scope="module")
def as_it_was(shared: Standing) -> dict:
    """Every row of every table before the first test."""
    return shared.world.books.whole()


@pytest.fixture
def nothing_changes(standing: Standing, as_it_was: dict) -> Iterator[None]:
    """Every row of every table must be the same after the test."""
    yield
    assert standing.world.books.whole() == as_it_was


@pytest.fixture
def no_money_moves(standing: Standing, as_it_was: dict) -> Iterator[None]:
    """No position, entry or withdrawal may be another after the test; that a message came is remembered."""
    yield
    money = standing.world.books.money()
    assert money == {table: as_it_was[table] for table in money}
