"""A court under test: a clerk who prepares, a judge who approves, a finance officer who sweeps."""

from collections.abc import Sequence
from typing import NamedTuple

from livefreeze.base.access import Principal
from livefreeze.flows import accounts, approvals, case_funds, cases, courts, debtors, staff, sweep
from livefreeze.flows.accounts import AccountRequest
from livefreeze.flows.cases import CaseRequest
from livefreeze.flows.orders import amend, release, serve
from livefreeze.flows.orders.serve import OrderRequest
from tests.support.world.bank import Account, Bank, unique

ROLES = ("clerk", "judge", "finance", "auditor")


class Debtor(NamedTuple):
    id: str
    name: str
    id_number: str


class Court:
    def __init__(self) -> None:
        self.code = unique("court")
        self.id = courts.add(self.code, "示例市人民法院", actor="operator")
        self.tokens = {role: self._token(role) for role in ROLES}

    def _token(self, role: str) -> str:
        login = unique(role)
        staff.add(login, role=role, court_code=self.code, actor="operator")
        return staff.create_token(login, actor="operator")

    def principal(self, role: str) -> Principal:
        return staff.authenticate(self.tokens[role])

    def names(self, name: str = "张三", id_number: str | None = None) -> Debtor:
        id_number = id_number or f"33028119900101{unique('x')[-4:]}"
        return Debtor(debtors.register(name=name, id_number=id_number, principal=self.principal("clerk")).id, name,
                      id_number)

    def opens_case(self, *owed_by: Debtor, amount: str = "60000.00", currency: str = "CNY",
                   case_number: str | None = None) -> str:
        request = CaseRequest(case_number or f"(2026)浙0281执{unique('')}号", tuple(one.id for one in owed_by),
                              "示例小额贷款有限公司", amount, currency)
        return cases.open_case(request, principal=self.principal("clerk")).id

    def finds_account(self, debtor: Debtor, bank: Bank, *, number: str | None = None, currency: str = "CNY",
                      is_allowance_account: bool = True) -> Account:
        number = number or f"62220200{unique('0')[-6:]}0001"
        request = AccountRequest(debtor.id, bank.code, number, currency, is_allowance_account)
        return Account(accounts.register(request, principal=self.principal("clerk")).id, number, currency)

    def registers_fund(self, currency: str = "CNY") -> None:
        prepared = case_funds.prepare(currency=currency, bank="fund-bank", account="33010000000000009001",
                                      name="示例市人民法院案款专户", principal=self.principal("finance"))
        self.approves(prepared.id, prepared.digest)

    def serves(self, case: str, debtor: Debtor, accounts_: Sequence[Account], *, quota: str = "60000.00",
               **rule: object) -> str:
        prepared = serve.prepare(
            OrderRequest(case, debtor.id, tuple(account.id for account in accounts_), quota,
                         f"(2026)浙0281执{unique('')}号之一",
                         {"preset": "cn-live-freeze", "anchor_day": 10, "allowance": "2500.00", **rule}),
            principal=self.principal("clerk"))
        self.approves(prepared.proposal.id, prepared.proposal.digest)
        return prepared.id

    def amends(self, order: str, quota: str) -> None:
        prepared = amend.prepare(order, quota=quota, principal=self.principal("clerk"))
        self.approves(prepared.id, prepared.digest)

    def releases(self, order: str, reason: str = "债务已清偿") -> None:
        prepared = release.prepare(order, reason=reason, principal=self.principal("clerk"))
        self.approves(prepared.id, prepared.digest)

    def approves(self, proposal: str, digest: str) -> None:
        approvals.approve(proposal, digest, principal=self.principal("judge"))

    def previews(self, case: str) -> dict:
        return sweep.preview(case, court_id=self.id)

    def clicks(self, case: str, preview: str) -> dict:
        return sweep.click(case, preview, principal=self.principal("finance"))
