/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "linkage-account-info.h"
#include "linkage-database.h"

G_BEGIN_DECLS

/* How far the portal has been read: the one row of the table reading. */
typedef struct
{
  char *state; /* (owned) (nullable): null where it is to be read from the beginning */
  guint total;
  gint64 updated_at;       /* Unix seconds, UTC; 0: never read to the end */
  gint64 clock_offset;     /* seconds */
  gint64 generation;       /* of the reading from the beginning that is going on, or was the last */
  gboolean rereading;      /* not at its end */
  char *epoch;             /* (owned) (nullable) */
  gint64 epoch_generation; /* what was seen in an earlier generation has a revision of another epoch */
  char *collation;         /* (owned) (nullable): of the keys in connection */
} LinkageReading;

gboolean linkage_reading_load (LinkageReading *self, LinkageDatabase *database, GError **error);
gboolean linkage_reading_save (const LinkageReading *self, LinkageDatabase *database, GError **error);
gboolean linkage_reading_take_account (LinkageReading *self,
                                       LinkageDatabase *database,
                                       const LinkageAccountInfo *info,
                                       GError **error);
void linkage_reading_clear (LinkageReading *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (LinkageReading, linkage_reading_clear)

G_END_DECLS
