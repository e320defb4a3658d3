/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_SETTINGS_ENABLE_BACKEND

#include "linkage-table-columns.h"

#include <adwaita.h>
#include <gio/gsettingsbackend.h>

/* What is remembered outlives the table, as it does a start of the program. */
typedef struct
{
  GSettings *settings;          /* (owned) */
  GtkWidget *view;              /* (owned) */
  LinkageTableColumns *columns; /* (owned) */
} Fixture;

static void
open_table (Fixture *fixture)
{
  fixture->view = g_object_ref_sink (gtk_column_view_new (NULL));
  fixture->columns = linkage_table_columns_new (GTK_COLUMN_VIEW (fixture->view), fixture->settings);
  for (guint id = LINKAGE_SORT_CUSTOMER; id <= LINKAGE_SORT_COMMENTS; id++)
    linkage_table_columns_add (fixture->columns, (LinkageSort)id, gtk_signal_list_item_factory_new ());
  linkage_table_columns_restore (fixture->columns);
}

static void
close_table (Fixture *fixture)
{
  g_assert_finalize_object (fixture->columns);
  g_assert_finalize_object (fixture->view);
}

static void
open_table_again (Fixture *fixture)
{
  close_table (fixture);
  open_table (fixture);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GSettingsBackend) backend = g_memory_settings_backend_new ();

  fixture->settings = g_settings_new_with_backend ("io.github.linkage_app.Linkage", backend);
  open_table (fixture);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  close_table (fixture);
  g_assert_finalize_object (fixture->settings);
}

static GtkColumnViewColumn *
get_column (Fixture *fixture, guint position)
{
  GListModel *columns = gtk_column_view_get_columns (GTK_COLUMN_VIEW (fixture->view));
  g_autoptr (GtkColumnViewColumn) column = g_list_model_get_item (columns, position);

  g_assert_nonnull (column);

  return column;
}

static const char *
get_title (Fixture *fixture, guint position)
{
  return gtk_column_view_column_get_title (get_column (fixture, position));
}

/* As the view itself does for who drags a title. */
static void
test_order (Fixture *fixture, gconstpointer data)
{
  gtk_column_view_insert_column (GTK_COLUMN_VIEW (fixture->view), 1, get_column (fixture, 4));
  open_table_again (fixture);

  g_assert_cmpstr (get_title (fixture, 0), ==, "Customer");
  g_assert_cmpstr (get_title (fixture, 1), ==, "Date");
  g_assert_cmpstr (get_title (fixture, 2), ==, "Actions");
  g_assert_cmpstr (get_title (fixture, 5), ==, "Comments");

  linkage_table_columns_reset (fixture->columns);
  open_table_again (fixture);
  g_assert_cmpstr (get_title (fixture, 1), ==, "Actions");
  g_assert_cmpstr (get_title (fixture, 4), ==, "Date");
}

static void
test_widths (Fixture *fixture, gconstpointer data)
{
  int usual = gtk_column_view_column_get_fixed_width (get_column (fixture, 3));

  linkage_table_columns_widen (fixture->columns, "email", 40);
  open_table_again (fixture);
  g_assert_cmpint (gtk_column_view_column_get_fixed_width (get_column (fixture, 3)), ==, usual + 40);
  g_assert_true (gtk_column_view_column_get_expand (get_column (fixture, 0)));

  linkage_table_columns_reset (fixture->columns);
  open_table_again (fixture);
  g_assert_cmpint (gtk_column_view_column_get_fixed_width (get_column (fixture, 3)), ==, usual);
}

/* A narrow window has widths of its own, which are not the person's. */
static void
test_narrow (Fixture *fixture, gconstpointer data)
{
  linkage_table_columns_widen (fixture->columns, "status", 25);
  linkage_table_columns_set_narrow (fixture->columns, TRUE);
  open_table_again (fixture);

  g_assert_cmpint (gtk_column_view_column_get_fixed_width (get_column (fixture, 2)), ==, 150 + 25);
  g_assert_true (gtk_column_view_column_get_visible (get_column (fixture, 2)));
}

static void
test_sort (Fixture *fixture, gconstpointer data)
{
  gtk_column_view_sort_by_column (GTK_COLUMN_VIEW (fixture->view), get_column (fixture, 2), GTK_SORT_DESCENDING);
  open_table_again (fixture);

  g_assert_cmpint (g_settings_get_enum (fixture->settings, "sort-column"), ==, LINKAGE_SORT_STATUS);
  g_assert_true (g_settings_get_boolean (fixture->settings, "sort-descending"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();

#define ADD(name, function) g_test_add ("/app/table-columns/" name, Fixture, NULL, set_up, function, tear_down)
  ADD ("order", test_order);
  ADD ("widths", test_widths);
  ADD ("narrow", test_narrow);
  ADD ("sort", test_sort);
#undef ADD

  return g_test_run ();
}
