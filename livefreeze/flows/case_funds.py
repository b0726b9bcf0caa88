"""The court's case fund account: the only place to which its sweeps may go."""

from datetime import datetime, timedelta

from sqlalchemy import Connection

from bank_adapters.contract import vocabulary
from livefreeze.base import ids, money
from livefreeze.base.access import CASE_FUND_WRITERS, Principal
from livefreeze.flows import proposals
from livefreeze.flows.pointers import at
from livefreeze.flows.proposals import Approval, Chain, Document, Prepared
from livefreeze.flows.shapes import shaped
from livefreeze.flows.transaction import transaction
from livefreeze.store import audit, case_funds, courts
from livefreeze.store import engine as store_engine
from livefreeze.store.proposals import Proposal

CLOSED_EVERY = timedelta(days=1)
SETTLED_AFTER = timedelta(hours=1)  # no transaction lasts so long: what was recorded before is there to be seen

KIND = "case_fund.register"
WRITERS = CASE_FUND_WRITERS


def prepare(*, currency: object, bank: object, account: object, name: object, principal: Principal) -> Prepared:
    """Write an account for another person to approve; until then sweeps go where they went before.

    Raises Problem naming the field that is wrong.
    """
    document = _checked({"kind": KIND, "currency": currency, "bank": bank, "account": account, "name": name})
    with transaction() as connection:
        now = store_engine.now(connection)
        return proposals.prepare(connection, document, subject_id=None, chain=chain_of(connection, principal.court_id),
                                 principal=principal, recorded_at=now)


def change(connection: Connection, proposal: Proposal, document: object, *, recorded_at: datetime) -> Document:
    """Check an edited document. Raises Problem naming the field."""
    return _checked(proposals.members(document, proposal.document, editable=("currency", "bank", "account", "name")))


def act(connection: Connection, approval: Approval) -> None:
    """From now on the court's sweeps in this currency go to this account."""
    proposal, now = approval.proposal, approval.recorded_at
    document = proposal.document
    new = case_funds.NewCaseFund(ids.new("fnd"), proposal.court_id, document["currency"], document["bank"],
                                 document["account"], document["name"])
    case_funds.replace(connection, new, recorded_at=now)
    detail = approval.detail() | {"case_fund": new.id, "currency": new.currency}
    audit.record(connection, chain_of(connection, proposal.court_id).name, "case_fund.registered", detail,
                 actor=approval.actor, recorded_at=now)


def close_due(now: datetime) -> int:
    """Keep the balance of each fund once a day, so that no page adds up all that ever came in; how many were due."""
    with transaction() as connection:
        due = case_funds.to_close(connection, closed_before=now - CLOSED_EVERY)
        for fund in due:
            case_funds.close(connection, fund.court_id, fund.currency, closed_at=now - SETTLED_AFTER)
    return len(due)


def chain_of(connection: Connection, court_id: str) -> Chain:
    """The court's own chain: a case fund belongs to no case."""
    return Chain(audit.court_chain(courts.by_id(connection, court_id).code), None)


def _checked(document: Document) -> Document:
    with at("/currency"):
        money.digits_of(document["currency"])
    shaped(vocabulary.BankCode, document["bank"], "/bank")
    shaped(vocabulary.Account, document["account"], "/account")
    shaped(vocabulary.Name, document["name"], "/name")
    return document
