"""Do what is due, each row in a transaction of its own: one debtor's trouble holds up no other."""

import logging
from collections.abc import Callable

from livefreeze.flows.transaction import reading

AT_A_TIME_MAX = 100

_LOG = logging.getLogger("livefreeze.flows")


def one_by_one(due: Callable[..., list[str]], act: Callable[[str], None]) -> int:
    """Hand the id of each due row to `act`, in order; return how many were looked at.

    `due(connection, after=…, count_max=…)` names the next ones by id. What fails is logged and stays due.
    """
    looked_at, last = 0, ""
    while True:
        with reading() as connection:
            found = due(connection, after=last, count_max=AT_A_TIME_MAX)
        for row_id in found:
            try:
                act(row_id)
            except Exception:
                _LOG.exception("something due could not be done", extra={"fields": {"id": row_id}})
        looked_at += len(found)
        if len(found) < AT_A_TIME_MAX:
            return looked_at
        last = found[-1]
