"""Deputies: a judge or a finance officer who is away names another of the same court and role for a term.

A deputy gets no right that they had not: they say for whom they act, and the audit events name both. Four eyes still
compare persons, so whoever wrote a document cannot approve it in another's stead.
"""

from datetime import datetime, timedelta

from sqlalchemy import Connection

from livefreeze.base import clock, ids
from livefreeze.base.access import MAY_NAME_DEPUTIES, Principal
from livefreeze.base.errors import Problem
from livefreeze.flows.transaction import reading, transaction
from livefreeze.store import audit, deputies, sessions, staff
from livefreeze.store import engine as store_engine
from livefreeze.store.deputies import Deputy
from livefreeze.store.staff import Member

TERM_MAX = timedelta(days=180)


def name(login: str, *, valid_from: datetime, valid_until: datetime, principal: Principal) -> str:
    """Let another stand in for this person in this term, and return the id under which it can be ended.

    Raises Problem ROLE_NOT_ALLOWED, DEPUTY_UNFIT, DEPUTY_TERM.
    """
    if principal.role not in MAY_NAME_DEPUTIES:
        raise Problem("ROLE_NOT_ALLOWED", roles=", ".join(sorted(MAY_NAME_DEPUTIES)))
    if not valid_from < valid_until <= valid_from + TERM_MAX or valid_until <= clock.now():
        raise Problem("DEPUTY_TERM", "/until", days_max=TERM_MAX.days)
    with transaction() as connection:
        other = staff.by_login(connection, login.strip())
        if other is None or not _fits(other, principal):  # the same words, so that no login can be found out
            raise Problem("DEPUTY_UNFIT", "/deputy")
        now, deputy_row_id = store_engine.now(connection), ids.new("dpt")
        deputies.insert(connection, deputy_row_id, principal.staff_id, other.id, valid_from=valid_from,
                        valid_until=valid_until, recorded_at=now)
        detail = {"deputy": deputy_row_id, "staff": principal.staff_id, "stands_in": other.id,
                  "from": clock.format_instant(valid_from), "until": clock.format_instant(valid_until)}
        _audit(connection, "deputy.named", detail, principal, recorded_at=now)
        return deputy_row_id


def end(deputy_row_id: str, *, principal: Principal) -> None:
    """Let nobody stand in any more by what this person named. Raises Problem NOT_FOUND."""
    with transaction() as connection:
        now = store_engine.now(connection)
        if not deputies.end(connection, deputy_row_id, principal.staff_id, at=now):
            raise Problem("NOT_FOUND")
        _audit(connection, "deputy.ended", {"deputy": deputy_row_id}, principal, recorded_at=now)


def list_of(principal: Principal) -> list[Deputy]:
    """Who stands in for this person and for whom they do, now or later."""
    with reading() as connection:
        return deputies.list_of(connection, principal.staff_id, at=clock.now())


def candidates(principal: Principal) -> list[str]:
    """The logins of those whom this person may name."""
    if principal.role not in MAY_NAME_DEPUTIES:
        return []
    with reading() as connection:
        colleagues = staff.of_court(connection, principal.court_id, principal.role)
    return [other.login for other in colleagues if _fits(other, principal)]


def act_for(staff_id: str | None, *, principal: Principal) -> None:
    """From now on this log-in acts in that one's stead; with None for the person again. Raises Problem NOT_FOUND."""
    with transaction() as connection:
        now = store_engine.now(connection)
        if staff_id is not None and not deputies.stands_in(connection, principal.staff_id, staff_id, at=clock.now()):
            raise Problem("NOT_FOUND")
        sessions.act_for(connection, principal.session_id, staff_id)
        kind = "deputy.stepped_in" if staff_id is not None else "deputy.stepped_out"
        _audit(connection, kind, {"staff": staff_id or principal.acting_for}, principal, recorded_at=now)


def _fits(other: Member, principal: Principal) -> bool:
    is_colleague = (other.court_id, other.role) == (principal.court_id, principal.role)
    return is_colleague and other.person != principal.person


def _audit(connection: Connection, kind: str, detail: dict[str, object], principal: Principal, *,
           recorded_at: datetime) -> None:
    chain = staff.chain_of(connection, staff.by_id(connection, principal.staff_id))
    audit.record(connection, chain, kind, detail, actor=principal.actor, recorded_at=recorded_at)
