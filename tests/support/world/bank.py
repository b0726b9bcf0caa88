"""A bank as the service meets it: one key pair, an address, accounts, tellers; every answer is verified."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, NamedTuple

from werkzeug.test import Client, TestResponse

from bank_adapters import signing, strict_json
from bank_adapters.contract import (
    ANSWERS,
    NOTICES,
    EventResult,
    FreezePlaced,
    InquiryRequested,
    Struct,
    TransferInstructed,
    WithdrawalDecided,
    WithdrawalState,
    dumps,
    parse,
)
from bank_adapters.keys import PrivateKey, SharedSecret, SigningKey, parse_verifying_key
from bank_adapters.signed_json import read_answer
from livefreeze.flows import banks
from tests.support.world.clock import Clock
from tests.support.world.mailbox import Mailbox
from tests.support.world.numbers import unique


class Account(NamedTuple):
    """An account as both sides know it."""

    id: str  # the service's
    number: str  # the bank's
    currency: str


@dataclass(frozen=True, slots=True)
class Exchange:
    """One request and its verified answer."""

    status: int
    headers: Mapping[str, str]
    body: bytes
    message: Any  # the contract's value: an answer or a problem; None for what is not signed

    @property
    def document(self) -> dict:
        return json.loads(self.body)


class Bank:
    """Speaks with the service by signed messages only."""

    def __init__(self, client: Client, clock: Clock, *, key: SigningKey | None = None) -> None:
        self.code = unique("bank")
        self.clock = clock
        self.key = key or PrivateKey.generate()
        self.mailbox = Mailbox()
        self._client = client
        self._read_count = 0
        self.orders: dict[str, str] = {}  # account number -> the order that was placed on it last
        their_key = self.key.text() if isinstance(self.key, SharedSecret) else self.key.public_key.text()
        added = banks.add(self.code, "示例银行", self.mailbox.url, their_key=their_key, actor="operator")
        self.id = added.bank_id
        self.service_key = parse_verifying_key(added.our_key)

    # --- what a bank's system does ---------------------------------------------------------------

    def withdraws(self, account: Account, amount: str, **fields: object) -> WithdrawalDecided:
        """A debtor asks at the counter; the teller asks the service."""
        return self.sends("/withdrawals", self.asks_for(account, amount, **fields)).message

    def captures(self, reference: str, amount: str | None = None, *, currency: str = "CNY",
                 **fields: object) -> WithdrawalState:
        """The cash was handed out: all of it, or `amount`."""
        if amount is not None:
            fields |= {"amount": amount, "currency": currency}
        return self.sends(f"/withdrawals/{reference}/capture", self.says("withdrawal.capture", reference=reference,
                                                                         **fields)).message

    def voids(self, reference: str, **fields: object) -> WithdrawalState:
        """The cash was not handed out and will not be."""
        return self.sends(f"/withdrawals/{reference}/void", self.says("withdrawal.void", reference=reference,
                                                                      **fields)).message

    def asks_about(self, reference: str) -> WithdrawalState:
        return self.sends(f"/withdrawals/{reference}", method="GET").message

    def reports(self, *events: dict) -> list[EventResult]:
        """What became of each event."""
        return list(self.sends("/events", self.batch(*events)).message.results)

    def pays_salary(self, account: Account, amount: str, **fields: object) -> EventResult:
        return self.reports(self.credit(account, amount, **fields))[0]

    def accepts(self, account: Account, balance: str = "0.00", **fields: object) -> EventResult:
        """The receipt for the freeze that was placed last on the account."""
        return self.reports(self.receipt(account, balance, **fields))[0]

    def reads(self) -> list[Struct]:
        """The notices that came since it last looked, each rightly signed and for this bank."""
        new = self.mailbox.letters[self._read_count:]
        self._read_count += len(new)
        notices = [self._opened(letter.headers, letter.body) for letter in new]
        placed = (notice for notice in notices if isinstance(notice, FreezePlaced))
        self.orders |= {notice.account: notice.order for notice in placed}
        return notices

    def asked(self) -> list[InquiryRequested]:
        """The inquiries that came since it last looked."""
        return [notice for notice in self.reads() if isinstance(notice, InquiryRequested)]

    def answers(self, inquiry: InquiryRequested, **fields: object) -> EventResult:
        """Answer an inquiry in a message of its own."""
        return self.reports(self.answer(inquiry, **fields))[0]

    def instructed(self) -> list:
        """The transfers that the service instructed since it last looked."""
        return [transfer for notice in self.reads() if isinstance(notice, TransferInstructed)
                for transfer in notice.transfers]

    # --- its messages ----------------------------------------------------------------------------

    def says(self, type_: str, **fields: object) -> dict:
        """A message of this bank; what is None is left out."""
        said = {"type": type_, "bank": self.code, "audience": "livefreeze", "happened_at": self.clock.now(), **fields}
        return {name: value for name, value in said.items() if value is not None}

    def asks_for(self, account: Account, amount: object, **fields: object) -> dict:
        asked = {"reference": unique("T"), "account": account.number, "amount": amount, "currency": account.currency,
                 "channel": "counter", "identified_by": "identity_card", "decide_by": self.clock.now(seconds=10)}
        return self.says("withdrawal.authorise", **{**asked, **fields})

    def batch(self, *events: dict) -> dict:
        return {"type": "events", "bank": self.code, "audience": "livefreeze", "events": list(events)}

    def event(self, type_: str, account: Account, **fields: object) -> dict:
        """An event of this bank; what is None is left out."""
        told = {"type": type_, "event_id": unique("E"), "account": account.number, "happened_at": self.clock.now(),
                **fields}
        return {name: value for name, value in told.items() if value is not None}

    def receipt(self, account: Account, balance: str = "0.00", **fields: object) -> dict:
        stands = {"order": self.orders.get(account.number), "result": "accepted", "balance": balance,
                  "currency": account.currency, "as_of": self.clock.now()}
        return self.event("freeze.receipt", account, **{**stands, **fields})

    def answer(self, inquiry: InquiryRequested, **fields: object) -> dict:
        """An answer that the bank has no such person, unless said otherwise; what is None is left out."""
        told = {"type": "inquiry.answered", "event_id": unique("E"), "happened_at": self.clock.now(),
                "inquiry": inquiry.inquiry, "id_number": inquiry.id_number, "outcome": "no_such_person", "part": 1,
                "parts": 1, **fields}
        if told.get("accounts"):
            told.setdefault("as_of", self.clock.now())
        return {name: value for name, value in told.items() if value is not None}

    def credit(self, account: Account, amount: object, **fields: object) -> dict:
        return self._booked("credit.posted", account, amount, **{"income": "salary", **fields})

    def recall(self, account: Account, amount: object, **fields: object) -> dict:
        return self._booked("credit.reversed", account, amount, **fields)

    def debit(self, account: Account, amount: object, kind: str, **fields: object) -> dict:
        return self._booked("debit.posted", account, amount, kind=kind, **fields)

    def stand_in(self, account: Account, amount: object, **fields: object) -> dict:
        return self._booked("withdrawal.stand_in", account, amount, **{"channel": "counter", **fields})

    def reversal(self, account: Account, reference: str, amount: object, **fields: object) -> dict:
        return self._booked("withdrawal.reversed", account, amount, reference=reference, **fields)

    def status(self, account: Account, reference: str, status: str, **fields: object) -> dict:
        return self.event("withdrawal.status", account, reference=reference, status=status, **fields)

    def transfer(self, became: str, account: Account, transfer: str, amount: object, **fields: object) -> dict:
        """`became` is settled, failed or returned."""
        return self._booked(f"transfer.{became}", account, amount, transfer=transfer, **fields)

    def _booked(self, type_: str, account: Account, amount: object, **fields: object) -> dict:
        return self.event(type_, account, **{"amount": amount, "currency": account.currency, **fields})

    # --- the link --------------------------------------------------------------------------------

    def sends(self, path: str, document: object = b"", *, method: str = "POST", message_id: str | None = None,
              content_type: str | None = "application/json") -> Exchange:
        """Send one signed request below the bank's address and verify the answer."""
        body = document if isinstance(document, bytes) else dumps(document)
        message_id = message_id or unique("msg")
        headers = self.signed(body, message_id=message_id)
        response = self._posts(path, body, headers, method=method, content_type=content_type)
        return self.verified(response.status_code, response.headers, response.get_data(), message_id=message_id,
                             body=body)

    def signed(self, body: bytes, *, message_id: str, keys: tuple[SigningKey, ...] | None = None,
               at: datetime | None = None) -> dict[str, str]:
        """The headers that sign these bytes."""
        return signing.sign(body, message_id=message_id, at=at or datetime.now(UTC), keys=keys or (self.key,))

    def throws(self, path: str, body: bytes, headers: Mapping[str, str], *, method: str = "POST",
               content_type: str | None = "application/json") -> Exchange:
        """Send these very bytes and headers; the answer is not verified, for a request that is not believed."""
        response = self._posts(path, body, headers, method=method, content_type=content_type)
        return Exchange(response.status_code, response.headers, response.get_data(), None)

    def _posts(self, path: str, body: bytes, headers: Mapping[str, str], *, method: str = "POST",
               content_type: str | None = "application/json") -> TestResponse:
        return self._client.open(f"/bank/v1/{self.code}{path}", method=method, data=body, headers=dict(headers),
                                 content_type=None if method == "GET" else content_type)

    def verified(self, status: int, headers: Mapping[str, str], raw: bytes, *, message_id: str,
                 body: bytes) -> Exchange:
        """The answer, which must be signed by the service for this bank and bound to this very request."""
        message = read_answer(
            raw, headers, *ANSWERS, keys=[self.service_key], now=datetime.now(UTC), bank=self.code,
            request_id=message_id, request_body=body,
        )
        return Exchange(status, headers, raw, message)

    def _opened(self, headers: Mapping[str, str], body: bytes) -> Struct:
        verified = signing.verify(body, headers, [self.service_key], datetime.now(UTC))
        notice = parse(strict_json.loads(body), *NOTICES)
        assert (notice.bank, notice.audience) == (self.code, self.code)
        assert notice.message_id in (None, verified.message_id)
        return notice
