/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "linkage-sync"

#include "linkage-account-manager-private.h"

static const char *
get_state_word (LinkageAccountState state)
{
  static const char *const words[] = {
    [LINKAGE_ACCOUNT_STATE_STARTING] = "starting",
    [LINKAGE_ACCOUNT_STATE_READY] = "ready",
    [LINKAGE_ACCOUNT_STATE_OFFLINE] = "offline",
    [LINKAGE_ACCOUNT_STATE_UNREACHABLE] = "unreachable",
    [LINKAGE_ACCOUNT_STATE_SIGN_IN_NEEDED] = "sign-in needed",
    [LINKAGE_ACCOUNT_STATE_ROLE_REQUIRED] = "role required",
    [LINKAGE_ACCOUNT_STATE_REMOVED] = "removed",
  };

  return (gsize)state < G_N_ELEMENTS (words) ? words[state] : "unknown";
}

static const char *
get_kind_word (LinkageAccount *account)
{
  if ((linkage_account_get_features (account) & LINKAGE_ACCOUNT_FEATURES_SANDBOX) != 0)
    return "sandbox";

  return LINKAGE_IS_PORTAL_ACCOUNT (account) ? "portal" : "companion";
}

static void
append_error (GString *info, const GError *error)
{
  if (error != NULL)
    g_string_append_printf (info, "Last error: %s:%d\n", g_quark_to_string (error->domain), error->code);
}

static void
append_account (GString *info, LinkageAccount *account)
{
  g_autoptr (GPtrArray) operations = linkage_account_list_operations (account, NULL);

  g_string_append_printf (info, "Account: %s\n", get_kind_word (account));
  g_string_append_printf (info, "State: %s\n", get_state_word (linkage_account_get_state (account)));
  g_string_append_printf (info, "Has content: %s\n", linkage_account_get_has_content (account) ? "yes" : "no");
  if (operations != NULL)
    g_string_append_printf (info, "Outbox: %u\n", operations->len);
  append_error (info, linkage_account_get_last_error (account));
}

static void
append_entry (GString *info, LinkageAccountEntry *entry)
{
  if (entry->account != NULL)
    {
      append_account (info, entry->account);
      return;
    }

  g_string_append (info, "Account: not open\n");
  append_error (info, entry->error);
}

/**
 * linkage_account_manager_get_debug_info:
 * @self: a manager
 *
 * Describes the accounts for whoever mends the program, and what they are kept with. Nothing of it is a
 * secret or says who the person is, whom it asked or where. Not translated.
 *
 * Returns: (transfer full): lines of text
 */
char *
linkage_account_manager_get_debug_info (LinkageAccountManager *self)
{
  g_autoptr (GString) info = g_string_new (NULL);
  guint n;

  g_return_val_if_fail (LINKAGE_IS_ACCOUNT_MANAGER (self), NULL);

  g_string_append_printf (info, "SQLite %s\n", linkage_store_get_sqlite_version ());
  g_string_append_printf (info, "Secret Service: %s\n", linkage_secrets_get_persistent (self->secrets) ? "yes" : "no");
  n = g_list_model_get_n_items (G_LIST_MODEL (self->entries));
  if (n == 0)
    g_string_append (info, "Account: none\n");
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (LinkageAccountEntry) entry = g_list_model_get_item (G_LIST_MODEL (self->entries), i);

      append_entry (info, entry);
    }

  return g_string_free (g_steal_pointer (&info), FALSE);
}
