/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "portal-throttle.h"

#define FREE 3
#define BEGIN (10 * G_TIME_SPAN_DAY)

static void
test_the_door_closes_for_longer_and_longer (void)
{
  g_autoptr (PortalThrottle) throttle = portal_throttle_new (FREE);
  const guint waits[] = { 30, 60, 120, 240, 480, 900, 900 };
  gint64 now = BEGIN;

  for (guint i = 0; i < FREE; i++)
    {
      g_assert_cmpuint (portal_throttle_get_wait (throttle, "astrid", now), ==, 0);
      portal_throttle_note_failure (throttle, "astrid", now);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (waits); i++)
    {
      g_assert_cmpuint (portal_throttle_get_wait (throttle, "astrid", now), ==, 0);
      portal_throttle_note_failure (throttle, "astrid", now);
      g_assert_cmpuint (portal_throttle_get_wait (throttle, "astrid", now), ==, waits[i]);
      g_assert_cmpuint (portal_throttle_get_wait (throttle, "astrid", now + 1), ==, waits[i]);
      now += waits[i] * G_TIME_SPAN_SECOND;
    }
  g_assert_cmpuint (portal_throttle_get_wait (throttle, "tomasz", now), ==, 0);
}

static void
test_what_is_forgiven (void)
{
  g_autoptr (PortalThrottle) throttle = portal_throttle_new (0);

  portal_throttle_note_failure (throttle, "late", BEGIN);
  portal_throttle_note_failure (throttle, "late", BEGIN + G_TIME_SPAN_HOUR);
  g_assert_cmpuint (portal_throttle_get_wait (throttle, "late", BEGIN + G_TIME_SPAN_HOUR), ==, 30);

  portal_throttle_note_failure (throttle, "in", BEGIN);
  portal_throttle_forget (throttle, "in");
  g_assert_cmpuint (portal_throttle_get_wait (throttle, "in", BEGIN), ==, 0);
}

static void
test_its_memory_has_an_end (void)
{
  g_autoptr (PortalThrottle) throttle = portal_throttle_new (0);

  for (guint i = 0; i < 5000; i++)
    {
      g_autofree char *key = g_strdup_printf ("%u", i);

      portal_throttle_note_failure (throttle, key, BEGIN);
    }
  g_assert_cmpuint (portal_throttle_get_wait (throttle, "0", BEGIN), ==, 30);
  g_assert_cmpuint (portal_throttle_get_wait (throttle, "4999", BEGIN), ==, 0);

  portal_throttle_note_failure (throttle, "4999", BEGIN + G_TIME_SPAN_HOUR);
  g_assert_cmpuint (portal_throttle_get_wait (throttle, "4999", BEGIN + G_TIME_SPAN_HOUR), ==, 30);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/throttle/waits", test_the_door_closes_for_longer_and_longer);
  g_test_add_func ("/throttle/forgiven", test_what_is_forgiven);
  g_test_add_func ("/throttle/memory", test_its_memory_has_an_end);

  return g_test_run ();
}
