"""Administrators by the flows that their pages call: of the service itself, of a court, of a bank."""

from livefreeze.base.access import Principal
from livefreeze.flows import staff
from livefreeze.flows.operator import proposals
from livefreeze.flows.proposals import Prepared
from livefreeze.flows.transaction import reading
from livefreeze.store.queries.operator import proposals as queries
from livefreeze.store.queries.viewer import PageAsked
from tests.support.world.numbers import unique


class Administrator:
    """One administrator, an operator where neither court nor bank is named."""

    def __init__(self, *, court: str | None = None, bank: str | None = None, person: str | None = None) -> None:
        self.login = unique("admin")
        staff.add(self.login, role="admin", court_code=court, bank_code=bank, person=person, actor="operator")
        self.principal: Principal = staff.authenticate(staff.create_token(self.login, actor="operator"))

    def asks(self, kind: str, **fields: str) -> Prepared:
        return proposals.prepare(kind, fields, principal=self.principal)

    def approves(self, asked: Prepared, *, digest: str | None = None) -> None:
        proposals.approve(asked.id, digest or asked.digest, principal=self.principal)

    def withdraws(self, asked: Prepared) -> None:
        proposals.withdraw(asked.id, principal=self.principal)

    def waiting(self) -> list[dict]:
        with reading() as connection:
            return queries.page(connection, self.principal, PageAsked(50), is_open=True,
                                of_tenants=proposals.OF_TENANTS)["proposals"]
