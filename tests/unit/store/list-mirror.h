/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <sqlite3.h>

#include "linkage-connection-list.h"
#include "linkage-connection-list-private.h"

#include "../test-store.h"

/* Names in several scripts, some alike but for case or accents. */
static const char *const test_names[] = {
  "Contoso",          "Café Zoë", "Cafe\xcc\x81 Zoe\xcc\x88 Two",
  "株式会社東京商事", "東洋物産", "Łódzkie Zakłady",
  "ÅNGSTRÖM AB",      "contoso",  "Ab",
  "Zwölf & Söhne",    NULL,
};

/* What somebody makes of the list who knows of it only what it tells. */
typedef struct
{
  LinkageConnectionList *list; /* (owned) */
  GArray *ids;                 /* (owned) (element-type gint64) */
  guint n_told;
  guint n_replaced;
  gboolean replacing;
} TestMirror;

static inline void
test_mirror_assert (const TestMirror *mirror)
{
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (mirror->list)), ==, mirror->ids->len);

  for (guint i = 0; i < mirror->ids->len; i++)
    {
      gint64 id = g_array_index (mirror->ids, gint64, i);
      guint position;

      g_assert_cmpint (linkage_connection_list_get_row_id (mirror->list, i), ==, id);
      g_assert_true (linkage_connection_list_find (mirror->list, id, &position));
      g_assert_cmpuint (position, ==, i);
    }
  g_assert_cmpint (linkage_connection_list_get_row_id (mirror->list, mirror->ids->len), ==, 0);
}

static inline void
test_mirror_on_items_changed (GListModel *model, guint position, guint n_removed, guint n_added, gpointer user_data)
{
  TestMirror *mirror = user_data;

  g_assert_true ((n_removed > 0) != (n_added > 0));
  mirror->n_told++;

  if (n_removed > 0)
    g_array_remove_range (mirror->ids, position, n_removed);
  for (guint i = 0; i < n_added; i++)
    {
      gint64 id = linkage_connection_list_get_row_id (mirror->list, position + i);

      g_array_insert_val (mirror->ids, position + i, id);
    }
  test_mirror_assert (mirror);
}

static inline void
test_mirror_on_replacing (LinkageConnectionList *list, gpointer user_data)
{
  TestMirror *mirror = user_data;

  g_assert_false (mirror->replacing);
  mirror->replacing = TRUE;
  mirror->n_told = 0;
}

static inline void
test_mirror_on_replaced (LinkageConnectionList *list, gpointer user_data)
{
  TestMirror *mirror = user_data;

  g_assert_true (mirror->replacing);
  g_assert_cmpuint (mirror->n_told, <=, 2);
  mirror->replacing = FALSE;
  mirror->n_replaced++;
}

static inline void
test_wait_loaded (LinkageConnectionList *list)
{
  gint64 deadline = test_deadline ();

  while (linkage_connection_list_get_loading (list))
    test_turn (deadline);
}

static inline TestMirror *
test_mirror_new (LinkageStore *store)
{
  TestMirror *mirror = g_new0 (TestMirror, 1);

  mirror->list = linkage_connection_list_new (store);
  mirror->ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_signal_connect (mirror->list, "items-changed", G_CALLBACK (test_mirror_on_items_changed), mirror);
  g_signal_connect (mirror->list, "order-replacing", G_CALLBACK (test_mirror_on_replacing), mirror);
  g_signal_connect (mirror->list, "order-replaced", G_CALLBACK (test_mirror_on_replaced), mirror);
  g_assert_true (linkage_connection_list_get_loading (mirror->list));
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (mirror->list)), ==, 0);
  test_wait_loaded (mirror->list);
  g_assert_no_error (linkage_connection_list_get_error (mirror->list));

  return mirror;
}

static inline void
test_mirror_free (TestMirror *mirror)
{
  test_mirror_assert (mirror);
  g_assert_finalize_object (mirror->list);
  g_array_unref (mirror->ids);
  g_free (mirror);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TestMirror, test_mirror_free)

static inline void
test_mirror_wait_length (const TestMirror *mirror, guint length)
{
  gint64 deadline = test_deadline ();

  while (mirror->ids->len != length)
    test_turn (deadline);
}

static inline void
test_mirror_wait_replaced (const TestMirror *mirror, guint n_replaced)
{
  gint64 deadline = test_deadline ();

  while (mirror->n_replaced < n_replaced)
    test_turn (deadline);
}

static inline LinkageConnectionRow *
test_mirror_get_row (const TestMirror *mirror, guint position)
{
  return g_list_model_get_item (G_LIST_MODEL (mirror->list), position);
}

static inline sqlite3 *
test_open_handle (TestStore *store)
{
  sqlite3 *handle = NULL;

  g_assert_cmpint (sqlite3_open (linkage_store_get_path (store->store), &handle), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_busy_timeout (handle, TEST_DEADLINE * 1000), ==, SQLITE_OK);

  return handle;
}
