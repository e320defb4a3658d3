/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <string.h>

#include "companion-fixture.h"
#include "linkage-statement.h"
#include "linkage-store-export.h"

/* Quotes, a backslash, a line, a control character, a bidirectional override and an emoji. */
#define AWKWARD "\"Con\\toso\"\n\x01\u202Eosotnoc\u202C \U0001F469\u200D\U0001F4BC"
#define N_MANY 100000

static const char *const settings[] = { "kind", "portal", "name", AWKWARD, NULL };

static char *export(Fixture *fixture)
{
  g_autoptr (GOutputStream) stream = g_memory_output_stream_new_resizable ();
  g_autoptr (GError) error = NULL;

  linkage_store_export_write (fixture->path, settings, stream, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  g_output_stream_write_all (stream, "", 1, NULL, NULL, &error);
  g_assert_no_error (error);

  return g_strdup (g_memory_output_stream_get_data (G_MEMORY_OUTPUT_STREAM (stream)));
}

/* (transfer full) (nullable): what stands at a path of SQLite's JSON */
static char *
find (const char *document, const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LinkageDatabase) database =
    linkage_database_open (":memory:", 0, LINKAGE_DATABASE_OPEN_DEFAULT, NULL, &error);
  g_autoptr (LinkageStatement) statement = NULL;

  g_assert_no_error (error);
  statement = linkage_statement_get (database, "SELECT json_extract (?, ?)", &error);
  g_assert_no_error (error);
  linkage_statement_bind_text (statement, 0, document);
  linkage_statement_bind_text (statement, 1, path);
  g_assert_cmpint (linkage_statement_step (statement, &error), ==, LINKAGE_STEP_ROW);
  g_assert_no_error (error);

  return g_strdup (linkage_statement_get_text (statement, 0));
}

static void
assert_value (const char *document, const char *path, const char *expected)
{
  g_autofree char *found = find (document, path);

  g_assert_cmpstr (found, ==, expected);
}

static void
test_portal (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LinkageChanges) page = make_page (NULL, "s1", FALSE, "e1");
  g_autoptr (LinkageOperation) operation = linkage_operation_new (LINKAGE_OPERATION_REQUEST, "c9", "Woodgrove");
  g_autoptr (GError) error = NULL;
  g_autofree char *document = NULL;
  LinkageConnection *one = make_connection ("one", 1, AWKWARD);
  LinkageAttempt *attempt = linkage_attempt_new ();

  attempt->requested_at = COPIED_AT;
  attempt->expires_at = linkage_rules_get_expiry (COPIED_AT);
  attempt->outcome = LINKAGE_STATUS_REJECTED;
  attempt->comment = g_strdup ("Not now");
  g_ptr_array_add (one->attempts, attempt);
  g_ptr_array_add (one->customer->entries, linkage_customer_entry_new ("Contoso Ltd", NULL, "GB", FALSE));
  one->status = LINKAGE_STATUS_REJECTED;
  g_ptr_array_add (page->changed, one);
  add_row (page, "two", 2, "Fabrikam");
  add_tombstone (page, "two", 3);
  apply (fixture, page);
  operation->contact_email = g_strdup ("buyer@woodgrove.example");
  operation->challenge_session = g_strdup ("a-passed-verification");
  operation->created_at = COPIED_AT;
  enqueue (fixture, operation, &error);
  g_assert_no_error (error);

  document = export(fixture);
  assert_value (document, "$.format", "linkage-account-export");
  assert_value (document, "$.version", "1");
  assert_value (document, "$.settings.name", AWKWARD);
  assert_value (document, "$.account.role", "admin");
  assert_value (document, "$.account.name", "Fabrikam");
  assert_value (document, "$.reading.state", "s1");
  assert_value (document, "$.connections[0].customer.name", AWKWARD);
  assert_value (document, "$.connections[0].customer.entries[0].active", "0");
  assert_value (document, "$.connections[0].customer.accepts-requests", "1");
  assert_value (document, "$.connections[0].attempts[0].requested-at", "2026-11-24T12:00:00Z");
  assert_value (document, "$.connections[0].attempts[0].responded-at", NULL);
  assert_value (document, "$.connections[0].attempts[0].comment", "Not now");
  assert_value (document, "$.connections[0].actions", "[\"connect\"]");
  assert_value (document, "$.connections[0].seen-at", NULL);
  assert_value (document, "$.connections[1]", NULL);
  assert_value (document, "$.removed", "[{\"id\":\"two\",\"revision\":3}]");
  assert_value (document, "$.outbox[0].contact-email", "buyer@woodgrove.example");
  assert_value (document, "$.outbox[0].state", "waiting");
  assert_value (document, "$.copies", "[]");
  g_assert_null (strstr (document, "a-passed-verification"));
  g_assert_true (g_utf8_validate (document, -1, NULL));
}

static void
test_companion (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GHashTable) headings = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (LinkageCopy) copy = linkage_copy_new (COPIED_AT + 60);
  g_autoptr (LinkageRowChange) sent =
    linkage_row_change_new (LINKAGE_ROW_CHANGE_CONTACT, COPIED_AT + 90, 0, NULL, "buyer@contoso.example");
  g_autoptr (GAsyncResult) edited = NULL;
  g_autoptr (GAsyncResult) added = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *document = NULL;
  const char *const names[] = { "Woodgrove \U0001F4BC", NULL };
  LinkageConnection *renamed;

  apply_first (fixture);
  g_hash_table_insert (headings, (gpointer) "abnehmer", (gpointer) "customer");
  renamed = make_seen ("one", "Contoso Ltd", COPIED_AT + 60);
  renamed->revision = 1;
  g_ptr_array_add (copy->written, renamed);
  g_ptr_array_add (copy->written, make_seen ("four", "Tailspin", COPIED_AT + 60));
  try_apply (fixture, copy, headings, &error);
  g_assert_no_error (error);
  linkage_store_edit_async (fixture->store, "one", sent, NULL, NULL, on_result, &edited);
  finish (fixture, &edited, &error);
  g_assert_no_error (error);
  linkage_store_add_to_ask_async (fixture->store, names, NULL, on_result, &added);
  finish (fixture, &added, &error);
  g_assert_no_error (error);

  document = export(fixture);
  assert_value (document, "$.account", NULL);
  assert_value (document, "$.connections[0].customer.name", "Contoso Ltd");
  assert_value (document, "$.connections[0].seen-at", "2026-11-24T12:01:00Z");
  assert_value (document, "$.connections[0].history[0].kind", "name");
  assert_value (document, "$.connections[0].history[0].former", "Contoso");
  assert_value (document, "$.connections[0].history[0].copy", "2");
  assert_value (document, "$.connections[0].history[1].present", "buyer@contoso.example");
  assert_value (document, "$.connections[0].history[1].copy", NULL);
  assert_value (document, "$.connections[0].before-latest-copy.customer-name", "Contoso");
  assert_value (document, "$.connections[0].before-latest-copy.attempts[0].number", "1");
  assert_value (document, "$.connections[3].before-latest-copy", "{\"new\":true}");
  assert_value (document, "$.copies[1].copied-at", "2026-11-24T12:01:00Z");
  assert_value (document, "$.headings", "[{\"heading\":\"abnehmer\",\"field\":\"customer\"}]");
  assert_value (document, "$.to-ask[0].name", names[0]);
}

/* What the program makes out of other columns, and what is only of use within the file. */
static gboolean
is_derived (const char *column)
{
  const char *const derived[] = {
    "one",     "generation",  "rereading",   "epoch_generation", "collation",         "row_id", "position",
    "removed", "filter_text", "folded_name", "last_change",      "challenge_session", NULL,
  };

  return g_str_has_prefix (column, "sort_") || g_strv_contains (derived, column);
}

static void
test_whole_schema (Fixture *fixture, gconstpointer data)
{
  const char folder[] = "/io/github/linkage_app/Linkage/store/export";
  g_autoptr (GError) error = NULL;
  g_autoptr (GString) queries = g_string_new (NULL);
  g_auto (GStrv) names = g_resources_enumerate_children (folder, G_RESOURCE_LOOKUP_FLAGS_NONE, &error);
  g_autoptr (LinkageDatabase) database = NULL;
  g_autoptr (LinkageStatement) statement = NULL;
  guint n_columns = 0;

  g_assert_no_error (error);
  for (guint i = 0; names[i] != NULL; i++)
    {
      g_autofree char *path = g_build_path ("/", folder, names[i], NULL);
      g_autoptr (GBytes) query = g_resources_lookup_data (path, G_RESOURCE_LOOKUP_FLAGS_NONE, &error);

      g_assert_no_error (error);
      g_string_append (queries, g_bytes_get_data (query, NULL));
    }

  database = linkage_database_open (fixture->path, 0x4c6e6b53, LINKAGE_DATABASE_OPEN_READ_ONLY, NULL, &error);
  g_assert_no_error (error);
  statement = linkage_statement_get (database,
                                     "SELECT t.name, c.name FROM sqlite_schema AS t, pragma_table_info (t.name) AS c"
                                     " WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite%'",
                                     &error);
  g_assert_no_error (error);
  while (linkage_statement_step (statement, &error) == LINKAGE_STEP_ROW)
    {
      const char *table = linkage_statement_get_text (statement, 0);
      const char *column = linkage_statement_get_text (statement, 1);
      g_autofree char *from = g_strdup_printf ("FROM %s\\b", table);
      g_autofree char *word = g_strdup_printf ("[ (]%s\\b", column);

      n_columns++;
      g_test_message ("%s.%s", table, column);
      g_assert_true (g_regex_match_simple (from, queries->str, 0, 0));
      g_assert_true (is_derived (column) || g_regex_match_simple (word, queries->str, 0, 0));
    }
  g_assert_no_error (error);
  g_assert_cmpuint (n_columns, >, 60);
}

static void
fill_many (Fixture *fixture, LinkageDatabase *database)
{
  g_autoptr (GError) error = NULL;

  linkage_database_execute (database,
                            "WITH RECURSIVE n (i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < " G_STRINGIFY (
                              N_MANY) ")"
                                      " INSERT INTO connection SELECT i, 'id-' || i, 1, 0, 0, 'c-' || i, 'Customer ' "
                                      "|| i, 'DE', 1, 'search', 'pending',"
                                      " NULL, 1, 0, 0, 0, 0, 0, '', x'00', 0, 0, NULL, NULL, NULL, NULL FROM n;"
                                      "INSERT INTO attempt SELECT row_id, 1, 1, 1795521600, 1798113600, 0, 'pending', "
                                      "'a@b.example', 'Ann', NULL"
                                      " FROM connection",
                            &error);
  g_assert_no_error (error);
}

static guint64
get_peak_memory (void)
{
  g_autofree char *status = NULL;
  const char *peak;

  g_assert_true (g_file_get_contents ("/proc/self/status", &status, NULL, NULL));
  peak = strstr (status, "VmHWM:");

  return g_ascii_strtoull (peak + strlen ("VmHWM:"), NULL, 10);
}

typedef struct
{
  LinkageDatabase *database; /* (unowned) */
  guint n_calls;
} Meanwhile;

/* Somebody empties the table while it is written. */
static void
on_progress (guint64 n_done, guint64 n_rows, gpointer user_data)
{
  Meanwhile *meanwhile = user_data;
  g_autoptr (GError) error = NULL;

  g_assert_cmpuint (n_rows, ==, N_MANY);
  g_assert_cmpuint (n_done, <=, n_rows);
  if (meanwhile->n_calls++ == 0)
    linkage_database_execute (meanwhile->database, "DELETE FROM connection", &error);
  g_assert_no_error (error);
}

static void
test_many (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = g_strconcat (fixture->path, ".json", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GError) error = NULL;
  g_autoptr (GOutputStream) stream = NULL;
  g_autoptr (LinkageDatabase) database = NULL;
  g_autofree char *document = NULL;
  Meanwhile meanwhile = { NULL, 0 };
  guint64 former_peak;

  database = linkage_database_open (fixture->path, 0x4c6e6b53, LINKAGE_DATABASE_OPEN_DEFAULT, NULL, &error);
  g_assert_no_error (error);
  fill_many (fixture, database);
  meanwhile.database = database;
  stream = G_OUTPUT_STREAM (g_file_create (file, G_FILE_CREATE_PRIVATE, NULL, &error));
  g_assert_no_error (error);

  former_peak = get_peak_memory ();
  linkage_store_export_write (fixture->path, settings, stream, on_progress, &meanwhile, NULL, &error);
  g_assert_no_error (error);
  /* What watches the program has memory of its own, for each piece that was ever used. */
  if (g_getenv ("LINKAGE_TEST_WATCHED") == NULL)
    g_assert_cmpuint (get_peak_memory () - former_peak, <, 16 * 1024);

  g_assert_cmpuint (meanwhile.n_calls, ==, N_MANY / 1000);
  g_assert_true (g_file_get_contents (path, &document, NULL, &error));
  assert_value (document, "$.connections[" G_STRINGIFY (N_MANY) "]", NULL);
  assert_value (document, "$.connections[99999].customer.name", "Customer " G_STRINGIFY (N_MANY));
}

static void
on_progress_cancel (guint64 n_done, guint64 n_rows, gpointer user_data)
{
  g_assert_cmpuint (n_done, ==, 1000);
  g_cancellable_cancel (user_data);
}

static void
test_cancel (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GOutputStream) stream = g_memory_output_stream_new_resizable ();
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (LinkageDatabase) database =
    linkage_database_open (fixture->path, 0x4c6e6b53, LINKAGE_DATABASE_OPEN_DEFAULT, NULL, &error);

  g_assert_no_error (error);
  fill_many (fixture, database);
  g_assert_false (
    linkage_store_export_write (fixture->path, settings, stream, on_progress_cancel, cancellable, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add ("/store/export/portal", Fixture, NULL, set_up, test_portal, tear_down);
  g_test_add ("/store/export/companion", Fixture, NULL, set_up_companion, test_companion, tear_down);
  g_test_add ("/store/export/whole-schema", Fixture, NULL, set_up, test_whole_schema, tear_down);
  g_test_add ("/store/export/many", Fixture, NULL, set_up, test_many, tear_down);
  g_test_add ("/store/export/cancel", Fixture, NULL, set_up, test_cancel, tear_down);

  return g_test_run ();
}
