-- SPDX-License-Identifier: GPL-3.0-or-later

-- NULL: the user cannot sign in.
ALTER TABLE users ADD COLUMN password_hash TEXT;

CREATE UNIQUE INDEX users_by_email ON users (email COLLATE NOCASE);

-- What a person allowed a program once. All that came of it ends with it.
CREATE TABLE grants (
  id TEXT PRIMARY KEY,
  user_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  client_id TEXT NOT NULL,
  scope TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  revoked_at INTEGER
) STRICT, WITHOUT ROWID;

CREATE INDEX grants_of_user ON grants (user_id);

CREATE TABLE codes (
  hash TEXT PRIMARY KEY,
  grant_id TEXT NOT NULL REFERENCES grants (id) ON DELETE CASCADE,
  redirect_uri TEXT NOT NULL,
  challenge TEXT NOT NULL,
  expires_at INTEGER NOT NULL,
  used_at INTEGER
) STRICT, WITHOUT ROWID;

CREATE INDEX codes_by_expiry ON codes (expires_at);
CREATE INDEX codes_of_grant ON codes (grant_id);

-- successor: which one came in its place. confirmed_at: since when the client is known to have it.
CREATE TABLE refresh_tokens (
  hash TEXT PRIMARY KEY,
  grant_id TEXT NOT NULL REFERENCES grants (id) ON DELETE CASCADE,
  expires_at INTEGER NOT NULL,
  successor TEXT,
  confirmed_at INTEGER
) STRICT, WITHOUT ROWID;

CREATE INDEX refresh_tokens_by_expiry ON refresh_tokens (expires_at);
CREATE INDEX refresh_tokens_of_grant ON refresh_tokens (grant_id);

-- Of a token that came of a sign-in; one without a grant stands for its user until it is revoked. refresh_hash: of the
-- refresh token that came with it.
ALTER TABLE tokens ADD COLUMN grant_id TEXT REFERENCES grants (id) ON DELETE CASCADE;
ALTER TABLE tokens ADD COLUMN refresh_hash TEXT;
ALTER TABLE tokens ADD COLUMN expires_at INTEGER;

CREATE INDEX tokens_of_grant ON tokens (grant_id) WHERE grant_id IS NOT NULL;
CREATE INDEX tokens_by_expiry ON tokens (expires_at) WHERE expires_at IS NOT NULL;
