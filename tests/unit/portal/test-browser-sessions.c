/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "portal-browser-sessions.h"

#define MOST 256

static void
test_a_token_finds_its_session (void)
{
  g_autoptr (PortalBrowserSessions) sessions = portal_browser_sessions_new (G_TIME_SPAN_HOUR, g_free);
  g_autofree char *first = portal_browser_sessions_begin (sessions, g_strdup ("larkmoor"));
  g_autofree char *second = portal_browser_sessions_begin (sessions, g_strdup ("oey"));
  PortalBrowserSession *of_first = portal_browser_sessions_find (sessions, first);
  PortalBrowserSession *of_second = portal_browser_sessions_find (sessions, second);

  g_assert_nonnull (of_first);
  g_assert_nonnull (of_second);
  g_assert_cmpstr (of_first->data, ==, "larkmoor");
  g_assert_cmpstr (of_second->data, ==, "oey");
  g_assert_cmpstr (of_first->csrf, !=, of_second->csrf);
  g_assert_cmpstr (of_second->csrf, !=, second);
}

static void
test_other_tokens_find_none (void)
{
  g_autoptr (PortalBrowserSessions) sessions = portal_browser_sessions_new (G_TIME_SPAN_HOUR, g_free);
  g_autoptr (PortalBrowserSessions) others = portal_browser_sessions_new (G_TIME_SPAN_HOUR, g_free);
  g_autofree char *token = portal_browser_sessions_begin (others, NULL);

  g_assert_null (portal_browser_sessions_find (sessions, NULL));
  g_assert_null (portal_browser_sessions_find (sessions, ""));
  g_assert_null (portal_browser_sessions_find (sessions, token));
}

static void
test_a_session_ends (void)
{
  g_autoptr (PortalBrowserSessions) sessions = portal_browser_sessions_new (G_TIME_SPAN_HOUR, g_free);
  g_autofree char *token = portal_browser_sessions_begin (sessions, NULL);

  portal_browser_sessions_find (sessions, token)->ends_at = g_get_monotonic_time ();

  g_assert_null (portal_browser_sessions_find (sessions, token));
}

static void
test_a_session_is_ended (void)
{
  g_autoptr (PortalBrowserSessions) sessions = portal_browser_sessions_new (G_TIME_SPAN_HOUR, g_free);
  g_autofree char *ended = portal_browser_sessions_begin (sessions, NULL);
  g_autofree char *other = portal_browser_sessions_begin (sessions, NULL);

  portal_browser_sessions_end (sessions, ended);

  g_assert_null (portal_browser_sessions_find (sessions, ended));
  g_assert_nonnull (portal_browser_sessions_find (sessions, other));
}

static void
test_the_first_makes_room (void)
{
  g_autoptr (PortalBrowserSessions) sessions = portal_browser_sessions_new (G_TIME_SPAN_HOUR, g_free);
  g_autoptr (GPtrArray) tokens = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i <= MOST; i++)
    {
      g_ptr_array_add (tokens, portal_browser_sessions_begin (sessions, NULL));
      portal_browser_sessions_find (sessions, g_ptr_array_index (tokens, i))->ends_at += i;
    }

  g_assert_null (portal_browser_sessions_find (sessions, g_ptr_array_index (tokens, 0)));
  for (guint i = 1; i <= MOST; i++)
    g_assert_nonnull (portal_browser_sessions_find (sessions, g_ptr_array_index (tokens, i)));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/browser-sessions/token", test_a_token_finds_its_session);
  g_test_add_func ("/browser-sessions/other-tokens", test_other_tokens_find_none);
  g_test_add_func ("/browser-sessions/end", test_a_session_ends);
  g_test_add_func ("/browser-sessions/ended", test_a_session_is_ended);
  g_test_add_func ("/browser-sessions/room", test_the_first_makes_room);

  return g_test_run ();
}
