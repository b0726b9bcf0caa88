"""The page for bank engineers says what the code does, and its example clients work."""

import json
import os
import re
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bank_adapters import signed_json, signing
from bank_adapters.contract import dumps
from bank_adapters.keys import PrivateKey, PublicKey
from livefreeze.base.words import PROBLEMS
from tests.support.examples import PAGE, example
from tests.support.node import NODE
from tests.support.scripted_server import Connection, serving

ROOT = Path(__file__).parents[2]
TEXT = PAGE.read_text("utf-8")


def test_the_signature_example_fits():
    names = "secret key|public key|webhook-id|webhook-timestamp|body|webhook-signature"
    shown = dict(re.findall(rf"^({names}) +(\S.*)$", TEXT, re.MULTILINE))
    headers = {name: value for name, value in shown.items() if name.startswith("webhook-")}
    body = shown["body"].encode()
    now = datetime.fromtimestamp(int(shown["webhook-timestamp"]), UTC)
    signing.verify(body, headers, [PublicKey.parse(shown["public key"])], now)
    assert PrivateKey.parse(shown["secret key"]).public_key.text() == shown["public key"]
    assert body == dumps(example("withdrawal.void"))


@pytest.mark.parametrize(
    ("request_type", "answer_type"),
    [
        ("withdrawal.authorise", "withdrawal.decided"),
        ("withdrawal.capture", "withdrawal.state"),
        ("events", "events.applied"),
    ],
)
def test_the_answers_shown_are_bound_to_the_requests_shown(request_type, answer_type):
    digest = signed_json.request_digest(dumps(example(request_type)))
    assert example(answer_type)["request_digest"] == digest


SOURCES = [path.read_text("utf-8") for path in (ROOT / "bank_adapters" / "contract").glob("*.py")]
CODE = re.compile(r'"([A-Z]+_(?:INVALID|MISSING|UNKNOWN|WRONG|TOO_LONG|TOO_SHORT))"')
CODES = {code for source in SOURCES for code in CODE.findall(source)} - {"MESSAGE_INVALID"}


@pytest.mark.parametrize("code", sorted(CODES))
def test_the_page_lists_every_code_of_a_field(code):
    assert f"`{code}`" in TEXT.split("Codes in `errors`:")[1]


@pytest.mark.parametrize("code", sorted(CODES))
def test_the_service_has_words_for_every_code_of_a_field(code):
    assert code in PROBLEMS


@pytest.mark.parametrize("target", sorted(set(re.findall(r"\]\(#([a-z-]+)\)", TEXT))))
def test_links_within_the_page_lead_somewhere(target):
    headings = re.findall(r"^#+ (.+)$", TEXT, re.MULTILINE)
    assert target in {re.sub(r"[^a-z_ -]", "", heading.lower()).replace(" ", "-") for heading in headings}


# --- the example clients, against a server that answers as the service does


BANK, SERVICE = PrivateKey.generate(), PrivateKey.generate()
CLIENTS = {
    "Python": [sys.executable, ROOT / "docs" / "examples" / "bank_client.py"],
    "Node": [NODE, ROOT / "docs" / "examples" / "bank_client.mjs"],
}


def service(key: PrivateKey = SERVICE, **changes: object):
    """A script that verifies the request and answers with a signed state."""

    def script(connection: Connection) -> None:
        head, _, body = connection.read_request().partition(b"\r\n\r\n")
        headers = dict(line.split(": ", 1) for line in head.decode().split("\r\n")[1:])
        asked = signing.verify(body, headers, [BANK.public_key], datetime.now(UTC))
        bound = {"in_reply_to": asked.message_id, "request_digest": signed_json.request_digest(body)}
        answer = dumps(example("withdrawal.state", **(bound | changes)))
        signed = signed_json.signed_headers(answer, message_id=asked.message_id, at=datetime.now(UTC), keys=[key])
        lines = ["HTTP/1.1 200 OK", f"Content-Length: {len(answer)}", *map(": ".join, signed.items()), "", ""]
        connection.send("\r\n".join(lines).encode() + answer)

    return script


def run(client: str, verb: str, script, body: bytes = b"") -> subprocess.CompletedProcess:
    with serving(script) as server:
        url = f"http://127.0.0.1:{server.port}/bank/v1/demo-bank/withdrawals/T-1"
        environment = {**os.environ, "BANK_KEY": BANK.text(), "SERVICE_KEY": SERVICE.public_key.text()}
        return subprocess.run(
            [*CLIENTS[client], verb, url], input=body, env=environment, capture_output=True, check=False, timeout=60
        )


@pytest.mark.parametrize("client", CLIENTS)
@pytest.mark.parametrize("verb", ["post", "get"])
def test_client_shows_the_answer(client, verb):
    shown = run(client, verb, service(), dumps(example("withdrawal.capture")) if verb == "post" else b"")
    assert json.loads(shown.stdout)["status"] == "captured", shown.stderr.decode()


@pytest.mark.parametrize("client", CLIENTS)
@pytest.mark.parametrize(
    ("script", "says"),
    [
        pytest.param(service(PrivateKey.generate()), b"not signed by the service", id="of another key"),
        pytest.param(service(in_reply_to="msg_0"), b"belongs to another request", id="to another request"),
    ],
)
def test_client_refuses_an_answer(client, script, says):
    refused = run(client, "post", script, b"{}")
    assert (refused.returncode, refused.stdout) == (1, b"")
    assert says in refused.stderr


@pytest.mark.parametrize("client", CLIENTS)
def test_client_makes_keys_that_we_take(client):
    shown = subprocess.run([*CLIENTS[client], "keys"], capture_output=True, check=True, timeout=60).stdout.decode()
    secret, public = (line.split(": ")[1].strip() for line in shown.splitlines())
    assert PrivateKey.parse(secret).public_key == PublicKey.parse(public)
