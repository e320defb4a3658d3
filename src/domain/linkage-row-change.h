/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "linkage-status.h"

G_BEGIN_DECLS

/* What of a row was changed, by a newer copy or by hand. */
typedef enum
{
  LINKAGE_ROW_CHANGE_STATUS,        /* words of linkage_status_to_string() */
  LINKAGE_ROW_CHANGE_REQUESTED_AT,  /* ISO 8601: another request was seen */
  LINKAGE_ROW_CHANGE_CONTACT,       /* an e-mail address */
  LINKAGE_ROW_CHANGE_COMMENT,       /* the customer's */
  LINKAGE_ROW_CHANGE_NAME,          /* the customer is written in another way */
  LINKAGE_ROW_CHANGE_MISSING,       /* "missing", or empty: it is there again */
  LINKAGE_ROW_CHANGE_REQUESTS_USED, /* "2", or "2+": at least two */
  LINKAGE_ROW_CHANGE_SENT,          /* by hand: the person sent a request, to this e-mail address if any */
  LINKAGE_ROW_CHANGE_ENTRIES,       /* by hand: the customer list, how many lines */
} LinkageRowChangeKind;

#define LINKAGE_TYPE_ROW_CHANGE (linkage_row_change_get_type ())

/* One line of a row's history; immutable once shared. */
typedef struct
{
  LinkageRowChangeKind kind;
  gint64 at;     /* of the copy, or of what was done by hand, Unix seconds */
  gint64 copy;   /* its number; 0: by hand */
  char *former;  /* (owned) (nullable) */
  char *present; /* (owned) (nullable) */
} LinkageRowChange;

GType linkage_row_change_get_type (void);
LinkageRowChange *
linkage_row_change_new (LinkageRowChangeKind kind, gint64 at, gint64 copy, const char *former, const char *present);
LinkageRowChange *linkage_row_change_ref (LinkageRowChange *self);
void linkage_row_change_unref (LinkageRowChange *self);
const char *linkage_row_change_kind_to_string (LinkageRowChangeKind kind);
gboolean linkage_row_change_kind_from_string (const char *string, LinkageRowChangeKind *kind);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LinkageRowChange, linkage_row_change_unref)

G_END_DECLS
