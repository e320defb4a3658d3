-- SPDX-License-Identifier: GPL-3.0-or-later

-- What a session asks for depends on its provider. opened_at: when its page was opened in a browser, which is once.
CREATE TABLE challenges_of_any_provider (
  id TEXT PRIMARY KEY,
  account_id TEXT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
  user_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  customer_id TEXT NOT NULL REFERENCES customers (id) ON DELETE CASCADE,
  action TEXT NOT NULL CHECK (action IN ('request', 'resend')),
  provider TEXT NOT NULL,
  status TEXT NOT NULL CHECK (status IN ('pending', 'passed', 'used')),
  expires_at INTEGER NOT NULL,
  opened_at INTEGER,
  challenge TEXT,
  salt TEXT,
  signature TEXT,
  max_number INTEGER,
  CHECK (provider <> 'proof-of-work' OR (challenge IS NOT NULL AND salt IS NOT NULL AND signature IS NOT NULL AND
                                         max_number IS NOT NULL))
) STRICT, WITHOUT ROWID;

INSERT INTO challenges_of_any_provider (id, account_id, user_id, customer_id, action, provider, status, expires_at,
                                        challenge, salt, signature, max_number)
SELECT id, account_id, user_id, customer_id, action, 'proof-of-work', status, expires_at, challenge, salt, signature,
       max_number
FROM challenges;

DROP TABLE challenges;

ALTER TABLE challenges_of_any_provider RENAME TO challenges;

CREATE INDEX challenges_by_expiry ON challenges (expires_at);

-- What the widgets gave, so that none counts twice whatever a provider says.
CREATE TABLE verification_tokens (
  hash TEXT PRIMARY KEY,
  shown_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX verification_tokens_by_age ON verification_tokens (shown_at);
