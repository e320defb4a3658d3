/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "linkage-csv-reader.h"
#include "linkage-import-model.h"

#define COPIED_AT G_GINT64_CONSTANT (1795521600) /* noon of 2026-11-24, UTC */
#define HEADINGS "Customer;Status;Email;Date\n"
#define TWO_ALIKE "Contoso;Pending;one@contoso.example;2026-11-20\nContoso;Pending;two@contoso.example;2026-11-20\n"
#define MEANS_ONE "Contoso;Approved;;\nFabrikam;Pending;;2026-11-20\n"

static LinkageImportPlan *
make_plan (const char *csv, GPtrArray *connections)
{
  g_autoptr (GBytes) bytes = g_bytes_new (csv, strlen (csv));
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  g_autoptr (GError) error = NULL;
  g_autoptr (LinkageImportTable) table = linkage_csv_reader_read (bytes, NULL, &error);
  LinkageImportMapping mapping;
  LinkageImportPlan *plan;

  g_assert_no_error (error);
  g_assert_true (linkage_import_mapping_guess (&mapping, table, NULL));
  plan = linkage_import_plan_new (table, &mapping, connections, utc, COPIED_AT, NULL, &error);
  g_assert_no_error (error);

  return plan;
}

/* The requests that are there once two that look alike were imported. */
static GPtrArray *
import_two_alike (void)
{
  g_autoptr (GPtrArray) none = g_ptr_array_new ();
  g_autoptr (LinkageImportPlan) plan = make_plan (HEADINGS TWO_ALIKE, none);
  g_autoptr (LinkageCopy) copy = linkage_import_plan_make_copy (plan, FALSE);

  return g_ptr_array_ref (copy->written);
}

static const char *
get_id (GPtrArray *connections, guint index)
{
  LinkageConnection *connection = g_ptr_array_index (connections, index);

  return connection->id;
}

/* What a list that follows the model has been told of it. */
typedef struct
{
  guint n_items;
  guint n_told;
} Follower;

static void
on_items_changed (GListModel *model, guint position, guint removed, guint added, Follower *follower)
{
  g_assert_cmpuint (position + removed, <=, follower->n_items);
  follower->n_items += added - removed;
  follower->n_told++;
  g_assert_cmpuint (follower->n_items, ==, g_list_model_get_n_items (model));
}

static void
test_kinds (void)
{
  g_autoptr (GPtrArray) known = import_two_alike ();
  g_autoptr (LinkageImportPlan) plan = make_plan (HEADINGS MEANS_ONE, known);
  g_autoptr (LinkageImportModel) model = linkage_import_model_new ();
  g_autoptr (LinkageImportItem) item = NULL;
  Follower follower = { 0, 0 };

  g_signal_connect (model, "items-changed", G_CALLBACK (on_items_changed), &follower);
  linkage_import_model_set_kind (model, LINKAGE_IMPORT_NEW);
  g_assert_cmpuint (follower.n_told, ==, 0);

  linkage_import_model_set_plan (model, plan);
  g_assert_cmpuint (follower.n_items, ==, 1);
  item = g_list_model_get_item (G_LIST_MODEL (model), 0);
  g_assert_cmpuint (linkage_import_item_get_position (item), ==, 1);
  g_assert_false (linkage_import_item_get_has_choice (item));
  g_assert_null (g_list_model_get_item (G_LIST_MODEL (model), 1));

  linkage_import_model_set_kind (model, LINKAGE_IMPORT_MODEL_ALL);
  g_assert_cmpuint (follower.n_items, ==, 2);
  linkage_import_model_set_kind (model, LINKAGE_IMPORT_UNCHANGED);
  g_assert_cmpuint (follower.n_items, ==, 0);
  linkage_import_model_set_kind (model, LINKAGE_IMPORT_NOT_UNDERSTOOD);
  g_assert_cmpuint (follower.n_items, ==, 1);

  linkage_import_model_reset (model);
  g_assert_cmpuint (follower.n_items, ==, 0);
  g_assert_null (linkage_import_model_get_plan (model));
  g_assert_cmpint (linkage_import_model_get_kind (model), ==, LINKAGE_IMPORT_MODEL_ALL);
}

/* Whoever holds an item is given the same one again; none outlives the model in it. */
static void
test_items (void)
{
  g_autoptr (GPtrArray) known = import_two_alike ();
  g_autoptr (LinkageImportPlan) plan = make_plan (HEADINGS MEANS_ONE, known);
  LinkageImportModel *model = linkage_import_model_new ();
  g_autoptr (LinkageImportItem) first = NULL;
  g_autoptr (LinkageImportItem) again = NULL;

  linkage_import_model_set_plan (model, plan);
  first = g_list_model_get_item (G_LIST_MODEL (model), 0);
  again = g_list_model_get_item (G_LIST_MODEL (model), 0);
  g_assert_true (first == again);

  g_clear_object (&first);
  g_clear_object (&again);
  first = g_list_model_get_item (G_LIST_MODEL (model), 0);
  g_assert_true (linkage_import_item_get_plan (first) == plan);
  g_object_unref (model);
  g_assert_true (linkage_import_item_get_plan (first) == plan);
}

static void
test_choose (void)
{
  g_autoptr (GPtrArray) known = import_two_alike ();
  g_autoptr (LinkageImportPlan) plan = make_plan (HEADINGS MEANS_ONE, known);
  g_autoptr (LinkageImportPlan) second = NULL;
  g_autoptr (LinkageImportPlan) third = NULL;
  g_autoptr (LinkageImportModel) model = linkage_import_model_new ();
  g_autoptr (LinkageImportItem) item = NULL;

  linkage_import_model_set_plan (model, plan);
  item = g_list_model_get_item (G_LIST_MODEL (model), 0);
  g_assert_true (linkage_import_item_get_has_choice (item));
  g_assert_true (linkage_import_model_choose (model, 0, get_id (known, 1)));
  g_assert_cmpint (linkage_import_plan_get_change (plan, 0)->kind, ==, LINKAGE_IMPORT_CHANGED);
  g_assert_true (linkage_import_plan_get_change (plan, 0)->existing == g_ptr_array_index (known, 1));
  g_assert_true (linkage_import_item_get_has_choice (item));

  /* Another choice needs another plan, which is told of it. */
  g_assert_false (linkage_import_model_choose (model, 0, get_id (known, 0)));
  second = make_plan (HEADINGS MEANS_ONE, known);
  linkage_import_model_set_plan (model, second);
  g_assert_true (linkage_import_plan_get_change (second, 0)->existing == g_ptr_array_index (known, 0));

  linkage_import_model_leave_open (model, 0);
  third = make_plan (HEADINGS MEANS_ONE, known);
  linkage_import_model_set_plan (model, third);
  g_assert_cmpint (linkage_import_plan_get_change (third, 0)->reason, ==, LINKAGE_IMPORT_REASON_AMBIGUOUS);
}

static void
test_choose_none (void)
{
  g_autoptr (GPtrArray) known = import_two_alike ();
  g_autoptr (LinkageImportPlan) plan = make_plan (HEADINGS MEANS_ONE, known);
  g_autoptr (LinkageImportModel) model = linkage_import_model_new ();

  linkage_import_model_set_plan (model, plan);
  g_assert_true (linkage_import_model_choose (model, 0, NULL));
  g_assert_cmpint (linkage_import_plan_get_change (plan, 0)->kind, ==, LINKAGE_IMPORT_NEW);
  g_assert_null (linkage_import_plan_get_change (plan, 0)->existing);
}

/* Of another table the row with the same number is another row. */
static void
test_reset (void)
{
  g_autoptr (GPtrArray) known = import_two_alike ();
  g_autoptr (LinkageImportPlan) plan = make_plan (HEADINGS MEANS_ONE, known);
  g_autoptr (LinkageImportPlan) other = make_plan (HEADINGS MEANS_ONE, known);
  g_autoptr (LinkageImportModel) model = linkage_import_model_new ();

  linkage_import_model_set_plan (model, plan);
  g_assert_true (linkage_import_model_choose (model, 0, get_id (known, 1)));
  linkage_import_model_reset (model);
  linkage_import_model_set_plan (model, other);
  g_assert_cmpint (linkage_import_plan_get_change (other, 0)->reason, ==, LINKAGE_IMPORT_REASON_AMBIGUOUS);
}

/* What was chosen is gone from the table by now. */
static void
test_choice_gone (void)
{
  g_autoptr (GPtrArray) known = import_two_alike ();
  g_autoptr (GPtrArray) others = import_two_alike ();
  g_autoptr (LinkageImportPlan) plan = make_plan (HEADINGS MEANS_ONE, known);
  g_autoptr (LinkageImportPlan) later = make_plan (HEADINGS MEANS_ONE, others);
  g_autoptr (LinkageImportModel) model = linkage_import_model_new ();

  linkage_import_model_set_plan (model, plan);
  g_assert_true (linkage_import_model_choose (model, 0, get_id (known, 1)));
  linkage_import_model_set_plan (model, later);
  g_assert_cmpint (linkage_import_plan_get_change (later, 0)->reason, ==, LINKAGE_IMPORT_REASON_AMBIGUOUS);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/app/import-model/kinds", test_kinds);
  g_test_add_func ("/app/import-model/items", test_items);
  g_test_add_func ("/app/import-model/choose", test_choose);
  g_test_add_func ("/app/import-model/choose-none", test_choose_none);
  g_test_add_func ("/app/import-model/reset", test_reset);
  g_test_add_func ("/app/import-model/choice-gone", test_choice_gone);

  return g_test_run ();
}
