"""Signatures: what is accepted, and that everything else is one error."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.datastructures import Headers

from bank_adapters import signing
from bank_adapters.keys import PrivateKey, SharedSecret
from bank_adapters.signing import SignatureInvalid

NOW = datetime(2026, 3, 10, 2, 7, 0, 400_000, tzinfo=UTC)
BODY = '{"type":"withdrawal.void","why":"客户取消"}'.encode()
OLD, KEY, OTHER, SECRET = PrivateKey.generate(), PrivateKey.generate(), PrivateKey.generate(), SharedSecret.generate()
PUBLIC = [KEY.public_key]


def signed(body: bytes = BODY, *, at: datetime = NOW, keys=(KEY,), **changes: object) -> dict:
    headers = signing.sign(body, message_id="msg_1", at=at, keys=keys)
    headers |= {name.replace("_", "-"): value for name, value in changes.items()}
    return {name: value for name, value in headers.items() if value is not None}


@pytest.mark.parametrize(
    ("headers", "keys"),
    [
        pytest.param(signed(), PUBLIC, id="one key"),
        pytest.param(signed(), [OLD.public_key, KEY.public_key], id="new key among two"),
        pytest.param(signed(keys=[OLD, KEY]), PUBLIC, id="signed with old and new"),
        pytest.param(signed(keys=[SECRET, KEY]), PUBLIC, id="another scheme before it"),
        pytest.param(signed(keys=[SECRET]), [SECRET], id="shared secret"),
        pytest.param({name.title(): value for name, value in signed().items()}, PUBLIC, id="names in capitals"),
        pytest.param(Headers(signed()), PUBLIC, id="headers of the web framework"),
        pytest.param(signed(at=NOW.astimezone(timezone(timedelta(hours=8)))), PUBLIC, id="signed in another zone"),
        pytest.param(signed(at=NOW - timedelta(seconds=299)), PUBLIC, id="nearly stale"),
        pytest.param(signed(at=NOW + timedelta(seconds=299)), PUBLIC, id="nearly early"),
    ],
)
def test_accepts(headers, keys):
    verified = signing.verify(BODY, headers, keys, NOW)
    assert (verified.message_id, verified.key in keys) == ("msg_1", True)


def test_an_empty_body_can_be_signed():
    assert signing.verify(b"", signed(b""), PUBLIC, NOW).sent_at == NOW.replace(microsecond=0)


GOOD = signed()["webhook-signature"]
FLAWED = [
    pytest.param({}, "SIGNATURE_MISSING", id="no headers"),
    pytest.param(signed(webhook_id=None), "SIGNATURE_MISSING", id="no id"),
    pytest.param(signed(webhook_timestamp=None), "SIGNATURE_MISSING", id="no timestamp"),
    pytest.param(signed(webhook_signature=None), "SIGNATURE_MISSING", id="no signature"),
    pytest.param(signed(webhook_id=""), "SIGNATURE_MALFORMED", id="empty id"),
    pytest.param(signed(webhook_id="a.b"), "SIGNATURE_MALFORMED", id="full stop in the id"),
    pytest.param(signed(webhook_id="m" * 65), "SIGNATURE_MALFORMED", id="long id"),
    pytest.param(signed(webhook_id="msg_1\n"), "SIGNATURE_MALFORMED", id="line end after the id"),
    pytest.param(signed(webhook_id=b"msg_1"), "SIGNATURE_MALFORMED", id="id as bytes"),
    pytest.param(signed(webhook_timestamp="1773108420.5"), "SIGNATURE_MALFORMED", id="fraction"),
    pytest.param(signed(webhook_timestamp="177310842"), "SIGNATURE_MALFORMED", id="nine digits"),
    pytest.param(signed(webhook_timestamp="+773108420"), "SIGNATURE_MALFORMED", id="plus sign"),
    pytest.param(signed(webhook_timestamp="１７７３１０８４２０"), "SIGNATURE_MALFORMED", id="full-width digits"),
    pytest.param(signed(webhook_timestamp="1773108420\n"), "SIGNATURE_MALFORMED", id="line end after the timestamp"),
    pytest.param(signed(webhook_signature=""), "SIGNATURE_MALFORMED", id="empty signature"),
    pytest.param(signed(webhook_signature="v1a"), "SIGNATURE_MALFORMED", id="scheme alone"),
    pytest.param(signed(webhook_signature="v1a,"), "SIGNATURE_MALFORMED", id="scheme and nothing"),
    pytest.param(signed(webhook_signature=GOOD + " "), "SIGNATURE_MALFORMED", id="space after"),
    pytest.param(signed(webhook_signature="v1a,é"), "SIGNATURE_MALFORMED", id="not ASCII"),
    pytest.param(signed(webhook_signature="v1a,\udcff"), "SIGNATURE_MALFORMED", id="not UTF-8"),
    pytest.param(signed(webhook_signature=" ".join([GOOD] * 11)), "SIGNATURE_MALFORMED", id="eleven signatures"),
    pytest.param(signed(webhook_signature="v1a,a,b"), "SIGNATURE_WRONG", id="two commas"),
    pytest.param(signed(webhook_signature="v1a,AAAA"), "SIGNATURE_WRONG", id="too short"),
    pytest.param(signed(webhook_signature=GOOD.replace("v1a", "v1")), "SIGNATURE_WRONG", id="other scheme's name"),
    pytest.param(signed(keys=[OTHER]), "SIGNATURE_WRONG", id="unknown or retired key"),
    pytest.param(signed(keys=[SECRET]), "SIGNATURE_WRONG", id="wrong scheme"),
    pytest.param(signed(b"{}"), "SIGNATURE_WRONG", id="another body"),
    pytest.param(signed(at=NOW - timedelta(seconds=300)), "SIGNATURE_STALE", id="five minutes old"),
    pytest.param(signed(at=NOW + timedelta(seconds=301)), "SIGNATURE_EARLY", id="five minutes early"),
    pytest.param({**signed(), "Webhook-Id": "msg_1"}, "SIGNATURE_MALFORMED", id="id twice"),
    pytest.param(
        Headers([*signed().items(), ("Webhook-Signature", GOOD)]), "SIGNATURE_MALFORMED", id="signature twice"
    ),
    pytest.param(signed(webhook_signature=f"{GOOD},{GOOD}"), "SIGNATURE_WRONG", id="twice, joined by the server"),
]


@pytest.mark.parametrize(("headers", "code"), FLAWED)
def test_refuses(headers, code):
    with pytest.raises(SignatureInvalid) as refused:
        signing.verify(BODY, headers, PUBLIC, NOW)
    assert refused.value.code == code
    assert refused.value.reason and refused.value.reason_zh


def test_refuses_everything_without_keys():
    with pytest.raises(SignatureInvalid):
        signing.verify(BODY, signed(), [], NOW)


def test_a_public_key_does_not_work_as_a_shared_secret():
    forged = SharedSecret(KEY.public_key.text().encode())
    with pytest.raises(SignatureInvalid):
        signing.verify(BODY, signed(keys=[forged]), PUBLIC, NOW)


@pytest.mark.parametrize("part", ["webhook-id", "webhook-timestamp", "webhook-signature", "body"])
@pytest.mark.parametrize("key", [KEY, SECRET], ids=["v1a", "v1"])
@given(place=st.integers(min_value=0), other=st.integers(min_value=1, max_value=255))
def test_one_byte_changed_anywhere_is_refused(part, key, place, other):
    message = {name: value.encode() for name, value in signed(keys=[key]).items()} | {"body": BODY}
    place %= len(message[part])
    changed = bytearray(message[part])
    changed[place] ^= other
    message[part] = bytes(changed)
    body = message.pop("body")
    headers = {name: value.decode("latin-1") for name, value in message.items()}  # as a web server hands them over
    with pytest.raises(SignatureInvalid):
        signing.verify(body, headers, [getattr(key, "public_key", key)], NOW)


@given(st.dictionaries(st.sampled_from([*signed(), "host"]), st.text() | st.binary() | st.none()), st.binary())
def test_nothing_else_is_ever_raised(headers, body):
    with pytest.raises(SignatureInvalid):
        signing.verify(body, headers, PUBLIC, NOW)


@pytest.mark.parametrize(
    "wrong",
    [
        pytest.param({"message_id": "a.b"}, id="id that no receiver takes"),
        pytest.param({"at": datetime(2026, 3, 10)}, id="no zone"),  # noqa: DTZ001
        pytest.param({"keys": []}, id="no key"),
    ],
)
def test_sign_refuses_what_verify_would(wrong):
    with pytest.raises(ValueError):
        signing.sign(BODY, **({"message_id": "msg_1", "at": NOW, "keys": [KEY]} | wrong))
