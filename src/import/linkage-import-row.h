/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "linkage-connection.h"
#include "linkage-import-mapping.h"

G_BEGIN_DECLS

/* Why a row was not understood. */
typedef enum
{
  LINKAGE_IMPORT_REASON_NONE,
  LINKAGE_IMPORT_REASON_NO_CUSTOMER,    /* the name is missing */
  LINKAGE_IMPORT_REASON_UNKNOWN_STATUS, /* a word that is none of the portal's */
  LINKAGE_IMPORT_REASON_NO_STATUS,      /* no status, and no Connect icon that would make it a suggestion */
  LINKAGE_IMPORT_REASON_INVALID_DATE,   /* no day that exists, in the order that was chosen */
  LINKAGE_IMPORT_REASON_INVALID_EMAIL,
  LINKAGE_IMPORT_REASON_REPEATED,  /* the same customer, address and date stand above */
  LINKAGE_IMPORT_REASON_AMBIGUOUS, /* more than one request of ours may be meant */
} LinkageImportReason;

#define LINKAGE_TYPE_IMPORT_ROW (linkage_import_row_get_type ())

/* One row of a table as it was understood; immutable once it is made. */
typedef struct
{
  guint number;               /* in the table as it was brought, the first is 1 */
  LinkageImportReason reason; /* none: understood */
  char *customer;             /* (owned): as written, possibly empty */
  char *folded_customer;      /* (owned): by linkage_text_fold_name() */
  char *status_word;          /* (owned): as written, possibly empty */
  LinkageStatus status;
  LinkageOrigin origin;
  char *contact_email; /* (owned) (nullable) */
  gint64 requested_at; /* the last second of the day, local time, as Unix seconds; 0: none given */
  char *comment;       /* (owned) (nullable) */
} LinkageImportRow;

GType linkage_import_row_get_type (void);
LinkageImportRow *linkage_import_row_read (const LinkageImportTable *table,
                                           const LinkageImportMapping *mapping,
                                           guint row,
                                           GTimeZone *time_zone);
LinkageImportRow *linkage_import_row_ref (LinkageImportRow *self);
void linkage_import_row_unref (LinkageImportRow *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LinkageImportRow, linkage_import_row_unref)

G_END_DECLS
