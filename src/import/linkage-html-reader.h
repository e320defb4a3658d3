/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "linkage-import-table.h"

G_BEGIN_DECLS

GPtrArray *linkage_html_reader_read (GBytes *bytes, gboolean *asks_password, GCancellable *cancellable, GError **error);

G_END_DECLS
