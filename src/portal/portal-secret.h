/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *portal_secret_new_token (void);
char *portal_secret_new_id (void);
gint64 portal_secret_new_number (gint64 maximum);
char *portal_secret_hash (const char *token);
gboolean portal_secret_equal (const char *a, const char *b);

G_END_DECLS
