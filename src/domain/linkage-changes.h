/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "linkage-account-info.h"
#include "linkage-connection.h"

G_BEGIN_DECLS

#define LINKAGE_TYPE_CHANGES (linkage_changes_get_type ())

/* A row that is no more. */
typedef struct
{
  char *id; /* (owned) */
  gint64 revision;
} LinkageTombstone;

LinkageTombstone *linkage_tombstone_new (const char *id, gint64 revision);
void linkage_tombstone_free (LinkageTombstone *tombstone);

/* One page of what changed since a state; immutable once shared. */
typedef struct
{
  char *old_state; /* (owned) (nullable): null when read from the beginning */
  char *new_state; /* (owned) */
  gboolean has_more;
  guint total;                 /* rows of the account on the portal */
  LinkageAccountInfo *account; /* (owned) */
  GPtrArray *changed;          /* (owned) (element-type LinkageConnection) */
  GPtrArray *removed;          /* (owned) (element-type LinkageTombstone) */
} LinkageChanges;

GType linkage_changes_get_type (void);
LinkageChanges *linkage_changes_new (void);
LinkageChanges *linkage_changes_ref (LinkageChanges *changes);
void linkage_changes_unref (LinkageChanges *changes);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LinkageTombstone, linkage_tombstone_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LinkageChanges, linkage_changes_unref)

G_END_DECLS
