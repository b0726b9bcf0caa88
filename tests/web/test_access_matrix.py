"""Who gets in where: every route with every role, and every id of another tenant, made from the routes themselves.

A route that lets nobody in, lets in who is not named, or takes an id that no example here stands for, fails.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

import pytest

from livefreeze import app as web_process
from livefreeze.base.access import BANK, ENDPOINTS, PUBLIC
from livefreeze.flows import staff
from livefreeze.web import shell
from livefreeze.web.pages.area import is_page
from tests.support.world import World, unique
from tests.support.world.people import ROLES, cookie_of
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
PAGES = [route for route in GUARDED if is_page(APP, route.endpoint)]

#: Who has tokens for programs.
PROGRAMMERS = [role for role in ROLES if role not in ("debtor", "operator")]

#: What a program says to an address that takes an id, where it has to say something to be listened to.
BODIES = {
    "court.prepare_rule_version": {"source": "x", "rule": {"allowance": "1.00"}},
    "court.click_sweep": {"preview": "0" * 64},
    "court.prepare_amendment": {"quota": "1.00"},
    "court.prepare_release": {"reason": "x"},
    "court.close_case": {"reason": "x"},
    "court.prepare_order_of_answer": {"accounts": ["iqa_" + "0" * 26], "quota": "1.00", "notice_number": "x",
                                      "rule": {"preset": "cn-live-freeze"}},
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
    # Some of development alone, which the plain application has not.
    of_development = {"demo.show_clock", "demo.move_clock", "demo_bar.move_on", "notices.newest"}
    assert {route.endpoint for route in ROUTES} | of_development | {"static"} == ENDPOINTS.keys()
    assert all(ENDPOINTS[route.endpoint] for route in ROUTES)


def test_what_is_public_tells_nothing_of_anybody():
    # The link of an invitation is its own proof, and names a login to whoever holds it.
    named = sorted({route.rule for route in ROUTES if ENDPOINTS[route.endpoint] is PUBLIC and route.names})
    assert named == ["/setup/<token>"]


@pytest.mark.parametrize("route", PROGRAMS, ids=ids(PROGRAMS))
def test_each_role_gets_in_where_the_table_says(world, theirs, tokens, route):
    answers = {role: asks(world, route, theirs.things, tokens[role]) for role in PROGRAMMERS}
    statuses = {role: answer.status_code for role, answer in answers.items()}
    shut_out = {role: answer.json["code"] for role, answer in answers.items() if answer.status_code == 403}
    assert shut_out == {role: "ROLE_NOT_ALLOWED" for role in PROGRAMMERS if role not in ENDPOINTS[route.endpoint]}
    assert all(status not in (401, 405) and status < 500 for status in statuses.values()), statuses


@pytest.mark.parametrize("route", PROGRAMS, ids=ids(PROGRAMS))
def test_a_stranger_is_asked_who_they_are(world, theirs, route):
    for token in (None, "lf_x", "lf_" + "a" * 43):
        answer = asks(world, route, theirs.things, token)
        assert (answer.status_code, answer.json["code"]) == (401, "TOKEN_INVALID")


WITH_IDS = [route for route in PROGRAMS if route.names]


@pytest.mark.parametrize("route", WITH_IDS, ids=ids(WITH_IDS))
def test_anothers_is_as_unknown_as_what_was_never_made(world, theirs, tokens, route):
    for role in ENDPOINTS[route.endpoint] & set(PROGRAMMERS):  # to others it is 403 before anything is looked up
        assert_unknown(world, theirs, tokens, route, role)


def assert_unknown(world: World, theirs: Scenario, tokens: dict[str, str], route: Route, role: str) -> None:
    options = {"json": BODIES[route.endpoint]} if route.endpoint in BODIES else {}
    never = {name: value.partition("_")[0] + "_" + NEVER_MADE for name, value in theirs.things.items()}
    anothers = asks(world, route, theirs.things, tokens[role], **options)
    unknown = asks(world, route, never, tokens[role], **options)
    assert (role, anothers.status_code, anothers.json["code"]) == (role, 404, "NOT_FOUND")
    assert (role, unknown.json) == (role, anothers.json)


@pytest.mark.parametrize("route", WITH_IDS, ids=ids(WITH_IDS))
def test_our_own_is_found(world, ours, tokens, route):
    """Otherwise the test above would say nothing."""
    if route.method == "GET":
        role = min(ENDPOINTS[route.endpoint] & tokens.keys())
        assert asks(world, route, ours.things, tokens[role]).status_code == 200


# --- pages: the cookie of a log-in instead of a token, and forms instead of JSON


@pytest.fixture(scope="module")
def readers(world, ours) -> dict[str | None, object]:
    """Somebody of each role who only reads, and a stranger."""
    return {role: browser_of(world, ours, role) for role in (*ROLES, None)}


@pytest.fixture
def opens(world, ours, readers):
    """What somebody of a role is answered: to a link, or to a form that is good but empty."""

    def answer(role: str | None, route: Route, things: dict[str, str]):
        if route.method == "GET":
            return readers[role].get(route.address(things))
        writer = browser_of(world, ours, role)  # a new one: what is sent may be the end of a log-in
        return writer.post(route.address(things), data={"csrf_token": form_token(writer)})

    return answer


def browser_of(world: World, scenario: Scenario, role: str | None):
    browser = world.app.test_client()
    if role is not None:
        cookie = cookie_of(world, scenario, role)
        browser.set_cookie(cookie.name, cookie.value)
    return browser


def form_token(browser) -> str:
    return re.search('name="csrf_token" value="([^"]+)"', browser.get("/components").text)[1]


@pytest.mark.parametrize("route", PAGES, ids=ids(PAGES))
def test_each_role_sees_the_pages_that_the_table_says(opens, ours, route):
    answers = {role: opens(role, route, ours.things) for role in ROLES}
    statuses = {role: answer.status_code for role, answer in answers.items()}
    shut_out = {role for role, status in statuses.items() if status == 403}
    assert shut_out == set(ROLES) - ENDPOINTS[route.endpoint]
    assert all(status not in (400, 401, 405) and status < 500 for status in statuses.values()), statuses
    assert [role for role, answer in answers.items() if "log-in" in (answer.location or "")] == []


@pytest.mark.parametrize("route", PAGES, ids=ids(PAGES))
def test_a_stranger_is_sent_to_the_log_in(opens, ours, route):
    answer = opens(None, route, ours.things)
    assert answer.status_code == 303 and answer.location.startswith(("/login", "/debtor/"))


FORMS = [route for route in PAGES if route.method == "POST"]


@pytest.mark.parametrize("route", FORMS, ids=ids(FORMS))
def test_a_form_without_its_token_is_not_read(world, ours, route):
    for role in ENDPOINTS[route.endpoint] & set(ROLES):
        assert browser_of(world, ours, role).post(route.address(ours.things)).status_code == 400


PAGES_WITH_IDS = [route for route in PAGES if route.names]


@pytest.mark.parametrize("route", PAGES_WITH_IDS, ids=ids(PAGES_WITH_IDS))
def test_a_page_of_anothers_is_no_page(opens, theirs, route):
    roles = ENDPOINTS[route.endpoint] & set(ROLES)  # to others it is 403 before anything is looked up
    statuses = {role: statuses_of_anothers(opens, theirs, route, role) for role in roles}
    assert {role: found for role, found in statuses.items() if found != {404}} == {}


def statuses_of_anothers(opens, theirs: Scenario, route: Route, role: str) -> set[int]:
    foreign = {name: theirs.things[name] for name in route.names}
    never = {name: value.partition("_")[0] + "_" + NEVER_MADE for name, value in foreign.items()}
    others = (never,) if role == "operator" else (foreign, never)  # an operator looks after all courts and banks
    return {opens(role, route, things).status_code for things in others}
