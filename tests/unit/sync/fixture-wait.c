/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "fixture-wait.h"

#include <glib/gstdio.h>

#define PATIENCE (100 * G_USEC_PER_SEC)

static gboolean
on_wake_up (gpointer user_data)
{
  return G_SOURCE_CONTINUE;
}

void
fixture_wait (FixtureCondition condition, gpointer data, const char *what)
{
  gint64 deadline = g_get_monotonic_time () + PATIENCE;
  guint id = g_timeout_add (100, on_wake_up, NULL);

  while (!condition (data))
    {
      if (g_get_monotonic_time () > deadline)
        g_error ("Waited in vain for %s", what);

      g_main_context_iteration (NULL, TRUE);
    }

  g_source_remove (id);
}

void
fixture_keep_result (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GAsyncResult **kept = user_data;

  *kept = g_object_ref (result);
}

static gboolean
has_result (gpointer data)
{
  GAsyncResult **result = data;

  return *result != NULL;
}

void
fixture_wait_result (GAsyncResult **result)
{
  fixture_wait (has_result, result, "a result");
}

char *
fixture_make_folder (void)
{
  g_autoptr (GError) error = NULL;
  char *folder = g_dir_make_tmp ("linkage-test-XXXXXX", &error);

  g_assert_no_error (error);

  return folder;
}

void
fixture_remove_folder (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      if (g_file_test (path, G_FILE_TEST_IS_DIR))
        fixture_remove_folder (path);
      else
        g_unlink (path);
    }

  g_rmdir (folder);
}
