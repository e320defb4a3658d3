/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "linkage-account-error.h"
#include "linkage-merge-model.h"
#include "linkage-test-merge-source.h"

#define TOTAL 1000
#define PAGE 50

typedef struct
{
  LinkageTestMergeSource *source;
  LinkageMergeModel *model;
  guint n_anew;
} Fixture;

static void
on_begun_anew (LinkageMergeModel *model, Fixture *fixture)
{
  fixture->n_anew++;
}

static void
settle (void)
{
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

static void
set_up (Fixture *fixture, gconstpointer user_data)
{
  fixture->source = linkage_test_merge_source_new (TOTAL, PAGE);
  fixture->model = linkage_merge_model_new (LINKAGE_MERGE_SOURCE (fixture->source));
  g_signal_connect (fixture->model, "begun-anew", G_CALLBACK (on_begun_anew), fixture);
  linkage_merge_model_load (fixture->model);
  settle ();
}

static void
tear_down (Fixture *fixture, gconstpointer user_data)
{
  settle ();
  g_assert_finalize_object (fixture->model);
  g_assert_finalize_object (fixture->source);
}

static guint
count (Fixture *fixture)
{
  return g_list_model_get_n_items (G_LIST_MODEL (fixture->model));
}

static LinkageMergeItem *
get_item (Fixture *fixture, guint position)
{
  return g_list_model_get_item (G_LIST_MODEL (fixture->model), position);
}

static void
assert_read (LinkageMergeItem *item, guint position)
{
  g_autofree char *name = g_strdup_printf ("%04u", position);

  g_assert_nonnull (linkage_merge_item_get_row (item));
  g_assert_cmpstr (linkage_merge_item_get_row (item)->customer_name, ==, name);
}

static void
test_first_page (Fixture *fixture, gconstpointer user_data)
{
  g_autoptr (LinkageMergeItem) item = get_item (fixture, 7);
  g_autoptr (LinkageMergeItem) again = get_item (fixture, 7);

  g_assert_cmpuint (count (fixture), ==, TOTAL);
  g_assert_cmpuint (linkage_merge_model_get_preview (fixture->model)->removed, ==, TOTAL / 4);
  g_assert_true (item == again);
  assert_read (item, 7);
  settle ();
  g_assert_cmpuint (linkage_test_merge_source_get_n_pages (fixture->source), ==, 1);
  g_assert_null (get_item (fixture, TOTAL));
}

/* Whoever jumps to the end waits for one page, not for all. */
static void
test_far_away (Fixture *fixture, gconstpointer user_data)
{
  g_autoptr (LinkageMergeItem) near = get_item (fixture, 60);
  g_autoptr (LinkageMergeItem) far = get_item (fixture, 990);

  g_assert_null (linkage_merge_item_get_row (far));
  settle ();
  assert_read (near, 60);
  assert_read (far, 990);
  g_assert_cmpuint (linkage_test_merge_source_get_n_pages (fixture->source), ==, 3);
}

/* What nobody looks at any more is not read. */
static void
test_looked_away (Fixture *fixture, gconstpointer user_data)
{
  for (guint i = 100; i < 900; i += PAGE)
    g_object_unref (get_item (fixture, i));
  settle ();
  g_assert_cmpuint (linkage_test_merge_source_get_n_pages (fixture->source), ==, 2);
}

static void
test_begins_anew (Fixture *fixture, gconstpointer user_data)
{
  g_autoptr (LinkageMergeItem) item = NULL;
  g_autoptr (LinkageMergeItem) later = NULL;

  linkage_test_merge_source_change (fixture->source, 90);
  item = get_item (fixture, 500);
  settle ();
  g_assert_cmpuint (fixture->n_anew, ==, 1);
  g_assert_cmpuint (count (fixture), ==, 90);
  later = get_item (fixture, 80);
  settle ();
  assert_read (later, 80);
  g_assert_null (linkage_merge_item_get_row (item));
}

static void
test_fails_and_goes_on (Fixture *fixture, gconstpointer user_data)
{
  g_autoptr (LinkageMergeItem) item = NULL;

  linkage_test_merge_source_fail_next (
    fixture->source, g_error_new_literal (LINKAGE_ACCOUNT_ERROR, LINKAGE_ACCOUNT_ERROR_UNREACHABLE, ""));
  item = get_item (fixture, 200);
  settle ();
  g_assert_error (linkage_merge_model_get_error (fixture->model), LINKAGE_ACCOUNT_ERROR,
                  LINKAGE_ACCOUNT_ERROR_UNREACHABLE);
  g_assert_cmpuint (count (fixture), ==, TOTAL);
  linkage_merge_model_retry (fixture->model);
  settle ();
  g_assert_no_error (linkage_merge_model_get_error (fixture->model));
  assert_read (item, 200);
}

static void
test_fails_at_first (Fixture *fixture, gconstpointer user_data)
{
  linkage_test_merge_source_fail_next (fixture->source,
                                       g_error_new_literal (LINKAGE_ACCOUNT_ERROR, LINKAGE_ACCOUNT_ERROR_OFFLINE, ""));
  linkage_merge_model_load (fixture->model);
  settle ();
  g_assert_null (linkage_merge_model_get_preview (fixture->model));
  g_assert_nonnull (linkage_merge_model_get_error (fixture->model));
  linkage_merge_model_retry (fixture->model);
  settle ();
  g_assert_cmpuint (count (fixture), ==, TOTAL);
}

/* A portal that leaves rows out would be asked for them for ever. */
static void
test_short_page (Fixture *fixture, gconstpointer user_data)
{
  g_autoptr (LinkageMergeItem) item = NULL;

  linkage_test_merge_source_set_page_size (fixture->source, PAGE / 2);
  item = get_item (fixture, 149);
  settle ();
  g_assert_error (linkage_merge_model_get_error (fixture->model), LINKAGE_ACCOUNT_ERROR,
                  LINKAGE_ACCOUNT_ERROR_INVALID_REPLY);
  g_assert_cmpuint (linkage_test_merge_source_get_n_pages (fixture->source), ==, 2);
}

static void
test_nothing (Fixture *fixture, gconstpointer user_data)
{
  linkage_test_merge_source_change (fixture->source, 0);
  linkage_merge_model_load (fixture->model);
  settle ();
  g_assert_cmpuint (count (fixture), ==, 0);
  g_assert_nonnull (linkage_merge_model_get_preview (fixture->model));
  g_assert_no_error (linkage_merge_model_get_error (fixture->model));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add ("/merge-model/first-page", Fixture, NULL, set_up, test_first_page, tear_down);
  g_test_add ("/merge-model/far-away", Fixture, NULL, set_up, test_far_away, tear_down);
  g_test_add ("/merge-model/looked-away", Fixture, NULL, set_up, test_looked_away, tear_down);
  g_test_add ("/merge-model/begins-anew", Fixture, NULL, set_up, test_begins_anew, tear_down);
  g_test_add ("/merge-model/fails-and-goes-on", Fixture, NULL, set_up, test_fails_and_goes_on, tear_down);
  g_test_add ("/merge-model/fails-at-first", Fixture, NULL, set_up, test_fails_at_first, tear_down);
  g_test_add ("/merge-model/short-page", Fixture, NULL, set_up, test_short_page, tear_down);
  g_test_add ("/merge-model/nothing", Fixture, NULL, set_up, test_nothing, tear_down);

  return g_test_run ();
}
