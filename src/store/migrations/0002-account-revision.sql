-- SPDX-License-Identifier: GPL-3.0-or-later

-- Which of two descriptions of the account is the newer one; 0 where it was written before there was any.
ALTER TABLE account ADD COLUMN revision INTEGER NOT NULL DEFAULT 0;
