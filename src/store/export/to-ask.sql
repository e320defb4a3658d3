-- SPDX-License-Identifier: GPL-3.0-or-later
SELECT json_object ('name', name) FROM to_ask ORDER BY position
