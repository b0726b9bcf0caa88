"""The court's service as the sandbox bank sees it: an HTTP server that answers signed calls by a script."""

import hashlib
import threading
from collections import deque
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from bank_adapters import contract, keys, signed_json, signing, strict_json
from bank_adapters.addresses import Policy
from bank_adapters.send import Delivery, send

BANK = "demo-bank"
ORDER = "frz_" + "0" * 26
WAIT_S = 20


@dataclass(frozen=True)
class Request:
    """One signed request as it came over the wire."""

    path: str
    message_id: str
    body: bytes
    document: dict


class FakeService:
    """Approves what fits in `allowance_minor` (fen), once for each message id, and remembers all it was asked."""

    def __init__(self) -> None:
        self.key = keys.PrivateKey.generate()
        self.bank_key: keys.PublicKey | None = None  # set by the fixture that knows the bank
        self.more_keys: dict[str, keys.PublicKey] = {}  # of other banks, by code
        self.allowance_minor = 2_500_00
        self.problems: deque[int] = deque()  # statuses to answer with before anything is looked at
        self.spoil: str | None = None  # "unsigned", "unbound": how answers are made worthless
        self.event_outcome = "applied"
        self.requests: list[Request] = []
        self.holds: dict[str, dict] = {}  # reference -> amount, captured amount and status
        self.events: list[dict] = []  # each event once, in the order of its first arrival
        self._answers: dict[str, tuple[bytes, bytes]] = {}
        self._changed = threading.Condition(threading.RLock())
        self._gate = threading.Event()
        self._gate.set()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()

    def close(self) -> None:
        self._gate.set()
        self._server.shutdown()
        self._server.server_close()

    def hold_answers(self) -> None:
        """Requests are heard, and answered only after `let_answers_go`."""
        self._gate.clear()

    def let_answers_go(self) -> None:
        self._gate.set()

    def wait_for(self, what, count: int = 1) -> list:
        """Wait until `what(self)` has that many entries."""
        with self._changed:
            assert self._changed.wait_for(lambda: len(what(self)) >= count, WAIT_S), what(self)
            return what(self)

    def calls(self, ending: str) -> list[Request]:
        return [request for request in self.requests if request.path.endswith(ending)]

    def events_of(self, event_type: str) -> list[dict]:
        return [event for event in self.events if event["type"] == event_type]

    def notice(
        self, message_type: str, *, message_id: str, key=None, bank: str = BANK, **fields
    ) -> tuple[bytes, dict[str, str]]:
        """Body and headers of a notice to the bank, as the service's worker sends it."""
        body = contract.dumps({"type": message_type, "bank": bank, "audience": bank, **fields})
        return body, signed_json.signed_headers(
            body, message_id=message_id, at=datetime.now(UTC), keys=[key or self.key]
        )

    def notify(self, hook: str, message_type: str, *, message_id: str, **fields) -> Delivery:
        """Send a notice over the network."""
        body, headers = self.notice(message_type, message_id=message_id, **fields)
        return send(hook, body, headers, policy=Policy(allow_loopback_http=True))

    def answer(self, path: str, headers, body: bytes) -> tuple[int, dict[str, str], bytes]:
        """Status, headers and body for one request of the bank."""
        message_id = headers[signing.ID_HEADER]
        key = self.more_keys.get(_bank_of(path), self.bank_key)
        signing.verify(body, dict(headers.items()), [key], datetime.now(UTC))
        document = strict_json.loads(body)
        with self._changed:
            self.requests.append(Request(path, message_id, body, document))
            self._changed.notify_all()
        self._gate.wait(WAIT_S)
        with self._changed:
            if self.problems:
                return self._signed(self.problems.popleft(), message_id, body, _problem(message_id, body))
            if message_id not in self._answers:
                self._answers[message_id] = (body, self._act(path, message_id, body, document))
                self._changed.notify_all()
            first_body, answer = self._answers[message_id]
            assert body == first_body, "the same id came with other bytes"
            return self._signed(200, message_id, body, answer)

    def _act(self, path: str, message_id: str, body: bytes, document: dict) -> bytes:
        common = {
            "bank": _bank_of(path),
            "audience": _bank_of(path),
            "in_reply_to": message_id,
            "request_digest": signed_json.request_digest(body),
            "audit": contract.Receipt(chain="bank:demo", seq=len(self._answers) + 1, hash="ab" * 32),
        }
        if document["type"] == "events":
            return signed_json.encode(contract.EventsApplied(results=self._take(document), **common))
        if document["type"] == "withdrawal.authorise":
            return signed_json.encode(self._decide(document, common))
        return signed_json.encode(self._end(document, common))

    def _take(self, document: dict) -> tuple:
        contract.parse(document, contract.Events)
        known = {event["event_id"] for event in self.events}
        self.events += [event for event in document["events"] if event["event_id"] not in known]
        problem = None if self.event_outcome == "applied" else contract.parse_problem(_problem_document())
        return tuple(
            contract.EventResult(event_id=event["event_id"], outcome=self.event_outcome, problem=problem)
            for event in document["events"]
        )

    def _decide(self, document: dict, common: dict) -> contract.WithdrawalDecided:
        asked = contract.parse(document, contract.WithdrawalAuthorise)
        amount_minor = _minor(asked.amount)
        is_approved = amount_minor <= self.allowance_minor
        if is_approved:
            self.allowance_minor -= amount_minor
        self.holds[asked.reference] = {
            "account": asked.account,
            "amount_minor": amount_minor,
            "status": "authorised" if is_approved else "declined",
            "captured_minor": 0,
        }
        left = _amount(self.allowance_minor)
        return contract.WithdrawalDecided(
            id="wdl_" + "0" * 26,
            reference=asked.reference,
            decision="approved" if is_approved else "declined",
            reason="WITHIN_LIMITS" if is_approved else "ALLOWANCE_EXHAUSTED",
            reason_text=contract.InTwoLanguages(en="More than is left.", zh="超出余额。"),
            approved_amount=asked.amount if is_approved else "0.00",
            currency=asked.currency,
            allowance_left=left,
            spendable=left,
            expires_at=datetime.now(UTC) + timedelta(minutes=30) if is_approved else None,
            duration_ms=1,
            explanation=(),
            **common,
        )

    def _end(self, document: dict, common: dict) -> contract.WithdrawalState:
        hold = self.holds[document["reference"]]
        assert hold["status"] == "authorised", hold
        if document["type"] == "withdrawal.capture":
            hold |= {"status": "captured", "captured_minor": _minor(document["amount"])}
        else:
            hold["status"] = "voided"
            self.allowance_minor += hold["amount_minor"]
        left = _amount(self.allowance_minor)
        return contract.WithdrawalState(
            id="wdl_" + "0" * 26,
            reference=document["reference"],
            status=hold["status"],
            amount=_amount(hold["amount_minor"]),
            captured_amount=_amount(hold["captured_minor"]),
            currency="CNY",
            allowance_left=left,
            spendable=left,
            **common,
        )

    def _signed(self, status: int, message_id: str, request_body: bytes, answer: bytes) -> tuple:
        if self.spoil == "unbound":
            answer = answer.replace(hashlib.sha256(request_body).hexdigest().encode(), b"0" * 64)
        headers = signed_json.signed_headers(answer, message_id=message_id, at=datetime.now(UTC), keys=[self.key])
        return status, {} if self.spoil == "unsigned" else headers, answer


def frozen(account: str, **fields) -> dict:
    """The fields of freeze.placed for the account of 张三."""
    return {
        "order": ORDER,
        "notice_number": "(2026)浙0281执1234号协助执行通知书",
        "case_number": "(2026)浙0281执1234号",
        "court": {"code": "zj-0281", "name": "余姚市人民法院"},
        "account": account,
        "name": "张三",
        "id_number": "330281199001011234",
        "quota": "60000.00",
        "currency": "CNY",
        "block_up_to": "60000.00",
        "happened_at": "2026-03-01T00:00:00Z",
        **fields,
    }


def _bank_of(path: str) -> str:
    return path.split("/")[3]


def _problem(message_id: str, body: bytes) -> bytes:
    return contract.dumps(
        {
            **_problem_document(),
            "bank": BANK,
            "audience": BANK,
            "in_reply_to": message_id,
            "request_digest": signed_json.request_digest(body),
        }
    )


def _problem_document() -> dict:
    return {
        "type": "urn:livefreeze:problem:not-found",
        "title": "Unknown",
        "title_zh": "未知",
        "status": 404,
        "code": "NOT_FOUND",
        "detail": "Nothing of that name is known.",
        "detail_zh": "未找到。",
    }


def _minor(amount: str) -> int:
    whole, _, part = amount.partition(".")
    return int(whole) * 100 + int(part.ljust(2, "0"))


def _amount(minor: int) -> str:
    return f"{minor // 100}.{minor % 100:02}"


def _handler(service: FakeService) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            shown = [{"bank": "other-bank", "key": "whpk_?"}]
            shown += [{"bank": code, "key": service.key.public_key.text()} for code in (BANK, *service.more_keys)]
            self._send(200, {"Content-Type": "application/json"}, contract.dumps({"keys": shown}))

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            self._send(*service.answer(self.path, self.headers, body))

        def _send(self, status: int, headers: dict[str, str], body: bytes) -> None:
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            try:
                self.wfile.write(body)
            except OSError:
                pass  # the bank was killed while it waited

        def log_message(self, *_: object) -> None:
            pass

    return Handler
