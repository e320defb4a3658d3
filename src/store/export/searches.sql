-- SPDX-License-Identifier: GPL-3.0-or-later
SELECT json_object ('id', id, 'name', name, 'idempotency-key', key) FROM search ORDER BY position
