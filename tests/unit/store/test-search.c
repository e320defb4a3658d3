/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "store-fixture.h"

static gboolean
begin (Fixture *fixture, const char *key, const char *name, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  linkage_store_begin_search_async (fixture->store, key, name, NULL, on_result, &result);
  wait_for (&result);

  return linkage_store_begin_search_finish (fixture->store, result, error);
}

static void
begin_successfully (Fixture *fixture, const char *key, const char *name)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (begin (fixture, key, name, &error));
  g_assert_no_error (error);
}

static void
end (Fixture *fixture, const char *key, LinkageSearch *search, LinkageAccountInfo *account)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  linkage_store_end_search_async (fixture->store, key, search, account, NULL, on_result, &result);
  wait_for (&result);
  g_assert_true (linkage_store_end_search_finish (fixture->store, result, &error));
  g_assert_no_error (error);
}

static void
assert_found (Fixture *fixture, const char *name, const char *expected)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *id = linkage_store_find_search (fixture->store, name, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (id, ==, expected);
}

static void
assert_unanswered (Fixture *fixture, const char *expected_key, const char *expected_name)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *name = NULL;
  g_autofree char *key = linkage_store_find_unanswered_search (fixture->store, NULL, &name, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (key, ==, expected_key);
  g_assert_cmpstr (name, ==, expected_name);
}

static void
assert_unanswered_like (Fixture *fixture, const char *like, const char *expected_key)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *key = linkage_store_find_unanswered_search (fixture->store, like, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (key, ==, expected_key);
}

static void
test_answered (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LinkageSearch) search = linkage_search_new ("search-1", "Café  Contoso");
  g_autoptr (LinkageSearch) again = linkage_search_new ("search-2", "café contoso");
  g_autoptr (LinkageAccountInfo) account = make_account ("e1");

  assert_unanswered (fixture, NULL, NULL);
  begin_successfully (fixture, "key-1", "Café  Contoso");
  assert_found (fixture, "Café Contoso", NULL);

  account->searches_used = 1;
  end (fixture, "key-1", search, account);
  g_assert_cmpuint (fixture->n_account_changed, ==, 1);
  assert_unanswered (fixture, NULL, NULL);
  assert_found (fixture, "  CAFÉ CONTOSO ", "search-1");
  assert_found (fixture, "Cafe Contoso", NULL);

  /* Search Again: the latest one counts. */
  begin_successfully (fixture, "key-2", "café contoso");
  end (fixture, "key-2", again, NULL);
  assert_found (fixture, "Café Contoso", "search-2");
}

static void
test_crash (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LinkageSearch) search = linkage_search_new ("search-1", "Contoso");
  g_autoptr (GError) error = NULL;

  begin_successfully (fixture, "key-1", "Contoso");
  close_store (fixture);
  open_store (fixture);
  assert_unanswered (fixture, "key-1", "Contoso");

  /* Another key for the same name would spend a second search. */
  g_assert_false (begin (fixture, "key-2", "  contoso", &error));
  g_assert_error (error, LINKAGE_STORE_ERROR, LINKAGE_STORE_ERROR_DUPLICATE);
  begin_successfully (fixture, "key-1", "Contoso");
  begin_successfully (fixture, "key-3", "Litware");
  assert_unanswered (fixture, "key-1", "Contoso");

  assert_unanswered_like (fixture, " LITWARE", "key-3");
  assert_unanswered_like (fixture, "contoso", "key-1");
  assert_unanswered_like (fixture, "Fabrikam", NULL);
  end (fixture, "key-1", search, NULL);
  assert_unanswered (fixture, "key-3", "Litware");
}

static void
test_refused (Fixture *fixture, gconstpointer data)
{
  begin_successfully (fixture, "key-1", "Contoso");
  end (fixture, "key-1", NULL, NULL);
  assert_unanswered (fixture, NULL, NULL);
  assert_found (fixture, "Contoso", NULL);
  begin_successfully (fixture, "key-2", "Contoso");
}

static void
test_other_epoch (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LinkageSearch) search = linkage_search_new ("search-1", "Contoso");
  g_autoptr (LinkageSearch) new_search = linkage_search_new ("search-1", "Litware");
  g_autoptr (LinkageAccountInfo) account = make_account ("e2");

  fill (fixture);
  begin_successfully (fixture, "key-1", "Contoso");
  end (fixture, "key-1", search, NULL);
  begin_successfully (fixture, "key-2", "Fabrikam");
  begin_successfully (fixture, "key-3", "Litware");

  /* The portal knows none of them any more, but this one. */
  end (fixture, "key-3", new_search, account);
  assert_found (fixture, "Contoso", NULL);
  assert_unanswered (fixture, NULL, NULL);
  assert_found (fixture, "Litware", "search-1");
}

#define ADD(path, func) g_test_add ("/store/search/" path, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  ADD ("answered", test_answered);
  ADD ("crash", test_crash);
  ADD ("refused", test_refused);
  ADD ("other-epoch", test_other_epoch);

  return g_test_run ();
}
