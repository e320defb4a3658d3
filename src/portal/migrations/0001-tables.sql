-- SPDX-License-Identifier: GPL-3.0-or-later

-- One row: what holds for the whole portal. position counts every change of every account, so a row's revision is the
-- position at which it last changed.
CREATE TABLE portal (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  epoch TEXT NOT NULL,
  secret BLOB NOT NULL,
  position INTEGER NOT NULL DEFAULT 0,
  clock_offset INTEGER NOT NULL DEFAULT 0,
  address TEXT, -- where it listened last
  is_sandbox INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE users (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  email TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE tokens (
  hash TEXT PRIMARY KEY,
  user_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  created_at INTEGER NOT NULL,
  revoked_at INTEGER
) STRICT, WITHOUT ROWID;

CREATE INDEX tokens_of_user ON tokens (user_id);

-- position: of the newest change. horizon: states before it are too old. total: live rows, kept by triggers.
CREATE TABLE accounts (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  invitation_email TEXT,
  support_name TEXT,
  support_email TEXT,
  confirmation_text TEXT,
  searches_limit INTEGER NOT NULL,
  searches_used INTEGER NOT NULL DEFAULT 0,
  position INTEGER NOT NULL DEFAULT 0,
  horizon INTEGER NOT NULL DEFAULT 0,
  total INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;

CREATE TABLE members (
  user_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  account_id TEXT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
  role TEXT NOT NULL CHECK (role IN ('admin', 'user')),
  PRIMARY KEY (user_id, account_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX members_of_account ON members (account_id);

CREATE TABLE customers (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  folded TEXT NOT NULL,
  country TEXT,
  accepts_requests INTEGER NOT NULL DEFAULT 1
) STRICT, WITHOUT ROWID;

CREATE TABLE customer_entries (
  customer_id TEXT NOT NULL REFERENCES customers (id) ON DELETE CASCADE,
  number INTEGER NOT NULL,
  name TEXT NOT NULL,
  folded TEXT NOT NULL,
  reference TEXT,
  country TEXT,
  active INTEGER NOT NULL DEFAULT 1,
  PRIMARY KEY (customer_id, number)
) STRICT, WITHOUT ROWID;

-- A removed row stays: its id is the customer's for ever, and what was used is remembered. logged is the revision while
-- the row or its tombstone is part of the change log, NULL once the tombstone is too old. expires_at: of a pending row.
CREATE TABLE connections (
  id TEXT PRIMARY KEY,
  account_id TEXT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
  customer_id TEXT NOT NULL REFERENCES customers (id) ON DELETE CASCADE,
  origin TEXT NOT NULL CHECK (origin IN ('suggestion', 'search')),
  status TEXT NOT NULL CHECK (status IN ('suggested', 'pending', 'approved', 'expired', 'rejected')),
  requests_used INTEGER NOT NULL DEFAULT 0,
  was_rejected INTEGER NOT NULL DEFAULT 0,
  revision INTEGER NOT NULL,
  logged INTEGER,
  expires_at INTEGER,
  removed_at INTEGER,
  UNIQUE (account_id, customer_id)
) STRICT, WITHOUT ROWID;

CREATE UNIQUE INDEX connections_log ON connections (account_id, logged) WHERE logged IS NOT NULL;
CREATE INDEX connections_pending ON connections (expires_at) WHERE expires_at IS NOT NULL;
CREATE INDEX connections_removed ON connections (removed_at) WHERE removed_at IS NOT NULL AND logged IS NOT NULL;
CREATE INDEX connections_of_customer ON connections (customer_id, status);

CREATE TRIGGER connections_come AFTER INSERT ON connections WHEN NEW.removed_at IS NULL
BEGIN
  UPDATE accounts SET total = total + 1 WHERE id = NEW.account_id;
END;

CREATE TRIGGER connections_go AFTER UPDATE OF removed_at ON connections
  WHEN (OLD.removed_at IS NULL) <> (NEW.removed_at IS NULL)
BEGIN
  UPDATE accounts SET total = total + iif (NEW.removed_at IS NULL, 1, -1) WHERE id = NEW.account_id;
END;

CREATE TABLE attempts (
  id INTEGER PRIMARY KEY,
  connection_id TEXT NOT NULL REFERENCES connections (id) ON DELETE CASCADE,
  number INTEGER NOT NULL CHECK (number BETWEEN 1 AND 3),
  requested_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL,
  responded_at INTEGER,
  outcome TEXT NOT NULL CHECK (outcome IN ('pending', 'approved', 'expired', 'rejected')),
  contact_email TEXT,
  requested_by TEXT,
  comment TEXT
) STRICT;

CREATE INDEX attempts_of_connection ON attempts (connection_id, id);

CREATE TABLE searches (
  id TEXT PRIMARY KEY,
  account_id TEXT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
  name TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  total INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;

CREATE INDEX searches_of_account ON searches (account_id);

CREATE TABLE search_hits (
  search_id TEXT NOT NULL REFERENCES searches (id) ON DELETE CASCADE,
  number INTEGER NOT NULL,
  customer_id TEXT NOT NULL REFERENCES customers (id) ON DELETE CASCADE,
  PRIMARY KEY (search_id, number)
) STRICT, WITHOUT ROWID;

CREATE INDEX search_hits_of_customer ON search_hits (customer_id);

CREATE TABLE challenges (
  id TEXT PRIMARY KEY,
  account_id TEXT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
  user_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  customer_id TEXT NOT NULL REFERENCES customers (id) ON DELETE CASCADE,
  action TEXT NOT NULL CHECK (action IN ('request', 'resend')),
  status TEXT NOT NULL CHECK (status IN ('pending', 'passed', 'used')),
  expires_at INTEGER NOT NULL,
  challenge TEXT NOT NULL,
  salt TEXT NOT NULL,
  signature TEXT NOT NULL,
  max_number INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX challenges_by_expiry ON challenges (expires_at);

CREATE TABLE outcomes (
  account_id TEXT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
  user_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  key TEXT NOT NULL,
  fingerprint TEXT NOT NULL,
  status INTEGER NOT NULL,
  content_type TEXT NOT NULL,
  body TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  PRIMARY KEY (account_id, user_id, key)
) STRICT, WITHOUT ROWID;

CREATE INDEX outcomes_by_age ON outcomes (created_at);

-- customer_id: whose requests the link opens, NULL: those of all customers.
CREATE TABLE customer_links (
  hash TEXT PRIMARY KEY,
  customer_id TEXT REFERENCES customers (id) ON DELETE CASCADE,
  expires_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
