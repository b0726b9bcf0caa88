"""What the world of `bench.world` lacks for people to look at: staff, proposals, a case fund, sweeps that arrived.

The rows are those that the flows leave behind, written in bulk; the triggers count them as ever.
"""

from typing import NamedTuple

from sqlalchemy import text

from bench import world
from livefreeze.base import ids
from livefreeze.base.access import Principal
from livefreeze.flows import sessions, staff
from livefreeze.flows.counter import reversals, withdrawals
from livefreeze.flows.counter.withdrawals import Request
from livefreeze.flows.orders import release
from livefreeze.flows.transaction import reading, transaction
from livefreeze.store import case_funds
from livefreeze.store import engine as store_engine

COURT = "bench-court"
COURT_ROLES = ("clerk", "judge", "finance", "auditor")
ROLES = (*COURT_ROLES, "teller", "debtor", "operator")
WAITING = 30  # proposals that wait: more than a page shows
SWEPT_MINOR = 100_00

_OF_COURT = (
    "INSERT INTO court_debtor (court_id, debtor_id, recorded_at) SELECT :court, id, recorded_at FROM debtor",
    "INSERT INTO case_debtor (case_id, debtor_id) SELECT o.case_id, p.debtor_id"
    " FROM freeze_order o JOIN pool p ON p.id = o.pool_id",
    "INSERT INTO proposal (id, court_id, kind, subject_id, status, version, digest, approved_by, approved_at,"
    " recorded_at) SELECT 'prp_' || substr(id, 5), court_id, 'order.serve', id, 'approved', 1, :digest, :judge,"
    " recorded_at, recorded_at FROM freeze_order",
    # Nobody opens these documents: the list shows what stands beside them.
    "INSERT INTO proposal_version (proposal_id, version, document_sealed, digest, edited_by, recorded_at)"
    " SELECT id, 1, :digest, digest, :clerk, recorded_at FROM proposal WHERE status = 'approved'",
    "INSERT INTO sweep (id, claim_id, order_id, account_id, pool_id, case_fund_id, run, amount_minor, currency, status,"
    " recorded_at, finished_at) SELECT 'swp_' || substr(o.id, 5), o.claim_id, o.id, a.account_id, o.pool_id,"
    " :fund, 'timetable:bench', :minor, 'CNY', 'settled', o.recorded_at, o.recorded_at"
    " FROM freeze_order o JOIN freeze_order_account a ON a.order_id = o.id",
    # One rule of the court, which all orders follow.
    "INSERT INTO court_rule (id, court_id, name, currency, current_version, recorded_at)"
    " SELECT 'crl_' || substr(min(id), 5), :court, '发薪日规则', 'CNY', 1, min(recorded_at) FROM freeze_order",
    "INSERT INTO court_rule_version (court_rule_id, version, rule_id, valid_from, proposal_id, approved_by,"
    " recorded_at) SELECT c.id, 1, min(o.rule_id), c.recorded_at, min(p.id), :judge, c.recorded_at"
    " FROM court_rule c, freeze_order o, proposal p WHERE p.subject_id = o.id GROUP BY c.id, c.recorded_at",
    "INSERT INTO rule_adoption (court_rule_id, version, finished_at) SELECT id, 1, recorded_at FROM court_rule",
    "INSERT INTO freeze_order_rule (order_id, court_rule_id, pool_id)"
    " SELECT o.id, c.id, o.pool_id FROM freeze_order o, court_rule c",
)
_AT_COUNTER = (
    "INSERT INTO withdrawal (id, bank_id, reference, account_id, pool_id, amount_minor, currency, channel, status,"
    " reason, from_held_minor, period_start, happened_at, recorded_at) SELECT 'wdl_' || substr(a.id, 5), a.bank_id,"
    " 'counter-' || a.id, a.id, a.pool_id, 100, 'CNY', 'counter', 'declined', 'ALLOWANCE_EXHAUSTED', 0,"
    " p.period_start, a.recorded_at, a.recorded_at FROM account a JOIN pool p ON p.id = a.pool_id",
    "INSERT INTO counter_withdrawal (withdrawal_id, bank_id, staff_id, identified_by, shown, recorded_at, ended_at)"
    " SELECT id, bank_id, :teller, 'identity_card', '{}', recorded_at, recorded_at FROM withdrawal",
)
# A message to the bank about each account; one in fifty has not been delivered yet.
_TOLD = (
    "INSERT INTO outbound_message (id, bank_id, lane, type, body_sealed, attempts, due_at, delivered_at, recorded_at)"
    " SELECT 'msg_' || substr(id, 5), bank_id, id, 'freeze.placed', :digest, 1, recorded_at,"
    " CASE WHEN number % 50 = 0 THEN NULL ELSE recorded_at END, recorded_at"
    " FROM (SELECT account.*, row_number() OVER (ORDER BY id) AS number FROM account) AS numbered"
)
_MOVED = (
    "INSERT INTO transfer (id, kind, account_id, pool_id, debit_bucket, credit_bucket, amount_minor, currency,"
    " claim_id, sweep_id, happened_at, recorded_at) SELECT '{prefix}_' || substr(id, 5), '{kind}', account_id,"
    " pool_id, '{debit}', '{credit}', amount_minor, currency, claim_id, id, recorded_at, recorded_at FROM sweep"
)
_MOVEMENTS = (
    {"prefix": "tra", "kind": "sweep", "debit": "account", "credit": "sweep_in_transit"},
    {"prefix": "trb", "kind": "sweep_settled", "debit": "sweep_in_transit", "credit": "case_fund"},
)


class Desks(NamedTuple):
    """The log-ins of people of each role, and something of everything, by the name that an address gives it."""

    tokens: dict[str, str]
    things: dict[str, str]


def furnish() -> Desks:
    """Write all that into the database of this process, which `bench.world.fill` has filled."""
    people = {role: staff.add(f"{role}@bench", role=role, court_code=COURT, actor="bench") for role in COURT_ROLES}
    people["teller"] = staff.add("teller@bench", role="teller", bank_code=world.BANK, actor="bench")
    people["operator"] = staff.add("operator@bench", role="admin", actor="bench")
    with transaction() as connection:
        court_id = connection.scalar(text("SELECT id FROM court WHERE code = :code"), {"code": COURT})
        fund = case_funds.NewCaseFund(ids.new("fnd"), court_id, world.CURRENCY, world.BANK, "9558800000008888", "专户")
        case_funds.replace(connection, fund, recorded_at=store_engine.now(connection))
        given = {"fund": fund.id, "court": court_id, "digest": b"0" * 32, "minor": SWEPT_MINOR,
                 "clerk": people["clerk"], "judge": people["judge"], "teller": people["teller"]}
        for statement in (*_OF_COURT, *_AT_COUNTER, _TOLD):
            named = text(statement)
            connection.execute(named, {name: given[name] for name in named.compile().params})
        for movement in _MOVEMENTS:
            connection.execute(text(_MOVED.format(**movement)))
        # As on any day but the first: what came in was closed, and the day's own entries come on top.
        case_funds.close(connection, court_id, world.CURRENCY, closed_at=store_engine.now(connection))
    things = _things(court_id, people["clerk"])
    things |= _at_counter(things["account_id"], people["teller"])
    tokens = {role: sessions.open_for_staff(person, agent="bench") for role, person in people.items()}
    return Desks(tokens | {"debtor": sessions.open_for_debtor(things["debtor_id"], agent="bench")}, things)


def _at_counter(account_id: str, teller: str) -> dict[str, str]:
    """A withdrawal that a teller paid, part of which came back; some more wait for a word."""
    with reading() as connection:
        bank_id = connection.scalar(text("SELECT id FROM bank WHERE code = :code"), {"code": world.BANK})
    principal = Principal(staff_id=teller, login="teller@bench", person="teller@bench", role="teller", court_id=None,
                          bank_id=bank_id)
    asked = [
        withdrawals.authorise(Request(f"bench-key-{number}", account_id, "10.00", "identity_card"), principal=principal)
        for number in range(WAITING)
    ]
    withdrawals.confirm(asked[0], None, None, principal=principal)
    reversal = reversals.ask(asked[0], "5.00", "cash_returned", principal=principal)
    return {"withdrawal_id": asked[0], "reversal_id": reversal}


def _things(court_id: str, clerk: str) -> dict[str, str]:
    query = text("SELECT o.id AS order_id, o.case_id, o.pool_id, a.account_id, p.debtor_id FROM freeze_order o"
                 " JOIN freeze_order_account a ON a.order_id = o.id JOIN pool p ON p.id = o.pool_id"
                 " ORDER BY o.id LIMIT :count")
    with reading() as connection:
        rows = connection.execute(query, {"count": WAITING}).all()
        court_rule_id = connection.scalar(text("SELECT id FROM court_rule"))
    principal = Principal(staff_id=clerk, login="clerk@bench", person="clerk@bench", role="clerk", court_id=court_id,
                          bank_id=None)
    waiting = [release.prepare(row.order_id, reason="测试", principal=principal).id for row in rows]
    first = rows[0]
    return {"order_id": first.order_id, "case_id": first.case_id, "account_id": first.account_id,
            "debtor_id": first.debtor_id, "proposal_id": waiting[0], "sweep_id": "swp_" + first.order_id[4:],
            "court_rule_id": court_rule_id, "outbound_id": "msg_" + first.account_id[4:], "user_id": clerk,
            "bank": world.BANK}
