-- SPDX-License-Identifier: GPL-3.0-or-later
SELECT json_object (
  'state', state,
  'epoch', epoch,
  'total', total,
  'updated-at', strftime ('%Y-%m-%dT%H:%M:%SZ', nullif (updated_at, 0), 'unixepoch'),
  'clock-offset', clock_offset
) FROM reading
