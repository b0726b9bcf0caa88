"""Courts, banks, members of staff, and what they prove themselves by."""

from sqlalchemy import BigInteger, CheckConstraint, Column, ForeignKeyConstraint, Index, Integer, LargeBinary, Table

from livefreeze.store.columns import identifier, instant, sealed
from livefreeze.store.tables.shared import key, metadata, one_of, words

court = Table(
    "court", metadata, key(),
    words("code", unique=True), words("name"), instant("recorded_at"),
)

bank = Table(
    "bank", metadata, key(),
    words("code", unique=True), words("name"), words("url"), instant("recorded_at"),
    # The breaker: shared by all workers, so that one slow bank is not asked by each of them in turn.
    Column("failures", Integer, nullable=False, server_default="0"),
    instant("closed_until", nullable=True),
)

bank_key = Table(
    "bank_key", metadata, key(),
    identifier("bank_id", index=True),
    words("direction"), words("scheme"), sealed("key_sealed"), instant("recorded_at"),
    instant("retired_at", nullable=True),
    ForeignKeyConstraint(["bank_id"], ["bank.id"]),
    one_of("direction", "inbound", "outbound"),
    one_of("scheme", "v1", "v1a"),
)

staff = Table(
    "staff", metadata, key(),
    words("login", unique=True),
    words("person"),  # one human, whatever logins they have: four eyes compare persons
    identifier("court_id", nullable=True), identifier("bank_id", nullable=True),
    words("role"), instant("recorded_at"), instant("disabled_at", nullable=True),
    ForeignKeyConstraint(["court_id"], ["court.id"]),
    ForeignKeyConstraint(["bank_id"], ["bank.id"]),
    one_of("role", "judge", "clerk", "finance", "auditor", "admin", "teller"),
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
    words("password_hash"), sealed("totp_sealed", nullable=True),  # none: the password alone, in development only
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
    "login_attempt", metadata, key(),  # by keyed index, so that nobody reads here which names were tried
    Column("login_index", LargeBinary, nullable=False), Column("address_index", LargeBinary, nullable=False),
    words("outcome"), instant("attempted_at"),
    one_of("outcome", "begun", "half", "right", "wrong"),
    Index("ix_login_attempt_login_index", "login_index", "attempted_at"),
    Index("ix_login_attempt_address_index", "address_index", "attempted_at"),
)

login_session = Table(
    "login_session", metadata, key(),
    Column("digest", LargeBinary, nullable=False, unique=True),  # SHA-256 of the token that the browser brings
    identifier("staff_id", nullable=True, index=True), identifier("debtor_id", nullable=True, index=True),
    words("agent"),  # which browser, in a few words, so that people recognise their own
    instant("recorded_at"), instant("seen_at"), instant("expires_at"), instant("ended_at", nullable=True),
    identifier("acting_for", nullable=True),  # the member of staff for whom the holder stands in
    ForeignKeyConstraint(["staff_id"], ["staff.id"]),
    ForeignKeyConstraint(["debtor_id"], ["debtor.id"]),
    ForeignKeyConstraint(["acting_for"], ["staff.id"]),
    CheckConstraint("(staff_id IS NULL) <> (debtor_id IS NULL)", name="one_holder"),
)

deputy = Table(
    "deputy", metadata, key(),  # who stands in for whom, and when, by the business clock
    identifier("staff_id", index=True), identifier("deputy_id", index=True),
    instant("valid_from"), instant("valid_until"), instant("recorded_at"), instant("ended_at", nullable=True),
    ForeignKeyConstraint(["staff_id"], ["staff.id"]),
    ForeignKeyConstraint(["deputy_id"], ["staff.id"]),
    CheckConstraint("staff_id <> deputy_id", name="another_person"),
    CheckConstraint("valid_from < valid_until", name="term_forward"),
)
