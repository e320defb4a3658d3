/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "by-hand-account.h"

#include <string.h>

#include "linkage-companion-account.h"

#define DAY G_TIME_SPAN_DAY
#define DEADLINE_SECONDS 30

/* %s: dates, by the number of days before today that stand beside them */
static const struct
{
  const char *line;
  const char *later; /* (nullable): in the second copy */
  guint days;
} rows[] = {
  { "Contoso GmbH,,Pending,buyer@contoso.example,%s,", "Contoso GmbH,,Approved,buyer@contoso.example,%s,", 12 },
  { "Fabrikam Inc.,,Expired,[system initiated],%s,", NULL, 70 },
  { "Litware Oy,,Expired,old@litware.example,%s,", NULL, 60 },
  { "Tailspin Toys,Connect,,,,", NULL, 0 },
  { "Woodgrove Bank AG,,Approved,[system initiated],%s,", NULL, 90 },
  { "Northwind Traders,,Rejected,anna@northwind.example,%s,Please use our other portal.", NULL, 20 },
  { "Adatum S.A.,,Pending,einkauf@adatum.example,%s,", NULL, 44 },
};

static gboolean
wake_up (gpointer user_data)
{
  *(gboolean *)user_data = TRUE;

  return G_SOURCE_CONTINUE;
}

static void
keep_result (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GAsyncResult **kept = user_data;

  *kept = g_object_ref (result);
}

static void
wait_for (GAsyncResult **result)
{
  gboolean late = FALSE;
  guint timer = g_timeout_add_seconds (DEADLINE_SECONDS, wake_up, &late);

  while (*result == NULL && !late)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (timer);
  g_assert_nonnull (*result);
}

static void
finish (LinkageCompanionAccount *account, GAsyncResult *owned_result)
{
  g_autoptr (GAsyncResult) result = owned_result;
  g_autoptr (GError) error = NULL;

  linkage_companion_account_finish (account, result, &error);
  g_assert_no_error (error);
}

static char *
make_table (GDateTime *now, gboolean later)
{
  GString *text = g_string_new ("Customer,Actions,Status,Email,Date,Comments\n");

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GDateTime) day = g_date_time_add_days (now, -(int)rows[i].days);
      g_autofree char *date = g_date_time_format (day, "%Y-%m-%d");
      const char *line = later && rows[i].later != NULL ? rows[i].later : rows[i].line;
      g_auto (GStrv) parts = g_strsplit (line, "%s", 2);
      g_autofree char *whole = g_strjoinv (date, parts);

      g_string_append_printf (text, "%s\n", whole);
    }

  return g_string_free (text, FALSE);
}

static void
import (LinkageCompanionAccount *account, const char *text, gint64 copied_at)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  g_autoptr (GAsyncResult) read = NULL;
  g_autoptr (GAsyncResult) preview = NULL;
  GAsyncResult *applied = NULL;
  g_autoptr (LinkageImportTable) table = NULL;
  g_autoptr (LinkageImportPlan) plan = NULL;
  LinkageImportMapping mapping;
  g_autoptr (GError) error = NULL;

  linkage_companion_account_read_async (account, bytes, "text/csv", NULL, keep_result, &read);
  wait_for (&read);
  table = linkage_companion_account_read_finish (account, read, &mapping, &error);
  g_assert_no_error (error);
  linkage_companion_account_preview_async (account, table, &mapping, copied_at, NULL, keep_result, &preview);
  wait_for (&preview);
  plan = linkage_companion_account_preview_finish (account, preview, &error);
  g_assert_no_error (error);
  linkage_companion_account_apply_async (account, plan, TRUE, NULL, keep_result, &applied);
  wait_for (&applied);
  finish (account, applied);
}

void
by_hand_account_make (LinkageAccountManager *manager, const char *page)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  gint64 at = g_date_time_to_unix (now);
  g_autofree char *first = make_table (now, FALSE);
  g_autofree char *second = make_table (now, TRUE);
  g_autoptr (GAsyncResult) added = NULL;
  g_autoptr (GError) error = NULL;
  LinkageCompanionAccount *account = NULL;

  linkage_account_manager_add_companion_async (manager, "Coupa Supplier Portal", page, NULL, keep_result, &added);
  wait_for (&added);
  linkage_account_manager_add_companion_finish (manager, added, &error);
  g_assert_no_error (error);

  account = LINKAGE_COMPANION_ACCOUNT (linkage_account_manager_get_current (manager));
  import (account, first, at - 7 * (DAY / G_TIME_SPAN_SECOND));
  import (account, second, at);
}
