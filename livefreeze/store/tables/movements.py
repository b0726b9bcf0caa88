"""Movements of money: withdrawals, sweeps, and the ledger."""

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Index, PrimaryKeyConstraint, Table, UniqueConstraint, text

from livefreeze.store import row_checks
from livefreeze.store.columns import identifier, instant, money
from livefreeze.store.tables.shared import key, metadata, one_of, words

withdrawal = Table(
    "withdrawal", metadata, key(),
    identifier("bank_id"), words("reference"), identifier("account_id"), identifier("pool_id"),
    money("amount_minor"), money("captured_minor", server_default="0"), words("currency"), words("channel"),
    words("status"), words("reason"),
    money("from_held_minor"), instant("period_start"),
    instant("happened_at"), instant("expires_at", nullable=True), instant("recorded_at"),
    ForeignKeyConstraint(["bank_id"], ["bank.id"]),
    ForeignKeyConstraint(["account_id"], ["account.id"]),
    UniqueConstraint("bank_id", "reference"),
    one_of("status", "authorised", "declined", "captured", "voided", "queried", "reversed"),
    CheckConstraint("amount_minor > 0 AND captured_minor >= 0", name="amounts"),
    Index("ix_withdrawal_open", "expires_at", sqlite_where=text("status = 'authorised'"),
          postgresql_where=text("status = 'authorised'")),
    Index("ix_withdrawal_account_id", "account_id", "recorded_at"),
    Index("ix_withdrawal_queried", "id",
          sqlite_where=text("status = 'queried'"), postgresql_where=text("status = 'queried'")),
)

unanswered_query = Table(
    "unanswered_query", metadata,  # a bank has been silent about it for long: its alert is raised once
    identifier("withdrawal_id", primary_key=True), instant("recorded_at"),
    ForeignKeyConstraint(["withdrawal_id"], ["withdrawal.id"]),
)

sweep = Table(
    "sweep", metadata, key(),
    identifier("claim_id"), identifier("order_id"), identifier("account_id", index=True),
    identifier("pool_id"),
    identifier("case_fund_id"), words("run"),  # the timetable's run or the click that made it
    money("amount_minor"), words("currency"), words("status"), instant("recorded_at"),
    instant("finished_at", nullable=True),
    ForeignKeyConstraint(["claim_id"], ["claim.id"]),
    ForeignKeyConstraint(["order_id"], ["freeze_order.id"]),
    ForeignKeyConstraint(["account_id"], ["account.id"]),
    ForeignKeyConstraint(["case_fund_id"], ["case_fund.id"]),
    UniqueConstraint("run", "claim_id", "account_id"),
    Index("ix_sweep_claim_id", "claim_id", "finished_at"),
    one_of("status", "instructed", "settled", "failed", "returned"),
    CheckConstraint("amount_minor > 0", name="amount_positive"),
    Index("ix_sweep_order_id", "order_id", "id"),
    Index("ix_sweep_unsettled", "id", sqlite_where=text("status IN ('failed', 'returned')"),
          postgresql_where=text("status IN ('failed', 'returned')")),
)

transfer = Table(
    "transfer", metadata, key(),  # append only: one row is one movement, both its sides
    words("kind"), identifier("account_id"), identifier("pool_id"),
    words("debit_bucket"), words("credit_bucket"), money("amount_minor"), words("currency"),
    identifier("claim_id", nullable=True), identifier("withdrawal_id", nullable=True),
    identifier("sweep_id", nullable=True), identifier("corrects", nullable=True),
    # The signed effect on the counters of the allowance period:
    instant("period_start", nullable=True),
    money("taken_minor", counter=True), money("from_held_minor", counter=True),
    money("stand_in_minor", counter=True),
    instant("happened_at"), instant("recorded_at"),
    ForeignKeyConstraint(["account_id"], ["account.id"]),
    CheckConstraint("amount_minor > 0", name="amount_positive"),
    CheckConstraint(row_checks.BUCKETS_OF_KIND, name="buckets_of_kind"),
    CheckConstraint(row_checks.COUNTS_OF_KIND, name="counts_of_kind"),
    CheckConstraint(row_checks.SWEEP_HAS_CLAIM, name="sweep_has_claim"),
    CheckConstraint(row_checks.HOLD_HAS_WITHDRAWAL, name="hold_has_withdrawal"),
    # A hold is made once and ends once; only reversals may come in parts.
    Index("uq_transfer_hold", "withdrawal_id", unique=True,
          sqlite_where=text("kind = 'hold'"), postgresql_where=text("kind = 'hold'")),
    Index("uq_transfer_hold_end", "withdrawal_id", unique=True,
          sqlite_where=text("kind IN ('capture', 'void')"),
          postgresql_where=text("kind IN ('capture', 'void')")),
    Index("ix_transfer_withdrawal_id", "withdrawal_id",
          sqlite_where=text("withdrawal_id IS NOT NULL"), postgresql_where=text("withdrawal_id IS NOT NULL")),
    Index("uq_transfer_sweep_kind", "sweep_id", "kind", unique=True,
          sqlite_where=text("sweep_id IS NOT NULL"), postgresql_where=text("sweep_id IS NOT NULL")),
    Index("ix_transfer_account_id", "account_id", "recorded_at"),
    # For a fund's balance since its last closing, and for its newest entries.
    *(Index(name, column, sqlite_where=text("credit_bucket = 'case_fund' OR debit_bucket = 'case_fund'"),
            postgresql_where=text("credit_bucket = 'case_fund' OR debit_bucket = 'case_fund'"))
      for name, column in (("ix_transfer_case_fund", "recorded_at"), ("ix_transfer_case_fund_id", "id"))),
)

transaction_claim = Table(
    "transaction_claim", metadata,  # the same cash is counted once, whichever message speaks of it
    identifier("account_id"), words("transaction_reference"), instant("recorded_at"),
    PrimaryKeyConstraint("account_id", "transaction_reference"),
    ForeignKeyConstraint(["account_id"], ["account.id"]),
)
