/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <locale.h>

#include "linkage-check-list.h"
#include "linkage-check-text.h"
#include "linkage-import-error.h"

#define NOW G_GINT64_CONSTANT (1795435200) /* 2026-11-23T12:00:00Z */

static const char *const known[] = { "Contoso GmbH", "Fabrikam", "Société Générale S.A.", "=Tailspin", NULL };
static const char *const names[] = {
  "Contoso", "fabrikam", "Woodgrove", "Societe Generale", "Wingtip", "Fabrikam Japan", "=Tailspin", NULL,
};

typedef struct
{
  LinkageCheckList *list;
  GPtrArray *mirror; /* what the model told of itself */
  guint n_signals;
} Fixture;

static GPtrArray *
make_matches (const char *const *list)
{
  g_autoptr (GPtrArray) connections = g_ptr_array_new_with_free_func ((GDestroyNotify)linkage_connection_unref);
  g_autoptr (GError) error = NULL;
  GPtrArray *matches = NULL;

  for (guint i = 0; known[i] != NULL; i++)
    {
      g_autoptr (LinkageCustomer) customer = linkage_customer_new (known[i], known[i]);
      LinkageConnection *connection = linkage_connection_new (known[i], customer);

      connection->status = LINKAGE_STATUS_APPROVED;
      g_ptr_array_add (connections, connection);
    }
  matches = linkage_name_match_list (list, connections, NULL, &error);
  g_assert_no_error (error);

  return matches;
}

static void
on_items_changed (GListModel *model, guint position, guint removed, guint added, Fixture *fixture)
{
  fixture->n_signals++;
  if (removed > 0)
    g_ptr_array_remove_range (fixture->mirror, position, removed);
  for (guint i = 0; i < added; i++)
    g_ptr_array_insert (fixture->mirror, position + i, g_list_model_get_item (model, position + i));
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) matches = make_matches (names);

  fixture->list = linkage_check_list_new (matches);
  fixture->mirror = g_ptr_array_new_with_free_func (g_object_unref);
  on_items_changed (G_LIST_MODEL (fixture->list), 0, 0, g_list_model_get_n_items (G_LIST_MODEL (fixture->list)),
                    fixture);
  g_signal_connect (fixture->list, "items-changed", G_CALLBACK (on_items_changed), fixture);
  fixture->n_signals = 0;
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_ptr_array_unref (fixture->mirror);
  g_assert_finalize_object (fixture->list);
}

/* The names that are shown, which is what the model told of itself. */
static void
assert_shows (Fixture *fixture, const char *expected)
{
  g_autoptr (GString) shown = g_string_new (NULL);
  GListModel *model = G_LIST_MODEL (fixture->list);

  g_assert_cmpuint (g_list_model_get_n_items (model), ==, fixture->mirror->len);
  for (guint i = 0; i < fixture->mirror->len; i++)
    {
      g_autoptr (LinkageCheckItem) item = g_list_model_get_item (model, i);

      g_assert_true (item == g_ptr_array_index (fixture->mirror, i));
      g_string_append_printf (shown, "%s%s", i > 0 ? "|" : "", linkage_check_item_get_name (item));
    }
  g_assert_cmpstr (shown->str, ==, expected);
}

static void
assert_counts (Fixture *fixture, guint n_exact, guint n_likely, guint n_missing)
{
  g_assert_cmpuint (linkage_check_list_count (fixture->list, LINKAGE_CHECK_GROUP_ALL), ==, 7);
  g_assert_cmpuint (linkage_check_list_count (fixture->list, LINKAGE_CHECK_GROUP_EXACT), ==, n_exact);
  g_assert_cmpuint (linkage_check_list_count (fixture->list, LINKAGE_CHECK_GROUP_LIKELY), ==, n_likely);
  g_assert_cmpuint (linkage_check_list_count (fixture->list, LINKAGE_CHECK_GROUP_MISSING), ==, n_missing);
}

static void
test_groups (Fixture *fixture, gconstpointer data)
{
  assert_counts (fixture, 2, 3, 2);
  assert_shows (fixture, "Contoso|fabrikam|Woodgrove|Societe Generale|Wingtip|Fabrikam Japan|=Tailspin");
  linkage_check_list_set_group (fixture->list, LINKAGE_CHECK_GROUP_EXACT);
  assert_shows (fixture, "fabrikam|=Tailspin");
  linkage_check_list_set_group (fixture->list, LINKAGE_CHECK_GROUP_LIKELY);
  assert_shows (fixture, "Contoso|Societe Generale|Fabrikam Japan");
  linkage_check_list_set_group (fixture->list, LINKAGE_CHECK_GROUP_MISSING);
  assert_shows (fixture, "Woodgrove|Wingtip");
  fixture->n_signals = 0;
  linkage_check_list_set_group (fixture->list, LINKAGE_CHECK_GROUP_MISSING);
  g_assert_cmpuint (fixture->n_signals, ==, 0);
}

static void
test_reject (Fixture *fixture, gconstpointer data)
{
  LinkageCheckItem *item = linkage_check_list_get (fixture->list, 3);

  linkage_check_list_reject (fixture->list, 3, TRUE);
  g_assert_cmpuint (fixture->n_signals, ==, 1);
  assert_counts (fixture, 2, 2, 3);
  assert_shows (fixture, "Contoso|fabrikam|Woodgrove|Societe Generale|Wingtip|Fabrikam Japan|=Tailspin");
  g_assert_cmpint (linkage_check_item_get_likeness (item), ==, LINKAGE_NAME_NONE);
  g_assert_null (linkage_check_item_get_connection (item));

  linkage_check_list_set_group (fixture->list, LINKAGE_CHECK_GROUP_MISSING);
  assert_shows (fixture, "Woodgrove|Societe Generale|Wingtip");
  linkage_check_list_reject (fixture->list, 3, FALSE);
  assert_shows (fixture, "Woodgrove|Wingtip");
  assert_counts (fixture, 2, 3, 2);
  g_assert_nonnull (linkage_check_item_get_connection (item));

  linkage_check_list_set_group (fixture->list, LINKAGE_CHECK_GROUP_LIKELY);
  linkage_check_list_reject (fixture->list, 0, TRUE);
  assert_shows (fixture, "Societe Generale|Fabrikam Japan");
  linkage_check_list_reject (fixture->list, 0, FALSE);
  assert_shows (fixture, "Contoso|Societe Generale|Fabrikam Japan");
}

static void
test_missing (Fixture *fixture, gconstpointer data)
{
  static const char *const nothing[] = { NULL };
  static const char *const kept[] = { "WINGTIP", "Somebody Else", NULL };
  g_auto (GStrv) all = linkage_check_list_dup_missing (fixture->list, nothing);
  g_auto (GStrv) rest = linkage_check_list_dup_missing (fixture->list, kept);
  g_autofree char *joined_all = g_strjoinv ("|", all);
  g_autofree char *joined_rest = g_strjoinv ("|", rest);

  g_assert_cmpstr (joined_all, ==, "Woodgrove|Wingtip");
  g_assert_cmpstr (joined_rest, ==, "Woodgrove");
}

static void
test_text (Fixture *fixture, gconstpointer data)
{
  g_autofree char *exact = NULL;
  g_autofree char *missing = NULL;

  linkage_check_list_set_group (fixture->list, LINKAGE_CHECK_GROUP_EXACT);
  exact = linkage_check_list_to_text (fixture->list, NOW);
  g_assert_cmpstr (exact, ==,
                   "Name\tResult\tCustomer\tStatus\tWhy\n"
                   "fabrikam\tMatched\tFabrikam\tApproved\tSame name apart from capital letters\n"
                   "'=Tailspin\tMatched\t'=Tailspin\tApproved\tSame name\n");
  linkage_check_list_set_group (fixture->list, LINKAGE_CHECK_GROUP_MISSING);
  missing = linkage_check_list_to_text (fixture->list, NOW);
  g_assert_cmpstr (missing, ==,
                   "Name\tResult\tCustomer\tStatus\tWhy\n"
                   "Woodgrove\tNot in your list\t\t\t\n"
                   "Wingtip\tNot in your list\t\t\t\n");
}

static void
test_words (void)
{
  static const struct
  {
    LinkageNameAside aside;
    const char *why;
  } cases[] = {
    { LINKAGE_NAME_ASIDE_NOTHING, "Same name" },
    { LINKAGE_NAME_ASIDE_CASE, "Same name apart from capital letters" },
    { LINKAGE_NAME_ASIDE_LEGAL_FORM | LINKAGE_NAME_ASIDE_ACCENTS, "Same name apart from the legal form and accents" },
    { LINKAGE_NAME_ASIDE_LEGAL_FORM | LINKAGE_NAME_ASIDE_ACCENTS | LINKAGE_NAME_ASIDE_CASE,
      "Same name apart from the legal form, accents and capital letters" },
    { LINKAGE_NAME_ASIDE_WORDS, "Begins alike, one has more words" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      LinkageNameMatch match = { .aside = cases[i].aside };
      g_autofree char *why = linkage_check_text_get_why (&match);

      g_assert_cmpstr (why, ==, cases[i].why);
    }
}

static void
test_counts (void)
{
  g_autofree char *counts = linkage_check_text_get_counts (84, 12, 24);

  g_assert_cmpstr (counts, ==, "84 matched, 12 likely, 24 not found");
}

/* Each error has a sentence of its own that says what to do. */
static void
test_errors (void)
{
  g_autoptr (GHashTable) sentences = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  static const LinkageImportError codes[] = {
    LINKAGE_IMPORT_ERROR_EMPTY,
    LINKAGE_IMPORT_ERROR_TOO_LARGE,
    LINKAGE_IMPORT_ERROR_SPREADSHEET,
    LINKAGE_IMPORT_ERROR_NOT_TEXT,
  };

  for (gsize i = 0; i < G_N_ELEMENTS (codes); i++)
    {
      g_autoptr (GError) error = g_error_new_literal (LINKAGE_IMPORT_ERROR, (int)codes[i], "");

      g_assert_true (g_hash_table_add (sentences, linkage_check_text_get_error (error)));
    }
}

int
main (int argc, char *argv[])
{
  setlocale (LC_ALL, "C.UTF-8");
  g_test_init (&argc, &argv, NULL);

  g_test_add ("/app/check-list/groups", Fixture, NULL, set_up, test_groups, tear_down);
  g_test_add ("/app/check-list/reject", Fixture, NULL, set_up, test_reject, tear_down);
  g_test_add ("/app/check-list/missing", Fixture, NULL, set_up, test_missing, tear_down);
  g_test_add ("/app/check-list/text", Fixture, NULL, set_up, test_text, tear_down);
  g_test_add_func ("/app/check-list/words", test_words);
  g_test_add_func ("/app/check-list/counts", test_counts);
  g_test_add_func ("/app/check-list/errors", test_errors);

  return g_test_run ();
}
