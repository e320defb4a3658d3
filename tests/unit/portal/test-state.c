/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "portal-sample.h"
#include "portal-state.h"

#include <glib/gstdio.h>
#include <string.h>

static void
test_round_trip (void)
{
  static const PortalState states[] = { { 0, 0 }, { 1, 0 }, { 0, 1 }, { 255, 16 }, { G_MAXINT64, G_MAXINT64 } };
  PortalStore *store = portal_sample_open (":memory:");

  for (gsize i = 0; i < G_N_ELEMENTS (states); i++)
    {
      g_autofree char *text = portal_state_print (store, "a", &states[i]);
      PortalState state;

      g_assert_cmpuint (strlen (text), <=, 512);
      g_assert_true (portal_state_parse (store, "a", text, &state));
      g_assert_cmpint (state.position, ==, states[i].position);
      g_assert_cmpint (state.base, ==, states[i].base);
    }

  portal_sample_close (store);
}

static void
test_other_account (void)
{
  PortalStore *store = portal_sample_open (":memory:");
  g_autofree char *text = portal_state_print (store, "a", &(PortalState){ 7, 0 });
  PortalState state;

  g_assert_false (portal_state_parse (store, "b", text, &state));

  portal_sample_close (store);
}

static void
test_other_epoch (void)
{
  PortalStore *store = portal_sample_open (":memory:");
  g_autofree char *text = portal_state_print (store, "a", &(PortalState){ 7, 0 });
  PortalState state;

  PORTAL_SAMPLE_RUN (store, portal_store_renew_epoch (store, &error));
  g_assert_false (portal_state_parse (store, "a", text, &state));

  portal_sample_close (store);
}

static void
test_other_portal (void)
{
  PortalStore *store = portal_sample_open (":memory:");
  PortalStore *other = portal_sample_open (":memory:");
  g_autofree char *text = portal_state_print (other, "a", &(PortalState){ 7, 0 });
  PortalState state;

  g_assert_false (portal_state_parse (store, "a", text, &state));

  portal_sample_close (store);
  portal_sample_close (other);
}

static void
test_outlives_the_process (void)
{
  g_autofree char *path = g_build_filename (g_get_user_data_dir (), "portal.sqlite", NULL);
  g_autofree char *text = NULL;
  PortalStore *store;
  PortalState state;

  g_assert_cmpint (g_mkdir_with_parents (g_get_user_data_dir (), 0700), ==, 0);
  store = portal_sample_open (path);
  text = portal_state_print (store, "a", &(PortalState){ 7, 3 });

  portal_sample_close (store);
  store = portal_sample_open (path);
  g_assert_true (portal_state_parse (store, "a", text, &state));
  portal_sample_close (store);
}

static void
test_garbage (void)
{
  static const char *const texts[] = {
    "",   ".",      "..",  "7",    "7.",    "7.0",        "7.0.",
    "x.", "7.0.00", "-1.", "+7.0", " 7.0.", "\xff\xfe.0", "7.0.zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz"
  };
  PortalStore *store = portal_sample_open (":memory:");
  PortalState state;

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    g_assert_false (portal_state_parse (store, "a", texts[i], &state));

  portal_sample_close (store);
}

/* No character can be changed, added or taken away, and there is one text for a state. */
static void
test_tampered (void)
{
  PortalStore *store = portal_sample_open (":memory:");
  g_autofree char *text = portal_state_print (store, "a", &(PortalState){ 0x1a, 0x2b });
  g_autofree char *longer = g_strconcat (text, "0", NULL);
  g_autofree char *padded = g_strconcat ("0", text, NULL);
  g_autofree char *upper = g_ascii_strup (text, -1);
  g_autofree char *shorter = g_strndup (text, strlen (text) - 1);
  PortalState state;

  for (gsize i = 0; text[i] != '\0'; i++)
    {
      g_autofree char *changed = g_strdup (text);

      changed[i] = changed[i] == '1' ? '2' : '1';
      g_assert_false (portal_state_parse (store, "a", changed, &state));
    }
  g_assert_false (portal_state_parse (store, "a", longer, &state));
  g_assert_false (portal_state_parse (store, "a", padded, &state));
  g_assert_false (portal_state_parse (store, "a", upper, &state));
  g_assert_false (portal_state_parse (store, "a", shorter, &state));

  portal_sample_close (store);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/portal/state/round-trip", test_round_trip);
  g_test_add_func ("/portal/state/other-account", test_other_account);
  g_test_add_func ("/portal/state/other-epoch", test_other_epoch);
  g_test_add_func ("/portal/state/other-portal", test_other_portal);
  g_test_add_func ("/portal/state/outlives-the-process", test_outlives_the_process);
  g_test_add_func ("/portal/state/garbage", test_garbage);
  g_test_add_func ("/portal/state/tampered", test_tampered);

  return g_test_run ();
}
