-- SPDX-License-Identifier: GPL-3.0-or-later

-- What the portal says of the account and its user. One row, or none before the first answer.
CREATE TABLE account (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  id TEXT NOT NULL,
  name TEXT NOT NULL,
  user_name TEXT,
  user_email TEXT,
  is_admin INTEGER NOT NULL,
  epoch TEXT,
  searches_limit INTEGER NOT NULL,
  searches_used INTEGER NOT NULL,
  invitation_email TEXT,
  support_name TEXT,
  support_email TEXT,
  confirmation_text TEXT,
  page TEXT
) STRICT;

-- How far the portal has been read. A generation is one reading from the beginning; revisions that were read before
-- epoch_generation belong to another epoch and do not compare.
CREATE TABLE reading (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  state TEXT,
  total INTEGER NOT NULL DEFAULT 0,
  updated_at INTEGER NOT NULL DEFAULT 0,
  clock_offset INTEGER NOT NULL DEFAULT 0,
  generation INTEGER NOT NULL DEFAULT 0,
  rereading INTEGER NOT NULL DEFAULT 0,
  epoch TEXT,
  epoch_generation INTEGER NOT NULL DEFAULT 0,
  collation TEXT
) STRICT;
INSERT INTO reading (one) VALUES (1);

-- A row of the table. A removed one is only marked until no list shows it any more. The sort columns are made by the
-- program out of the others: keys of the collation that reading names, ranks, numbers. Of a row that a person brought
-- seen_at says in which copy it was seen last, and its revision counts what was written.
CREATE TABLE connection (
  row_id INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE,
  revision INTEGER NOT NULL,
  generation INTEGER NOT NULL,
  removed INTEGER NOT NULL DEFAULT 0,
  customer_id TEXT NOT NULL,
  customer_name TEXT NOT NULL,
  customer_country TEXT,
  accepts_requests INTEGER NOT NULL,
  origin TEXT NOT NULL,
  status TEXT NOT NULL,
  status_label TEXT,
  requests_used INTEGER NOT NULL,
  was_rejected INTEGER NOT NULL,
  actions INTEGER NOT NULL,
  seen_at INTEGER NOT NULL,
  missing INTEGER NOT NULL,
  used_is_minimum INTEGER NOT NULL,
  filter_text TEXT NOT NULL,
  sort_customer BLOB NOT NULL,
  sort_actions INTEGER NOT NULL,
  sort_status INTEGER NOT NULL,
  sort_email TEXT,
  sort_date INTEGER,
  sort_comments BLOB
) STRICT;
CREATE INDEX connection_of_customer ON connection (customer_id);
-- removed comes first, so that an order is read off an index alone.
CREATE INDEX connection_by_arrival ON connection (removed);
CREATE INDEX connection_by_customer ON connection (removed, sort_customer);
CREATE INDEX connection_by_actions ON connection (removed, sort_actions);
CREATE INDEX connection_by_status ON connection (removed, sort_status);
CREATE INDEX connection_by_email ON connection (removed, sort_email);
CREATE INDEX connection_by_date ON connection (removed, sort_date);
CREATE INDEX connection_by_comments ON connection (removed, sort_comments);

CREATE TABLE customer_entry (
  row_id INTEGER NOT NULL REFERENCES connection (row_id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  name TEXT NOT NULL,
  reference TEXT,
  country TEXT,
  active INTEGER NOT NULL,
  PRIMARY KEY (row_id, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE attempt (
  row_id INTEGER NOT NULL REFERENCES connection (row_id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  number INTEGER NOT NULL,
  requested_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL,
  responded_at INTEGER NOT NULL,
  outcome TEXT NOT NULL,
  contact_email TEXT,
  requested_by TEXT,
  comment TEXT,
  PRIMARY KEY (row_id, position)
) STRICT, WITHOUT ROWID;

-- Connections that are no more, so that an old page cannot bring one back; one that does come back has its row id again.
CREATE TABLE tombstone (
  id TEXT PRIMARY KEY,
  revision INTEGER NOT NULL,
  generation INTEGER NOT NULL,
  row_id INTEGER
) STRICT, WITHOUT ROWID;

CREATE TABLE outbox (
  position INTEGER PRIMARY KEY AUTOINCREMENT,
  key TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL,
  state TEXT NOT NULL,
  connection_id TEXT,
  customer_id TEXT NOT NULL,
  customer_name TEXT NOT NULL,
  contact_email TEXT,
  confirmed INTEGER NOT NULL,
  challenge_session TEXT,
  created_at INTEGER NOT NULL,
  not_before INTEGER NOT NULL,
  tries INTEGER NOT NULL,
  epoch TEXT,
  refusal_type TEXT,
  refusal_detail TEXT
) STRICT;
CREATE INDEX outbox_by_connection ON outbox (connection_id);
-- One customer is asked one thing at a time; what was refused for good is only there to be read.
CREATE UNIQUE INDEX outbox_open ON outbox (customer_id) WHERE state <> 'refused';

-- id is null while the search is not answered.
CREATE TABLE search (
  position INTEGER PRIMARY KEY AUTOINCREMENT,
  key TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  folded_name TEXT NOT NULL,
  id TEXT
) STRICT;
CREATE INDEX search_by_name ON search (folded_name);

-- What a person brought at one time, from a portal without an interface. last_change is the last of its own changes:
-- what is above it was done since.
CREATE TABLE copy (
  number INTEGER PRIMARY KEY AUTOINCREMENT,
  copied_at INTEGER NOT NULL,
  imported_at INTEGER NOT NULL,
  n_new INTEGER NOT NULL,
  n_changed INTEGER NOT NULL,
  n_unchanged INTEGER NOT NULL,
  n_not_understood INTEGER NOT NULL,
  n_missing INTEGER NOT NULL,
  last_change INTEGER NOT NULL,
  can_undo INTEGER NOT NULL
) STRICT;

-- The history of such rows: what a copy showed, or what was done by hand, then copy is 0.
CREATE TABLE change (
  position INTEGER PRIMARY KEY AUTOINCREMENT,
  row_id INTEGER NOT NULL REFERENCES connection (row_id) ON DELETE CASCADE,
  copy INTEGER NOT NULL,
  at INTEGER NOT NULL,
  kind TEXT NOT NULL,
  former TEXT,
  present TEXT
) STRICT;
CREATE INDEX change_of_row ON change (row_id);

-- What the rows that the latest copy touched were before it. A new one has no values; one whose attempts are not in
-- former_attempt was only seen again, or not.
CREATE TABLE former (
  row_id INTEGER PRIMARY KEY REFERENCES connection (row_id) ON DELETE CASCADE,
  is_new INTEGER NOT NULL,
  is_written INTEGER NOT NULL,
  customer_name TEXT,
  origin TEXT,
  status TEXT,
  status_label TEXT,
  requests_used INTEGER,
  used_is_minimum INTEGER,
  was_rejected INTEGER,
  actions INTEGER,
  seen_at INTEGER,
  missing INTEGER
) STRICT;
CREATE TABLE former_attempt (
  row_id INTEGER NOT NULL REFERENCES connection (row_id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  number INTEGER NOT NULL,
  requested_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL,
  responded_at INTEGER NOT NULL,
  outcome TEXT NOT NULL,
  contact_email TEXT,
  requested_by TEXT,
  comment TEXT,
  PRIMARY KEY (row_id, position)
) STRICT, WITHOUT ROWID;

-- What the headings of tables mean that were mapped by hand.
CREATE TABLE heading (
  heading TEXT PRIMARY KEY,
  field TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Customers of a list that no request was sent to yet.
CREATE TABLE to_ask (
  position INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL,
  folded_name TEXT NOT NULL UNIQUE
) STRICT;
