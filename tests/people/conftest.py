"""A service on each engine, and a member of staff who has set up how they log in."""

import pytest

from livefreeze.flows import staff
from tests.people.person import Person
from tests.support.world import unique
from tests.support.world.kept import kept_world, world  # noqa: F401  fixtures


@pytest.fixture
def court(world):  # noqa: F811
    return world.court()


@pytest.fixture
def clerk(court):
    """A clerk who can log in."""
    return Person.invited(unique("clerk"), role="clerk", court_code=court.code)


@pytest.fixture
def judges(court):
    """Three judges of one court who can log in."""
    return [Person.invited(unique("judge"), role="judge", court_code=court.code) for _ in range(3)]


@pytest.fixture
def nobody():
    """The login of somebody who was added, but never set up how to log in."""
    login = unique("operator")
    staff.add(login, role="admin", actor="operator")
    return login
