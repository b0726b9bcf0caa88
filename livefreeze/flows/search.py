"""Look for a debtor or an account by its exact number. Each look is an audit event: numbers are personal data."""

from livefreeze.base.access import Principal
from livefreeze.flows.transaction import reading, transaction
from livefreeze.store import accounts, audit, courts, debtors
from livefreeze.store import engine as store_engine
from livefreeze.store.queries import accounts as account_queries
from livefreeze.store.queries import cases as case_queries
from livefreeze.store.queries.viewer import Viewer

FOUND_COUNT_MAX = 25


def cases_by_number(case_number: str, *, principal: Principal) -> list[dict]:
    """The court's cases of this number, however its brackets and digits are typed: no personal data, no event."""
    with reading() as connection:
        return case_queries.by_number(connection, Viewer(principal.court_id), case_number, count_max=FOUND_COUNT_MAX)


def by_id_number(id_number: str, *, principal: Principal) -> tuple[list[dict], list[dict]]:
    """The court's cases against the person of exactly this ID number, and the accounts that are known of them.

    A person whom the court has not named is not found, as one who does not exist.
    """
    viewer = Viewer(principal.court_id)
    with transaction() as connection:
        person = debtors.by_id_number(connection, id_number)
        is_known = person is not None and bool(debtors.known(connection, principal.court_id, [person.id]))
        subject = person.id if is_known else None
        _note(connection, principal, {"by": "id_number", "debtor": subject})
        if subject is None:
            return [], []
        return (case_queries.of_debtor(connection, viewer, subject, count_max=FOUND_COUNT_MAX),
                account_queries.of_debtor(connection, viewer, subject, count_max=FOUND_COUNT_MAX))


def by_account_number(number: str, *, principal: Principal) -> list[dict]:
    """The court's accounts of exactly this number, at whichever bank."""
    with transaction() as connection:
        found = account_queries.by_number(connection, Viewer(principal.court_id), accounts.number_index(number))
        _note(connection, principal, {"by": "account_number", "accounts": [one["id"] for one in found]})
        return found


def _note(connection, principal: Principal, detail: dict) -> None:
    """Who looked for what kind of number, and what was found; never the number itself."""
    chain = audit.court_chain(courts.by_id(connection, principal.court_id).code)
    audit.record(connection, chain, "search.made", detail, actor=principal.actor,
                 recorded_at=store_engine.now(connection))
