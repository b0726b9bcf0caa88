"""Proposals: one person writes a document, another approves exactly that document."""

import hashlib
import json
from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Connection

from livefreeze.base import ids
from livefreeze.base.access import Principal
from livefreeze.base.errors import Problem
from livefreeze.rules import fields
from livefreeze.store import audit, proposals
from livefreeze.store.proposals import Proposal

Document = Mapping[str, object]


class Prepared(NamedTuple):
    """A proposal that waits for approval, and the digest of what is to be approved."""

    id: str
    digest: str


class Approval(NamedTuple):
    """Who approved what, when: under this the act is done."""

    proposal: Proposal
    actor: str
    recorded_at: datetime
    staff_id: str  # who did it, whomever they stand for

    def detail(self) -> dict[str, object]:
        """How the act's audit event names its authority."""
        return {"proposal": self.proposal.id, "digest": digest_text(self.proposal.digest)}


class Chain(NamedTuple):
    """Where the audit events of a proposal stand, and on whose authority it is made."""

    name: str
    authority: str | None


def digest_of(document: Document) -> bytes:
    """SHA-256 of the document as canonical JSON: keys sorted, no spaces, UTF-8. Anyone can compute it."""
    text = json.dumps(document, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).digest()


def digest_text(digest: bytes) -> str:
    """As it stands in the API."""
    return "sha256:" + digest.hex()


def prepare(connection: Connection, document: Document, *, subject_id: str | None, chain: Chain, principal: Principal,
            recorded_at: datetime) -> Prepared:
    """Keep a new document, which says its own kind, for another person to approve."""
    new = Proposal(ids.new("prp"), principal.court_id, document["kind"], subject_id, "open", 1, digest_of(document),
                   document)
    proposals.insert(connection, new, edited_by=principal.staff_id, recorded_at=recorded_at)
    note(connection, "proposal.prepared", new, chain, principal=principal, recorded_at=recorded_at)
    return Prepared(new.id, digest_text(new.digest))


def edit(connection: Connection, before: Proposal, document: Document, *, chain: Chain, principal: Principal,
         recorded_at: datetime) -> Prepared:
    """Keep another version of the document; who approves must have read this one."""
    changed = before._replace(version=before.version + 1, digest=digest_of(document), document=document)
    proposals.add_version(connection, changed, edited_by=principal.staff_id, recorded_at=recorded_at)
    note(connection, "proposal.edited", changed, chain, principal=principal, recorded_at=recorded_at)
    return Prepared(changed.id, digest_text(changed.digest))


def note(connection: Connection, kind: str, proposal: Proposal, chain: Chain, *, principal: Principal,
         recorded_at: datetime) -> None:
    """Record what happened to a proposal; its document stays sealed, the digest stands for it."""
    detail = {"proposal": proposal.id, "kind": proposal.kind, "subject": proposal.subject_id,
              "version": proposal.version, "digest": digest_text(proposal.digest)}
    audit.record(connection, chain.name, kind, detail, actor=principal.actor, authority=chain.authority,
                 recorded_at=recorded_at)


def members(document: object, like: Document, *, editable: tuple[str, ...]) -> Document:
    """An edited document: the same fields, and only these changed. Raises Problem naming the field."""
    members = fields.members(document, "", required=tuple(like))
    for name in like:
        if name not in editable and members[name] != like[name]:
            raise fields.invalid(
                f"/{name}", "This cannot be changed. Withdraw the proposal and prepare another.",
                "此项不可更改，请撤回该提案后重新拟制。",
            )
    return members


def of_court(connection: Connection, court_id: str, proposal_id: str) -> Proposal:
    """The court's proposal, locked. Raises Problem: NOT_FOUND, PROPOSAL_STATE where it is closed."""
    found = proposals.lock(connection, court_id, proposal_id)
    if found is None:
        raise Problem("NOT_FOUND")
    if found.status != "open":
        raise Problem("PROPOSAL_STATE", status=found.status)
    return found
