"""Close a case: nothing new is asked in it. What runs in it runs on until it is ended by itself."""

from livefreeze.base.access import Principal
from livefreeze.base.errors import Problem
from livefreeze.flows.transaction import transaction
from livefreeze.store import audit, case_closings, cases, engine


def close(case_id: str, *, reason: str, principal: Principal) -> None:
    """Close the court's case; closed again, nothing happens. Raises Problem NOT_FOUND."""
    with transaction() as connection:
        case = cases.of_court(connection, principal.court_id, case_id)
        if case is None:
            raise Problem("NOT_FOUND")
        now = engine.now(connection)
        if case_closings.close(connection, case_id, by=principal.staff_id, reason=reason, at=now):
            audit.record(connection, audit.case_chain(case_id), "case.closed", {"case": case_id},
                         actor=principal.actor, authority=case.case_number, recorded_at=now)
