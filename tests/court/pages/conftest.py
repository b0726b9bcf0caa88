"""People of a court before its pages, on the real application, on each engine."""

import pytest

from livefreeze.flows import staff
from tests.support.clicking import Visitor
from tests.support.world.kept import kept_world, world  # noqa: F401  fixtures


class Desk:
    """Visitors of a court by role."""

    def __init__(self, app, court) -> None:
        self._app, self._court = app, court

    def __getattr__(self, name: str) -> Visitor:
        visitor = Visitor(self._app, staff.authenticate(self._court.people[name].token).staff_id)
        setattr(self, name, visitor)
        return visitor


@pytest.fixture(scope="module")
def desk(app, court) -> Desk:
    return Desk(app, court)


@pytest.fixture(scope="module")
def other_desk(app, other_court) -> Desk:
    return Desk(app, other_court)
