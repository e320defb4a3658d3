/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "linkage-domain"

#include "linkage-account-info.h"

#include "linkage-rules.h"

G_DEFINE_BOXED_TYPE (LinkageAccountInfo, linkage_account_info, linkage_account_info_ref, linkage_account_info_unref)

static void
clear (LinkageAccountInfo *info)
{
  g_free (info->id);
  g_free (info->name);
  g_free (info->user_name);
  g_free (info->user_email);
  g_free (info->epoch);
  g_free (info->invitation_email);
  g_free (info->support_name);
  g_free (info->support_email);
  g_free (info->confirmation_text);
  g_free (info->page);
  g_free (info->merged_into_id);
  g_free (info->merged_into_name);
}

/**
 * linkage_account_info_new:
 * @id: the account's id on the portal
 * @name: the account's name
 *
 * Makes an account's description for the caller to fill in before it is shared: no admin, an empty epoch, no searches
 * used of as many as the rules give.
 *
 * Returns: (transfer full): a new description
 */
LinkageAccountInfo *
linkage_account_info_new (const char *id, const char *name)
{
  LinkageAccountInfo *info = NULL;

  g_return_val_if_fail (id != NULL, NULL);
  g_return_val_if_fail (name != NULL, NULL);

  info = g_atomic_rc_box_new0 (LinkageAccountInfo);
  info->id = g_strdup (id);
  info->name = g_strdup (name);
  info->epoch = g_strdup ("");
  info->searches_limit = LINKAGE_RULES_SEARCHES_PER_ACCOUNT;

  return info;
}

/**
 * linkage_account_info_copy:
 * @info: an account's description
 *
 * Makes a description like another for the caller to change before it is shared.
 *
 * Returns: (transfer full): a new description
 */
LinkageAccountInfo *
linkage_account_info_copy (const LinkageAccountInfo *info)
{
  LinkageAccountInfo *copy = NULL;

  g_return_val_if_fail (info != NULL, NULL);

  copy = linkage_account_info_new (info->id, info->name);
  copy->user_name = g_strdup (info->user_name);
  copy->user_email = g_strdup (info->user_email);
  copy->is_admin = info->is_admin;
  g_free (copy->epoch);
  copy->epoch = g_strdup (info->epoch);
  copy->revision = info->revision;
  copy->searches_limit = info->searches_limit;
  copy->searches_used = info->searches_used;
  copy->invitation_email = g_strdup (info->invitation_email);
  copy->support_name = g_strdup (info->support_name);
  copy->support_email = g_strdup (info->support_email);
  copy->confirmation_text = g_strdup (info->confirmation_text);
  copy->page = g_strdup (info->page);
  copy->merged_into_id = g_strdup (info->merged_into_id);
  copy->merged_into_name = g_strdup (info->merged_into_name);

  return copy;
}

/**
 * linkage_account_info_ref:
 * @info: an account's description
 *
 * Takes a reference. Any thread.
 *
 * Returns: (transfer full): @info
 */
LinkageAccountInfo *
linkage_account_info_ref (LinkageAccountInfo *info)
{
  g_return_val_if_fail (info != NULL, NULL);

  return g_atomic_rc_box_acquire (info);
}

/**
 * linkage_account_info_unref:
 * @info: (transfer full): an account's description
 *
 * Drops a reference; the last one frees it. Any thread.
 */
void
linkage_account_info_unref (LinkageAccountInfo *info)
{
  g_return_if_fail (info != NULL);

  g_atomic_rc_box_release_full (info, (GDestroyNotify)clear);
}

/**
 * linkage_account_info_get_searches_left:
 * @info: an account's description
 *
 * Returns: how many searches the account may still create
 */
guint
linkage_account_info_get_searches_left (const LinkageAccountInfo *info)
{
  g_return_val_if_fail (info != NULL, 0);

  return linkage_rules_get_searches_left (info->searches_used, info->searches_limit);
}
