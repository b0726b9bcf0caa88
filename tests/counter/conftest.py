"""A service on each engine, for the tests of a bank's counter on our own pages."""

from tests.support.world.kept import kept_world, world  # noqa: F401  fixtures
