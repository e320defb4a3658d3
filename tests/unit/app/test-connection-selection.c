/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "linkage-connection-selection.h"

#include "../test-store.h"

#define N_ROWS 1000

static const char *const names[] = { "Contoso", "Fabrikam", "Adatum", "Litware", "Proseware", NULL };

typedef struct
{
  TestStore *store;                      /* (owned) */
  LinkageConnectionList *list;           /* (owned) */
  LinkageConnectionSelection *selection; /* (owned) */
  guint n_replaced;
  guint n_told; /* how often the selection said that it changed */
  guint told_position;
  guint told_n_items;
} Fixture;

static GtkSelectionModel *
model (Fixture *fixture)
{
  return GTK_SELECTION_MODEL (fixture->selection);
}

static void
on_replaced (LinkageConnectionList *list, Fixture *fixture)
{
  fixture->n_replaced++;
}

static void
on_selection_changed (GtkSelectionModel *selection, guint position, guint n_items, Fixture *fixture)
{
  fixture->n_told++;
  fixture->told_position = position;
  fixture->told_n_items = n_items;
}

static void
wait_replaced (Fixture *fixture)
{
  gint64 deadline = test_deadline ();
  guint n_replaced = fixture->n_replaced;

  while (fixture->n_replaced == n_replaced)
    test_turn (deadline);
}

static void
wait_length (Fixture *fixture, guint length)
{
  gint64 deadline = test_deadline ();

  while (g_list_model_get_n_items (G_LIST_MODEL (fixture->selection)) != length)
    test_turn (deadline);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->store = test_store_new ();
  test_store_fill (fixture->store, N_ROWS, names);
  fixture->list = linkage_connection_list_new (fixture->store->store);
  fixture->selection = linkage_connection_selection_new (fixture->list);
  g_signal_connect (fixture->list, "order-replaced", G_CALLBACK (on_replaced), fixture);
  g_signal_connect (fixture->selection, "selection-changed", G_CALLBACK (on_selection_changed), fixture);
  wait_length (fixture, N_ROWS);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_assert_finalize_object (fixture->selection);
  g_assert_finalize_object (fixture->list);
  test_store_free (fixture->store);
}

static gint64
id_at (Fixture *fixture, guint position)
{
  return linkage_connection_list_get_row_id (fixture->list, position);
}

/* The three ways to ask agree. */
static guint
count_selected (Fixture *fixture)
{
  guint n_items = g_list_model_get_n_items (G_LIST_MODEL (fixture->selection));
  g_autoptr (GtkBitset) all = gtk_selection_model_get_selection (model (fixture));
  g_autoptr (GtkBitset) some = gtk_selection_model_get_selection_in_range (model (fixture), 3, 10);
  guint n_selected = 0;

  for (guint i = 0; i < n_items; i++)
    {
      gboolean selected = gtk_selection_model_is_selected (model (fixture), i);

      n_selected += selected ? 1 : 0;
      g_assert_true (gtk_bitset_contains (all, i) == selected);
      if (i >= 3 && i < 13)
        g_assert_true (gtk_bitset_contains (some, i) == selected);
    }
  g_assert_cmpuint (gtk_bitset_get_size (all), ==, n_selected);
  g_assert_false (gtk_selection_model_is_selected (model (fixture), n_items));

  return n_selected;
}

static void
assert_told (Fixture *fixture, guint position, guint n_items)
{
  g_assert_cmpuint (fixture->n_told, ==, 1);
  g_assert_cmpuint (fixture->told_position, ==, position);
  g_assert_cmpuint (fixture->told_n_items, ==, n_items);
  fixture->n_told = 0;
}

static void
test_items (Fixture *fixture, gconstpointer data)
{
  g_assert_cmpuint (count_selected (fixture), ==, 0);

  g_assert_true (gtk_selection_model_select_item (model (fixture), 5, FALSE));
  assert_told (fixture, 5, 1);
  g_assert_true (gtk_selection_model_select_item (model (fixture), 8, FALSE));
  assert_told (fixture, 8, 1);
  g_assert_true (gtk_selection_model_select_item (model (fixture), 8, FALSE));
  g_assert_cmpuint (fixture->n_told, ==, 0);
  g_assert_cmpuint (count_selected (fixture), ==, 2);

  g_assert_true (gtk_selection_model_unselect_item (model (fixture), 5));
  assert_told (fixture, 5, 1);
  g_assert_true (gtk_selection_model_select_item (model (fixture), 20, TRUE));
  assert_told (fixture, 8, 13);
  g_assert_cmpuint (count_selected (fixture), ==, 1);
  g_assert_true (linkage_connection_selection_is_row_selected (fixture->selection, id_at (fixture, 20)));

  g_assert_true (gtk_selection_model_unselect_all (model (fixture)));
  assert_told (fixture, 20, 1);
  g_assert_true (gtk_selection_model_unselect_all (model (fixture)));
  g_assert_cmpuint (fixture->n_told, ==, 0);
  g_assert_cmpuint (count_selected (fixture), ==, 0);
}

static void
test_ranges (Fixture *fixture, gconstpointer data)
{
  g_assert_true (gtk_selection_model_select_range (model (fixture), 10, 30, TRUE));
  assert_told (fixture, 10, 30);
  g_assert_true (gtk_selection_model_unselect_range (model (fixture), 20, 5));
  assert_told (fixture, 20, 5);
  g_assert_cmpuint (count_selected (fixture), ==, 25);
  g_assert_true (gtk_selection_model_select_range (model (fixture), N_ROWS - 2, 10, FALSE));
  assert_told (fixture, N_ROWS - 2, 2);
  g_assert_cmpuint (count_selected (fixture), ==, 27);
}

static void
test_all_except (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LinkageConnection) late = NULL;
  guint position;

  g_assert_true (gtk_selection_model_select_all (model (fixture)));
  assert_told (fixture, 0, N_ROWS);
  g_assert_cmpuint (count_selected (fixture), ==, N_ROWS);
  g_assert_true (gtk_selection_model_unselect_item (model (fixture), 7));
  assert_told (fixture, 7, 1);
  g_assert_cmpuint (count_selected (fixture), ==, N_ROWS - 1);

  /* Whoever comes later was not meant. */
  late = test_store_make_row (fixture->store, "late", "Late");
  test_store_apply_row (fixture->store, late);
  wait_length (fixture, N_ROWS + 1);
  g_assert_cmpuint (count_selected (fixture), ==, N_ROWS - 1);
  g_assert_false (gtk_selection_model_is_selected (model (fixture), N_ROWS));
  g_assert_true (gtk_selection_model_select_item (model (fixture), N_ROWS, FALSE));
  g_assert_true (linkage_connection_list_find (fixture->list, id_at (fixture, N_ROWS), &position));
  g_assert_cmpuint (count_selected (fixture), ==, N_ROWS);
  fixture->n_told = 0;

  g_assert_true (gtk_selection_model_select_item (model (fixture), 0, TRUE));
  assert_told (fixture, 0, N_ROWS + 1);
  g_assert_cmpuint (count_selected (fixture), ==, 1);
}

static void
test_survives_sort_and_filter (Fixture *fixture, gconstpointer data)
{
  gint64 first = id_at (fixture, 0);
  gint64 second = id_at (fixture, 1);
  guint position;

  gtk_selection_model_select_range (model (fixture), 0, 2, TRUE);
  linkage_connection_list_set_sort (fixture->list, LINKAGE_SORT_CUSTOMER, TRUE);
  wait_replaced (fixture);
  g_assert_cmpuint (count_selected (fixture), ==, 2);
  g_assert_true (linkage_connection_list_find (fixture->list, first, &position));
  g_assert_true (gtk_selection_model_is_selected (model (fixture), position));

  linkage_connection_list_set_filter (fixture->list, names[1]);
  wait_length (fixture, N_ROWS / 5);
  g_assert_cmpuint (count_selected (fixture), ==, 1);
  g_assert_true (linkage_connection_selection_is_row_selected (fixture->selection, first));
  g_assert_true (linkage_connection_list_find (fixture->list, second, NULL));

  /* All of those that the filter shows, and no others. */
  gtk_selection_model_select_all (model (fixture));
  g_assert_cmpuint (count_selected (fixture), ==, N_ROWS / 5);
  linkage_connection_list_set_filter (fixture->list, "");
  wait_length (fixture, N_ROWS);
  g_assert_cmpuint (count_selected (fixture), ==, N_ROWS / 5);
}

static void
test_survives_splices (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LinkageConnection) renamed = NULL;
  gint64 moved;
  guint position;

  linkage_connection_list_set_sort (fixture->list, LINKAGE_SORT_CUSTOMER, FALSE);
  wait_replaced (fixture);
  moved = id_at (fixture, 0);
  gtk_selection_model_select_item (model (fixture), 0, TRUE);
  gtk_selection_model_select_item (model (fixture), 500, FALSE);

  renamed = test_store_make_row (fixture->store, "row-3", "Zzz");
  test_store_apply_row (fixture->store, renamed);
  test_store_remove_row (fixture->store, "row-8");
  wait_length (fixture, N_ROWS - 1);

  g_assert_true (linkage_connection_list_find (fixture->list, moved, &position));
  g_assert_cmpuint (position, ==, N_ROWS - 2);
  g_assert_true (gtk_selection_model_is_selected (model (fixture), position));
  g_assert_cmpuint (count_selected (fixture), ==, 2);
}

static void
test_masks (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GtkBitset) selected = gtk_bitset_new_range (10, 20);
  g_autoptr (GtkBitset) some = gtk_bitset_new_range (15, 30);
  g_autoptr (GtkBitset) all = gtk_bitset_new_range (0, N_ROWS);

  gtk_selection_model_select_range (model (fixture), 40, 10, TRUE);
  fixture->n_told = 0;

  g_assert_true (gtk_selection_model_set_selection (model (fixture), selected, some));
  assert_told (fixture, 15, 30);
  g_assert_cmpuint (count_selected (fixture), ==, 15 + 5);

  g_assert_true (gtk_selection_model_set_selection (model (fixture), selected, all));
  g_assert_cmpuint (count_selected (fixture), ==, 20);
  g_assert_true (gtk_selection_model_is_selected (model (fixture), 10));
  g_assert_false (gtk_selection_model_is_selected (model (fixture), 45));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

#define ADD(name, function) g_test_add ("/app/connection-selection/" name, Fixture, NULL, set_up, function, tear_down)
  ADD ("items", test_items);
  ADD ("ranges", test_ranges);
  ADD ("all-except", test_all_except);
  ADD ("survives-sort-and-filter", test_survives_sort_and_filter);
  ADD ("survives-splices", test_survives_splices);
  ADD ("masks", test_masks);
#undef ADD

  return g_test_run ();
}
