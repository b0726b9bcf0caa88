"""A service on each engine, for the tests of what a debtor sees."""

from tests.support.world.kept import kept_world, world  # noqa: F401  fixtures
