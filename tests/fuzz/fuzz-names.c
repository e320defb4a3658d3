/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "fuzz.h"
#include "linkage-name-match.h"
#include "linkage-text.h"

static void
check_folding (const char *name)
{
  g_autofree char *name_once = linkage_text_fold_name (name);
  g_autofree char *name_twice = linkage_text_fold_name (name_once);
  g_autofree char *filter_once = linkage_text_fold_filter (name);
  g_autofree char *filter_twice = linkage_text_fold_filter (filter_once);
  g_autofree char *match = linkage_name_match_fold (name);

  g_assert_true (g_utf8_validate (name_once, -1, NULL));
  g_assert_cmpstr (name_once, ==, name_twice);
  g_assert_true (g_utf8_validate (filter_once, -1, NULL));
  g_assert_cmpstr (filter_once, ==, filter_twice);
  g_assert_true (g_utf8_validate (match, -1, NULL));
}

static GPtrArray *
make_connections (const char *const *names)
{
  GPtrArray *connections = g_ptr_array_new_with_free_func ((GDestroyNotify)linkage_connection_unref);

  for (guint i = 0; names[i] != NULL; i++)
    {
      g_autoptr (LinkageCustomer) customer = linkage_customer_new ("id", names[i]);

      g_ptr_array_add (connections, linkage_connection_new ("id", customer));
    }

  return connections;
}

static void
check_matches (const char *const *names, GPtrArray *connections, gboolean all_are_known)
{
  g_autoptr (GPtrArray) matches = linkage_name_match_list (names, connections, NULL, NULL);

  for (guint i = 0; i < matches->len; i++)
    {
      const LinkageNameMatch *match = g_ptr_array_index (matches, i);

      g_assert_true ((match->connection == NULL) == (match->likeness == LINKAGE_NAME_NONE));
      g_assert_true (!all_are_known || match->likeness == LINKAGE_NAME_EXACT);
      if (match->connection != NULL && g_str_equal (match->connection->customer->name, match->name))
        g_assert_cmpuint (match->aside, ==, LINKAGE_NAME_ASIDE_NOTHING);
    }
}

/* Names line by line; those above the first empty line are also the customers that are known. */
int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autofree char *text = g_strndup ((const char *)data, size);
  g_auto (GStrv) halves = g_strsplit (text, "\n\n", 2);
  g_auto (GStrv) known = g_strsplit (halves[0] != NULL ? halves[0] : "", "\n", -1);
  g_auto (GStrv) listed = g_strsplit (halves[0] != NULL && halves[1] != NULL ? halves[1] : "", "\n", -1);
  g_autoptr (GPtrArray) connections = make_connections ((const char *const *)known);

  for (guint i = 0; known[i] != NULL; i++)
    check_folding (known[i]);
  check_matches ((const char *const *)known, connections, TRUE);
  check_matches ((const char *const *)listed, connections, FALSE);

  return 0;
}
