"""Four eyes among administrators: one asks, another person approves exactly that document, and then it is done.

There is no editing: what is wrong is withdrawn and asked for anew.
"""

from collections.abc import Mapping
from datetime import timedelta

from sqlalchemy import Connection

from livefreeze.base import clock, ids
from livefreeze.base.access import Principal
from livefreeze.base.errors import Problem
from livefreeze.flows import banks as bank_links
from livefreeze.flows import credentials
from livefreeze.flows.operator import banks, courts, messages, users
from livefreeze.flows.operator.drafts import Approval, Asked, Kind, is_operator
from livefreeze.flows.proposals import Prepared, digest_of, digest_text
from livefreeze.flows.transaction import reading, transaction
from livefreeze.store import audit
from livefreeze.store import engine as store_engine
from livefreeze.store import platform_proposals as stored
from livefreeze.store.platform_proposals import PlatformProposal

KINDS: Mapping[str, Kind] = courts.KINDS | users.KINDS | banks.KINDS | messages.KINDS
OF_TENANTS = tuple(sorted(name for name, kind in KINDS.items() if kind.of_tenants))

LINK_FOR = timedelta(days=1)  # so long after the approval its approver may make the new user's link


def prepare(kind: str, asked: Asked, *, principal: Principal) -> Prepared:
    """Keep what an administrator asks for, for another person to approve.

    Raises Problem: ROLE_NOT_ALLOWED, ASKED_ALREADY, and what is wrong with a field.
    """
    if not (is_operator(principal) or KINDS[kind].of_tenants):
        raise Problem("ROLE_NOT_ALLOWED", roles="operator")
    with transaction() as connection:
        now = store_engine.now(connection)
        draft = KINDS[kind].draft(connection, principal, asked)
        if draft.subject_id is not None and stored.is_asked_already(connection, kind, draft.subject_id):
            raise Problem("ASKED_ALREADY")
        document = {"kind": kind, **draft.document}
        new = PlatformProposal(ids.new("ppr"), draft.court_id, draft.bank_id, kind, draft.subject_id, document,
                               digest_of(document), principal.staff_id)
        stored.insert(connection, new, recorded_at=now)
        _note(connection, "proposal.prepared", new, principal, now)
        return Prepared(new.id, digest_text(new.digest))


def approve(proposal_id: str, digest: str, *, principal: Principal) -> None:
    """Approve exactly the document of this digest, and do what it says in the same transaction.

    Raises Problem: NOT_FOUND, PROPOSAL_STATE, APPROVAL_BY_EDITOR, PROPOSAL_CHANGED, and what keeps the act
    from being done, in which case nothing is approved.
    """
    with transaction() as connection:
        now = store_engine.now(connection)
        proposal = _open(connection, proposal_id, principal)
        if principal.person == stored.person_of(connection, proposal.prepared_by):
            raise Problem("APPROVAL_BY_EDITOR")
        if digest != digest_text(proposal.digest):
            raise Problem("PROPOSAL_CHANGED", "/digest")
        stored.decide(connection, proposal.id, "approved", decided_by=principal.staff_id, at=now)
        _note(connection, "proposal.approved", proposal, principal, now)
        KINDS[proposal.kind].act(connection, Approval(proposal, principal.actor, now))
    if proposal.kind in banks.KINDS:
        bank_links.forget(proposal.document.get("bank") or proposal.document["code"])


def withdraw(proposal_id: str, *, principal: Principal) -> None:
    """Close a proposal unapproved: who asked may, and every administrator who could approve it.

    Raises Problem: NOT_FOUND, PROPOSAL_STATE.
    """
    with transaction() as connection:
        now = store_engine.now(connection)
        proposal = _open(connection, proposal_id, principal)
        stored.decide(connection, proposal.id, "withdrawn", decided_by=principal.staff_id, at=now)
        _note(connection, "proposal.withdrawn", proposal, principal, now)


def may_make_link(proposal_id: str, *, principal: Principal) -> bool:
    """May this person make the link of the user whom they approved?"""
    with reading() as connection:
        return _link_login(connection, proposal_id, principal) is not None


def make_link(proposal_id: str, *, principal: Principal) -> str:
    """Make the secret of a link by which the user sets themselves up, for who approved it, a day long; the link made
    before ends. Raises Problem NOT_FOUND.
    """
    with reading() as connection:
        login = _link_login(connection, proposal_id, principal)
    if login is None:
        raise Problem("NOT_FOUND")
    return credentials.invite(login, actor=principal.actor)


def _link_login(connection: Connection, proposal_id: str, principal: Principal) -> str | None:
    proposal = stored.by_id(connection, proposal_id)
    if proposal is None or proposal.kind not in users.WITH_LINK or not _may_see(proposal, principal):
        return None
    decided = stored.decision(connection, proposal_id)
    if decided is None or decided.outcome != "approved" or decided.decided_by != principal.staff_id:
        return None
    is_late = clock.now() > decided.recorded_at + LINK_FOR
    return None if is_late else proposal.document["login"]


def _open(connection: Connection, proposal_id: str, principal: Principal) -> PlatformProposal:
    proposal = stored.lock(connection, proposal_id)
    if proposal is None or not _may_see(proposal, principal):
        raise Problem("NOT_FOUND")
    decided = stored.decision(connection, proposal_id)
    if decided is not None:
        raise Problem("PROPOSAL_STATE", status=decided.outcome)
    return proposal


def _may_see(proposal: PlatformProposal, principal: Principal) -> bool:
    """Operators see all; the administrators of a court or bank what concerns their own users."""
    if is_operator(principal):
        return True
    is_theirs = (proposal.court_id, proposal.bank_id) == (principal.court_id, principal.bank_id)
    return is_theirs and KINDS[proposal.kind].of_tenants


def _note(connection: Connection, event: str, proposal: PlatformProposal, principal: Principal, recorded_at) -> None:
    """Record what happened to a proposal; its document stays sealed, the digest stands for it."""
    detail = {"proposal": proposal.id, "kind": proposal.kind, "subject": proposal.subject_id,
              "digest": digest_text(proposal.digest)}
    audit.record(connection, _chain(connection, proposal), event, detail, actor=principal.actor,
                 recorded_at=recorded_at)


def _chain(connection: Connection, proposal: PlatformProposal) -> str:
    if proposal.court_id is not None:
        return audit.court_chain(stored.code_of_court(connection, proposal.court_id))
    if proposal.bank_id is not None:
        return audit.bank_chain(stored.code_of_bank(connection, proposal.bank_id))
    return audit.PLATFORM_CHAIN
