/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "copies.h"

#define DEADLINE_SECONDS 30

void
copies_keep_result (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(GAsyncResult **)user_data = g_object_ref (result);
}

static gboolean
on_late (gpointer user_data)
{
  g_error ("Nothing was answered in %d s", DEADLINE_SECONDS);

  return G_SOURCE_REMOVE;
}

void
copies_wait (GAsyncResult **result)
{
  guint timer = g_timeout_add_seconds (DEADLINE_SECONDS, on_late, NULL);

  while (*result == NULL)
    g_main_context_iteration (NULL, TRUE);

  g_source_remove (timer);
}

static LinkageImportTable *
read_table (LinkageCompanionAccount *account, const char *text, const char *hint, LinkageImportMapping *mapping)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  LinkageImportTable *table;

  linkage_companion_account_read_async (account, bytes, hint, NULL, copies_keep_result, &result);
  copies_wait (&result);
  table = linkage_companion_account_read_finish (account, result, mapping, &error);
  g_assert_no_error (error);

  return table;
}

static LinkageImportPlan *
preview_table (LinkageCompanionAccount *account,
               LinkageImportTable *table,
               const LinkageImportMapping *mapping,
               gint64 copied_at)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  LinkageImportPlan *plan;

  linkage_companion_account_preview_async (account, table, mapping, copied_at, NULL, copies_keep_result, &result);
  copies_wait (&result);
  plan = linkage_companion_account_preview_finish (account, result, &error);
  g_assert_no_error (error);

  return plan;
}

void
copies_bring (LinkageCompanionAccount *account, const char *text, const char *hint, gint64 copied_at)
{
  LinkageImportMapping mapping;
  g_autoptr (LinkageImportTable) table = read_table (account, text, hint, &mapping);
  g_autoptr (LinkageImportPlan) plan = preview_table (account, table, &mapping, copied_at);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  linkage_companion_account_apply_async (account, plan, TRUE, NULL, copies_keep_result, &result);
  copies_wait (&result);
  linkage_companion_account_finish (account, result, &error);
  g_assert_no_error (error);
}
