/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

GUri *linkage_address_parse (const char *address, GError **error);
gboolean linkage_address_is_secure (GUri *uri);
char *linkage_address_get_origin (GUri *uri);
gboolean linkage_address_has_same_origin (GUri *a, GUri *b);

G_END_DECLS
