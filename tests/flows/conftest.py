"""A fresh service on each engine, for the tests of what the flows do together."""

import pytest

from tests.support.world.inquiry import Asked
from tests.support.world.kept import kept_world, world  # noqa: F401  fixtures

SWEEP_DAY = "2026-03-12T09:00:00+08:00"


@pytest.fixture
def asked(world) -> Asked:  # noqa: F811  the fixture
    return Asked(world)
