-- The plain tables of reference R5. `:accounts` is how many accounts there are.
CREATE TABLE bench_pool (
  id bigint PRIMARY KEY, allowance_minor bigint NOT NULL, taken_minor bigint NOT NULL, reserve_minor bigint NOT NULL,
  quota_left_minor bigint NOT NULL, CHECK (taken_minor <= allowance_minor)
) WITH (fillfactor = 50);
CREATE TABLE bench_account (
  id bigint PRIMARY KEY, bank_id bigint NOT NULL, number text NOT NULL, pool_id bigint NOT NULL REFERENCES bench_pool,
  balance_minor bigint NOT NULL, held_minor bigint NOT NULL, chain_seq bigint NOT NULL, chain_hash bytea NOT NULL,
  UNIQUE (bank_id, number)
) WITH (fillfactor = 50);
CREATE INDEX ON bench_account (pool_id);
CREATE TABLE bench_inbox (
  bank_id bigint NOT NULL, message_id uuid NOT NULL, digest bytea NOT NULL, answer text,
  recorded_at timestamptz NOT NULL DEFAULT clock_timestamp(), PRIMARY KEY (bank_id, message_id)
);
CREATE TABLE bench_withdrawal (
  id uuid PRIMARY KEY, account_id bigint NOT NULL REFERENCES bench_account, reference uuid NOT NULL UNIQUE,
  amount_minor bigint NOT NULL CHECK (amount_minor > 0), status text NOT NULL,
  recorded_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE TABLE bench_transfer (
  id uuid PRIMARY KEY, withdrawal_id uuid NOT NULL REFERENCES bench_withdrawal, kind text NOT NULL,
  recorded_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE TABLE bench_entry (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, transfer_id uuid NOT NULL REFERENCES bench_transfer,
  account_id bigint NOT NULL REFERENCES bench_account, bucket text NOT NULL, amount_minor bigint NOT NULL
);
CREATE TABLE bench_audit_event (
  account_id bigint NOT NULL, seq bigint NOT NULL, prev_hash bytea NOT NULL, hash bytea NOT NULL, document text NOT NULL,
  PRIMARY KEY (account_id, seq)
);
INSERT INTO bench_pool SELECT n, 5000000, 0, 0, 100000000 FROM generate_series(1, :accounts) n;
INSERT INTO bench_account SELECT n, 1, n::text, n, 10000000, 0, 0, decode(repeat('00', 32), 'hex')
FROM generate_series(1, :accounts) n;
