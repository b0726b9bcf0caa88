"""A database with many accounts under freeze, each with an order in force, money and a whole allowance.

The rows are those that the flows of serving an order and of its receipt leave behind, written in bulk. What
triggers derive elsewhere (`quota_left_minor`, `is_frozen`) is written here and then compared with the view that
the triggers read.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import text

from bank_adapters.keys import PrivateKey
from livefreeze.base import ids
from livefreeze.base.crypto import vault
from livefreeze.flows import banks, courts
from livefreeze.flows import rules as parsed_rules
from livefreeze.flows.transaction import reading, transaction
from livefreeze.rules import document, ledger
from livefreeze.rules.period import Period, period_of
from livefreeze.store import accounts, audit, rules
from livefreeze.store import engine as store_engine
from livefreeze.store import tables as t
from livefreeze.store.record import Record

BANK = "bench-bank"
CURRENCY = "CNY"
BALANCE_MINOR = 100_000_00
QUOTA_MINOR = 1_000_000_00
ALLOWANCE = "50000.00"  # enough for every request of a run, however often chance names the same account
CHUNK = 1_000


@dataclass(frozen=True, slots=True)
class World:
    """The bank that asks, with its key and the one that checks our answers, and how many accounts it has."""

    bank_key: PrivateKey
    service_key: str
    accounts_count: int


@dataclass(frozen=True, slots=True)
class _Setting:
    """What all accounts have in common."""

    court_id: str
    bank_id: str
    rule_id: str
    allowance_minor: int
    period: Period
    recorded_at: datetime


def account_number(index: int) -> str:
    """The bank's number of the account at this index."""
    return f"6222{index:015d}"


def fill(accounts_count: int) -> World:
    """Write the accounts into the database of this process, which is migrated and empty."""
    bank_key = PrivateKey.generate()
    court_id = courts.add("bench-court", "测试法院", actor="bench")
    their_key = bank_key.public_key.text()
    added = banks.add(BANK, "测试银行", "https://bank.invalid/hook", their_key=their_key, actor="bench")
    rule_document = document.preset_document("cn-live-freeze", anchor_day=10, allowance=ALLOWANCE)
    rule = document.parse(rule_document)
    with transaction() as connection:
        now = store_engine.now(connection)
        rule_id = rules.keep(connection, court_id, rule_document, recorded_at=now)
    period = period_of(now, anchor_day=rule.anchor_day, time_zone=rule.time_zone)
    allowance_minor = parsed_rules.allowance_at(rule, period.start).amount_minor
    setting = _Setting(court_id, added.bank_id, rule_id, allowance_minor, period, now)
    for first in range(0, accounts_count, CHUNK):
        with transaction() as connection:
            record = Record(connection, now)
            for index in range(first, min(first + CHUNK, accounts_count)):
                _add(record, setting, index)
            record.flush()
    with transaction() as connection:  # without figures on the new rows PostgreSQL compares each pool with each claim
        connection.execute(text("ANALYZE"))
    _compare(accounts_count)
    return World(bank_key, added.our_key, accounts_count)


def _add(record: Record, setting: _Setting, index: int) -> None:
    """One debtor with one case, one account and one order in force."""
    debtor_id, case_id, claim_id, pool_id, account_id, order_id = map(
        ids.new, ("dbt", "cas", "clm", "pol", "acc", "frz")
    )
    for table, row in _rows(setting, index, debtor_id, case_id, claim_id, pool_id, account_id, order_id):
        record.add(table, row | {"recorded_at": setting.recorded_at} if "recorded_at" in table.c else row)
    for movement in ledger.opening(ledger.Place(account_id, pool_id, CURRENCY), balance_minor=BALANCE_MINOR):
        record.transfer(movement, happened_at=setting.recorded_at)


def _rows(
    setting: _Setting, index: int, debtor_id: str, case_id: str, claim_id: str, pool_id: str, account_id: str,
    order_id: str,
) -> Iterator[tuple]:
    number = account_number(index)
    yield t.debtor, {
        "id": debtor_id, "id_number_index": vault().blind_index("id_number", str(index)),
        "name_sealed": _sealed("debtor", "name_sealed", debtor_id, "被执行人"),
        "id_number_sealed": _sealed("debtor", "id_number_sealed", debtor_id, str(index)),
    }
    yield t.court_case, {"id": case_id, "court_id": setting.court_id, "case_number": f"(2026)测0001执{index}号"}
    yield t.claim, {"id": claim_id, "case_id": case_id, "currency": CURRENCY, "target_minor": QUOTA_MINOR,
                    "quota_minor": QUOTA_MINOR}
    yield t.pool, {
        "id": pool_id, "debtor_id": debtor_id, "currency": CURRENCY, "rule_id": setting.rule_id,
        "period_start": setting.period.start, "period_end": setting.period.end,
        "allowance_minor": setting.allowance_minor, "ceiling_minor": setting.allowance_minor,
        "quota_left_minor": QUOTA_MINOR,
    }
    yield t.account, {
        "id": account_id, "bank_id": setting.bank_id, "debtor_id": debtor_id, "pool_id": pool_id,
        "number_sealed": _sealed("account", "number_sealed", account_id, number),
        "number_index": accounts.number_index(number), "currency": CURRENCY, "is_frozen": True,
        "opened_at": setting.recorded_at,
    }
    yield t.audit_chain, {"chain": audit.account_chain(account_id), "seq": 0, "hash": audit.BEFORE_THE_FIRST}
    yield t.freeze_order, {
        "id": order_id, "court_id": setting.court_id, "case_id": case_id, "claim_id": claim_id, "pool_id": pool_id,
        "rule_id": setting.rule_id, "notice_number": f"(2026)测0001执{index}号之一", "status": "in_force", "rank": 1,
    }
    yield t.freeze_order_account, {"order_id": order_id, "account_id": account_id, "receipt": "accepted"}


def _sealed(table: str, column: str, row: str, value: str) -> bytes:
    return vault().encrypt(value, table=table, column=column, row=row)


def _compare(accounts_count: int) -> None:
    """Stop where the rows are not what the triggers would have made of them."""
    # By pool and by account: joined, PostgreSQL expects one row and compares each pool with each account.
    queries = (
        "SELECT count(*) FROM pool p WHERE (p.quota_left_minor, p.is_mixed) ="
        " (SELECT q.quota_left_minor, q.is_mixed FROM pool_quota q WHERE q.pool_id = p.id)",
        "SELECT count(*) FROM account WHERE is_frozen AND balance_minor = :balance",
    )
    with reading() as connection:
        right = min(connection.scalar(text(query), {"balance": BALANCE_MINOR} if ":balance" in query else {})
                    for query in queries)
    if right != accounts_count:
        raise RuntimeError(f"only {right} of {accounts_count} accounts are as the triggers would have left them")


def withdrawals_by_status() -> dict[str, int]:
    """How many withdrawals stand in the database, by status: what the generator's count is compared with."""
    with reading() as connection:
        return dict(connection.execute(text("SELECT status, count(*) FROM withdrawal GROUP BY status")).all())
