/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "list-mirror.h"

#define DAY (24 * 60 * 60)
#define START 1700000000 /* Unix seconds */

static LinkageConnection *
ref_connection (const TestMirror *mirror, guint position)
{
  g_autoptr (LinkageConnectionRow) row = test_mirror_get_row (mirror, position);

  return linkage_connection_ref (linkage_connection_row_get_connection (row));
}

static void
test_filter_texts (void)
{
  static const struct
  {
    const char *filter;
    guint n_hits; /* of ten names */
  } cases[] = {
    { "", 10 },       { "z", 4 },        { "c", 4 },        { "ca", 2 },  { "CAFÉ", 2 }, { "cafe\xcc\x81", 2 },
    { "zoe", 2 },     { "ångström", 1 }, { "angstrom", 1 }, { "東", 2 },  { "東京", 1 }, { "商事", 1 },
    { "contoso", 2 }, { "%", 0 },        { "_", 0 },        { "& s", 1 }, { "xyz", 0 },
  };
  g_autoptr (TestStore) store = test_store_new ();
  g_autoptr (TestMirror) mirror = NULL;

  test_store_fill (store, 10, test_names);
  mirror = test_mirror_new (store->store);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_test_message ("“%s”", cases[i].filter);
      linkage_connection_list_set_filter (mirror->list, cases[i].filter);
      test_mirror_wait_length (mirror, cases[i].n_hits);
      linkage_connection_list_set_filter (mirror->list, "");
      test_mirror_wait_length (mirror, 10);
    }
}

static int
compare_customers (const LinkageConnection *a, const LinkageConnection *b)
{
  g_autofree char *first = g_utf8_casefold (a->customer->name, -1);
  g_autofree char *second = g_utf8_casefold (b->customer->name, -1);

  return g_utf8_collate (first, second);
}

/* What can be done at once comes first, what cannot be done last. */
static int
rank_actions (const LinkageConnection *connection)
{
  if (connection->actions == LINKAGE_ACTIONS_NONE)
    return 2;

  return connection->actions == LINKAGE_ACTIONS_RESEND ? 1 : 0;
}

static int
compare_actions (const LinkageConnection *a, const LinkageConnection *b)
{
  return rank_actions (a) - rank_actions (b);
}

static int
compare_statuses (const LinkageConnection *a, const LinkageConnection *b)
{
  return (int)a->status - (int)b->status;
}

static const LinkageAttempt *
latest (const LinkageConnection *connection)
{
  static const LinkageAttempt none;
  const LinkageAttempt *attempt = linkage_connection_get_latest_attempt (connection);

  return attempt != NULL ? attempt : &none;
}

/* Nothing, then what the system asked, then addresses. */
static int
compare_emails (const LinkageConnection *a, const LinkageConnection *b)
{
  if ((a->attempts->len > 0) != (b->attempts->len > 0))
    return a->attempts->len > 0 ? 1 : -1;

  return g_strcmp0 (latest (a)->contact_email, latest (b)->contact_email);
}

static int
compare_dates (const LinkageConnection *a, const LinkageConnection *b)
{
  return (latest (a)->requested_at > latest (b)->requested_at) - (latest (a)->requested_at < latest (b)->requested_at);
}

static int
compare_comments (const LinkageConnection *a, const LinkageConnection *b)
{
  return g_strcmp0 (latest (a)->comment, latest (b)->comment);
}

static void
fill_for_sorting (TestStore *store)
{
  static const char *const emails[] = { NULL, "ann@example.com", "bob@example.com" };
  static const char *const comments[] = { "all full", NULL, "later" };
  static const LinkageStatus statuses[] = { LINKAGE_STATUS_PENDING, LINKAGE_STATUS_EXPIRED, LINKAGE_STATUS_REJECTED };
  g_autoptr (LinkageChanges) changes = test_store_make_page (store);

  for (guint i = 0; i < 60; i++)
    {
      g_autofree char *id = g_strdup_printf ("row-%u", i);
      LinkageConnection *connection = test_store_make_row (store, id, test_names[i * 7 % 10]);

      if (i % 4 > 0)
        test_store_add_attempt (connection, statuses[i % 3], START + (i * 11 % 13) * DAY, emails[i * 5 % 3],
                                statuses[i % 3] == LINKAGE_STATUS_REJECTED ? comments[i * 7 % 3] : NULL);
      g_ptr_array_add (changes->changed, connection);
    }
  test_store_apply (store, changes);
}

static void
test_sort_by_every_column (void)
{
  static const struct
  {
    LinkageSort sort;
    int (*compare) (const LinkageConnection *a, const LinkageConnection *b);
  } columns[] = {
    { LINKAGE_SORT_CUSTOMER, compare_customers }, { LINKAGE_SORT_ACTIONS, compare_actions },
    { LINKAGE_SORT_STATUS, compare_statuses },    { LINKAGE_SORT_EMAIL, compare_emails },
    { LINKAGE_SORT_DATE, compare_dates },         { LINKAGE_SORT_COMMENTS, compare_comments },
  };
  g_autoptr (TestStore) store = test_store_new ();
  g_autoptr (TestMirror) mirror = NULL;

  fill_for_sorting (store);
  mirror = test_mirror_new (store->store);

  for (guint i = 0; i < G_N_ELEMENTS (columns) * 2; i++)
    {
      int sign = i % 2 == 0 ? 1 : -1;

      g_test_message ("Column %u, %s", i / 2, sign > 0 ? "ascending" : "descending");
      linkage_connection_list_set_sort (mirror->list, columns[i / 2].sort, sign < 0);
      test_mirror_wait_replaced (mirror, i + 2);
      for (guint j = 1; j < mirror->ids->len; j++)
        {
          gint64 by_id = g_array_index (mirror->ids, gint64, j - 1) - g_array_index (mirror->ids, gint64, j);
          g_autoptr (LinkageConnection) previous = ref_connection (mirror, j - 1);
          g_autoptr (LinkageConnection) connection = ref_connection (mirror, j);
          int order = columns[i / 2].compare (previous, connection);

          g_assert_cmpint (sign * order, <=, 0);
          if (order == 0)
            g_assert_cmpint (sign * by_id, <, 0);
        }
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/store/list-order/filter-texts", test_filter_texts);
  g_test_add_func ("/store/list-order/sort-by-every-column", test_sort_by_every_column);

  return g_test_run ();
}
