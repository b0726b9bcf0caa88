"""Who gets in where: every route with every role, and every id of another tenant, made from the routes themselves.

A route that lets nobody in, lets in who is not named, or takes an id that no example here stands for, fails.
"""

from collections.abc import Iterator
from typing import NamedTuple

import pytest

from livefreeze import app as web_process
from livefreeze.base.access import BANK, ENDPOINTS, PUBLIC
from livefreeze.flows import staff
from livefreeze.web import shell
from livefreeze.web.pages.area import is_page
from tests.support.world import World, unique
from tests.support.world.scenario import Scenario, happens

NEVER_MADE = "01kkb5c8w0q3v7n2m4x6z8a9b1"
APP = shell.build(web_process.BLUEPRINTS, is_ready=lambda: True, is_https=False)


class Route(NamedTuple):
    endpoint: str
    method: str
    rule: str
    names: tuple[str, ...]  # of the ids in its path

    def address(self, things: dict[str, str]) -> str:
        """The path, with these things in it."""
        address = self.rule
        for name in self.names:
            address = address.replace(f"<{name}>", things[name])
        return address


ROUTES = [
    Route(rule.endpoint, method, rule.rule, tuple(sorted(rule.arguments)))
    for rule in sorted(APP.url_map.iter_rules(), key=lambda rule: (rule.endpoint, rule.rule))
    for method in sorted(rule.methods - {"HEAD", "OPTIONS"})
    if rule.endpoint != "static"
]
GUARDED = [route for route in ROUTES if ENDPOINTS[route.endpoint] not in (PUBLIC, BANK)]
PROGRAMS = [route for route in GUARDED if not is_page(APP, route.endpoint)]
ROLES = ("judge", "clerk", "finance", "auditor", "admin", "teller")

#: What a program says to an address that takes an id, where it has to say something to be listened to.
BODIES = {
    "court.click_sweep": {"preview": "0" * 64},
    "court.prepare_amendment": {"quota": "1.00"},
    "court.prepare_release": {"reason": "x"},
    "court.edit_proposal": {"document": {}},
    "court.approve_proposal": {"digest": "sha256:" + "0" * 64},
}


def ids(routes: list[Route]) -> list[str]:
    return [f"{route.method} {route.rule}" for route in routes]


@pytest.fixture(scope="module")
def world(sqlite_files, tmp_path_factory) -> Iterator[World]:
    folder = tmp_path_factory.mktemp("access")
    world = World(sqlite_files.new_database(folder), folder)
    yield world
    world.ends()
    world.close()


@pytest.fixture(autouse=True)
def entered(world):
    """Other tests of this process may have had a world of their own meanwhile."""
    world.enter()


@pytest.fixture(scope="module")
def ours(world) -> Scenario:
    return happens(world)


@pytest.fixture(scope="module")
def theirs(world) -> Scenario:
    return happens(world)


@pytest.fixture(scope="module")
def tokens(ours) -> dict[str, str]:
    """A token of each role of our court and our bank."""
    tokens = dict(ours.court.tokens)
    for role, where in (("admin", {"court_code": ours.court.code}), ("teller", {"bank_code": ours.bank.code})):
        login = unique(role)
        staff.add(login, role=role, actor="operator", **where)
        tokens[role] = staff.create_token(login, actor="operator")
    return tokens


def asks(world: World, route: Route, things: dict[str, str], token: str | None, **options: object):
    headers = {} if token is None else {"Authorization": f"Bearer {token}"}
    return world.client.open(route.address(things), method=route.method, headers=headers, **options)


def test_every_route_says_who_may_call_it_and_no_line_is_about_nothing():
    # Two of development alone, which the plain application has not.
    assert {route.endpoint for route in ROUTES} | {"static", "demo.show_clock", "demo.move_clock"} == ENDPOINTS.keys()
    assert all(ENDPOINTS[route.endpoint] for route in ROUTES)


def test_what_is_public_tells_nothing_of_anybody():
    assert sorted(route.rule for route in ROUTES if ENDPOINTS[route.endpoint] is PUBLIC and route.names) == []


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("route", PROGRAMS, ids=ids(PROGRAMS))
def test_a_role_gets_in_where_the_table_says(world, theirs, tokens, route, role):
    answer = asks(world, route, theirs.things, tokens[role])
    assert (answer.status_code == 403) == (role not in ENDPOINTS[route.endpoint])
    assert answer.status_code not in (401, 405) and answer.status_code < 500


@pytest.mark.parametrize("route", PROGRAMS, ids=ids(PROGRAMS))
def test_a_stranger_is_asked_who_they_are(world, theirs, route):
    for token in (None, "lf_x", "lf_" + "a" * 43):
        answer = asks(world, route, theirs.things, token)
        assert (answer.status_code, answer.json["code"]) == (401, "TOKEN_INVALID")


WITH_IDS = [route for route in PROGRAMS if route.names]


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("route", WITH_IDS, ids=ids(WITH_IDS))
def test_anothers_is_as_unknown_as_what_was_never_made(world, theirs, tokens, route, role):
    if role not in ENDPOINTS[route.endpoint]:
        return  # 403 before anything is looked up: the test above
    options = {"json": BODIES[route.endpoint]} if route.endpoint in BODIES else {}
    never = {name: value.partition("_")[0] + "_" + NEVER_MADE for name, value in theirs.things.items()}
    anothers = asks(world, route, theirs.things, tokens[role], **options)
    unknown = asks(world, route, never, tokens[role], **options)
    assert (anothers.status_code, anothers.json["code"]) == (404, "NOT_FOUND")
    assert unknown.json == anothers.json


@pytest.mark.parametrize("route", WITH_IDS, ids=ids(WITH_IDS))
def test_our_own_is_found(world, ours, tokens, route):
    """Otherwise the test above would say nothing."""
    if route.method == "GET":
        role = min(ENDPOINTS[route.endpoint] & tokens.keys())
        assert asks(world, route, ours.things, tokens[role]).status_code == 200
