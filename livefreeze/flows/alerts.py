"""Alerts that a person of the court has dealt with."""

from livefreeze.base.access import Principal
from livefreeze.base.errors import Problem
from livefreeze.flows.transaction import transaction
from livefreeze.store import alerts, audit, courts
from livefreeze.store import engine as store_engine


def handle(alert_id: str, *, principal: Principal) -> None:
    """Note that this person has dealt with it; somebody else who was first stays named. Raises Problem NOT_FOUND."""
    with transaction() as connection:
        now = store_engine.now(connection)
        found = alerts.lock(connection, principal.court_id, alert_id)
        if found is None:
            raise Problem("NOT_FOUND")
        if found.handled_at is not None:
            return
        alerts.set_handled(connection, alert_id, by=principal.staff_id, at=now)
        chain = audit.court_chain(courts.by_id(connection, principal.court_id).code)
        if found.account_id is not None:
            chain = audit.account_chain(found.account_id)
        audit.record(connection, chain, "alert.handled", {"alert": alert_id, "kind": found.kind},
                     actor=principal.actor, recorded_at=now)
