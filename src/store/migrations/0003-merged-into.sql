-- SPDX-License-Identifier: GPL-3.0-or-later

-- The account that this one became part of, which is its end; null while it is there.
ALTER TABLE account ADD COLUMN merged_into_id TEXT;
ALTER TABLE account ADD COLUMN merged_into_name TEXT;
