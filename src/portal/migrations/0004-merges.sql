-- SPDX-License-Identifier: GPL-3.0-or-later

-- merged_into: the account is no more. Its id and its members stay, so that their programs learn where its rows are.
ALTER TABLE accounts ADD COLUMN merged_into TEXT REFERENCES accounts (id) ON DELETE CASCADE;
ALTER TABLE accounts ADD COLUMN suggests_merges INTEGER NOT NULL DEFAULT 1;

CREATE INDEX accounts_merged ON accounts (merged_into) WHERE merged_into IS NOT NULL;

-- asking, asked: the two accounts; stays: which of them is there afterwards.
CREATE TABLE merges (
  id TEXT PRIMARY KEY,
  asking TEXT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
  asked TEXT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
  stays TEXT NOT NULL,
  note TEXT,
  requested_by TEXT NOT NULL,
  status TEXT NOT NULL CHECK (status IN ('open', 'merged', 'declined', 'withdrawn')),
  created_at INTEGER NOT NULL,
  closed_at INTEGER,
  CHECK (asking <> asked AND stays IN (asking, asked))
) STRICT, WITHOUT ROWID;

CREATE INDEX merges_asking ON merges (asking, created_at);
CREATE INDEX merges_asked ON merges (asked, created_at);
