-- SPDX-License-Identifier: GPL-3.0-or-later
SELECT json_object (
  'number', number,
  'copied-at', strftime ('%Y-%m-%dT%H:%M:%SZ', nullif (copied_at, 0), 'unixepoch'),
  'imported-at', strftime ('%Y-%m-%dT%H:%M:%SZ', nullif (imported_at, 0), 'unixepoch'),
  'new', n_new,
  'changed', n_changed,
  'unchanged', n_unchanged,
  'not-understood', n_not_understood,
  'missing', n_missing,
  'can-undo', json (iif (can_undo, 'true', 'false'))
) FROM copy ORDER BY number
