"""Sweep: surplus goes to the court's registered case fund, by the timetable or by one click."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import partial

from sqlalchemy import Connection

from bank_adapters.contract import Payee, Transfer, TransferInstructed, dumps, to_document
from livefreeze.base import ids
from livefreeze.base.access import Principal
from livefreeze.base.errors import Problem
from livefreeze.base.money import format_amount
from livefreeze.flows import facts, periods, rules
from livefreeze.flows.changes import changes_in_words
from livefreeze.flows.one_by_one import one_by_one
from livefreeze.flows.transaction import reading, transaction
from livefreeze.rules import effect, ledger
from livefreeze.rules import sweep as rule_of_sweep
from livefreeze.rules.period import period_of
from livefreeze.rules.sweep import PlannedSweep, SweepPlan
from livefreeze.store import accounts, banks, cases, claims, orders, pools, sweeps
from livefreeze.store import tables as t
from livefreeze.store.audit import account_chain
from livefreeze.store.orders import StoredOrder
from livefreeze.store.outbox import Outgoing
from livefreeze.store.pools import LockedPool
from livefreeze.store.record import Record
from livefreeze.store.sweeps import CaseFund


def preview(case_id: str, *, court_id: str) -> dict:
    """What a click would send now for this case, from which account, and why nothing from the others.

    `preview` in it names exactly this picture: a click on another one is refused. Raises Problem NOT_FOUND.
    """
    with reading() as connection:
        claim_ids = _claims_of_case(connection, case_id, court_id)
        found = [pools.read(connection, pool_id) for pool_id in claims.pools_of(connection, claim_ids)]
        as_of = [periods.as_of(connection, pool) for pool in found if pool is not None]
        planned = _plan_each(connection, as_of, claim_ids)
        return _picture(connection, case_id, planned) | {"effects": _effects(connection, planned)}


def click(case_id: str, preview_digest: str, *, principal: Principal) -> dict:
    """Send what the preview showed. Raises Problem: NOT_FOUND, PREVIEW_STALE where anything has moved since,
    a second click on the same preview included; CASE_FUND_MISSING."""
    with transaction() as connection:
        claim_ids = _claims_of_case(connection, case_id, principal.court_id)
        locked = pools.lock(connection, claims.pools_of(connection, claim_ids))
        rolled = [periods.roll(connection, pool, pool.read_at) for pool in locked.values()]
        planned = _plan_each(connection, rolled, claim_ids)
        picture = _picture(connection, case_id, planned)
        if picture["preview"] != preview_digest or not picture["transfers"]:
            raise Problem("PREVIEW_STALE", "/preview")
        run = f"click:{preview_digest}"
        sent = []
        for pool, plan in planned:
            sent += _instruct(connection, pool, plan.sweeps, run=run, actor=principal.actor)
        return {**picture, "transfers": sent}


def run_due(at: datetime) -> int:
    """Sweep every pool that is due, each in a transaction of its own; return how many were looked at.

    Killed anywhere and started again it ends with the same result: a pool that was swept is no longer due.
    """
    return one_by_one(partial(sweeps.due_pools, at=at), partial(_sweep_one, at=at))


def schedule(connection: Connection, pool: LockedPool, *, after: datetime) -> None:
    """Write when the timetable sweeps this pool next: the rule's sweep day, by its time zone."""
    rule = rules.of(connection, pool.rule_id)
    month = period_of(after, anchor_day=rule.sweep_day, time_zone=rule.time_zone)
    pools.set_next_sweep(connection, pool.pool_id, month.end)


def _sweep_one(pool_id: str, *, at: datetime) -> None:
    with transaction() as connection:
        claim_ids = [order.claim_id for order in orders.live_of_pool(connection, pool_id)]
        together = {pool_id, *(claims.pools_of(connection, claim_ids) if claim_ids else ())}
        locked = pools.lock(connection, together)
        due_at = sweeps.next_sweep_at(connection, pool_id)
        if due_at is None or due_at > at:
            return  # another worker was first
        pool = periods.roll(connection, locked[pool_id], locked[pool_id].read_at)
        plan = _plan(connection, pool)
        run = f"timetable:{due_at.isoformat()}"
        _instruct(connection, pool, plan.sweeps, run=run, actor="job:sweep", skip_without_fund=True)
        if claim_ids:
            schedule(connection, pool, after=max(at, due_at))
        else:
            pools.set_next_sweep(connection, pool_id, None)


def _effects(connection: Connection, planned: list[tuple[LockedPool, SweepPlan]]) -> list[dict]:
    """What a click would change for each pool from which something goes."""
    sent: Counter[str] = Counter()
    for _, plan in planned:
        for sweep in plan.sweeps:
            sent[sweep.claim_id] += sweep.amount_minor
    found = []
    for pool, plan in planned:
        if plan.sweeps:
            before = pool.facts(tuple(claim.facts for claim in claims.of_pool(connection, pool.pool_id)))
            found.append({
                "accounts": [account.account_id for account in pool.accounts if account.is_frozen],
                "figures": changes_in_words(effect.of_sweeps(before, plan.sweeps, sent), pool.currency),
            })
    return found


def _claims_of_case(connection: Connection, case_id: str, court_id: str) -> list[str]:
    claim_ids = cases.claims_of(connection, case_id, court_id)
    if not claim_ids:
        raise Problem("NOT_FOUND")
    return claim_ids


def _plan_each(
    connection: Connection, found: Iterable[LockedPool], claim_ids: Iterable[str]
) -> list[tuple[LockedPool, SweepPlan]]:
    """What to send for these claims, pool after pool: one ceiling holds over all pools, so that what goes from one
    is no longer asked of the next."""
    planned = []
    sent: Counter[str] = Counter()
    for pool in found:
        plan = _plan(connection, pool, sent_elsewhere=sent)
        plan = plan._replace(sweeps=tuple(sweep for sweep in plan.sweeps if sweep.claim_id in claim_ids))
        for sweep in plan.sweeps:
            sent[sweep.claim_id] += sweep.amount_minor
        planned.append((pool, plan))
    return planned


def _plan(connection: Connection, pool: LockedPool, *, sent_elsewhere: Mapping[str, int] | None = None) -> SweepPlan:
    """What to send from this pool, less what goes to its claims from others in the same moment."""
    elsewhere = sent_elsewhere or {}
    on_pool = [claim.facts for claim in claims.of_pool(connection, pool.pool_id)]
    left = tuple(
        claim._replace(quota_left_minor=claim.quota_left_minor - elsewhere.get(claim.claim_id, 0)) for claim in on_pool
    )
    minimum_minor = rules.of(connection, pool.rule_id).sweep_minimum_minor if pool.rule_id else 0
    return rule_of_sweep.plan(pool.facts(left), minimum_minor=minimum_minor)


def _picture(connection: Connection, case_id: str, planned: list[tuple[LockedPool, SweepPlan]]) -> dict:
    """The preview; its digest covers the heads of the accounts' chains, so that any movement makes another."""
    seen = hashlib.sha256(case_id.encode())
    transfers, nothing = [], []
    for pool, plan in planned:
        for account in pool.accounts:
            seen.update(account.head.hash)
        for sweep in plan.sweeps:
            seen.update(f"{sweep.claim_id} {sweep.account_id} {sweep.amount_minor}".encode())
            amount = format_amount(sweep.amount_minor, pool.currency)
            transfers.append({"account": sweep.account_id, "claim": sweep.claim_id, "amount": amount,
                              "currency": pool.currency})
        if not plan.sweeps:
            accounts_of_pool = [account.account_id for account in pool.accounts]
            reason = plan.reason or rule_of_sweep.NothingSwept.NO_SURPLUS
            nothing.append({"accounts": accounts_of_pool, "reason": reason})
    currency = planned[0][0].currency if planned else None
    total = sum(sweep.amount_minor for _, plan in planned for sweep in plan.sweeps)
    return {"case": case_id, "preview": seen.hexdigest(), "transfers": transfers, "nothing_from": nothing,
            "total": format_amount(total, currency) if currency else "0", "currency": currency}


def _instruct(
    connection: Connection, pool: LockedPool, planned: tuple[PlannedSweep, ...], *, run: str, actor: str,
    skip_without_fund: bool = False,
) -> list[dict]:
    """Write the sweeps of one pool and one message an account to its bank. The approved order is the authority."""
    record = Record(connection, pool.read_at, [account.head for account in pool.accounts])
    by_claim = {order.claim_id: order for order in orders.live_of_pool(connection, pool.pool_id)}
    instructed: dict[str, list[Transfer]] = {}
    sent = []
    for sweep in planned:
        order = by_claim[sweep.claim_id]
        fund = sweeps.current_case_fund(connection, order.court_id, pool.currency)
        if fund is None:
            if not skip_without_fund:
                raise Problem("CASE_FUND_MISSING")
            facts.alert(record, pool, sweep.account_id, "CASE_FUND_MISSING", {"order": order.id},
                        court_id=order.court_id)
            continue
        sweep_id = _write(record, pool, sweep, order, fund, run=run, actor=actor)
        amount = format_amount(sweep.amount_minor, pool.currency)
        instructed.setdefault(sweep.account_id, []).append(Transfer(
            transfer=sweep_id, account=accounts.number(connection, sweep.account_id), amount=amount,
            currency=pool.currency, to=Payee(bank=fund.bank_code, account=fund.number, name=fund.name),
            case_number=orders.case_number(connection, order.case_id),
        ))
        sent.append({"id": sweep_id, "account": sweep.account_id, "claim": sweep.claim_id, "amount": amount,
                     "currency": pool.currency, "status": "instructed"})
    for account_id, transfers in instructed.items():
        bank_id = pool.account(account_id).bank_id
        code = banks.code(connection, bank_id)
        notice = TransferInstructed(bank=code, audience=code, transfers=tuple(transfers), happened_at=pool.read_at)
        record.message(Outgoing(bank_id, account_id, notice.type, dumps(to_document(notice))))
    record.flush()
    return sent


def _write(record: Record, pool: LockedPool, sweep: PlannedSweep, order: StoredOrder, fund: CaseFund, *, run: str,
           actor: str) -> str:
    sweep_id = ids.new("swp")
    record.add(t.sweep, {
        "id": sweep_id, "claim_id": sweep.claim_id, "order_id": order.id, "account_id": sweep.account_id,
        "pool_id": pool.pool_id, "case_fund_id": fund.id, "run": run, "amount_minor": sweep.amount_minor,
        "currency": pool.currency, "status": "instructed", "recorded_at": record.recorded_at,
    })
    movement = ledger.sweep(pool.place(sweep.account_id), amount_minor=sweep.amount_minor, claim_id=sweep.claim_id,
                            sweep_id=sweep_id)
    record.transfer(movement, happened_at=record.recorded_at)
    record.event(account_chain(sweep.account_id), "sweep.instructed", {
        "sweep": sweep_id, "claim": sweep.claim_id, "order": order.id, "amount_minor": sweep.amount_minor,
        "currency": pool.currency, "case_fund": fund.id,
        "balance_before_minor": pool.account(sweep.account_id).balance_minor,
    }, actor=actor, authority=order.notice_number)
    return sweep_id
