/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

#define LINKAGE_TYPE_ACCOUNT_INFO (linkage_account_info_get_type ())

/* What the portal says of an account and of the user who reads it; immutable once shared. */
typedef struct
{
  char *id;         /* (owned) */
  char *name;       /* (owned) */
  char *user_name;  /* (owned) (nullable) */
  char *user_email; /* (owned) (nullable) */
  gboolean is_admin;
  char *epoch;     /* (owned): revisions compare only within one epoch */
  gint64 revision; /* only rises within an epoch: what is lower is older */
  guint searches_limit;
  guint searches_used;
  char *invitation_email;  /* (owned) (nullable): what a customer invites */
  char *support_name;      /* (owned) (nullable) */
  char *support_email;     /* (owned) (nullable) */
  char *confirmation_text; /* (owned) (nullable): the portal's, plain text */
  char *page;              /* (owned) (nullable): https, where requests are made on a portal without an interface */
  char *merged_into_id;    /* (owned) (nullable): the account that this one became part of, which is its end */
  char *merged_into_name;  /* (owned) (nullable): null where there is no merged_into_id */
} LinkageAccountInfo;

GType linkage_account_info_get_type (void);
LinkageAccountInfo *linkage_account_info_new (const char *id, const char *name);
LinkageAccountInfo *linkage_account_info_copy (const LinkageAccountInfo *info);
LinkageAccountInfo *linkage_account_info_ref (LinkageAccountInfo *info);
void linkage_account_info_unref (LinkageAccountInfo *info);
guint linkage_account_info_get_searches_left (const LinkageAccountInfo *info);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LinkageAccountInfo, linkage_account_info_unref)

G_END_DECLS
