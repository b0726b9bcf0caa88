"""Tellers of a bank on our own counter page, by the flows that the page calls."""

from livefreeze.base.access import Principal
from livefreeze.flows import staff
from livefreeze.flows.counter import accounts, reversals, withdrawals
from livefreeze.flows.counter.withdrawals import Request
from livefreeze.flows.transaction import reading
from livefreeze.store.queries import counter as queries
from tests.support.world.bank import Account, Bank
from tests.support.world.numbers import unique


class Teller:
    """One teller; `person` says whose login it is where one human has two."""

    def __init__(self, bank: Bank, *, person: str | None = None) -> None:
        login = unique("teller")
        staff.add(login, role="teller", bank_code=bank.code, person=person, actor="operator")
        self.principal: Principal = staff.authenticate(staff.create_token(login, actor="operator"))

    def finds(self, number: str) -> str:
        return accounts.find(number, principal=self.principal)

    def looks_at(self, account: Account) -> dict:
        return accounts.one(account.id, principal=self.principal)

    def asks(self, account: Account, amount: str, *, key: str | None = None) -> dict:
        """The answer as its page shows it."""
        request = Request(key or unique("form-key"), account.id, amount, "identity_card")
        return self.sees(withdrawals.authorise(request, principal=self.principal))

    def sees(self, withdrawal: str) -> dict | None:
        with reading() as connection:
            return queries.withdrawal(connection, self.principal.bank_id, withdrawal)

    def pays(self, withdrawal: str, amount: str | None = None, *, booked_as: str | None = None) -> dict:
        withdrawals.confirm(withdrawal, amount, booked_as, principal=self.principal)
        return self.sees(withdrawal)

    def gives_up(self, withdrawal: str) -> dict:
        withdrawals.void(withdrawal, principal=self.principal)
        return self.sees(withdrawal)

    def asks_back(self, withdrawal: str, amount: str | None = None, reason: str = "cash_returned") -> dict:
        """The request to book cash back, as its page shows it."""
        reversal = reversals.ask(withdrawal, amount, reason, principal=self.principal)
        return self.sees_reversal(reversal)

    def sees_reversal(self, reversal: str) -> dict:
        with reading() as connection:
            return queries.reversal(connection, self.principal.bank_id, reversal)

    def approves(self, reversal: dict, *, digest: str | None = None) -> dict:
        reversals.approve(reversal["id"], digest or reversal["digest"], principal=self.principal)
        return self.sees_reversal(reversal["id"])

    def withdraws_request(self, reversal: dict) -> dict:
        reversals.withdraw(reversal["id"], principal=self.principal)
        return self.sees_reversal(reversal["id"])

    def waiting(self) -> list[dict]:
        """Approved, and nobody has said what became of it."""
        with reading() as connection:
            return queries.unended(connection, self.principal.bank_id, count_max=50)
