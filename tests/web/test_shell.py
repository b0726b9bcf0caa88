"""The shell around every view: strict input, one kind of error, who may call, headers."""

import json
import logging

import pytest
from apiflask import APIBlueprint, Schema
from flask import request
from marshmallow import fields, validate

from livefreeze.base import access, crypto, master_keys
from livefreeze.base.errors import NotDecided, Problem
from livefreeze.base.logs import JsonLine
from livefreeze.flows import courts, staff, transaction
from livefreeze.store import engine as store_engine
from livefreeze.web import current, guard, shell

PERSONAL = "ZHANG-SAN-330206"


class Debtor(Schema):
    name = fields.String(required=True, validate=validate.Length(max=20))
    kind = fields.String(validate=validate.OneOf(["salary", "pension"]))


class Body(Schema):
    count = fields.Integer(strict=True, required=True)
    debtors = fields.List(fields.Nested(Debtor))


class Page(Schema):
    after = fields.Integer()


def probe():
    """Views that do what views do, and one that breaks."""
    blueprint = APIBlueprint("probe", __name__)

    @blueprint.post("/probe/body")
    @blueprint.input(Body)
    def body(json_data):
        return json_data

    @blueprint.get("/probe/query")
    @blueprint.input(Page, location="query")
    def query(query_data):
        return query_data

    @blueprint.post("/probe/bytes/<name>")
    def raw(name):
        return request.get_data(cache=True)

    @blueprint.get("/probe/broken/<name>")
    def broken(name):
        raise ValueError(name)

    @blueprint.get("/probe/busy")
    def busy():
        raise NotDecided(retry_after_s=3)

    @blueprint.get("/probe/problem")
    def problem():
        raise Problem("WITHDRAWAL_STATE", status="voided")

    @blueprint.get("/probe/judge")
    def judge():
        return {"person": current.principal().person, "request": current.request_id()}

    return blueprint


@pytest.fixture(scope="module")
def database(tmp_path_factory):
    """A court with a judge and a clerk."""
    url = f"sqlite:///{tmp_path_factory.mktemp('shell') / 'livefreeze.db'}"
    store_engine.upgrade(url)
    engine = store_engine.connect(url)
    yield engine
    engine.dispose()


@pytest.fixture
def app(database, monkeypatch):
    transaction.use(database)
    crypto.set_vault(crypto.Vault(master_keys.generate()))
    for name in ("body", "query", "raw", "broken", "busy", "problem"):
        monkeypatch.setitem(access.ENDPOINTS, f"probe.{name}", access.PUBLIC)
    monkeypatch.setitem(access.ENDPOINTS, "probe.judge", frozenset({"judge"}))
    return shell.build([probe()], is_ready=lambda: True, is_https=True)


@pytest.fixture
def client(app):
    return app.test_client()


@pytest.fixture(scope="module")
def tokens(database):
    transaction.use(database)
    crypto.set_vault(crypto.Vault(master_keys.generate()))
    courts.add("0281", "A court", actor="test")
    for role in ("judge", "clerk"):
        staff.add(role, role=role, court_code="0281", actor="test")
    return {role: staff.create_token(role, actor="test") for role in ("judge", "clerk")}


def problem_of(answer):
    assert answer.content_type == "application/problem+json"
    document = json.loads(answer.data)
    assert document["status"] == answer.status_code
    return document


def fields_of(answer):
    return [(each["pointer"], each["code"]) for each in problem_of(answer)["errors"]]


# --- bodies


def post(client, body, content_type="application/json"):
    return client.post("/probe/body", data=body, content_type=content_type)


def test_a_good_body_passes(client):
    assert post(client, '{"count": 1, "debtors": [{"name": "王"}]}').json == {"count": 1, "debtors": [{"name": "王"}]}


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        pytest.param("", 400, "BODY_NOT_JSON", id="empty"),
        pytest.param("count=1", 400, "BODY_NOT_JSON", id="not JSON"),
        pytest.param(b'{"count": "\xff"}', 400, "BODY_NOT_JSON", id="not UTF-8"),
        pytest.param('{"count": NaN}', 400, "BODY_NOT_JSON", id="NaN"),
        pytest.param('{"count": 1e999}', 400, "BODY_NOT_JSON", id="infinity"),
        pytest.param('{"count": 1, "count": 2}', 400, "DUPLICATE_KEY", id="key twice"),
        pytest.param("[" * 20_000, 400, "BODY_TOO_DEEP", id="deep and open"),
        pytest.param("[" * 20_000 + "]" * 20_000, 400, "BODY_TOO_DEEP", id="deep"),
        pytest.param("[1]", 422, "FIELD_INVALID", id="a list"),
        pytest.param("null", 422, "FIELD_INVALID", id="null"),
    ],
)
def test_a_body_that_is_no_strict_json_is_refused(client, body, status, code):
    answer = post(client, body)
    assert (answer.status_code, problem_of(answer)["code"]) == (status, code)


def test_a_body_100_000_deep_is_refused(client, monkeypatch):
    monkeypatch.setitem(guard.BODY_BYTES_MAX_OF, "probe.body", 8 * 1024 * 1024)
    assert problem_of(post(client, "[" * 100_000 + "]" * 100_000))["code"] == "BODY_TOO_DEEP"


@pytest.mark.parametrize("content_type", ["text/plain", "application/x-www-form-urlencoded", "text/json", None])
def test_another_content_type_is_refused_before_the_body_is_read(client, content_type):
    answer = post(client, "not JSON", content_type)
    assert (answer.status_code, problem_of(answer)["code"]) == (415, "CONTENT_TYPE")


@pytest.mark.parametrize(
    ("body", "blamed"),
    [
        pytest.param("{}", [("/count", "FIELD_MISSING")], id="missing"),
        pytest.param('{"count": 1, "x": 1}', [("/x", "FIELD_UNKNOWN")], id="unknown"),
        pytest.param('{"count": "1"}', [("/count", "FIELD_INVALID")], id="text for number"),
        pytest.param('{"count": 1, "a/b~c": 1}', [("/a~1b~0c", "FIELD_UNKNOWN")], id="pointer is escaped"),
        pytest.param('{"count": 1, "debtors": [{"name": "a"}, {}]}', [("/debtors/1/name", "FIELD_MISSING")], id="deep"),
        pytest.param(
            '{"count": 1, "debtors": [{"name": "' + "x" * 21 + '", "kind": "gift"}]}',
            [("/debtors/0/name", "TEXT_INVALID"), ("/debtors/0/kind", "CHOICE_UNKNOWN")],
            id="too long and no choice",
        ),
    ],
)
def test_a_field_to_blame_is_named(client, body, blamed):
    answer = post(client, body)
    assert answer.status_code == 422
    assert fields_of(answer) == blamed


def test_an_answer_names_no_more_fields_than_a_person_reads(client):
    body = json.dumps({f"f{number}": 1 for number in range(5_000)})
    assert len(fields_of(post(client, body))) == 20


def test_a_view_gets_the_exact_bytes(client):
    body = b'{"b": 1,\r\n "a":\t2, "a": \xff}'
    assert client.post("/probe/bytes/x", data=body, content_type="application/json").data == body


def test_a_body_over_the_limit_is_refused(client):
    answer = client.post("/probe/bytes/x", data=b"x" * (guard.BODY_BYTES_MAX + 1))
    assert (answer.status_code, problem_of(answer)["code"]) == (413, "BODY_TOO_LARGE")
    assert str(guard.BODY_BYTES_MAX) in problem_of(answer)["detail"]
    assert client.post("/probe/bytes/x", data=b"x" * guard.BODY_BYTES_MAX).status_code == 200


def test_only_the_banks_events_may_be_longer(client, monkeypatch):
    monkeypatch.setitem(guard.BODY_BYTES_MAX_OF, "probe.raw", guard.BODY_BYTES_MAX_OF["bank.events"])
    assert client.post("/probe/bytes/x", data=b"x" * (8 * 1024 * 1024)).status_code == 200
    assert client.post("/probe/bytes/x", data=b"x" * (8 * 1024 * 1024 + 1)).status_code == 413


# --- query strings


def test_a_good_query_passes(client):
    assert client.get("/probe/query?after=3").json == {"after": 3}


@pytest.mark.parametrize(
    ("address", "blamed"),
    [
        ("/probe/query?after=3&limit=1", [("?limit", "FIELD_UNKNOWN")]),
        ("/probe/query?after=x", [("?after", "FIELD_INVALID")]),
        ("/probe/query?after=1&after=2", [("?after", "DUPLICATE_KEY")]),
        ("/health?verbose=1&x", [("?verbose", "FIELD_UNKNOWN"), ("?x", "FIELD_UNKNOWN")]),
    ],
)
def test_a_query_parameter_to_blame_is_named(client, address, blamed):
    assert fields_of(client.get(address)) == blamed


@pytest.mark.parametrize("address", ["/health?", "/health?&"])
def test_an_empty_query_blames_nobody(client, address):
    assert client.get(address).status_code == 200


# --- errors


@pytest.mark.parametrize(
    ("method", "address", "status", "code"),
    [
        ("GET", "/nowhere", 404, "NOT_FOUND"),
        ("GET", "/static/../../settings.py", 404, "NOT_FOUND"),
        ("DELETE", "/probe/body", 405, "METHOD_NOT_ALLOWED"),
        ("GET", "/probe/broken/x", 500, "INTERNAL"),
        ("GET", "/probe/busy", 503, "NOT_DECIDED"),
        ("GET", "/probe/problem", 409, "WITHDRAWAL_STATE"),
    ],
)
def test_every_error_is_a_problem(client, method, address, status, code):
    answer = client.open(address, method=method)
    assert (answer.status_code, problem_of(answer)["code"]) == (status, code)


def test_a_method_that_is_not_known_says_which_are(client):
    assert "POST" in client.get("/probe/body").headers["Allow"]


def test_not_decided_says_when_to_ask_again(client):
    assert client.get("/probe/busy").headers["Retry-After"] == "3"


def test_a_failure_tells_nothing_of_itself(client):
    answer = client.get(f"/probe/broken/{PERSONAL}")
    assert PERSONAL not in answer.text
    assert "ValueError" not in answer.text


# --- who may call


def test_a_route_that_the_table_does_not_name_stops_the_start(database):
    with pytest.raises(RuntimeError, match=r"base/access\.py who may call: probe\.body"):
        shell.build([probe()], is_ready=lambda: True, is_https=True)


def test_the_right_role_passes(client, tokens):
    answer = client.get("/probe/judge", headers={"Authorization": f"Bearer {tokens['judge']}"})
    assert answer.json == {"person": "judge", "request": answer.headers["X-Request-Id"]}


def test_another_role_is_told_which_may(client, tokens):
    answer = client.get("/probe/judge", headers={"Authorization": f"Bearer {tokens['clerk']}"})
    assert (answer.status_code, problem_of(answer)["code"]) == (403, "ROLE_NOT_ALLOWED")
    assert "judge" in problem_of(answer)["detail"]


@pytest.mark.parametrize(
    "authorization",
    ["", "Bearer", "Bearer ", "Bearer lf_x", "Basic {token}", "{token}", "Bearer {token}x", "Bearer {token} {token}"],
)
def test_without_a_good_token_nobody_is_let_in(client, tokens, authorization):
    headers = {"Authorization": authorization.format(token=tokens["judge"])}
    answer = client.get("/probe/judge", headers=headers)
    assert (answer.status_code, problem_of(answer)["code"]) == (401, "TOKEN_INVALID")
    assert answer.headers["WWW-Authenticate"] == "Bearer"


# --- headers and the log


@pytest.mark.parametrize("address", ["/health", "/nowhere", "/probe/broken/x", "/docs", "/static/documentation.js"])
def test_every_answer_has_the_security_headers(client, address):
    headers = client.get(address).headers
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["Strict-Transport-Security"].startswith("max-age=")
    assert headers["Content-Security-Policy"].startswith("default-src 'none'")
    assert len(headers.get_all("Content-Security-Policy")) == 1
    assert headers["X-Request-Id"].startswith("req_")


def test_plain_http_promises_no_https():
    app = shell.build([], is_ready=lambda: True, is_https=False)
    assert "Strict-Transport-Security" not in app.test_client().get("/health").headers


def test_answers_are_not_kept_by_caches(client):
    assert client.get("/probe/query").headers["Cache-Control"] == "no-store"


def test_a_good_request_id_is_kept_and_a_bad_one_replaced(client):
    assert client.get("/health", headers={"X-Request-Id": "trace-1.2"}).headers["X-Request-Id"] == "trace-1.2"
    assert client.get("/health", headers={"X-Request-Id": "<b>"}).headers["X-Request-Id"].startswith("req_")


def test_a_request_leaves_one_line_with_its_route_and_nothing_that_was_sent(client, caplog, tokens):
    caplog.set_level(logging.INFO, "livefreeze.web")
    client.post(f"/probe/bytes/{PERSONAL}", data=PERSONAL, headers={"X-Request-Id": "trace-1"})
    (record,) = caplog.records
    duration = record.fields.pop("duration_ms")
    assert record.fields == {
        "request_id": "trace-1", "method": "POST", "route": "/probe/bytes/<name>", "status": 200,
    }  # fmt: skip
    assert 0 <= duration < 60_000


def test_the_line_of_a_refusal_names_its_code_and_who_asked(client, caplog, tokens):
    caplog.set_level(logging.INFO, "livefreeze.web")
    client.get("/probe/judge", headers={"Authorization": f"Bearer {tokens['clerk']}"})
    fields = caplog.records[-1].fields
    assert fields["problem"] == "ROLE_NOT_ALLOWED"
    assert fields["caller"].startswith("stf_")


def test_a_failure_is_logged_with_its_place_and_without_its_message(client, caplog):
    client.get(f"/probe/broken/{PERSONAL}")
    lines = [JsonLine().format(record) for record in caplog.records]
    assert any("ValueError" in line and "broken" in line for line in lines)
    assert not any(PERSONAL in line for line in lines)
