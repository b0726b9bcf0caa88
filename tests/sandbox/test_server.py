"""The real server: many customers at once, its answers to what is no request, and its command to stop."""

from concurrent.futures import ThreadPoolExecutor

from bank_adapters.addresses import Policy
from bank_adapters.send import send
from tests.sandbox.conftest import ACCOUNT, open_account
from tests.sandbox.fake_service import frozen


def raw(url: str, body: bytes, content_type: str = "application/json") -> int:
    return send(url, body, {"Content-Type": content_type}, policy=Policy(allow_loopback_http=True)).status


def test_fifty_customers_at_once(process, service):
    open_account(process)
    service.notify(process.hook, "freeze.placed", message_id="m", **frozen(ACCOUNT))
    service.wait_for(lambda s: s.events_of("freeze.receipt"))
    with ThreadPoolExecutor(50) as counters:
        shown = list(
            counters.map(lambda _: process.post("/api/withdrawals", account=ACCOUNT, amount="100.00"), range(50))
        )
    assert sorted(answer["state"] for answer in shown) == ["captured"] * 25 + ["declined"] * 25
    assert process.get(f"/api/accounts/{ACCOUNT}")["balance"] == "5500.00"


def test_what_is_no_request_is_refused(process):
    address = f"{process.url}/api/accounts"
    assert raw(address, b"{") == 400
    assert raw(address, b"[]") == 400
    assert raw(address, b'{"name": "a", "name": "b"}') == 400
    assert raw(address, b"[" * 100_000) == 400
    assert raw(address, b"{}", "text/plain") == 415
    assert raw(f"{process.url}/api/nothing", b"{}") == 404
    assert raw(process.hook, b"{}") == 401


def test_it_stops_when_asked_to(process):
    assert process.stop() == 0
