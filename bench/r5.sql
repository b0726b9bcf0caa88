-- Reference R5, fixed by design: five plain statements, whatever the service does. See docs/performance.md.
\set account random(1, :accounts)
BEGIN;
INSERT INTO bench_inbox (bank_id, message_id, digest) VALUES (1, uuidv7(), decode(repeat('ab', 32), 'hex'))
ON CONFLICT DO NOTHING RETURNING message_id \gset
WITH p AS MATERIALIZED (
  SELECT * FROM bench_pool
  WHERE id = (SELECT pool_id FROM bench_account WHERE bank_id = 1 AND number = :account::text)
  FOR NO KEY UPDATE
)
SELECT p.id AS pool_id, a.id AS account_id, a.chain_seq AS seq, p.allowance_minor, p.taken_minor, p.reserve_minor,
  p.quota_left_minor, a.balance_minor, a.held_minor, a.chain_hash
FROM p JOIN bench_account a ON a.pool_id = p.id FOR NO KEY UPDATE OF a \gset
WITH w AS (
  INSERT INTO bench_withdrawal (id, account_id, reference, amount_minor, status)
  VALUES (uuidv7(), :account_id, uuidv7(), 100, 'authorised') RETURNING id
), t AS (
  INSERT INTO bench_transfer (id, withdrawal_id, kind) SELECT uuidv7(), w.id, 'hold' FROM w RETURNING id
)
INSERT INTO bench_entry (transfer_id, account_id, bucket, amount_minor)
SELECT t.id, :account_id, side.bucket, side.amount_minor
FROM t, (VALUES ('account', -100), ('withdrawal_hold', 100)) AS side (bucket, amount_minor);
WITH p AS (
  UPDATE bench_pool SET taken_minor = taken_minor + 100 WHERE id = :pool_id
), a AS (
  UPDATE bench_account SET balance_minor = balance_minor - 100, held_minor = held_minor + 100,
    chain_seq = chain_seq + 1, chain_hash = decode(repeat('cd', 32), 'hex')
  WHERE id = :account_id
)
INSERT INTO bench_audit_event (account_id, seq, prev_hash, hash, document)
VALUES (:account_id, :seq + 1, decode(repeat('ab', 32), 'hex'), decode(repeat('cd', 32), 'hex'), repeat('d', 300));
UPDATE bench_inbox SET answer = repeat('a', 300) WHERE bank_id = 1 AND message_id = :message_id;
COMMIT;
