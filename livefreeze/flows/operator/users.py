"""Users: another one, one who may do nothing any more, and a new link for one who cannot log in."""

from sqlalchemy import Connection

from livefreeze.base import ids
from livefreeze.base.access import Principal
from livefreeze.base.errors import Problem
from livefreeze.flows import staff
from livefreeze.flows.operator.drafts import Approval, Asked, Draft, Kind, is_operator
from livefreeze.store import banks, courts
from livefreeze.store import staff as stored
from livefreeze.store.staff import Member

#: What is approved so that its approver may hand somebody a link to set themselves up.
WITH_LINK = ("staff.add", "staff.invite")


def of_tenant(connection: Connection, principal: Principal, staff_id: str) -> Member:
    """A user who is not disabled, whom this administrator looks after. Raises Problem NOT_FOUND."""
    member = stored.by_id(connection, staff_id)
    if member is None or not (is_operator(principal) or _is_colleague(principal, member)):
        raise Problem("NOT_FOUND")
    return member


def _draft_user(connection: Connection, principal: Principal, asked: Asked) -> Draft:
    court_id, bank_id = _tenant(connection, principal, asked)
    staff.check(asked["role"], of_court=court_id is not None, of_bank=bank_id is not None)
    if stored.is_taken(connection, asked["login"]):
        raise Problem("ALREADY_EXISTS", "/login")
    document = {
        "login": asked["login"], "role": asked["role"], "person": asked.get("person") or asked["login"],
        "court": courts.by_id(connection, court_id).code if court_id else None,
        "bank": banks.code(connection, bank_id) if bank_id else None,
    }
    return Draft(document, court_id=court_id, bank_id=bank_id)


def _add(connection: Connection, approval: Approval) -> None:
    proposal, document = approval.proposal, approval.proposal.document
    new = Member(ids.new("stf"), document["login"], document["person"], proposal.court_id, proposal.bank_id,
                 document["role"])
    staff.add_within(connection, new, actor=approval.actor, recorded_at=approval.recorded_at,
                     approval=approval.detail())


def _draft_about(connection: Connection, principal: Principal, asked: Asked) -> Draft:
    member = of_tenant(connection, principal, asked["user"])
    document = {"user": member.id, "login": member.login, "role": member.role}
    return Draft(document, subject_id=member.id, court_id=member.court_id, bank_id=member.bank_id)


def _disable(connection: Connection, approval: Approval) -> None:
    staff.disable_within(connection, _still_there(connection, approval), actor=approval.actor,
                         recorded_at=approval.recorded_at, approval=approval.detail())


def _invite(connection: Connection, approval: Approval) -> None:
    """Nothing yet: the approver makes the link, which is shown this once and kept by nobody."""
    _still_there(connection, approval)


def _still_there(connection: Connection, approval: Approval) -> Member:
    member = stored.by_id(connection, approval.proposal.subject_id)
    if member is None:
        raise Problem("NOT_FOUND")
    return member


def _tenant(connection: Connection, principal: Principal, asked: Asked) -> tuple[str | None, str | None]:
    """Whose user it will be: an operator says it, everybody else adds to their own."""
    if not is_operator(principal):
        return principal.court_id, principal.bank_id
    if asked.get("court") and asked.get("bank"):
        raise Problem("ONE_TENANT", "/bank")
    if asked.get("court"):
        court = courts.by_code(connection, asked["court"])
        if court is None:
            raise Problem("CHOICE_UNKNOWN", "/court")
        return court.id, None
    if asked.get("bank"):
        bank = banks.by_code(connection, asked["bank"])
        if bank is None:
            raise Problem("CHOICE_UNKNOWN", "/bank")
        return None, bank.id
    return None, None


def _is_colleague(principal: Principal, member: Member) -> bool:
    return (principal.court_id, principal.bank_id) == (member.court_id, member.bank_id)


KINDS = {
    "staff.add": Kind(_draft_user, _add, of_tenants=True),
    "staff.disable": Kind(_draft_about, _disable, of_tenants=True),
    "staff.invite": Kind(_draft_about, _invite, of_tenants=True),
}
