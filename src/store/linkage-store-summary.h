/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "linkage-store-error.h"

G_BEGIN_DECLS

/* How much is kept of an account. */
typedef struct
{
  guint64 n_connections;
  guint64 n_removed;    /* rows that are no more, with their history */
  guint64 n_changes;    /* lines of their histories */
  guint64 n_copies;     /* that a person brought */
  guint64 n_to_ask;     /* names of the list To Ask */
  guint64 n_searches;   /* names that were searched for */
  guint64 n_unanswered; /* requests that the portal has not answered, refused ones left out */
  guint n_backups;
  guint n_set_aside; /* damaged files */
} LinkageStoreSummary;

gboolean
linkage_store_summary_read (const char *path, LinkageStoreSummary *summary, GCancellable *cancellable, GError **error);

G_END_DECLS
