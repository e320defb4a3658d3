/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

void linkage_random_fill (guint8 *bytes, gsize length);
char *linkage_random_new_text (gsize n_bytes);

G_END_DECLS
