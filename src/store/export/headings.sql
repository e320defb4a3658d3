-- SPDX-License-Identifier: GPL-3.0-or-later
SELECT json_object ('heading', heading, 'field', field) FROM heading ORDER BY heading
