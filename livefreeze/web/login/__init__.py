"""Log in, set up, and look after one's own log-in."""

from livefreeze.web.login import account, deputies, doors, setup  # noqa: F401  each puts its views on the blueprint
from livefreeze.web.login.blueprint import login

__all__ = ["login"]
