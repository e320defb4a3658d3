/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "fixture-account.h"
#include "fixture-wait.h"
#include "linkage-account-error.h"
#include "linkage-account-manager.h"
#include "linkage-companion-account.h"
#include "linkage-connection-row.h"

#define PAGE "https://supplier.example/connections"
#define MONDAY G_GINT64_CONSTANT (1795435200) /* 2026-11-23T12:00:00Z */
#define WEEK (7 * 24 * 60 * 60)

static const char first_page[] =
  "<table><tr><th>Kunde</th><th>Aktionen</th><th>Status</th><th>E-Mail</th><th>Datum</th><th>Kommentare</th></tr>"
  "<tr><td>Contoso GmbH</td><td></td><td>Ausstehend</td><td>buyer@contoso.example</td><td>2026-11-20</td><td></td></tr>"
  "<tr><td>Fabrikam</td><td></td><td>Abgelaufen</td><td>[vom System initiiert]</td><td>2026-09-01</td><td></td></tr>"
  "<tr><td>Litware</td><td></td><td>Ausstehend</td><td></td><td>2026-10-01</td><td></td></tr>"
  "<tr><td>Tailspin</td><td><a title='Verbinden'></a></td><td></td><td></td><td></td><td></td></tr></table>";

static const char second_page[] = "Customer,Status,Email,Date\n"
                                  "contoso gmbh,Approved,buyer@contoso.example,2026-11-20\n"
                                  "Fabrikam,Expired,,2026-09-01\n"
                                  "Woodgrove,Nonsense,,2026-11-01\n";

typedef struct
{
  char *folder;
  LinkageAccountManager *manager;
  LinkageCompanionAccount *account; /* (unowned): the manager's */
  guint n_copies_changed;
} Fixture;

static void
count (LinkageCompanionAccount *account, gpointer user_data)
{
  guint *counter = user_data;

  (*counter)++;
}

static gboolean
add_companion (LinkageAccountManager *manager, const char *name, const char *page, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  linkage_account_manager_add_companion_async (manager, name, page, NULL, fixture_keep_result, &result);
  fixture_wait_result (&result);

  return linkage_account_manager_add_companion_finish (manager, result, error);
}

static void
close_manager (LinkageAccountManager *manager)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  linkage_account_manager_close_async (manager, fixture_keep_result, &result);
  fixture_wait_result (&result);
  linkage_account_manager_close_finish (manager, result, &error);
  g_assert_no_error (error);
  g_clear_object (&result);

  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_finalize_object (manager);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  fixture->folder = fixture_make_folder ();
  fixture->manager = linkage_account_manager_new (fixture->folder);
  add_companion (fixture->manager, "Our Company", PAGE, &error);
  g_assert_no_error (error);
  fixture->account = LINKAGE_COMPANION_ACCOUNT (linkage_account_manager_get_current (fixture->manager));
  g_signal_connect (fixture->account, "copies-changed", G_CALLBACK (count), &fixture->n_copies_changed);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  close_manager (fixture->manager);
  fixture_remove_folder (fixture->folder);
  g_free (fixture->folder);
}

static LinkageImportTable *
read_text (Fixture *fixture, const char *text, const char *hint, LinkageImportMapping *mapping, GError **error)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  g_autoptr (GAsyncResult) result = NULL;

  linkage_companion_account_read_async (fixture->account, bytes, hint, NULL, fixture_keep_result, &result);
  fixture_wait_result (&result);

  return linkage_companion_account_read_finish (fixture->account, result, mapping, error);
}

static LinkageImportPlan *
preview_table (Fixture *fixture, LinkageImportTable *table, const LinkageImportMapping *mapping, gint64 copied_at)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  LinkageImportPlan *plan = NULL;

  linkage_companion_account_preview_async (fixture->account, table, mapping, copied_at, NULL, fixture_keep_result,
                                           &result);
  fixture_wait_result (&result);
  plan = linkage_companion_account_preview_finish (fixture->account, result, &error);
  g_assert_no_error (error);

  return plan;
}

static LinkageImportPlan *
preview (Fixture *fixture, const char *text, const char *hint, gint64 copied_at)
{
  g_autoptr (GError) error = NULL;
  LinkageImportMapping mapping;
  g_autoptr (LinkageImportTable) table = read_text (fixture, text, hint, &mapping, &error);

  g_assert_no_error (error);
  g_assert_true (linkage_import_mapping_is_usable (&mapping));

  return preview_table (fixture, table, &mapping, copied_at);
}

static gboolean
finish (Fixture *fixture, GAsyncResult **result, GError **error)
{
  gboolean done;

  fixture_wait_result (result);
  done = linkage_companion_account_finish (fixture->account, *result, error);
  g_clear_object (result);

  return done;
}

static void
apply (Fixture *fixture, LinkageImportPlan *plan, gboolean mark_missing)
{
  GAsyncResult *result = NULL;
  g_autoptr (GError) error = NULL;

  linkage_companion_account_apply_async (fixture->account, plan, mark_missing, NULL, fixture_keep_result, &result);
  finish (fixture, &result, &error);
  g_assert_no_error (error);
}

static void
import (Fixture *fixture, const char *text, const char *hint, gint64 copied_at, gboolean mark_missing)
{
  g_autoptr (LinkageImportPlan) plan = preview (fixture, text, hint, copied_at);

  apply (fixture, plan, mark_missing);
}

static gboolean
is_loaded (LinkageConnectionList *list)
{
  return !linkage_connection_list_get_loading (list);
}

/* As the table shows it. */
static LinkageConnection *
find_row (Fixture *fixture, const char *name)
{
  g_autoptr (LinkageConnectionList) list = linkage_account_create_list (LINKAGE_ACCOUNT (fixture->account));

  FIXTURE_WAIT (is_loaded, list);
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (list)); i++)
    {
      g_autoptr (LinkageConnectionRow) row = g_list_model_get_item (G_LIST_MODEL (list), i);
      LinkageConnection *connection = linkage_connection_row_get_connection (row);

      if (g_str_equal (connection->customer->name, name))
        return linkage_connection_ref (connection);
    }

  return NULL;
}

static void
test_add (Fixture *fixture, gconstpointer data)
{
  LinkageAccount *account = LINKAGE_ACCOUNT (fixture->account);
  g_autoptr (LinkageAccountInfo) info = linkage_account_get_info (account);
  g_autoptr (LinkageCopy) copy = linkage_companion_account_get_latest_copy (fixture->account);
  g_autoptr (GPtrArray) operations = linkage_account_list_operations (account, NULL);
  gint64 now = g_get_real_time () / G_USEC_PER_SEC;

  g_assert_cmpint (linkage_account_get_features (account), ==,
                   LINKAGE_ACCOUNT_FEATURES_IMPORT | LINKAGE_ACCOUNT_FEATURES_BY_HAND | LINKAGE_ACCOUNT_FEATURES_KEPT);
  g_assert_cmpint (linkage_account_get_state (account), ==, LINKAGE_ACCOUNT_STATE_READY);
  g_assert_cmpint (linkage_account_get_updated_at (account), ==, 0);
  g_assert_cmpint (ABS (linkage_account_get_now (account) - now), <, 5);
  g_assert_null (linkage_account_get_last_error (account));
  g_assert_cmpstr (info->name, ==, "Our Company");
  g_assert_cmpstr (info->page, ==, PAGE);
  g_assert_true (info->is_admin);
  g_assert_cmpuint (linkage_account_info_get_searches_left (info), ==, 5);
  g_assert_null (copy);
  g_assert_null (linkage_companion_account_get_restored (fixture->account));
  g_assert_cmpuint (operations->len, ==, 0);
}

/* What the person brought is in the account that there is; another one would hide it. */
static void
test_add_again (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *id = g_strdup (linkage_account_get_id (LINKAGE_ACCOUNT (fixture->account)));

  g_assert_true (add_companion (fixture->manager, "Our Company", PAGE, &error));
  g_assert_no_error (error);
  g_assert_true (linkage_account_manager_get_current (fixture->manager) == LINKAGE_ACCOUNT (fixture->account));

  g_assert_true (add_companion (fixture->manager, "Another Company", PAGE, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (linkage_account_get_id (linkage_account_manager_get_current (fixture->manager)), !=, id);

  g_assert_true (add_companion (fixture->manager, "Our Company", PAGE, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (linkage_account_get_id (linkage_account_manager_get_current (fixture->manager)), ==, id);
}

static void
test_wrong_pages (Fixture *fixture, gconstpointer data)
{
  const char *const pages[] = { "http://supplier.example", "supplier.example", "file:///etc/passwd", "https://", "" };

  for (guint i = 0; i < G_N_ELEMENTS (pages); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_false (add_companion (fixture->manager, "Other", pages[i], &error));
      g_assert_error (error, LINKAGE_ACCOUNT_ERROR, LINKAGE_ACCOUNT_ERROR_INVALID_ADDRESS);
    }
}

static void
test_import (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LinkageImportPlan) plan = preview (fixture, first_page, "text/html", MONDAY);
  g_autoptr (LinkageConnection) contoso = NULL;
  g_autoptr (LinkageConnection) fabrikam = NULL;
  g_autoptr (LinkageConnection) litware = NULL;
  g_autoptr (LinkageConnection) tailspin = NULL;
  g_autoptr (LinkageConnection) before = find_row (fixture, "Fabrikam");

  /* A preview saves nothing. */
  g_assert_null (before);
  g_assert_cmpuint (linkage_import_plan_count (plan, LINKAGE_IMPORT_NEW), ==, 4);
  apply (fixture, plan, FALSE);
  g_assert_cmpuint (fixture->n_copies_changed, ==, 1);
  g_assert_cmpint (linkage_account_get_updated_at (LINKAGE_ACCOUNT (fixture->account)), ==, MONDAY);

  contoso = find_row (fixture, "Contoso GmbH");
  fabrikam = find_row (fixture, "Fabrikam");
  litware = find_row (fixture, "Litware");
  tailspin = find_row (fixture, "Tailspin");
  g_assert_cmpint (contoso->status, ==, LINKAGE_STATUS_PENDING);
  g_assert_cmpint (contoso->actions, ==, LINKAGE_ACTIONS_NONE);
  g_assert_cmpint (fabrikam->actions, ==, LINKAGE_ACTIONS_RESEND);
  /* Nobody has said that it expired. */
  g_assert_cmpint (litware->status, ==, LINKAGE_STATUS_PENDING);
  g_assert_cmpint (litware->actions, ==, LINKAGE_ACTIONS_NONE);
  g_assert_cmpint (tailspin->actions, ==, LINKAGE_ACTIONS_CONNECT);
}

static void
test_again_and_undo (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LinkageImportPlan) plan = NULL;
  g_autoptr (LinkageConnection) contoso = NULL;
  g_autoptr (LinkageConnection) litware = NULL;
  g_autoptr (LinkageConnection) undone = NULL;
  g_autoptr (GPtrArray) changes = NULL;
  g_autoptr (LinkageCopy) copy = NULL;
  g_autoptr (GError) error = NULL;
  GAsyncResult *result = NULL;

  import (fixture, first_page, "text/html", MONDAY, FALSE);
  plan = preview (fixture, second_page, "second.csv", MONDAY + WEEK);
  g_assert_cmpuint (linkage_import_plan_count (plan, LINKAGE_IMPORT_CHANGED), ==, 1);
  g_assert_cmpuint (linkage_import_plan_count (plan, LINKAGE_IMPORT_UNCHANGED), ==, 1);
  g_assert_cmpuint (linkage_import_plan_count (plan, LINKAGE_IMPORT_NOT_UNDERSTOOD), ==, 1);
  apply (fixture, plan, TRUE);

  contoso = find_row (fixture, "contoso gmbh");
  litware = find_row (fixture, "Litware");
  g_assert_cmpint (contoso->status, ==, LINKAGE_STATUS_APPROVED);
  g_assert_true (litware->is_missing);
  changes = linkage_companion_account_list_changes (fixture->account, contoso->id, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (changes->len, ==, 2);
  copy = linkage_companion_account_get_latest_copy (fixture->account);
  g_assert_cmpint (copy->copied_at, ==, MONDAY + WEEK);
  g_assert_cmpuint (copy->n_missing, ==, 2);
  g_assert_cmpuint (copy->n_not_understood, ==, 1);
  g_assert_true (copy->can_undo);

  linkage_companion_account_undo_import_async (fixture->account, NULL, fixture_keep_result, &result);
  finish (fixture, &result, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (fixture->n_copies_changed, ==, 3);
  undone = find_row (fixture, "Contoso GmbH");
  g_assert_cmpint (undone->status, ==, LINKAGE_STATUS_PENDING);
  g_assert_cmpint (linkage_account_get_updated_at (LINKAGE_ACCOUNT (fixture->account)), ==, MONDAY);
}

static void
test_changed_since_preview (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LinkageImportPlan) plan = NULL;
  g_autoptr (LinkageConnection) contoso = NULL;
  g_autoptr (GError) error = NULL;
  GAsyncResult *result = NULL;

  import (fixture, first_page, "text/html", MONDAY, FALSE);
  contoso = find_row (fixture, "Contoso GmbH");
  plan = preview (fixture, second_page, "second.csv", MONDAY + WEEK);
  linkage_companion_account_set_requests_used_async (fixture->account, contoso->id, 2, FALSE, NULL, fixture_keep_result,
                                                     &result);
  finish (fixture, &result, &error);
  g_assert_no_error (error);

  linkage_companion_account_apply_async (fixture->account, plan, FALSE, NULL, fixture_keep_result, &result);
  g_assert_false (finish (fixture, &result, &error));
  g_assert_error (error, LINKAGE_ACCOUNT_ERROR, LINKAGE_ACCOUNT_ERROR_TOO_LATE);
}

static void
test_by_hand (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LinkageConnection) fabrikam = NULL;
  g_autoptr (LinkageConnection) sent = NULL;
  g_autoptr (LinkageConnection) corrected = NULL;
  g_autoptr (GPtrArray) entries = g_ptr_array_new_with_free_func ((GDestroyNotify)linkage_customer_entry_unref);
  g_autoptr (LinkageConnection) listed = NULL;
  g_autoptr (GError) error = NULL;
  GAsyncResult *result = NULL;

  import (fixture, first_page, "text/html", MONDAY, FALSE);
  fabrikam = find_row (fixture, "Fabrikam");
  linkage_companion_account_mark_sent_async (fixture->account, fabrikam->id, NULL, NULL, fixture_keep_result, &result);
  finish (fixture, &result, &error);
  g_assert_no_error (error);
  sent = find_row (fixture, "Fabrikam");
  g_assert_cmpint (sent->status, ==, LINKAGE_STATUS_PENDING);
  g_assert_cmpint (sent->actions, ==, LINKAGE_ACTIONS_NONE);
  g_assert_cmpuint (sent->requests_used, ==, 2);
  g_assert_true (sent->requests_used_is_minimum);

  linkage_companion_account_set_contact_async (fixture->account, fabrikam->id, "buyer@fabrikam.example", NULL,
                                               fixture_keep_result, &result);
  finish (fixture, &result, &error);
  g_assert_no_error (error);
  corrected = find_row (fixture, "Fabrikam");
  g_assert_cmpstr (linkage_connection_get_latest_attempt (corrected)->contact_email, ==, "buyer@fabrikam.example");

  g_ptr_array_add (entries, linkage_customer_entry_new ("Fabrikam France", NULL, "FR", TRUE));
  linkage_companion_account_set_entries_async (fixture->account, fabrikam->id, entries, NULL, fixture_keep_result,
                                               &result);
  finish (fixture, &result, &error);
  g_assert_no_error (error);
  listed = find_row (fixture, "Fabrikam");
  g_assert_cmpuint (listed->customer->entries->len, ==, 1);

  linkage_companion_account_set_contact_async (fixture->account, fabrikam->id, "at home", NULL, fixture_keep_result,
                                               &result);
  g_assert_false (finish (fixture, &result, &error));
  g_assert_error (error, LINKAGE_ACCOUNT_ERROR, LINKAGE_ACCOUNT_ERROR_INVALID_FIELDS);
}

/* What was marked as sent is the request that the page shows afterwards. */
static void
test_sent_and_seen (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GDateTime) today = g_date_time_new_now_local ();
  g_autofree char *day = g_date_time_format (today, "%Y-%m-%d");
  g_autofree char *csv = g_strdup_printf ("Customer,Status,Date\nFabrikam,Pending,%s\n", day);
  g_autoptr (LinkageConnection) fabrikam = NULL;
  g_autoptr (LinkageImportPlan) plan = NULL;
  g_autoptr (GError) error = NULL;
  GAsyncResult *result = NULL;

  import (fixture, first_page, "text/html", MONDAY, FALSE);
  fabrikam = find_row (fixture, "Fabrikam");
  linkage_companion_account_mark_sent_async (fixture->account, fabrikam->id, NULL, NULL, fixture_keep_result, &result);
  finish (fixture, &result, &error);
  g_assert_no_error (error);

  plan = preview (fixture, csv, "today.csv", MAX (MONDAY, g_get_real_time () / G_USEC_PER_SEC));
  g_assert_cmpuint (linkage_import_plan_count (plan, LINKAGE_IMPORT_UNCHANGED), ==, 1);
}

static void
test_details (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LinkageAccountInfo) info = NULL;
  g_autoptr (GError) error = NULL;
  GAsyncResult *result = NULL;

  linkage_companion_account_set_searches_used_async (fixture->account, 7, NULL, fixture_keep_result, &result);
  finish (fixture, &result, &error);
  g_assert_no_error (error);
  linkage_companion_account_set_details_async (fixture->account, "New Name", NULL, "csp@our-company.example", NULL,
                                               fixture_keep_result, &result);
  finish (fixture, &result, &error);
  g_assert_no_error (error);

  info = linkage_account_get_info (LINKAGE_ACCOUNT (fixture->account));
  g_assert_cmpuint (info->searches_used, ==, 5);
  g_assert_cmpstr (info->name, ==, "New Name");
  g_assert_null (info->page);
  g_assert_cmpstr (info->invitation_email, ==, "csp@our-company.example");

  linkage_companion_account_set_details_async (fixture->account, "Name", "ftp://x", NULL, NULL, fixture_keep_result,
                                               &result);
  g_assert_false (finish (fixture, &result, &error));
  g_assert_error (error, LINKAGE_ACCOUNT_ERROR, LINKAGE_ACCOUNT_ERROR_INVALID_ADDRESS);
}

static void
test_names (Fixture *fixture, gconstpointer data)
{
  const char *const names[] = { "CONTOSO AG", "Nobody Ltd", NULL };
  const char *const rest[] = { "Nobody Ltd", NULL };
  g_autoptr (GAsyncResult) checked = NULL;
  g_autoptr (GPtrArray) matches = NULL;
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) to_ask = NULL;
  g_auto (GStrv) none = NULL;
  GAsyncResult *result = NULL;

  import (fixture, first_page, "text/html", MONDAY, FALSE);
  linkage_companion_account_check_list_async (fixture->account, names, NULL, fixture_keep_result, &checked);
  fixture_wait_result (&checked);
  matches = linkage_companion_account_check_list_finish (fixture->account, checked, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (matches->len, ==, 2);
  g_assert_cmpint (((LinkageNameMatch *)g_ptr_array_index (matches, 0))->likeness, ==, LINKAGE_NAME_LIKELY);
  g_assert_cmpint (((LinkageNameMatch *)g_ptr_array_index (matches, 1))->likeness, ==, LINKAGE_NAME_NONE);

  linkage_companion_account_add_to_ask_async (fixture->account, rest, NULL, fixture_keep_result, &result);
  finish (fixture, &result, &error);
  g_assert_no_error (error);
  to_ask = linkage_companion_account_list_to_ask (fixture->account, &error);
  g_assert_cmpstr (to_ask[0], ==, "Nobody Ltd");
  linkage_companion_account_remove_to_ask_async (fixture->account, rest, NULL, fixture_keep_result, &result);
  finish (fixture, &result, &error);
  none = linkage_companion_account_list_to_ask (fixture->account, &error);
  g_assert_null (none[0]);
}

static void
test_headings_by_hand (Fixture *fixture, gconstpointer data)
{
  const char *csv = "Abnehmer;Stand;Wann\nContoso;Pending;2026-11-20\n";
  g_autoptr (GError) error = NULL;
  g_autoptr (LinkageImportTable) table = NULL;
  g_autoptr (LinkageImportTable) again = NULL;
  g_autoptr (LinkageImportPlan) plan = NULL;
  LinkageImportMapping mapping;

  table = read_text (fixture, "Abnehmer;Stand;Wann\nContoso;Zu;2026-11-20\n", "a.csv", &mapping, &error);
  g_assert_no_error (error);
  g_assert_false (linkage_import_mapping_is_usable (&mapping));
  linkage_import_mapping_assign (&mapping, 0, LINKAGE_IMPORT_FIELD_CUSTOMER);
  linkage_import_mapping_assign (&mapping, 1, LINKAGE_IMPORT_FIELD_STATUS);
  linkage_import_mapping_assign (&mapping, 2, LINKAGE_IMPORT_FIELD_DATE);
  mapping.first_row = 1;
  plan = preview_table (fixture, table, &mapping, MONDAY);
  apply (fixture, plan, FALSE);

  again = read_text (fixture, csv, "a.csv", &mapping, &error);
  g_assert_no_error (error);
  g_assert_cmpint (mapping.fields[0], ==, LINKAGE_IMPORT_FIELD_CUSTOMER);
  g_assert_cmpint (mapping.fields[2], ==, LINKAGE_IMPORT_FIELD_DATE);
  g_assert_cmpuint (mapping.first_row, ==, 1);
}

static void
test_bad_input (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *text;
    const char *hint;
    LinkageImportError code;
  } cases[] = {
    { "", "text/plain", LINKAGE_IMPORT_ERROR_EMPTY },
    { "hello", "text/plain", LINKAGE_IMPORT_ERROR_NO_TABLE },
    { "<form><input type=password></form>", "text/html", LINKAGE_IMPORT_ERROR_SIGN_IN },
    { "PK\x03\x04", "a.xlsx", LINKAGE_IMPORT_ERROR_SPREADSHEET },
  };
  g_autoptr (LinkageCopy) copy = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      LinkageImportMapping mapping;

      g_assert_null (read_text (fixture, cases[i].text, cases[i].hint, &mapping, &error));
      g_assert_error (error, LINKAGE_IMPORT_ERROR, (int)cases[i].code);
    }

  copy = linkage_companion_account_get_latest_copy (fixture->account);
  g_assert_null (copy);
}

static void
test_restore (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) backups = NULL;
  g_autoptr (LinkageConnection) contoso = NULL;
  g_autoptr (GError) error = NULL;
  GAsyncResult *result = NULL;

  import (fixture, first_page, "text/html", MONDAY, FALSE);
  import (fixture, second_page, "second.csv", MONDAY + WEEK, FALSE);
  backups = linkage_companion_account_list_backups (fixture->account);
  g_assert_cmpuint (backups->len, ==, 2);
  linkage_companion_account_restore_async (
    fixture->account, ((LinkageStoreBackup *)g_ptr_array_index (backups, 0))->path, NULL, fixture_keep_result, &result);
  finish (fixture, &result, &error);
  g_assert_no_error (error);
  contoso = find_row (fixture, "Contoso GmbH");
  g_assert_cmpint (contoso->status, ==, LINKAGE_STATUS_PENDING);
  g_assert_cmpint (linkage_account_get_updated_at (LINKAGE_ACCOUNT (fixture->account)), ==, MONDAY);
}

static void
test_not_supported (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (fixture_account_refresh (LINKAGE_ACCOUNT (fixture->account), &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED);
}

static void
test_next_run (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (LinkageConnection) contoso = NULL;
  g_autoptr (LinkageAccountInfo) info = NULL;

  import (fixture, first_page, "text/html", MONDAY, FALSE);
  close_manager (fixture->manager);

  fixture->manager = linkage_account_manager_new (fixture->folder);
  linkage_account_manager_load_async (fixture->manager, NULL, fixture_keep_result, &result);
  fixture_wait_result (&result);
  g_assert_true (linkage_account_manager_load_finish (fixture->manager, result, &error));
  g_assert_no_error (error);
  fixture->account = LINKAGE_COMPANION_ACCOUNT (linkage_account_manager_get_current (fixture->manager));
  contoso = find_row (fixture, "Contoso GmbH");
  g_assert_nonnull (contoso);
  info = linkage_account_get_info (LINKAGE_ACCOUNT (fixture->account));
  g_assert_cmpstr (info->name, ==, "Our Company");
}

int
main (int argc, char **argv)
{
  g_setenv ("DBUS_SESSION_BUS_ADDRESS", "disabled:", TRUE);
  g_setenv ("TZ", "UTC", TRUE);
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

#define ADD(name, func) g_test_add ("/sync/companion/" name, Fixture, NULL, set_up, func, tear_down)
  ADD ("add", test_add);
  ADD ("add-again", test_add_again);
  ADD ("wrong-pages", test_wrong_pages);
  ADD ("import", test_import);
  ADD ("again-and-undo", test_again_and_undo);
  ADD ("changed-since-preview", test_changed_since_preview);
  ADD ("by-hand", test_by_hand);
  ADD ("sent-and-seen", test_sent_and_seen);
  ADD ("details", test_details);
  ADD ("names", test_names);
  ADD ("headings-by-hand", test_headings_by_hand);
  ADD ("bad-input", test_bad_input);
  ADD ("restore", test_restore);
  ADD ("not-supported", test_not_supported);
  ADD ("next-run", test_next_run);
#undef ADD

  return g_test_run ();
}
