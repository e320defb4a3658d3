/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "walk-companion.h"

#include "linkage-companion-account.h"
#include "linkage-date-text.h"

static void
keep_result (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(GAsyncResult **)user_data = g_object_ref (result);
}

static gboolean
has_result (gpointer user_data)
{
  return *(GAsyncResult **)user_data != NULL;
}

static gboolean
has_account (gpointer user_data)
{
  return linkage_window_get_account (((Walk *)user_data)->window) != NULL;
}

void
walk_open_companion (Walk *walk)
{
  g_autoptr (LinkageAccountInfo) info = NULL;

  walk_open_window (walk);
  gtk_widget_activate_action (GTK_WIDGET (walk->window), "win.add-companion", NULL);
  walk_wait (has_account, walk);
  walk_settle (GTK_WIDGET (walk->window));
  info = linkage_account_get_info (linkage_window_get_account (walk->window));
  walk_check_add_data (walk->check, info->name);
}

static LinkageImportTable *
read_table (LinkageCompanionAccount *account, const char *text, const char *hint, LinkageImportMapping *mapping)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  LinkageImportTable *table;

  linkage_companion_account_read_async (account, bytes, hint, NULL, keep_result, &result);
  walk_wait (has_result, &result);
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

  linkage_companion_account_preview_async (account, table, mapping, copied_at, NULL, keep_result, &result);
  walk_wait (has_result, &result);
  plan = linkage_companion_account_preview_finish (account, result, &error);
  g_assert_no_error (error);

  return plan;
}

void
walk_import (Walk *walk, const char *text, const char *hint, gint64 copied_at)
{
  LinkageCompanionAccount *account = LINKAGE_COMPANION_ACCOUNT (linkage_window_get_account (walk->window));
  LinkageImportMapping mapping;
  g_autoptr (LinkageImportTable) table = read_table (account, text, hint, &mapping);
  g_autoptr (LinkageImportPlan) plan = preview_table (account, table, &mapping, copied_at);
  /* Months are named by the locale. */
  g_autofree char *day = linkage_date_text_format_day (copied_at, g_get_real_time () / G_USEC_PER_SEC, NULL);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  walk_check_add_data (walk->check, day);
  linkage_companion_account_apply_async (account, plan, TRUE, NULL, keep_result, &result);
  walk_wait (has_result, &result);
  linkage_companion_account_finish (account, result, &error);
  g_assert_no_error (error);
  walk_settle (GTK_WIDGET (walk->window));
}
