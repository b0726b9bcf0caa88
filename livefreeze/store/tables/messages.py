"""Messages of banks and to banks, each claimed once."""

from sqlalchemy import (
    BigInteger,
    Column,
    ForeignKeyConstraint,
    Identity,
    Index,
    Integer,
    LargeBinary,
    PrimaryKeyConstraint,
    Table,
    text,
)

from livefreeze.store.columns import identifier, instant, sealed
from livefreeze.store.tables.shared import key, metadata, one_of, words

message_claim = Table(
    "message_claim", metadata,  # an id is claimed once, with the digest of its body and the answer it got
    identifier("bank_id"), words("message_id"), Column("digest", LargeBinary, nullable=False),
    sealed("answer_sealed", nullable=True),  # empty only while a batch is being applied
    instant("recorded_at"),
    PrimaryKeyConstraint("bank_id", "message_id"),
)

inbound_message = Table(
    "inbound_message", metadata, key(),  # evidence: the exact body and the signature it came with
    identifier("bank_id"), words("message_id"), words("signed_at"), words("signature"), sealed("body_sealed"),
    instant("recorded_at"),
    Index("ix_inbound_message_message_id", "bank_id", "message_id"),
    Index("ix_inbound_message_bank_id", "bank_id", "id"),  # by when they came: when a bank was last heard of
)

event_claim = Table(
    "event_claim", metadata,
    identifier("bank_id"), words("event_id"), Column("digest", LargeBinary, nullable=False),
    words("outcome"), words("problem", nullable=True), instant("recorded_at"),
    PrimaryKeyConstraint("bank_id", "event_id"),
    one_of("outcome", "applied", "waiting", "refused"),
)

waiting_event = Table(
    "waiting_event", metadata,  # facts about an account whose receipt has not come yet
    identifier("bank_id"), words("event_id"), Column("number_index", LargeBinary, nullable=False),
    sealed("event_sealed"), instant("recorded_at"), instant("applied_at", nullable=True),
    words("message_id", nullable=True),  # the signed message that brought it: its evidence once it is applied
    PrimaryKeyConstraint("bank_id", "event_id"),
    Index("ix_waiting_event_account", "bank_id", "number_index",
          sqlite_where=text("applied_at IS NULL"), postgresql_where=text("applied_at IS NULL")),
)

outbound_message = Table(
    "outbound_message", metadata,
    # Writers of one lane hold its pool's lock, so the order of positions is the order of their commits.
    Column("position", BigInteger().with_variant(Integer, "sqlite"), Identity(always=True), primary_key=True),
    identifier("id", unique=True), identifier("bank_id"), identifier("lane"), words("type"),
    sealed("body_sealed"),
    Column("attempts", Integer, nullable=False, server_default="0"),
    instant("due_at"), instant("leased_until", nullable=True),
    Column("fence", BigInteger, nullable=False, server_default="0"),
    instant("delivered_at", nullable=True), instant("dead_at", nullable=True),
    words("last_error", nullable=True),
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
    words("outcome"), Column("http_status", Integer), words("error", nullable=True),
    Column("duration_ms", Integer, nullable=False), instant("ended_at"),  # of the wall clock
    PrimaryKeyConstraint("message_id", "fence"),
    ForeignKeyConstraint(["message_id"], ["outbound_message.id"]),
    one_of("outcome", "delivered", "failed", "dead"),
    Index("ix_delivery_attempt_delivered", "bank_id", "ended_at",
          sqlite_where=text("outcome = 'delivered'"), postgresql_where=text("outcome = 'delivered'")),
)
