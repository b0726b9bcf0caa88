"""A service on each engine, for the tests of pages that need a world behind them."""

from tests.support.world.kept import kept_world, world  # noqa: F401  fixtures
