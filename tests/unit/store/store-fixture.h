/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib/gstdio.h>

#include "linkage-store-private.h"

#define DEADLINE 100 /* seconds */

/* A store with what it has told. */
typedef struct
{
  char *path;
  LinkageStore *store;
  GHashTable *rows; /* row id → whether it is gone, as told since the last forget() */
  guint n_rows_changed;
  guint n_account_changed;
  guint n_outbox_changed;
} Fixture;

static inline void
on_result (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GAsyncResult **slot = user_data;

  *slot = g_object_ref (result);
}

static inline void
wait_for (GAsyncResult **result)
{
  gint64 deadline = g_get_monotonic_time () + DEADLINE * G_USEC_PER_SEC;

  while (*result == NULL)
    {
      g_assert_cmpint (g_get_monotonic_time (), <, deadline);
      g_main_context_iteration (NULL, TRUE);
    }
}

static inline void
on_rows_changed (LinkageStore *store, GVariant *rows, gpointer user_data)
{
  Fixture *fixture = user_data;
  GVariantIter iter;
  gint64 row_id;
  gboolean gone;

  g_assert_true (g_main_context_is_owner (g_main_context_default ()));
  fixture->n_rows_changed++;
  g_variant_iter_init (&iter, rows);
  while (g_variant_iter_next (&iter, "(xb)", &row_id, &gone))
    g_hash_table_insert (fixture->rows, g_memdup2 (&row_id, sizeof row_id), GINT_TO_POINTER (gone));
}

static inline void
count (LinkageStore *store, gpointer user_data)
{
  guint *counter = user_data;

  (*counter)++;
}

static inline LinkageStore *
try_open (const char *path, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  linkage_store_open_async (path, NULL, on_result, &result);
  wait_for (&result);

  return linkage_store_open_finish (result, error);
}

static inline void
open_store (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;

  fixture->store = try_open (fixture->path, &error);
  g_assert_no_error (error);
  g_signal_connect (fixture->store, "rows-changed", G_CALLBACK (on_rows_changed), fixture);
  g_signal_connect (fixture->store, "account-changed", G_CALLBACK (count), &fixture->n_account_changed);
  g_signal_connect (fixture->store, "outbox-changed", G_CALLBACK (count), &fixture->n_outbox_changed);
}

static inline void
close_store (Fixture *fixture)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  linkage_store_close_async (fixture->store, on_result, &result);
  wait_for (&result);
  g_assert_true (linkage_store_close_finish (fixture->store, result, &error));
  g_assert_no_error (error);
  g_clear_object (&result);
  g_assert_finalize_object (g_steal_pointer (&fixture->store));
}

static inline void
make_path (Fixture *fixture, gconstpointer data)
{
  static guint n_files = 0;

  fixture->path = g_strdup_printf ("%s/account-%u/store.db", g_get_user_data_dir (), n_files++);
  fixture->rows = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
}

static inline void
set_up (Fixture *fixture, gconstpointer data)
{
  make_path (fixture, data);
  open_store (fixture);
}

static inline void
tear_down (Fixture *fixture, gconstpointer data)
{
  if (fixture->store != NULL)
    close_store (fixture);
  g_hash_table_unref (fixture->rows);
  g_free (fixture->path);
}

static inline void
forget (Fixture *fixture)
{
  g_hash_table_remove_all (fixture->rows);
  fixture->n_rows_changed = 0;
  fixture->n_account_changed = 0;
  fixture->n_outbox_changed = 0;
}

/* Whether exactly this row was told, as gone or not. */
static inline gboolean
was_told (Fixture *fixture, gint64 row_id, gboolean gone)
{
  gpointer told;

  return g_hash_table_size (fixture->rows) == 1 && g_hash_table_lookup_extended (fixture->rows, &row_id, NULL, &told) &&
         GPOINTER_TO_INT (told) == gone;
}

static inline LinkageConnection *
make_connection (const char *id, gint64 revision, const char *name)
{
  g_autofree char *customer_id = g_strconcat ("customer-of-", id, NULL);
  g_autoptr (LinkageCustomer) customer = linkage_customer_new (customer_id, name);
  LinkageConnection *connection = linkage_connection_new (id, customer);

  customer->accepts_requests = TRUE;
  connection->revision = revision;
  connection->status = LINKAGE_STATUS_SUGGESTED;
  connection->actions = LINKAGE_ACTIONS_CONNECT;

  return connection;
}

static inline LinkageAccountInfo *
make_account (const char *epoch)
{
  LinkageAccountInfo *account = linkage_account_info_new ("a1", "Fabrikam");

  g_free (account->epoch);
  account->epoch = g_strdup (epoch);
  account->is_admin = TRUE;

  return account;
}

static inline LinkageChanges *
make_page (const char *old_state, const char *new_state, gboolean has_more, const char *epoch)
{
  LinkageChanges *changes = linkage_changes_new ();

  changes->old_state = g_strdup (old_state);
  changes->new_state = g_strdup (new_state);
  changes->has_more = has_more;
  changes->account = make_account (epoch);

  return changes;
}

static inline void
add_row (LinkageChanges *changes, const char *id, gint64 revision, const char *name)
{
  g_ptr_array_add (changes->changed, make_connection (id, revision, name));
}

static inline void
add_tombstone (LinkageChanges *changes, const char *id, gint64 revision)
{
  g_ptr_array_add (changes->removed, linkage_tombstone_new (id, revision));
}

static inline void
apply (Fixture *fixture, LinkageChanges *changes)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  linkage_store_apply_changes_async (fixture->store, changes, NULL, on_result, &result);
  wait_for (&result);
  g_assert_true (linkage_store_apply_changes_finish (fixture->store, result, &error));
  g_assert_no_error (error);
}

static inline void
begin_reread (Fixture *fixture)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  linkage_store_begin_reread_async (fixture->store, NULL, on_result, &result);
  wait_for (&result);
  g_assert_true (linkage_store_begin_reread_finish (fixture->store, result, &error));
  g_assert_no_error (error);
}

/* 0: it is not shown */
static inline gint64
get_row_id (Fixture *fixture, const char *id)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LinkageDatabase) database = NULL;
  sqlite3_stmt *statement;
  gint64 row_id = 0;

  database = linkage_database_open (fixture->path, 0x4c6e6b53, LINKAGE_DATABASE_OPEN_READ_ONLY, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (sqlite3_prepare_v2 (linkage_database_get_handle (database),
                                       "SELECT row_id FROM connection WHERE id = ? AND removed = 0", -1, &statement,
                                       NULL),
                   ==, SQLITE_OK);
  sqlite3_bind_text (statement, 1, id, -1, SQLITE_STATIC);
  if (sqlite3_step (statement) == SQLITE_ROW)
    row_id = sqlite3_column_int64 (statement, 0);
  sqlite3_finalize (statement);

  return row_id;
}

static inline LinkageConnection *
get_connection (Fixture *fixture, const char *id)
{
  g_autoptr (GError) error = NULL;
  LinkageConnection *connection = linkage_store_get_connection (fixture->store, id, &error);

  if (connection == NULL)
    g_assert_error (error, LINKAGE_STORE_ERROR, LINKAGE_STORE_ERROR_NOT_FOUND);

  return connection;
}

static inline void
assert_name (Fixture *fixture, const char *id, const char *name)
{
  g_autoptr (LinkageConnection) connection = get_connection (fixture, id);

  g_assert_cmpstr (connection != NULL ? connection->customer->name : NULL, ==, name);
}

static inline void
complete (Fixture *fixture, const char *key, LinkageConnection *connection, LinkageAccountInfo *account)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  linkage_store_complete_async (fixture->store, key, connection, account, NULL, on_result, &result);
  wait_for (&result);
  g_assert_true (linkage_store_complete_finish (fixture->store, result, &error));
  g_assert_no_error (error);
}

static inline gboolean
enqueue (Fixture *fixture, LinkageOperation *operation, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  linkage_store_enqueue_async (fixture->store, operation, NULL, on_result, &result);
  wait_for (&result);

  return linkage_store_enqueue_finish (fixture->store, result, error);
}

static inline GPtrArray *
list_operations (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *operations = linkage_store_list_operations (fixture->store, &error);

  g_assert_no_error (error);

  return operations;
}

/* One page from the beginning with the rows one, two and three. */
static inline void
fill (Fixture *fixture)
{
  g_autoptr (LinkageChanges) changes = make_page (NULL, "s1", FALSE, "e1");

  add_row (changes, "one", 1, "Contoso");
  add_row (changes, "two", 2, "Örebro Stål");
  add_row (changes, "three", 3, "山田商事");
  changes->total = 3;
  apply (fixture, changes);
  forget (fixture);
}
