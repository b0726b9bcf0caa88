"""What a court works on: debtors, cases, claims, rules, case funds."""

from sqlalchemy import (
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

from livefreeze.store.columns import Instant, identifier, instant, money, sealed
from livefreeze.store.tables.shared import key, metadata, words

debtor = Table(
    "debtor", metadata, key(),
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
    "court_case", metadata, key(),
    identifier("court_id"), words("case_number"), sealed("creditor_sealed", nullable=True),
    instant("recorded_at"),
    ForeignKeyConstraint(["court_id"], ["court.id"]),
    UniqueConstraint("court_id", "case_number"),
    Index("ix_court_case_case_number", "case_number"),
    Index("ix_court_case_court_id_id", "court_id", "id"),
)

case_number_key = Table(
    "case_number_key", metadata,  # by what people find a case: brackets, digits and spaces of all widths are alike
    identifier("case_id", primary_key=True), identifier("court_id"), words("number_key"), words("serial"),
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
    "claim", metadata, key(),
    identifier("case_id"), words("currency"),
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
    "rule", metadata, key(),
    identifier("court_id"), Column("digest", LargeBinary, nullable=False), words("document"),
    instant("recorded_at"),
    ForeignKeyConstraint(["court_id"], ["court.id"]),
    UniqueConstraint("court_id", "digest"),
)

court_rule = Table(
    "court_rule", metadata, key(),  # a rule that a court has named; orders that follow it are under its newest version
    identifier("court_id"), words("name"), words("currency"), Column("current_version", Integer, nullable=False),
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
    "case_fund", metadata, key(),
    identifier("court_id"), words("currency"), words("bank_code"),
    sealed("number_sealed"), words("name"), instant("recorded_at"), instant("retired_at", nullable=True),
    ForeignKeyConstraint(["court_id"], ["court.id"]),
    Index("uq_case_fund_current", "court_id", "currency", unique=True,
          sqlite_where=text("retired_at IS NULL"), postgresql_where=text("retired_at IS NULL")),
)

case_fund_closing = Table(
    "case_fund_closing", metadata,  # derived: the sum of a fund's entries before an instant, so that pages add up few
    identifier("court_id", primary_key=True), words("currency", primary_key=True),
    Column("closed_at", Instant, primary_key=True), money("balance_minor"),
    ForeignKeyConstraint(["court_id"], ["court.id"]),
)
