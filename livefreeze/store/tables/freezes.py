"""What is frozen: pools with their periods, accounts, orders, prior holds."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    PrimaryKeyConstraint,
    Table,
    UniqueConstraint,
    text,
)

from livefreeze.rules.freeze import FreezeStatus
from livefreeze.store.columns import identifier, instant, money, sealed
from livefreeze.store.tables.shared import key, metadata, one_of, words

_PERIOD_COUNTERS_WITHIN = CheckConstraint("from_held_minor <= ceiling_minor", name="within_ceiling")

pool = Table(
    "pool", metadata, key(),
    identifier("debtor_id"), words("currency"),
    identifier("rule_id", nullable=True),
    instant("period_start", nullable=True), instant("period_end", nullable=True),
    money("allowance_minor", counter=True), money("ceiling_minor", counter=True),
    money("excess_in_minor", counter=True), money("excess_carried_minor", counter=True),
    money("reserve_minor", counter=True),
    money("taken_minor", counter=True), money("from_held_minor", counter=True),
    money("stand_in_minor", counter=True),
    # Derived by triggers from claims, orders and prior holds, so that a withdrawal reads one row:
    money("quota_left_minor", counter=True),
    # Some claim does not cover every account
    Column("is_mixed", Boolean, nullable=False, server_default=text("false")),
    instant("next_sweep_at", nullable=True),
    instant("recorded_at"),
    ForeignKeyConstraint(["debtor_id"], ["debtor.id"]),
    ForeignKeyConstraint(["rule_id"], ["rule.id"]),
    UniqueConstraint("debtor_id", "currency"),
    _PERIOD_COUNTERS_WITHIN,
    CheckConstraint("allowance_minor <= ceiling_minor", name="ceiling_is_highest"),
    CheckConstraint("taken_minor >= 0 AND from_held_minor >= 0 AND stand_in_minor >= 0",
                    name="counters_not_negative"),
    Index("ix_pool_next_sweep_at", "next_sweep_at"),
    postgresql_with={"fillfactor": 50},
)

allowance_period = Table(
    "allowance_period", metadata,  # periods that are over; the current one is on the pool
    identifier("pool_id"), instant("period_start"), instant("period_end"),
    money("allowance_minor"), money("ceiling_minor"), money("excess_in_minor"), money("excess_carried_minor"),
    money("taken_minor"), money("from_held_minor"), money("stand_in_minor"),
    PrimaryKeyConstraint("pool_id", "period_start"),
    ForeignKeyConstraint(["pool_id"], ["pool.id"]),
    CheckConstraint("from_held_minor <= ceiling_minor", name="within_ceiling"),
)

account = Table(
    "account", metadata, key(),
    identifier("bank_id"), identifier("debtor_id"), identifier("pool_id", index=True),
    sealed("number_sealed"), Column("number_index", LargeBinary, nullable=False),
    words("currency"),
    Column("is_allowance_account", Boolean, nullable=False, server_default=text("false")),
    # The receipt from which the balance counts: the bank's first of the freeze that stands.
    instant("opened_at", nullable=True), Column("opening_sequence", BigInteger),
    instant("opening_as_of", nullable=True),
    money("balance_minor", counter=True), money("held_minor", counter=True),
    money("in_transit_minor", counter=True),
    Column("is_frozen", Boolean, nullable=False, server_default=text("false")),  # derived by triggers
    instant("recorded_at"),
    ForeignKeyConstraint(["bank_id"], ["bank.id"]),
    ForeignKeyConstraint(["debtor_id"], ["debtor.id"]),
    ForeignKeyConstraint(["pool_id"], ["pool.id"]),
    UniqueConstraint("bank_id", "number_index"),
    CheckConstraint("held_minor >= 0 AND in_transit_minor >= 0", name="holds_not_negative"),
    Index("ix_account_debtor_id", "debtor_id", "id"),
    postgresql_with={"fillfactor": 50},
)

freeze_order = Table(
    "freeze_order", metadata, key(),
    identifier("court_id"), identifier("case_id"), identifier("claim_id", index=True),
    identifier("pool_id", index=True), identifier("rule_id"),
    words("notice_number"), words("status"),
    Column("rank", BigInteger),  # by receipt: the first order in force on a pool is 1
    instant("recorded_at"), instant("in_force_at", nullable=True), instant("ended_at", nullable=True),
    ForeignKeyConstraint(["court_id"], ["court.id"]),
    ForeignKeyConstraint(["case_id"], ["court_case.id"]),
    ForeignKeyConstraint(["claim_id"], ["claim.id"]),
    ForeignKeyConstraint(["pool_id"], ["pool.id"]),
    ForeignKeyConstraint(["rule_id"], ["rule.id"]),
    UniqueConstraint("court_id", "notice_number"),
    UniqueConstraint("pool_id", "rank"),
    one_of("status", *FreezeStatus),
    Index("ix_freeze_order_court_id_id", "court_id", "id"),
    Index("ix_freeze_order_status", "court_id", "status", "id"),
    Index("ix_freeze_order_case_id", "case_id", "id"),
)

freeze_order_account = Table(
    "freeze_order_account", metadata,
    identifier("order_id"), identifier("account_id"), words("receipt"), instant("receipt_at", nullable=True),
    PrimaryKeyConstraint("order_id", "account_id"),
    ForeignKeyConstraint(["order_id"], ["freeze_order.id"]),
    ForeignKeyConstraint(["account_id"], ["account.id"]),
    Index("ix_freeze_order_account_account_id", "account_id"),
    one_of("receipt", "waiting", "accepted", "partial", "refused"),
)

freeze_order_rule = Table(
    "freeze_order_rule", metadata,  # the court's rule that an order follows; one without a row carries its own
    identifier("order_id", primary_key=True), identifier("court_rule_id"), identifier("pool_id"),
    ForeignKeyConstraint(["order_id"], ["freeze_order.id"]),
    ForeignKeyConstraint(["court_rule_id"], ["court_rule.id"]),
    ForeignKeyConstraint(["pool_id"], ["pool.id"]),
    Index("ix_freeze_order_rule_pool", "court_rule_id", "pool_id"),
)

prior_hold = Table(
    "prior_hold", metadata,
    identifier("account_id"), Column("position", Integer, nullable=False), sealed("holder_sealed"),
    money("amount_minor"),
    instant("recorded_at"),
    PrimaryKeyConstraint("account_id", "position"),
    ForeignKeyConstraint(["account_id"], ["account.id"]),
    CheckConstraint("amount_minor >= 0", name="amount_not_negative"),
)
