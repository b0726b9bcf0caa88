"""The money core: every table of the first release."""
# ruff: noqa: E501  (conditions are kept as one line, as the database shows them)

import sqlalchemy as sa
from alembic import op

from livefreeze.store.columns import Instant

revision = "0001_money_core"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "audit_chain",
        sa.Column("chain", sa.Text(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("chain", name=op.f("pk_audit_chain")),
        postgresql_with={"fillfactor": 50},
    )
    op.create_table(
        "audit_event",
        sa.Column("chain", sa.Text(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("prev_hash", sa.LargeBinary(), nullable=False),
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("recorded_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("chain", "seq", name=op.f("pk_audit_event")),
    )
    op.create_table(
        "bank",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("recorded_at", Instant(), nullable=False),
        sa.Column("failures", sa.Integer(), server_default="0", nullable=False),
        sa.Column("closed_until", Instant(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bank")),
        sa.UniqueConstraint("code", name=op.f("uq_bank_code")),
    )
    op.create_table(
        "court",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("recorded_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_court")),
        sa.UniqueConstraint("code", name=op.f("uq_court_code")),
    )
    op.create_table(
        "debtor",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("name_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("id_number_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("id_number_index", sa.LargeBinary(), nullable=False),
        sa.Column("recorded_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_debtor")),
        sa.UniqueConstraint("id_number_index", name=op.f("uq_debtor_id_number_index")),
    )
    op.create_table(
        "event_claim",
        sa.Column("bank_id", sa.Text(), nullable=False),
        sa.Column("event_id", sa.Text(), nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("problem", sa.Text(), nullable=True),
        sa.Column("recorded_at", Instant(), nullable=False),
        sa.CheckConstraint("outcome IN ('applied', 'waiting', 'refused')", name=op.f("ck_event_claim_outcome_known")),
        sa.PrimaryKeyConstraint("bank_id", "event_id", name=op.f("pk_event_claim")),
    )
    op.create_table(
        "inbound_message",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("bank_id", sa.Text(), nullable=False),
        sa.Column("message_id", sa.Text(), nullable=False),
        sa.Column("signed_at", sa.Text(), nullable=False),
        sa.Column("signature", sa.Text(), nullable=False),
        sa.Column("body_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("recorded_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inbound_message")),
    )
    op.create_index("ix_inbound_message_message_id", "inbound_message", ["bank_id", "message_id"], unique=False)
    op.create_table(
        "job_run",
        sa.Column("job", sa.Text(), nullable=False),
        sa.Column("due_at", Instant(), nullable=False),
        sa.Column("leased_until", Instant(), nullable=False),
        sa.Column("fence", sa.BigInteger(), nullable=False),
        sa.Column("progress", sa.Text(), nullable=True),
        sa.Column("finished_at", Instant(), nullable=True),
        sa.PrimaryKeyConstraint("job", "due_at", name=op.f("pk_job_run")),
    )
    op.create_table(
        "message_claim",
        sa.Column("bank_id", sa.Text(), nullable=False),
        sa.Column("message_id", sa.Text(), nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("answer_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("recorded_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("bank_id", "message_id", name=op.f("pk_message_claim")),
    )
    op.create_table(
        "waiting_event",
        sa.Column("bank_id", sa.Text(), nullable=False),
        sa.Column("event_id", sa.Text(), nullable=False),
        sa.Column("number_index", sa.LargeBinary(), nullable=False),
        sa.Column("event_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("recorded_at", Instant(), nullable=False),
        sa.Column("applied_at", Instant(), nullable=True),
        sa.PrimaryKeyConstraint("bank_id", "event_id", name=op.f("pk_waiting_event")),
    )
    op.create_index(
        "ix_waiting_event_account",
        "waiting_event",
        ["bank_id", "number_index"],
        unique=False,
        sqlite_where=sa.text("applied_at IS NULL"),
        postgresql_where=sa.text("applied_at IS NULL"),
    )
    op.create_table(
        "alert",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("court_id", sa.Text(), nullable=True),
        sa.Column("bank_id", sa.Text(), nullable=True),
        sa.Column("account_id", sa.Text(), nullable=True),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("recorded_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(["court_id"], ["court.id"], name=op.f("fk_alert_court_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_alert")),
    )
    op.create_index(op.f("ix_alert_court_id"), "alert", ["court_id"], unique=False)
    op.create_table(
        "bank_key",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("bank_id", sa.Text(), nullable=False),
        sa.Column("direction", sa.Text(), nullable=False),
        sa.Column("scheme", sa.Text(), nullable=False),
        sa.Column("key_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("recorded_at", Instant(), nullable=False),
        sa.Column("retired_at", Instant(), nullable=True),
        sa.CheckConstraint("direction IN ('inbound', 'outbound')", name=op.f("ck_bank_key_direction_known")),
        sa.CheckConstraint("scheme IN ('v1', 'v1a')", name=op.f("ck_bank_key_scheme_known")),
        sa.ForeignKeyConstraint(["bank_id"], ["bank.id"], name=op.f("fk_bank_key_bank_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bank_key")),
    )
    op.create_index(op.f("ix_bank_key_bank_id"), "bank_key", ["bank_id"], unique=False)
    op.create_table(
        "case_fund",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("court_id", sa.Text(), nullable=False),
        sa.Column("currency", sa.Text(), nullable=False),
        sa.Column("bank_code", sa.Text(), nullable=False),
        sa.Column("number_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("recorded_at", Instant(), nullable=False),
        sa.Column("retired_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(["court_id"], ["court.id"], name=op.f("fk_case_fund_court_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_fund")),
    )
    op.create_index(
        "uq_case_fund_current",
        "case_fund",
        ["court_id", "currency"],
        unique=True,
        sqlite_where=sa.text("retired_at IS NULL"),
        postgresql_where=sa.text("retired_at IS NULL"),
    )
    op.create_table(
        "court_case",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("court_id", sa.Text(), nullable=False),
        sa.Column("case_number", sa.Text(), nullable=False),
        sa.Column("creditor_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("recorded_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(["court_id"], ["court.id"], name=op.f("fk_court_case_court_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_court_case")),
        sa.UniqueConstraint("court_id", "case_number", name=op.f("uq_court_case_court_id_case_number")),
    )
    op.create_table(
        "court_debtor",
        sa.Column("court_id", sa.Text(), nullable=False),
        sa.Column("debtor_id", sa.Text(), nullable=False),
        sa.Column("recorded_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(["court_id"], ["court.id"], name=op.f("fk_court_debtor_court_id")),
        sa.ForeignKeyConstraint(["debtor_id"], ["debtor.id"], name=op.f("fk_court_debtor_debtor_id")),
        sa.PrimaryKeyConstraint("court_id", "debtor_id", name=op.f("pk_court_debtor")),
    )
    op.create_table(
        "outbound_message",
        sa.Column(
            "position", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), sa.Identity(always=True), nullable=False
        ),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("bank_id", sa.Text(), nullable=False),
        sa.Column("lane", sa.Text(), nullable=False),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("body_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("attempts", sa.Integer(), server_default="0", nullable=False),
        sa.Column("due_at", Instant(), nullable=False),
        sa.Column("leased_until", Instant(), nullable=True),
        sa.Column("fence", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("delivered_at", Instant(), nullable=True),
        sa.Column("dead_at", Instant(), nullable=True),
        sa.Column("last_error", sa.Text(), nullable=True),
        sa.Column("recorded_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(["bank_id"], ["bank.id"], name=op.f("fk_outbound_message_bank_id")),
        sa.PrimaryKeyConstraint("position", name=op.f("pk_outbound_message")),
        sa.UniqueConstraint("id", name=op.f("uq_outbound_message_id")),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "ix_outbound_message_due",
        "outbound_message",
        ["bank_id", "due_at"],
        unique=False,
        sqlite_where=sa.text("delivered_at IS NULL"),
        postgresql_where=sa.text("delivered_at IS NULL"),
    )
    op.create_index(
        "ix_outbound_message_waiting",
        "outbound_message",
        ["lane", "position"],
        unique=False,
        sqlite_where=sa.text("delivered_at IS NULL"),
        postgresql_where=sa.text("delivered_at IS NULL"),
    )
    op.create_table(
        "rule",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("court_id", sa.Text(), nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("recorded_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(["court_id"], ["court.id"], name=op.f("fk_rule_court_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rule")),
        sa.UniqueConstraint("court_id", "digest", name=op.f("uq_rule_court_id_digest")),
    )
    op.create_table(
        "staff",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("login", sa.Text(), nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("court_id", sa.Text(), nullable=True),
        sa.Column("bank_id", sa.Text(), nullable=True),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("recorded_at", Instant(), nullable=False),
        sa.Column("disabled_at", Instant(), nullable=True),
        sa.CheckConstraint(
            "role IN ('judge', 'clerk', 'finance', 'auditor', 'admin', 'teller')", name=op.f("ck_staff_role_known")
        ),
        sa.CheckConstraint("court_id IS NULL OR bank_id IS NULL", name=op.f("ck_staff_one_tenant")),
        sa.ForeignKeyConstraint(["bank_id"], ["bank.id"], name=op.f("fk_staff_bank_id")),
        sa.ForeignKeyConstraint(["court_id"], ["court.id"], name=op.f("fk_staff_court_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff")),
        sa.UniqueConstraint("login", name=op.f("uq_staff_login")),
    )
    op.create_table(
        "api_token",
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("staff_id", sa.Text(), nullable=False),
        sa.Column("recorded_at", Instant(), nullable=False),
        sa.Column("expires_at", Instant(), nullable=False),
        sa.Column("revoked_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_api_token_staff_id")),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_api_token")),
    )
    op.create_index(op.f("ix_api_token_staff_id"), "api_token", ["staff_id"], unique=False)
    op.create_table(
        "case_debtor",
        sa.Column("case_id", sa.Text(), nullable=False),
        sa.Column("debtor_id", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["court_case.id"], name=op.f("fk_case_debtor_case_id")),
        sa.ForeignKeyConstraint(["debtor_id"], ["debtor.id"], name=op.f("fk_case_debtor_debtor_id")),
        sa.PrimaryKeyConstraint("case_id", "debtor_id", name=op.f("pk_case_debtor")),
    )
    op.create_index("ix_case_debtor_debtor_id", "case_debtor", ["debtor_id"], unique=False)
    op.create_table(
        "claim",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("case_id", sa.Text(), nullable=False),
        sa.Column("currency", sa.Text(), nullable=False),
        sa.Column("target_minor", sa.BigInteger(), nullable=False),
        sa.Column("quota_minor", sa.BigInteger(), nullable=False),
        sa.Column("settled_minor", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("in_transit_minor", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("over_collected_minor", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("recorded_at", Instant(), nullable=False),
        sa.CheckConstraint(
            "settled_minor + in_transit_minor <= quota_minor + over_collected_minor", name=op.f("ck_claim_within_quota")
        ),
        sa.CheckConstraint(
            "settled_minor >= 0 AND in_transit_minor >= 0 AND over_collected_minor >= 0",
            name=op.f("ck_claim_counters_not_negative"),
        ),
        sa.CheckConstraint(
            "target_minor > 0 AND quota_minor >= target_minor", name=op.f("ck_claim_quota_covers_target")
        ),
        sa.ForeignKeyConstraint(["case_id"], ["court_case.id"], name=op.f("fk_claim_case_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_claim")),
        sa.UniqueConstraint("case_id", "currency", name=op.f("uq_claim_case_id_currency")),
    )
    op.create_table(
        "pool",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("debtor_id", sa.Text(), nullable=False),
        sa.Column("currency", sa.Text(), nullable=False),
        sa.Column("rule_id", sa.Text(), nullable=True),
        sa.Column("period_start", Instant(), nullable=True),
        sa.Column("period_end", Instant(), nullable=True),
        sa.Column("allowance_minor", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("ceiling_minor", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("excess_in_minor", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("excess_carried_minor", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("reserve_minor", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("taken_minor", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("from_held_minor", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("stand_in_minor", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("quota_left_minor", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("is_mixed", sa.Boolean(), server_default=sa.text("(false)"), nullable=False),
        sa.Column("next_sweep_at", Instant(), nullable=True),
        sa.Column("recorded_at", Instant(), nullable=False),
        sa.CheckConstraint("allowance_minor <= ceiling_minor", name=op.f("ck_pool_ceiling_is_highest")),
        sa.CheckConstraint("from_held_minor <= ceiling_minor", name=op.f("ck_pool_within_ceiling")),
        sa.CheckConstraint(
            "taken_minor >= 0 AND from_held_minor >= 0 AND stand_in_minor >= 0",
            name=op.f("ck_pool_counters_not_negative"),
        ),
        sa.ForeignKeyConstraint(["debtor_id"], ["debtor.id"], name=op.f("fk_pool_debtor_id")),
        sa.ForeignKeyConstraint(["rule_id"], ["rule.id"], name=op.f("fk_pool_rule_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pool")),
        sa.UniqueConstraint("debtor_id", "currency", name=op.f("uq_pool_debtor_id_currency")),
        postgresql_with={"fillfactor": 50},
    )
    op.create_index("ix_pool_next_sweep_at", "pool", ["next_sweep_at"], unique=False)
    op.create_table(
        "proposal",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("court_id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("subject_id", sa.Text(), nullable=True),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("approved_by", sa.Text(), nullable=True),
        sa.Column("approved_at", Instant(), nullable=True),
        sa.Column("recorded_at", Instant(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('order.serve', 'order.amend', 'order.release', 'case_fund.register')",
            name=op.f("ck_proposal_kind_known"),
        ),
        sa.CheckConstraint("status IN ('open', 'approved', 'withdrawn')", name=op.f("ck_proposal_status_known")),
        sa.ForeignKeyConstraint(["approved_by"], ["staff.id"], name=op.f("fk_proposal_approved_by")),
        sa.ForeignKeyConstraint(["court_id"], ["court.id"], name=op.f("fk_proposal_court_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proposal")),
    )
    op.create_index(op.f("ix_proposal_court_id"), "proposal", ["court_id"], unique=False)
    op.create_table(
        "account",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("bank_id", sa.Text(), nullable=False),
        sa.Column("debtor_id", sa.Text(), nullable=False),
        sa.Column("pool_id", sa.Text(), nullable=False),
        sa.Column("number_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("number_index", sa.LargeBinary(), nullable=False),
        sa.Column("currency", sa.Text(), nullable=False),
        sa.Column("is_allowance_account", sa.Boolean(), server_default=sa.text("(false)"), nullable=False),
        sa.Column("opened_at", Instant(), nullable=True),
        sa.Column("opening_sequence", sa.BigInteger(), nullable=True),
        sa.Column("opening_as_of", Instant(), nullable=True),
        sa.Column("balance_minor", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("held_minor", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("in_transit_minor", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("is_frozen", sa.Boolean(), server_default=sa.text("(false)"), nullable=False),
        sa.Column("recorded_at", Instant(), nullable=False),
        sa.CheckConstraint("held_minor >= 0 AND in_transit_minor >= 0", name=op.f("ck_account_holds_not_negative")),
        sa.ForeignKeyConstraint(["bank_id"], ["bank.id"], name=op.f("fk_account_bank_id")),
        sa.ForeignKeyConstraint(["debtor_id"], ["debtor.id"], name=op.f("fk_account_debtor_id")),
        sa.ForeignKeyConstraint(["pool_id"], ["pool.id"], name=op.f("fk_account_pool_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account")),
        sa.UniqueConstraint("bank_id", "number_index", name=op.f("uq_account_bank_id_number_index")),
        postgresql_with={"fillfactor": 50},
    )
    op.create_index(op.f("ix_account_pool_id"), "account", ["pool_id"], unique=False)
    op.create_table(
        "allowance_period",
        sa.Column("pool_id", sa.Text(), nullable=False),
        sa.Column("period_start", Instant(), nullable=False),
        sa.Column("period_end", Instant(), nullable=False),
        sa.Column("allowance_minor", sa.BigInteger(), nullable=False),
        sa.Column("ceiling_minor", sa.BigInteger(), nullable=False),
        sa.Column("excess_in_minor", sa.BigInteger(), nullable=False),
        sa.Column("excess_carried_minor", sa.BigInteger(), nullable=False),
        sa.Column("taken_minor", sa.BigInteger(), nullable=False),
        sa.Column("from_held_minor", sa.BigInteger(), nullable=False),
        sa.Column("stand_in_minor", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("from_held_minor <= ceiling_minor", name=op.f("ck_allowance_period_within_ceiling")),
        sa.ForeignKeyConstraint(["pool_id"], ["pool.id"], name=op.f("fk_allowance_period_pool_id")),
        sa.PrimaryKeyConstraint("pool_id", "period_start", name=op.f("pk_allowance_period")),
    )
    op.create_table(
        "freeze_order",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("court_id", sa.Text(), nullable=False),
        sa.Column("case_id", sa.Text(), nullable=False),
        sa.Column("claim_id", sa.Text(), nullable=False),
        sa.Column("pool_id", sa.Text(), nullable=False),
        sa.Column("rule_id", sa.Text(), nullable=False),
        sa.Column("notice_number", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("rank", sa.BigInteger(), nullable=True),
        sa.Column("recorded_at", Instant(), nullable=False),
        sa.Column("in_force_at", Instant(), nullable=True),
        sa.Column("ended_at", Instant(), nullable=True),
        sa.CheckConstraint(
            "status IN ('prepared', 'pending', 'in_force', 'queued', 'stayed', 'lapsed', 'satisfied', 'released', 'revoked', 'refused')",
            name=op.f("ck_freeze_order_status_known"),
        ),
        sa.ForeignKeyConstraint(["case_id"], ["court_case.id"], name=op.f("fk_freeze_order_case_id")),
        sa.ForeignKeyConstraint(["claim_id"], ["claim.id"], name=op.f("fk_freeze_order_claim_id")),
        sa.ForeignKeyConstraint(["court_id"], ["court.id"], name=op.f("fk_freeze_order_court_id")),
        sa.ForeignKeyConstraint(["pool_id"], ["pool.id"], name=op.f("fk_freeze_order_pool_id")),
        sa.ForeignKeyConstraint(["rule_id"], ["rule.id"], name=op.f("fk_freeze_order_rule_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_freeze_order")),
        sa.UniqueConstraint("court_id", "notice_number", name=op.f("uq_freeze_order_court_id_notice_number")),
        sa.UniqueConstraint("pool_id", "rank", name=op.f("uq_freeze_order_pool_id_rank")),
    )
    op.create_index(op.f("ix_freeze_order_claim_id"), "freeze_order", ["claim_id"], unique=False)
    op.create_index(op.f("ix_freeze_order_pool_id"), "freeze_order", ["pool_id"], unique=False)
    op.create_table(
        "proposal_version",
        sa.Column("proposal_id", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("document_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("edited_by", sa.Text(), nullable=False),
        sa.Column("recorded_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(["edited_by"], ["staff.id"], name=op.f("fk_proposal_version_edited_by")),
        sa.ForeignKeyConstraint(["proposal_id"], ["proposal.id"], name=op.f("fk_proposal_version_proposal_id")),
        sa.PrimaryKeyConstraint("proposal_id", "version", name=op.f("pk_proposal_version")),
    )
    op.create_table(
        "freeze_order_account",
        sa.Column("order_id", sa.Text(), nullable=False),
        sa.Column("account_id", sa.Text(), nullable=False),
        sa.Column("receipt", sa.Text(), nullable=False),
        sa.Column("receipt_at", Instant(), nullable=True),
        sa.CheckConstraint(
            "receipt IN ('waiting', 'accepted', 'partial', 'refused')",
            name=op.f("ck_freeze_order_account_receipt_known"),
        ),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_freeze_order_account_account_id")),
        sa.ForeignKeyConstraint(["order_id"], ["freeze_order.id"], name=op.f("fk_freeze_order_account_order_id")),
        sa.PrimaryKeyConstraint("order_id", "account_id", name=op.f("pk_freeze_order_account")),
    )
    op.create_index("ix_freeze_order_account_account_id", "freeze_order_account", ["account_id"], unique=False)
    op.create_table(
        "prior_hold",
        sa.Column("account_id", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("holder_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("amount_minor", sa.BigInteger(), nullable=False),
        sa.Column("recorded_at", Instant(), nullable=False),
        sa.CheckConstraint("amount_minor >= 0", name=op.f("ck_prior_hold_amount_not_negative")),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_prior_hold_account_id")),
        sa.PrimaryKeyConstraint("account_id", "position", name=op.f("pk_prior_hold")),
    )
    op.create_table(
        "sweep",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("claim_id", sa.Text(), nullable=False),
        sa.Column("order_id", sa.Text(), nullable=False),
        sa.Column("account_id", sa.Text(), nullable=False),
        sa.Column("pool_id", sa.Text(), nullable=False),
        sa.Column("case_fund_id", sa.Text(), nullable=False),
        sa.Column("run", sa.Text(), nullable=False),
        sa.Column("amount_minor", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("recorded_at", Instant(), nullable=False),
        sa.Column("finished_at", Instant(), nullable=True),
        sa.CheckConstraint(
            "status IN ('instructed', 'settled', 'failed', 'returned')", name=op.f("ck_sweep_status_known")
        ),
        sa.CheckConstraint("amount_minor > 0", name=op.f("ck_sweep_amount_positive")),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_sweep_account_id")),
        sa.ForeignKeyConstraint(["case_fund_id"], ["case_fund.id"], name=op.f("fk_sweep_case_fund_id")),
        sa.ForeignKeyConstraint(["claim_id"], ["claim.id"], name=op.f("fk_sweep_claim_id")),
        sa.ForeignKeyConstraint(["order_id"], ["freeze_order.id"], name=op.f("fk_sweep_order_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sweep")),
        sa.UniqueConstraint("run", "claim_id", "account_id", name=op.f("uq_sweep_run_claim_id_account_id")),
    )
    op.create_index(op.f("ix_sweep_account_id"), "sweep", ["account_id"], unique=False)
    op.create_table(
        "transaction_claim",
        sa.Column("account_id", sa.Text(), nullable=False),
        sa.Column("transaction_reference", sa.Text(), nullable=False),
        sa.Column("recorded_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_transaction_claim_account_id")),
        sa.PrimaryKeyConstraint("account_id", "transaction_reference", name=op.f("pk_transaction_claim")),
    )
    op.create_table(
        "transfer",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("account_id", sa.Text(), nullable=False),
        sa.Column("pool_id", sa.Text(), nullable=False),
        sa.Column("debit_bucket", sa.Text(), nullable=False),
        sa.Column("credit_bucket", sa.Text(), nullable=False),
        sa.Column("amount_minor", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.Text(), nullable=False),
        sa.Column("claim_id", sa.Text(), nullable=True),
        sa.Column("withdrawal_id", sa.Text(), nullable=True),
        sa.Column("sweep_id", sa.Text(), nullable=True),
        sa.Column("corrects", sa.Text(), nullable=True),
        sa.Column("period_start", Instant(), nullable=True),
        sa.Column("taken_minor", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("from_held_minor", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("stand_in_minor", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("happened_at", Instant(), nullable=False),
        sa.Column("recorded_at", Instant(), nullable=False),
        sa.CheckConstraint(
            "(kind = 'opening' AND debit_bucket = 'outside' AND credit_bucket = 'account') OR (kind = 'opening_shortfall' AND debit_bucket = 'account' AND credit_bucket = 'outside') OR (kind = 'credit' AND debit_bucket = 'outside' AND credit_bucket = 'account') OR (kind = 'credit_reversed' AND debit_bucket = 'account' AND credit_bucket = 'outside') OR (kind = 'debit' AND debit_bucket = 'account' AND credit_bucket = 'outside') OR (kind = 'hold' AND debit_bucket = 'account' AND credit_bucket = 'withdrawal_hold') OR (kind = 'capture' AND debit_bucket = 'withdrawal_hold' AND credit_bucket = 'outside') OR (kind = 'rest_back' AND debit_bucket = 'withdrawal_hold' AND credit_bucket = 'account') OR (kind = 'void' AND debit_bucket = 'withdrawal_hold' AND credit_bucket = 'account') OR (kind = 'reverse' AND debit_bucket = 'outside' AND credit_bucket = 'account') OR (kind = 'stand_in' AND debit_bucket = 'account' AND credit_bucket = 'outside') OR (kind = 'sweep' AND debit_bucket = 'account' AND credit_bucket = 'sweep_in_transit') OR (kind = 'sweep_settled' AND debit_bucket = 'sweep_in_transit' AND credit_bucket = 'case_fund') OR (kind = 'sweep_failed' AND debit_bucket = 'sweep_in_transit' AND credit_bucket = 'account') OR (kind = 'sweep_returned' AND debit_bucket = 'case_fund' AND credit_bucket = 'account') OR (kind = 'sweep_settled_late' AND debit_bucket = 'account' AND credit_bucket = 'case_fund')",
            name=op.f("ck_transfer_buckets_of_kind"),
        ),
        sa.CheckConstraint(
            "(kind IN ('opening', 'opening_shortfall', 'credit', 'credit_reversed', 'debit', 'capture', 'sweep', 'sweep_settled', 'sweep_failed', 'sweep_returned', 'sweep_settled_late') AND taken_minor = 0 AND from_held_minor = 0 AND stand_in_minor = 0) OR (kind IN ('hold') AND taken_minor = amount_minor AND from_held_minor BETWEEN 0 AND amount_minor AND stand_in_minor = 0 AND period_start IS NOT NULL) OR (kind IN ('rest_back', 'void') AND taken_minor = -amount_minor AND from_held_minor BETWEEN -amount_minor AND 0 AND stand_in_minor = 0 AND period_start IS NOT NULL) OR (kind IN ('reverse') AND taken_minor = -amount_minor AND from_held_minor BETWEEN -amount_minor AND 0 AND stand_in_minor BETWEEN -amount_minor AND 0 AND period_start IS NOT NULL) OR (kind IN ('stand_in') AND taken_minor = amount_minor AND from_held_minor = 0 AND stand_in_minor BETWEEN 0 AND amount_minor AND period_start IS NOT NULL)",
            name=op.f("ck_transfer_counts_of_kind"),
        ),
        sa.CheckConstraint(
            "(kind IN ('sweep', 'sweep_settled', 'sweep_failed', 'sweep_returned', 'sweep_settled_late')) = (claim_id IS NOT NULL) AND (claim_id IS NOT NULL) = (sweep_id IS NOT NULL)",
            name=op.f("ck_transfer_sweep_has_claim"),
        ),
        sa.CheckConstraint(
            "withdrawal_id IS NOT NULL OR kind NOT IN ('hold', 'capture', 'rest_back', 'void')",
            name=op.f("ck_transfer_hold_has_withdrawal"),
        ),
        sa.CheckConstraint("amount_minor > 0", name=op.f("ck_transfer_amount_positive")),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_transfer_account_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_transfer")),
    )
    op.create_index("ix_transfer_account_id", "transfer", ["account_id", "recorded_at"], unique=False)
    op.create_index(
        "ix_transfer_withdrawal_id",
        "transfer",
        ["withdrawal_id"],
        unique=False,
        sqlite_where=sa.text("withdrawal_id IS NOT NULL"),
        postgresql_where=sa.text("withdrawal_id IS NOT NULL"),
    )
    op.create_index(
        "uq_transfer_hold",
        "transfer",
        ["withdrawal_id"],
        unique=True,
        sqlite_where=sa.text("kind = 'hold'"),
        postgresql_where=sa.text("kind = 'hold'"),
    )
    op.create_index(
        "uq_transfer_hold_end",
        "transfer",
        ["withdrawal_id"],
        unique=True,
        sqlite_where=sa.text("kind IN ('capture', 'void')"),
        postgresql_where=sa.text("kind IN ('capture', 'void')"),
    )
    op.create_index(
        "uq_transfer_sweep_kind",
        "transfer",
        ["sweep_id", "kind"],
        unique=True,
        sqlite_where=sa.text("sweep_id IS NOT NULL"),
        postgresql_where=sa.text("sweep_id IS NOT NULL"),
    )
    op.create_table(
        "withdrawal",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("bank_id", sa.Text(), nullable=False),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column("account_id", sa.Text(), nullable=False),
        sa.Column("pool_id", sa.Text(), nullable=False),
        sa.Column("amount_minor", sa.BigInteger(), nullable=False),
        sa.Column("captured_minor", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("currency", sa.Text(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("from_held_minor", sa.BigInteger(), nullable=False),
        sa.Column("period_start", Instant(), nullable=False),
        sa.Column("happened_at", Instant(), nullable=False),
        sa.Column("expires_at", Instant(), nullable=True),
        sa.Column("recorded_at", Instant(), nullable=False),
        sa.CheckConstraint(
            "status IN ('authorised', 'declined', 'captured', 'voided', 'queried', 'reversed')",
            name=op.f("ck_withdrawal_status_known"),
        ),
        sa.CheckConstraint("amount_minor > 0 AND captured_minor >= 0", name=op.f("ck_withdrawal_amounts")),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_withdrawal_account_id")),
        sa.ForeignKeyConstraint(["bank_id"], ["bank.id"], name=op.f("fk_withdrawal_bank_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_withdrawal")),
        sa.UniqueConstraint("bank_id", "reference", name=op.f("uq_withdrawal_bank_id_reference")),
    )
    op.create_index("ix_withdrawal_account_id", "withdrawal", ["account_id", "recorded_at"], unique=False)
    op.create_index(
        "ix_withdrawal_open",
        "withdrawal",
        ["expires_at"],
        unique=False,
        sqlite_where=sa.text("status = 'authorised'"),
        postgresql_where=sa.text("status = 'authorised'"),
    )
