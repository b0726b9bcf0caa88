"""Triggers: counters move when a row is appended, and what must never change never does.

On PostgreSQL the counters move once a statement (transition tables keep bulk cheap), on SQLite once
a row. Both say the same; tests compare them with rules.book, the pure model.
"""
# ruff: noqa: E501  (a condition of SQL is read as one line)

import re
from string import Template

from alembic import op

revision = "0002_counters_and_guards"
down_revision = "0001_money_core"

APPEND_ONLY = ("transfer", "audit_event", "proposal_version", "inbound_message", "transaction_claim")

#: The row t whose place a NEW one would take, by each unique index. A transaction is claimed by an insert
#: that does nothing where it is claimed already, and so is never replaced.
IS_THERE_ALREADY = {
    "transfer": (
        "t.id = NEW.id OR (t.withdrawal_id = NEW.withdrawal_id AND (t.kind = 'hold' AND NEW.kind = 'hold' OR "
        "t.kind IN ('capture', 'void') AND NEW.kind IN ('capture', 'void'))) "
        "OR (t.sweep_id = NEW.sweep_id AND t.kind = NEW.kind)"
    ),
    "audit_event": "t.chain = NEW.chain AND t.seq = NEW.seq",
    "proposal_version": "t.proposal_id = NEW.proposal_id AND t.version = NEW.version",
    "inbound_message": "t.id = NEW.id",
}

# --- what pool and account derive from claims, orders and prior holds --------------------------------

# Prior holds of others are claims that we never sweep. "Mixed" is a pool with a claim that does not
# cover every account: only then does a withdrawal need more than the pool's own row. A row of `covering`
# may stand there twice: made distinct there, each look at one pool would read the orders of all.
VIEWS = (
    """
    CREATE VIEW covering AS
    SELECT o.pool_id, o.claim_id, oa.account_id
    FROM freeze_order o JOIN freeze_order_account oa ON oa.order_id = o.id
    WHERE o.status IN ('in_force', 'queued', 'stayed') AND oa.receipt IN ('accepted', 'partial')
    """,
    """
    CREATE VIEW pool_quota AS
    SELECT p.id AS pool_id,
      coalesce((SELECT sum(CASE WHEN c.quota_minor > c.settled_minor + c.in_transit_minor
                                THEN c.quota_minor - c.settled_minor - c.in_transit_minor ELSE 0 END)
                FROM claim c WHERE c.id IN (SELECT claim_id FROM covering WHERE pool_id = p.id)), 0)
      + coalesce((SELECT sum(h.amount_minor) FROM prior_hold h
                  WHERE h.account_id IN (SELECT account_id FROM covering WHERE pool_id = p.id)), 0)
        AS quota_left_minor,
      (SELECT count(*) FROM (SELECT DISTINCT account_id FROM covering WHERE pool_id = p.id) a) > 1
      AND ((SELECT count(*) FROM (SELECT DISTINCT account_id, claim_id FROM covering WHERE pool_id = p.id) b)
           <> (SELECT count(*) FROM (SELECT DISTINCT account_id FROM covering WHERE pool_id = p.id) a)
            * (SELECT count(*) FROM (SELECT DISTINCT claim_id FROM covering WHERE pool_id = p.id) c)
           OR EXISTS (SELECT 1 FROM prior_hold h
                      WHERE h.account_id IN (SELECT account_id FROM covering WHERE pool_id = p.id)))
        AS is_mixed
    FROM pool p
    """,
)

# Written for one pool id each time; `$pools` is a list or a sub-select of pool ids.
REFRESH = Template(
    """
    UPDATE pool SET
      quota_left_minor = (SELECT q.quota_left_minor FROM pool_quota q WHERE q.pool_id = pool.id),
      is_mixed = (SELECT q.is_mixed FROM pool_quota q WHERE q.pool_id = pool.id)
    WHERE id IN ($pools);
    UPDATE account SET
      is_frozen = opened_at IS NOT NULL AND EXISTS (SELECT 1 FROM covering WHERE account_id = account.id)
    WHERE pool_id IN ($pools) AND is_frozen <>
      (opened_at IS NOT NULL AND EXISTS (SELECT 1 FROM covering WHERE account_id = account.id));
    """
)

# On PostgreSQL the pools are locked by a statement of its own: one that waits for a row computes it anew, but what it
# reads elsewhere is from before the wait.
LOCK = Template("PERFORM 1 FROM pool WHERE id IN ($pools) ORDER BY id FOR NO KEY UPDATE;")

#: table -> (what happened to it, when that matters, the pools that it touches, as seen from the changed row)
REFRESHED_BY = {
    "claim": ("UPDATE", None, "SELECT pool_id FROM freeze_order WHERE claim_id = NEW.id"),
    "freeze_order": (
        "UPDATE",
        "(OLD.status IN ('in_force', 'queued', 'stayed')) <> (NEW.status IN ('in_force', 'queued', 'stayed'))",
        "NEW.pool_id",
    ),
    "freeze_order_account": (
        "UPDATE",
        "(OLD.receipt IN ('accepted', 'partial')) <> (NEW.receipt IN ('accepted', 'partial'))",
        "SELECT pool_id FROM freeze_order WHERE id = NEW.order_id",
    ),
    "prior_hold": ("INSERT", None, "SELECT pool_id FROM account WHERE id = NEW.account_id"),
}

POSTGRES_COUNTERS = """
CREATE FUNCTION transfer_moves_counters() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  expected int;
  moved int;
BEGIN
  UPDATE account a SET
    balance_minor = a.balance_minor + m.balance, held_minor = a.held_minor + m.held,
    in_transit_minor = a.in_transit_minor + m.in_transit
  FROM (
    SELECT account_id,
      sum(CASE WHEN credit_bucket = 'account' THEN amount_minor WHEN debit_bucket = 'account' THEN -amount_minor
          ELSE 0 END)::bigint AS balance,
      sum(CASE WHEN credit_bucket = 'withdrawal_hold' THEN amount_minor
               WHEN debit_bucket = 'withdrawal_hold' THEN -amount_minor ELSE 0 END)::bigint AS held,
      sum(CASE WHEN credit_bucket = 'sweep_in_transit' THEN amount_minor
               WHEN debit_bucket = 'sweep_in_transit' THEN -amount_minor ELSE 0 END)::bigint AS in_transit
    FROM added GROUP BY account_id
  ) m WHERE a.id = m.account_id;

  IF EXISTS (SELECT 1 FROM added t JOIN account a ON a.id = t.account_id
             WHERE t.kind IN ('hold', 'sweep') AND a.balance_minor < 0) THEN
    RAISE EXCEPTION 'a hold or a sweep takes more than the account has' USING ERRCODE = 'check_violation';
  END IF;

  SELECT count(*) INTO expected FROM (SELECT DISTINCT pool_id, period_start FROM added WHERE period_start IS NOT NULL) k;
  IF expected > 0 THEN
    UPDATE pool p SET taken_minor = p.taken_minor + m.taken, from_held_minor = p.from_held_minor + m.from_held,
      stand_in_minor = p.stand_in_minor + m.stand_in
    FROM (
      SELECT pool_id, period_start, sum(taken_minor)::bigint AS taken, sum(from_held_minor)::bigint AS from_held,
        sum(stand_in_minor)::bigint AS stand_in
      FROM added WHERE period_start IS NOT NULL GROUP BY pool_id, period_start
    ) m WHERE p.id = m.pool_id AND p.period_start = m.period_start;
    GET DIAGNOSTICS moved = ROW_COUNT;
    IF moved < expected THEN  -- the rest belongs to periods that are over
      expected := expected - moved;
      UPDATE allowance_period p SET taken_minor = p.taken_minor + m.taken,
        from_held_minor = p.from_held_minor + m.from_held, stand_in_minor = p.stand_in_minor + m.stand_in
      FROM (
        SELECT pool_id, period_start, sum(taken_minor)::bigint AS taken, sum(from_held_minor)::bigint AS from_held,
          sum(stand_in_minor)::bigint AS stand_in
        FROM added WHERE period_start IS NOT NULL GROUP BY pool_id, period_start
      ) m WHERE p.pool_id = m.pool_id AND p.period_start = m.period_start;
      GET DIAGNOSTICS moved = ROW_COUNT;
      IF moved <> expected THEN
        RAISE EXCEPTION 'a transfer names a period that the pool never had' USING ERRCODE = 'check_violation';
      END IF;
    END IF;
  END IF;

  IF EXISTS (SELECT 1 FROM added WHERE kind = 'hold' AND from_held_minor < amount_minor)
     AND EXISTS (
       SELECT 1 FROM (SELECT pool_id, sum(amount_minor)::bigint AS amount, sum(from_held_minor)::bigint AS from_held
                      FROM added WHERE kind = 'hold' GROUP BY pool_id) h
       JOIN pool p ON p.id = h.pool_id
       WHERE NOT p.is_mixed AND h.amount - h.from_held > greatest(0, h.amount - p.quota_left_minor + (
         SELECT sum(greatest(0, a.balance_minor)) FROM account a WHERE a.pool_id = p.id AND a.is_frozen))) THEN
    RAISE EXCEPTION 'a hold takes more free money than there is' USING ERRCODE = 'check_violation';
  END IF;

  IF EXISTS (SELECT 1 FROM added WHERE claim_id IS NOT NULL) THEN
    -- An instruction moves only what is in transit, so that the CHECK on the claim refuses one above the
    -- quota. A fact is never refused: what settled above the target is over-collected.
    UPDATE claim c SET
      settled_minor = c.settled_minor + m.settled, in_transit_minor = c.in_transit_minor + m.in_transit,
      over_collected_minor = CASE WHEN m.is_fact THEN greatest(0, c.settled_minor + m.settled - c.target_minor)
                                  ELSE c.over_collected_minor END,
      quota_minor = CASE WHEN m.is_fact THEN greatest(c.target_minor,
          c.settled_minor + m.settled + c.in_transit_minor + m.in_transit
          - greatest(0, c.settled_minor + m.settled - c.target_minor)) ELSE c.quota_minor END
    FROM (
      SELECT claim_id,
        sum(CASE WHEN credit_bucket = 'case_fund' THEN amount_minor WHEN debit_bucket = 'case_fund' THEN -amount_minor
            ELSE 0 END)::bigint AS settled,
        sum(CASE WHEN credit_bucket = 'sweep_in_transit' THEN amount_minor
                 WHEN debit_bucket = 'sweep_in_transit' THEN -amount_minor ELSE 0 END)::bigint AS in_transit,
        bool_or(kind <> 'sweep') AS is_fact
      FROM added WHERE claim_id IS NOT NULL GROUP BY claim_id
    ) m WHERE c.id = m.claim_id;
  END IF;
  RETURN NULL;
END $$;

CREATE TRIGGER transfer_moves_counters AFTER INSERT ON transfer REFERENCING NEW TABLE AS added
FOR EACH STATEMENT EXECUTE FUNCTION transfer_moves_counters();

CREATE FUNCTION pool_keeps_closed_period() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO allowance_period (pool_id, period_start, period_end, allowance_minor, ceiling_minor, excess_in_minor,
    excess_carried_minor, taken_minor, from_held_minor, stand_in_minor)
  VALUES (OLD.id, OLD.period_start, OLD.period_end, OLD.allowance_minor, OLD.ceiling_minor, OLD.excess_in_minor,
    OLD.excess_carried_minor, OLD.taken_minor, OLD.from_held_minor, OLD.stand_in_minor);
  NEW.taken_minor := 0; NEW.from_held_minor := 0; NEW.stand_in_minor := 0;
  RETURN NEW;
END $$;

CREATE TRIGGER pool_keeps_closed_period BEFORE UPDATE OF period_start ON pool FOR EACH ROW
WHEN (OLD.period_start IS NOT NULL AND NEW.period_start IS DISTINCT FROM OLD.period_start)
EXECUTE FUNCTION pool_keeps_closed_period();

CREATE FUNCTION audit_event_follows() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE audit_chain SET seq = NEW.seq, hash = NEW.hash
  WHERE chain = NEW.chain AND seq = NEW.seq - 1 AND hash = NEW.prev_hash;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'an audit event must follow the head of its chain' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;

CREATE TRIGGER audit_event_follows BEFORE INSERT ON audit_event FOR EACH ROW EXECUTE FUNCTION audit_event_follows();

CREATE FUNCTION never_changes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION USING MESSAGE = 'rows of ' || TG_TABLE_NAME || ' are never changed or deleted',
    ERRCODE = 'restrict_violation';
END $$;

CREATE FUNCTION claimed_once() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND OLD.answer_sealed IS NULL AND OLD.digest = NEW.digest
     AND OLD.bank_id = NEW.bank_id AND OLD.message_id = NEW.message_id THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'a claimed message keeps its first answer' USING ERRCODE = 'restrict_violation';
END $$;

CREATE TRIGGER claimed_once BEFORE UPDATE OR DELETE ON message_claim FOR EACH ROW EXECUTE FUNCTION claimed_once();

CREATE TRIGGER message_claim_never_truncated BEFORE TRUNCATE ON message_claim
FOR EACH STATEMENT EXECUTE FUNCTION never_changes();
"""

SQLITE_COUNTERS = """
CREATE TRIGGER transfer_moves_counters AFTER INSERT ON transfer BEGIN
  UPDATE account SET
    balance_minor = balance_minor + CASE WHEN NEW.credit_bucket = 'account' THEN NEW.amount_minor
                                         WHEN NEW.debit_bucket = 'account' THEN -NEW.amount_minor ELSE 0 END,
    held_minor = held_minor + CASE WHEN NEW.credit_bucket = 'withdrawal_hold' THEN NEW.amount_minor
                                   WHEN NEW.debit_bucket = 'withdrawal_hold' THEN -NEW.amount_minor ELSE 0 END,
    in_transit_minor = in_transit_minor + CASE WHEN NEW.credit_bucket = 'sweep_in_transit' THEN NEW.amount_minor
                                               WHEN NEW.debit_bucket = 'sweep_in_transit' THEN -NEW.amount_minor ELSE 0 END
  WHERE id = NEW.account_id;
  SELECT RAISE(ABORT, 'a hold or a sweep takes more than the account has')
  WHERE NEW.kind IN ('hold', 'sweep') AND (SELECT balance_minor FROM account WHERE id = NEW.account_id) < 0;
  SELECT RAISE(ABORT, 'a hold takes more free money than there is')
  WHERE NEW.kind = 'hold' AND NEW.from_held_minor < NEW.amount_minor AND EXISTS (
    SELECT 1 FROM pool p WHERE p.id = NEW.pool_id AND NOT p.is_mixed
      AND NEW.amount_minor - NEW.from_held_minor > max(0, NEW.amount_minor - p.quota_left_minor + (
        SELECT coalesce(sum(max(0, a.balance_minor)), 0) FROM account a WHERE a.pool_id = p.id AND a.is_frozen)));
  SELECT RAISE(ABORT, 'a transfer names a period that the pool never had')
  WHERE NEW.period_start IS NOT NULL
    AND NOT EXISTS (SELECT 1 FROM pool WHERE id = NEW.pool_id AND period_start = NEW.period_start)
    AND NOT EXISTS (SELECT 1 FROM allowance_period WHERE pool_id = NEW.pool_id AND period_start = NEW.period_start);
  UPDATE pool SET taken_minor = taken_minor + NEW.taken_minor, from_held_minor = from_held_minor + NEW.from_held_minor,
    stand_in_minor = stand_in_minor + NEW.stand_in_minor
  WHERE id = NEW.pool_id AND period_start = NEW.period_start;
  UPDATE allowance_period SET taken_minor = taken_minor + NEW.taken_minor,
    from_held_minor = from_held_minor + NEW.from_held_minor, stand_in_minor = stand_in_minor + NEW.stand_in_minor
  WHERE pool_id = NEW.pool_id AND period_start = NEW.period_start;
END;

CREATE TRIGGER transfer_moves_claim AFTER INSERT ON transfer WHEN NEW.claim_id IS NOT NULL BEGIN
  UPDATE claim SET
    (settled_minor, in_transit_minor, over_collected_minor, quota_minor) =
    (SELECT settled, in_transit, CASE WHEN NEW.kind = 'sweep' THEN over_collected_minor ELSE over END,
       CASE WHEN NEW.kind = 'sweep' THEN quota_minor ELSE max(target_minor, settled + in_transit - over) END
     FROM (SELECT settled, in_transit, max(0, settled - target_minor) AS over
           FROM (SELECT settled_minor + CASE WHEN NEW.credit_bucket = 'case_fund' THEN NEW.amount_minor
                                             WHEN NEW.debit_bucket = 'case_fund' THEN -NEW.amount_minor ELSE 0 END AS settled,
                        in_transit_minor + CASE WHEN NEW.credit_bucket = 'sweep_in_transit' THEN NEW.amount_minor
                                                WHEN NEW.debit_bucket = 'sweep_in_transit' THEN -NEW.amount_minor
                                                ELSE 0 END AS in_transit)))
  WHERE id = NEW.claim_id;
END;

CREATE TRIGGER pool_keeps_closed_period AFTER UPDATE OF period_start ON pool
WHEN OLD.period_start IS NOT NULL AND NEW.period_start IS NOT OLD.period_start BEGIN
  INSERT INTO allowance_period (pool_id, period_start, period_end, allowance_minor, ceiling_minor, excess_in_minor,
    excess_carried_minor, taken_minor, from_held_minor, stand_in_minor)
  VALUES (OLD.id, OLD.period_start, OLD.period_end, OLD.allowance_minor, OLD.ceiling_minor, OLD.excess_in_minor,
    OLD.excess_carried_minor, OLD.taken_minor, OLD.from_held_minor, OLD.stand_in_minor);
  UPDATE pool SET taken_minor = 0, from_held_minor = 0, stand_in_minor = 0 WHERE id = OLD.id;
END;

CREATE TRIGGER audit_event_follows BEFORE INSERT ON audit_event BEGIN
  SELECT RAISE(ABORT, 'an audit event must follow the head of its chain')
  WHERE NOT EXISTS (SELECT 1 FROM audit_chain WHERE chain = NEW.chain AND seq = NEW.seq - 1 AND hash = NEW.prev_hash);
  UPDATE audit_chain SET seq = NEW.seq, hash = NEW.hash WHERE chain = NEW.chain;
END;

CREATE TRIGGER claimed_once_update BEFORE UPDATE ON message_claim
WHEN OLD.answer_sealed IS NOT NULL OR OLD.digest <> NEW.digest OR OLD.bank_id <> NEW.bank_id
  OR OLD.message_id <> NEW.message_id BEGIN
  SELECT RAISE(ABORT, 'a claimed message keeps its first answer');
END;

CREATE TRIGGER claimed_once_insert BEFORE INSERT ON message_claim
WHEN EXISTS (SELECT 1 FROM message_claim WHERE bank_id = NEW.bank_id AND message_id = NEW.message_id) BEGIN
  SELECT RAISE(ABORT, 'a claimed message keeps its first answer');
END;

CREATE TRIGGER claimed_once_delete BEFORE DELETE ON message_claim BEGIN
  SELECT RAISE(ABORT, 'a claimed message keeps its first answer');
END;
"""


def upgrade() -> None:
    is_sqlite = op.get_bind().dialect.name == "sqlite"
    for view in VIEWS:
        op.execute(view)
    counters = SQLITE_COUNTERS if is_sqlite else POSTGRES_COUNTERS
    refreshers = [refresher(table, is_sqlite) for table in REFRESHED_BY]
    guards = [append_only(table, is_sqlite) for table in APPEND_ONLY]
    for script in (counters, *refreshers, *guards):
        for statement in re.split(r"(?m)^(?=CREATE )", script)[1:]:  # the drivers take one at a time
            op.get_bind().exec_driver_sql(statement)


def refresher(table: str, is_sqlite: bool) -> str:
    """Keep pool.quota_left_minor, pool.is_mixed and account.is_frozen true when this table changes.

    A claim is changed by every sweep, so that on PostgreSQL its trigger works on whole statements; the
    other tables change a row at a time.
    """
    event, condition, pools = REFRESHED_BY[table]
    name = f"{table}_refreshes_pool"
    scope = "FOR EACH ROW" if condition is None else f"FOR EACH ROW WHEN ({condition})"
    if is_sqlite:
        return f"CREATE TRIGGER {name} AFTER {event} ON {table} {scope} BEGIN {REFRESH.substitute(pools=pools)} END"
    if table == "claim":
        pools = "SELECT pool_id FROM freeze_order WHERE claim_id IN (SELECT id FROM changed)"
        scope = "REFERENCING NEW TABLE AS changed FOR EACH STATEMENT"
    body = LOCK.substitute(pools=pools) + REFRESH.substitute(pools=pools)
    return (
        f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {body} RETURN NULL; END $$;\n"
        f"CREATE TRIGGER {name} AFTER {event} ON {table} {scope} EXECUTE FUNCTION {name}();\n"
    )


def append_only(table: str, is_sqlite: bool) -> str:
    """Let nothing of this table be changed or deleted; on SQLite nothing be replaced either, whose REPLACE
    deletes a row without asking the triggers of DELETE."""
    if is_sqlite:
        refuse = f"BEGIN SELECT RAISE(ABORT, 'rows of {table} are never changed or deleted'); END;"
        guards = [f"CREATE TRIGGER {table}_never_{verb}d BEFORE {verb.upper()} ON {table} {refuse}"
                  for verb in ("update", "delete")]
        if table in IS_THERE_ALREADY:
            there = f"WHEN EXISTS (SELECT 1 FROM {table} t WHERE {IS_THERE_ALREADY[table]})"
            guards.append(f"CREATE TRIGGER {table}_never_replaced BEFORE INSERT ON {table} {there} {refuse}")
        return "\n".join(guards)
    return (
        f"CREATE TRIGGER {table}_never_changes BEFORE UPDATE OR DELETE ON {table} "
        "FOR EACH ROW EXECUTE FUNCTION never_changes();\n"
        f"CREATE TRIGGER {table}_never_truncated BEFORE TRUNCATE ON {table} "
        "FOR EACH STATEMENT EXECUTE FUNCTION never_changes();\n"
    )
