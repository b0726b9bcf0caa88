"""The tables of the sandbox bank. Its books are append only, and the database itself keeps them balanced."""

SCHEMA = """
CREATE TABLE IF NOT EXISTS setting (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT;

CREATE TABLE IF NOT EXISTS trusted_key (
    public_key TEXT PRIMARY KEY
) STRICT;

CREATE TABLE IF NOT EXISTS account (
    number TEXT PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind IN ('salary', 'case_fund', 'internal')),
    name TEXT NOT NULL,
    id_number TEXT NOT NULL,
    branch TEXT NOT NULL,
    currency TEXT NOT NULL,
    balance_minor INTEGER NOT NULL DEFAULT 0,
    sequence INTEGER NOT NULL DEFAULT 0,  -- of its newest booking
    opened_at TEXT NOT NULL
) STRICT;

-- One row moves an amount from the debit to the credit account, so the books balance by their shape.
CREATE TABLE IF NOT EXISTS booking (
    transaction_reference TEXT PRIMARY KEY,
    kind TEXT NOT NULL,
    debit_account TEXT NOT NULL REFERENCES account,
    debit_sequence INTEGER NOT NULL,
    debit_balance_minor INTEGER NOT NULL,  -- after this booking
    credit_account TEXT NOT NULL REFERENCES account,
    credit_sequence INTEGER NOT NULL,
    credit_balance_minor INTEGER NOT NULL,
    amount_minor INTEGER NOT NULL CHECK (amount_minor > 0),
    reverses TEXT UNIQUE REFERENCES booking,
    happened_at TEXT NOT NULL,
    recorded_at TEXT NOT NULL,
    CHECK (debit_account <> credit_account),
    UNIQUE (debit_account, debit_sequence),
    UNIQUE (credit_account, credit_sequence)
) STRICT;

CREATE VIEW IF NOT EXISTS entry AS
    SELECT debit_account AS account, debit_sequence AS sequence, transaction_reference, kind,
           -amount_minor AS amount_minor, debit_balance_minor AS balance_after_minor, happened_at
    FROM booking
    UNION ALL
    SELECT credit_account, credit_sequence, transaction_reference, kind,
           amount_minor, credit_balance_minor, happened_at
    FROM booking;

CREATE TRIGGER IF NOT EXISTS booking_follows_its_accounts BEFORE INSERT ON booking BEGIN
    SELECT RAISE(ABORT, 'the booking does not follow on its accounts') WHERE NOT EXISTS (
        SELECT 1 FROM account AS debit, account AS credit
        WHERE debit.number = NEW.debit_account AND credit.number = NEW.credit_account
          AND debit.currency = credit.currency
          AND debit.sequence + 1 = NEW.debit_sequence AND credit.sequence + 1 = NEW.credit_sequence
          AND debit.balance_minor - NEW.amount_minor = NEW.debit_balance_minor
          AND credit.balance_minor + NEW.amount_minor = NEW.credit_balance_minor);
END;

CREATE TRIGGER IF NOT EXISTS booking_moves_its_accounts AFTER INSERT ON booking BEGIN
    UPDATE account SET sequence = NEW.debit_sequence, balance_minor = NEW.debit_balance_minor
    WHERE number = NEW.debit_account;
    UPDATE account SET sequence = NEW.credit_sequence, balance_minor = NEW.credit_balance_minor
    WHERE number = NEW.credit_account;
END;

CREATE TRIGGER IF NOT EXISTS booking_is_not_edited BEFORE UPDATE ON booking BEGIN
    SELECT RAISE(ABORT, 'a booking is never edited: reverse it');
END;

CREATE TRIGGER IF NOT EXISTS booking_is_not_deleted BEFORE DELETE ON booking BEGIN
    SELECT RAISE(ABORT, 'a booking is never deleted: reverse it');
END;

CREATE TABLE IF NOT EXISTS freeze (
    order_id TEXT NOT NULL,
    account TEXT NOT NULL,
    status TEXT NOT NULL CHECK (status IN ('in_force', 'refused', 'ended')),
    quota_minor INTEGER NOT NULL,
    block_up_to_minor INTEGER NOT NULL,
    notice_number TEXT NOT NULL,
    PRIMARY KEY (order_id, account)
) STRICT;

CREATE INDEX IF NOT EXISTS freeze_of_account ON freeze (account) WHERE status = 'in_force';

CREATE TABLE IF NOT EXISTS prior_hold (
    account TEXT NOT NULL REFERENCES account,
    holder TEXT NOT NULL,
    amount_minor INTEGER NOT NULL CHECK (amount_minor > 0),
    PRIMARY KEY (account, holder)
) STRICT;

CREATE TABLE IF NOT EXISTS withdrawal (
    serial INTEGER PRIMARY KEY AUTOINCREMENT,
    reference TEXT NOT NULL UNIQUE,
    account TEXT NOT NULL REFERENCES account,
    amount_minor INTEGER NOT NULL CHECK (amount_minor > 0),
    channel TEXT NOT NULL,
    branch TEXT NOT NULL,
    teller TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('asked', 'approved', 'declined', 'paid', 'captured', 'voiding',
        'voided', 'reversed', 'paid_unasked', 'stand_in')),
    teller_waits INTEGER NOT NULL,  -- 0: nobody stands at the counter any more, so it is not paid
    is_kept INTEGER NOT NULL,       -- 1: authorised to be paid later, also after a restart
    decision TEXT,                  -- the service's answer, or what kept it from deciding
    transaction_reference TEXT REFERENCES booking,
    paid_minor INTEGER,
    decide_by TEXT,                 -- after it the service decides nothing new; null where it was not asked
    happened_at TEXT NOT NULL,
    CHECK ((transaction_reference IS NULL) = (paid_minor IS NULL))
) STRICT;

CREATE INDEX IF NOT EXISTS withdrawal_open ON withdrawal (state)
    WHERE state IN ('asked', 'approved', 'voiding', 'paid');

CREATE TABLE IF NOT EXISTS transfer (
    transfer TEXT PRIMARY KEY,  -- the service's name for it
    account TEXT NOT NULL,      -- as the service names it; one that is not kept here fails
    amount_minor INTEGER NOT NULL CHECK (amount_minor > 0),
    currency TEXT NOT NULL,
    to_bank TEXT NOT NULL,
    to_account TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('instructed', 'settled', 'failed', 'returned')),
    due_at REAL NOT NULL,  -- real time, seconds since 1970: when it is carried out
    transaction_reference TEXT REFERENCES booking
) STRICT;

CREATE INDEX IF NOT EXISTS transfer_due ON transfer (due_at) WHERE state = 'instructed';

-- Who pays an account every month, so that salaries come whenever the clock passes a payday.
CREATE TABLE IF NOT EXISTS employment (
    account TEXT PRIMARY KEY REFERENCES account,
    amount_minor INTEGER NOT NULL CHECK (amount_minor > 0),
    income TEXT NOT NULL,
    payer TEXT,
    day INTEGER NOT NULL CHECK (day BETWEEN 1 AND 31),  -- of the month; its last, where it lacks that day
    next_at TEXT NOT NULL  -- the next payday, as an instant in UTC
) STRICT;

CREATE INDEX IF NOT EXISTS employment_due ON employment (next_at);

-- What a booking says to people, where anybody said it.
CREATE TABLE IF NOT EXISTS remark (
    transaction_reference TEXT PRIMARY KEY REFERENCES booking,
    counterparty TEXT NOT NULL
) STRICT;

-- The made-up bookings before an account's first own one; made again from the plan whenever they are asked for.
CREATE TABLE IF NOT EXISTS past (
    account TEXT PRIMARY KEY REFERENCES account,
    plan TEXT NOT NULL
) STRICT;

CREATE TABLE IF NOT EXISTS inquiry (
    inquiry TEXT PRIMARY KEY,  -- the service's name for it
    id_number TEXT NOT NULL,
    body BLOB NOT NULL,
    asked INTEGER NOT NULL DEFAULT 1,  -- messages that asked this; more than one is the service's mistake
    state TEXT NOT NULL CHECK (state IN ('waiting', 'ignored', 'answered')),
    due_at REAL NOT NULL,        -- real time, seconds since 1970: when it is answered
    parts_stored INTEGER NOT NULL DEFAULT 0,
    standing_until TEXT          -- until then new accounts are told; null where they are not
) STRICT;

CREATE TABLE IF NOT EXISTS answer_part (
    inquiry TEXT NOT NULL REFERENCES inquiry,
    part INTEGER NOT NULL,
    event_id TEXT NOT NULL,  -- of the newest event that told this part
    PRIMARY KEY (inquiry, part)
) STRICT;

CREATE INDEX IF NOT EXISTS inquiry_due ON inquiry (due_at) WHERE state = 'waiting';
CREATE INDEX IF NOT EXISTS inquiry_standing ON inquiry (id_number) WHERE standing_until IS NOT NULL;
CREATE INDEX IF NOT EXISTS account_of_person ON account (replace(upper(id_number), ' ', '')) WHERE kind = 'salary';

CREATE TABLE IF NOT EXISTS message_in (
    position INTEGER PRIMARY KEY AUTOINCREMENT,
    webhook_id TEXT NOT NULL UNIQUE,
    digest TEXT NOT NULL,
    type TEXT NOT NULL,
    body BLOB NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('waiting', 'done', 'refused')),
    problem TEXT,
    received_at TEXT NOT NULL
) STRICT;

CREATE INDEX IF NOT EXISTS message_in_waiting ON message_in (position) WHERE state = 'waiting';

CREATE TABLE IF NOT EXISTS message_out (
    position INTEGER PRIMARY KEY AUTOINCREMENT,
    webhook_id TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL CHECK (kind IN ('events', 'authorise', 'capture', 'void')),
    reference TEXT,  -- of the withdrawal that a call speaks of
    body BLOB NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('waiting', 'answered', 'refused', 'dropped')),
    attempts INTEGER NOT NULL DEFAULT 0,
    next_attempt_at REAL NOT NULL DEFAULT 0,  -- real time, seconds since 1970
    status INTEGER,
    answer TEXT,
    problem TEXT,
    created_at TEXT NOT NULL
) STRICT;

CREATE INDEX IF NOT EXISTS message_out_waiting ON message_out (position) WHERE state = 'waiting';

-- The service's audit receipts: whoever alters its records later contradicts them.
CREATE TABLE IF NOT EXISTS receipt (
    chain TEXT NOT NULL,
    seq INTEGER NOT NULL,
    hash TEXT NOT NULL,
    in_reply_to TEXT NOT NULL,
    PRIMARY KEY (chain, seq, hash)
) STRICT;
"""
