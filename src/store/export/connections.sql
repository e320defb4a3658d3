-- SPDX-License-Identifier: GPL-3.0-or-later
-- ?1: those that are no more and are kept, else those of the table. The words of actions are those of linkage_action_to_string().
SELECT json_object (
  'id', id,
  'revision', revision,
  'customer', json_object (
    'id', customer_id,
    'name', customer_name,
    'country', customer_country,
    'accepts-requests', json (iif (accepts_requests, 'true', 'false')),
    'entries', (
      SELECT json_group_array (json (item)) FROM (
        SELECT json_object (
          'name', name,
          'reference', reference,
          'country', country,
          'active', json (iif (active, 'true', 'false'))
        ) AS item FROM customer_entry WHERE row_id = connection.row_id ORDER BY position
      )
    )
  ),
  'origin', origin,
  'status', status,
  'status-label', status_label,
  'requests-used', requests_used,
  'requests-used-is-minimum', json (iif (used_is_minimum, 'true', 'false')),
  'was-rejected', json (iif (was_rejected, 'true', 'false')),
  'attempts', (
    SELECT json_group_array (json (item)) FROM (
      SELECT json_object (
        'number', number,
        'requested-at', strftime ('%Y-%m-%dT%H:%M:%SZ', nullif (requested_at, 0), 'unixepoch'),
        'expires-at', strftime ('%Y-%m-%dT%H:%M:%SZ', nullif (expires_at, 0), 'unixepoch'),
        'responded-at', strftime ('%Y-%m-%dT%H:%M:%SZ', nullif (responded_at, 0), 'unixepoch'),
        'outcome', outcome,
        'contact-email', contact_email,
        'requested-by', requested_by,
        'comment', comment
      ) AS item FROM attempt WHERE row_id = connection.row_id ORDER BY position
    )
  ),
  'actions', (
    SELECT json_group_array (column2) FROM (VALUES (1, 'connect'), (2, 'resend'), (4, 'request'))
    WHERE connection.actions & column1
  ),
  'seen-at', strftime ('%Y-%m-%dT%H:%M:%SZ', nullif (seen_at, 0), 'unixepoch'),
  'missing', json (iif (missing, 'true', 'false')),
  'removed-at', strftime ('%Y-%m-%dT%H:%M:%SZ', removed_at, 'unixepoch'),
  'history', (
    SELECT json_group_array (json (item)) FROM (
      SELECT json_object (
        'kind', kind,
        'at', strftime ('%Y-%m-%dT%H:%M:%SZ', nullif (at, 0), 'unixepoch'),
        'copy', nullif (copy, 0),
        'former', former,
        'present', present
      ) AS item FROM change WHERE row_id = connection.row_id ORDER BY position
    )
  ),
  'before-latest-copy', (
    SELECT json (iif (is_new, '{"new":true}', json_object (
      'new', json ('false'),
      'written', json (iif (is_written, 'true', 'false')),
      'customer-name', customer_name,
      'origin', origin,
      'status', status,
      'status-label', status_label,
      'requests-used', requests_used,
      'requests-used-is-minimum', json (iif (used_is_minimum, 'true', 'false')),
      'was-rejected', json (iif (was_rejected, 'true', 'false')),
      'attempts', (
        SELECT json_group_array (json (item)) FROM (
          SELECT json_object (
            'number', number,
            'requested-at', strftime ('%Y-%m-%dT%H:%M:%SZ', nullif (requested_at, 0), 'unixepoch'),
            'expires-at', strftime ('%Y-%m-%dT%H:%M:%SZ', nullif (expires_at, 0), 'unixepoch'),
            'responded-at', strftime ('%Y-%m-%dT%H:%M:%SZ', nullif (responded_at, 0), 'unixepoch'),
            'outcome', outcome,
            'contact-email', contact_email,
            'requested-by', requested_by,
            'comment', comment
          ) AS item FROM former_attempt WHERE row_id = former.row_id ORDER BY position
        )
      ),
      'actions', (
        SELECT json_group_array (column2) FROM (VALUES (1, 'connect'), (2, 'resend'), (4, 'request'))
        WHERE former.actions & column1
      ),
      'seen-at', strftime ('%Y-%m-%dT%H:%M:%SZ', nullif (seen_at, 0), 'unixepoch'),
      'missing', json (iif (missing, 'true', 'false'))
    ))) FROM former WHERE row_id = connection.row_id
  )
) FROM connection WHERE iif (?1, removed_at IS NOT NULL, removed = 0) ORDER BY row_id
