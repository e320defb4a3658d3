-- SPDX-License-Identifier: GPL-3.0-or-later

-- When the portal took a row away that had any history: it is kept then, for reading. Null for all other rows; of
-- removed ones those go when no list shows them any more.
ALTER TABLE connection ADD COLUMN removed_at INTEGER;
CREATE INDEX connection_by_removal ON connection (removed_at) WHERE removed_at IS NOT NULL;
