"""Courts, their staff and a bank, on the real application and a real database, for tests in the court's words."""

import hashlib
import json
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import count
from typing import Any

from werkzeug.test import TestResponse

from bank_adapters import signing
from bank_adapters.keys import PrivateKey
from livefreeze.base import clock
from livefreeze.flows import banks, courts, staff

RULE = {"preset": "cn-live-freeze", "anchor_day": 10, "sweep": {"day": 12}}
NAME, CREDITOR, FUND = "张三丰", "李四光", "9558800000008888"
_numbers = count(1000)  # tests share a database: each names its own debtors, cases and accounts


def new_id_number() -> str:
    return f"33020319800101{next(_numbers)}"


def new_account_number() -> str:
    return f"622202000000123{next(_numbers)}"


def new_case_number() -> str:
    return f"(2026)浙0281执{next(_numbers)}号"


class Refused(AssertionError):
    """The API answered with a problem where the test expected none."""


@dataclass
class Person:
    """A member of staff with a token."""

    client: Any
    token: str
    login: str

    def asks(self, method: str, path: str, **options: Any) -> TestResponse:
        """Any request, whatever the answer."""
        headers = {"Authorization": f"Bearer {self.token}"} | options.pop("headers", {})
        return self.client.open(f"/court/v1{path}", method=method, headers=headers, **options)

    def get(self, path: str, **query: object) -> dict:
        return _good(self.asks("GET", path, query_string=query))

    def post(self, path: str, **body: object) -> dict:
        return _good(self.asks("POST", path, json=body))

    def refused(self, method: str, path: str, status: int, **options: Any) -> dict:
        """The problem that the request must meet."""
        answer = self.asks(method, path, **options)
        assert answer.status_code == status, (answer.status_code, answer.get_data(as_text=True))
        assert answer.content_type == "application/problem+json"
        return answer.json


@dataclass
class CourtHouse:
    """A court with one person of each role; a second judge, for four eyes."""

    client: Any
    code: str
    people: dict[str, Person] = field(default_factory=dict)

    def __getattr__(self, role: str) -> Person:
        return self.people[role]

    def hires(self, name: str, role: str, **options: str) -> Person:
        login = f"{name}@{self.code}"
        staff.add(login, role=role, court_code=self.code, actor="test", **options)
        self.people[name] = Person(self.client, staff.create_token(login, actor="test"), login)
        return self.people[name]

    def registers_debtor(self, name: str = NAME, id_number: str | None = None) -> str:
        return self.clerk.post("/debtors", name=name, id_number=id_number or new_id_number())["id"]

    def case_body(self, *debtors: str, **changes: object) -> dict:
        body = {"case_number": new_case_number(), "debtors": list(debtors), "creditor": {"name": CREDITOR},
                "claim": {"amount": "60000.00", "currency": "CNY"}}
        return {**body, **changes}

    def opens_case(self, *debtors: str, **changes: object) -> str:
        return self.clerk.post("/cases", **self.case_body(*debtors, **changes))["id"]

    def account_body(self, debtor: str, **changes: object) -> dict:
        body = {"debtor": debtor, "bank": "icbc", "account": new_account_number(), "currency": "CNY"}
        return {**body, **changes}

    def registers_account(self, debtor: str, **changes: object) -> str:
        return self.clerk.post("/accounts", **self.account_body(debtor, **changes))["id"]

    def order_body(self, case: str, debtor: str, *accounts: str, **changes: object) -> dict:
        body = {"case": case, "debtor": debtor, "accounts": list(accounts), "quota": "60000.00",
                "notice_number": f"{new_case_number()}之一", "rule": RULE}
        return {**body, **changes}

    def prepares_order(self, case: str, debtor: str, *accounts: str, **changes: object) -> dict:
        return self.clerk.post("/orders", **self.order_body(case, debtor, *accounts, **changes))

    def approves(self, proposal: dict) -> dict:
        return self.judge.post(f"/proposals/{proposal['id']}/approve", digest=proposal["digest"])

    def serves_order(self, case: str, debtor: str, *accounts: str, **changes: object) -> str:
        prepared = self.prepares_order(case, debtor, *accounts, **changes)
        self.approves(prepared["proposal"])
        return prepared["order"]

    def registers_fund(self) -> None:
        self.approves(self.finance.post("/case-fund", bank="icbc", account=FUND, name="案款专户"))


@dataclass
class SigningBank:
    """A bank that reports events, signed with its own key."""

    client: Any
    code: str
    key: PrivateKey

    def reports(self, type_: str, *, account: str, **fields: object) -> dict:
        """One event; returns its result."""
        event = {"type": type_, "event_id": f"e{next(_numbers)}", "account": account,
                 "happened_at": clock.format_instant(clock.now()), **fields}
        answer = self.sends("events", type="events", events=[event])
        assert answer.status_code == 200, answer.get_data(as_text=True)
        return answer.json["results"][0]

    def asks(self, account: str, reference: str, amount: str) -> TestResponse:
        """May this be paid at the counter?"""
        now, soon = (clock.format_instant(clock.now() + timedelta(seconds=wait)) for wait in (0, 30))
        return self.sends("withdrawals", type="withdrawal.authorise", reference=reference, account=account,
                          amount=amount, currency="CNY", channel="counter", identified_by="identity_card",
                          decide_by=soon, happened_at=now)

    def sends(self, path: str, **body: object) -> TestResponse:
        raw = json.dumps({"bank": self.code, "audience": "livefreeze", **body}).encode()
        message_id = "m" + hashlib.sha256(raw).hexdigest()[:40]
        headers = signing.sign(raw, message_id=message_id, at=clock.wall(), keys=[self.key])
        return self.client.post(f"/bank/v1/{self.code}/{path}", data=raw, headers=headers,
                                content_type="application/json")

    def accepts(self, order: str, *, account: str, balance: str = "8000.00") -> None:
        result = self.reports("freeze.receipt", account=account, order=order, result="accepted", balance=balance,
                              currency="CNY", as_of=clock.format_instant(clock.now()), prior_holds=[])
        assert result["outcome"] == "applied", result


@dataclass
class Freeze:
    """A debtor with one frozen account, as most tests begin."""

    debtor: str
    case: str
    account: str
    number: str
    order: str


def freeze(court: CourtHouse, bank: SigningBank, *, balance: str = "8000.00", **changes: object) -> Freeze:
    """An order in force on an account with this balance."""
    debtor, number = court.registers_debtor(), new_account_number()
    case, account = court.opens_case(debtor), court.registers_account(debtor, account=number, bank=bank.code)
    order = court.serves_order(case, debtor, account, **changes)
    bank.accepts(order, account=number, balance=balance)
    return Freeze(debtor, case, account, number, order)


def new_court(client: Any, code: str) -> CourtHouse:
    courts.add(code, f"{code}法院", actor="test")
    house = CourtHouse(client, code)
    for role in ("clerk", "judge", "finance", "auditor"):
        house.hires(role, role)
    house.hires("presiding", "judge")
    return house


def new_bank(client: Any, code: str) -> SigningBank:
    key = PrivateKey.generate()
    url = f"https://{code}.example/livefreeze"
    banks.add(code, f"Bank {code}", url, their_key=key.public_key.text(), actor="test")
    return SigningBank(client, code, key)


def _good(answer: TestResponse) -> dict:
    if answer.status_code >= 300:
        raise Refused(f"{answer.status_code}: {answer.get_data(as_text=True)}")
    return answer.json
