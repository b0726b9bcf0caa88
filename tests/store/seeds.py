"""The least rows that a ledger needs: a bank, a debtor with a pool and an account, a claim with its order in force."""

from datetime import UTC, datetime

from sqlalchemy import text, update

from livefreeze.store import tables as t
from livefreeze.store.append import append

AT = datetime(2026, 3, 10, 1, tzinfo=UTC)
PERIOD = datetime(2026, 3, 9, 16, tzinfo=UTC)
NEXT_PERIOD = datetime(2026, 4, 9, 16, tzinfo=UTC)
PERIOD_AFTER = datetime(2026, 5, 9, 16, tzinfo=UTC)


def ledger(connection, *, quota_minor: int = 60_000_00, allowance_minor: int = 2_500_00) -> None:
    """Pool pol_1 with account acc_1 at bnk_1, claim clm_1, order frz_1 in force."""
    append(connection, {
        t.court: [{"id": "crt_1", "code": "court", "name": "court", "recorded_at": AT}],
        t.bank: [{"id": "bnk_1", "code": "bank", "name": "bank", "url": "https://bank.example", "recorded_at": AT}],
        t.debtor: [{"id": "dbt_1", "name_sealed": b"", "id_number_sealed": b"", "id_number_index": b"1",
                    "recorded_at": AT}],
        t.court_case: [{"id": "cas_1", "court_id": "crt_1", "case_number": "1", "recorded_at": AT}],
        t.claim: [{"id": "clm_1", "case_id": "cas_1", "currency": "CNY", "target_minor": quota_minor,
                   "quota_minor": quota_minor, "recorded_at": AT}],
        t.rule: [{"id": "rul_1", "court_id": "crt_1", "digest": b"1", "document": "{}", "recorded_at": AT}],
        t.pool: [{"id": "pol_1", "debtor_id": "dbt_1", "currency": "CNY", "rule_id": "rul_1", "period_start": PERIOD,
                  "period_end": NEXT_PERIOD, "allowance_minor": allowance_minor, "ceiling_minor": allowance_minor,
                  "recorded_at": AT}],
        t.account: [{"id": "acc_1", "bank_id": "bnk_1", "debtor_id": "dbt_1", "pool_id": "pol_1", "number_sealed": b"",
                     "number_index": b"1", "currency": "CNY", "opened_at": AT, "recorded_at": AT}],
        t.audit_chain: [{"chain": "account:acc_1", "seq": 0, "hash": bytes(32)}],
        t.case_fund: [{"id": "cfd_1", "court_id": "crt_1", "currency": "CNY", "bank_code": "bank",
                       "number_sealed": b"", "name": "fund", "recorded_at": AT}],
        t.freeze_order: [{"id": "frz_1", "court_id": "crt_1", "case_id": "cas_1", "claim_id": "clm_1",
                          "pool_id": "pol_1", "rule_id": "rul_1", "notice_number": "1", "status": "pending",
                          "recorded_at": AT}],
        t.freeze_order_account: [{"order_id": "frz_1", "account_id": "acc_1", "receipt": "waiting"}],
    })
    connection.execute(text("UPDATE freeze_order_account SET receipt = 'accepted'"))
    connection.execute(text("UPDATE freeze_order SET status = 'in_force', rank = 1"))


def next_period(connection, *, allowance_minor: int = 2_500_00) -> None:
    """Close the first period, as the flow of periods does."""
    connection.execute(update(t.pool).values(
        period_start=NEXT_PERIOD, period_end=PERIOD_AFTER, allowance_minor=allowance_minor,
        ceiling_minor=allowance_minor,
    ))
