/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

#include "portal-store.h"

G_BEGIN_DECLS

/* An account that another one may ask to merge with. */
typedef struct
{
  char *id;   /* (owned) */
  char *name; /* (owned) */
} PortalMergePartner;

void portal_merge_partner_free (PortalMergePartner *partner);

GPtrArray *portal_merge_partners_suggest (PortalStore *store, const char *account_id, GError **error);
GPtrArray *portal_merge_partners_find (PortalStore *store, const char *email, GError **error);
gboolean portal_merge_partners_exists (PortalStore *store, const char *account_id, gboolean *exists, GError **error);
gboolean
portal_merge_partners_get_enabled (PortalStore *store, const char *account_id, gboolean *enabled, GError **error);
gboolean
portal_merge_partners_set_enabled (PortalStore *store, const char *account_id, gboolean enabled, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PortalMergePartner, portal_merge_partner_free)

G_END_DECLS
