/* SPDX-License-Identifier: GPL-3.0-or-later */

/* usage: make-by-hand-account [PAGE]: gives the program of this home a companion account with a row of each kind. */

#include <glib.h>

#include "by-hand-account.h"

static void
closed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  linkage_account_manager_close_finish (LINKAGE_ACCOUNT_MANAGER (source), result, &error);
  g_assert_no_error (error);
  g_main_loop_quit (user_data);
}

int
main (int argc, char **argv)
{
  g_autofree char *folder = g_build_filename (g_get_user_data_dir (), "linkage", NULL);
  g_autoptr (LinkageAccountManager) manager = linkage_account_manager_new (folder);
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);

  by_hand_account_make (manager, argc > 1 ? argv[1] : NULL);
  linkage_account_manager_close_async (manager, closed_cb, loop);
  g_main_loop_run (loop);

  return 0;
}
