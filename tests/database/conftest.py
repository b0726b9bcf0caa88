"""A service that has run as usual, on each engine."""

from tests.support.world.kept import kept_world, world  # noqa: F401  fixtures
