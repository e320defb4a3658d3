/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <string.h>

#include "linkage-text.h"

#include "list-mirror.h"

#define DAY (24 * 60 * 60)
#define START 1700000000 /* Unix seconds */

/* What the list should show, by a connection and a query of the test's own. filter: folded */
static GArray *
read_expected (sqlite3 *handle, const char *order_by, const char *filter)
{
  g_autofree char *sql =
    g_strdup_printf ("SELECT row_id, filter_text FROM connection WHERE NOT removed ORDER BY %s", order_by);
  GArray *ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  sqlite3_stmt *statement = NULL;

  g_assert_cmpint (sqlite3_prepare_v2 (handle, sql, -1, &statement, NULL), ==, SQLITE_OK);
  while (sqlite3_step (statement) == SQLITE_ROW)
    {
      gint64 id = sqlite3_column_int64 (statement, 0);

      if (strstr ((const char *)sqlite3_column_text (statement, 1), filter) != NULL)
        g_array_append_val (ids, id);
    }
  g_assert_cmpint (sqlite3_finalize (statement), ==, SQLITE_OK);

  return ids;
}

static gboolean
shows (const TestMirror *mirror, const GArray *expected)
{
  return mirror->ids->len == expected->len &&
         (expected->len == 0 || memcmp (mirror->ids->data, expected->data, expected->len * sizeof (gint64)) == 0);
}

typedef struct
{
  TestStore *store;   /* (owned) */
  TestMirror *mirror; /* (owned) */
  sqlite3 *handle;    /* (owned) */
  GHashTable *held;   /* (owned) (element-type gint64 LinkageConnectionRow): rows that somebody looks at */
  const char *order_by;
  char *filter; /* (owned): folded */
  guint n_rows; /* that ever were */
} Walk;

static const struct
{
  LinkageSort sort;
  gboolean descending;
  const char *order_by;
} sorts[] = {
  { LINKAGE_SORT_NONE, FALSE, "row_id" },
  { LINKAGE_SORT_NONE, TRUE, "row_id DESC" },
  { LINKAGE_SORT_CUSTOMER, FALSE, "sort_customer, row_id" },
  { LINKAGE_SORT_CUSTOMER, TRUE, "sort_customer DESC, row_id DESC" },
  { LINKAGE_SORT_STATUS, FALSE, "sort_status, row_id" },
  { LINKAGE_SORT_DATE, TRUE, "sort_date DESC, row_id DESC" },
  { LINKAGE_SORT_COMMENTS, FALSE, "sort_comments, row_id" },
};

static const char *const filters[] = { "", "", "c", "CA", "café", "東", "東京", "zoe\xcc\x88", "no such name" };

static guint
random_below (guint end)
{
  return (guint)g_test_rand_int_range (0, (gint32)end);
}

static void
write_random_rows (Walk *walk, guint n_rows)
{
  g_autoptr (LinkageChanges) changes = test_store_make_page (walk->store);
  g_autoptr (GHashTable) written = g_hash_table_new (NULL, NULL);

  for (guint i = 0; i < n_rows; i++)
    {
      guint number = random_below (walk->n_rows + 3);
      g_autofree char *id = g_strdup_printf ("row-%u", number);
      g_autofree char *name =
        g_strdup_printf ("%s %u", test_names[random_below (G_N_ELEMENTS (test_names) - 1)], random_below (9));
      LinkageConnection *connection;

      if (!g_hash_table_add (written, GUINT_TO_POINTER (number)))
        continue;

      walk->n_rows = MAX (walk->n_rows, number + 1);
      connection = test_store_make_row (walk->store, id, name);
      if (g_test_rand_bit ())
        test_store_add_attempt (connection, LINKAGE_STATUS_PENDING + random_below (4), START + random_below (20) * DAY,
                                g_test_rand_bit () ? "ann@example.com" : NULL,
                                g_test_rand_bit () ? test_names[random_below (4)] : NULL);
      g_ptr_array_add (changes->changed, connection);
    }
  test_store_apply (walk->store, changes);
}

static void
remove_random_rows (Walk *walk, guint n_rows)
{
  g_autoptr (LinkageChanges) changes = test_store_make_page (walk->store);

  for (guint i = 0; i < n_rows && walk->n_rows > 0; i++)
    {
      g_autofree char *id = g_strdup_printf ("row-%u", random_below (walk->n_rows));

      g_ptr_array_add (changes->removed, linkage_tombstone_new (id, ++walk->store->revision));
    }
  test_store_apply (walk->store, changes);
}

static void
look_elsewhere (Walk *walk)
{
  guint n_items = walk->mirror->ids->len;

  g_hash_table_remove_all (walk->held);
  for (guint i = 0; i < 20 && n_items > 0; i++)
    {
      LinkageConnectionRow *row = test_mirror_get_row (walk->mirror, random_below (n_items));
      gint64 *row_id = g_new (gint64, 1);

      *row_id = linkage_connection_row_get_row_id (row);
      g_hash_table_replace (walk->held, row_id, row);
    }
}

static void
do_something (Walk *walk)
{
  guint sort;

  switch (random_below (12))
    {
    case 0:
      sort = random_below (G_N_ELEMENTS (sorts));
      linkage_connection_list_set_sort (walk->mirror->list, sorts[sort].sort, sorts[sort].descending);
      walk->order_by = sorts[sort].order_by;
      break;
    case 1:
      sort = random_below (G_N_ELEMENTS (filters));
      linkage_connection_list_set_filter (walk->mirror->list, filters[sort]);
      g_free (walk->filter);
      walk->filter = linkage_text_fold_filter (filters[sort]);
      break;
    case 2:
    case 3:
      remove_random_rows (walk, 1 + random_below (3));
      break;
    default:
      write_random_rows (walk, 1 + random_below (4));
      break;
    }
}

/* Every row that somebody looks at is the same object wherever it went, and says what the database says. */
static void
assert_held (Walk *walk)
{
  GHashTableIter iter;
  gpointer row_id;
  gpointer held;

  g_assert_cmpuint (linkage_connection_list_get_n_alive (walk->mirror->list), ==, g_hash_table_size (walk->held));

  g_hash_table_iter_init (&iter, walk->held);
  while (g_hash_table_iter_next (&iter, &row_id, &held))
    {
      g_autoptr (LinkageConnectionRow) row = NULL;
      g_autoptr (LinkageConnection) stored = NULL;
      g_autoptr (GError) error = NULL;
      const LinkageConnection *shown = linkage_connection_row_get_connection (held);
      guint position;

      if (!linkage_connection_list_find (walk->mirror->list, *(gint64 *)row_id, &position))
        continue;

      row = test_mirror_get_row (walk->mirror, position);
      g_assert_true (row == held);
      stored = linkage_store_get_connection_by_row (walk->store->store, *(gint64 *)row_id, &error);
      g_assert_no_error (error);
      g_assert_cmpstr (shown->customer->name, ==, stored->customer->name);
      g_assert_cmpint (shown->revision, ==, stored->revision);
      g_assert_cmpint (shown->status, ==, stored->status);
    }
}

static void
settle (Walk *walk)
{
  g_autoptr (GArray) expected = read_expected (walk->handle, walk->order_by, walk->filter);
  gint64 deadline = test_deadline ();

  while (!shows (walk->mirror, expected))
    test_turn (deadline);
  test_mirror_assert (walk->mirror);
}

static void
test_random_walk (void)
{
  g_autoptr (TestStore) store = test_store_new ();
  g_autoptr (TestMirror) mirror = test_mirror_new (store->store);
  g_autoptr (GHashTable) held = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_object_unref);
  Walk walk = {
    .store = store,
    .mirror = mirror,
    .handle = test_open_handle (store),
    .held = held,
    .order_by = "row_id",
    .filter = g_strdup (""),
  };

  for (guint i = 0; i < 3000; i++)
    {
      guint64 n_made = linkage_connection_list_get_n_made (mirror->list);

      do_something (&walk);
      if (g_test_rand_int_range (0, 3) > 0)
        continue;

      settle (&walk);
      g_assert_no_error (linkage_connection_list_get_error (mirror->list));
      g_assert_cmpuint (linkage_connection_list_get_n_made (mirror->list), ==, n_made);
      assert_held (&walk);
      if (g_test_rand_int_range (0, 5) == 0)
        look_elsewhere (&walk);
    }
  settle (&walk);

  g_free (walk.filter);
  g_assert_cmpint (sqlite3_close (walk.handle), ==, SQLITE_OK);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/store/list-walk/random-walk", test_random_walk);

  return g_test_run ();
}
