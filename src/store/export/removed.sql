-- SPDX-License-Identifier: GPL-3.0-or-later
-- A row that a list may still show is only marked.
SELECT json_object ('id', id, 'revision', revision) FROM (
  SELECT id, revision FROM tombstone UNION ALL SELECT id, revision FROM connection WHERE removed
) ORDER BY id
