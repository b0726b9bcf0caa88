"""A fresh service on each engine, for the tests of what the flows do together."""

from tests.support.world.kept import kept_world, world  # noqa: F401  fixtures

SWEEP_DAY = "2026-03-12T09:00:00+08:00"
