/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "portal-sample.h"

#include "portal-transitions.h"

static void
execute (PortalStore *store, const char *sql)
{
  g_autoptr (GError) error = NULL;

  linkage_database_execute (portal_store_get_database (store), sql, &error);
  g_assert_no_error (error);
}

PortalStore *
portal_sample_open (const char *path)
{
  g_autoptr (GError) error = NULL;
  PortalStore *store = portal_store_open (path, &error);

  g_assert_no_error (error);
  if (portal_sample_read_int (store, "SELECT count (*) FROM accounts") > 0)
    return store;

  execute (store, "INSERT INTO users (id, name, email) VALUES ('ada', 'Ada', 'ada@a.example')");
  execute (store, "INSERT INTO accounts (id, name, searches_limit) VALUES ('a', 'A', 5), ('b', 'B', 5)");
  execute (store, "INSERT INTO members VALUES ('ada', 'a', 'admin'), ('ada', 'b', 'admin')");
  execute (store, "INSERT INTO customers (id, name, folded) WITH RECURSIVE n (i) AS "
                  "(VALUES (0) UNION ALL SELECT i + 1 FROM n WHERE i < 19) "
                  "SELECT 'c' || i, 'Customer ' || i, 'customer ' || i FROM n");

  return store;
}

void
portal_sample_close (PortalStore *store)
{
  g_autoptr (GError) error = NULL;

  portal_store_close (store, &error);
  g_assert_no_error (error);
  g_assert_finalize_object (store);
}

PortalUser *
portal_sample_get_admin (void)
{
  PortalUser *user = g_new0 (PortalUser, 1);

  user->id = g_strdup ("ada");
  user->name = g_strdup ("Ada");
  user->email = g_strdup ("ada@a.example");

  return user;
}

char *
portal_sample_get_row_id (const char *account_id, guint customer)
{
  return g_strdup_printf ("%s-c%u", account_id, customer);
}

void
portal_sample_add_row (PortalStore *store, const char *account_id, guint customer)
{
  g_autofree char *sql = NULL;
  gint64 position;

  PORTAL_SAMPLE_RUN (store, portal_store_advance (store, account_id, &position, &error));
  sql = g_strdup_printf ("INSERT INTO connections (id, account_id, customer_id, origin, status, revision, logged) "
                         "VALUES ('%s-c%u', '%s', 'c%u', 'suggestion', 'suggested', %" G_GINT64_FORMAT
                         ", %" G_GINT64_FORMAT ")",
                         account_id, customer, account_id, customer, position, position);
  execute (store, sql);
}

void
portal_sample_remove_row (PortalStore *store, const char *account_id, guint customer)
{
  g_autofree char *sql = NULL;
  gint64 position;

  PORTAL_SAMPLE_RUN (store, portal_store_advance (store, account_id, &position, &error));
  sql = g_strdup_printf ("UPDATE connections SET removed_at = %" G_GINT64_FORMAT
                         ", expires_at = NULL, revision = %" G_GINT64_FORMAT ", logged = %" G_GINT64_FORMAT
                         " WHERE id = '%s-c%u'",
                         portal_store_get_now (store), position, position, account_id, customer);
  execute (store, sql);
}

void
portal_sample_send (PortalStore *store, const char *row_id)
{
  PORTAL_SAMPLE_RUN (store, portal_transitions_send (store, row_id, NULL, "Ada", &error));
}

void
portal_sample_advance_clock (PortalStore *store, gint64 seconds)
{
  PORTAL_SAMPLE_RUN (store,
                     portal_store_set_clock_offset (store, portal_store_get_clock_offset (store) + seconds, &error));
}

gint64
portal_sample_read_int (PortalStore *store, const char *sql)
{
  sqlite3_stmt *statement = NULL;
  gint64 value;

  g_assert_cmpint (
    sqlite3_prepare_v2 (linkage_database_get_handle (portal_store_get_database (store)), sql, -1, &statement, NULL), ==,
    SQLITE_OK);
  g_assert_cmpint (sqlite3_step (statement), ==, SQLITE_ROW);
  value = sqlite3_column_int64 (statement, 0);
  sqlite3_finalize (statement);

  return value;
}
