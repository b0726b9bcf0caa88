"""The pages that the application has, and who may see each: from its routes and base/access.py."""

from typing import NamedTuple

from flask import Flask

from livefreeze.base.access import ENDPOINTS, PUBLIC
from livefreeze.web.pages.area import is_page

STRANGER = "stranger"


class PageOf(NamedTuple):
    """A page as one role sees it."""

    endpoint: str
    rule: str
    names: tuple[str, ...]  # of what its address needs
    role: str
    has_form: bool  # that is sent to the same address

    def address(self, things: dict[str, str]) -> str:
        """Its path in a world. Raises KeyError naming what tests/support/world/scenario.py has to make for it."""
        address = self.rule
        for name in self.names:
            address = address.replace(f"<{name}>", things[name])
        return address

    def __str__(self) -> str:
        return f"{self.rule} {self.role}"


def pages_of(app: Flask) -> list[PageOf]:
    """Every page that is opened by a link, for each role that may see it; public ones as a stranger sees them."""
    found = []
    for rule in sorted(app.url_map.iter_rules(), key=lambda rule: rule.rule):
        if "GET" in rule.methods and is_page(app, rule.endpoint):
            who = ENDPOINTS[rule.endpoint]
            roles = (STRANGER,) if who is PUBLIC else sorted(who)
            names = tuple(sorted(rule.arguments))
            found += [PageOf(rule.endpoint, rule.rule, names, role, "POST" in rule.methods) for role in roles]
    return found
