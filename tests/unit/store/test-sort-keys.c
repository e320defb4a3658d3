/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "linkage-sort-key-feed.h"

/* Several batches, the last of which is not full. */
#define N_CONNECTIONS 1234

static GPtrArray *
make_connections (guint n_connections)
{
  GPtrArray *connections = g_ptr_array_new_with_free_func ((GDestroyNotify)linkage_connection_unref);

  for (guint i = 0; i < n_connections; i++)
    {
      g_autofree char *id = g_strdup_printf ("%u", i);
      g_autofree char *name = g_strdup_printf ("Änderung %u", i);
      g_autofree char *email = g_strdup_printf ("Ä-%u@customer.example", i);
      g_autoptr (LinkageCustomer) customer = linkage_customer_new (id, name);
      LinkageConnection *connection = linkage_connection_new (id, customer);
      LinkageAttempt *attempt = linkage_attempt_new ();

      attempt->contact_email = g_steal_pointer (&email);
      attempt->comment = g_strdup (i % 2 == 0 ? name : NULL);
      g_ptr_array_add (connection->attempts, attempt);
      g_ptr_array_add (connections, connection);
    }

  return connections;
}

static void
test_feed_keeps_the_order (void)
{
  g_autoptr (GPtrArray) connections = make_connections (N_CONNECTIONS);
  g_autoptr (LinkageSortKeyFeed) feed = linkage_sort_key_feed_new (connections);

  for (guint i = 0; i < connections->len; i++)
    {
      const LinkageSortKeys *keys = linkage_sort_key_feed_get_next (feed);
      g_auto (LinkageSortKeys) expected = { NULL };

      linkage_sort_keys_init (&expected, g_ptr_array_index (connections, i));
      g_assert_cmpstr (keys->filter_text, ==, expected.filter_text);
      g_assert_cmpstr (keys->customer, ==, expected.customer);
      g_assert_cmpstr (keys->email, ==, expected.email);
      g_assert_cmpstr (keys->comments, ==, expected.comments);
    }
}

/* A write that fails leaves the rest. */
static void
test_feed_is_left_early (void)
{
  g_autoptr (GPtrArray) connections = make_connections (N_CONNECTIONS);

  for (guint n_taken = 0; n_taken < 3; n_taken++)
    {
      g_autoptr (LinkageSortKeyFeed) feed = linkage_sort_key_feed_new (connections);

      for (guint i = 0; i < n_taken; i++)
        g_assert_nonnull (linkage_sort_key_feed_get_next (feed)->customer);
    }
}

static void
test_feed_of_nothing (void)
{
  g_autoptr (GPtrArray) connections = make_connections (0);
  g_autoptr (LinkageSortKeyFeed) feed = linkage_sort_key_feed_new (connections);

  g_assert_nonnull (feed);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/store/sort-keys/feed-keeps-the-order", test_feed_keeps_the_order);
  g_test_add_func ("/store/sort-keys/feed-is-left-early", test_feed_is_left_early);
  g_test_add_func ("/store/sort-keys/feed-of-nothing", test_feed_of_nothing);

  return g_test_run ();
}
