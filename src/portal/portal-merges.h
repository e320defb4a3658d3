/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <json-glib/json-glib.h>

#include "portal-store.h"

G_BEGIN_DECLS

typedef enum
{
  PORTAL_MERGE_OPEN,
  PORTAL_MERGE_MERGED,
  PORTAL_MERGE_DECLINED,
  PORTAL_MERGE_WITHDRAWN,
} PortalMergeStatus;

/* A request of one account to become one with another. */
typedef struct
{
  char *id;           /* (owned) */
  char *asking;       /* (owned): the account that asks */
  char *asking_name;  /* (owned) */
  char *asked;        /* (owned): the account that answers */
  char *asked_name;   /* (owned) */
  char *stays;        /* (owned): which of the two is there afterwards */
  char *note;         /* (owned) (nullable) */
  char *requested_by; /* (owned): a user's name */
  PortalMergeStatus status;
  gint64 created_at;
  gint64 closed_at; /* 0 while it is open */
} PortalMerge;

void portal_merge_free (PortalMerge *merge);
const char *portal_merge_get_goes (const PortalMerge *merge);
const char *portal_merge_get_goes_name (const PortalMerge *merge);
void portal_merge_add_json (JsonBuilder *builder, const PortalMerge *merge, const char *account_id);

PortalMerge *portal_merges_load (PortalStore *store, const char *account_id, const char *merge_id, GError **error);
GPtrArray *portal_merges_list (PortalStore *store, const char *account_id, GError **error);
gboolean portal_merges_has_open (PortalStore *store, const char *account_id, gboolean *has_open, GError **error);
char *portal_merges_create (PortalStore *store,
                            const char *asking,
                            const char *asked,
                            gboolean asked_stays,
                            const char *note,
                            const char *requested_by,
                            GError **error);
gboolean portal_merges_close (PortalStore *store, PortalMerge *merge, PortalMergeStatus status, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PortalMerge, portal_merge_free)

G_END_DECLS
