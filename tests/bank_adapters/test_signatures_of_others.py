"""Our signatures and those of others' code, both ways: PyNaCl, Node's crypto, standardwebhooks in Python and Node."""

import base64
import importlib.util
import json
import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path

import nacl.exceptions
import nacl.signing
import pytest
import standardwebhooks.webhooks
from standardwebhooks.webhooks import Webhook, WebhookVerificationError

from bank_adapters import keys, signing
from tests.support.node import NODE, PACKAGES

HERE = Path(__file__).parent
EXAMPLES = HERE.parents[1] / "docs" / "examples"
VECTORS = json.loads((HERE.parent / "vectors" / "signatures.json").read_text("utf-8"))["signatures"]
NAMES = [vector["name"] for vector in VECTORS]


def ours(name: str, body: bytes, key: keys.SigningKey) -> dict:
    """A vector that our own code signed."""
    headers = signing.sign(body, message_id="msg_ours", at=datetime(2026, 3, 10, 2, 7, tzinfo=UTC), keys=[key])
    return {
        "name": name,
        "scheme": key.scheme,
        "signing_key": key.text(),
        "verifying_key": getattr(key, "public_key", key).text(),
        "id": headers["webhook-id"],
        "timestamp": headers["webhook-timestamp"],
        "body_base64": base64.b64encode(body).decode(),
        "signature": headers["webhook-signature"],
        "fits": True,
    }


SIGNED_BY_US = [
    ours(f"ours: {kind.scheme} {body!r}", body, kind.generate())
    for kind in (keys.PrivateKey, keys.SharedSecret)
    for body in (b"", b'{"a":1}', '{"why":"客户取消"}'.encode())
]
ALL = VECTORS + SIGNED_BY_US


def of_scheme(scheme: str) -> list:
    return [pytest.param(vector, id=vector["name"]) for vector in ALL if vector["scheme"] == scheme]


def body_of(vector: dict) -> bytes:
    return base64.b64decode(vector["body_base64"])


def headers_of(vector: dict, **changes: str) -> dict[str, str]:
    return {
        "webhook-id": vector["id"],
        "webhook-timestamp": vector["timestamp"],
        "webhook-signature": vector["signature"],
    } | changes


def at(vector: dict) -> datetime:
    return datetime.fromtimestamp(int(vector["timestamp"]), UTC)


def we_accept(vector: dict, signature: str, key: str) -> bool:
    headers = headers_of(vector) | {"webhook-signature": signature}
    try:
        signing.verify(body_of(vector), headers, [keys.parse_verifying_key(key)], at(vector))
    except signing.SignatureInvalid:
        return False
    return True


@pytest.mark.parametrize("vector", ALL, ids=lambda vector: vector["name"])
def test_we_judge_every_vector_rightly(vector):
    assert we_accept(vector, vector["signature"], vector["verifying_key"]) == vector["fits"]


# --- v1a: PyNaCl


@pytest.mark.parametrize("vector", of_scheme("v1a"))
def test_pynacl_judges_as_we_do(vector):
    key = nacl.signing.VerifyKey(base64.b64decode(vector["verifying_key"].removeprefix("whpk_")))
    content = f"{vector['id']}.{vector['timestamp']}.".encode() + body_of(vector)

    def fits(signature: str) -> bool:
        try:
            key.verify(content, base64.b64decode(signature))
        except nacl.exceptions.BadSignatureError:
            return False
        return True

    entries = (entry.split(",") for entry in vector["signature"].split(" "))
    assert any(fits(signature) for scheme, signature in entries if scheme == "v1a") == vector["fits"]


@pytest.mark.parametrize("vector", of_scheme("v1a"))
def test_we_accept_what_pynacl_signs(vector):
    key = nacl.signing.SigningKey(base64.b64decode(vector["signing_key"].removeprefix("whsk_")))
    signed = key.sign(f"{vector['id']}.{vector['timestamp']}.".encode() + body_of(vector)).signature
    public = "whpk_" + base64.b64encode(bytes(key.verify_key)).decode()
    assert we_accept(vector, "v1a," + base64.b64encode(signed).decode(), public)


# --- v1: standardwebhooks in Python


@pytest.fixture
def clock_of_standardwebhooks(monkeypatch):
    """The package reads the clock itself; this stops it at a given moment."""

    def stop(moment: datetime) -> None:
        stopped = type("Stopped", (datetime,), {"now": staticmethod(lambda tz=None: moment)})
        monkeypatch.setattr(standardwebhooks.webhooks, "datetime", stopped)

    return stop


@pytest.mark.parametrize("vector", of_scheme("v1"))
def test_standardwebhooks_judges_as_we_do(vector, clock_of_standardwebhooks):
    clock_of_standardwebhooks(at(vector))
    try:
        Webhook(vector["verifying_key"]).verify(body_of(vector), headers_of(vector), json_parse=False)
        accepted = True
    except WebhookVerificationError:
        accepted = False
    assert accepted == vector["fits"]


@pytest.mark.parametrize("vector", of_scheme("v1"))
def test_we_accept_what_standardwebhooks_signs(vector):
    signature = Webhook(vector["signing_key"]).sign(vector["id"], at(vector), body_of(vector).decode())
    assert we_accept(vector, signature, vector["signing_key"])


# --- v1a and v1: Node


@pytest.fixture(scope="module")
def node() -> dict[str, dict]:
    """What Node says of each vector, by its name."""
    command = [NODE, HERE / "check_signatures.mjs", PACKAGES / "package.json", EXAMPLES / "bank_client.mjs"]
    run = subprocess.run(command, input=json.dumps(ALL).encode(), capture_output=True, check=False, timeout=60)
    assert run.returncode == 0, run.stderr.decode()
    return dict(zip((vector["name"] for vector in ALL), json.loads(run.stdout), strict=True))


@pytest.mark.parametrize("vector", ALL, ids=lambda vector: vector["name"])
def test_node_judges_as_we_do(vector, node):
    assert set(node[vector["name"]]["accepted_by"].values()) == {vector["fits"]}


@pytest.mark.parametrize("vector", ALL, ids=lambda vector: vector["name"])
def test_we_accept_what_node_signs(vector, node):
    key = keys.parse_signing_key(vector["signing_key"])
    public = getattr(key, "public_key", key).text()
    assert we_accept(vector, node[vector["name"]]["signed_anew"], public)


# --- v1a: the example client in Python


@pytest.fixture(scope="module")
def bank_client():
    spec = importlib.util.spec_from_file_location("bank_client", EXAMPLES / "bank_client.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("vector", of_scheme("v1a"))
def test_example_client_judges_as_we_do(vector, bank_client):
    now_s = int(vector["timestamp"])
    accepted = bank_client.verify(body_of(vector), headers_of(vector), vector["verifying_key"], now_s)
    assert accepted == vector["fits"]


@pytest.mark.parametrize("vector", of_scheme("v1a"))
def test_we_accept_what_the_example_client_signs(vector, bank_client):
    headers = bank_client.sign(body_of(vector), vector["signing_key"], vector["id"], int(vector["timestamp"]))
    public = keys.PrivateKey.parse(vector["signing_key"]).public_key.text()
    assert we_accept(vector, headers["webhook-signature"], public)


@pytest.mark.parametrize("off", [timedelta(minutes=5), timedelta(minutes=-5)])
def test_example_client_refuses_five_minutes_off(off, bank_client):
    vector = SIGNED_BY_US[0]
    now_s = int((at(vector) + off).timestamp())
    assert not bank_client.verify(body_of(vector), headers_of(vector), vector["verifying_key"], now_s)
