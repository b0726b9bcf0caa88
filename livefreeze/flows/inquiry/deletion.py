"""After its term nothing of an inquiry's answers can be read: the key goes first, at once, then the rows, in chunks.

The digest of each message, its id and the audit events stay, so that the chain still verifies.
"""

from datetime import datetime
from functools import partial

from livefreeze.flows.one_by_one import one_by_one
from livefreeze.flows.transaction import transaction
from livefreeze.store import audit, engine, inquiries

ROWS_AT_A_TIME = 5_000


def run_due(at: datetime) -> int:
    """Delete what is due; killed anywhere, the next run goes on. Return how many inquiries were looked at."""
    return one_by_one(partial(inquiries.to_delete, at=at), _delete)


def _delete(inquiry_id: str) -> None:
    with transaction() as connection:
        inquiry = inquiries.lock(connection, inquiry_id)
        if inquiry.deleted_at is None:
            now = engine.now(connection)
            inquiries.throw_key_away(connection, inquiry_id, at=now)
            audit.record(connection, audit.case_chain(inquiry.case_id), "inquiry.deleted", {"inquiry": inquiry_id},
                         actor="job:delete_inquiries", recorded_at=now)
    is_some_left = True
    while is_some_left:
        with transaction() as connection:
            is_some_left = inquiries.purge(connection, inquiry_id, count_max=ROWS_AT_A_TIME)
    with transaction() as connection:
        inquiries.set_purged(connection, inquiry_id, at=engine.now(connection))
