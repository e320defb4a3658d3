-- SPDX-License-Identifier: GPL-3.0-or-later
-- A passed verification lets its bearer send: like a token it stays here.
SELECT json_object (
  'idempotency-key', key,
  'kind', kind,
  'state', state,
  'connection-id', connection_id,
  'customer-id', customer_id,
  'customer-name', customer_name,
  'contact-email', contact_email,
  'confirmed', json (iif (confirmed, 'true', 'false')),
  'created-at', strftime ('%Y-%m-%dT%H:%M:%SZ', nullif (created_at, 0), 'unixepoch'),
  'not-before', strftime ('%Y-%m-%dT%H:%M:%SZ', nullif (not_before, 0), 'unixepoch'),
  'tries', tries,
  'epoch', epoch,
  'refusal-type', refusal_type,
  'refusal-detail', refusal_detail
) FROM outbox ORDER BY position
