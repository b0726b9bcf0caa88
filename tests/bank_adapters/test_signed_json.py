"""The native adapter: bytes to message and back, and an answer that is bound to its request."""

from datetime import UTC, datetime

import pytest

from bank_adapters import signed_json, signing
from bank_adapters.contract import MessageInvalid, Problem, WithdrawalDecided, WithdrawalVoid, dumps, parse
from bank_adapters.keys import PrivateKey
from bank_adapters.signed_json import AnswerUnbound
from bank_adapters.strict_json import NotJson
from tests.support.examples import example

NOW = datetime(2026, 3, 10, 2, 5, tzinfo=UTC)
KEY = PrivateKey.generate()
REQUEST = signed_json.encode(parse(example("withdrawal.void"), WithdrawalVoid))
BOUND = {"in_reply_to": "msg_1", "request_digest": signed_json.request_digest(REQUEST)}


def read(document: dict, *, key: PrivateKey = KEY, message_id: str = "msg_1", bank: str = "demo-bank"):
    body = dumps(document)
    headers = signed_json.signed_headers(body, message_id=message_id, at=NOW, keys=[key])
    return signed_json.read_answer(
        body, headers, WithdrawalDecided,
        keys=[KEY.public_key], now=NOW, bank=bank, request_id="msg_1", request_body=REQUEST,
    )  # fmt: skip


def test_a_message_survives_its_bytes():
    assert signed_json.encode(signed_json.decode(REQUEST, WithdrawalVoid)) == REQUEST


def test_bytes_that_are_no_message():
    with pytest.raises(NotJson):
        signed_json.decode(b"{", WithdrawalVoid)
    with pytest.raises(MessageInvalid):
        signed_json.decode(b"{}", WithdrawalVoid)


def test_headers_say_what_the_body_is():
    headers = signed_json.signed_headers(REQUEST, message_id="msg_1", at=NOW, keys=[KEY])
    assert headers["Content-Type"] == "application/json"
    assert signing.verify(REQUEST, headers, [KEY.public_key], NOW).message_id == "msg_1"


def test_reads_the_answer_to_its_request():
    assert read(example("withdrawal.decided", **BOUND)).decision == "approved"


def problem(**changes: object) -> dict:
    return example("urn:livefreeze:problem:amount-invalid", **(BOUND | changes))


def test_reads_a_problem():
    answer = read(problem())
    assert isinstance(answer, Problem) and answer.code == "AMOUNT_INVALID"


OTHER_DIGEST = signed_json.request_digest(b"another body")


@pytest.mark.parametrize(
    ("document", "options"),
    [
        pytest.param(example("withdrawal.decided", **BOUND | {"in_reply_to": "msg_0"}), {}, id="to another request"),
        pytest.param(example("withdrawal.decided", **BOUND | {"request_digest": OTHER_DIGEST}), {}, id="other body"),
        pytest.param(example("withdrawal.decided", **BOUND), {"message_id": "msg_0"}, id="under another id"),
        pytest.param(example("withdrawal.decided", **BOUND), {"bank": "other-bank"}, id="for another bank"),
        pytest.param(problem(in_reply_to="msg_0"), {}, id="problem of another request"),
        pytest.param(problem(in_reply_to=..., request_digest=...), {}, id="problem of no request"),
    ],
)
def test_refuses_an_answer_to_something_else(document, options):
    with pytest.raises(AnswerUnbound) as refused:
        read(document, **options)
    assert refused.value.reason and refused.value.reason_zh


def test_refuses_an_answer_of_somebody_else():
    with pytest.raises(signing.SignatureInvalid):
        read(example("withdrawal.decided", **BOUND), key=PrivateKey.generate())
