"""Every table of the service, by subject. The migrations make them; a test holds both equal."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    ForeignKeyConstraint,
    Identity,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    PrimaryKeyConstraint,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from livefreeze.rules.freeze import FreezeStatus
from livefreeze.store import row_checks
from livefreeze.store.columns import identifier, instant, money, sealed

metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
    }
)


def _key(name: str = "id") -> Column:
    return identifier(name, primary_key=True)


def _one_of(column: str, *values: str) -> CheckConstraint:
    return CheckConstraint(f"{column} IN ({', '.join(repr(str(v)) for v in values)})", name=f"{column}_known")


def _text(name: str, nullable: bool = False, **options) -> Column:
    return Column(name, Text, nullable=nullable, **options)


# --- tenants and users -------------------------------------------------------------------------

court = Table(
    "court", metadata, _key(),
    _text("code", unique=True), _text("name"), instant("recorded_at"),
)

bank = Table(
    "bank", metadata, _key(),
    _text("code", unique=True), _text("name"), _text("url"), instant("recorded_at"),
    # The breaker: shared by all workers, so that one slow bank is not asked by each of them in turn.
    Column("failures", Integer, nullable=False, server_default="0"),
    instant("closed_until", nullable=True),
)

bank_key = Table(
    "bank_key", metadata, _key(),
    identifier("bank_id", index=True),
    _text("direction"), _text("scheme"), sealed("key_sealed"), instant("recorded_at"),
    instant("retired_at", nullable=True),
    ForeignKeyConstraint(["bank_id"], ["bank.id"]),
    _one_of("direction", "inbound", "outbound"),
    _one_of("scheme", "v1", "v1a"),
)

staff = Table(
    "staff", metadata, _key(),
    _text("login", unique=True),
    _text("person"),  # one human, whatever logins they have: four eyes compare persons
    identifier("court_id", nullable=True), identifier("bank_id", nullable=True),
    _text("role"), instant("recorded_at"), instant("disabled_at", nullable=True),
    ForeignKeyConstraint(["court_id"], ["court.id"]),
    ForeignKeyConstraint(["bank_id"], ["bank.id"]),
    _one_of("role", "judge", "clerk", "finance", "auditor", "admin", "teller"),
    CheckConstraint("court_id IS NULL OR bank_id IS NULL", name="one_tenant"),
)

api_token = Table(
    "api_token", metadata,
    Column("digest", LargeBinary, primary_key=True),  # SHA-256 of the token: the token itself is shown once
    identifier("staff_id", index=True), instant("recorded_at"), instant("expires_at"),
    instant("revoked_at", nullable=True),
    ForeignKeyConstraint(["staff_id"], ["staff.id"]),
)

credential = Table(
    "credential", metadata,
    identifier("staff_id", primary_key=True),
    _text("password_hash"), sealed("totp_sealed", nullable=True),  # none: the password alone, in development only
    Column("totp_step", BigInteger),  # the last step whose code was taken: a code works once
    instant("changed_at"),
    ForeignKeyConstraint(["staff_id"], ["staff.id"]),
)

recovery_code = Table(
    "recovery_code", metadata,
    Column("digest", LargeBinary, primary_key=True), identifier("staff_id", index=True), instant("recorded_at"),
    instant("used_at", nullable=True),
    ForeignKeyConstraint(["staff_id"], ["staff.id"]),
)

invitation = Table(
    "invitation", metadata,  # a link, used once, by which a person chooses a password and a second factor
    Column("digest", LargeBinary, primary_key=True), identifier("staff_id", index=True), instant("recorded_at"),
    instant("expires_at"), instant("used_at", nullable=True),
    ForeignKeyConstraint(["staff_id"], ["staff.id"]),
)

login_attempt = Table(
    "login_attempt", metadata, _key(),  # by keyed index, so that nobody reads here which names were tried
    Column("login_index", LargeBinary, nullable=False), Column("address_index", LargeBinary, nullable=False),
    _text("outcome"), instant("attempted_at"),
    _one_of("outcome", "begun", "half", "right", "wrong"),
    Index("ix_login_attempt_login_index", "login_index", "attempted_at"),
    Index("ix_login_attempt_address_index", "address_index", "attempted_at"),
)

login_session = Table(
    "login_session", metadata, _key(),
    Column("digest", LargeBinary, nullable=False, unique=True),  # SHA-256 of the token that the browser brings
    identifier("staff_id", nullable=True, index=True), identifier("debtor_id", nullable=True, index=True),
    _text("agent"),  # which browser, in a few words, so that people recognise their own
    instant("recorded_at"), instant("seen_at"), instant("expires_at"), instant("ended_at", nullable=True),
    identifier("acting_for", nullable=True),  # the member of staff for whom the holder stands in
    ForeignKeyConstraint(["staff_id"], ["staff.id"]),
    ForeignKeyConstraint(["debtor_id"], ["debtor.id"]),
    ForeignKeyConstraint(["acting_for"], ["staff.id"]),
    CheckConstraint("(staff_id IS NULL) <> (debtor_id IS NULL)", name="one_holder"),
)

deputy = Table(
    "deputy", metadata, _key(),  # who stands in for whom, and when, by the business clock
    identifier("staff_id", index=True), identifier("deputy_id", index=True),
    instant("valid_from"), instant("valid_until"), instant("recorded_at"), instant("ended_at", nullable=True),
    ForeignKeyConstraint(["staff_id"], ["staff.id"]),
    ForeignKeyConstraint(["deputy_id"], ["staff.id"]),
    CheckConstraint("staff_id <> deputy_id", name="another_person"),
    CheckConstraint("valid_from < valid_until", name="term_forward"),
)

# --- what a court works on ---------------------------------------------------------------------

debtor = Table(
    "debtor", metadata, _key(),
    sealed("name_sealed"), sealed("id_number_sealed"),
    Column("id_number_index", LargeBinary, nullable=False, unique=True),
    instant("recorded_at"),
)

court_debtor = Table(
    "court_debtor", metadata,  # who may be named by which court: it gave their ID number itself
    identifier("court_id"), identifier("debtor_id"), instant("recorded_at"),
    PrimaryKeyConstraint("court_id", "debtor_id"),
    ForeignKeyConstraint(["court_id"], ["court.id"]),
    ForeignKeyConstraint(["debtor_id"], ["debtor.id"]),
)

court_case = Table(
    "court_case", metadata, _key(),
    identifier("court_id"), _text("case_number"), sealed("creditor_sealed", nullable=True),
    instant("recorded_at"),
    ForeignKeyConstraint(["court_id"], ["court.id"]),
    UniqueConstraint("court_id", "case_number"),
    Index("ix_court_case_case_number", "case_number"),
    Index("ix_court_case_court_id_id", "court_id", "id"),
)

case_number_key = Table(
    "case_number_key", metadata,  # by what people find a case: brackets, digits and spaces of all widths are alike
    identifier("case_id", primary_key=True), identifier("court_id"), _text("number_key"), _text("serial"),
    instant("recorded_at"),
    ForeignKeyConstraint(["case_id"], ["court_case.id"]),
    Index("ix_case_number_key_number_key", "court_id", "number_key", "case_id"),
    Index("ix_case_number_key_serial", "court_id", "serial", "case_id"),
)

case_debtor = Table(
    "case_debtor", metadata,
    identifier("case_id"), identifier("debtor_id"),
    PrimaryKeyConstraint("case_id", "debtor_id"),
    ForeignKeyConstraint(["case_id"], ["court_case.id"]),
    ForeignKeyConstraint(["debtor_id"], ["debtor.id"]),
    Index("ix_case_debtor_debtor_id", "debtor_id"),
)

claim = Table(
    "claim", metadata, _key(),
    identifier("case_id"), _text("currency"),
    money("target_minor"),  # what the court says is owed
    # The ceiling for instructions: above the target only while transfers are on the way
    money("quota_minor"),
    money("settled_minor", counter=True), money("in_transit_minor", counter=True),
    money("over_collected_minor", counter=True),
    instant("recorded_at"),
    ForeignKeyConstraint(["case_id"], ["court_case.id"]),
    UniqueConstraint("case_id", "currency"),
    CheckConstraint("target_minor > 0 AND quota_minor >= target_minor", name="quota_covers_target"),
    CheckConstraint("settled_minor >= 0 AND in_transit_minor >= 0 AND over_collected_minor >= 0",
                    name="counters_not_negative"),
    CheckConstraint("settled_minor + in_transit_minor <= quota_minor + over_collected_minor",
                    name="within_quota"),
)

rule = Table(
    "rule", metadata, _key(),
    identifier("court_id"), Column("digest", LargeBinary, nullable=False), _text("document"),
    instant("recorded_at"),
    ForeignKeyConstraint(["court_id"], ["court.id"]),
    UniqueConstraint("court_id", "digest"),
)

court_rule = Table(
    "court_rule", metadata, _key(),  # a rule that a court has named; orders that follow it are under its newest version
    identifier("court_id"), _text("name"), _text("currency"), Column("current_version", Integer, nullable=False),
    instant("recorded_at"),
    ForeignKeyConstraint(["court_id"], ["court.id"]),
    UniqueConstraint("court_id", "name"),
)

court_rule_version = Table(
    "court_rule_version", metadata,  # append only: what was in force since when, and who approved it
    identifier("court_rule_id"), Column("version", Integer, nullable=False), identifier("rule_id"),
    instant("valid_from"), identifier("proposal_id"), identifier("approved_by"), instant("recorded_at"),
    PrimaryKeyConstraint("court_rule_id", "version"),
    ForeignKeyConstraint(["court_rule_id"], ["court_rule.id"]),
    ForeignKeyConstraint(["rule_id"], ["rule.id"]),
    ForeignKeyConstraint(["approved_by"], ["staff.id"]),
    CheckConstraint("version > 0", name="version_from_one"),
)

rule_adoption = Table(
    "rule_adoption", metadata,  # how far a version has been put in force on the pools: sorted by id, after this one
    identifier("court_rule_id"), Column("version", Integer, nullable=False),
    identifier("after_pool_id", server_default=""), Column("pools_done", Integer, nullable=False, server_default="0"),
    instant("finished_at", nullable=True),
    PrimaryKeyConstraint("court_rule_id", "version"),
    ForeignKeyConstraint(["court_rule_id"], ["court_rule.id"]),
    Index("ix_rule_adoption_open", "court_rule_id",
          sqlite_where=text("finished_at IS NULL"), postgresql_where=text("finished_at IS NULL")),
)

case_fund = Table(
    "case_fund", metadata, _key(),
    identifier("court_id"), _text("currency"), _text("bank_code"),
    sealed("number_sealed"), _text("name"), instant("recorded_at"), instant("retired_at", nullable=True),
    ForeignKeyConstraint(["court_id"], ["court.id"]),
    Index("uq_case_fund_current", "court_id", "currency", unique=True,
          sqlite_where=text("retired_at IS NULL"), postgresql_where=text("retired_at IS NULL")),
)

# --- pools, accounts, orders -------------------------------------------------------------------

_PERIOD_COUNTERS_WITHIN = CheckConstraint("from_held_minor <= ceiling_minor", name="within_ceiling")

pool = Table(
    "pool", metadata, _key(),
    identifier("debtor_id"), _text("currency"),
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
    "account", metadata, _key(),
    identifier("bank_id"), identifier("debtor_id"), identifier("pool_id", index=True),
    sealed("number_sealed"), Column("number_index", LargeBinary, nullable=False),
    _text("currency"),
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
    "freeze_order", metadata, _key(),
    identifier("court_id"), identifier("case_id"), identifier("claim_id", index=True),
    identifier("pool_id", index=True), identifier("rule_id"),
    _text("notice_number"), _text("status"),
    Column("rank", BigInteger),  # by receipt: the first order in force on a pool is 1
    instant("recorded_at"), instant("in_force_at", nullable=True), instant("ended_at", nullable=True),
    ForeignKeyConstraint(["court_id"], ["court.id"]),
    ForeignKeyConstraint(["case_id"], ["court_case.id"]),
    ForeignKeyConstraint(["claim_id"], ["claim.id"]),
    ForeignKeyConstraint(["pool_id"], ["pool.id"]),
    ForeignKeyConstraint(["rule_id"], ["rule.id"]),
    UniqueConstraint("court_id", "notice_number"),
    UniqueConstraint("pool_id", "rank"),
    _one_of("status", *FreezeStatus),
    Index("ix_freeze_order_court_id_id", "court_id", "id"),
    Index("ix_freeze_order_status", "court_id", "status", "id"),
    Index("ix_freeze_order_case_id", "case_id", "id"),
)

freeze_order_account = Table(
    "freeze_order_account", metadata,
    identifier("order_id"), identifier("account_id"), _text("receipt"), instant("receipt_at", nullable=True),
    PrimaryKeyConstraint("order_id", "account_id"),
    ForeignKeyConstraint(["order_id"], ["freeze_order.id"]),
    ForeignKeyConstraint(["account_id"], ["account.id"]),
    Index("ix_freeze_order_account_account_id", "account_id"),
    _one_of("receipt", "waiting", "accepted", "partial", "refused"),
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

# --- four eyes ---------------------------------------------------------------------------------

proposal = Table(
    "proposal", metadata, _key(),
    identifier("court_id", index=True), _text("kind"), identifier("subject_id", nullable=True, index=True),
    _text("status"), Column("version", Integer, nullable=False),
    Column("digest", LargeBinary, nullable=False),
    identifier("approved_by", nullable=True), instant("approved_at", nullable=True), instant("recorded_at"),
    ForeignKeyConstraint(["court_id"], ["court.id"]),
    ForeignKeyConstraint(["approved_by"], ["staff.id"]),
    CheckConstraint("kind LIKE '_%._%'", name="kind_known"),  # flows.approvals knows them
    _one_of("status", "open", "approved", "withdrawn"),
    Index("ix_proposal_court_id_id", "court_id", "id"),
    Index("ix_proposal_open", "court_id", "id",
          sqlite_where=text("status = 'open'"), postgresql_where=text("status = 'open'")),
)

proposal_version = Table(
    "proposal_version", metadata,  # append only: what was written, by whom
    identifier("proposal_id"), Column("version", Integer, nullable=False), sealed("document_sealed"),
    Column("digest", LargeBinary, nullable=False), identifier("edited_by"), instant("recorded_at"),
    PrimaryKeyConstraint("proposal_id", "version"),
    ForeignKeyConstraint(["proposal_id"], ["proposal.id"]),
    ForeignKeyConstraint(["edited_by"], ["staff.id"]),
)

platform_proposal = Table(
    "platform_proposal", metadata, _key(),  # append only: what one administrator asks and another decides
    identifier("court_id", nullable=True), identifier("bank_id", nullable=True),  # whom it is about
    _text("kind"), identifier("subject_id", nullable=True), sealed("document_sealed"),
    Column("digest", LargeBinary, nullable=False), identifier("prepared_by"), instant("recorded_at"),
    ForeignKeyConstraint(["court_id"], ["court.id"]),
    ForeignKeyConstraint(["bank_id"], ["bank.id"]),
    ForeignKeyConstraint(["prepared_by"], ["staff.id"]),
    CheckConstraint("kind LIKE '_%._%'", name="kind_known"),  # flows.operator.proposals knows them
    Index("ix_platform_proposal_subject_id", "subject_id"),
)

platform_decision = Table(
    "platform_decision", metadata,  # append only: a proposal is decided once
    identifier("proposal_id", primary_key=True), _text("outcome"), identifier("decided_by"), instant("recorded_at"),
    ForeignKeyConstraint(["proposal_id"], ["platform_proposal.id"]),
    ForeignKeyConstraint(["decided_by"], ["staff.id"]),
    _one_of("outcome", "approved", "withdrawn"),
)

# --- movements ---------------------------------------------------------------------------------

withdrawal = Table(
    "withdrawal", metadata, _key(),
    identifier("bank_id"), _text("reference"), identifier("account_id"), identifier("pool_id"),
    money("amount_minor"), money("captured_minor", server_default="0"), _text("currency"), _text("channel"),
    _text("status"), _text("reason"),
    money("from_held_minor"), instant("period_start"),
    instant("happened_at"), instant("expires_at", nullable=True), instant("recorded_at"),
    ForeignKeyConstraint(["bank_id"], ["bank.id"]),
    ForeignKeyConstraint(["account_id"], ["account.id"]),
    UniqueConstraint("bank_id", "reference"),
    _one_of("status", "authorised", "declined", "captured", "voided", "queried", "reversed"),
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
    "sweep", metadata, _key(),
    identifier("claim_id"), identifier("order_id"), identifier("account_id", index=True),
    identifier("pool_id"),
    identifier("case_fund_id"), _text("run"),  # the timetable's run or the click that made it
    money("amount_minor"), _text("currency"), _text("status"), instant("recorded_at"),
    instant("finished_at", nullable=True),
    ForeignKeyConstraint(["claim_id"], ["claim.id"]),
    ForeignKeyConstraint(["order_id"], ["freeze_order.id"]),
    ForeignKeyConstraint(["account_id"], ["account.id"]),
    ForeignKeyConstraint(["case_fund_id"], ["case_fund.id"]),
    UniqueConstraint("run", "claim_id", "account_id"),
    Index("ix_sweep_claim_id", "claim_id", "finished_at"),
    _one_of("status", "instructed", "settled", "failed", "returned"),
    CheckConstraint("amount_minor > 0", name="amount_positive"),
    Index("ix_sweep_order_id", "order_id", "id"),
    Index("ix_sweep_unsettled", "id", sqlite_where=text("status IN ('failed', 'returned')"),
          postgresql_where=text("status IN ('failed', 'returned')")),
)

transfer = Table(
    "transfer", metadata, _key(),  # append only: one row is one movement, both its sides
    _text("kind"), identifier("account_id"), identifier("pool_id"),
    _text("debit_bucket"), _text("credit_bucket"), money("amount_minor"), _text("currency"),
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
)

transaction_claim = Table(
    "transaction_claim", metadata,  # the same cash is counted once, whichever message speaks of it
    identifier("account_id"), _text("transaction_reference"), instant("recorded_at"),
    PrimaryKeyConstraint("account_id", "transaction_reference"),
    ForeignKeyConstraint(["account_id"], ["account.id"]),
)

# --- counters without a system of their own, debtors who log in --------------------------------

counter_withdrawal = Table(
    "counter_withdrawal", metadata,  # what a teller asked on our page
    _key("withdrawal_id"), identifier("bank_id"), identifier("staff_id"), _text("identified_by"),
    _text("shown"),  # JSON: the figures of the answer, so that its slip can be printed again
    instant("recorded_at"),
    instant("ended_at", nullable=True),  # declined, confirmed or given up on our page
    ForeignKeyConstraint(["withdrawal_id"], ["withdrawal.id"]),
    Index("ix_counter_withdrawal_bank_id", "bank_id", "recorded_at", "withdrawal_id"),
    Index("ix_counter_withdrawal_open", "bank_id", "withdrawal_id",
          sqlite_where=text("ended_at IS NULL"), postgresql_where=text("ended_at IS NULL")),
)

counter_reversal = Table(
    "counter_reversal", metadata, _key(),  # cash that came back: one teller asks, another person approves
    identifier("bank_id"), identifier("withdrawal_id"), money("amount_minor"), _text("reason"),
    Column("digest", LargeBinary, nullable=False),  # of what is asked: that, and nothing else, is approved
    _text("status"), identifier("asked_by"), instant("recorded_at"),
    identifier("ended_by", nullable=True), instant("ended_at", nullable=True),
    ForeignKeyConstraint(["withdrawal_id"], ["withdrawal.id"]),
    ForeignKeyConstraint(["asked_by"], ["staff.id"]),
    ForeignKeyConstraint(["ended_by"], ["staff.id"]),
    CheckConstraint("amount_minor > 0", name="amount_positive"),
    _one_of("reason", "cash_returned", "miscounted", "wrong_person"),
    _one_of("status", "open", "approved", "withdrawn"),
    Index("uq_counter_reversal_open", "withdrawal_id", unique=True,
          sqlite_where=text("status = 'open'"), postgresql_where=text("status = 'open'")),
    Index("ix_counter_reversal_open", "bank_id", "id",
          sqlite_where=text("status = 'open'"), postgresql_where=text("status = 'open'")),
)

notice = Table(
    "notice", metadata, _key(),  # what is to be told to a debtor; whoever delivers it takes it from here
    identifier("debtor_id"), _text("kind"), sealed("text_sealed"), instant("recorded_at"),
    instant("delivered_at", nullable=True),
    ForeignKeyConstraint(["debtor_id"], ["debtor.id"]),
)

debtor_code = Table(
    "debtor_code", metadata, _key(),  # one-time codes; one without a debtor is for somebody whom we do not know
    Column("challenge", LargeBinary, nullable=False),  # SHA-256 of what the asking browser holds
    Column("subject_index", LargeBinary, nullable=False),  # blind index of what was typed
    identifier("debtor_id", nullable=True), Column("digest", LargeBinary, nullable=False),
    Column("tries", Integer, nullable=False, server_default="0"),
    instant("recorded_at"), instant("expires_at"), instant("used_at", nullable=True),  # of the wall clock
    ForeignKeyConstraint(["debtor_id"], ["debtor.id"]),
    Index("ix_debtor_code_challenge", "challenge"),
    Index("ix_debtor_code_subject_index", "subject_index", "recorded_at"),
    Index("ix_debtor_code_debtor_id", "debtor_id", "recorded_at"),
    Index("ix_debtor_code_recorded_at", "recorded_at"),
)

# --- messages ----------------------------------------------------------------------------------

message_claim = Table(
    "message_claim", metadata,  # an id is claimed once, with the digest of its body and the answer it got
    identifier("bank_id"), _text("message_id"), Column("digest", LargeBinary, nullable=False),
    sealed("answer_sealed", nullable=True),  # empty only while a batch is being applied
    instant("recorded_at"),
    PrimaryKeyConstraint("bank_id", "message_id"),
)

inbound_message = Table(
    "inbound_message", metadata, _key(),  # evidence: the exact body and the signature it came with
    identifier("bank_id"), _text("message_id"), _text("signed_at"), _text("signature"), sealed("body_sealed"),
    instant("recorded_at"),
    Index("ix_inbound_message_message_id", "bank_id", "message_id"),
    Index("ix_inbound_message_bank_id", "bank_id", "id"),  # by when they came: when a bank was last heard of
)

event_claim = Table(
    "event_claim", metadata,
    identifier("bank_id"), _text("event_id"), Column("digest", LargeBinary, nullable=False),
    _text("outcome"), _text("problem", nullable=True), instant("recorded_at"),
    PrimaryKeyConstraint("bank_id", "event_id"),
    _one_of("outcome", "applied", "waiting", "refused"),
)

waiting_event = Table(
    "waiting_event", metadata,  # facts about an account whose receipt has not come yet
    identifier("bank_id"), _text("event_id"), Column("number_index", LargeBinary, nullable=False),
    sealed("event_sealed"), instant("recorded_at"), instant("applied_at", nullable=True),
    _text("message_id", nullable=True),  # the signed message that brought it: its evidence once it is applied
    PrimaryKeyConstraint("bank_id", "event_id"),
    Index("ix_waiting_event_account", "bank_id", "number_index",
          sqlite_where=text("applied_at IS NULL"), postgresql_where=text("applied_at IS NULL")),
)

outbound_message = Table(
    "outbound_message", metadata,
    # Writers of one lane hold its pool's lock, so the order of positions is the order of their commits.
    Column("position", BigInteger().with_variant(Integer, "sqlite"), Identity(always=True), primary_key=True),
    identifier("id", unique=True), identifier("bank_id"), identifier("lane"), _text("type"),
    sealed("body_sealed"),
    Column("attempts", Integer, nullable=False, server_default="0"),
    instant("due_at"), instant("leased_until", nullable=True),
    Column("fence", BigInteger, nullable=False, server_default="0"),
    instant("delivered_at", nullable=True), instant("dead_at", nullable=True),
    _text("last_error", nullable=True),
    instant("recorded_at"),
    ForeignKeyConstraint(["bank_id"], ["bank.id"]),
    Index("ix_outbound_message_waiting", "lane", "position",
          sqlite_where=text("delivered_at IS NULL"), postgresql_where=text("delivered_at IS NULL")),
    Index("ix_outbound_message_due", "bank_id", "due_at",
          sqlite_where=text("delivered_at IS NULL"), postgresql_where=text("delivered_at IS NULL")),
    Index("ix_outbound_message_bank_id", "bank_id", "position"),
    Index("ix_outbound_message_lane", "lane", "position"),
    Index("ix_outbound_message_dead", "bank_id", "lane",
          sqlite_where=text("dead_at IS NOT NULL AND delivered_at IS NULL"),
          postgresql_where=text("dead_at IS NOT NULL AND delivered_at IS NULL")),
    sqlite_autoincrement=True,
)

delivery_attempt = Table(
    "delivery_attempt", metadata,  # the last attempts to deliver a message, by the fence of their lease
    identifier("message_id"), Column("fence", BigInteger, nullable=False), identifier("bank_id"),
    _text("outcome"), Column("http_status", Integer), _text("error", nullable=True),
    Column("duration_ms", Integer, nullable=False), instant("ended_at"),  # of the wall clock
    PrimaryKeyConstraint("message_id", "fence"),
    ForeignKeyConstraint(["message_id"], ["outbound_message.id"]),
    _one_of("outcome", "delivered", "failed", "dead"),
    Index("ix_delivery_attempt_delivered", "bank_id", "ended_at",
          sqlite_where=text("outcome = 'delivered'"), postgresql_where=text("outcome = 'delivered'")),
)

# --- evidence and work -------------------------------------------------------------------------

audit_chain = Table(
    "audit_chain", metadata,  # the head of each chain
    _key("chain"), Column("seq", BigInteger, nullable=False), Column("hash", LargeBinary, nullable=False),
    postgresql_with={"fillfactor": 50},
)

audit_event = Table(
    "audit_event", metadata,  # append only, linked by hash
    identifier("chain"), Column("seq", BigInteger, nullable=False),
    Column("prev_hash", LargeBinary, nullable=False), Column("hash", LargeBinary, nullable=False),
    _text("document"),  # canonical JSON, the very bytes that were hashed; ids and amounts only
    instant("recorded_at"),
    PrimaryKeyConstraint("chain", "seq"),
)

alert = Table(
    "alert", metadata, _key(),
    identifier("court_id", nullable=True, index=True), identifier("bank_id", nullable=True),
    identifier("account_id", nullable=True), _text("kind"), _text("document"), instant("recorded_at"),
    instant("handled_at", nullable=True), identifier("handled_by", nullable=True),  # who of the court dealt with it
    ForeignKeyConstraint(["court_id"], ["court.id"]),
    Index("ix_alert_court_id_id", "court_id", "id"),
    Index("ix_alert_open", "court_id", "id",
          sqlite_where=text("handled_at IS NULL"), postgresql_where=text("handled_at IS NULL")),
)

form_claim = Table(
    "form_claim", metadata,  # a form of a page does its work once, however often it is sent
    identifier("key", primary_key=True), _text("owner"), _text("location", nullable=True), instant("recorded_at"),
)

job_run = Table(
    "job_run", metadata,
    _text("job"), instant("due_at"), instant("leased_until"), Column("fence", BigInteger, nullable=False),
    _text("progress", nullable=True), instant("finished_at", nullable=True),
    PrimaryKeyConstraint("job", "due_at"),
)

#: Rows of these tables are never changed or deleted; the database refuses it.
APPEND_ONLY = (transfer, audit_event, proposal_version, inbound_message, transaction_claim, court_rule_version,
               platform_proposal, platform_decision)
