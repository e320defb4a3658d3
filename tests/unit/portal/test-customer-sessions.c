/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "portal-customer-sessions.h"

#define MOST 256

static void
test_a_token_finds_its_session (void)
{
  g_autoptr (PortalCustomerSessions) sessions = portal_customer_sessions_new ();
  g_autofree char *all = portal_customer_sessions_begin (sessions, NULL);
  g_autofree char *one = portal_customer_sessions_begin (sessions, "oey");
  PortalCustomerSession *of_all = portal_customer_sessions_find (sessions, all);
  PortalCustomerSession *of_one = portal_customer_sessions_find (sessions, one);

  g_assert_nonnull (of_all);
  g_assert_nonnull (of_one);
  g_assert_null (of_all->customer_id);
  g_assert_cmpstr (of_one->customer_id, ==, "oey");
  g_assert_cmpstr (of_all->csrf, !=, of_one->csrf);
  g_assert_cmpstr (of_one->csrf, !=, one);
}

static void
test_other_tokens_find_none (void)
{
  g_autoptr (PortalCustomerSessions) sessions = portal_customer_sessions_new ();
  g_autoptr (PortalCustomerSessions) others = portal_customer_sessions_new ();
  g_autofree char *token = portal_customer_sessions_begin (others, NULL);

  g_assert_null (portal_customer_sessions_find (sessions, NULL));
  g_assert_null (portal_customer_sessions_find (sessions, ""));
  g_assert_null (portal_customer_sessions_find (sessions, token));
}

static void
test_a_session_ends (void)
{
  g_autoptr (PortalCustomerSessions) sessions = portal_customer_sessions_new ();
  g_autofree char *token = portal_customer_sessions_begin (sessions, NULL);

  portal_customer_sessions_find (sessions, token)->ends_at = g_get_monotonic_time ();

  g_assert_null (portal_customer_sessions_find (sessions, token));
}

static void
test_the_first_makes_room (void)
{
  g_autoptr (PortalCustomerSessions) sessions = portal_customer_sessions_new ();
  g_autoptr (GPtrArray) tokens = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i <= MOST; i++)
    {
      g_ptr_array_add (tokens, portal_customer_sessions_begin (sessions, NULL));
      portal_customer_sessions_find (sessions, g_ptr_array_index (tokens, i))->ends_at += i;
    }

  g_assert_null (portal_customer_sessions_find (sessions, g_ptr_array_index (tokens, 0)));
  for (guint i = 1; i <= MOST; i++)
    g_assert_nonnull (portal_customer_sessions_find (sessions, g_ptr_array_index (tokens, i)));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/customer-sessions/token", test_a_token_finds_its_session);
  g_test_add_func ("/customer-sessions/other-tokens", test_other_tokens_find_none);
  g_test_add_func ("/customer-sessions/end", test_a_session_ends);
  g_test_add_func ("/customer-sessions/room", test_the_first_makes_room);

  return g_test_run ();
}
