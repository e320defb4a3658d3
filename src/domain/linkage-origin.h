/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

typedef enum
{
  LINKAGE_ORIGIN_SUGGESTION,
  LINKAGE_ORIGIN_SEARCH,
} LinkageOrigin;

gboolean linkage_origin_from_string (const char *string, LinkageOrigin *origin);
const char *linkage_origin_to_string (LinkageOrigin origin);

G_END_DECLS
