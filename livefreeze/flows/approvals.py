"""Four eyes: whoever wrote a document may change or withdraw it; only another person may approve it."""

from collections.abc import Callable, Mapping
from typing import NamedTuple

from sqlalchemy import Connection

from livefreeze.base.access import Principal
from livefreeze.base.errors import Problem
from livefreeze.flows import case_funds, court_rules, proposals
from livefreeze.flows.orders import amend, parties, release, serve
from livefreeze.flows.pointers import under
from livefreeze.flows.proposals import Approval, Chain, Document, Prepared
from livefreeze.flows.transaction import transaction
from livefreeze.store import engine as store_engine
from livefreeze.store import proposals as stored
from livefreeze.store.proposals import Proposal


class Kind(NamedTuple):
    """Who may write a kind of proposal, and what it does when it is edited and when it is approved."""

    writers: frozenset[str]
    change: Callable[..., Document]
    act: Callable[[Connection, Approval], None]
    afterwards: Callable[[Proposal], None]  # what need not be done in the same moment


KINDS: Mapping[str, Kind] = {
    module.KIND: Kind(module.WRITERS, module.change, module.act, getattr(module, "afterwards", lambda _: None))
    for module in (serve, amend, release, case_funds, court_rules)
}
_OF_THE_COURT = (case_funds.KIND, court_rules.KIND)  # and of no case


def edit(proposal_id: str, document: object, *, principal: Principal) -> Prepared:
    """Write another version of an open proposal.

    Raises Problem: NOT_FOUND, PROPOSAL_STATE, ROLE_NOT_ALLOWED, or what is wrong with a field.
    """
    with transaction() as connection:
        now = store_engine.now(connection)
        before = _writable(connection, proposal_id, principal)
        with under("/document"):
            changed = KINDS[before.kind].change(connection, before, document, recorded_at=now)
        return proposals.edit(connection, before, changed, chain=_chain(connection, before), principal=principal,
                              recorded_at=now)


def approve(proposal_id: str, digest: str, *, principal: Principal) -> None:
    """Approve exactly the document of this digest, and do what it says in the same transaction.

    Raises Problem: NOT_FOUND, PROPOSAL_STATE, APPROVAL_BY_EDITOR, PROPOSAL_CHANGED, and what keeps the act
    from being done, in which case nothing is approved.
    """
    with transaction() as connection:
        now = store_engine.now(connection)
        proposal = proposals.of_court(connection, principal.court_id, proposal_id)
        if principal.person in stored.editors(connection, proposal.id):
            raise Problem("APPROVAL_BY_EDITOR")
        if digest != proposals.digest_text(proposal.digest):
            raise Problem("PROPOSAL_CHANGED", "/digest")
        stored.approve(connection, proposal.id, approved_by=principal.staff_id, at=now)
        with under("/document"):
            KINDS[proposal.kind].act(connection, Approval(proposal, principal.actor, now, principal.staff_id))
    KINDS[proposal.kind].afterwards(proposal)


def withdraw(proposal_id: str, *, principal: Principal) -> None:
    """Close a proposal unapproved; an order that it prepared is revoked.

    Raises Problem: NOT_FOUND, PROPOSAL_STATE, ROLE_NOT_ALLOWED.
    """
    with transaction() as connection:
        now = store_engine.now(connection)
        proposal = _writable(connection, proposal_id, principal)
        stored.withdraw(connection, proposal.id)
        if proposal.kind == serve.KIND:
            serve.withdraw(connection, proposal, recorded_at=now)
        proposals.note(connection, "proposal.withdrawn", proposal, _chain(connection, proposal), principal=principal,
                       recorded_at=now)


def _writable(connection: Connection, proposal_id: str, principal: Principal) -> Proposal:
    found = proposals.of_court(connection, principal.court_id, proposal_id)
    writers = KINDS[found.kind].writers
    if principal.role not in writers:
        raise Problem("ROLE_NOT_ALLOWED", roles=", ".join(sorted(writers)))
    return found


def _chain(connection: Connection, proposal: Proposal) -> Chain:
    if proposal.kind in _OF_THE_COURT:
        return case_funds.chain_of(connection, proposal.court_id)
    return parties.chain_of(parties.of_court(connection, proposal.court_id, proposal.subject_id))
