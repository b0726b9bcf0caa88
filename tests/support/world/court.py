"""A court under test: a clerk prepares, a judge approves, a finance officer sweeps; all over its public API."""

from collections.abc import Sequence
from typing import NamedTuple

from werkzeug.test import Client, TestResponse

from livefreeze.flows import courts, staff
from tests.support.world.bank import Account, Bank
from tests.support.world.numbers import number, unique

ROLES = ("clerk", "judge", "finance", "auditor")


class Debtor(NamedTuple):
    id: str
    name: str
    id_number: str


class Court:
    """Every method answers what the API answered, or fails the test where it refused."""

    def __init__(self, client: Client) -> None:
        self._client = client
        self.code = unique("court")
        self.id = courts.add(self.code, "示例市人民法院", actor="operator")
        self.tokens = {role: self._token(role) for role in ROLES}

    # --- preparing -------------------------------------------------------------------------------

    def names(self, name: str = "张三", id_number: str | None = None) -> Debtor:
        id_number = id_number or f"3302811990{number():08}"
        found = self.posts("clerk", "/debtors", {"name": name, "id_number": id_number})
        return Debtor(found["id"], name, id_number)

    def opens_case(self, *owed_by: Debtor, amount: str = "60000.00", currency: str = "CNY",
                   case_number: str | None = None, creditor: str = "示例小额贷款有限公司") -> str:
        return self.posts("clerk", "/cases", {
            "case_number": case_number or f"(2026)浙0281执{number()}号", "debtors": [debtor.id for debtor in owed_by],
            "creditor": {"name": creditor}, "claim": {"amount": amount, "currency": currency},
        })["id"]

    def finds_account(self, debtor: Debtor, bank: Bank, *, account: str | None = None, currency: str = "CNY",
                      is_allowance_account: bool = True) -> Account:
        account = account or f"622202{number():013}"
        found = self.posts("clerk", "/accounts", {
            "debtor": debtor.id, "bank": bank.code, "account": account, "currency": currency,
            "allowance_account": is_allowance_account,
        })
        return Account(found["id"], account, currency)

    def registers_fund(self) -> None:
        self._approved(self.posts("finance", "/case-fund", {
            "bank": "fund-bank", "account": "33010000000000009001", "name": "示例市人民法院案款专户",
        }))

    # --- orders ----------------------------------------------------------------------------------

    def serves(self, case: str, debtor: Debtor, accounts: Sequence[Account], *, quota: str = "60000.00",
               notice_number: str | None = None, **rule: object) -> str:
        """Prepare an order, and have it approved."""
        prepared = self.prepares(case, debtor, accounts, quota=quota, notice_number=notice_number, **rule)
        self._approved(prepared["proposal"])
        return prepared["order"]

    def prepares(self, case: str, debtor: Debtor, accounts: Sequence[Account], *, quota: str = "60000.00",
                 notice_number: str | None = None, **rule: object) -> dict:
        """An order of the preset with anchor day 10 and an allowance of 2,500, or what `rule` says otherwise.

        With `court_rule` it follows that rule of the court.
        """
        own = {"preset": "cn-live-freeze", "anchor_day": 10, "allowance": "2500.00", **rule}
        return self.posts("clerk", "/orders", {
            "case": case, "debtor": debtor.id, "accounts": [account.id for account in accounts], "quota": quota,
            "notice_number": notice_number or f"(2026)浙0281执{number()}号之一",
            "rule": rule if "court_rule" in rule else own,
        })

    def amends(self, order: str, quota: str) -> None:
        self._approved(self.posts("clerk", f"/orders/{order}/amend", {"quota": quota}))

    def releases(self, order: str) -> None:
        self._approved(self.posts("clerk", f"/orders/{order}/release", {"reason": "被执行人已履行"}))

    def sees_order(self, order: str) -> dict:
        return self.gets("auditor", f"/orders/{order}")

    def sees_position(self, account: Account) -> dict:
        return self.gets("auditor", f"/accounts/{account.id}/position")

    def sees_fund(self) -> dict:
        return self.gets("finance", "/case-fund")

    def sees_alerts(self) -> list[str]:
        """Their kinds."""
        return [alert["kind"] for alert in self.gets("auditor", "/alerts")["alerts"]]

    # --- inquiries -------------------------------------------------------------------------------

    def asks(self, case: str, debtor: Debtor, /, *banks: Bank, **changes: object) -> str:
        """Start an inquiry to these banks about a year; returns its id."""
        return self.posts("clerk", "/inquiries", self.question(case, debtor, *banks, **changes))["id"]

    def question(self, case: str, debtor: Debtor, /, *banks: Bank, **changes: object) -> dict:
        asked = {"case": case, "debtor": debtor.id, "reason": "查询财产线索", "banks": [bank.code for bank in banks],
                 "period_from": "2025-03-09", "period_to": "2026-03-08"}
        return {name: value for name, value in {**asked, **changes}.items() if value is not None}

    def sees_inquiry(self, inquiry: str) -> dict:
        return self.gets("auditor", f"/inquiries/{inquiry}")

    def sees_progress(self, inquiry: str) -> dict[str, str]:
        """How far each bank is, by its code."""
        return {each["bank"]: each["status"] for each in self.sees_inquiry(inquiry)["banks"]}

    def looks_at(self, inquiry: str) -> list[dict]:
        """The accounts that banks named."""
        return self.gets("clerk", f"/inquiries/{inquiry}/accounts")["accounts"]

    def looks_at_lines(self, inquiry: str, account: str, *, limit: int = 200) -> list[dict]:
        """All bookings of an account, page by page."""
        found, after = [], ""
        while True:
            path = f"/inquiries/{inquiry}/accounts/{account}/transactions?limit={limit}"
            page = self.gets("clerk", path + (f"&after={after}" if after else ""))
            found += page["transactions"]
            after = page["next"]
            if after is None:
                return found

    # --- freeze rules ----------------------------------------------------------------------------

    def adopts_rule(self, **rule: object) -> str:
        """A named rule in force, of the preset with anchor day 10 and an allowance of 2,500 or what is said."""
        prepared = self.posts("clerk", "/rules", {
            "name": unique("发薪日规则"), "source": "执行局会议纪要",
            "rule": {"preset": "cn-live-freeze", "anchor_day": 10, "allowance": "2500.00", **rule},
        })
        self._approved(prepared["proposal"])
        return prepared["court_rule"]

    def changes_rule(self, court_rule: str, **rule: object) -> None:
        """Prepare the next version, and have it approved."""
        self._approved(self.prepares_version(court_rule, **rule)["proposal"])

    def prepares_version(self, court_rule: str, **rule: object) -> dict:
        return self.posts("clerk", f"/rules/{court_rule}/versions", {"source": "执行局会议纪要", "rule": rule})

    def sees_rule(self, court_rule: str) -> dict:
        return self.gets("auditor", f"/rules/{court_rule}")

    # --- sweeps ----------------------------------------------------------------------------------

    def previews(self, case: str) -> dict:
        return self.gets("finance", f"/cases/{case}/sweep")

    def clicks(self, case: str, preview: str) -> dict:
        return self.posts("finance", f"/cases/{case}/sweeps", {"preview": preview})

    # --- its API ---------------------------------------------------------------------------------

    def posts(self, role: str, path: str, document: dict) -> dict:
        return self._answered("POST", role, path, json=document)

    def puts(self, role: str, path: str, document: dict) -> dict:
        return self._answered("PUT", role, path, json=document)

    def tries(self, role: str, path: str, document: dict) -> TestResponse:
        """Post what may be refused."""
        return self._sent("POST", role, path, json=document)

    def tries_to_get(self, role: str, path: str) -> TestResponse:
        """Get what may be refused."""
        return self._sent("GET", role, path)

    def gets(self, role: str, path: str) -> dict:
        return self._answered("GET", role, path)

    def _answered(self, method: str, role: str, path: str, **options: object) -> dict:
        response = self._sent(method, role, path, **options)
        assert response.status_code in (200, 201), response.get_data(as_text=True)
        return response.json

    def _sent(self, method: str, role: str, path: str, **options: object) -> TestResponse:
        headers = {"Authorization": f"Bearer {self.tokens[role]}"}
        return self._client.open(f"/court/v1{path}", method=method, headers=headers, **options)

    def _approved(self, proposal: dict) -> None:
        self.posts("judge", f"/proposals/{proposal['id']}/approve", {"digest": proposal["digest"]})

    def _token(self, role: str) -> str:
        login = unique(role)
        staff.add(login, role=role, court_code=self.code, actor="operator")
        return staff.create_token(login, actor="operator")
