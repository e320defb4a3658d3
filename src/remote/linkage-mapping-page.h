/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "linkage-json-reader.h"

G_BEGIN_DECLS

gboolean linkage_mapping_read_page (const LinkageJsonReader *reader, const char *name, char **value, GError **error);
gpointer linkage_mapping_read_link (const LinkageJsonReader *reader, GError **error);

G_END_DECLS
