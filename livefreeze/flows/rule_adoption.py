"""Put the pools that follow a court's rule under its new version, a few at a time: no teller waits behind the run.

Killed anywhere and begun again it ends with the same result: what is done is no longer due.
"""

import logging
import time
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection

from livefreeze.base.errors import NotDecided
from livefreeze.flows import periods, rule_in_force
from livefreeze.flows.transaction import reading, transaction
from livefreeze.store import engine as store_engine
from livefreeze.store import pools, rule_adoptions
from livefreeze.store.audit import account_chain
from livefreeze.store.pools import LockedPool
from livefreeze.store.record import Record
from livefreeze.store.rule_adoptions import Adoption

POOLS_A_TRANSACTION_MAX = 1_000
TRANSACTION_S_MAX = 0.2
POOLS_A_LOCK_MAX = 50  # between two looks at the time

_LOG = logging.getLogger("livefreeze.flows")


def run_due(at: datetime) -> int:
    """Go on with every version that has not come to its end; return how many pools were put under one."""
    with reading() as connection:
        unfinished = rule_adoptions.unfinished(connection)
    done = 0
    for court_rule_id, version in unfinished:
        while (pools_done := _chunk(court_rule_id, version)) is not None:
            done += pools_done
    return done


def start(court_rule_id: str, version: int) -> None:
    """Do the first chunk now, so that a small court sees it at once. What fails is left to the worker."""
    try:
        if _chunk(court_rule_id, version) is not None:
            _chunk(court_rule_id, version)  # of a small court nothing is left, which this one writes
    except Exception:
        _LOG.exception("a rule could not be put in force at once", extra={"fields": {"id": court_rule_id}})


def _chunk(court_rule_id: str, version: int) -> int | None:
    """One transaction's worth of pools; None where nothing is left to do for now, or another worker is at it.

    Where a pool fails, the next ones are tried one by one, and those that fail stay due for the next run.
    Raises NotDecided where the database is busy.
    """
    try:
        return _several(court_rule_id, version)
    except NotDecided:
        raise
    except Exception:
        _LOG.exception("a chunk could not be put under a rule", extra={"fields": {"id": court_rule_id}})
    for _ in range(POOLS_A_LOCK_MAX):
        if (pool_id := _next(court_rule_id, version)) is None:
            break
        _one(court_rule_id, version, pool_id)
    return 0


def _several(court_rule_id: str, version: int) -> int | None:
    began = time.perf_counter()
    with transaction() as connection:
        adoption = rule_adoptions.lock(connection, court_rule_id, version)
        if adoption is None:
            return None
        if adoption.version != adoption.current_version:
            rule_adoptions.finish(connection, adoption, at=store_engine.now(connection))
            return None
        last, done = adoption.after_pool_id, 0
        while done < POOLS_A_TRANSACTION_MAX and time.perf_counter() - began < TRANSACTION_S_MAX:
            due = rule_adoptions.due_pools(connection, adoption, after=last, count_max=POOLS_A_LOCK_MAX)
            if not due:
                break
            _put_under(connection, adoption, due)
            last, done = due[-1], done + len(due)
        if done:
            rule_adoptions.advance(connection, adoption, after=last, pools=done)
            return done
        if rule_adoptions.still_due(connection, adoption):  # what failed before: the next run begins anew
            rule_adoptions.advance(connection, adoption, after="", pools=0)
        else:
            rule_adoptions.finish(connection, adoption, at=store_engine.now(connection))
        return None


def _next(court_rule_id: str, version: int) -> str | None:
    with transaction() as connection:
        adoption = rule_adoptions.lock(connection, court_rule_id, version)
        if adoption is None:
            return None
        due = rule_adoptions.due_pools(connection, adoption, after=adoption.after_pool_id, count_max=1)
        return due[0] if due else None


def _one(court_rule_id: str, version: int, pool_id: str) -> None:
    try:
        with transaction() as connection:
            adoption = rule_adoptions.lock(connection, court_rule_id, version)
            if adoption is not None:
                _put_under(connection, adoption, [pool_id])
                rule_adoptions.advance(connection, adoption, after=pool_id, pools=1)
        return
    except NotDecided:
        raise
    except Exception:
        _LOG.exception("a pool could not be put under a rule", extra={"fields": {"id": pool_id}})
    with transaction() as connection:
        adoption = rule_adoptions.lock(connection, court_rule_id, version)
        if adoption is not None:
            rule_adoptions.advance(connection, adoption, after=pool_id, pools=0)


def _put_under(connection: Connection, adoption: Adoption, pool_ids: Sequence[str]) -> None:
    locked = pools.lock(connection, pool_ids)
    rule_adoptions.give_rule(connection, adoption, pool_ids)
    leading = rule_adoptions.leading_rules(connection, pool_ids)
    heads = [account.head for pool in locked.values() for account in pool.accounts]
    record = Record(connection, store_engine.now(connection), heads)
    for pool_id, pool in locked.items():
        # Another court's order may come first; and before its first receipt a pool is under no rule.
        if leading.get(pool_id) == adoption.rule_id != pool.rule_id:
            _put_one_under(record, adoption, pool)
    record.flush()


def _put_one_under(record: Record, adoption: Adoption, pool: LockedPool) -> None:
    changed = periods.put_under(record.connection, pool, adoption.rule_id, at=pool.read_at)
    rule_in_force.schedule(record.connection, changed, at=pool.read_at)
    detail = {
        "court_rule": adoption.court_rule_id, "version": adoption.version, "proposal": adoption.proposal_id,
        "before": {"rule": pool.rule_id, "allowance_minor": pool.allowance_minor,
                   "reserve_minor": pool.reserve_minor},
        "after": {"rule": changed.rule_id, "allowance_minor": changed.allowance_minor,
                  "reserve_minor": changed.reserve_minor},
        "taken_minor": changed.taken_minor, "currency": pool.currency,
    }
    for account in pool.accounts:
        if account.is_frozen:
            record.event(account_chain(account.account_id), "rule.changed", detail, actor="job:adopt_rules")
