"""What a token is, and how long it opens anything. Every route with every role: tests/web/test_access_matrix.py."""

from datetime import timedelta

import pytest

from livefreeze import app as web_process
from livefreeze.base import clock
from livefreeze.base.access import ENDPOINTS
from livefreeze.flows import staff
from livefreeze.web import shell

PREFIX = "/court/v1"
ROUTES = sorted(
    (rule.endpoint, method, rule.rule.removeprefix(PREFIX))
    for rule in shell.build(web_process.BLUEPRINTS, is_ready=lambda: True, is_https=False).url_map.iter_rules()
    if rule.rule.startswith(PREFIX)
    for method in rule.methods & {"GET", "POST", "PUT", "DELETE"}
)


def test_every_address_of_the_court_is_known():
    assert len(ROUTES) == len({endpoint for endpoint, *_ in ROUTES}) == 41


def test_an_auditor_changes_nothing():
    may_change = [ENDPOINTS[endpoint] for endpoint, method, _ in ROUTES if method != "GET"]
    assert all("auditor" not in roles for roles in may_change)


def test_only_a_judge_approves():
    assert ENDPOINTS["court.approve_proposal"] == {"judge"}


@pytest.mark.parametrize("header", [
    None, "", "Bearer", "Bearer ", "Basic lf_x", "Bearer lf_\x7f", "Bearer lf_" + "a" * 43, "lf_" + "a" * 43,
    "Bearer lf_" + "é" * 43,
])
def test_what_is_no_token_is_asked_for_one(client, header):
    headers = {} if header is None else {"Authorization": header}
    answer = client.get(f"{PREFIX}/cases", headers=headers)
    assert (answer.status_code, answer.json["code"], answer.headers["WWW-Authenticate"]) == (
        401, "TOKEN_INVALID", "Bearer"
    )


def test_a_token_ends_when_it_expires(court, monkeypatch):
    person = court.hires("short", "clerk")
    expired = clock.wall() + staff.TOKEN_VALID
    monkeypatch.setattr(clock, "wall", lambda: expired - timedelta(seconds=1))
    assert person.asks("GET", "/cases").status_code == 200
    monkeypatch.setattr(clock, "wall", lambda: expired)
    assert person.asks("GET", "/cases").status_code == 401


def test_a_token_ends_when_it_is_revoked(court):
    person = court.hires("revoked", "clerk")
    assert staff.revoke_tokens(person.login, actor="test") == 1
    assert person.asks("GET", "/cases").status_code == 401


def test_a_token_ends_when_its_holder_is_disabled(court):
    person = court.hires("leaves", "clerk")
    staff.disable(person.login, actor="test")
    assert person.asks("GET", "/cases").status_code == 401


def test_the_moved_business_clock_moves_no_token(court, monkeypatch):
    person = court.hires("early", "clerk")
    in_a_year = clock.wall() + timedelta(days=366)
    monkeypatch.setattr(clock, "now", lambda: in_a_year)
    assert person.asks("GET", "/cases").status_code == 200
