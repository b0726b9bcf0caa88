"""Strict JSON: one reading of each text, and no input that exhausts us."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bank_adapters import strict_json
from bank_adapters.strict_json import DEPTH_MAX, NotJson


@pytest.mark.parametrize(
    ("body", "value"),
    [
        pytest.param(b'{"a":[1,true,null]}', {"a": [1, True, None]}, id="plain"),
        pytest.param(' {"a":"客户"}\r\n'.encode(), {"a": "客户"}, id="UTF-8 and white space"),
        pytest.param(rb'"\u5ba2\ud83d\ude00"', "客😀", id="escapes and a whole surrogate pair"),
        pytest.param(rb'"\\u0000 \\ud800"', r"\u0000 \ud800", id="escapes that are escaped"),
        pytest.param(b"[" * DEPTH_MAX + b"]" * DEPTH_MAX, json.loads("[" * DEPTH_MAX + "]" * DEPTH_MAX), id="deepest"),
        pytest.param(b'{"a":{"x":1},"b":{"x":1}}', {"a": {"x": 1}, "b": {"x": 1}}, id="same name in two objects"),
    ],
)
def test_reads(body, value):
    assert strict_json.loads(body) == value


@pytest.mark.parametrize(
    ("body", "code"),
    [
        pytest.param(b"", "NOT_JSON", id="empty"),
        pytest.param(b"not json", "NOT_JSON", id="not JSON"),
        pytest.param(b"{'a':1}", "NOT_JSON", id="single quotes"),
        pytest.param(b'{"a":1,}', "NOT_JSON", id="trailing comma"),
        pytest.param(b'{"a":1}{', "NOT_JSON", id="something after it"),
        pytest.param(b'{"a":"\xff"}', "NOT_JSON", id="not UTF-8"),
        pytest.param(b"\xef\xbb\xbf{}", "NOT_JSON", id="byte order mark"),
        pytest.param('{"a":1}'.encode("utf-16"), "NOT_JSON", id="UTF-16"),
        pytest.param(b'{"a":"1\n"}', "NOT_JSON", id="raw line end in a text"),
        pytest.param(b'{"a":1,"a":1}', "NAME_TWICE", id="name twice"),
        pytest.param(rb'{"a":1,"\u0061":2}', "NAME_TWICE", id="name twice, once escaped"),
        pytest.param(b'[{"b":{"a":1,"a":1}}]', "NAME_TWICE", id="name twice, deep inside"),
        pytest.param(b"NaN", "NUMBER_INVALID", id="NaN"),
        pytest.param(b'{"a":-Infinity}', "NUMBER_INVALID", id="infinity"),
        pytest.param(b"1e999", "NUMBER_INVALID", id="infinity by its size"),
        pytest.param(b"9" * 5_000, "NUMBER_INVALID", id="5,000 digits"),
        pytest.param(rb'{"a":"\u0000"}', "TEXT_INVALID", id="U+0000"),
        pytest.param(rb'{"a":["\ud800"]}', "TEXT_INVALID", id="half a surrogate pair"),
        pytest.param(rb'{"\udfff":1}', "TEXT_INVALID", id="half a surrogate pair in a name"),
        pytest.param(b"[" * 33 + b"]" * 33, "TOO_DEEP", id="one too deep"),
        pytest.param(b'{"a":' * 33 + b"1" + b"}" * 33, "TOO_DEEP", id="objects one too deep"),
        pytest.param(b"[" * 100_000, "TOO_DEEP", id="100,000 open brackets"),
        pytest.param(b"[" * 100_000 + b"]" * 100_000, "TOO_DEEP", id="100,000 levels"),
        pytest.param(b'{"a":' * 100_000, "TOO_DEEP", id="100,000 open objects"),
    ],
)
def test_refuses(body, code):
    with pytest.raises(NotJson) as refused:
        strict_json.loads(body)
    assert refused.value.code == code
    assert refused.value.reason and refused.value.reason_zh


@given(st.binary() | st.text().map(str.encode) | st.text(alphabet='{}[]",:\\u0d81e-+.NaI ').map(str.encode))
def test_raises_nothing_else(body):
    try:
        strict_json.loads(body)
    except NotJson:
        pass


TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"))
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | TEXT,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=4).map(repr), inner, max_size=4),
    max_leaves=20,
)


@given(JSON, st.booleans())
def test_reads_what_python_writes(value, ascii_only):
    assert strict_json.loads(json.dumps(value, ensure_ascii=ascii_only).encode()) == value
