-- SPDX-License-Identifier: GPL-3.0-or-later
SELECT json_object (
  'id', id,
  'name', name,
  'role', iif (is_admin, 'admin', 'user'),
  'user', json_object ('name', user_name, 'email', user_email),
  'epoch', epoch,
  'revision', revision,
  'searches', json_object ('limit', searches_limit, 'used', searches_used),
  'invitation-email', invitation_email,
  'support', json_object ('name', support_name, 'email', support_email),
  'confirmation-text', confirmation_text,
  'page', page,
  'merged-into', iif (merged_into_id IS NULL, NULL, json_object ('id', merged_into_id, 'name', merged_into_name))
) FROM account
