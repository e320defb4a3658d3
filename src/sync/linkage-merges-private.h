/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "linkage-client-merges.h"
#include "linkage-merges.h"
#include "linkage-portal-account-private.h"

G_BEGIN_DECLS

struct _LinkageMerges
{
  GObject parent_instance;

  LinkagePortalAccount *account; /* (owned) */
  LinkageMergeList *list;        /* (owned): as the portal said last */
  gboolean was_read;
  guint n_calls;             /* calls that somebody waits for */
  guint generation;          /* rises with each answer to a press: a list that was asked for before it is an old one */
  GCancellable *cancellable; /* (owned): of rereading */
  gboolean is_rereading;
  gboolean is_outdated; /* during a rereading: once more */
};

/* One call that somebody waits for. */
typedef struct
{
  char *press; /* (owned) (nullable): what was pressed, and with what; null for what only reads */
  guint generation;
  guint offset;
} LinkageMergesCall;

GTask *linkage_merges_begin (LinkageMerges *self,
                             char *press,
                             gpointer source_tag,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data);
LinkageClient *linkage_merges_get_client (LinkageMerges *self);
void linkage_merges_take_answer (LinkageMerges *self, GTask *task, const GError *error);
void linkage_merges_fail (GTask *task, GError *error);
void linkage_merges_outdate_reads (LinkageMerges *self);
void linkage_merges_tell_changed (LinkageMerges *self, gboolean was_enabled);
void linkage_merges_reread (LinkageMerges *self);
gboolean linkage_merges_finish_done (LinkageMerges *self, GAsyncResult *result, gpointer source_tag, GError **error);

G_END_DECLS
