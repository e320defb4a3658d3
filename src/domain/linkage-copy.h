/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "linkage-connection.h"

G_BEGIN_DECLS

#define LINKAGE_TYPE_COPY (linkage_copy_get_type ())

/* What a person brought at one time, and what was made of it; immutable once shared. */
typedef struct
{
  gint64 number;      /* the first is 1; 0: not saved yet */
  gint64 copied_at;   /* when the copy was made, Unix seconds */
  gint64 imported_at; /* Unix seconds */
  guint n_new;
  guint n_changed;
  guint n_unchanged;
  guint n_not_understood;
  guint n_missing;      /* rows that were marked as missing */
  gboolean can_undo;    /* the latest one, as long as it was not undone */
  GPtrArray *written;   /* (owned) (element-type LinkageConnection): new and changed rows; empty once saved */
  GPtrArray *unchanged; /* (owned) (element-type utf8): ids of rows seen again as they were; empty once saved */
  GPtrArray *missing;   /* (owned) (element-type utf8): ids of rows not in the whole table; empty once saved */
} LinkageCopy;

GType linkage_copy_get_type (void);
LinkageCopy *linkage_copy_new (gint64 copied_at);
LinkageCopy *linkage_copy_ref (LinkageCopy *self);
void linkage_copy_unref (LinkageCopy *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LinkageCopy, linkage_copy_unref)

G_END_DECLS
