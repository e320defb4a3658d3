/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

typedef enum
{
  LINKAGE_STATUS_UNKNOWN, /* the portal's own word; see status_label */
  LINKAGE_STATUS_SUGGESTED,
  LINKAGE_STATUS_PENDING,
  LINKAGE_STATUS_APPROVED,
  LINKAGE_STATUS_EXPIRED,
  LINKAGE_STATUS_REJECTED,
} LinkageStatus;

#define LINKAGE_TYPE_STATUS (linkage_status_get_type ())
GType linkage_status_get_type (void);

LinkageStatus linkage_status_from_string (const char *string);
const char *linkage_status_to_string (LinkageStatus status);

G_END_DECLS
