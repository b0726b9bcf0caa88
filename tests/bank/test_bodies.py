"""Bodies that are no message: each is refused with a sentence that says why, and nothing changes."""

import json

import pytest

from tests.bank.refusals import CALLS, assert_refused, good, path_of, sent
from tests.support.world import unique

pytestmark = pytest.mark.usefixtures("nothing_changes")

MIB = 1024 * 1024


@pytest.mark.parametrize("call", CALLS)
@pytest.mark.parametrize(("body", "code"), [
    pytest.param(b"", "BODY_NOT_JSON", id="empty"),
    pytest.param(b'{"type": ', "BODY_NOT_JSON", id="cut off"),
    pytest.param(b"{'type': 'events'}", "BODY_NOT_JSON", id="single quotes"),
    pytest.param(b'{"amount": NaN}', "BODY_NOT_JSON", id="NaN"),
    pytest.param(b'{"amount": -Infinity}', "BODY_NOT_JSON", id="Infinity"),
    pytest.param(b'{"amount": 1e999}', "BODY_NOT_JSON", id="a number beyond all floats"),
    pytest.param(b'{"amount": ' + b"9" * 5_000 + b"}", "BODY_NOT_JSON", id="a number of 5,000 digits"),
    pytest.param(b'{"type": "\xff"}', "BODY_NOT_JSON", id="not UTF-8"),
    pytest.param('{"type": "events"}'.encode("utf-16"), "BODY_NOT_JSON", id="UTF-16"),
    pytest.param(b'\xef\xbb\xbf{"type": "events"}', "BODY_NOT_JSON", id="a byte order mark"),
    pytest.param(rb'{"why": "\ud800"}', "BODY_NOT_JSON", id="half a surrogate pair"),
    pytest.param(rb'{"why": "\u0000"}', "BODY_NOT_JSON", id="a zero character"),
    pytest.param(b'{"amount": "1.00", "amount": "9.00"}', "DUPLICATE_KEY", id="a key twice"),
    pytest.param(b'{"a": [{"b": 1, "b": 1}]}', "DUPLICATE_KEY", id="a key twice, deep inside"),
    pytest.param(b"[" * 100 + b"]" * 100, "BODY_TOO_DEEP", id="nested 100 deep"),
])
def test_what_is_no_json_document_is_refused(standing, call, body, code):
    assert_refused(sent(call, standing, body), 400, code)


@pytest.mark.parametrize("opening", [b"[", b'{"a":'])
def test_a_body_nested_100_000_deep_is_refused(standing, opening):
    assert_refused(sent("events", standing, opening * 100_000), 400, "BODY_TOO_DEEP")


@pytest.mark.parametrize("call", CALLS)
@pytest.mark.parametrize("body", [b"null", b"[]", b'"events"', b"7", b"true"])
def test_json_that_is_no_object_is_refused(standing, call, body):
    assert_refused(sent(call, standing, body), 422, "FIELD_INVALID", "")


@pytest.mark.parametrize("call", CALLS)
@pytest.mark.parametrize("content_type", [
    None, "text/plain", "text/json", "application/xml", "application/x-www-form-urlencoded", "application/jsonp",
    "multipart/form-data; boundary=x",
])
def test_a_wrong_content_type_is_refused(standing, call, content_type):
    answer = sent(call, standing, good(call, standing), content_type=content_type)
    assert_refused(answer, 415, "CONTENT_TYPE")


@pytest.mark.parametrize("call", CALLS)
def test_a_query_parameter_is_refused(standing, call):
    bank, body = standing.frozen.bank, json.dumps(good(call, standing)).encode()
    headers = bank.signed(body, message_id=unique("msg"))
    assert_refused(bank.throws(f"{path_of(call, standing)}?limit=5", body, headers), 422, "FIELD_UNKNOWN", "?limit")


@pytest.mark.parametrize(("call", "limit"), [
    ("authorise", 64 * 1024), ("capture", 64 * 1024), ("void", 64 * 1024), ("events", 8 * MIB),
])
def test_a_body_over_the_limit_is_refused(standing, call, limit):
    """Before its signature is looked at, so that nobody can make us hash gigabytes."""
    bank, body = standing.frozen.bank, b" " * (limit + 1)
    answer = bank.throws(path_of(call, standing), body, bank.signed(body, message_id=unique("msg")))
    assert_refused(answer, 413, "BODY_TOO_LARGE")
